"""Near-duplicates among all news articles, and copies of them edited with known strength.

The pairs that really occur were found by comparing every article with every other that shares ten runs of
five words with it, and read by eye where two thirds of the words or more are the same in order. Edited
copies have a share of their words replaced, deleted, cut in paragraphs, or a new headline and lead.
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from ingest import Article, content_key
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from ingest.storage.duplicates import are_duplicates, band_keys, words_of
from ingest.storage.groups import MOST_COMPARED, MOST_IN_BAND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LEAST_PRECISION = LEAST_RECALL = 0.95
STRENGTHS = (0.05, 0.10, 0.15, 0.20)
SAMPLE = 250  # articles that are edited, in four ways and four strengths each
SEED = 11

# Keys of the articles' URLs. SAME: read, and at least four fifths of the words are the same.
SAME = """
6e14308d5ae31e12 58c61e7674abf711  0fea65130dc9fea0 45d7320cfa29024f
cb529147d479fe58 39fe3176d9a6be75  4ee25b98a15810a7 4bd33dbc922ca0c8  68a429b0d2f00550 67a812fbd8a4133d
0093b523ff2f380f 5f94327e2dbd7091  69ac9550a9410e23 bc37a2732895c66c  59457d759710ff44 f53dbeb98522841e
3a5ed64e8cf9d288 b9adbddc6888f739  7ad8b312a53ed9ba 188d189c13ee2792  6223178f43c7b493 52ef82b3801c31e1
c7ec4510b5828633 af60f01627906a44  976e527d757ec4b4 f073e004f07c2e57  327ec124d57968da bde5fda6705f52d0
ee8a9cb6ed249d9d 84bcbf0256c36dea
"""
# Versions of one story with more than a fifth of it edited: grouping them or not is right.
EITHER = """
17e9912759c5b910 52ef82b3801c31e1  9b65e52488b1aa35 7b75eea567c0c84a  edac995ba05e7971 cff71b683e118e53
31bb41f0d09fbb08 9e269bd2d3391291  5993ee3087bd26a2 af9f9864b2728cc3  6223178f43c7b493 17e9912759c5b910
d79d7182e857850e 46565ce08b999735  6b6207e165e08d6b 07baa3d0ed7fe66f  8845537296b2aaae 63e536bd34360f37
03d1b8ae75f74ffc ac87bcc7e3110db9  0deb29cb46677192 16449d26756ab539
"""
# All others are different stories, however alike: results of two draws, lists of two counties.


def pairs_of(listed: str) -> set[frozenset[str]]:
    """Return the pairs of a list of keys."""
    keys = listed.split()
    return {frozenset(pair) for pair in zip(keys[::2], keys[1::2], strict=True)}


def replaced(words: list[str], strength: float, chance: random.Random, others: Sequence[str]) -> str:
    """Put other words in the place of some."""
    edited = list(words)
    for place in chance.sample(range(len(words)), round(strength * len(words))):
        edited[place] = chance.choice(others)
    return " ".join(edited)


def deleted(words: list[str], strength: float, chance: random.Random, _others: Sequence[str]) -> str:
    """Leave some words out."""
    gone = set(chance.sample(range(len(words)), round(strength * len(words))))
    return " ".join(word for place, word in enumerate(words) if place not in gone)


def cut(words: list[str], strength: float, chance: random.Random, _others: Sequence[str]) -> str:
    """Leave out a run of words somewhere, as an editor cuts paragraphs."""
    length = round(strength * len(words))
    start = chance.randrange(len(words) - length + 1)
    return " ".join(words[:start] + words[start + length :])


def new_lead(words: list[str], strength: float, chance: random.Random, others: Sequence[str]) -> str:
    """Put other words in the place of the first ones, as a paper gives agency copy a lead of its own."""
    length = round(strength * len(words))
    start = chance.randrange(len(others) - length)
    return " ".join([*others[start : start + length], *words[length:]])


EDITS: tuple[Callable[..., str], ...] = (replaced, deleted, cut, new_lead)


class Finder:
    """Compares those that share most bands, as many as the library does (see ingest/storage/groups.py)."""

    def __init__(self) -> None:
        self.words: list[list[str]] = []
        self._bands: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, text: str) -> list[int]:
        """Take a text in; return which of the earlier ones are near-duplicates of it."""
        words, keys = words_of(text), band_keys(text).tolist()
        found = self.matches(words, keys)
        for key in keys:
            self._bands[key].append(len(self.words))
        self.words.append(words)
        return found

    def matches(self, words: list[str], keys: Sequence[int]) -> list[int]:
        """Return the near-duplicates of a text, without taking it in."""
        shared = Counter(place for key in keys for place in self._bands.get(key, ())[:MOST_IN_BAND])
        near = sorted(shared, key=lambda place: (-shared[place], place))[:MOST_COMPARED]
        return [place for place in sorted(near) if are_duplicates(words, self.words[place])]


def articles_of(data: Path) -> Iterator[Article]:
    """Yield the news articles, each address once."""
    seen: set[str | None] = set()
    for item in iter_source(data / "news" / "articles.jsonl.gz", ReadOptions(64_000_000)):
        if isinstance(item, Article) and item.url not in seen:
            seen.add(item.url)
            yield item


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall of both parts; exit 1 where a floor is crossed."""
    parser = ArgumentParser(description="Precision and recall of near-duplicate groups.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    finder = Finder()
    keys: list[str] = []
    found: set[frozenset[str]] = set()
    alike: set[frozenset[str]] = set()
    for article in articles_of(options.data):
        key = content_key(article.url)
        for place in finder.add(article.text):
            found.add(frozenset((keys[place], key)))
            if finder.words[place] == finder.words[-1]:
                alike.add(frozenset((keys[place], key)))
        keys.append(key)
    table = Table("pairs", "right", "wrong", "missed", "precision", "recall", title="Near-duplicates")
    same = pairs_of(SAME)
    wrong = found - same - pairs_of(EITHER) - alike
    occurring = (len(found & same), len(wrong), len(same - found))
    _row(table, "that really occur", occurring)
    known: defaultdict[str, set[str]] = defaultdict(set)
    for pair in found:
        for key in pair:
            known[key] |= pair
    edited = _edited(finder, keys, known, table)
    fine = _row(table, "all", [one + other for one, other in zip(occurring, edited, strict=True)])
    Console().print(table)
    for pair in wrong:
        print("grouped, and not known to be the same:", *sorted(pair))
    for pair in same - found:
        print("the same, and not grouped:", *sorted(pair))
    return int(not fine)


def _edited(finder: Finder, keys: list[str], known: dict[str, set[str]], table: Table) -> list[int]:
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    texts = [" ".join(words) for words in finder.words]
    others = [word for words in finder.words[::20] for word in words]
    sample = chance.sample([place for place, words in enumerate(finder.words) if len(words) >= 60], SAMPLE)
    total = [0, 0, 0]
    for edit in EDITS:
        for strength in STRENGTHS:
            counts = [0, 0, 0]
            for place in sample:
                text = edit(texts[place].split(), strength, chance, others)
                matches = finder.matches(words_of(text), band_keys(text).tolist())
                # Of many that are word for word the same, any is right: they are one group.
                right = any(finder.words[match] == finder.words[place] for match in matches)
                fine = known.get(keys[place], set()) | {keys[place]}
                counts[0] += right
                counts[1] += sum(keys[match] not in fine for match in matches)
                counts[2] += not right
            total = [before + new for before, new in zip(total, counts, strict=True)]
            _row(table, f"{edit.__name__}, {strength:.0%} of the words", counts)
    _row(table, "all edited copies", total)
    return total


def _row(table: Table, name: str, counts: Sequence[int]) -> bool:
    right, wrong, missed = counts
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    table.add_row(name, *(f"{count:,}" for count in counts), f"{precision:.3f}", f"{recall:.3f}")
    return precision >= LEAST_PRECISION and recall >= LEAST_RECALL


if __name__ == "__main__":
    sys.exit(main())

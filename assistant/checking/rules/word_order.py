"""The order of words: how much of it a source shares, and whether two words have changed places."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, listed
from assistant.language.names import find_names
from assistant.language.numbers import numerals
from assistant.language.words import Word, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Link = tuple[str, str]

_NEAR = 3
"""Words that may lie between two that belong together."""
WHOLE = 60
"""What two words that stand side by side weigh."""
WORDS_TO_AGENT = 4
"""Words that an agent after "by" may have."""
NEARLY = 0.75
"""Share of the statement's links that the source has to have once two words have changed places."""
EXCHANGE_GAIN = 90
"""How much more of them, more than a link of words side by side, it has to have then."""
_BE = frozenset(listed("""is are was were be been being get got"""))


def shared_links(statement: str, sources: Sequence[str]) -> float:
    """Return the share of a statement's links that its sources have, 0 to 1; 1 where it has none."""
    mine = text_links(statement)
    theirs = [text_links(source) for source in sources]
    shared = sum(min(weight, max(each.get(pair, 0) for each in theirs)) for pair, weight in mine.items())
    return shared / sum(mine.values()) if mine else 1.0


def words_change_places(statement: str, sources: Sequence[str]) -> tuple[str, str] | None:
    """Return two words, names or numbers that have changed places: "the state pays … and the town".

    Only a statement that the source has nearly word for word once they are back in their places counts.
    """
    every = [found for source in sources for found in _exchanges(statement, source)]
    if not every:
        return None
    _, one, other = max(every, key=lambda found: found[0])
    shown = {word.base: word.text for word in read_words(statement)}
    return shown.get(one, one.lstrip("#")), shown.get(other, other.lstrip("#"))


def _exchanges(statement: str, source: str) -> Iterator[tuple[int, str, str]]:
    """Yield pairs of units whose exchange makes the statement fit the source, with what that gains."""
    mine, theirs = text_links(statement), text_links(source)
    here, there = _once(statement), _once(source)
    touching: dict[str, list[Link]] = defaultdict(list)
    for pair in mine:
        for unit in pair:
            touching[unit].append(pair)
    base = sum(_fit(weight, pair, theirs) for pair, weight in mine.items())
    for one, other in _promising(mine, theirs, here.keys() & there.keys()):
        if 1 in {abs(here[one] - here[other]), abs(there[one] - there[other])}:
            continue  # they stand together, as in "the yard and the county"
        to = {one: other, other: one}
        gain = sum(
            _fit(mine[pair], (to.get(pair[0], pair[0]), to.get(pair[1], pair[1])), theirs)
            - _fit(mine[pair], pair, theirs)
            for pair in {*touching[one], *touching[other]}
        )
        if gain >= EXCHANGE_GAIN and base + gain >= NEARLY * sum(mine.values()):
            yield gain, one, other


def _promising(
    mine: Mapping[Link, int], theirs: Mapping[Link, int], common: set[str]
) -> list[tuple[str, str]]:
    """Return the pairs of common units whose exchange gives the statement a link of the source, in order.

    No other pair can gain; to try all takes time with the cube of the length.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in theirs:
        near[other].add(one)
        near[one].add(other)
    found: set[tuple[str, str]] = set()
    for pair in mine:
        for unit, neighbour in (pair, pair[::-1]):
            if unit in common:
                found |= {(unit, each) for each in near[neighbour] & common if each != unit}
        if pair[::-1] in theirs and common.issuperset(pair):
            found.add(pair)
    return sorted({(min(pair), max(pair)) for pair in found})


def _fit(weight: int, pair: Link, theirs: Mapping[Link, int]) -> int:
    """Return how much of a link of the statement the source has, the other order counted less."""
    return min(weight, theirs.get(pair, 0)) + 3 * min(weight, theirs.get(pair[::-1], 0)) // 10


@lru_cache(maxsize=1_000)
def text_links(text: str) -> dict[Link, int]:
    """Return the ordered pairs of units at most three apart, weighted by nearness (skip-bigrams).

    Weights are sixtieths, so that sums are exact in whatever order: 60, 30 and 20, and of each three tenths.
    What is returned is not to be changed.
    """
    found: dict[Link, int] = {}
    read = units(text)
    for place, one in enumerate(read):
        for step, other in enumerate(read[place + 1 : place + 1 + _NEAR], start=1):
            if one != other:
                found[one, other] = max(found.get((one, other), 0), WHOLE // step)
    return found


@lru_cache(maxsize=1_000)
def _once(text: str) -> dict[str, int]:
    """Return the place of each unit that a text has once; not to be changed."""
    read = units(text)
    return {unit: read.index(unit) for unit, times in Counter(read).items() if times == 1}


@lru_cache(maxsize=1_000)
def units(text: str) -> tuple[str, ...]:
    """Return the units of a sentence: base forms and values, a name as its last word, the passive turned."""
    words = read_words(text)
    numbers = numerals(text)
    values = {each.start: f"#{each.value:g}" for each in numbers}
    left_out = {word.start for name in find_names(text) for word in name.words[:-1]} | {
        place for each in numbers for place in range(each.start + 1, each.end)
    }
    kept = [
        word
        for word in words
        if word.is_word
        and word.start not in left_out
        and (word.lower not in FUNCTION_WORDS or word.lower == "by" or word.start in values)
    ]
    return tuple(_active(words, kept, [values.get(word.start, word.base) for word in kept]))


def _active(words: Sequence[Word], kept: list[Word], found: list[str]) -> list[str]:
    """Turn "B was sued by A" into "A sued B" where the pattern is plain."""
    for place in range(len(words) - 2):
        if words[place].lower not in _BE:
            continue
        verb = next(
            (
                word
                for word in words[place + 1 : place + 3]
                if word.lower.endswith(("ed", "en")) or (word.lower != word.base and word.content)
            ),
            None,
        )
        by = next((word for word in words[place + 2 : place + 6] if word.lower == "by"), None)
        if verb is None or by is None or verb not in kept or by not in kept:
            continue
        at, after = kept.index(verb), kept.index(by)
        begin = at
        while begin > 0 and kept[begin - 1].clause == kept[at].clause:
            begin -= 1
        end = after + 1
        while end < len(kept) and kept[end].clause == kept[after].clause and end - after <= WORDS_TO_AGENT:
            end += 1
        turned = found[after + 1 : end] + found[at:after] + found[begin:at]
        rest = found[:begin] + turned + found[end:]
        return [unit for unit in rest if unit != "by"]
    return [unit for unit in found if unit != "by"]

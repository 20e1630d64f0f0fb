"""Make assistant/weights/thesaurus.json from WordNet 3.0: which common words may stand for which.

    apt-get download wordnet-base=1:3.0-37 && dpkg -x wordnet-base_*.deb ../wordnet
    python -m tools.make_thesaurus ../wordnet/usr/share/wordnet

A word is common if WordNet saw it in the texts whose words were given their meanings by hand; a meaning
counts from a tenth of its uses on. Kept are words of the same meaning, similar adjectives, words of one
family (sign, signature) and, two steps up for nouns and one for verbs, words of wider meaning. All are in
base form, as the checks read words: make the file again when `assistant.language.words` changes. Listed
besides are words that are nouns in six of ten uses, and all words that WordNet writes with a small letter,
rare ones too, by which names are told from other words; and WordNet's licence, which has to go along.

Of antonyms all are kept whose meaning counts, also those of two words ("call_off"), with the words that have
the same meaning as the one or the other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.language.thesaurus import THESAURUS_FILE
from assistant.language.words import base_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
STEPS_UP = {"n": 2, "v": 1}
OF_TYPE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
LEAST_SHARE = 0.1
SMALL = re.compile("[a-z]{4,}")
"""A word of small letters; shorter ones are never taken for names."""
MOSTLY = 0.6
SHA256 = "4788ea6c04d0d2f6c65c615e4529f152a8626e8d5878e5f970808ddd55235ec4"
"""Of the data files in alphabetical order, one after the other."""


@dataclass(frozen=True, slots=True)
class Synset:
    """A meaning: its words, what each kind of relation leads to, and the meanings that are its reverse."""

    words: tuple[str, ...]
    leads: tuple[tuple[str, tuple[str, str]], ...]
    reverse: tuple[tuple[str, str], ...]


def main() -> None:
    """Read WordNet's files and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = sorted([folder / "cntlist.rev", *(folder / f"data.{name}" for name in PARTS.values())])
    found = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    if found != SHA256:
        raise SystemExit(f"These are other files than the table was made from: sha256 {found}.")
    synsets = {(part, at): synset for part in PARTS for at, synset in _synsets(folder, part)}
    uses = _uses(folder)
    related: defaultdict[str, set[str]] = defaultdict(set)
    parts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part in PARTS:
        for lemma, places in index(folder, part):
            counted = uses.get((lemma, part), {})
            total = sum(counted.values())
            parts[base_of(lemma)][part] += total
            for number, at in enumerate(places, start=1):
                if total and counted.get(number, 0) >= LEAST_SHARE * total:
                    related[base_of(lemma)] |= _near(synsets, part, at)
    table = {
        base: " ".join(sorted(word for word in words if word in related and word != base))
        for base, words in sorted(related.items())
    }
    reverse = _antonyms(synsets, {part: dict(index(folder, part, joined=True)) for part in PARTS}, uses)
    nouns = " ".join(base for base in table if parts[base]["n"] >= MOSTLY * parts[base].total())
    small = {word for synset in synsets.values() for word in synset.words if SMALL.fullmatch(word)}
    stored = {
        "made_by": "tools/make_thesaurus.py",
        "licence": licence(folder),
        "nouns": nouns,
        "words": " ".join(sorted(small)),
        "related": table,
        "antonyms": {base: " ".join(sorted(words)) for base, words in sorted(reverse.items())},
    }
    THESAURUS_FILE.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")
    print(f"{len(table)} words, {THESAURUS_FILE.stat().st_size} bytes")


def _lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("latin-1").splitlines():
        if not line.startswith("  "):  # the licence
            yield line.split(" | ", maxsplit=1)[0].split()


def licence(folder: Path) -> str:
    """Return the licence that stands above WordNet's data."""
    lines = (folder / "data.noun").read_text("latin-1").splitlines()
    return " ".join(" ".join(line.split()[1:]) for line in lines if line.startswith("  ")).strip()


def _synsets(folder: Path, part: str) -> Iterator[tuple[str, Synset]]:
    for fields in _lines(folder / f"data.{PARTS[part]}"):
        count = int(fields[3], 16)
        words = tuple(fields[4 + 2 * at].split("(")[0] for at in range(count))
        first = 5 + 2 * count
        leads = [fields[at : at + 4] for at in range(first, first + 4 * int(fields[first - 1]), 4)]
        reverse = tuple((to, at) for sign, at, to, _ in leads if sign == "!")
        yield fields[0], Synset(words, tuple((sign, (to, at)) for sign, at, to, _ in leads), reverse)


def _uses(folder: Path) -> dict[tuple[str, str], dict[int, int]]:
    """Return how often each word was used in each of its meanings."""
    found: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for key, number, count in _lines(folder / "cntlist.rev"):
        lemma, kind = key.split("%")
        found[lemma, OF_TYPE[kind[0]]][int(number)] = int(count)
    return found


def index(folder: Path, part: str, *, joined: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Return each word with its meanings; `joined`: also those of two words, as "call_off"."""
    for fields in _lines(folder / f"index.{PARTS[part]}"):
        if _plain(fields[0]) or (joined and _plain(fields[0].replace("_", "", 1))):
            yield fields[0], fields[-int(fields[2]) :]


def _antonyms(
    synsets: dict[tuple[str, str], Synset],
    index: dict[str, dict[str, list[str]]],
    uses: dict[tuple[str, str], dict[int, int]],
) -> dict[str, set[str]]:
    """Return for each base form those that say the reverse in a meaning that counts for both."""

    def counting(part: str, at: str) -> set[str]:
        """Return the words for which a meaning is one of the usual."""
        found = set()
        for word in synsets[part, at].words:
            places, counted = index[part].get(word, []), uses.get((word, part), {})
            number, total = places.index(at) + 1 if at in places else 0, sum(counted.values())
            if number and (counted.get(number, 0) >= LEAST_SHARE * total if total else number == 1):
                found.add("_".join(base_of(each) for each in word.split("_")))
        return found

    found: defaultdict[str, set[str]] = defaultdict(set)
    for (part, at), synset in synsets.items():
        for other_part, other in synset.reverse:
            for word in counting(part, at):
                found[word] |= counting(other_part, other) - {word}
    return {word: others for word, others in found.items() if others}


def _near(synsets: dict[tuple[str, str], Synset], part: str, at: str) -> set[str]:
    """Return the base forms of the words that one of this meaning may stand for."""
    own = synsets[part, at]
    found = {word for word in own.words if _plain(word)}
    level = [own]
    for _ in range(STEPS_UP.get(part, 0)):
        level = [synsets[to] for synset in level for sign, to in synset.leads if sign in {"@", "@i"}]
        found.update(word for synset in level for word in synset.words if _plain(word))
    for sign, to in own.leads:
        if sign in {"&", "+", "\\", "<"}:  # similar, of one family, made from a noun, made from a verb
            found.update(word for word in synsets[to].words if _plain(word))
    return {base_of(word) for word in found}


def _plain(word: str) -> bool:
    return word.isalpha() and word.islower()


if __name__ == "__main__":
    main()

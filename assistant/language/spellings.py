"""Whether a text has a word in one of its forms: endings, demonyms, nicknames, acronyms, typing errors."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, HOMES, NICKNAMES, PERSON_TITLES
from assistant.language.thesaurus import common_word
from ingest import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"})
_WORD = re.compile(r"[\w-]+")
_LAST_WORD = re.compile(r"([^\W_][\w'-]*)\.?\s+$")
_ENDING = re.compile(r"(?:'?s|es)?(?![^\W_])")
_FAR = 40
"""Characters before a name that are read for the word before it."""
_SMALL = r"(?:(?:of|the|and|for|in|on|de|du|la)\s+)*"
_LONGEST_ACRONYM = 6
_TYPED = 5
"""Letters from which one may be wrong; of fewer letters too many words lie next to each other."""
_TYPED_TWICE = 9
_PREFIX = 3
"""First letters that the forms of a word have in common."""


@lru_cache(maxsize=200)
def folded(text: str) -> str:
    """Return a text without diacritics, with plain apostrophes and hyphens, and "U.S." as "US"."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _plainly(found.group()), text)
    return _DOTTED.sub(lambda found: found.group().replace(".", ""), text)


@lru_cache(maxsize=1_000)
def _plainly(signs: str) -> str:
    apart = unicodedata.normalize("NFKD", signs.translate(_TYPOGRAPHY))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def plain_word(word: str) -> str:
    """Return a word as it is compared: folded, in lower case, without a possessive."""
    return folded(word).lower().rstrip(".").removesuffix("'s").removesuffix("'")


class Spelled:
    """A text in which words are looked for; each is looked for once."""

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        self.lower = self.text.lower()
        self._known: dict[tuple[str, bool], bool] = {}

    def has(self, word: str, *, typed: bool = False) -> bool:
        """Say whether the text has a plain word in one of its forms; `typed` lets one letter be wrong."""
        key = word, typed
        if key not in self._known:
            self._known[key] = self._has(word) or (typed and self._nearly(word))
        return self._known[key]

    def has_acronym(self, words: tuple[str, ...]) -> bool:
        """Say whether the text has the initials of words, in capitals: WHO for World Health Organization."""
        initials = "".join(word[0] for word in words if word not in FUNCTION_WORDS).upper()
        return (
            len(initials) > 1
            and initials in self.text
            and bool(re.search(rf"\b{re.escape(initials)}\b", self.text))
        )

    def before(self, word: str) -> list[str]:
        """Return the capitalised words right before a word that are no titles, in lower case."""
        before = (_LAST_WORD.search(self.text, max(0, at - _FAR), at) for at in self._places(word))
        lowers = [plain_word(found[1]) for found in before if found and found[1][0].isupper()]
        return [each for each in lowers if each not in PERSON_TITLES and each not in FUNCTION_WORDS]

    def _has(self, word: str) -> bool:
        if self._written(word) or any(self._written(other) for other in _others(word)):
            return True
        if word.isdigit():
            return False
        stem = stems(word)
        return any(stems(other) == stem for other in self._beginning(word[:_PREFIX])) or self._spelled_out(
            word
        )

    def _written(self, word: str) -> bool:
        """Find a word as it is, with a plural's ending, or with its parts joined in another way."""
        parts = [part for part in word.split("-") if part]
        forms = {word, " ".join(parts), "".join(parts)} if len(parts) > 1 else {word}
        ends = (at + len(form) for form in forms for at in self._places(form))
        return any(_ENDING.match(self.lower, end) for end in ends)

    def _places(self, word: str) -> Iterator[int]:
        """Yield where words begin with a word; a search by regular expression takes ten times as long."""
        at = self.lower.find(word) if word else -1
        while at >= 0:
            if not (at and self.lower[at - 1].isalnum()):
                yield at
            at = self.lower.find(word, at + 1)

    def _spelled_out(self, word: str) -> bool:
        if not 1 < len(word) <= _LONGEST_ACRONYM or not word.isalpha() or common_word(word):
            return False
        pattern = rf"\w*[\s-]+{_SMALL}".join(re.escape(letter.upper()) for letter in word)
        return bool(re.search(rf"\b{pattern}\w+", self.text))

    def _beginning(self, letters: str) -> set[str]:
        found = (_WORD.match(self.lower, at) for at in self._places(letters))
        return {each.group() for each in found if each}

    def _nearly(self, word: str) -> bool:
        if len(word) < _TYPED or not word.isalpha():
            return False
        allowed = 2 if len(word) >= _TYPED_TWICE else 1
        return any(_apart(word, other, allowed) for other in self._beginning(word[0]))


def _others(word: str) -> set[str]:
    """Return other words for the same: demonyms, nicknames."""
    found = set(HOMES.get(word, ()))
    return found.union(*(group for group in NICKNAMES if word in group)) - {word}


def _apart(one: str, other: str, allowed: int) -> bool:
    """Say whether two words differ in at most so many letters: one more, one less, another, two swapped."""
    if abs(len(one) - len(other)) > allowed:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, sign in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign))
            swapped = at > 1 and place > 1 and one[at - 2] == sign and other[place - 2] == letter
            row.append(min(cost, earlier[place - 2] + 1) if swapped else cost)
        if min(row) > allowed:
            return False
    return row[-1] <= allowed

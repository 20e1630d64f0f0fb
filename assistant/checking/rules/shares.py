"""Quantifiers: "all of the teachers" for "some of the teachers", "both" for "one of the two"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from assistant.checking.rules.polarity import stance
from assistant.checking.rules.reach import AUXILIARIES
from assistant.language.numbers import NUMBER_WORDS
from assistant.language.words import FAR, Word, all_bases, between

_LONGEST = 6
"""Words of an exception that are read."""
_EXCEPT = re.compile(
    r"\b(?:except(?: for| that)?|apart from|other than|with the exception of|excluding|"
    r"but not(?= (?-i:[A-Z]))|all but|everyone but|rather than|instead of)\s+|"
    r", (?:and )?not (?=(?:the|an?|its|his|her|their) )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exempt:
    """What a sentence takes out, and whether what it says is denied of it: not of "nobody except Hungary"."""

    text: str
    denied: bool


def exception(statement: str, sources: tuple[str, ...]) -> Exempt | None:
    """Return what the source takes out and the statement is about: "all except Hungary" and "Hungary"."""
    if _EXCEPT.search(statement):
        return None
    stated = all_bases(statement)
    for source in sources:
        for match in _EXCEPT.finditer(source):
            words = _taken_out(between(source, match.end(), match.end() + FAR))
            told = [word.base for word in words if word.content]
            if any(word.content and not _is_number(word) for word in words) and stated.issuperset(told):
                text = source[words[0].start : words[-1].end]
                return Exempt(text, denied=not stance(source[: match.start()]).denies)
    return None


def _is_number(word: Word) -> bool:
    return word.text[0].isdigit() or word.lower in NUMBER_WORDS


def _taken_out(words: tuple[Word, ...]) -> list[Word]:
    """Return the words of an exception: up to a mark or to a verb."""
    rest = takewhile(lambda word: word.is_word and word.lower not in AUXILIARIES, words)
    return [
        word
        for word in takewhile(lambda word: word.capital or not word.lower.endswith("ed"), rest)
        if word.is_word
    ][:_LONGEST]

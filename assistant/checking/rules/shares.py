"""Quantifiers: "all of the teachers" for "some of the teachers", "both" for "one of the two"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.checking.rules.polarity import stance
from assistant.checking.rules.reach import AUXILIARIES
from assistant.language.lexicon import listed
from assistant.language.numbers import NUMBER_WORDS
from assistant.language.words import FAR, Word, all_bases, base_forms, between

_ALL, _MOST, _HALF, _SOME, _FEW, _NONE = 4, 3, 2, 1, 0, -1
_LEVELS = (
    (re.compile(r"\b(?:almost|nearly|not) (?:all|every|everyone|everybody)\b", re.IGNORECASE), _MOST),
    (
        re.compile(
            r"\b(?:hardly|barely|scarcely) any(?:one|body)?\b|\b(?:almost|virtually) (?:no|nobody|none)\b|"
            r"(?<!\ba )(?<!\bthe )(?<!quite )(?<!last )(?<!past )(?<!next )(?<!every )\bfew\b(?! more)",
            re.IGNORECASE,
        ),
        _FEW,
    ),
    (re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE), _NONE),
    (re.compile(r"\b[Oo]nly (?=the\b|a\b|an\b|some\b|one\b|two\b|three\b|\d)"), _SOME),
    (
        re.compile(
            r"\b(?:(?<!after )(?<!above )(?<!at )(?<!in )(?<!first of )all(?! but| except| over| the same|-)|"
            r"every(?:one|body|thing)?|both|each (?=of\b)|the whole)\b",
            re.IGNORECASE,
        ),
        _ALL,
    ),
    (re.compile(r"\b(?<!the )(?<!at )most\b|\b(?:the|a) majority\b", re.IGNORECASE), _MOST),
    (re.compile(r"\b(?:one )?half(?= of)\b", re.IGNORECASE), _HALF),
    (
        re.compile(
            r"\b(?:some(?! \d)(?:one|body)?|several|many|a few|(?:a )?part(?= of)|a number(?= of)|one(?= of)|"
            r"(?:two|three|four|five|\d+)(?= of (?:the|its|their|her|his)\b))\b",
            re.IGNORECASE,
        ),
        _SOME,
    ),
)
_OTHERS = re.compile(
    r"\b(?:and|or|among|as well as) (?:many |several |some )?(?:others\b|other (?:\w+ )?\w+s\b)",
    re.IGNORECASE,
)
_SPANS = "day week month year time hour minute morning night evening summer winter"
"""After "every" these say how often, not how much."""
_STEPPED_OVER = frozenset(listed("more new other single last"))
_HEADS = 2
_LONGEST = 6
"""Words of an exception that are read."""
_EXCEPT = re.compile(
    r"\b(?:except(?: for| that)?|apart from|other than|with the exception of|excluding|"
    r"but not(?= (?-i:[A-Z]))|all but|everyone but|rather than|instead of)\s+|"
    r", (?:and )?not (?=(?:the|an?|its|his|her|their) )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Share:
    """A word for a share, how much it says, and the base forms of what it is a share of."""

    text: str
    level: int
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exempt:
    """What a sentence takes out, and whether what it says is denied of it: not of "nobody except Hungary"."""

    text: str
    denied: bool


@lru_cache(maxsize=2_000)
def shares(text: str) -> tuple[Share, ...]:
    """Return the words for shares of a text."""
    found: list[tuple[int, int, Share]] = []
    taken: set[int] = set()
    for shape, level in _LEVELS:
        for match in shape.finditer(text):
            heads = _heads(between(text, match.end(), match.end() + FAR))
            if heads and match.start() not in taken and heads[0].base not in base_forms(_SPANS):
                share = Share(match.group(), level, frozenset(word.base for word in heads))
                found.append((match.start(), match.end(), share))
                taken.update(range(*match.span()))
    return tuple(share for _, _, share in sorted(found, key=lambda each: each[:2]))


def _heads(words: tuple[Word, ...]) -> list[Word]:
    """Return the first words that carry content, numbers left out, up to the end of the phrase."""
    found: list[Word] = []
    for word in words:
        if not word.is_word or len(found) == _HEADS:
            break
        if word.content and not word.text[0].isdigit() and word.lower not in _STEPPED_OVER:
            found.append(word)
    return found


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

"""How much of something: "all of the teachers" for "some of the teachers", "both" for "one of the two"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.lexicon import listed
from assistant.language.words import FAR, Word, base_forms, between

_ALL, _MOST, _HALF, _SOME = 4, 3, 2, 1
_LEVELS = (
    (re.compile(r"\b(?:almost|nearly|not) (?:all|every|everyone|everybody)\b", re.IGNORECASE), _MOST),
    (
        re.compile(
            r"\b(?:(?<!after )(?<!above )(?<!at )(?<!in )(?<!first of )all(?! but| except| over| the same|-)|"
            r"every|both|each (?=of\b)|the whole)\b",
            re.IGNORECASE,
        ),
        _ALL,
    ),
    (re.compile(r"\b(?<!the )(?<!at )most\b|\b(?:the|a) majority\b", re.IGNORECASE), _MOST),
    (re.compile(r"\b(?:one )?half(?= of)\b", re.IGNORECASE), _HALF),
    (
        re.compile(
            r"\b(?:some(?! \d)|several|many|a few|few|(?:a )?part(?= of)|a number(?= of)|one(?= of)|"
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
_MORE = re.compile(
    r"\b(?:others?|another|more|including|such as|like|among|various|several|many|etc|elsewhere|"
    r"additional)\b",
    re.IGNORECASE,
)
"""Words with which the source itself leaves room for others."""
_SPANS = "day week month year time hour minute morning night evening summer winter"
"""After "every" these say how often, not how much."""
_STEPPED_OVER = frozenset(listed("more new other single last"))
_HEADS = 2


@dataclass(frozen=True, slots=True)
class Share:
    """A word for a share, how much it says, and the base forms of what it is a share of."""

    text: str
    level: int
    heads: frozenset[str]


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


def others_added(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return the others that a statement adds to those whom the source names."""
    found = _OTHERS.search(statement)
    return found.group() if found and not any(_MORE.search(source) for source in sources) else None


def overstated(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the share of the statement and that of the source, where the statement says more."""
    theirs = [share for source in sources for share in shares(source)]
    for mine in shares(statement):
        same = [share for share in theirs if share.heads & mine.heads]
        if same and mine.level >= _MOST and all(share.level < mine.level for share in same):
            return mine.text, same[0].text
    return None

"""Conditions: what the source says under an "if" is no fact without it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from assistant.language.words import FAR, Word, all_bases, between, content_words

_IF = re.compile(
    r"(?<!even )(?<!as )(?<!what )\b(?:if|unless|provided that|providing that|as long as|on condition that|"
    r"assuming(?: that)?)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:ask\w*|wonder\w*|know|knew|see|determine|decide\w*|check\w*|unclear|sure|question\w*|doubt\w*|"
    r"find out|tell|told|say|matter)\s+$",
    re.IGNORECASE,
)
"""Before these "if" asks a question and sets no condition."""
_OPEN = re.compile(
    r"\b(?:if|unless|provided|providing|assuming|condition\w*|depend\w*|hinge\w*|subject to|in case|"
    r"as long as|pending|otherwise|or|once|when|until|may|might|could|would|should|risk\w*|threat\w*|"
    r"warn\w*|case|in return|requir\w*|need\w*|must|has to|have to)\b",
    re.IGNORECASE,
)
"""Words with which a statement leaves open what will come."""
_STOP = re.compile(r"[.;]")
_WOULD = frozenset({"will", "would", "'ll", "’ll", "won't", "won’t", "can", "could", "may", "might", "shall"})


@lru_cache(maxsize=1_000)
def conditional(text: str) -> tuple[tuple[str, str], ...]:
    """Return base form and word of each verb that a condition of the text governs."""
    found: list[tuple[str, str]] = []
    for match in _IF.finditer(text):
        if _WHETHER.search(text, max(0, match.start() - FAR), match.start()):
            continue
        near = max(0, match.start() - FAR)
        first = max(near, *(text.rfind(mark, near, match.start()) + 1 for mark in ".;"))
        stop = _STOP.search(text, match.end(), match.end() + FAR)
        last = stop.start() if stop else match.end() + FAR
        comma = text.find(",", match.end(), last)
        end = comma if comma >= 0 else last
        for begin, until in ((first, match.start()), (end, last)):
            found += _verbs(between(text, begin, until))
    return tuple(found)


def _verbs(words: tuple[Word, ...]) -> list[tuple[str, str]]:
    """Return the first word that carries content after each "will" or "would"."""
    found = []
    for place, word in enumerate(words):
        if word.lower in _WOULD:
            verb = next((other for other in words[place + 1 : place + 4] if other.content), None)
            if verb is not None:
                found.append((verb.base, verb.text))
    return found


def condition_missing(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return a verb that the source states only under a condition and the statement without one, or None."""
    if _OPEN.search(statement):
        return None
    mine = content_words(statement)
    standing = Counter(base for source in sources for base in all_bases(source))
    for source in sources:
        for base, text in conditional(source):
            if base in mine and standing[base] == 1:
                return text
    return None

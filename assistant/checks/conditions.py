"""Conditions: what the source says would come if something else did is no fact without its "if"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.checks.wording import Word, read

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
_WOULD = frozenset({"will", "would", "'ll", "’ll", "won't", "won’t", "can", "could", "may", "might", "shall"})


@lru_cache(maxsize=1_000)
def conditional(text: str) -> tuple[tuple[str, str], ...]:
    """Return base form and word of each verb that a condition of the text governs."""
    found: list[tuple[str, str]] = []
    for match in _IF.finditer(text):
        if _WHETHER.search(text[: match.start()]):
            continue
        first = max(text.rfind(mark, 0, match.start()) for mark in ".;") + 1
        last = next((at for at in range(match.end(), len(text)) if text[at] in ".;"), len(text))
        comma = text.find(",", match.end(), last)
        end = comma if comma >= 0 else last
        for start, stop in ((first, match.start()), (end, last)):
            found += _verbs([word for word in read(text) if start <= word.start < stop])
    return tuple(found)


def _verbs(words: list[Word]) -> list[tuple[str, str]]:
    """Return the first word that carries content after each "will" or "would"."""
    found = []
    for place, word in enumerate(words):
        if word.lower in _WOULD:
            verb = next((other for other in words[place + 1 : place + 4] if other.content), None)
            if verb is not None:
                found.append((verb.base, verb.text))
    return found


def unconditional(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return a verb that the source has only under a condition and the statement without one."""
    if _OPEN.search(statement):
        return None
    mine = {word.base for word in read(statement) if word.content}
    for at, source in enumerate(sources):
        elsewhere = {word.base for other in sources[:at] + sources[at + 1 :] for word in read(other)}
        for base, text in conditional(source):
            if base in mine and base not in elsewhere:
                return text
    return None

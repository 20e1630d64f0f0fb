"""Whether a verb of saying tells words: "reported that …" does, "reported little income" doesn't."""

from __future__ import annotations

import re

_WEAK = frozenset(("added", "claimed", "reported", "posted", "declared", "denied", "wrote"))
"""Verbs that take a thing as well as words: "claimed a spot", "added two goals", "posted a video"."""
_AT_ONCE = re.compile(
    r"^\s*(?:[,.:;!?“”\"'‘’(—–-]|$|(?:that|how|why|whether|what|when|to|on|in|at|via|after|during|of|before|as|"
    r"earlier|early|late|last|this|while|yesterday|today|about|back|there|it|being|having|[a-z]+ing)\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_QUOTES = re.compile(r"[“\"]")
_OTHER_CLAUSE = re.compile(r"[,;:—–]|\b(?:that|which|who|whose|where|when|after|before|as|because|while)\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|did|does|do|must|\w+n['’]t|"
    r"\w{2,}ed|said|went|came|took|made|got|gave|knew|felt|kept|left|won|lost|needs?|wants?)\b"
)


def tells_words(verb: str, behind: str) -> bool:
    """Say whether a verb of saying, with the text behind it, tells what somebody said."""
    if verb not in _WEAK or _AT_ONCE.match(behind) or _QUOTES.search(behind):
        return True
    return bool(_FINITE.search(_OTHER_CLAUSE.split(behind.lstrip(), maxsplit=1)[0]))

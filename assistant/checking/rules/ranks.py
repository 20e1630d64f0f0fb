"""Ordinals and superlatives: "the first woman" for "the second", "the longest" for "one of the longest"."""

from __future__ import annotations

import re

from assistant.language.number_words import ORDINALS
from assistant.language.words import base_of

_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d+(?:nd|rd|th))"
_FIRST = re.compile(r"\bfirst(?:-ever|-time)? ([a-z]+)", re.IGNORECASE)
_LATER = re.compile(rf"\b({_ORDINAL}) ([a-z]+)", re.IGNORECASE)
_BEST = re.compile(
    rf"(?P<one>\b(?:one|two|three|some|many|several|few|\d+) of (?:the |its |their )|\bamong (?:the |its )?|"
    rf"\bamongst (?:the )?)?(?:\b(?:world|country|region|city|state|county|nation)['’]s )?"
    rf"(?P<rank>\b{_ORDINAL}[- ])?(?P<word>\b(?:most|least) [a-z-]+|\b[a-z]+est\b|\bbest\b|\bworst\b)",
    re.IGNORECASE,
)
_NO_SUPERLATIVE = frozenset(
    [
        "west",
        "forest",
        "interest",
        "request",
        "protest",
        "guest",
        "test",
        "rest",
        "arrest",
        "contest",
        "invest",
    ]
)
_IS_THE = re.compile(
    r"\b(?:is|was|are|were|been|become|becomes|became|remains|remained) (?:(?:the|its|their|our) )?"
    r"(?P<rank>first|last|only|most [a-z]+|[a-z]+est)\b"
)
_NAME = re.compile(r"\b[A-Z][\w-]*")
_SHARE = re.compile(r"most (?:of|people|\w+s)\b", re.IGNORECASE)


def first_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what the statement calls the first and the source the second, third or another one."""
    text = " ".join(sources)
    firsts = {base_of(noun) for noun in _FIRST.findall(text)}
    later: dict[str, str] = {}
    for rank, noun in _LATER.findall(text):
        later.setdefault(base_of(noun), f"{rank} {noun}")
    for match in _FIRST.finditer(statement):
        noun = base_of(match.group(1))
        if noun not in firsts and noun in later:
            return match.group(), later[noun]
    return None


def _superlatives(text: str) -> list[tuple[str, bool, str]]:
    """Return each superlative, whether it is one of several or further down, and its words."""
    found = []
    for match in _BEST.finditer(text):
        word = match["word"].lower()
        if word in _NO_SUPERLATIVE or _SHARE.match(text, match.start("word")):
            continue
        found.append((word, bool(match["one"] or match["rank"]), match.group().strip()))
    return found


def superlative_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the superlatives of statement and source, where the source ranks it lower or among others."""
    theirs = [each for source in sources for each in _superlatives(source)]
    for word, lower, text in _superlatives(statement):
        same = [each for each in theirs if each[0] == word]
        if not lower and same and all(each[1] for each in same):
            return f"the {text}", same[0][2]
    return None


def holder_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return whom the source and whom the statement calls the first, the only or the largest of its kind.

    Only where the source names the statement's one later: "Mobile became the first town …, says New Orleans".
    """
    for mine in _IS_THE.finditer(statement):
        subject = _NAME.findall(statement, 0, mine.start())
        theirs = [
            (_NAME.findall(source, 0, match.start()), set(_NAME.findall(source, match.end())))
            for source in sources
            for match in _IS_THE.finditer(source)
            if match["rank"] == mine["rank"]
        ]
        apart = [before and subject and set(subject) <= after - set(before) for before, after in theirs]
        if apart and all(apart):
            return " ".join(theirs[0][0][-2:]), " ".join(subject)
    return None

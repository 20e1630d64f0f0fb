"""Questions about the articles themselves: how many mention something, since when, how often, which papers.

Recognised narrowly: "How many reports did the court get?" counts something that articles tell of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.question.query import Query

_MOST_WORDS = 6
"""Words of the longest subject; what is longer is a statement."""


class Counting(StrEnum):
    """What is wanted of the articles that mention something."""

    HOW_MANY = "how many"
    SINCE = "since when"
    OFTEN = "how often"
    PAPERS = "which papers"


@dataclass(frozen=True, slots=True)
class CountQuestion:
    """What is counted: mentions of `subject`, in the articles of `paper` where one is named."""

    counting: Counting
    subject: str
    paper: str = ""


_OURS = r"(?:(?:of )?(?:the|my|your|our|these) )?"
_ARTICLES = rf"{_OURS}(?:news )?articles"
_PAPERS = r"(?:news)?papers|publications|news outlets|sources"
_MENTION = r"(?:mention|name|(?:write|talk|speak|tell) (?:about|of)|report (?:about|on|of)|deal with|discuss)"
_MENTIONED = rf"(?:{_MENTION}|mentioned|named|wrote about|written about|reported (?:about|on)|told of)"
_IN = r"(?: (?:in|from|by|of) (?P<paper>[^?]+?))?"
_SUBJECT = r"(?P<subject>.+?)"
_MONTHLY = r"(?: (?:a|per|each|every|by) month)?"
_PATTERNS = tuple(
    (counting, re.compile(rf"^{pattern}[\s?.!]*$", re.IGNORECASE))
    for counting, pattern in (
        (Counting.HOW_MANY, rf"how many {_ARTICLES}{_IN} {_MENTIONED} {_SUBJECT}"),
        (
            Counting.HOW_MANY,
            rf"how many {_ARTICLES} (?:are there )?(?:are )?about {_SUBJECT}(?: are there| do i have)?",
        ),
        (Counting.HOW_MANY, rf"in how many {_ARTICLES} (?:is|are|was|were) {_SUBJECT} (?:mentioned|named)"),
        (Counting.SINCE, rf"since when (?:do|have) {_ARTICLES}{_IN} {_MENTIONED} {_SUBJECT}"),
        (Counting.SINCE, rf"when did {_ARTICLES}{_IN} first {_MENTION} {_SUBJECT}"),
        (Counting.SINCE, rf"when (?:is|was|were|are) {_SUBJECT} first mentioned(?: in {_ARTICLES})?"),
        (
            Counting.OFTEN,
            rf"how often{_MONTHLY} (?:do|did|have) {_ARTICLES}{_IN} {_MENTIONED} {_SUBJECT}{_MONTHLY}",
        ),
        (
            Counting.OFTEN,
            rf"how often{_MONTHLY} (?:is|are|was|were) {_SUBJECT} mentioned(?: in {_ARTICLES})?{_MONTHLY}",
        ),
        (
            Counting.PAPERS,
            rf"which (?:of )?(?:the |my |your )?(?:{_PAPERS}) (?:have )?{_MENTIONED} {_SUBJECT}",
        ),
    )
)
_LEADING = re.compile(r"^(?:the|a|an|any|some)\s+", re.IGNORECASE)
# A subject with one of these is a clause, whose words stand nowhere together.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|that|which|who|whom|when|where|why|how|"
    r"it|he|she|they|him|her|them|this|these|those|or|and)\b"
)


def count_asked(query: Query) -> CountQuestion | None:
    """Return what a question wants counted; None where it asks for something that articles tell."""
    text = query.text
    if query.period is not None:
        before = r"(?:\s+(?:in|on|of|from|during|since|for|within))?\s*"
        text = re.sub(before + re.escape(query.period.text), "", text)
    text = " ".join(text.split())
    for counting, pattern in _PATTERNS:
        found = pattern.match(text)
        if found is None:
            continue
        subject = _LEADING.sub("", found["subject"].strip(" \t\"'“”‘’«»?.!,;:"))
        paper = (found.groupdict().get("paper") or "").strip()
        if subject and len(subject.split()) <= _MOST_WORDS and not _CLAUSE.search(subject):
            return CountQuestion(counting, subject, paper)
    return None

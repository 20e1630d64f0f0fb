"""The decisive words of a quotation: what answers, or what the question and the sentence share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language import patterns
from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.names import find_names
from assistant.language.pronouns import named_people
from assistant.question.answer_kind import Kind
from ingest import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.question.query import Query

Span = tuple[int, int]

MOST_SPANS = 2
MOST_SHARE = 0.5
"""More than half of a sentence in bold emphasises nothing."""

_AFTER = re.compile(r"[\s-]+[^\W\d_][\w-]*")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result of|thanks to|in order to|so that|caused by|blamed on|after)\b"
    r"[^.;!?”\"]*",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    rf"(?<!\w)(?=[“\"«„]\S){patterns.QUOTATION.pattern}(?<=\S.)", re.DOTALL
)  # never from end to start
_NUMBER = re.compile(rf"\d{{1,3}}\s?[–:-]\s?\d{{1,3}}\b|{patterns.NUMBER.pattern}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MONTH = "|".join(month.title() for month in MONTHS)
_WEEKDAY = "|".join(day.title() for day in WEEKDAYS)
_SHAPES = {
    Kind.MONEY: re.compile(
        r"(?:US|A|C)?[$€£¥₹]\s?\d[\d.,]*(?:\s?(?:hundred|thousand|million|billion|trillion|m|bn)\b)?|"
        r"\b\d[\d.,]*\s?(?:thousand |million |billion |trillion )?"
        r"(?:dollars?|euros?|pounds?|cents?|crowns?|yen)\b",
        re.IGNORECASE,
    ),
    Kind.TIME: re.compile(
        rf"\b(?:(?:{_WEEKDAY}),? )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b"
        r"(?: \d{1,2}(?:st|nd|rd|th)?\b(?!\d))?(?:,? (?:1[5-9]|20)\d\d)?|"
        rf"\b(?:in |since )?(?:1[5-9]|20)\d\d\b|\b(?:{_WEEKDAY})\b|"
        r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\b(?:yesterday|today|tomorrow|tonight)\b|"
        r"\b(?:last|next) (?:week|month|year|night|spring|summer|autumn|winter)\b"
    ),
}


def emphasis(quote: str, query: Query) -> tuple[Span, ...]:
    """Return the spans of the decisive words in reading order, as offsets into the quote."""
    asked = set(query.words) | set(stems(query.text))
    spans = list(_tidy(quote, _answers(quote, query, asked)))[:MOST_SPANS]
    if not spans:
        spans = list(_tidy(quote, _matches(quote, asked)))[: MOST_SPANS + 1]
    while spans and sum(end - start for start, end in spans) > MOST_SHARE * len(quote):
        spans.remove(max(spans, key=lambda span: span[1] - span[0]))
    return tuple(_joined(quote, sorted(spans)))


def _joined(quote: str, spans: Iterable[Span]) -> list[Span]:
    """Make one of spans that only a space stands between."""
    found: list[Span] = []
    for start, end in spans:
        if found and not quote[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _answers(quote: str, query: Query, asked: set[str]) -> Iterable[Span]:
    """Return what may be the answer, the likeliest first."""
    kind = query.kind
    if kind in {Kind.NUMBER, Kind.DURATION, Kind.MEASURE}:
        return _numbers(quote, query, asked)
    if kind in _SHAPES:
        return (found.span() for found in _SHAPES[kind].finditer(quote) if _new(found.group(), asked))
    if kind in {Kind.PERSON, Kind.NAME, Kind.PLACE}:
        return _named(quote, kind, asked)
    pattern = {Kind.QUOTATION: _QUOTED, Kind.REASON: _REASON}.get(kind)
    return (found.span() for found in pattern.finditer(quote)) if pattern else ()


def _named(quote: str, kind: Kind, asked: set[str]) -> list[Span]:
    """Return the names that the question did not have; of people where a person is asked for."""
    new = [name for name in find_names(quote) if _new(name.text, asked)]
    persons = {name.end for name in named_people(quote)} if kind is Kind.PERSON else set()
    return [(name.start, name.end) for name in new if not persons or name.end in persons]


def _numbers(quote: str, query: Query, asked: set[str]) -> list[Span]:
    """Return the numbers with the word behind them, those before what is counted first."""
    pattern = {Kind.DURATION: patterns.DURATION, Kind.MEASURE: patterns.MEASURE}.get(query.kind, _NUMBER)
    found = []
    for match in pattern.finditer(quote):
        start, end = match.start(), match.end() - len(match[0]) + len(match[0].rstrip(".,"))
        if not _new(quote[start:end], asked):
            continue
        behind = (
            _AFTER.match(quote, end) if query.kind is Kind.NUMBER else re.compile(r"\w*").match(quote, end)
        )
        counted = bool(
            behind and query.counted.intersection(stems(quote[end : end + patterns.COUNTED_WITHIN]))
        )
        noun = bool(
            behind and (query.kind is not Kind.NUMBER or query.counted.intersection(stems(behind[0])))
        )
        found.append((2 - noun - counted, start, behind.end() if behind and noun else end))
    ranked = sorted(found)
    sure = ranked and (query.counted or ranked[0][0] < ranked[-1][0])
    decisive = ranked[:1] if sure else ranked
    return [(start, end) for _, start, end in decisive]


def _matches(quote: str, asked: set[str]) -> Iterable[Span]:
    """Return the words that the sentence shares with the question, the longest first: they are the rarest."""
    words = [found for found in _WORD.finditer(quote) if asked.intersection(content_stems(found.group()))]
    return (found.span() for found in sorted(words, key=lambda found: -len(found.group())))


def _new(text: str, asked: set[str]) -> bool:
    """Say whether words bring something that the question did not have."""
    return bool(set(stems(text)) - asked)


def _tidy(quote: str, spans: Iterable[Span]) -> Iterable[Span]:
    """Leave out empty spans and those that overlap an earlier one; no span begins or ends with a space."""
    taken: list[Span] = []
    for begin, stop in spans:
        start = begin + len(quote[begin:stop]) - len(quote[begin:stop].lstrip())
        end = start + len(quote[begin:stop].strip())
        if start < end and not any(start < other_end and other < end for other, other_end in taken):
            taken.append((start, end))
            yield start, end

"""What a question asks for: its words, its names and the kind of answer that would fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTHS
from assistant.language.english import ENGLISH, language_asked_in
from assistant.language.foreign_periods import foreign_period
from assistant.language.periods import period_of
from assistant.question.answer_kind import counted_thing, kind_of, speaker
from assistant.question.follow_up import resolve
from assistant.question.framing import unframed
from assistant.question.question_form import Shape, shape_of, sides_of
from ingest import QuestionError, as_day, content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from assistant.answers import Correction
    from assistant.language.periods import Period
    from assistant.question.answer_kind import Kind

MOST_CHARACTERS = 4000
"""Characters of the longest question; beyond that it is a document, not a question."""

LEAST_WORDS = 2
"""Content words that must be left of a question without its period."""

_ANYTHING = (
    "happen happened happening going go went news new important interesting story stories event events world"
)
"""Words that ask for whatever there is."""

# Colours of a terminal as a whole: without its first character a sequence would be words.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[@-~]|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_WORD = re.compile(r"[^\W_][\w'’&-]*")
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as retrieval and ranking use it.

    `search_text` is what is looked for: the question, with what it takes from the conversation where it
    leans on that (question/follow_up.py); `full_text` is the same as one would say it, `brief` the
    same with hardly more than the words that it takes, empty where it is no question that goes on. `words`
    are the content stems of `search_text` in order, the question's own first; those in `context` come from
    the conversation and weigh less, except names that were asked about, `subject`. `names` are the stems of
    capitalised words and numbers, `kind` is the kind of answer asked for, `counted` the stems of what "how
    many" counts, `asked_on` the day from which "recent" is counted, `period` the days that the question
    speaks of, `shape` says whether it wants a list, a comparison or the latest, `sides` what is compared,
    `speaker` the stem of the last word for who is asked about in "what did … say". `unanswered` is the
    question that began what the conversation is about, where none on that was answered, `leaning` the log
    odds, by the words alone, that this one goes on with it. Where typing errors were
    put right, `corrections` says which, and `typed` is the question as it was asked.
    """

    text: str
    search_text: str
    words: tuple[str, ...]
    names: frozenset[str]
    kind: Kind
    counted: frozenset[str]
    asked_on: date
    full_text: str = ""
    brief: str = ""
    context: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    period: Period | None = None
    shape: Shape = Shape.PLAIN
    sides: tuple[frozenset[str], ...] = ()
    speaker: str = ""
    unanswered: str = ""
    leaning: float = 0.0
    corrections: tuple[Correction, ...] = ()
    typed: str = ""

    @property
    def asked(self) -> str:
        """The question as it was asked."""
        return self.typed or self.text

    @property
    def undated(self) -> str:
        """The question as one would say it, without the days that it speaks of, if words are left then."""
        whole = self.full_text or self.text
        if self.period is None:
            return whole
        rest = re.sub(rf"(?<!\w){re.escape(self.period.text)}(?!\w)", " ", whole, count=1)
        return " ".join(rest.split()) if len(_WORD.findall(rest)) > LEAST_WORDS else whole

    @property
    def language(self) -> str:
        """The ISO 639-1 code of the language that it is asked in."""
        return language_asked_in(self.asked)


def understand(
    question: str,
    history: Sequence[tuple[str, str]] = (),
    *,
    asked_on: date | str | None = None,
    limit: int = MOST_CHARACTERS,
) -> Query:
    """Read a question, or raise `QuestionError` when there is nothing to read in it.

    `history` has the earlier questions and answers, oldest first; `asked_on` is today by default.
    """
    text = _readable(question, limit)
    taken = resolve(text, history)
    asked = unframed(text)
    if asked != text and not taken.context:
        taken = replace(taken, search_text=asked, full_text=asked)
    if not stems(taken.search_text):
        raise QuestionError("The question has no words in it. Ask something about your articles.")
    today = as_day(asked_on, "asked_on") or datetime.now(tz=UTC).astimezone().date()
    tongue = language_asked_in(text)
    shape = shape_of(text)
    period = period_of(text, today) if tongue == ENGLISH else foreign_period(text, tongue, today)
    if not taken.context:
        period = _all_that_is_asked(period, text)
    search_text = _undated(taken.search_text, period)
    return Query(
        text=text,
        search_text=search_text,
        words=tuple(
            dict.fromkeys([*_own(_undated(text, period), taken.context), *search_words(search_text)])
        ),
        names=_names(_undated(text, period)) | (_names(search_text) & taken.context),
        kind=kind_of(taken.asks),
        counted=frozenset(content_stems(counted_thing(taken.asks))),
        asked_on=today,
        full_text=taken.full_text,
        brief=taken.brief,
        context=taken.context,
        subject=taken.subject,
        period=period,
        shape=shape,
        sides=sides_of(text) if shape is Shape.COMPARE else (),
        speaker=next(reversed(content_stems(speaker(taken.asks))), ""),
        unanswered=taken.unanswered,
        leaning=taken.leaning,
    )


def reworded(query: Query, meant: Mapping[str, str]) -> Query:
    """Read the question anew with some of its words exchanged; what it took from the conversation stays."""

    def right(text: str) -> str:
        for word, other in meant.items():
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text)
        return text

    limit = max(MOST_CHARACTERS, 2 * len(query.text))
    alone = understand(right(query.text), asked_on=query.asked_on, limit=limit)
    if query.context:
        stem_of = {
            old: new
            for word, other in meant.items()
            for old, new in zip(stems(word), stems(other), strict=False)
        }
        alone = replace(
            query,
            text=alone.text,
            search_text=right(query.search_text),
            full_text=right(query.full_text),
            brief=right(query.brief),
            words=tuple(dict.fromkeys(stem_of.get(stem, stem) for stem in query.words)),
            names=alone.names | {stem_of.get(stem, stem) for stem in query.names},
            kind=alone.kind,
            counted=alone.counted,
        )
    return replace(alone, corrections=query.corrections, typed=query.asked)


def _all_that_is_asked(period: Period | None, text: str) -> Period | None:
    """Return a period as that of the articles where nothing else is asked about: "What happened today?"."""
    if period is None or set(content_stems(text.replace(period.text, " "))) - _anything():
        return period
    return replace(period, of_articles=True)


def by_then(query: Query, newest_day: Callable[[], date | None]) -> Query:
    """Return a query whose month is read as one that the articles can know of.

    "In March" is the latest March. Where all articles are older than that, the latest by the day of the
    newest is meant, which `newest_day` tells. A wording like "last week" stays that of the day of asking.
    """
    period = query.period
    if period is None or not set(re.findall(r"[a-z]+", period.text.lower())) & set(MONTHS):
        return query
    begins, newest = period.first or period.last, newest_day()
    if begins is None or newest is None or begins <= newest:
        return query
    earlier = period_of(query.text, newest)
    if earlier is None or earlier.text != period.text:
        return query
    return replace(query, period=replace(earlier, of_articles=period.of_articles))


def without_month(query: Query) -> str:
    """Return a question as one would ask it alone, without "in March", which the days of articles tell."""
    text = query.full_text or query.text
    period = query.period
    if period is None or not set(re.findall(r"[a-z]+", period.text.lower())) & set(MONTHS):
        return text
    rest = " ".join(text.replace(period.text, " ").split())
    return rest if len(content_stems(rest)) >= LEAST_WORDS else text


@cache
def _anything() -> frozenset[str]:
    return frozenset(content_stems(_ANYTHING))


def search_words(text: str) -> tuple[str, ...]:
    """Return the content stems of a text, each once, in order."""
    return tuple(dict.fromkeys(content_stems(text)))


def _undated(text: str, period: Period | None) -> str:
    """Return a question without words like "in March", which the calendar has read and articles march with.

    A year stays: articles that look back at it name it.
    """
    words = period.text.lower().split() if period else []
    if period is None or not set(words) & set(MONTHS) or any(sign.isdigit() for sign in period.text):
        return text
    rest = " ".join(text.replace(period.text, " ").split())
    return rest if len(content_stems(rest)) >= LEAST_WORDS else text


def _readable(question: str, limit: int) -> str:
    """Return the question on one line without control characters, or raise `QuestionError`."""
    if not isinstance(question, str):
        raise QuestionError(f"The question must be text, not {type(question).__name__}. Ask it as a string.")
    text = " ".join(_CONTROL.sub(" ", question).split())
    if not text:
        raise QuestionError("The question is empty. Ask something about your articles.")
    if len(text) > limit:
        raise QuestionError(
            f"The question has {len(text):,} characters; the limit is {limit:,}. Ask it more briefly."
        )
    return text


def _own(text: str, context: frozenset[str]) -> list[str]:
    """Return the question's own stems where it takes others from the conversation, which come after."""
    return content_stems(text) if context else []


def _names(text: str) -> frozenset[str]:
    """Return stems of capitalised words (not of the first word) and of numbers."""
    words = [match.group() for match in _WORD.finditer(text)]
    found = [word for word in words[1:] if word[0].isupper()] + _NUMBER.findall(text)
    return frozenset(stem for name in found for stem in content_stems(name))

"""What a statement and a sentence about the same say differently, in words.

A sentence differs only if it is about the same. That is shown in one of three ways: with its number, date
or name put into the statement, it carries the statement; it says the reverse of most of the statement's
words; or it has nearly all of those words in other roles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.rules.word_order import shared_links
from assistant.drafting.candidates import SURE
from assistant.language.dates import agrees, dates
from assistant.language.names import SourceWords, find_names, missing
from assistant.language.pronouns import named_people
from assistant.language.quantities import quantities
from assistant.language.words import bases, rarity, read_words
from assistant.vocabulary.drafts import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.checking.check import Verdict
    from assistant.drafting.candidates import CheckedSentence

SAME_MATTER = 0.7
"""Share of a statement's words, the rare ones weighing more, that a sentence with its title must have to say
the reverse of it."""
_SAME_ORDER = 0.4
"""Share of its neighbouring words that a sentence must have too: the model that reads says of a statement in
words of its own too often that the sentence says the reverse."""
SAME_WORDS = 0.7
"""The same to have its words in other roles, or to carry it with another value."""
SAME_IF_SURE = 0.5
"""The same where it surely carries the statement with another value."""
SAME_BUT_PEOPLE, SAME_BUT_NAMES = 0.8, 0.9
"""The same where the value is a name: two towns open a school, and both are right."""
PERSON = "person"
MOST_TRIED = 3
"""Sentences that are asked what differs, the best first."""
MOST_EXCHANGED = 2
"""Values that are exchanged; with more of them the sentence is about something else."""
MOST_LACKING = 4
"""Values of a statement that a sentence may lack; it counts rounded ones too, which need no exchange."""
MOST_VALUES, MOST_EXCHANGES = 8, 24
"""Values that are tried in a place, and in all places."""

RIVAL = 0.8
"""Score from which a sentence with another number denies what another sentence says: it may count others."""

_KINDS = {
    "denial_differs": "denial",
    "direction_differs": "direction",
    "quotation_differs": "quotation",
    "relation_differs": "relation",
}
_VALUES = frozenset({"number_differs", "date_differs", "name_missing"})
_DENYING = frozenset({"denial", "number"})
"""Differences that can't both be so; two dates or two names can."""
REVERSED = "the source says the reverse of the draft"
_THE_ANSWER = re.compile(r"(^|, | in | of )the answer\b")
_QUOTED = re.compile(r"(“[^”]*”)")


@dataclass(frozen=True, slots=True)
class FoundDifference:
    """How a sentence differs from a statement, in words too.

    `score` is the check's for the statement with the sentence's values, 1 where none were exchanged.
    """

    candidate: CheckedSentence
    differences: tuple[Difference, ...]
    reason: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class _Value:
    """A number, date or name where it stands; `about` says which of these."""

    about: str
    start: int
    end: int
    text: str
    kind: str = ""


def other_values(statement: str, found: Sequence[CheckedSentence]) -> FoundDifference | None:
    """Return the sentence that carries a statement with another number, date or name, None without one."""
    return next((each for each in (_exchanged(statement, item) for item in _likely(found)) if each), None)


def otherwise(statement: str, found: Sequence[CheckedSentence]) -> FoundDifference | None:
    """Return the sentence that says the reverse of a statement, or its words in other roles, None without."""
    return next((each for each in (_turned(statement, item) for item in _likely(found)) if each), None)


def saying_otherwise(statement: str, found: Sequence[CheckedSentence]) -> list[FoundDifference]:
    """Return the sentences that deny a statement which others carry: by another number, or the reverse."""
    rivals = []
    for candidate in _likely(found):
        rival = _exchanged(statement, candidate) or _turned(statement, candidate)
        if rival and rival.score >= RIVAL and all(each.about in _DENYING for each in rival.differences):
            rivals.append(rival)
    return rivals


def _likely(found: Sequence[CheckedSentence]) -> list[CheckedSentence]:
    return [each for each in found if each.verdict.support is Support.UNSUPPORTED][:MOST_TRIED]


def of_draft(reason: str) -> str:
    """Return a reason of the check in the words of a draft: what it calls the answer is the draft."""
    pieces = _QUOTED.split(reason)
    return "".join(
        piece if place % 2 else _THE_ANSWER.sub(r"\1the draft", piece) for place, piece in enumerate(pieces)
    )


def matter_shared(statement: str, *texts: str) -> float:
    """Return the share of a statement's words, by rarity, that some texts have: 0 to 1."""
    own = {word.base for word in read_words(statement) if word.content}
    theirs = frozenset[str]().union(*(bases(text) for text in texts))
    weight = sum(map(rarity, own))
    return sum(map(rarity, own & theirs)) / weight if weight else 0.0


def _exchanged(statement: str, candidate: CheckedSentence) -> FoundDifference | None:
    """Put the sentence's values into the statement, one after another, until the sentence carries it."""
    if len(_lacking(statement, candidate)) > MOST_LACKING:
        return None
    text, verdict = statement, candidate.verdict
    changes: list[tuple[_Value, _Value]] = []
    for _ in range(MOST_EXCHANGED):
        best: tuple[Verdict, str, tuple[_Value, _Value]] | None = None
        for change in islice(_exchanges(text, candidate), MOST_EXCHANGES):
            mine, theirs = change
            changed = text[: mine.start] + theirs.text + text[mine.end :]
            seen = candidate.check(changed)
            if best is None or _worth(seen) > _worth(best[0]):
                best = (seen, changed, change)
        if best is None or _worth(best[0]) <= _worth(verdict):
            return None
        verdict, text = best[0], best[1]
        changes.append(best[2])
        if verdict.support is Support.SUPPORTED and _is_same(text, candidate, verdict, changes):
            return _told(candidate, changes, verdict.score)
    return None


def _is_same(
    changed: str, candidate: CheckedSentence, verdict: Verdict, changes: Sequence[tuple[_Value, _Value]]
) -> bool:
    """Say whether a statement that a sentence carries with other values had been about the same."""
    shared = matter_shared(changed, *candidate.around)
    if names := [mine for mine, _ in changes if mine.about == "name"]:
        people = all(mine.kind == PERSON for mine in names)
        return verdict.score >= SURE and shared >= (SAME_BUT_PEOPLE if people else SAME_BUT_NAMES)
    return shared >= (SAME_IF_SURE if verdict.score >= SURE else SAME_WORDS)


def _worth(verdict: Verdict) -> tuple[bool, float]:
    return verdict.support is Support.SUPPORTED, verdict.score


def _told(
    candidate: CheckedSentence, changes: Sequence[tuple[_Value, _Value]], score: float
) -> FoundDifference | None:
    abouts = [mine.about for mine, _ in changes]
    if len(abouts) > 1 and ("date" in abouts or abouts.count("name") > 1):
        return None  # another day, or other people: another matter
    said = [f"the source says {theirs.text}, the draft {mine.text}" for mine, theirs in changes]
    differences = tuple(Difference(mine.about, mine.text, theirs.text) for mine, theirs in changes)
    return FoundDifference(candidate, differences, "; ".join(said), score)


def _exchanges(text: str, candidate: CheckedSentence) -> Iterator[tuple[_Value, _Value]]:
    """Yield each value that the sentence lacks with those of its own that may stand there."""
    theirs = _values(candidate.told, candidate)
    have = {(each.about, each.text.casefold()) for each in _values(text, candidate)}
    for mine in _lacking(text, candidate):
        fitting = (
            each
            for each in theirs
            if (each.about, each.kind) == (mine.about, mine.kind)
            and (each.about, each.text.casefold()) not in have
        )
        yield from ((mine, each) for each in islice(fitting, MOST_VALUES))


def _lacking(text: str, candidate: CheckedSentence) -> list[_Value]:
    """Return the numbers, dates and names of a statement that a sentence and its context don't have."""
    known = SourceWords.of(*candidate.around)
    days = [when for near in candidate.around for when in dates(near, candidate.published)]
    sizes = {(each.kind, each.size) for each in quantities(candidate.told)}
    kept = []
    for value in _values(text, candidate):
        if value.about == "date":
            mine = [when for when in dates(text, candidate.published) if when.start == value.start]
            has = any(agrees(when, day) for when in mine for day in days)
        elif value.about == "name":
            has = not any(
                missing(name, known) for name in find_names(text) if name.words[0].start == value.start
            )
        else:
            own = [each for each in quantities(text) if each.numeral.start == value.start]
            has = any((each.kind, each.size) in sizes for each in own)
        if not has:
            kept.append(value)
    return kept


def _values(text: str, candidate: CheckedSentence) -> list[_Value]:
    days = [_Value("date", each.start, each.end, each.text) for each in dates(text, candidate.published)]
    taken = [range(each.start, each.end) for each in days]
    numbers = [
        _Value(
            "number",
            each.numeral.start,
            each.numeral.end,
            text[each.numeral.start : each.numeral.end],
            each.kind,
        )
        for each in quantities(text)
        if not any(each.numeral.start in day for day in taken)
    ]
    taken += [range(each.start, each.end) for each in numbers]
    people = {name.start for name in named_people(text)}
    named = [
        _Value("name", own[0].start, own[-1].end, text[own[0].start : own[-1].end], kind)
        for each in find_names(text)
        for own, kind in ((each.words, PERSON if each.start in people else ""),)
        if not any(own[0].start in span for span in taken)
    ]
    return sorted([*days, *numbers, *named], key=lambda value: value.start)


def _turned(statement: str, candidate: CheckedSentence) -> FoundDifference | None:
    """Tell what the rules of the check found, where the sentence has enough of the statement's words.

    Where a number, date or name is not there, it may be about something else, unless it says the reverse.
    """
    shared = matter_shared(statement, *candidate.around)
    in_order = shared_links(statement, [candidate.told]) >= _SAME_ORDER
    if candidate.verdict.denied and shared >= SAME_MATTER and in_order:
        return FoundDifference(candidate, (Difference("denial"),), REVERSED)
    mistakes = candidate.mistakes(statement)
    if shared < SAME_WORDS or any(each.kind in _VALUES for each in mistakes):
        return None
    told = next((each for each in mistakes if each.kind in _KINDS), None)
    return (
        FoundDifference(candidate, (Difference(_KINDS[told.kind]),), of_draft(told.reason)) if told else None
    )

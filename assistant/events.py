"""The events of a streamed answer, in the order in which they come. Standard library only.

    Started
    QuotationsReady                                                       unless the articles don't say
    ( FootnoteReady* TextArrived )*  StatementEnded  StatementChecked     for each statement
    StatementEnded*  StatementChecked*                                    for statements that a model judges
    Notice*
    Finished

The quotations are there before a model is asked, complete and in need of no check; what it writes takes
their place. A footnote is there before its number appears in a text. Between `StatementEnded` and
`StatementChecked` a statement is being checked; a statement that failed may be checked a second time after
the text has ended, when the model was asked to correct it. A model may then judge statements, all at once:
from their second `StatementEnded` to another `StatementChecked` they are being checked again. The last one of
an index holds.

`Finished.answer` is the answer, and replaces what was shown before: statements may have been dropped, the
footnotes of dropped ones are gone and the others closed up, and where the model failed it is in quotations.
No text in an event has a marker, link, image or HTML that the model wrote: show all of it as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answers import Answer, Citation, Mode, Statement


@dataclass(frozen=True, slots=True)
class Marker:
    """The place of a footnote's number within a text."""

    number: int


TextPart: TypeAlias = str | Marker


@dataclass(frozen=True, slots=True)
class Started:
    """The question was understood; `mode` is how it will be answered unless the model fails."""

    question: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class QuotationsReady:
    """The answer in quotations. `writer` is the model that is asked to write from them, None without one.

    A written answer has footnotes of its own: its numbers are not the ones of these quotations.
    """

    answer: Answer
    writer: str | None = None


@dataclass(frozen=True, slots=True)
class FootnoteReady:
    """A footnote that markers from now on may name."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class TextArrived:
    """The next parts of statement `index`, counted from 0; spaces between parts are among them."""

    index: int
    parts: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class StatementEnded:
    """Statement `index` is complete and is being checked."""

    index: int


@dataclass(frozen=True, slots=True)
class StatementChecked:
    """What the check found; `statement` is how it will be shown, its text or footnotes perhaps corrected."""

    index: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the reader about how the answer came to be; `Finished.answer` has them all too."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer."""

    answer: Answer


Event: TypeAlias = (
    Started
    | QuotationsReady
    | FootnoteReady
    | TextArrived
    | StatementEnded
    | StatementChecked
    | Notice
    | Finished
)


def quoted_events(answer: Answer) -> Iterator[Event]:
    """Yield the events of an answer in quotations, which is there all at once and needs no check."""
    footnotes = {citation.number: citation for citation in answer.citations}
    if answer.answered:
        yield QuotationsReady(answer)
    for index, statement in enumerate(answer.statements):
        yield from (
            FootnoteReady(footnotes.pop(number)) for number in statement.citations if number in footnotes
        )
        markers = [part for number in statement.citations for part in (" ", Marker(number))]
        yield TextArrived(index, (statement.text, *markers))
        yield StatementEnded(index)
        yield StatementChecked(index, statement)
    if answer.premise:
        yield Notice(answer.premise.notice)
    yield from (Notice(text) for text in answer.notices)
    yield Finished(answer)

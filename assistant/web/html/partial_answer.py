"""An answer while it arrives: events in, HTML and words for a screen reader out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.events import (
    FootnoteReady,
    Marker,
    Notice,
    QuotationsReady,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
)
from assistant.providers.model_choice import SERVERS_OWN
from assistant.web.html.elements import element
from assistant.web.html.excerpts import excerpts, marks_of
from assistant.web.html.source_cards import noted_cards, plain_cards
from assistant.web.html.statements import Shown, statements_html
from assistant.web.html.turns import body_html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer, Citation, Statement
    from assistant.events import Event
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt
    from ingest import Article

FOUND = "Found in your articles"


@dataclass
class Arriving:
    """One statement so far."""

    text: str = ""
    citations: list[int] = field(default_factory=list)
    ended: bool = False
    checked: Statement | None = None
    again: bool = False  # being checked a second time

    def shown(self, *, stopped: bool) -> Shown | None:
        """Return the statement once it has been checked: before, nobody may take it for a fact."""
        if self.checked is None:
            return None
        shown = Shown.of(self.checked)
        return replace(shown, support=None) if self.again and not stopped else shown


@dataclass
class PartialAnswer:
    """What has arrived of one answer. `article_of` finds the articles of its footnotes.

    The quotations are shown at once. What a model writes takes their place statement by statement, each
    when it has been checked; quotations that it has not cited yet stand below it.
    """

    article_of: Callable[[str, str | None], Article | None]
    mode: Mode = Mode.QUOTES
    statements: dict[int, Arriving] = field(default_factory=dict)
    citations: dict[int, Citation] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    quotations: Answer | None = None
    writer: str | None = None
    cut: dict[Citation, Excerpt] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case Started():
                self.mode = event.mode
            case QuotationsReady():
                self.quotations, self.writer = event.answer, event.writer
            case FootnoteReady():
                self.citations[event.citation.number] = event.citation
            case TextArrived():
                self._arrive(event)
            case StatementEnded():
                statement = self._statement(event.index)
                statement.ended, statement.again = True, statement.checked is not None
            case StatementChecked():
                self._check(event)
            case Notice():
                self.notices.append(event.text)
            case _:
                pass

    def html(self, *, stopped: bool = False) -> Html | None:
        """Show what has arrived, its footnotes alive; None while there is nothing to show."""
        checked = [self.statements[index].shown(stopped=stopped) for index in sorted(self.statements)]
        shown = [item for item in checked if item and item.text]
        if self.mode is Mode.WRITTEN and shown:
            return self._prose(shown, stopped=stopped)
        if self.quotations is None:
            return None
        return element(
            "div",
            None if stopped else self._writing(),
            body_html(self.quotations, self._cut(self.quotations.citations)),
            class_="answer growing",
            data_marks=marks_of(self.quotations.citations, numbered=True),
        )

    def _prose(self, shown: Sequence[Shown], *, stopped: bool) -> Html:
        used = {number for item in shown for number in item.citations}
        cited = [self.citations[number] for number in sorted(used) if number in self.citations]
        return element(
            "div",
            statements_html(shown, self.citations),
            None if stopped else self._writing(),
            *(element("p", notice, class_="notice") for notice in self.notices),
            noted_cards(self._cut(cited), {}) if cited else None,
            self._not_cited_yet(cited),
            class_="answer growing",
            data_marks=marks_of([self.citations[number] for number in sorted(self.citations)], numbered=True),
        )

    def _not_cited_yet(self, cited: Sequence[Citation]) -> Html | None:
        """Show the quotations that nothing written rests on so far."""
        said = {(item.article_id, item.version, item.start) for item in cited}
        found = self.quotations.citations if self.quotations else ()
        rest = [item for item in found if (item.article_id, item.version, item.start) not in said]
        if not rest:
            return None
        return element(
            "div",
            element("h3", FOUND),
            plain_cards(self._cut(rest)),
            class_="meanwhile",
            data_marks=marks_of(rest, numbered=False),
        )

    def _writing(self) -> Html | None:
        """Say who writes, while somebody does."""
        if self.mode is not Mode.WRITTEN:
            return None
        who = self.writer if self.writer and self.writer != SERVERS_OWN else "The model"
        return element(
            "p", f"{who} is writing; each statement is shown when it has been checked …", class_="writing"
        )

    def _arrive(self, event: TextArrived) -> None:
        statement = self._statement(event.index)
        for part in event.parts:
            if isinstance(part, Marker):
                if part.number not in statement.citations:
                    statement.citations.append(part.number)
            elif not statement.citations or part.strip():  # no space after the last number
                statement.text += part

    def _check(self, event: StatementChecked) -> None:
        statement = self._statement(event.index)
        if statement.checked is None:  # a second check is heard when the whole answer is there
            numbers = "".join(f" [{number}]" for number in event.statement.citations)
            self.said.append(event.statement.text + numbers)
        statement.checked, statement.again = event.statement, False

    def _statement(self, index: int) -> Arriving:
        return self.statements.setdefault(index, Arriving())

    def _cut(self, citations: Sequence[Citation]) -> list[Excerpt]:
        """Cut the surroundings of citations, of each one once."""
        missing = [item for item in citations if item not in self.cut]
        self.cut.update(zip(missing, excerpts(missing, self.article_of), strict=True))
        return [self.cut[item] for item in citations]

"""An answer while it arrives: events in, HTML and words for a screen reader out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.events import (
    FootnoteReady,
    Marker,
    Notice,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
)
from assistant.web.html.elements import element
from assistant.web.html.excerpts import excerpts, marks_of
from assistant.web.html.footnotes import excerpt_item
from assistant.web.html.statements import Shown, statements_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.answers import Citation, Statement
    from assistant.events import Event
    from assistant.web.html.elements import Html
    from ingest import Article


@dataclass
class Arriving:
    """One statement so far."""

    text: str = ""
    citations: list[int] = field(default_factory=list)
    ended: bool = False
    checked: Statement | None = None
    again: bool = False  # being checked a second time

    def shown(self, *, stopped: bool) -> Shown:
        """Return the statement as far as it is known."""
        if self.checked is not None:
            shown = Shown.of(self.checked)
            return replace(shown, support=None) if self.again and not stopped else shown
        return Shown(self.text.rstrip(), tuple(self.citations), ended=self.ended, stopped=stopped)


@dataclass
class PartialAnswer:
    """What has arrived of one answer. `article_of` finds the articles of its footnotes."""

    article_of: Callable[[str, str | None], Article | None]
    mode: Mode = Mode.QUOTES
    statements: dict[int, Arriving] = field(default_factory=dict)
    citations: dict[int, Citation] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    items: dict[int, Html] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case Started():
                self.mode = event.mode
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
        shown = [self.statements[index].shown(stopped=stopped) for index in sorted(self.statements)]
        if not any(item.text for item in shown):
            return None
        numbers = sorted(self.citations)
        return element(
            "div",
            statements_html(shown, self.citations, quoted=self.mode is Mode.QUOTES, conflicting=set()),
            *(element("p", notice, class_="notice") for notice in self.notices),
            element("ol", *(self._item(number) for number in numbers), class_="sources") if numbers else None,
            class_="answer growing",
            data_marks=marks_of([self.citations[number] for number in numbers], numbered=True),
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

    def _item(self, number: int) -> Html:
        if number not in self.items:
            (found,) = excerpts([self.citations[number]], self.article_of)
            self.items[number] = excerpt_item(found, mark=number - 1)
        return self.items[number]

"""An answer in a terminal while it is written."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from assistant.answers import Answer, Statement, Support
from assistant.cli.live_text import add_event, show_live
from assistant.events import Finished, Marker, StatementChecked, StatementEnded, TextArrived

if TYPE_CHECKING:
    import pytest

    from assistant.events import Event

ANSWER = Answer(question="Who?", answered=False, confidence=0.1)
BAD = Statement(text="Dogs \x1b[2Jbarked.", citations=(), support=Support.UNSUPPORTED)


class Terminal(StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say that a person watches."""
        return True


def test_text_appears_as_it_arrives_and_changes_when_it_is_checked() -> None:
    """Markers are numbers, nothing reaches the terminal but text, and a failed statement says so."""
    shown: dict[int, str] = {}
    add_event(TextArrived(0, ("Dogs \x1b[2J", "barked", Marker(1), ".")), shown)
    begun = dict(shown)
    add_event(StatementEnded(0), shown)
    add_event(StatementChecked(0, BAD), shown)
    assert (begun, shown) == ({0: "Dogs barked [1]."}, {0: "Dogs barked. (not in the sources)"})


def test_the_answer_is_returned_whoever_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets nothing of the stream, a terminal sees it; both get the answer."""
    events: list[Event] = [TextArrived(0, ("Dogs barked.",)), Finished(ANSWER)]
    assert show_live(events) == ANSWER
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert show_live(events) == ANSWER
    assert "Dogs barked." in terminal.getvalue()

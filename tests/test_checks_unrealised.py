"""The check and what a source only plans, asks for, attempts, alleges or holds possible."""

from __future__ import annotations

import pytest

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.rules.unrealised import reported_as_done


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("The mill closed.", "The owner threatened to close the mill."),
        ("The court freed Lena Moss.", "Her lawyer asked the city's court in May to free Lena Moss."),
        ("The clinic hid the deaths.", "A nurse accused the clinic of hiding the deaths."),
        ("The kiosk was torn down.", "The board recommended that the kiosk be torn down."),
        ("The tram was sold.", "The tram could be sold next year."),
        ("The lake was drained.", "The lake will be drained in June."),
        ("The judge had been bribed.", "Police are looking into whether the judge had been bribed."),
    ],
)
def test_what_is_only_planned_asked_for_or_alleged_is_not_reported_as_done(
    statement: str, source: str
) -> None:
    verdict = check_statement(statement, [source])
    assert verdict.support is Support.UNSUPPORTED
    assert "came about" in verdict.reason


@pytest.mark.parametrize(
    ("statement", "sources"),
    [
        ("The mill closed.", ["The owner threatened to close the mill.", "The mill closed in May."]),
        ("The mill may be closed.", ["The owner threatened to close the mill."]),
        ("The mill was to be closed.", ["The owner planned to close the mill."]),
        ("The mill did not close, it was planned.", ["They planned to close the mill."]),
        ("She managed a mill and opened a bar.", ["She managed to open a bar."]),
        ("The grant saved the mill.", ["Nothing would have changed; the grant would not have saved it."]),
        ("A gang is said to have stolen the bell.", ["A gang is accused of stealing the bell."]),
    ],
)
def test_what_came_about_somewhere_or_is_not_said_to_have_come_about_is_left_alone(
    statement: str, sources: list[str]
) -> None:
    assert reported_as_done(statement, sources) is None


def test_a_title_may_say_that_it_came_about() -> None:
    statement, source = "The mill closed.", "The owner had threatened to close it."
    assert reported_as_done(statement, [source]) == "closed"
    assert reported_as_done(statement, [source], ["Old mill closed for good"]) is None

"""The bench of what an answer shows counts as it says."""

from __future__ import annotations

import pytest

from assistant import Answer, Citation, Statement, Support
from bench.shown import figures


def given(*quotes: str) -> Answer:
    """Return an answer that quotes these, or none."""
    citations = tuple(
        Citation(number, quote, 0, len(quote), "id", "version", "Title")
        for number, quote in enumerate(quotes, start=1)
    )
    statements = tuple(Statement(item.quote, (item.number,), Support.SUPPORTED) for item in citations)
    return Answer("Who?", bool(quotes), 0.5, statements=statements, citations=citations)


def test_what_is_shown_is_counted() -> None:
    """No answer counts against the first alone; precision and recall are of the marked sentences."""
    marked = ["Six people were hurt.", "Nobody died."]
    answers = [(given("Six  people were hurt.", "It rained."), marked), (given(), marked)]
    assert figures(answers) == {
        "first right": 0.5,
        "quotations": 2,
        "F1": pytest.approx(0.5),
        "right after the first": 0,
    }

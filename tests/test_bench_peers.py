"""The comparison with others can show 0 and 1, and that Footnote is not far enough ahead: planted cases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.news import Question
from bench.peers import BUDGETS, shares, show, within

if TYPE_CHECKING:
    import pytest

ASKED = date(2026, 5, 4)
BRIDGE = Question("Who opened the bridge?", ASKED, ("Ilse Brandt",))
FERRY = Question("Who steered the ferry?", ASKED, ("Ana Ruiz",))


def test_everybody_gets_the_same_amount_of_text() -> None:
    """Passages count up to so many characters in all; the last one is cut there."""
    assert within(["abc", "def", "ghi"], 5) == ["abc", "de"]
    assert within(["abc"], 5) == ["abc"]


def test_an_answer_counts_where_it_lies_within() -> None:
    """An answer behind the first 1,000 characters counts for the larger amount only."""
    found = shares(lambda question: ["x" * 1000, f"Ilse Brandt, {question.asked_on}"], [BRIDGE, FERRY])
    assert found == {1000: 0.0, 4000: 0.5}


def test_not_far_enough_ahead(capsys: pytest.CaptureFixture[str]) -> None:
    """The best of the others counts, and being told the day is what is judged."""
    far, level = dict.fromkeys(BUDGETS, 0.9), dict.fromkeys(BUDGETS, 0.5)
    assert show({"Footnote": far, "Footnote, not told the day": level}, {"A": level}, 2) == 0
    assert show({"Footnote": level}, {"A": dict.fromkeys(BUDGETS, 0.1), "B": level}, 2) == 1
    assert "1.80" in capsys.readouterr().out

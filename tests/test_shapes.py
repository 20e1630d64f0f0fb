"""Questions that want a list, a count, a comparison or the latest."""

from __future__ import annotations

import pytest

from assistant.question.question_form import Shape, shape_of, sides_of

SHAPES = (
    ("What is the latest on the ferry?", Shape.LATEST),
    ("Who is currently mayor?", Shape.LATEST),
    ("How many people were hurt?", Shape.COUNT),
    ("List the passengers.", Shape.LIST),
    ("Which streets were closed? Which streets are closed?", Shape.LIST),
    ("What are the reasons for the delay?", Shape.LIST),
    ("What is the difference between the police's and the organisers' count?", Shape.COMPARE),
    ("Compare Orrowmere and Fennholt.", Shape.COMPARE),
    ("Who is the captain?", Shape.PLAIN),
    ("Why was the beach closed?", Shape.PLAIN),
)


@pytest.mark.parametrize(("question", "shape"), SHAPES)
def test_shape(question: str, shape: Shape) -> None:
    """The wording tells what a question wants besides one fact."""
    assert shape_of(question) is shape


def test_sides() -> None:
    """A comparison has two sides, known by their names; without two names it has none."""
    assert sides_of("How does Orrowmere compare with Fennholt?") == (
        frozenset({"orrowmer"}),
        frozenset({"fennholt"}),
    )
    assert sides_of("Is it bigger than Fennholt?") == ()

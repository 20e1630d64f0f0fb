"""Whether a question goes on with the one before it, as far as its words tell."""

from __future__ import annotations

import pytest

from assistant.question.leaning import leaning, words_in

FERRY = "what caused the fire on the ferry Marigold"


@pytest.mark.parametrize(
    "question",
    ["how many were hurt", "any arrests?", "what did the captain say", "was anyone charged", "the cost?"],
)
def test_what_means_nothing_alone_goes_on(question: str) -> None:
    assert leaning(question, FERRY) > 1


@pytest.mark.parametrize(
    "question",
    [
        "how strong is fentanyl",
        "what is a supermoon",
        "when do birds leave their nests",
        "why do cats purr",
        "cheapest electric car",
    ],
)
def test_what_a_stranger_understands_begins_anew(question: str) -> None:
    assert leaning(question, FERRY) < -1


def test_of_questions_in_other_languages_nothing_is_known() -> None:
    assert leaning("wie viele wurden bei dem Brand verletzt", "Warum brannte die Fähre Marigold?") == 0


def test_words_are_read_with_their_neighbours_and_where_a_question_begins_and_ends() -> None:
    assert words_in("Who’s hurt?") == {"who's", "hurt", "< who's", "who's hurt", "hurt >"}

"""What a follow-up question takes from the conversation before it."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import WordEmbeddings
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.context_need import Need, need_of
from assistant.question.follow_up import (
    CONTEXT_WEIGHT,
    question_vector,
    resolve,
    weighed,
)

CAPTAIN = (("Who is the captain of the Marta Lind?", "The captain, Henrike Vaal, steered her ashore. [1]"),)

LEANING = (
    "And who was injured?",
    "Why?",
    "What did she say next?",
    "How old is he?",
    "What about Lisbon?",
    "who else was hurt",
    "When?",
    "Thanks. How much does it cost?",
)
STANDING_ALONE = (
    "Who won the presidential election in France?",
    "How many people live in Porto today?",
    "Which school did the council of Orrowmere close?",
    "What happened in Fennholt this week at the market?",
)


@pytest.mark.parametrize("question", LEANING)
def test_leaning(question: str) -> None:
    """A question with a pronoun, or with next to no words of its own, leans on what was said before."""
    assert need_of(question) is Need.CONTEXT


@pytest.mark.parametrize("question", STANDING_ALONE)
def test_standing_alone(question: str) -> None:
    """A question with names of its own and nothing that points back is asked as it is."""
    assert need_of(question) is Need.NOTHING
    assert resolve(question, CAPTAIN).search_text == question


def test_a_pronoun_brings_the_question_before_and_the_names_of_its_answer() -> None:
    """A pronoun is found with what was asked and who was named; the new words stand apart from the old."""
    taken = resolve("How old is she?", CAPTAIN)
    assert taken.full_text == "Who is the captain of the Marta Lind? How old is she?"
    assert {"henrik", "vaal", "marta", "lind", "captain"} <= taken.context
    assert "old" not in taken.context


def test_the_first_question_is_kept() -> None:
    """What the conversation began with still counts when the questions have moved on, the middle doesn't."""
    history = (
        ("What burned at Gull Point?", "A ferry."),
        ("Was there any fog?", "No."),
        ("Who came?", "Boats."),
    )
    assert resolve("And who was injured?", history).full_text == (
        "What burned at Gull Point? Who came? And who was injured?"
    )


def test_what_was_asked_long_ago_is_not_looked_at() -> None:
    """Forty questions back nothing is taken any more, so that a long conversation takes no longer."""
    ferry = ("Who is the captain of the Marta Lind?", "Henrik Vaal is the captain of the Marta Lind.")
    bridge = ("Why was the Tollbrook bridge closed?", "Two bearings of the Tollbrook bridge had cracked.")
    assert "Marta" in resolve("and on the Marta Lind, who died?", [ferry, *[bridge] * 39]).full_text
    long_ago = resolve("and what did he say of that", [ferry, *[bridge] * 40])
    assert "Marta" not in long_ago.full_text


def test_another_name_instead() -> None:
    """“What about Lisbon?” asks the question before with the new name in the old one's place."""
    history = (("How many people live in Porto?", "240,000"),)
    assert resolve("What about Lisbon?", history).search_text == "How many people live in Lisbon?"
    assert resolve("And in Lisbon?", history).search_text == "How many people live in Lisbon?"
    assert resolve("And in Lisbon?", history).asks == "How many people live in Lisbon?"


def test_without_a_conversation_nothing_is_taken() -> None:
    """The first question is searched as it is, however much it points at something."""
    assert resolve("Why did she leave?", ()).search_text == "Why did she leave?"
    assert resolve("Why did she leave?", (("  ", ""),)).context == frozenset()


def test_words_of_the_conversation_weigh_less() -> None:
    """In the ranking a word taken from the conversation counts for part of one's own."""
    assert weighed({"fire": 2.0, "hurt": 1.0}, frozenset({"fire"})) == {
        "fire": 2.0 * CONTEXT_WEIGHT,
        "hurt": 1.0,
    }


def test_the_vector_lies_between_the_question_and_its_context() -> None:
    """A follow-up is searched with a unit vector of both; a question alone with its own."""
    embedder = WordEmbeddings()
    alone = question_vector("fire", "fire", embedder)
    assert np.allclose(alone, embedder.embed(["fire"])[0])
    both = question_vector("why", "harbour fire why", embedder)
    assert np.isclose(np.linalg.norm(both), 1.0)


@given(st.text(max_size=120), st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=4))
def test_anything_said_is_taken_without_a_crash(text: str, history: list[tuple[str, str]]) -> None:
    """Whatever was said, the result is text, and no stem of the question counts as context."""
    taken = resolve(text, history)
    assert isinstance(taken.search_text, str)
    assert not taken.context & resolve(text, ()).context


def test_a_follow_up_is_ranked_by_its_own_words_first() -> None:
    """Of two words that are equally rare, the one that comes from the conversation counts for less."""
    weights = weighed({"ferri": 3.0, "cost": 3.0}, frozenset({"ferri"}))
    assert 0 < weights["ferri"] < weights["cost"] == 3.0


def test_a_follow_up_takes_six_names_from_the_beginning_of_the_answer() -> None:
    """More names, and those far down in a long answer, would crowd out the question's own words."""
    people = ["Ann", "Bob", "Cyril", "Diana", "Edward", "Flora", "Gustav", "Ida"]
    taken = resolve("And why did they leave?", [("Who was there?", f"First came {', then '.join(people)}.")])
    assert [name in taken.search_text for name in people] == [True] * 6 + [False] * 2
    for padding, is_read in ((500, True), (700, False)):
        reply = f"{'it went on ' * (padding // 11)}with Ann."
        assert ("Ann" in resolve("And why did they?", [("Who was there?", reply)]).search_text) is is_read

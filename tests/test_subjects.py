"""What a conversation is about: where its subject began, and what goes back to an earlier one."""

from __future__ import annotations

import pytest

from assistant.messages import CATALOGUE, Message
from assistant.question.query import understand
from assistant.question.subjects import refuses, subject_of

FERRY = (
    "What caused the fire on the ferry Borealis?",
    "A cable in the engine room of the Borealis had overheated, the harbour office said on Monday.",
)
HURT = ("how many were hurt", "Nine passengers of the ferry were taken to the hospital in Tollbrook.")
BRIDGE = (
    "Why was the swing bridge closed?",
    "The swing bridge was closed for nine weeks because two bearings had cracked in the frost.",
)
UNTOLD = "Your articles don't say."


def place_of(question: str, asked: list[tuple[str, str]]) -> tuple[int, bool]:
    subject, back = subject_of(question, asked)
    return subject.place, back


def test_the_subject_began_with_the_first_question_that_the_others_go_on_with() -> None:
    assert place_of("when was it built", [FERRY, HURT]) == (0, False)


def test_a_question_on_something_else_begins_a_subject() -> None:
    assert place_of("and how much did it cost?", [FERRY, HURT, BRIDGE]) == (2, False)


@pytest.mark.parametrize("question", ["back to the ferry: who paid", "and on the Borealis, who was captain?"])
def test_an_earlier_subject_is_gone_back_to_by_its_name(question: str) -> None:
    """What is taken then is the earlier question, and nothing of the one before."""
    asked = [FERRY, HURT, BRIDGE]
    assert place_of(question, asked) == (0, True)
    taken = understand(question, asked)
    assert FERRY[0] in taken.full_text
    assert "bridg" not in taken.context


def test_what_is_asked_behind_that_is_about_it_too() -> None:
    paid = "The insurer paid for the ferry, it said in May."
    asked = [FERRY, BRIDGE, ("back to the ferry: who paid", paid)]
    assert place_of("how much", asked) == (0, False)


def test_a_noun_of_an_answer_does_not_bring_an_earlier_subject_back() -> None:
    """The Borealis had a captain, too; asked about is that of the Halden."""
    asked = [
        (FERRY[0], "A cable had overheated. The captain, Ada Wren, survived and was questioned by police."),
        (
            "Why did the cargo ship Halden sink?",
            "Its hatch had not been closed, an inspector said on Friday.",
        ),
    ]
    assert place_of("did the captain survive", asked) == (1, False)


@pytest.mark.parametrize("said", ["very helpful", "ok then"])
def test_what_asks_for_nothing_begins_nothing(said: str) -> None:
    assert place_of("how many were hurt", [FERRY, (said, UNTOLD)]) == (0, False)


def test_one_turns_to_another_subject_by_what_about() -> None:
    """It has its own answer, and is not missing because that before is."""
    asked = [("What happened to Quimby Zorblatt?", UNTOLD), ("what about the swing bridge?", BRIDGE[1])]
    assert place_of("and how much did it cost", asked) == (1, False)
    assert understand("and how much did it cost", asked).unanswered == ""
    assert understand("and the ferry Borealis?", asked[:1]).unanswered == ""
    assert understand("how much did it cost", asked[:1]).unanswered == asked[0][0]


@pytest.mark.parametrize("refusal", sorted(told[Message.CANNOT_ANSWER] for told in CATALOGUE.values()))
def test_no_refusal_is_an_answer(refusal: str) -> None:
    assert refuses(refusal)
    assert not refuses("The insurer paid for the ferry.")


def test_two_questions_that_nothing_answers_are_not_about_the_same_for_that() -> None:
    """That both were told "Your articles don't say" joins them no more than small words do."""
    asked = [("Who won the Tarn regatta?", UNTOLD), ("cheapest hotel in Lisbon", UNTOLD)]
    assert place_of("what does it cost", asked) == (1, False)

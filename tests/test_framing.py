"""Questions whose words ask for a subject instead of a fact."""

from __future__ import annotations

import pytest

from assistant import answer
from assistant.question.framing import unframed
from assistant.question.query import understand

FRAMED = [
    ("What do the articles say about Marta Lind?", "Marta Lind"),
    ("what do my sources report on the school march?", "the school march"),
    ("Could you please summarize the news about the school", "the school"),
    ("Are there any articles about otters?", "otters"),
    ("Is there anything in my library on the tram?", "the tram"),
    ("Give me a short overview of the ferry fire.", "the ferry fire"),
    ("Tell me about the Marta Lind.", "the Marta Lind"),
    ("What are the papers saying about the strike?", "the strike"),
]
PLAIN = [
    "What did the police say about the march?",  # what somebody said, not what texts have
    "How many articles of the treaty were changed?",
    "What does the report of the accident board say?",
    "Who wrote the articles about the fire?",
    "Summary",
    "Tell me about",
    "",
]


@pytest.mark.parametrize(("question", "subject"), FRAMED)
def test_a_frame_is_left_out(question: str, subject: str) -> None:
    """What is looked for is the subject; the question itself stays as it was asked."""
    assert unframed(question) == subject
    query = understand(question)
    assert (query.text, query.search_text) == (question, subject)


@pytest.mark.parametrize("question", PLAIN)
def test_other_questions_stay(question: str) -> None:
    """Words that are part of what is asked are never taken for a frame."""
    assert unframed(question) == question


def test_a_follow_up_keeps_its_conversation() -> None:
    """A frame in a question that leans on the conversation takes nothing away from it."""
    query = understand("Tell me about it.", [("Who repaired the ferry?", "The shipyard did.")])
    assert "ferri" in query.words


def test_a_subject_is_answered(examples_library: object) -> None:
    """A question for what there is on a name is answered with sentences on that name."""
    given = answer("What do the articles say about Marta Lind?", library=str(examples_library))
    assert given.answered
    assert all("Marta Lind" in each.text for each in given.statements[:2])

"""The check and questions in sources: headlines and sentences that ask don't say."""

from __future__ import annotations

import pytest

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.rules.questions import only_asked, without_questions

MEETING = "Aides met on Monday in the town hall."


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("The mayor will resign.", "Will the mayor resign? What we know"),
        ("Halden's bridge is safe.", "Is Halden's bridge safe?"),
    ],
)
def test_a_headline_that_asks_carries_nothing(statement: str, title: str) -> None:
    assert check_statement(statement, [MEETING], context=[title]).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("Halden's bridge is safe.", "Is Halden's bridge safe?"),
        ("The ferry can be repaired.", "But can the ferry be repaired?"),
        ("The mayor may resign.", "“Will the mayor resign?”"),
    ],
)
def test_a_sentence_that_only_asks_carries_nothing(statement: str, source: str) -> None:
    verdict = check_statement(statement, [source])
    assert verdict.support is Support.UNSUPPORTED
    assert "only asks" in verdict.reason


@pytest.mark.parametrize(
    ("statement", "sources"),
    [
        ("Reed took the money.", ["Why did Reed take the money?"]),
        ("Reed took the money.", ["Reed took the money, but did he keep it?"]),
        ("He asked if the bridge is safe.", ["Is the bridge safe?"]),
        ("The bridge is safe.", ["Is the bridge safe?", "It is."]),
        ("The bridge is safe.", []),
    ],
)
def test_what_a_question_takes_for_granted_and_what_stands_beside_one_is_left_alone(
    statement: str, sources: list[str]
) -> None:
    assert not only_asked(statement, sources)


def test_a_title_keeps_what_it_says_besides_a_question() -> None:
    assert without_questions("Is the bridge safe? Engineers look at it") == "Engineers look at it"
    assert without_questions("“Is it safe?”") == ""
    assert without_questions("The bridge is safe") == "The bridge is safe"

"""Verbs: their past, participle and third person, and which words are verbs at all."""

from __future__ import annotations

import pytest

from assistant.language.verbs import infinitive_of, is_participle, regular_past, third_person, verb


@pytest.mark.parametrize(
    ("infinitive", "past", "participle"),
    [
        ("win", "won", "won"),
        ("begin", "began", "begun"),
        ("become", "became", "become"),
        ("show", "showed", "shown"),
        ("beat", "beat", "beaten"),
        ("read", "read", "read"),
        ("close", "closed", "closed"),
        ("plan", "planned", "planned"),
        ("burn", "burned", "burned"),
    ],
)
def test_past_and_participle(infinitive: str, past: str, participle: str) -> None:
    """Irregular and regular verbs have the past and the participle that English gives them."""
    known = verb(infinitive)
    assert known is not None
    assert (known.past, known.participle) == (past, participle)


@pytest.mark.parametrize("infinitive", ["win", "close", "begin"])
def test_a_past_leads_back(infinitive: str) -> None:
    """The past of a verb leads back to its infinitive."""
    known = verb(infinitive)
    assert known is not None
    assert infinitive_of(known.past) == infinitive


@pytest.mark.parametrize(
    ("infinitive", "past"),
    [("try", "tried"), ("stay", "stayed"), ("admit", "admitted"), ("offer", "offered"), ("fix", "fixed")],
)
def test_regular_pasts_are_spelled(infinitive: str, past: str) -> None:
    """A last letter is doubled, changed or kept as English spells it."""
    assert regular_past(infinitive) == past


def test_third_person() -> None:
    """The present for "she" has -s, -es or -ies."""
    assert [third_person(word) for word in ("win", "go", "try", "catch")] == [
        "wins",
        "goes",
        "tries",
        "catches",
    ]


def test_how_often_a_word_is_a_verb() -> None:
    """Words that are mostly verbs come before those that seldom are; nouns and function words are none."""
    pay, place, school = verb("pay"), verb("place"), verb("school")
    assert pay is not None
    assert place is not None
    assert school is not None
    assert pay.grade > place.grade > school.grade
    assert verb("the") is None


def test_participles_are_known() -> None:
    """A participle is one by its form, whether regular or not; an infinitive is none."""
    assert [word for word in ("built", "closed", "sailing", "build", "spring") if is_participle(word)] == [
        "built",
        "closed",
        "sailing",
    ]

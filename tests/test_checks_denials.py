"""Denials and doubts: what one side says is not so, or only may be, and the other side says is."""

from __future__ import annotations

import pytest

from assistant.checking.rules.doubts import dispute_added, doubt_added, doubt_missing
from assistant.checking.rules.negation import denial_differs


@pytest.mark.parametrize(
    "source",
    [
        "In Ruhl it has been illegal for drivers to pump their own gas since 1949.",
        "Drivers in Ruhl are banned from pumping their own gas.",
        "It is unlikely that drivers in Ruhl will pump their own gas.",
        "For drivers in Ruhl it is forbidden to pump their own gas.",
    ],
)
def test_what_is_ruled_out_is_denied(source: str) -> None:
    """Illegal, banned from, unlikely: that it is so does not follow, that it is not so may."""
    found = denial_differs("Drivers in Ruhl may pump their own gas.", (source,))
    assert found is not None
    assert found.source_denies
    assert denial_differs("Drivers in Ruhl must not pump their own gas.", (source,)) is None
    assert denial_differs("Ruhl prohibits drivers to pump their own gas.", (source,)) is None


def test_what_is_called_illegal_is_not_denied() -> None:
    """Illegal drugs are there; an unlikely hero is one."""
    assert (
        denial_differs("Police found drugs in the car.", ("Police found illegal drugs in the car.",)) is None
    )
    assert denial_differs("The cook became a hero.", ("The cook became an unlikely hero.",)) is None


@pytest.mark.parametrize(
    "statement",
    [
        "Whether six were hurt is unknown.",
        "It is unclear whether six were hurt.",
        "It is falsely said that six were hurt.",
    ],
)
def test_what_is_reported_is_not_open(statement: str) -> None:
    """A statement that calls a fact unknown or untrue is none that the source makes."""
    assert dispute_added(statement, ("Six people were hurt on Sunday.",))
    assert (
        dispute_added(statement, ("It is not known whether six people were hurt, as was falsely said.",))
        is None
    )


def test_a_denial_on_one_side_only_is_found() -> None:
    """Both directions count, and a word that denies by its meaning counts as a denial."""
    assert denial_differs("He did not resign.", ("He resigned on Monday.",))
    assert denial_differs("He resigned.", ("He did not resign.",))
    assert denial_differs("He said so.", ("He said so, and nobody was hurt.",)) is None
    assert denial_differs("They could not go.", ("They were unable to go.",)) is None
    assert denial_differs("He did not accept it.", ("He rejected it.",)) is None


def test_what_is_doubted_planned_or_alleged_is_no_fact() -> None:
    """A plan may be told as a plan, never as done."""
    assert doubt_missing("The bank raised rates.", ("The bank may raise rates.",)) == "raised"
    assert doubt_missing("He stole a car.", ("He is accused of stealing a car.",)) == "stole"
    assert doubt_missing("The bank may raise rates.", ("The bank may raise rates.",)) is None
    assert doubt_missing("The bank will raise rates.", ("The bank will raise rates.",)) is None


def test_what_was_done_is_not_told_as_possible() -> None:
    """What was done may be told with "may have", not with "may"; the month is no doubt."""
    assert doubt_added("Apple may sue.", ("Apple sued.",)) == "sue"
    assert doubt_added("Apple may have sued.", ("Apple sued.",)) is None
    assert doubt_added("Apple may sue.", ("Apple said that it might sue.",)) is None
    assert doubt_missing("The bridge opened in May.", ("The bridge will open in May.",)) == "opened"

"""What numbers of a statement belong to, what follows from others, and how much of something is meant."""

from __future__ import annotations

import pytest

from assistant.checking.rules.numbers import derived, number_differs, undated_quantities

MONEY = (
    "The state pays 1.5 million crowns and the town 300,000.",
    "The trust has collected the remaining 600,000 itself.",
)


@pytest.mark.parametrize(
    ("statement", "sources"),
    [
        ("The trust has collected 1.5 million crowns itself.", MONEY),
        ("About 400 police marched.", ("About 400 people marched, the police said.",)),
        ("Eleven lifeboats came.", ("The lifeboat and eleven fishing boats came.",)),
        ("All homes have power.", ("All but twelve homes have power.",)),
        ("They cut 26,000 jobs.", ("They cut 26,600 jobs.",)),
    ],
)
def test_a_number_that_belongs_to_something_else_is_found(statement: str, sources: tuple[str, ...]) -> None:
    """A number of the source that the source says of another thing is as wrong as another number."""
    assert number_differs(statement, sources, None)


@pytest.mark.parametrize(
    ("statement", "sources"),
    [
        ("The town contributes 300,000 crowns, the state 1.5 million.", MONEY),
        ("The trust raised 600,000 by itself.", MONEY),
        ("The police counted 400 marchers.", ("About 400 people marched, the police said.",)),
        ("Ten votes kept it open.", ("Ten members voted to keep it open.",)),
    ],
)
def test_a_number_told_of_the_same_thing_is_no_mistake(statement: str, sources: tuple[str, ...]) -> None:
    """Another word for what is counted is none, unless the source uses it for something else."""
    assert not number_differs(statement, sources, None)


@pytest.mark.parametrize(
    ("statement", "source", "follows"),
    [
        ("Waits fell by nine weeks to 22.", "Waits fell from 31 weeks to 22.", True),
        ("Waits fell by eight weeks to 22.", "Waits fell from 31 weeks to 22.", False),
        (
            "It cost 19 million instead of 21 million.",
            "It cost 19 million, two million less than planned.",
            True,
        ),
        (
            "It cost 19 million instead of 17 million.",
            "It cost 19 million, two million less than planned.",
            False,
        ),
        ("It was a four-day fair.", "The fair ran from Thursday to Sunday.", True),
        ("It was a five-day fair.", "The fair ran from Thursday to Sunday.", False),
    ],
)
def test_differences_former_numbers_and_stays_follow(statement: str, source: str, follows: bool) -> None:
    """What can be worked out from two numbers of the source may be said."""
    theirs = undated_quantities(source, None)
    stated = [
        each
        for each in undated_quantities(statement, None)
        if each.value not in {one.value for one in theirs}
    ]
    assert [derived(statement, each, theirs, (source,)) for each in stated] == [follows]

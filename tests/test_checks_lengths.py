"""Passages and statements of any length: the work grows with the length, and what is found stays."""

from __future__ import annotations

import random
from cProfile import Profile
from itertools import product
from typing import TYPE_CHECKING

import pytest

from assistant import Support, check_statement
from assistant.checking.mistakes import Sources, find_mistakes
from assistant.language.numbers import numerals

if TYPE_CHECKING:
    from collections.abc import Callable

LONGER = 4
MOST = 1.6 * LONGER
"""Calls for a text so many times as long: in proportion, and some more words that both texts have."""
NAMES = [
    "".join(parts)
    for parts in product(("Bar", "Kel", "Mor", "Tan"), ("lo", "mi", "ven"), ("den", "ford", "na"))
]
THINGS = [
    "bridge",
    "harbour",
    "school",
    "river",
    "market",
    "museum",
    "hospital",
    "tower",
    "factory",
    "library",
]
DEEDS = ["opened", "closed", "sold", "praised", "visited", "repaired", "bought", "painted", "inspected"]
HOW_MANY = ["the", "no", "all of the", "a larger"]
JOINTS = [". ", ", while ", " because ", "; ", ", but ", " and "]
LATER = [" on Monday", " in May 2024", " for 30 days", " if it will rain", ", he said", " last week", ""]


def told(length: int, seed: str) -> str:
    """Return a text of a length in which everything occurs that the checks look for, again and again."""
    chance, found = random.Random(seed), ""  # noqa: S311  # the same text each time
    while len(found) < length:
        who, whom = chance.sample(NAMES, 2)
        thing, other = chance.sample(THINGS, 2)
        found += (
            f"{who} {chance.choice(DEEDS)} {chance.choice(HOW_MANY)} {thing} of {whom} "
            f"with {chance.randrange(2, 900)} {other}s{chance.choice(LATER)}{chance.choice(JOINTS)}"
        )
    return found[:length]


def calls(statement: str, source: str) -> int:
    """Return how many calls the checks take: unlike time, the same on a busy machine."""
    profile = Profile()
    profile.runcall(find_mistakes, statement, Sources((source,)))
    return sum(int(entry.callcount) for entry in profile.getstats())


def repeated(text: str) -> Callable[[int, str], str]:
    """Return what makes a text of a length of one that is repeated."""
    return lambda length, _: (text * (length // len(text) + 1))[:length]


TEXTS = {
    "news": told,
    "capitals": lambda length, seed: told(length, seed).upper().replace(",", "").replace(".", ""),
    "because": repeated("because it rained the harbour closed "),
    "unended": repeated("a larger town will pay if the state agrees "),
    "parts": repeated("the company paid, while the union said it had not, but "),
    "weekdays": repeated("last Monday and "),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_work_grows_with_the_length(name: str) -> None:
    """Source and statement four times as long take about four times the work, not sixteen or sixty-four."""
    text = TEXTS[name]
    find_mistakes(text(600, "c"), Sources((text(2_000, "d"),)))  # tables that are made once
    short = calls(text(600, "a"), text(4_000, "b"))
    long = calls(text(600 * LONGER, "a"), text(4_000 * LONGER, "b"))
    assert long < MOST * short


def test_what_is_wrong_is_found_in_a_long_passage() -> None:
    """A statement of a passage is held against all of it: two names that have changed places are seen."""
    true = "Ada Quillfeather sued Borin Oxenstone over the lease of the mill."
    passage = f"{told(8_000, 'a')}. {true} {told(8_000, 'b')}"
    kinds = {
        said: {found.kind for found in find_mistakes(said, Sources((passage,)))}
        for said in (true, "Borin Oxenstone sued Ada Quillfeather over the lease of the mill.")
    }
    assert [*kinds.values()] == [set(), {"relation_differs"}]
    assert check_statement(true, [passage]).support is Support.SUPPORTED


def test_a_number_without_end_is_read() -> None:
    """Numbers in words that go on and on end where they no longer make one number."""
    read = numerals("one hundred and " * 2_000)
    assert {each.value for each in read} == {100.0}
    assert [each.value for each in numerals("two million and three thousand and forty-five")] == [2_003_045.0]

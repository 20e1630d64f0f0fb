"""What one more article costs does not grow with those that are stored, counted in steps of SQLite."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from stored import article, open_library, prepare
from test_duplicates import story

from ingest.storage import groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ingest import Article, Library

STEPS = 50  # counted in pieces of so many
FEW, MANY = 100, 400  # both more than are looked at in one band of near-duplicates
MOST_GROWTH = 1.3  # reading all that is stored each time would make it four


@contextmanager
def counted(library: Library) -> Iterator[list[int]]:
    """Count what SQLite does for writing, in steps of its machine: the same on any computer."""
    steps = [0]

    def step() -> int:
        steps[0] += STEPS
        return 0

    connection = library._writer.journal._connection  # type: ignore[union-attr]
    connection.set_progress_handler(step, STEPS)
    try:
        yield steps
    finally:
        connection.set_progress_handler(None, 0)


def cost_of_the_next(library: Library, make: Callable[[int], Article], count: int) -> int:
    """Fill up to a number of articles, and return the steps that one more then takes."""
    stored = library.count()[0]
    library.put([prepare(make(number)) for number in range(stored, count)])
    with counted(library) as steps:
        library.put([prepare(make(count))])
    return steps[0]


def copy(number: int) -> Article:
    """Return one of very many copies of a story, each with another word or two replaced."""
    return story(1, edited=0.02, name=f"copy {number}")


@pytest.mark.parametrize("make", [article, copy], ids=["others", "copies"])
def test_one_more_article_costs_the_same(tmp_path: Path, make: Callable[[int], Article]) -> None:
    """Neither the look at what a crash may have left nor the search for copies reads all that is stored."""
    with open_library(tmp_path / "lib", write=True, create=True) as library:
        few = cost_of_the_next(library, make, FEW)
        many = cost_of_the_next(library, make, MANY)
    assert many < MOST_GROWTH * few


def test_copies_beyond_what_is_looked_at_still_find_their_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of very many copies are one group, though each is compared with a few of them."""
    monkeypatch.setattr(groups, "MOST_IN_BAND", 3)
    monkeypatch.setattr(groups, "MOST_COMPARED", 2)
    with open_library(tmp_path / "lib", write=True, create=True) as library:
        for start in range(0, 40, 8):
            library.put([prepare(copy(number)) for number in range(start, start + 8)])
        library.put([prepare(story(2))])
        assert len({summary.group for summary in library.articles()}) == 2
        assert len(library.group_members(copy(0).id)) == 40

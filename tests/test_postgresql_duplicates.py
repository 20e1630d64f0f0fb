"""Near-duplicates that many writers store in one library: looked for before the turn, and none missed."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from stored import article, fill, open_library, prepare
from test_duplicates import groups, story

from ingest.storage.postgresql import late_duplicates
from ingest.storage.postgresql.journal import PostgresJournal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest import Article, Library
    from ingest.database_address import DatabaseAddress
    from ingest.storage.postgresql.late_duplicates import Looked
    from ingest.storage.store import Connection

ORIGINAL = story(1)
EDITED, COPY = story(1, edited=0.1, name="b"), replace(ORIGINAL, origin="copy.txt")


@pytest.fixture(name="meanwhile")
def _meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Return what has something done once, between the next writer's look and its turn."""
    look = late_duplicates.look
    todo: list[Callable[[], object]] = []

    def looked_and_late(connection: Connection, rows: Sequence[int]) -> Looked:
        found = look(connection, rows)
        if todo:
            todo.pop()()
        return found

    monkeypatch.setattr(late_duplicates, "look", looked_and_late)
    return todo.append


@pytest.mark.parametrize("other", [EDITED, COPY], ids=["edited", "exact"])
def test_copies_that_two_writers_store_in_the_same_moment_are_one_group(
    database: DatabaseAddress, meanwhile: Callable[[Callable[[], object]], None], other: Article
) -> None:
    """Neither sees the other's when it looks; who has its turn later finds what was published since."""
    fill(database, story(2))
    with open_library(database, write=True) as one, open_library(database, write=True) as two:
        meanwhile(lambda: two.put([prepare(other)]))
        one.put([prepare(ORIGINAL)])
    found = groups(database)
    assert found[ORIGINAL.origin] == found[other.origin] != None  # noqa: E711  # compared in one go
    assert found["2.txt"] is None


def test_what_comes_between_joins_the_group_that_was_found_before(
    database: DatabaseAddress, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """A copy from before the look and one from after it are one group, with one name."""
    fill(database, ORIGINAL)
    with open_library(database, write=True) as one, open_library(database, write=True) as two:
        meanwhile(lambda: two.put([prepare(COPY)]))
        one.put([prepare(EDITED)])
    assert len(set(groups(database).values())) == 1


@pytest.mark.parametrize("change", ["removed", "replaced"])
def test_a_copy_that_leaves_before_the_turn_is_no_company(
    database: DatabaseAddress, meanwhile: Callable[[Callable[[], object]], None], change: str
) -> None:
    """What was found and is not live any more groups nobody."""
    fill(database, ORIGINAL)

    def leave(library: Library) -> None:
        if change == "removed":
            library.remove([ORIGINAL.id])
        else:
            library.put([prepare(replace(ORIGINAL, text=story(9).text))])

    with open_library(database, write=True) as one, open_library(database, write=True) as two:
        meanwhile(lambda: leave(two))
        one.put([prepare(EDITED)])
    assert groups(database)[EDITED.origin] is None


def test_a_new_version_is_not_grouped_with_what_it_replaces(database: DatabaseAddress) -> None:
    """When it looks, the old version is live still; alone it stays alone."""
    fill(database, ORIGINAL)
    fill(database, replace(ORIGINAL, text=EDITED.text))
    assert groups(database) == {ORIGINAL.origin: None}


def test_copies_of_one_batch_are_one_group(database: DatabaseAddress) -> None:
    """Neither is live when its writer looks."""
    fill(database, ORIGINAL, story(2), EDITED, COPY)
    found = groups(database)
    assert found.pop("2.txt") is None
    assert len(set(found.values())) == 1


def test_nothing_is_left_of_where_an_unfinished_article_was_to_be_found(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that is not published is undone with what near-duplicates are found by."""

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with open_library(database, write=True, create=True) as library:
        with monkeypatch.context() as patch:
            patch.setattr(PostgresJournal, "publish", cut_short)
            with pytest.raises(KeyboardInterrupt):
                library.put([prepare(ORIGINAL)])
        with library.record.reading() as connection:
            for table in ("bands", "articles", "chunks"):
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_writers_in_a_race_miss_no_copy(database: DatabaseAddress) -> None:
    """Of ten stories, each stored by two writers as fast as they can, both editions are one group."""
    open_library(database, write=True, create=True).close()

    def write(library: Library, name: str) -> None:
        for seed in range(10):
            library.put([prepare(story(seed, edited=0.05, name=name)), prepare(article(seed, edition=seed))])

    with open_library(database, write=True) as one, open_library(database, write=True) as two:
        threads = [threading.Thread(target=write, args=each) for each in ((one, "x"), (two, "y"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = groups(database)
    pairs = [(found[f"{seed}x.txt"], found[f"{seed}y.txt"]) for seed in range(10)]
    assert all(x == y != None for x, y in pairs)  # noqa: E711  # compared in one go
    assert len(set(pairs)) == 10

"""kill -9 at every step of the write protocol: a library is always the old one or the new one, whole."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, prepare, sync_folder
from warm import start

from ingest import examine_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest import Article

CHILD = Path(__file__).with_name("crashing.py")
BEFORE = tuple(article(number) for number in range(6))
UPDATE = (article(0, edition=9), article(6), article(7))
OLD = {each.id: each.version for each in BEFORE}
NEW = OLD | {each.id: each.version for each in UPDATE}
WITHOUT = {key: version for key, version in OLD.items() if key != BEFORE[0].id}

PUT_STEPS = [
    "Journal.begin before",
    "Journal.begin after",
    "Vectors.upsert after",
    "Keywords.add after",
    "Journal.publish before",
    "Journal.publish after",
    "Vectors.delete after",
    "Keywords.delete after",
    "Journal.sweep after",
]
REMOVE_STEPS = [
    "Journal.mark_removed before",
    "Journal.mark_removed after",
    "Indexes.rebuild_vectors after",
    "Indexes.rebuild_keywords after",
    "Journal.switch before",
    "Journal.sweep after",
    "Journal.shred after",
]
SYNC_STEPS = [
    "Places.name after",
    "Places.note before",
    "Places.note after",
    "Journal.publish after",
    "Journal.mark_removed before",
    "Journal.mark_removed after",
    "Journal.sweep after",
    "Places.rehome after",
    "Places.forget before",
    "Places.forget after",
]


def _crash(path: Path, task: str, step: str) -> None:
    with start(CHILD, path, task, step) as child:
        assert child.wait() == -signal.SIGKILL


@pytest.mark.parametrize("step", PUT_STEPS)
def test_a_crash_while_storing(tmp_path: Path, step: str) -> None:
    """Until the publishing step it is the old library, then the new one; a second try converges."""
    path = fill(tmp_path / "lib", *BEFORE)
    _crash(path, "put", step)
    published = PUT_STEPS.index(step) >= PUT_STEPS.index("Journal.publish after")
    with open_library(path) as reader:
        assert reader.versions() == (NEW if published else OLD)
    assert_whole(path, NEW if published else OLD)
    fill(path, *UPDATE)
    assert_whole(path, NEW)


@pytest.mark.parametrize("step", REMOVE_STEPS)
def test_a_crash_while_removing(tmp_path: Path, step: str) -> None:
    """Once removal has begun the article is hidden, and opening again deletes it from every file."""
    path = fill(tmp_path / "lib", *BEFORE)
    _crash(path, "remove", step)
    expected = OLD if step == "Journal.mark_removed before" else WITHOUT
    assert_whole(path, expected)
    content = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
    assert (b"place0" in content) is (expected == OLD)


def _write(folder: Path, **stories: str) -> None:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, word in stories.items():
        (folder / f"{name}.txt").write_text(f"About {word}\n\nThe {word} is open. Nobody came to the {word}.")


@pytest.mark.parametrize("step", SYNC_STEPS)
def test_a_crash_while_syncing(tmp_path: Path, step: str) -> None:
    """Whatever a sync was doing, the next one brings the library in step with its folder, whole."""
    folder, path = tmp_path / "folder", tmp_path / "library"
    if step != "Places.name after":  # which only happens at the first visit
        _write(folder, a="harbour", b="tram", copy="harbour", gone="market")
        assert sync_folder(folder, path).added == 3
    _write(folder, b="museum", copy="harbour", c="tram")  # changed, an original gone, moved, gone
    _crash(path, "sync", step)
    report = sync_folder(folder, path)
    assert (report.failed, report.kept) == ((), ())
    with open_library(path) as library:
        found = {summary.origin.rsplit("/", 1)[-1]: summary.title for summary in library.articles()}
    assert found == {"b.txt": "About museum", "copy.txt": "About harbour", "c.txt": "About tram"}
    assert examine_library(path) == []
    again = sync_folder(folder, path)
    assert (again.added, again.updated, again.unchanged, again.removed) == (0, 0, 3, 0)
    files = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
    assert b"market" not in files


@pytest.mark.parametrize("step", ["Journal.switch before", "Vectors.open after", "Keywords.open after"])
def test_a_crash_while_making_a_library(tmp_path: Path, step: str) -> None:
    """A library whose making was cut short is made at the next try."""
    _crash(tmp_path / "lib", "put", step)
    fill(tmp_path / "lib", *BEFORE)
    assert_whole(tmp_path / "lib", OLD)


@pytest.mark.slow
def test_crashes_at_random_moments(tmp_path: Path) -> None:
    """Whatever was acknowledged before kill -9 is there, whole; what was not is there or not, whole."""
    path = tmp_path / "lib"
    stored: dict[str, str] = {}
    for seed in (1, 2):
        acknowledged, removed = _kill_at_random(path, seed)
        with open_library(path, write=True, create=True) as library:
            stored = library.versions()
        assert (acknowledged <= stored.keys(), removed & stored.keys()) == (True, set())
        assert_whole(path, stored)
    everything = [article(number) for number in range(40)]
    fill(path, *everything)
    assert_whole(path, stored | {each.id: each.version for each in everything})


def _kill_at_random(path: Path, seed: int) -> tuple[set[str], set[str]]:
    """Store and remove in a process, kill it, and return which ids must be there and which must not."""
    chance = random.Random(seed)  # noqa: S311  # a moment, not a secret
    with start(CHILD, path, "many", str(seed)) as child:
        assert child.stdout.readline() == "ready\n"
        # So many lines, and not only so much time: a busy machine does little in a second.
        heard = [child.stdout.readline() for _ in range(chance.randrange(10, 40))]
        time.sleep(chance.uniform(0, 0.3))
        child.kill()
        heard += child.stdout.read().splitlines(keepends=True)
    return told([line.split() for line in heard if line.endswith("\n")])


def told(lines: Sequence[Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return which ids must be there, and which must not, by what a process said before it was killed."""
    stored: set[str] = set()
    removed: set[str] = set()
    for word, article_id, *_ in lines:
        if word in ("removing", "removed"):
            stored.discard(article_id)
        else:
            removed.discard(article_id)
        stored |= {article_id} if word == "stored" else set()
        removed |= {article_id} if word == "removed" else set()
    return stored, removed


def test_what_was_only_announced_may_be_done_or_not() -> None:
    """The harness itself: an announced removal or storing decides nothing until it is acknowledged."""
    said = ["stored a 1", "storing b", "stored c 1", "removing c", "removed d", "storing d", "removed e"]
    assert told([line.split() for line in said]) == ({"a"}, {"e"})


def test_a_step_that_does_not_exist_is_noticed(tmp_path: Path) -> None:
    """The harness itself: a step that never happens does not count as survived."""
    fill(tmp_path / "lib", *BEFORE)
    with pytest.raises(AssertionError):
        _crash(tmp_path / "lib", "put", "Journal.mark_removed after")


def test_what_assert_whole_would_find(tmp_path: Path) -> None:
    """The harness itself: a library in another state than expected fails."""
    stored: tuple[Article, ...] = BEFORE[:2]
    path = fill(tmp_path / "lib", *stored)
    with pytest.raises(AssertionError):
        assert_whole(path, {each.id: each.version for each in BEFORE})
    with open_library(path, write=True) as library:
        library._writer.indexes.vectors.delete([prepare(stored[0]).chunks[0].id])  # type: ignore[union-attr]
        assert library.count() == (2, 4)

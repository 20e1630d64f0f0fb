"""Libraries kept open between questions: the same one until its files are others."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
from fakes import WordEmbeddings
from stored import WORDS, article, fill

from assistant.question.query import understand
from assistant.retrieval import open_libraries as libraries
from assistant.retrieval.abstention import look_for
from assistant.retrieval.open_libraries import close_libraries, library_in_use, open_library
from assistant.retrieval.retrieve import look
from assistant.settings import AnswerSettings
from ingest import Library, LibraryError, repair_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.retrieve import Look


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "embedder_for", lambda _settings: WORDS)


def _titles(path: Path) -> list[str]:
    return sorted(each.title for each in open_library(path).library.articles())


def test_a_library_is_opened_once_and_follows_what_is_written(tmp_path: Path) -> None:
    """The second question uses what the first opened, new articles included."""
    path = fill(tmp_path / "lib", article(1))
    opened = open_library(path)
    fill(path, article(2))
    assert (open_library(path) is opened, _titles(path)) == (True, ["The bakery", "The library"])


def test_a_library_that_was_deleted_and_made_anew_is_opened_anew(tmp_path: Path) -> None:
    """Nothing of the old one is shown, and where none is made it says so."""
    path = fill(tmp_path / "lib", article(1))
    assert _titles(path) == ["The bakery"]
    shutil.rmtree(path)
    fill(path, article(2))
    assert _titles(path) == ["The library"]
    shutil.rmtree(path)
    with pytest.raises(LibraryError, match="no library at"):
        open_library(path)


class Slow(WordEmbeddings):
    """Embeds a question slowly, so that a library is replaced in the middle of a search."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Wait a little and embed."""
        sleep(0.01)
        return super().embed(texts)


def _put_in_place(new: Path, path: Path) -> None:
    """Replace a library's files, the record in one step, as a repair does."""
    for index in ("keywords", "vectors"):
        if (new / index).exists():
            shutil.copytree(new / index, path / index, dirs_exist_ok=True)
    for ending in ("-wal", "-shm"):
        (path / f"record.sqlite{ending}").unlink(missing_ok=True)
    (new / "record.sqlite").replace(path / "record.sqlite")


def _still_open(folder: Path, name: str) -> list[str]:
    """List the files of a name that this process has open below a folder, replaced ones too.

    Below the folder only: tests that ran before may hold libraries of their own in a traceback.
    """
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    places = [str(link.readlink()) for link in links if link.is_symlink()]
    return [place for place in places if place.startswith(str(folder)) and name in place]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted on Linux")
@pytest.mark.slow
def test_a_replaced_library_is_closed_when_its_last_search_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While six threads search, the library is replaced eight times: no search fails, nothing stays open."""
    embedder = Slow()
    monkeypatch.setattr(libraries, "embedder_for", lambda _settings: embedder)
    path = fill(tmp_path / "lib", article(0))
    opened, in_use, closed_in_use, closed = set[int](), Counter[int](), [], set[int]()
    close = Library.close

    def noted(library: Library) -> None:
        closed.add(id(library))
        closed_in_use.extend([library] * (in_use[id(library)] > 0))
        kept.append(library)  # so that no other gets its id
        close(library)

    kept = list[Library]()
    guard, done = Lock(), Event()
    query, settings = understand("What did the mayor open?"), AnswerSettings()

    def looking(query: Query, held: OpenLibrary, *arguments: Any, **options: Any) -> Look:
        with guard:
            opened.add(id(held.library))
            in_use[id(held.library)] += 1
        try:
            return look(query, held, *arguments, **options)
        finally:
            with guard:
                in_use[id(held.library)] -= 1

    monkeypatch.setattr("assistant.retrieval.abstention.look", looking)

    finished = list[int]()

    def search() -> int:
        count = 0
        while not done.is_set():
            assert look_for(query, library=path, filters=None, settings=settings).ranked
            count += 1
            finished.append(count)
        return count

    news = [fill(tmp_path / f"new{number}", article(number)) for number in range(1, 9)]
    with ThreadPoolExecutor(6) as threads:
        searches = [threads.submit(search) for _ in range(6)]
        monkeypatch.setattr(Library, "close", noted)
        for new in news:
            # On a busy machine a search takes longer: none meets more replacements than it tries again for.
            before, end = len(finished), monotonic() + 30
            while len(finished) < before + 12 and monotonic() < end:
                sleep(0.01)
            _put_in_place(new, path)
        sleep(0.1)
        done.set()
        assert all(each.result(30) for each in searches)
    assert _titles(path) == [article(8).title]
    last = id(open_library(path).library)
    assert (closed_in_use, opened - closed - {last}) == ([], set())
    close_libraries()
    assert (opened - closed, _still_open(tmp_path, "record.sqlite")) == (set(), [])


def test_a_library_in_use_is_read_to_the_end_and_closed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds it goes on reading what it opened; it is closed when the last of two lets go of it."""
    closed = list[Library]()

    def noted(library: Library) -> None:
        closed.append(library)

    path = fill(tmp_path / "lib", article(1))
    with library_in_use(path) as first:
        with library_in_use(path) as second:
            assert second is first
            monkeypatch.setattr(Library, "close", noted)
            close_libraries()
            with library_in_use(path) as new:
                assert new is not first
        assert closed == []
    assert closed == [first.library]
    close_libraries()
    assert closed == [first.library, new.library]
    monkeypatch.undo()
    for library in closed:
        library.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted on Linux")
def test_a_library_closed_while_it_is_read_keeps_no_file_open(tmp_path: Path) -> None:
    """What a reader has lent is closed when it comes back, not kept for a next reader that never comes."""
    library = Library.open(fill(tmp_path / "lib", article(1)))
    with library._record.reading() as connection:
        library.close()
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert _still_open(tmp_path, "record.sqlite") == []


def test_a_library_that_a_repair_has_replaced_is_opened_anew(tmp_path: Path) -> None:
    """After a salvage the next question reads the new record, not the one that was put aside."""
    path = fill(tmp_path / "lib", *(article(number) for number in range(300)))
    opened = open_library(path)
    file = path / "record.sqlite"
    content = bytearray(file.read_bytes())
    content[200_000:220_000] = b"\xa5" * 20_000
    file.write_bytes(content)
    assert "versions of articles were saved" in repair_library(path)[0]
    again = open_library(path)
    assert (again is opened, again.library.count()[0] < 300) == (False, True)

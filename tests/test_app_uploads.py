"""Dropped files and long jobs."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.chat.adding import Adding
from assistant.web.chat.library_service import LibraryService
from assistant.web.chat.progress import follow_job
from assistant.web.chat.requests import Dropped
from assistant.web.chat.uploads import clear, safe_name, take_uploads
from ingest import Failure, Library

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

NAMES = [
    ("article.txt", "article.txt"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\me\\Ferry fire.html", "Ferry fire.html"),
    (".hidden", "hidden"),
    ("a<b>|?.txt", "a_b_.txt"),
    ("", "article"),
    ("///", "article"),
    ("Inés Kováč’s note (2).md", "Inés Kováč’s note (2).md"),
    ("line\nbreak\x00.txt", "line_break_.txt"),
]


@pytest.mark.parametrize(("name", "safe"), NAMES)
def test_names_are_made_safe(name: str, safe: str) -> None:
    """A name keeps what people wrote and loses folders, hidden dots and signs with a meaning."""
    assert safe_name(name) == safe


@given(name=st.text(max_size=400))
def test_any_name_stays_in_its_folder(name: str) -> None:
    """Whatever a file is called, its safe name is one ordinary file name that file systems take."""
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert 0 < len(safe.encode()) <= 255
    assert safe_name(safe) == safe


def test_files_are_taken_under_their_own_names(tmp_path: Path) -> None:
    """Files go to a folder under their names, two of the same name both, and are gone after clearing."""
    inbox, folder = tmp_path / "inbox", tmp_path / "library" / "uploads"
    dropped = [Dropped(str(put(inbox / number / "x.txt", number)), "x.txt") for number in ("1", "2")]
    taken, refused = take_uploads(dropped, inbox=inbox, folder=folder)
    assert (taken, refused) == ({folder / "x.txt": "x.txt", folder / "x (2).txt": "x.txt"}, [])
    assert [path.read_text() for path in taken] == ["1", "2"]
    clear(taken)
    assert list(folder.iterdir()) == []


def drop(service: LibraryService, inbox: Path, name: str, text: str) -> None:
    file = put(inbox / "1" / name, text)
    list(Adding(service, inbox=inbox).add({"token": "t", "files": [{"place": str(file), "name": name}]}))


@pytest.mark.parametrize("name", ["index.txt", "list.jsonl"])
def test_two_articles_in_files_of_the_same_name_are_both_kept(tmp_path: Path, name: str) -> None:
    """Another title is another article; the same title again is a newer version of the same one."""

    def content(title: str, text: str) -> str:
        return json.dumps({"title": title, "text": text}) if name.endswith("l") else f"{title}\n\n{text}"

    service = LibraryService(tmp_path / "library")
    for title, text in (
        ("The bridge", "The bridge is open."),
        ("The ferry", "The ferry burned."),
        ("The ferry", "The ferry is in dock."),
        ("The bridge", "The bridge is closed."),
    ):
        drop(service, tmp_path / "inbox", name, content(title, text))
    with Library.open(tmp_path / "library") as library:
        articles = [library.article(summary.id) for summary in library.articles()]
    assert sorted(article.text for article in articles if article) == [
        "The bridge is closed.",
        "The ferry is in dock.",
    ]
    assert list(service.uploads.iterdir()) == []


def test_only_files_of_the_inbox_are_taken(tmp_path: Path) -> None:
    """A path outside the inbox, a link, a folder or nothing at all is refused and left alone."""
    inbox, secret = tmp_path / "inbox", put(tmp_path / "secret.txt", "secret")
    inbox.mkdir()
    link = inbox / "link.txt"
    link.symlink_to(secret)
    paths = [str(secret), f"{inbox}/../secret.txt", str(link), str(inbox), str(inbox / "none"), "a\x00b"]
    taken, refused = take_uploads([Dropped(path, "n") for path in paths], inbox=inbox, folder=tmp_path / "to")
    assert taken == {}
    assert refused == [Failure("n", "did not arrive; try it again")] * len(paths)
    assert secret.read_text() == "secret"


def test_following_yields_steps_and_returns_the_result() -> None:
    """A job's steps are seen while it runs, and its result at the end."""
    seen = threading.Event()

    def work(report: Callable[[int], None]) -> str:
        report(1)
        assert seen.wait(120)
        return "done"

    job = follow_job(work, every=0.0)
    assert next(job) == 1
    seen.set()
    assert run_out(job) == "done"


def test_following_raises_what_the_job_raises() -> None:
    """A job's failure arrives where it is followed."""

    def work(report: Callable[[int], None]) -> str:  # noqa: ARG001
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        next(follow_job(work))


def run_out(job: Generator[int, None, str]) -> str:
    try:
        while True:
            next(job)
    except StopIteration as end:
        return str(end.value)


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path

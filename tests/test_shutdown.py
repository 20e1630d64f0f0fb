"""A chat that is told to end in the middle of answers or of adding ends soon and leaves a whole library."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest
from visiting import client, event

from ingest import Library, LibraryError, examine_library
from ingest.storage.index_checksums import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
MANY = 4_000
LONGEST = 240  # seconds: the shell of a service manager waits for 90, on a machine that isn't busy
CODE = "from assistant.cli.main import main; main()"


@pytest.fixture(name="stories")
def _stories(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(MANY):
        words = (
            f"The committee of place{number} met on day {number}. It complained about road {number}. " * 12
        )
        (folder / f"story{number:04}.txt").write_text(f"Meeting {number}\n\n{words}", "utf-8")
    return folder


@contextmanager
def chat(**settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a chat; yield its process and its address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-c", CODE, "chat", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            yield process, found[0]
        finally:
            process.kill()


def test_the_end_comes_in_the_middle_of_adding(tmp_path: Path, stories: Path) -> None:
    """What is being added ends after the articles in hand; they are stored, and nothing is half done."""
    library = tmp_path / "library"

    def add() -> None:
        with client(address) as page, suppress(httpx.HTTPError):  # the end may come before its last message
            event(page, "add", {"token": "a", "sources": [str(stories)]})

    with chat(FOOTNOTE_LIBRARY=str(library), FOOTNOTE_CHAT_FOLDERS=str(stories)) as (process, address):
        adding = Thread(target=add)
        adding.start()
        with client(address) as program:
            while not _stored(program):
                assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST) == 128 + signal.SIGTERM
        adding.join(LONGEST)
    with Library.open(library) as opened:
        assert 0 < opened.count()[0] < MANY
    assert examine_library(library) == []


def test_an_ingestion_that_is_told_to_end_leaves_the_library_in_order(tmp_path: Path, stories: Path) -> None:
    """What a service manager sends is like Ctrl-C: the index is usable at once, not as after a crash."""
    library = tmp_path / "library"
    own = {"FOOTNOTE_LIBRARY": str(library), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CODE, "ingest", str(stories)]
    with subprocess.Popen(command, env={**os.environ, **own}, stderr=subprocess.PIPE, text=True) as process:
        while not (library.exists() and _has_some(library)):
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=LONGEST)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Interrupted. What was stored is stored" in said
    (folder,) = (library / "vectors").iterdir()
    assert is_sealed(folder)
    assert examine_library(library) == []


def test_the_end_comes_in_the_middle_of_answers(examples_library: Path) -> None:
    """Questions that were taken are answered whole, the others are told or find nobody."""
    statuses: list[int] = []

    def ask() -> None:
        with client(address) as program, suppress(httpx.TransportError):
            while True:
                asked = program.post("/api/ask", json={"question": "Who was hurt in the ferry fire?"})
                statuses.append(asked.status_code)
                if asked.status_code == 200:
                    assert asked.json()["text"]

    with chat(FOOTNOTE_LIBRARY=str(examples_library)) as (process, address):
        asking = [Thread(target=ask) for _ in range(8)]
        for thread in asking:
            thread.start()
        while statuses.count(200) < 20:
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST) == 128 + signal.SIGTERM
        for thread in asking:
            thread.join(LONGEST)
    assert set(statuses) <= {200, 503}


def _stored(program: httpx.Client) -> int:
    answer = program.get("/api/articles", params={"limit": 1})
    return int(answer.json().get("total", 0)) if answer.status_code == 200 else 0


def _has_some(library: Path) -> bool:
    with suppress(LibraryError), Library.open(library) as opened:
        return opened.count()[0] > 0
    return False

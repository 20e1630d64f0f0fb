"""Adding articles from the page."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import FakeChat

from assistant.web.chat.adding import ADDING_STOPPED, NOT_ALLOWED, Adding
from assistant.web.chat.progress import PROGRESS_SECONDS
from assistant.web.html.failure_words import WENT_WRONG
from ingest import Failure, IngestReport, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def service(tmp_path: Path) -> FakeChat:
    return FakeChat(tmp_path / "library" / "uploads")


@pytest.fixture
def adding(service: FakeChat, tmp_path: Path) -> Adding:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return Adding(service, inbox=inbox, folders=[tmp_path / "allowed"])


def messages(sent: Iterator[str]) -> list[dict[str, Any]]:
    """Messages as the page reads them."""
    return [json.loads(message) for message in sent]


def test_files_are_added_and_their_copies_removed(adding: Adding, service: FakeChat) -> None:
    """Dropped files become articles under their own names; nothing of them stays beside the library."""
    file = adding.inbox / "upload.txt"
    file.write_text("The mayor opened the bridge.")
    service.failed = (Failure(str(service.uploads / "Bridge.txt"), "no date"),)
    data = {
        "token": "t1",
        "files": [{"place": str(file), "name": "Bridge.txt"}, {"place": "/etc/hostname", "name": "host"}],
        "refused": [{"name": "big.txt", "why": "size"}],
    }
    first, *_, last = messages(adding.add(data))
    assert (first["html"], first["done"]) == ('<p class="working">Waiting to be read …</p>', False)
    assert (last["done"], last["said"]) == (True, ["1 added, 0 updated, 3 failed."])
    for line in (
        "Bridge.txt</strong> — no date",
        "host</strong> — did not arrive",
        "big.txt</strong> — larger",
    ):
        assert line in last["html"]
    assert last["failed"] == ["Bridge.txt", "host", "big.txt"]
    assert service.stored[-1].origin == str(service.uploads / "Bridge.txt")
    assert list(service.uploads.iterdir()) == []
    assert not file.exists()


def test_addresses_are_passed_on_and_fail_with_their_reason(adding: Adding) -> None:
    """A typed address goes to the library's readers; what failed can be tried again by its name."""
    last = messages(adding.add({"token": "t1", "sources": [" https://a.example/feed "]}))[-1]
    assert last["failed"] == ["https://a.example/feed"]
    assert "no answer; try again" in last["html"]


def test_only_allowed_folders_are_read_by_path(adding: Adding, service: FakeChat, tmp_path: Path) -> None:
    """A path is taken only inside a folder that the settings name, links and dots followed."""
    allowed, secret = tmp_path / "allowed", tmp_path / "secret.txt"
    allowed.mkdir()
    secret.write_text("secret")
    (allowed / "news.txt").write_text("News of the day.")
    (allowed / "link.txt").symlink_to(secret)
    wrong = [str(secret), f"{allowed}/../secret.txt", str(allowed / "link.txt"), "file:///etc/passwd", "x\0y"]
    last = messages(adding.add({"token": "t1", "sources": [str(allowed / "news.txt"), *wrong]}))[-1]
    assert (service.added, last["failed"]) == (["news.txt"], wrong)
    assert NOT_ALLOWED in last["html"]


def test_failed_ingestion_is_told_calmly(adding: Adding, service: FakeChat) -> None:
    """When adding fails as a whole, the page says so and the copies are gone too."""
    file = adding.inbox / "upload.txt"
    file.write_bytes(b"\xff\xfe\x00")  # the fake reads UTF-8 only
    data = {"token": "t1", "files": [{"place": str(file), "name": "a.txt"}]}
    last = messages(adding.add(data))[-1]
    assert (last["said"], last["done"]) == ([WENT_WRONG], True)
    assert list(service.uploads.iterdir()) == []


def test_examples_are_added(adding: Adding, service: FakeChat) -> None:
    """The example articles are added with the same report."""
    service.stored.clear()
    last = messages(adding.add_examples({"token": "t1"}))[-1]
    assert (last["said"], last["done"], len(service.stored)) == (["3 added, 0 updated, 0 failed."], True, 3)
    assert PROGRESS_SECONDS < 1


def test_an_addition_can_be_cancelled(adding: Adding, service: FakeChat) -> None:
    """It ends after the article in hand and says what became of the rest; another token stops nothing."""
    stopped = []

    def articles_one_by_one(sources: object, progress: Callable[[Progress], None]) -> IngestReport:
        assert sources
        for step in range(1_000):
            progress(Progress(step, 1_000, 0, "x"))
            time.sleep(0.01)
            stopped.append(step)
        return IngestReport()

    service.add = articles_one_by_one  # type: ignore[method-assign]
    sent = adding.add({"token": "t1", "sources": ["https://a.example/"]})
    assert "Waiting" in next(sent)
    assert "Reading 0 of 1,000 articles" in next(sent)
    adding.stop({"token": "other"})
    adding.stop({"token": "t1"})
    last = messages(sent)[-1]
    assert (last["done"], last["said"]) == (True, [ADDING_STOPPED])
    assert len(stopped) < 1_000


def test_every_file_is_told(adding: Adding, service: FakeChat) -> None:
    """Of several files each has its own line, read or not."""
    for name in ("one.txt", "two.txt"):
        (adding.inbox / name).write_text("The mayor opened the bridge.")
    service.failed = (Failure(str(service.uploads / "two.txt"), "no text"),)
    files = [{"place": str(adding.inbox / name), "name": name} for name in ("one.txt", "two.txt")]
    html = messages(adding.add({"token": "t1", "files": files}))[-1]["html"]
    told = re.sub(r"<[^>]+>", "", html)
    assert "Each of the 2 files" in told
    assert "read: one.txtnot read: two.txt" in told

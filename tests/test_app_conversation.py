"""What happens on each event of the page."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import ANSWERED, BROKEN, FERRY, REFUSED, SIX, FakeChat

from assistant.app.conversation import REMEMBERED, WENT_WRONG, Conversation
from assistant.app.excerpts import marks_of
from assistant.app.following import EVERY
from ingest import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def service(tmp_path: Path) -> FakeChat:
    return FakeChat(tmp_path / "library" / "uploads")


@pytest.fixture
def conversation(service: FakeChat, tmp_path: Path) -> Conversation:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return Conversation(service, inbox=inbox, question_limit=100)


def messages(sent: Iterator[str]) -> list[dict[str, Any]]:
    """Messages as the page reads them."""
    return [json.loads(message) for message in sent]


def test_question_is_answered_with_its_token_and_remembered(
    conversation: Conversation, service: FakeChat
) -> None:
    """An answer comes back for the turn that asked, and later questions know the earlier exchange."""
    message, history = conversation.ask({"token": "t1", "question": " Who was hurt? "}, ())
    answer = json.loads(message)
    assert (answer["token"], answer["done"]) == ("t1", True)
    assert answer["say"] == f"{ANSWERED.text} 3 footnotes."
    assert history == (("Who was hurt?", ANSWERED.text),)
    conversation.ask({"question": "And then?"}, history)
    assert service.asked == [("Who was hurt?", ()), ("And then?", history)]


def test_only_the_last_exchanges_are_remembered(conversation: Conversation) -> None:
    """A conversation does not grow without end."""
    history: tuple[tuple[str, str], ...] = ()
    for number in range(REMEMBERED + 3):
        _, history = conversation.ask({"question": f"Question {number}"}, history)
    assert [question for question, _ in history] == [
        f"Question {number}" for number in range(3, REMEMBERED + 3)
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (REFUSED, "The library is damaged. Run `footnote doctor --repair`."),
        (BROKEN, WENT_WRONG),
        ("x" * 101, "The question has 101 characters; 100 is the limit. Shorten it and ask again."),
        ("  ", "There is no question. Type one and send it again."),
    ],
)
def test_failures_are_told_calmly(
    conversation: Conversation, caplog: pytest.LogCaptureFixture, question: str, told: str
) -> None:
    """Our own errors say what to do; of other ones the detail goes to the log and never to the page."""
    with caplog.at_level(logging.ERROR):
        message, history = conversation.ask({"token": "t1", "question": question}, ())
    assert (json.loads(message)["say"], history) == (told, ())
    assert "secret detail" not in message
    assert ("a secret detail" in caplog.text) == (question == BROKEN)


def test_footnote_opens_its_article(conversation: Conversation) -> None:
    """A click brings the article with the sentence marked, for the click that asked."""
    data = {"token": "s1", "marks": json.loads(marks_of([SIX], numbered=True)), "current": 0}
    opened = json.loads(conversation.open(data))
    assert (opened["token"], FERRY.title in opened["html"]) == ("s1", True)
    assert WENT_WRONG in json.loads(conversation.open({"token": "s2", "marks": "x"}))["html"]


def test_home_comes_at_once_and_then_with_questions(conversation: Conversation, service: FakeChat) -> None:
    """The library's line does not wait for suggestions; an empty library needs none."""
    first, second = messages(conversation.home())
    assert first["line"] == second["line"] == "3 articles · 3 May 2026 – 4 May 2026"
    assert ("suggestion" in first["welcome"], "suggestion" in second["welcome"]) == (False, True)
    service.articles.clear()
    assert [message["ready"] for message in messages(conversation.home())] == [False]


def test_files_are_added_and_their_copies_removed(conversation: Conversation, service: FakeChat) -> None:
    """Dropped files become articles under their own names; nothing of them stays beside the library."""
    file = conversation.inbox / "upload.txt"
    file.write_text("The mayor opened the bridge.")
    service.failed = (Failure(str(service.uploads / "Bridge.txt"), "no date"),)
    data = {
        "token": "t1",
        "files": [{"place": str(file), "name": "Bridge.txt"}, {"place": "/etc/hostname", "name": "host"}],
        "refused": [{"name": "big.txt", "why": "size"}],
    }
    first, *_, last = messages(conversation.add(data))
    assert (first["html"], first["done"]) == ('<p class="working">Waiting to be read …</p>', False)
    assert (last["done"], last["say"]) == (True, "1 added, 0 updated, 3 failed.")
    for line in (
        "Bridge.txt</strong> — no date",
        "host</strong> — did not arrive",
        "big.txt</strong> — larger",
    ):
        assert line in last["html"]
    assert service.articles[-1].origin == str(service.uploads / "Bridge.txt")
    assert list(service.uploads.iterdir()) == []
    assert not file.exists()


def test_failed_ingestion_is_told_calmly(conversation: Conversation, service: FakeChat) -> None:
    """When adding fails as a whole, the page says so and the copies are gone too."""
    file = conversation.inbox / "upload.txt"
    file.write_bytes(b"\xff\xfe\x00")  # the fake reads UTF-8 only
    data = {"token": "t1", "files": [{"place": str(file), "name": "a.txt"}]}
    last = messages(conversation.add(data))[-1]
    assert (last["say"], last["done"]) == (WENT_WRONG, True)
    assert list(service.uploads.iterdir()) == []


def test_examples_are_added(conversation: Conversation, service: FakeChat) -> None:
    """The example articles are added with the same report."""
    service.articles.clear()
    last = messages(conversation.add_examples({"token": "t1"}))[-1]
    assert (last["say"], last["done"], len(service.articles)) == ("3 added, 0 updated, 0 failed.", True, 3)
    assert EVERY < 1

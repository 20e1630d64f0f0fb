"""A chat to test in a browser, in a process of its own: `python chatserver.py MODE FOLDER`.

Modes: `fake` three articles in memory, `watched` the same and noting closed streams, `empty` none of them
yet, `hostile` articles made of the payloads in FOLDER/payloads.json, `real` the library in FOLDER.
Prints its address, then serves until its input closes.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakechat import FakeChat

from assistant.answers import Answer, Citation, Mode, Statement, Support
from assistant.vocabulary.story_reports import Saying, WhoSaidWhat
from assistant.web.server.server import serve
from ingest import Article, Failure, Sentence

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from assistant.events import Event
    from assistant.web.chat.service import ChatService, Question, Topic

PAGE_OF_PAYLOADS = 25
LOOPBACK = {"127.0.0.1", "::1", "localhost", "None", ""}


@dataclass
class HostileChat(FakeChat):
    """Answers the question `n` with the n-th page of payloads, each one a whole article."""

    def answer(self, question: Question) -> Answer:
        """Cite every article of a page: the payload is statement, quote, title, source, reason and notice.

        Asked `n written`, it answers as a model does: bit by bit, and with what was found.
        """
        is_written = question.text.split()[1:2] == ["written"]
        first = int(question.text.split(maxsplit=1)[0]) * PAGE_OF_PAYLOADS
        chosen = self.stored[first : first + PAGE_OF_PAYLOADS]
        citations = tuple(_whole(article, number) for number, article in enumerate(chosen, 1))
        return Answer(
            question=question.text,
            answered=True,
            confidence=1.0,
            statements=tuple(
                Statement(item.quote, (item.number,), Support.UNSUPPORTED, 0.0, item.quote, item.quote)
                for item in citations
            ),
            mode=Mode.WRITTEN if is_written else Mode.QUOTES,
            citations=citations,
            consulted=citations,
            notices=tuple(article.title for article in chosen),
        )

    def who_said_what(self, topic: Topic) -> WhoSaidWhat:
        """Let payloads speak payloads, in roles that are payloads."""
        chosen = self.stored[:PAGE_OF_PAYLOADS]
        said = tuple(_whole(article, number) for number, article in enumerate(chosen, 1))
        rows = tuple(Saying(item.quote, item.number, role=item.quote) for item in said)
        return WhoSaidWhat(topic.words, rows, said, notices=(said[0].quote,))

    def suggestions(self) -> tuple[str, ...]:
        """Suggest payloads."""
        return tuple(article.title for article in self.stored[:PAGE_OF_PAYLOADS])


@dataclass
class WatchedChat(FakeChat):
    """Writes down what was asked, and when a stream of an answer was closed before its end."""

    async def stream(self, question: Question) -> AsyncIterator[Event]:
        """Answer as the fake does."""
        with (self.library / "asked.txt").open("a") as asked:
            asked.write(f"{question.text}\n")
        ended = False
        try:
            async for event in FakeChat.stream(self, question):
                yield event
            ended = True
        finally:
            if not ended:
                (self.library / "closed.txt").write_text(question.text)


def _whole(article: Article, number: int) -> Citation:
    sentence = Sentence(0, len(article.text), article.text)
    return Citation.of(article, sentence, number=number, link=article.url)


def _hostile(folder: Path) -> HostileChat:
    payloads = json.loads((folder / "payloads.json").read_text(encoding="utf-8"))
    articles = [
        Article(text=words, title=words, origin=str(place), source=words, url=words, authors=(words,))
        for place, words in enumerate(payloads)
    ]
    failed = tuple(Failure(words, words) for words in payloads[:PAGE_OF_PAYLOADS])
    return HostileChat(folder / "uploads", stored=articles, failed=failed)


def service_for(mode: str, folder: Path) -> ChatService:
    """Make the service that a mode asks for."""
    if mode == "real":
        from assistant.web.chat.library_service import LibraryService

        return LibraryService(folder)
    if mode == "watched":
        return WatchedChat(folder / "uploads")
    if mode == "hostile":
        return _hostile(folder)
    unreadable = (Failure("photo.png", "not text; it looks like an image"),)
    if mode == "empty":
        return FakeChat(folder / "uploads", stored=[], failed=unreadable)
    return FakeChat(folder / "uploads")


def note_calls(file: Path) -> None:
    """Write down every attempt of this process to reach another machine, and refuse it."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        place = {"socket.connect": 1, "socket.getaddrinfo": 0}.get(event)
        if place is None:
            return
        address = arguments[place]
        host = address[0] if isinstance(address, tuple) else address
        if str(host) not in LOOPBACK and not str(host).startswith(("/", "\0")):
            with file.open("a", encoding="utf-8") as calls:
                calls.write(f"{event} {address}\n")
            raise OSError(f"{address} is not this machine")

    sys.addaudithook(watch)


if __name__ == "__main__":
    note_calls(Path(sys.argv[2]).with_name("calls.txt"))
    page = serve(service_for(sys.argv[1], Path(sys.argv[2])), port=0)
    print(page.local_url, flush=True)  # noqa: T201  # the test reads it
    sys.stdin.read()
    os._exit(0)  # at once: a browser that is still connected must not hold it up

"""What the chat needs of the rest of Footnote, in one small interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.web.html.filters import AskedLimits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from assistant.answers import Answer, Evidence
    from assistant.events import Event
    from assistant.vocabulary.drafts import DraftEvent
    from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
    from assistant.web.html.library_view import Overview
    from ingest import Article, ArticleSummary, IngestReport, LibraryLocation, Progress

PastTurn = tuple[str, str]
"""An earlier question and its answer, as text."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the earlier exchanges make sense of it, the limits say which articles may answer."""

    text: str
    history: tuple[PastTurn, ...] = ()
    limits: AskedLimits = AskedLimits()  # noqa: RUF009  # frozen


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be held against the library; the limits say which articles, and the day that it is of."""

    text: str
    limits: AskedLimits = AskedLimits()  # noqa: RUF009  # frozen


@dataclass(frozen=True, slots=True)
class Topic:
    """What a story is about, or a text that may have been reported; the limits say in which articles."""

    words: str
    limits: AskedLimits = AskedLimits()  # noqa: RUF009  # frozen
    rows: int | None = None
    """The most rows of a table or list, None for what is usual."""


class ChatService(Protocol):
    """Everything that the chat asks for. Called from many threads at once."""

    @property
    def library(self) -> LibraryLocation:
        """Where the library is, and with it conversations, people and settings: a folder or a database."""

    @property
    def uploads(self) -> Path:
        """The folder that dropped files are read from; its path is part of an article's identity."""

    def seen_by(self, groups: frozenset[str] | None) -> ChatService:
        """Return the service for whoever is in some groups: nothing is there that is for others alone."""

    def hidden(self) -> frozenset[str]:
        """Return the ids of the articles that are for others alone."""

    def overview(self) -> Overview:
        """Return the library at a glance."""

    def notices(self) -> list[str]:
        """Return a sentence for each thing that keeps articles from being found just now."""

    def unreachable(self) -> list[str]:
        """Return a sentence for each server that the library is kept on and that is away now."""

    def suggestions(self) -> tuple[str, ...]:
        """Return questions to begin with. May take a few seconds the first time."""

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that the evidence of an answer leads to and the library can answer."""

    def stream(self, question: Question) -> AsyncIterator[Event]:
        """Answer a question in events, the last of which is `Finished`."""

    def quoted(self, question: str, history: Sequence[PastTurn] = ()) -> Answer:
        """Answer in quotations, without a chat model: so kept questions are asked again."""

    def check(self, draft: Draft) -> AsyncIterator[DraftEvent]:
        """Hold a draft against the library in events, the last of which is `DraftChecked`."""

    def timeline(self, topic: Topic) -> Timeline:
        """Return what happened in a story, by day."""

    def who_said_what(self, topic: Topic) -> WhoSaidWhat:
        """Return who said what about a story."""

    def had_this(self, topic: Topic) -> HadThis:
        """Say whether a text was reported already, and where."""

    def find(self, question: Question, *, limit: int) -> list[Evidence]:
        """Return the sentences of the library that `stream` answers from, best first."""

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Return a version of an article, the live one for None."""

    def articles(self) -> Sequence[ArticleSummary]:
        """List the articles, newest publication first."""

    def last_read(self) -> Mapping[str, datetime]:
        """Return when each paper was last read, in UTC."""

    def printings(self, article_id: str) -> Sequence[Article]:
        """Return the near-duplicates of an article, itself left out."""

    def place(self, file: Path) -> Path:
        """Return where a dropped file is to be read from: elsewhere if its place is another article's."""

    def add(self, sources: Sequence[Path | str], progress: Callable[[Progress], None]) -> IngestReport:
        """Put files, folders and addresses into the library."""

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Put the example articles into the library."""

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles for good; return how many there were."""

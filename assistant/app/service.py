"""What the chat needs of the rest of Footnote, in one small interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from assistant.answers import Answer
    from ingest import Article, IngestReport, Progress

Exchange = tuple[str, str]
"""An earlier question and its answer, as text."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at a glance. `examples` says whether the example articles can be added."""

    articles: int
    first: date | None = None
    last: date | None = None
    examples: bool = True


class ChatService(Protocol):
    """Everything that the chat asks for. Called from many threads at once."""

    @property
    def uploads(self) -> Path:
        """The folder that dropped files are read from; its path is part of an article's identity."""

    def overview(self) -> Overview:
        """Return the library at a glance."""

    def suggestions(self) -> tuple[str, ...]:
        """Return questions to begin with. May take a few seconds the first time."""

    def ask(self, question: str, history: Sequence[Exchange]) -> Answer:
        """Answer a question."""

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Return a version of an article, the live one for None."""

    def place(self, file: Path) -> Path:
        """Return where a dropped file is to be read from: elsewhere if its place is another article's."""

    def add(self, files: Sequence[Path], progress: Callable[[Progress], None]) -> IngestReport:
        """Put files into the library."""

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Put the example articles into the library."""

"""The chat's service over a real library: the folder that `footnote` and Python use too."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.app.service import Overview
from assistant.app.suggestions import candidates
from assistant.examples import examples_folder
from ingest import LibraryError, SourceError, content_key, ingest_articles, read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer
    from assistant.app.service import Exchange
    from ingest import Article, IngestReport, Library, Progress

UPLOADS = "uploads"
SUGGESTED = 3
TRIED = 12  # candidates asked at most: each takes a fraction of a second


class LibraryService:
    """A `ChatService` for the library in a folder. Holds no conversation."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser().resolve()
        self.uploads = self.folder / UPLOADS
        self._suggesting = Lock()
        self._suggested: tuple[int, tuple[str, ...]] = (-1, ())

    def overview(self) -> Overview:
        """Return the library at a glance; a folder without anything in it is an empty library."""
        library = self._library()
        if library is None:
            return Overview(articles=0, examples=_have_examples())
        first, last = library.span()
        return Overview(articles=library.count()[0], first=first, last=last, examples=_have_examples())

    def suggestions(self) -> tuple[str, ...]:
        """Return questions that the library was seen to answer; worked out once for each state of it."""
        library = self._library()
        if library is None or not library.count()[0]:
            return ()
        with self._suggesting:
            generation = library.generation()
            if self._suggested[0] != generation:
                self._suggested = (generation, self._answered(candidates(library)))
            return self._suggested[1]

    def ask(self, question: str, history: Sequence[Exchange]) -> Answer:
        """Answer a question from the library."""
        from assistant.ask import answer

        return answer(question, library=self.folder, history=history)

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Return a version of an article, the live one for None."""
        library = self._library()
        return None if library is None else library.article(article_id, version=version)

    def place(self, file: Path) -> Path:
        """Return where a dropped file is to be read from, which is what its article is recognised by.

        Every saved page is called index.html. Where the place is taken by an article with another title,
        the new one goes beside it, under its title's key, and is found there when it comes again.
        """
        library, first = self._library(), _first_article(file)
        stored = library.article(first.id) if library and first and not first.url else None
        if first is None or stored is None or stored.title == first.title:
            return file
        return file.with_name(f"{content_key(first.title)} {file.name}")

    def add(self, files: Sequence[Path], progress: Callable[[Progress], None]) -> IngestReport:
        """Put files into the library, which is made with the first ones."""
        return ingest_articles(list(files), self.folder, progress=progress)

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Put the example articles into the library."""
        return ingest_articles(examples_folder(), self.folder, progress=progress)

    def _library(self) -> Library | None:
        from assistant.libraries import open_library

        try:
            return open_library(self.folder).library
        except LibraryError:
            if self._is_bare():
                return None
            raise

    def _is_bare(self) -> bool:
        """Say whether nothing was ever stored here, which is no failure but the beginning."""
        if not self.folder.exists():
            return True
        return self.folder.is_dir() and all(item.name == UPLOADS for item in self.folder.iterdir())

    def _answered(self, questions: Sequence[str]) -> tuple[str, ...]:
        good: list[str] = []
        for question in questions[:TRIED]:
            if len(good) == SUGGESTED:
                break
            if self.ask(question, ()).answered:
                good.append(question)
        return tuple(good)


def _first_article(file: Path) -> Article | None:
    try:
        return next(read_articles(file), None)
    except SourceError:
        return None  # adding it will say what is wrong with it


def _have_examples() -> bool:
    try:
        examples_folder()
    except SourceError:
        return False
    return True

"""The chat's service over a real library: the one that `footnote` and Python use too."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.store.file_shelf import CONVERSATIONS_FOLDER as CONVERSATIONS
from assistant.web.access.people import ACCESS_FOLDER as ACCESS
from assistant.web.chat.examples import examples_folder
from assistant.web.chat.suggestions import candidates, following
from assistant.web.html.filters import filters_of
from assistant.web.html.library_view import Overview
from ingest import (
    DatabaseAddress,
    Library,
    LibraryError,
    SeenLibrary,
    SourceError,
    content_key,
    home_of,
    ingest_articles,
    lacks_library,
    library_location,
    limited_to,
    read_articles,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from assistant.answers import Answer, Evidence
    from assistant.events import Event
    from assistant.vocabulary.drafts import DraftEvent
    from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
    from assistant.web.chat.service import Draft, PastTurn, Question, Topic
    from assistant.web.chat.suggestions import Candidate
    from ingest import Article, ArticleSummary, IngestReport, LibraryLocation, Progress

UPLOADS = "uploads"
# Folders that may lie in a library's folder before there is one.
OUR_FOLDERS = frozenset({UPLOADS, CONVERSATIONS, ACCESS})
WRITER_WAIT_SECONDS = 60.0  # seconds that a removal waits for somebody else who writes
SUGGESTED = 3
TRIED_NEXT = 5  # the same after an answer, where nobody wants to wait
TRIED = 12  # candidates asked at most: each takes a fraction of a second


class LibraryService:
    """A `ChatService` for a library. Holds no conversation.

    `folder` is on this machine: the library's own, or the one that goes with a library in a database.
    """

    def __init__(self, library: LibraryLocation | str) -> None:
        place = library_location(library)
        self.folder = home_of(place).resolve()
        self.library: LibraryLocation = self.folder if isinstance(place, Path) else place
        self.uploads = self.folder / UPLOADS
        self._suggesting = Lock()
        self._suggested: tuple[int, tuple[str, ...]] = (-1, ())
        self._listed: tuple[int, tuple[ArticleSummary, ...]] = (-1, ())
        self._parts: dict[frozenset[str], LibraryService] = {}

    def seen_by(self, groups: frozenset[str] | None) -> LibraryService:
        """Return the service for whoever is in some groups, with lists and suggestions of their own."""
        if groups is None:
            return self
        if groups not in self._parts:
            self._parts[groups] = LibraryService(limited_to(groups, self.library) or self.library)
        return self._parts[groups]

    def hidden(self) -> frozenset[str]:
        """Return the ids of the articles that are for others alone."""
        with self._library() as library:
            return frozenset(library.hidden()) if library else frozenset()

    def overview(self) -> Overview:
        """Return the library at a glance; a folder without anything in it is an empty library."""
        with self._library() as library:
            if library is None:
                return Overview(articles=0, examples=_have_examples())
            first, last = library.span()
            return Overview(articles=library.count()[0], first=first, last=last, examples=_have_examples())

    def notices(self) -> list[str]:
        """Return a sentence for each thing that keeps articles from being found just now."""
        with self._library() as library:
            return list(library.notices) if library else []

    def unreachable(self) -> list[str]:
        """Return a sentence for each server that the library is kept on and that is away now."""
        with self._library() as library:
            return library.unreachable() if library else []

    def suggestions(self) -> tuple[str, ...]:
        """Return questions that the library was seen to answer; worked out once for each state of it."""
        with self._library() as library:
            if library is None or not library.count()[0]:
                return ()
            with self._suggesting:
                generation = library.generation()
                if self._suggested[0] != generation:
                    self._suggested = (generation, self._answered(candidates(library)))
                return self._suggested[1]

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that the evidence of an answer leads to and the library can answer."""
        return self._answered(following(answer, self.article)[:TRIED_NEXT])

    def stream(self, question: Question) -> AsyncIterator[Event]:
        """Answer a question in events."""
        from assistant.ask import astream_answer

        return astream_answer(
            question.text,
            library=self.library,
            history=question.history,
            asked_on=question.limits.asked_on,
            filters=filters_of(question.limits, self.articles),
        )

    def quoted(self, question: str, history: Sequence[PastTurn] = ()) -> Answer:
        """Answer in quotations, without a chat model."""
        from assistant.watching.kept_questions import quoted_answer

        return quoted_answer(question, history, library=self.library)

    def check(self, draft: Draft) -> AsyncIterator[DraftEvent]:
        """Hold a draft against the library in events."""
        from assistant.drafting.check_draft import astream_check

        limits = draft.limits
        return astream_check(
            draft.text,
            library=self.library,
            filters=filters_of(limits, self.articles),
            written_on=limits.asked_on,
        )

    def timeline(self, topic: Topic) -> Timeline:
        """Return what happened in a story, by day."""
        from assistant.stories.tables import MOST_ROWS, timeline

        filters = filters_of(topic.limits, self.articles)
        return timeline(topic.words, library=self.library, filters=filters, limit=topic.rows or MOST_ROWS)

    def who_said_what(self, topic: Topic) -> WhoSaidWhat:
        """Return who said what about a story."""
        from assistant.stories.tables import MOST_ROWS, who_said_what

        filters = filters_of(topic.limits, self.articles)
        return who_said_what(
            topic.words, library=self.library, filters=filters, limit=topic.rows or MOST_ROWS
        )

    def had_this(self, topic: Topic) -> HadThis:
        """Say whether a text was reported already."""
        from assistant.stories.had_this import MOST_REPORTS, had_this

        filters = filters_of(topic.limits, self.articles)
        return had_this(topic.words, library=self.library, filters=filters, limit=topic.rows or MOST_REPORTS)

    def find(self, question: Question, *, limit: int) -> list[Evidence]:
        """Return the sentences of the library that `stream` answers from, best first."""
        from assistant.ask import find_evidence

        return find_evidence(
            question.text,
            library=self.library,
            history=question.history,
            asked_on=question.limits.asked_on,
            filters=filters_of(question.limits, self.articles),
            limit=limit,
        )

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Return a version of an article, the live one for None."""
        with self._library() as library:
            return None if library is None else library.article(article_id, version=version)

    def articles(self) -> Sequence[ArticleSummary]:
        """List the articles; read from the library once for each state of it."""
        with self._library() as library:
            if library is None:
                return ()
            generation = library.generation()
            if self._listed[0] != generation:
                self._listed = (generation, tuple(library.articles()))
            return self._listed[1]

    def last_read(self) -> Mapping[str, datetime]:
        """Return when each paper was last read, in UTC."""
        with self._library() as library:
            return library.last_read() if library else {}

    def printings(self, article_id: str) -> Sequence[Article]:
        """Return the near-duplicates of an article, itself left out."""
        with self._library() as library:
            members = library.group_members(article_id) if library else ()
            others = (library.article(member) for member in members if library and member != article_id)
            return [article for article in others if article is not None]

    def place(self, file: Path) -> Path:
        """Return where a dropped file is to be read from, which is what its article is recognised by.

        Every saved page is called index.html. Where the place is taken by an article with another title,
        the new one goes beside it, under its title's key, and is found there when it comes again.
        """
        first = _first_article(file)
        with self._library() as library:
            stored = library.article(first.id) if library and first and not first.url else None
        if first is None or stored is None or stored.title == first.title:
            return file
        return file.with_name(f"{content_key(first.title)} {file.name}")

    def add(self, sources: Sequence[Path | str], progress: Callable[[Progress], None]) -> IngestReport:
        """Put sources into the library, which is made with the first ones."""
        return ingest_articles(list(sources), self.library, progress=progress)

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Put the example articles into the library."""
        return ingest_articles(examples_folder(), self.library, progress=progress)

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles for good."""
        with Library.open(self.library, write=True, wait=WRITER_WAIT_SECONDS) as library:
            return library.remove(article_ids)

    @contextmanager
    def _library(self) -> Iterator[Library | None]:
        """Lend the library for reading, None where nothing was ever stored."""
        from assistant.retrieval.open_libraries import library_in_use

        with ExitStack() as used:
            library: Library | None = None
            try:
                library = used.enter_context(library_in_use(self.library)).library
            except LibraryError:
                if not self._is_bare():
                    raise
            yield library

    def _is_bare(self) -> bool:
        """Say whether nothing was ever stored here, which is no failure but the beginning."""
        place = self.library.place if isinstance(self.library, SeenLibrary) else self.library
        if isinstance(place, DatabaseAddress):
            return lacks_library(place)
        if not self.folder.exists():
            return True
        return self.folder.is_dir() and all(item.name in OUR_FOLDERS for item in self.folder.iterdir())

    def _answered(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        good: list[str] = []
        for candidate in candidates[:TRIED]:
            if len(good) == SUGGESTED:
                break
            if self._leads_home(candidate):
                good.append(candidate.question)
        return tuple(good)

    def _leads_home(self, candidate: Candidate) -> bool:
        """Ask a question; say whether the sentence that it was made of comes first. No model is asked."""
        from assistant.question.query import understand
        from assistant.quoting.quote_answer import quoted
        from assistant.retrieval.abstention import look_for
        from assistant.settings import answer_settings

        settings = answer_settings()
        question, sentence = candidate.question, candidate.sentence
        query = understand(question, (), asked_on=None, limit=settings.max_question_characters)
        seen = look_for(query, library=self.library, filters=None, settings=settings)
        if sentence is None or not seen.answerable:
            return seen.answerable
        answer = quoted(seen)
        return answer.answered and not answer.notices and answer.citations[0].quote == sentence


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

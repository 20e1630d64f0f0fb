"""A chat service without a library: three articles in memory, answers made of their sentences."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from fakedrafts import in_turn
from fakestories import reported, spoken, told

from assistant.answers import Answer, Citation, Conflict, Evidence, Mode, QuestionFilter, Statement, Support
from assistant.events import (
    Finished,
    FootnoteReady,
    Marker,
    Notice,
    QuotationsReady,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
    quoted_events,
)
from assistant.rendering.links import text_fragment_link
from assistant.store.file_shelf import FileShelf
from assistant.vocabulary.drafts import DraftCheck, DraftChecked, DraftSplit, StatementHeld
from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
from assistant.web.chat.service import Question
from assistant.web.html.library_view import Overview
from ingest import (
    Article,
    ArticleSummary,
    Failure,
    FootnoteError,
    IngestReport,
    LibraryAwayError,
    Progress,
    Sentence,
    split_sentences,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from assistant.events import Event
    from assistant.store.conversations import Conversations
    from assistant.vocabulary.drafts import DraftEvent
    from assistant.web.chat.service import Draft, Topic

FERRY = Article(
    text=(
        "Six people were hurt when a fire broke out on the ferry Aurora on Sunday evening, "
        "the harbour authority said on Monday.\n\nAn earlier report had spoken of nine. "
        "“We counted twice,” said harbour master Inés Kováč, "
        "“and six is the number.” The fire began in the engine room at 18:40 and was out within the hour.\n\n"
        "The Aurora carried 84 passengers. All of them were taken ashore by two fishing boats.\n\n"
        + "\n\n".join(
            f"Paragraph {number} tells more of how the evening went on the quay." for number in range(30)
        )
        + "\n\nThe Aurora will stay in dock until June."
    ),
    title="Ferry fire: six hurt, not nine",
    origin="examples/ferry.txt",
    published=date(2026, 5, 4),
    source="Harbour Gazette",
    url="https://gazette.example/ferry-fire",
    authors=("Staff writer",),
)
POST = Article(
    text="Nine passengers were injured in a blaze on the Aurora.\n\nThe cause is not known.",
    title="Blaze on the Aurora",
    origin="examples/post.txt",
    published=date(2026, 5, 3),
    source="Inland Post",
)
UNDATED = Article(
    text="The school board meets on Thursdays. Visitors are welcome.",
    title="School board",
    origin="board.txt",
)

LIMITED_QUESTION = "According to the Harbour Gazette, how many were hurt?"
LIMITED_NOTICE = "Only articles of Harbour Gazette were searched."
UNKNOWN = "Who won the chess tournament?"
BROKEN = "Break something"
REFUSED = "Refuse this"
AWAY = "Ask who is away"
WRITTEN_QUESTION = "Write about the fire"
SLOW = "Write slowly"
"""Its answer waits in the midst of the second statement until it is stopped."""


def file_of(kept: Conversations) -> Path:
    """Return the file of conversations that are kept in a folder."""
    assert isinstance(kept.shelf, FileShelf)
    return kept.shelf.file


def cite(article: Article, words: str, number: int) -> Citation:
    """Cite words of an article."""
    start = article.text.index(words)
    end = start + len(words)
    link = text_fragment_link(article.url, article.text, start, end, title=article.title)
    return Citation.of(article, Sentence(start, end, words), number=number, link=link)


SIX = cite(FERRY, FERRY.text[: FERRY.text.index("\n")], 1)
NINE = cite(POST, "Nine passengers were injured in a blaze on the Aurora.", 2)
DOCK = cite(FERRY, "The Aurora will stay in dock until June.", 3)
CARRIED = cite(FERRY, "The Aurora carried 84 passengers.", 4)
TWICE = cite(FERRY, "“We counted twice,” said harbour master Inés Kováč, “and six is the number.”", 1)
BOARD = cite(UNDATED, "The school board meets on Thursdays.", 5)

ANSWERED = Answer(
    question="How many people were hurt in the ferry fire?",
    answered=True,
    confidence=0.9,
    statements=(
        Statement(SIX.quote, (1,), Support.SUPPORTED),
        Statement(NINE.quote, (2,), Support.SUPPORTED),
        Statement(DOCK.quote, (3,), Support.SUPPORTED),
    ),
    citations=(SIX, NINE, DOCK),
    conflicts=(Conflict((1, 2), "how many were hurt"),),
    consulted=(CARRIED, BOARD),
)
NOT_ANSWERED = Answer(question=UNKNOWN, answered=False, confidence=0.1, consulted=(CARRIED, BOARD))

CROWDED = Answer(
    question="Who may come to the school board?",
    answered=True,
    confidence=0.9,
    statements=(
        Statement(BOARD.quote, (1,), Support.SUPPORTED),
        Statement("Visitors are welcome.", (2,), Support.SUPPORTED),
    ),
    citations=(replace(BOARD, number=1), cite(UNDATED, "Visitors are welcome.", 2)),
)
"""Two sentences that end on one line of their article."""

EMPHASISED = replace(SIX, emphasis=((0, 10),), referent="the ferry Aurora", also_in=("Coast Daily",))
WRITTEN = Answer(
    question=WRITTEN_QUESTION,
    answered=True,
    confidence=0.9,
    mode=Mode.WRITTEN,
    statements=(
        Statement("Six people were hurt.", (1,), Support.SUPPORTED, 0.97, "The sentence says six."),
        Statement("The Aurora sank.", (), Support.UNSUPPORTED, 0.02, "No sentence says that it sank."),
        Statement(
            "It stays in dock until June.", (2,), Support.SUPPORTED, 0.9, "Checked.", "It stays until May."
        ),
        Statement("Nine were hurt, another paper says.", (3,), Support.CONFLICTING, 0.9),
    ),
    citations=(EMPHASISED, replace(DOCK, number=2), replace(NINE, number=3)),
    conflicts=(Conflict((3, 1), "how many were hurt", ("nine", "six")),),
    consulted=(CARRIED, BOARD),
    notices=("A notice.",),
)


def checked_draft(text: str) -> DraftCheck:
    """Check a draft against the three articles, as `in_turn` does."""
    return in_turn(text, (SIX, NINE, DOCK))


def written_events(answer: Answer) -> Iterator[Event]:
    """Let a written answer arrive: the quotations, then each footnote before its number, each check last."""
    yield Started(answer.question, answer.mode)
    yield QuotationsReady(ANSWERED, "test-model")
    for index, statement in enumerate(answer.statements):
        half = len(statement.text) // 2
        first = (statement.original or statement.text)[:half]
        yield TextArrived(index, (first,))
        yield from (FootnoteReady(answer.citations[number - 1]) for number in statement.citations)
        markers = [part for number in statement.citations for part in (" ", Marker(number))]
        yield TextArrived(index, ((statement.original or statement.text)[half:], *markers))
        yield StatementEnded(index)
        yield StatementChecked(index, statement)
    yield from (Notice(text) for text in answer.notices)
    yield Finished(answer)


@dataclass
class FakeChat:
    """A `ChatService` in memory. `steps` is how many articles an ingestion pretends to read."""

    uploads: Path
    stored: list[Article] = field(default_factory=lambda: [FERRY, POST, UNDATED])
    steps: int = 3
    failed: tuple[Failure, ...] = ()
    checked: list[Draft] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @property
    def library(self) -> Path:
        """The folder above the uploads."""
        return self.uploads.parent

    def seen_by(self, groups: frozenset[str] | None) -> FakeChat:
        """Show everybody everything: no article is for some groups alone."""
        del groups
        return self

    def hidden(self) -> frozenset[str]:
        """Hide nothing."""
        return frozenset()

    def overview(self) -> Overview:
        """Return the articles at a glance."""
        days = sorted(article.published for article in self.stored if article.published)
        return Overview(len(self.stored), days[0] if days else None, days[-1] if days else None)

    def suggestions(self) -> tuple[str, ...]:
        """Offer two questions."""
        return (ANSWERED.question, UNKNOWN)

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """Lead from any answer to one question."""
        return () if answer.question == WRITTEN_QUESTION else (WRITTEN_QUESTION,)

    def answer(self, question: Question) -> Answer:
        """Give the answer that was prepared for the question, else the one about the ferry."""
        with self.lock:
            self.asked.append(question)
        if question.text == BROKEN:
            raise RuntimeError("a secret detail")
        if question.text == REFUSED:
            raise FootnoteError("The library is damaged. Run `footnote doctor --repair`.")
        if question.text == AWAY:
            raise LibraryAwayError("The database can't be reached. Check that it runs, and try again.")
        known = {
            UNKNOWN: NOT_ANSWERED,
            WRITTEN_QUESTION: WRITTEN,
            SLOW: WRITTEN,
            CROWDED.question: CROWDED,
        }
        answer = self.answers.get(question.text, known.get(question.text, ANSWERED))
        filters = question.limits.filters
        if question.text == LIMITED_QUESTION and not (filters and filters.exact):
            said = QuestionFilter(("According to the Harbour Gazette",), ("Harbour Gazette",))
            answer = replace(answer, question_filter=said, notices=(LIMITED_NOTICE,))
        return replace(answer, question=question.text)

    def quoted(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer as `stream` does; what the articles didn't say, the article that was added last says."""
        if question != UNKNOWN or not self.added:
            return self.answer(Question(question, tuple(history)))
        found = cite(self.stored[-1], split_sentences(self.stored[-1].text)[0].text, 1)
        statement = Statement(found.quote, (1,), Support.SUPPORTED)
        return Answer(question, answered=True, confidence=0.9, statements=(statement,), citations=(found,))

    async def stream(self, question: Question) -> AsyncIterator[Event]:
        """Answer in events; a slow one waits before its second check, and notes when it is closed."""
        answer = self.answer(question)
        yield Started(question.text, answer.mode)
        try:
            quoted = answer.mode is Mode.QUOTES
            for event in quoted_events(answer) if quoted else written_events(answer):
                yield event
                await asyncio.sleep(0)
                if question.text == SLOW and isinstance(event, StatementEnded) and event.index == 1:
                    await asyncio.Event().wait()
        finally:
            self.closed.append(question.text)

    async def check(self, draft: Draft) -> AsyncIterator[DraftEvent]:
        """Check in events; a slow draft waits after its first statement, and notes when it is closed."""
        with self.lock:
            self.checked.append(draft)
        if BROKEN in draft.text:
            raise RuntimeError("a secret detail")
        check = checked_draft(draft.text)
        yield DraftSplit(len(check.statements))
        try:
            for done, statement in enumerate(check.statements, start=1):
                yield StatementHeld(done, len(check.statements), statement, check.citations[done - 1 : done])
                await asyncio.sleep(0)
                if SLOW in draft.text:
                    await asyncio.Event().wait()
            yield DraftChecked(check)
        finally:
            self.closed.append(draft.text)

    def timeline(self, topic: Topic) -> Timeline:
        """Tell of the fire, whatever the topic; of nothing for words that stand nowhere."""
        return Timeline(topic.words) if self._nowhere(topic) else told(topic.words, (SIX, NINE, DOCK))

    def who_said_what(self, topic: Topic) -> WhoSaidWhat:
        """Let the harbour master speak."""
        if self._nowhere(topic):
            return WhoSaidWhat(topic.words)
        return spoken(topic.words, replace(TWICE, number=1))

    def had_this(self, topic: Topic) -> HadThis:
        """Name the report of the other paper, then that of the ferry, with a copy."""
        if self._nowhere(topic):
            return HadThis(topic.words)
        return reported(topic.words, (replace(NINE, number=1), replace(SIX, number=2)), UNDATED)

    @staticmethod
    def _nowhere(topic: Topic) -> bool:
        if topic.words == BROKEN:
            raise RuntimeError("a secret detail")
        return topic.words == "nowhere"

    def find(self, question: Question, *, limit: int) -> list[Evidence]:
        """Find the ferry, whatever the words and filters; nothing for words that stand nowhere."""
        return [] if question.text == "nowhere" else [Evidence(item, 0.5) for item in (SIX, CARRIED)[:limit]]

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Find an article."""
        found = (item for item in self.stored if item.id == article_id and version in {None, item.version})
        return next(found, None)

    def place(self, file: Path) -> Path:
        """Leave each file where it is."""
        return file

    def articles(self) -> Sequence[ArticleSummary]:
        """List the articles; the two about the fire are near-duplicates."""
        return [_summary(item, row) for row, item in enumerate(self.stored)]

    def notices(self) -> list[str]:
        """Everything is found."""
        return []

    def unreachable(self) -> list[str]:
        """Nothing is on a server."""
        return []

    def last_read(self) -> dict[str, datetime]:
        """Say that each paper was read at one moment."""
        return {each.source: datetime(2026, 5, 10, 12, tzinfo=UTC) for each in self.stored if each.source}

    def printings(self, article_id: str) -> Sequence[Article]:
        """Return the other article about the fire."""
        pair = [item for item in self.stored if item in (FERRY, POST)]
        return [item for item in pair if item.id != article_id] if article_id in {FERRY.id, POST.id} else []

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles."""
        self.removed += article_ids
        self.stored = [item for item in self.stored if item.id not in article_ids]
        return len(article_ids)

    def add(self, sources: Sequence[Path | str], progress: Callable[[Progress], None]) -> IngestReport:
        """Take each file as one article titled by its name; no address can be reached."""
        for step in range(self.steps):
            progress(Progress(step, self.steps, 0, "file"))
        failed = tuple(Failure(item, "no answer; try again") for item in sources if isinstance(item, str))
        files = [item for item in sources if not isinstance(item, str)]
        for path in files:
            self.added.append(path.name)
            words = path.read_text()
            self.stored.append(
                Article(text=words, title=path.stem, origin=str(path), published=date(2026, 6, 1))
            )
        return IngestReport(added=len(files), failed=(*self.failed, *failed), seconds=0.4)

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Bring the three articles in."""
        progress(Progress(1, 3, 0, "ferry"))
        self.stored[:] = [FERRY, POST, UNDATED]
        return IngestReport(added=3, seconds=0.4)


def _summary(item: Article, row: int) -> ArticleSummary:
    return ArticleSummary(
        id=item.id,
        version=item.version,
        title=item.title,
        source=item.source,
        url=item.url,
        published=item.published,
        authors=item.authors,
        origin=item.origin,
        added=datetime(2026, 6, 1, 12, row % 60, tzinfo=UTC),
        chunks=1,
        characters=len(item.text),
        group="fire" if item in (FERRY, POST) else None,
        versions=2 if item is POST else 1,
    )

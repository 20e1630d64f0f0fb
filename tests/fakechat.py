"""A chat service without a library: three articles in memory, answers made of their sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation, Conflict, Statement, Support
from assistant.app.service import Overview
from assistant.links import text_fragment_link
from ingest import Article, Failure, FootnoteError, IngestReport, Progress, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

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

UNKNOWN = "Who won the chess tournament?"
BROKEN = "Break something"
REFUSED = "Refuse this"


def cite(article: Article, words: str, number: int) -> Citation:
    """Cite words of an article."""
    start = article.text.index(words)
    end = start + len(words)
    link = text_fragment_link(article.url, article.text, start, end)
    return Citation.of(article, Sentence(start, end, words), number=number, link=link)


SIX = cite(FERRY, FERRY.text[: FERRY.text.index("\n")], 1)
NINE = cite(POST, "Nine passengers were injured in a blaze on the Aurora.", 2)
DOCK = cite(FERRY, "The Aurora will stay in dock until June.", 3)
CARRIED = cite(FERRY, "The Aurora carried 84 passengers.", 4)
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


@dataclass
class FakeChat:
    """A `ChatService` in memory. `steps` is how many articles an ingestion pretends to read."""

    uploads: Path
    articles: list[Article] = field(default_factory=lambda: [FERRY, POST, UNDATED])
    steps: int = 3
    failed: tuple[Failure, ...] = ()
    asked: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def overview(self) -> Overview:
        """Return the articles at a glance."""
        days = sorted(article.published for article in self.articles if article.published)
        return Overview(len(self.articles), days[0] if days else None, days[-1] if days else None)

    def suggestions(self) -> tuple[str, ...]:
        """Offer two questions."""
        return (ANSWERED.question, UNKNOWN)

    def ask(self, question: str, history: Sequence[tuple[str, str]]) -> Answer:
        """Give the answer that was prepared for the question, else the one about the ferry."""
        with self.lock:
            self.asked.append((question, tuple(history)))
        if question == BROKEN:
            raise RuntimeError("a secret detail")
        if question == REFUSED:
            raise FootnoteError("The library is damaged. Run `footnote doctor --repair`.")
        return self.answers.get(question, NOT_ANSWERED if question == UNKNOWN else ANSWERED)

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Find an article."""
        found = (item for item in self.articles if item.id == article_id and version in {None, item.version})
        return next(found, None)

    def place(self, file: Path) -> Path:
        """Leave each file where it is."""
        return file

    def add(self, files: Sequence[Path], progress: Callable[[Progress], None]) -> IngestReport:
        """Take each file as one article titled by its name."""
        for step in range(self.steps):
            progress(Progress(step, self.steps, 0, "file"))
        for path in files:
            self.added.append(path.name)
            words = path.read_text()
            self.articles.append(
                Article(text=words, title=path.stem, origin=str(path), published=date(2026, 6, 1))
            )
        return IngestReport(added=len(files), failed=self.failed, seconds=0.4)

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Bring the three articles in."""
        progress(Progress(1, 3, 0, "ferry"))
        self.articles[:] = [FERRY, POST, UNDATED]
        return IngestReport(added=3, seconds=0.4)

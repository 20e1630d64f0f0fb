"""The types of retrieval: ranked sentences, and a question with all that was retrieved for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Citation
from assistant.rendering.links import text_fragment_link

if TYPE_CHECKING:
    from assistant.answers import QuestionFilter, UnmetPremise
    from assistant.question.query import Query
    from ingest import Article, Sentence


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with its article and its score; lists of these are best first.

    `group` is the same for near-duplicate articles and empty where that is not known; `relevance` is the
    logit of its answering the question, and `certainty` what speaks for its answering at all; both are None
    where it was not read for that.
    """

    article: Article
    sentence: Sentence
    score: float
    group: str = ""
    relevance: float | None = None
    certainty: float | None = None

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: its article's id, and its first character there."""
        return self.article.id, self.sentence.start

    def follows(self, other: Ranked) -> bool:
        """Say whether it comes right after the other one in the same article."""
        between = self.article.text[other.sentence.end : self.sentence.start]
        return (
            self.article.id == other.article.id
            and self.sentence.start >= other.sentence.end
            and not between.strip()
        )

    def cite(self, number: int) -> Citation:
        """Make footnote `number` of it; the span is checked against the article's text."""
        article, span = self.article, self.sentence
        link = text_fragment_link(article.url, article.text, span.start, span.end, title=article.title)
        return Citation.of(article, span, number=number, link=link)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A question with what the library has on it; `ranked` are sentences, the best first.

    `premise` is what the question takes for granted and they don't say, `parts` the sentences for
    each of several things asked for, the best first, where there are several. `missing` are those of the
    notices that say that no article tells of what the conversation is about.
    """

    query: Query
    ranked: tuple[Ranked, ...]
    confidence: float
    answerable: bool
    notices: tuple[str, ...]
    question_filter: QuestionFilter | None = None
    premise: UnmetPremise | None = None
    parts: tuple[tuple[Ranked, ...], ...] = ()
    missing: tuple[str, ...] = ()

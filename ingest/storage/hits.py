"""What a search takes and gives: filters in, hits out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ingest.article import Article, Chunk


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be used. An empty filter lets everything through.

    Articles of unknown date pass a date filter only when `undated` is True: a filter that drops
    them silently is a trap. `without` names articles that may not be used.
    """

    published_from: date | None = None
    published_to: date | None = None
    sources: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()
    undated: bool = True
    without: frozenset[str] = frozenset()

    def allows(self, article: Article) -> bool:
        """Say whether an article may be used."""
        if article.id in self.without or (self.article_ids and article.id not in self.article_ids):
            return False
        if self.sources and (article.source or "") not in self.sources:
            return False
        if article.published is None:
            return self.undated or not (self.published_from or self.published_to)
        after_start = self.published_from is None or article.published >= self.published_from
        return after_start and (self.published_to is None or article.published <= self.published_to)


@dataclass(frozen=True, slots=True)
class Hit:
    """A live chunk that a search found, with its article and how each index ranked it.

    Ranks count from 0; None means that this index did not return the chunk. `similarity` is the
    cosine between question and chunk (-1 to 1), known for every hit whichever index found it.
    `keyword_score` is the index's BM25 score (0 when keywords did not return it). `group` is the same
    for near-duplicates (syndicated copies, lightly edited versions), and the article's id while it is alone.
    """

    chunk: Chunk
    article: Article
    similarity: float
    keyword_rank: int | None
    vector_rank: int | None
    keyword_score: float = 0.0
    group: str = ""

    def __post_init__(self) -> None:
        if not self.group:
            object.__setattr__(self, "group", self.article.id)

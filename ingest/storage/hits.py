"""What a search finds: a chunk, its article, and how each index ranked it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.article import Article, Chunk


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

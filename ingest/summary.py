"""What a list of articles shows of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARIES = """
    SELECT id, version, title, source, url, published, authors, origin, added, characters,
        (SELECT count(*) FROM chunks c WHERE c.article = a.row)
    FROM articles a WHERE state = 'live' ORDER BY published DESC NULLS LAST, added DESC, id"""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What a list of articles shows; `added` is in UTC."""

    id: str
    version: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    authors: tuple[str, ...]
    origin: str
    added: datetime
    chunks: int
    characters: int


def summary_of(row: Sequence[str]) -> ArticleSummary:
    """Make a summary of a row of `SUMMARIES`."""
    article_id, version, title, source, url, published, authors, origin, added, characters, chunks = row
    return ArticleSummary(
        id=article_id,
        version=version,
        title=title,
        source=source,
        url=url,
        published=date.fromisoformat(published) if published else None,
        authors=tuple(json.loads(authors)),
        origin=origin,
        added=datetime.fromisoformat(added).astimezone(UTC),
        chunks=int(chunks),
        characters=int(characters),
    )

"""What a list of articles shows of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ingest.storage.rows import day_of, numbers_of, unread_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

SUMMARIES = """
    SELECT id, version, title, source, url, published, authors, origin, added, characters,
        (SELECT count(*) FROM chunks c WHERE c.article = a.row),
        (SELECT a.kin FROM articles b WHERE b.state = 'live' AND b.kin = a.kin AND b.row <> a.row LIMIT 1),
        (SELECT count(*) FROM articles b WHERE b.id = a.id AND b.state IN ('live', 'retired')),
        modified, language, section, dated_by, unread, ocr_pages, picture_pages
    FROM articles a WHERE state = 'live' ORDER BY published DESC NULLS LAST, added DESC, id"""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What a list of articles shows; `added` is in UTC.

    `group` is the id of its near-duplicate group and None while it is alone; `versions` counts the
    present text and the older ones that are kept. `groups` are whom it is for, none where it is for all.
    """

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
    group: str | None = None
    versions: int = 1
    modified: date | None = None
    language: str | None = None
    section: str | None = None
    dated_by: str | None = None
    unread: tuple[tuple[str, int], ...] = ()
    ocr_pages: tuple[int, ...] = ()
    picture_pages: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()


def summary_of(row: Sequence[str], groups: Mapping[str, Collection[str]]) -> ArticleSummary:
    """Make a summary of a row of `SUMMARIES`; `groups` maps the ids of articles to those they are for."""
    article_id, version, title, source, url, published, authors, origin, added, *rest = row
    characters, chunks, group, versions, modified, language, section, dated_by, unread, *pages = rest
    return ArticleSummary(
        id=article_id,
        version=version,
        title=title,
        source=source,
        url=url,
        published=day_of(published),
        authors=tuple(json.loads(authors)),
        origin=origin,
        added=datetime.fromisoformat(added).astimezone(UTC),
        chunks=int(chunks),
        characters=int(characters),
        group=group or None,
        versions=int(versions),
        modified=day_of(modified),
        language=language,
        section=section,
        dated_by=dated_by or None,
        unread=unread_of(unread),
        ocr_pages=numbers_of(pages[0]),
        picture_pages=numbers_of(pages[1]),
        groups=tuple(sorted(groups.get(article_id, ()))),
    )

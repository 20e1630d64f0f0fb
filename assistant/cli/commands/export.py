"""`footnote export`: every article as a record, and for which groups of people it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.cli.console import json_line, say_json
from ingest import Library, LibraryError, library_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Tells the readers that the text is plain and the origin is what the id was made of.
_EXPORT_FORMAT = "footnote/1"


def export(output: Path | None) -> int:
    """Write all articles as JSONL to a file or to standard output."""
    # Without an embedder: a provider must not be asked just to list articles.
    with Library.open(library_settings().library) as library:
        if output is None:
            for record in _records(library):
                say_json(record, indent=None)
            return 0
        try:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(f"{json_line(record)}\n" for record in _records(library))
        except OSError as error:
            raise LibraryError(f"{output} can't be written: {error.strerror}. Name another file.") from None
    return 0


def _records(library: Library) -> Iterator[dict[str, Any]]:
    """Give each article as a record, with the field names that the readers know, then what sources bring.

    An article that is given to a group while all this is written is the group's in the export, too.
    """
    audience: dict[str, frozenset[str]] = {}
    known = None
    for summary in library.articles():
        article = library.article(summary.id)
        while (now := library.generation()) != known:
            known, audience, article = now, library.audience(), library.article(summary.id)
        if article is None:
            continue
        groups = sorted(audience.get(summary.id, ()))
        yield {
            "format": _EXPORT_FORMAT,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "source": article.source,
            "url": article.url,
            "authors": list(article.authors),
            "modified": article.modified.isoformat() if article.modified else None,
            "language": article.language,
            "section": article.section,
            "dated_by": article.dated_by,
            "unread": dict(article.unread),
            "ocr_pages": list(article.ocr_pages),
            "picture_pages": list(article.picture_pages),
            "pages": list(article.pages),
            "origin": article.origin,
            **({"groups": groups} if groups else {}),
            "text": article.text,
        }
    # Last, so that what lies in one of these and is for all stays so where the export is read.
    for source, names in sorted(library.restricted_sources().items()):
        yield {"format": _EXPORT_FORMAT, "restricted_source": source, "groups": sorted(names)}

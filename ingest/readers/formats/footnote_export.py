"""Records that `footnote export` wrote: taken as they are, so that a library comes back as it was.

Other records are read with all that feeds may mean: markup in the text, bylines of several names, a host
for a missing source. An export means exactly what it says, also of the groups that an article is for: what
can't be read of these leaves the record out, so that nothing becomes open to all by a mistake in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ingest.article import Article
from ingest.audience import group_names
from ingest.errors import SettingsError, SourceError
from ingest.readers.common.decoding import clean_text, one_line
from ingest.readers.common.exported import Exported, SourceGroups
from ingest.readers.common.fields import canonical_url, derived_title

EXPORT_FORMAT = "footnote/1"
"""What such a record has under `format`."""

GROUPS_UNREAD = "For which groups it is can't be read, so that it is left out. {reason}"
WRITE_GROUPS = 'Write "groups": ["sports"]; what has none is for everybody.'
NO_SOURCE = "The name of a source whose articles are for some groups can't be used."
LONGEST_SOURCE = 2000  # bytes: keys of a database take no longer ones


def exported_record(fields: Mapping[str, object], place: str) -> Exported | SourceGroups:
    """Read a record of an export: an article, or a line that says for which groups a source is.

    Raises:
        SourceError: it has no text, or it can't be told for which groups it is.
    """
    if (source := fields.get("restrictedsource")) not in (None, ""):
        return SourceGroups(place, _source(source, place), _groups(fields, place))
    article = exported_article(fields, place)
    restricted = fields.get("groups") is not None
    return Exported(article, place, _groups(fields, place) if restricted else frozenset())


def exported_article(fields: Mapping[str, object], place: str) -> Article:
    """Make the article that was exported, with its id; raise SourceError if it has no text.

    The text is plain: `<b>` in it stays `<b>`. It is cleaned like any other, which changes nothing in a
    text that a reader made.
    """
    text = clean_text(_text(fields, "text")).strip()
    if not text:
        raise SourceError(place, "The record has no text. It is looked for under text.")
    authors = fields.get("authors")
    return Article(
        text=text,
        title=one_line(_text(fields, "title")) or derived_title(text),
        origin=clean_text(_text(fields, "origin")) or place,
        published=_day(_text(fields, "published"), place),
        source=one_line(_text(fields, "source")) or None,
        url=_url(fields),
        authors=tuple(one_line(name) for name in authors if isinstance(name, str) and one_line(name))
        if isinstance(authors, list)
        else (),
        modified=_day(_text(fields, "modified"), place),
        language=one_line(_text(fields, "language")) or None,
        section=one_line(_text(fields, "section")) or None,
        pages=_pages(fields.get("pages"), len(text)),
        dated_by=one_line(_text(fields, "datedby"))[:100] or None,
        unread=_unread(fields.get("unread")),
        ocr_pages=_numbers(fields.get("ocrpages")),
        picture_pages=_numbers(fields.get("picturepages")),
    )


def _groups(fields: Mapping[str, object], place: str) -> frozenset[str]:
    """Return the groups that are named; raise SourceError where that would be none, or can't be told."""
    value = fields.get("groups")
    names = [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
    reason = WRITE_GROUPS
    if isinstance(value, list) and len(names) == len(value):
        try:
            if groups := group_names(names):
                return groups
        except SettingsError as error:
            reason = str(error)
    raise SourceError(place, GROUPS_UNREAD.format(reason=reason))


def _source(value: object, place: str) -> str:
    """Return the name of a source letter by letter, for it is compared so."""
    plain = isinstance(value, str) and clean_text(value) == value
    if not isinstance(value, str) or not plain or len(value.encode()) > LONGEST_SOURCE:
        raise SourceError(place, NO_SOURCE)
    return value


def _pages(value: object, length: int) -> tuple[int, ...]:
    """Return the offsets of pages; none where they aren't. A page without text starts where the next does."""
    if not isinstance(value, list) or not all(type(page) is int and 0 <= page <= length for page in value):
        return ()
    return tuple(value) if value == sorted(value) else ()


def _numbers(value: object) -> tuple[int, ...]:
    """Return numbers of pages, from 1; none where they aren't."""
    found = value if isinstance(value, list) else []
    return tuple(page for page in found if type(page) is int and page > 0)


def _unread(value: object) -> tuple[tuple[str, int], ...]:
    """Return what is counted by kind; a count that is none is left out."""
    counts = value.items() if isinstance(value, Mapping) else ()
    return tuple(
        (one_line(str(kind))[:100], count) for kind, count in counts if type(count) is int and count > 0
    )


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _url(fields: Mapping[str, object]) -> str | None:
    """Return the address letter by letter, for it is the article's identity; None if it isn't one."""
    url = _text(fields, "url")
    return url if canonical_url(url) else None


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SourceError(place, f"Its date {text[:40]!r} is none. Write it as 2026-05-04.") from None

"""JSON and JSON Lines: one article a record, under the field names that exports and feeds use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import WIDE_MARKS, clean_text, decode_bytes
from ingest.readers.common.fields import NAMED_TEXTS, TEXTS, known_fields, squeeze_names
from ingest.readers.common.files import READING_STOPPED, lines_of
from ingest.readers.common.items import Listed
from ingest.readers.formats.footnote_export import EXPORT_FORMAT, exported_record
from ingest.readers.formats.fragments import fragment_text, has_markup
from ingest.readers.formats.plain_text import build_article
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.article import Article
    from ingest.readers.common.document import Document
    from ingest.readers.common.exported import Exported, SourceGroups

    FromRecord = Article | Exported | SourceGroups

_JSON_FEED = "https://jsonfeed.org/version/"
_SHARED = ("authors", "author", "language")  # what a JSON Feed says once for all its entries
_CUT_MARK = re.compile(r"\[\+\d{1,9} chars\]\s{0,9}$")  # NewsAPI gives the first 200 characters
_LISTS = ("articles", "items", "docs")  # names under which exports put a list of records


def json_articles(document: Document) -> Iterator[FromRecord | Failure | Listed]:
    """Yield the articles of a .json file; it was read to its end if no record of it failed."""
    yield from articles_of_json(decode_bytes(document.data()), document.origin)
    yield Listed(document.origin, complete=True)


def lines_articles(document: Document) -> Iterator[FromRecord | Failure | Listed]:
    """Yield the articles of JSON Lines, line by line; wide encodings have other line ends."""
    wide = document.stream.read(len(WIDE_MARKS[0])) in WIDE_MARKS
    document.stream.seek(0)
    if wide:
        text = decode_bytes(document.data())
        lines: Iterable[bytes | Failure] = (line.encode("utf-8", "replace") for line in text.split("\n"))
    else:
        lines = lines_of(document.stream, document.origin, document.options.max_bytes)
    complete = True
    for item in articles_of_lines(lines, document.origin):
        complete = complete and not (isinstance(item, Failure) and item.reason.endswith(READING_STOPPED))
        yield item
    yield Listed(document.origin, complete=complete)


def articles_of_json(text: str, origin: str) -> Iterator[FromRecord | Failure]:
    """Yield the articles of a JSON document: one record, a list, or a list under a usual name."""
    try:
        value = _parse(text)
    except SourceError as error:
        if not _looks_like_lines(text):
            raise SourceError(origin, error.reason) from None
        yield from articles_of_lines((line.encode() for line in text.split("\n")), origin)
        return
    if isinstance(value, Mapping) and str(value.get("version")).startswith(_JSON_FEED):
        value = _entries(value)
    elif isinstance(value, Mapping) and not any(name in squeeze_names(value) for name in TEXTS):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), value)
    if isinstance(value, list):
        for number, record in enumerate(value, start=1):
            yield _article_or_failure(record, f"{origin}#{number}")
    else:
        yield _article_or_failure(value, origin)


def _entries(feed: Mapping[str, object]) -> list[object]:
    """Return the entries of a JSON Feed, each with what the feed says for all of them."""
    entries = feed.get("items")
    shared = {name: feed[name] for name in _SHARED if feed.get(name)} | {"source": feed.get("title")}
    return [
        {**shared, **entry} if isinstance(entry, Mapping) else entry
        for entry in (entries if isinstance(entries, list) else [])
    ]


def articles_of_lines(lines: Iterable[bytes | Failure], origin: str) -> Iterator[FromRecord | Failure]:
    """Yield the article of every line, numbered by line from 1; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if isinstance(line, Failure):
            yield line
        elif text := decode_bytes(line).strip():
            where = f"{origin}#{number}"
            try:
                yield _article_or_failure(_parse(text), where)
            except SourceError as error:
                yield Failure(where, error.reason)


def read_record(record: object, origin: str) -> FromRecord:
    """Make an article from one record, or read what `footnote export` wrote there.

    Raises:
        SourceError: it has no text, or an export's groups can't be read.
    """
    if not isinstance(record, Mapping):
        raise SourceError(origin, "A record must be an object with named fields, such as title and text.")
    fields = squeeze_names(_unrendered(record))
    if fields.get("format") == EXPORT_FORMAT:
        return exported_record(fields, origin)
    body = next((text for name in TEXTS if (text := _body(fields.get(name), name))), None)
    if body is None:
        raise SourceError(origin, f"The record has no text. It is looked for under {NAMED_TEXTS}.")
    return build_article(body, origin, known=known_fields(fields))


def _unrendered(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record of WordPress with its texts where others have them: they stand under `rendered`."""
    if not any(isinstance(value, dict) and "rendered" in value for value in record.values()):
        return record
    plain = {
        name: value["rendered"]
        if isinstance(value, Mapping) and isinstance(value.get("rendered"), str)
        else value
        for name, value in record.items()
    }
    if isinstance(plain.get("title"), str):
        plain["title"] = unescape(plain["title"])
    embedded = record.get("_embedded")
    people = embedded.get("author") if isinstance(embedded, Mapping) else None
    return plain | {"author": people if isinstance(people, list) else None}


def _article_or_failure(record: object, origin: str) -> FromRecord | Failure:
    try:
        return read_record(record, origin)
    except SourceError as error:
        return Failure(origin, error.reason)


def _body(value: object, name: str) -> str | None:
    """Return cleaned text from a string, HTML in a string, or a list of paragraphs; None for nothing."""
    if isinstance(value, list):
        value = "\n\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return None
    value = _CUT_MARK.sub("", value)
    return (
        clean_text(fragment_text(value) if name == "contenthtml" or has_markup(value) else value).strip()
        or None
    )


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError("", f"It isn't valid JSON ({error.msg}, line {error.lineno}).") from None
    except RecursionError:
        raise SourceError("", "It isn't read: its JSON is nested too deeply for an article.") from None
    except ValueError:  # Python's own limit of 4,300 digits, against numbers that take minutes to read
        raise SourceError("", "It isn't read: it holds a number of thousands of digits.") from None


def _looks_like_lines(text: str) -> bool:
    """Say whether a .json file is JSON Lines: its first line is a record of its own."""
    first, _, rest = text.lstrip().partition("\n")
    try:
        return bool(rest.strip()) and isinstance(_parse(first), Mapping)
    except SourceError:
        return False

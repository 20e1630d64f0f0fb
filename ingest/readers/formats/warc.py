"""Web archives (ISO 28500), read by fastwarc: the pages that a crawl has met, each under its address."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.fetch.unpacking import UnpackedTooLargeError, Unpacker
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.document import Entered
from ingest.readers.common.fields import canonical_url
from ingest.readers.common.files import refuse_binary
from ingest.readers.common.globs import is_wanted
from ingest.readers.common.items import Listed
from ingest.readers.formats.brotli_pages import unpacked_brotli
from ingest.readers.formats.html_page import declared_encoding, html_article
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.article import Article
    from ingest.readers.common.document import Document, DocumentPart

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_PAGE_BEGINS = 1024  # bytes in which a page that is not packed shows its first tag
_LONGEST_HEADER = 65_536  # bytes; servers refuse headers of more than 8 to 32 kB
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,200})?\r?\n")
_CHUNK_ENDS = b"\r\n"
_LOOKED_AT = 1_000_000_000  # bytes of answers; some seconds, of the time that a parser has
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_TOO_LARGE = "The page is larger than FOOTNOTE_MAX_FILE_MB. Raise that to read it."
_CUT = "It is cut off or damaged from here on; what came before is read. Download it again."


def warc_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the article of every page that a server answered with; the day of the crawl is no date of it.

    Of a page that the crawl met more than once the last state counts. A record over the limit is a
    Failure. Other responses (pictures, redirects, errors) are passed over.
    """
    older = _older(document)
    number = 0
    try:
        for number, record in enumerate(_records(document)):
            if number >= document.start and number not in older:
                yield from _page(record, document, number)
    except (OSError, ValueError, EOFError):
        yield Failure(f"{document.origin}#{number + 1}", _CUT)
    else:
        yield Listed(document.origin, complete=True)


def _records(document: Document) -> Any:  # noqa: ANN401
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return ArchiveIterator(
        document.stream,
        record_types=WarcRecordType.response,
        parse_http=False,
        max_header_len=_LONGEST_HEADER,
        stream_detect=False,
        fsspec_args=False,
    )


def _older(document: Document) -> set[int]:
    """Return the numbers of the pages that the crawl met again later; the stream is at its start then.

    That reads the archive once more, so only its first part is looked at; behind it every state is read.
    """
    latest: dict[bytes, tuple[datetime, int]] = {}
    older: set[int] = set()
    looked_at = 0
    try:
        for number, record in enumerate(_records(document)):
            looked_at += record.content_length
            if looked_at > _LOOKED_AT:
                break
            url = canonical_url(_target(record))
            if url is None or record.content_length > document.options.max_bytes or not _is_page(record):
                continue
            key = hashlib.blake2b(url.encode(), digest_size=16).digest()
            this = (record.record_date or _LONG_AGO, number)
            if before := latest.get(key):
                older.add(min(before, this)[1])
            latest[key] = max(before or this, this)
    except (OSError, ValueError, EOFError):
        pass  # where it is cut off, the second reading says so
    document.stream.seek(0)
    return older


def _is_page(record: Any) -> bool:  # noqa: ANN401
    record.parse_http(auto_decode="none", max_header_len=_LONGEST_HEADER)
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    return bool(record.http_headers and record.http_headers.status_code == _OK and kind in _PAGES)


def _target(record: Any) -> str:  # noqa: ANN401
    return (record.headers.get("WARC-Target-URI") or "").strip("<>")


def _page(record: Any, document: Document, number: int) -> Iterator[DocumentPart]:  # noqa: ANN401  # no types
    url = canonical_url(_target(record))
    origin = f"{document.origin}#{number + 1}"
    yield Entered(number, origin)
    if not url or not is_wanted(url, document.options.include, document.options.exclude):
        return
    try:
        if article := _article(record, document.options.max_bytes, origin=origin, url=url):
            yield article
    except SourceError as error:
        yield Failure(f"{origin} ({url})", error.reason)


def _article(record: Any, max_bytes: int, *, origin: str, url: str) -> Article | None:  # noqa: ANN401
    """Return the article of a record, None for what is no page."""
    if record.content_length > max_bytes:
        raise SourceError(origin, _TOO_LARGE)
    try:
        if not _is_page(record):
            return None
        headers = record.http_headers
        data = record.reader.read()  # not more than the record, whose length is known
        if (headers.get("Transfer-Encoding") or "").strip().lower() == "chunked":
            data = _joined_chunks(data)
        data = _unpacked(data, headers.get("Content-Encoding") or "", max_bytes)
    except UnpackedTooLargeError:
        raise SourceError(origin, _TOO_LARGE) from None
    except (OSError, ValueError, EOFError):
        raise SourceError(origin, "The server's answer in it is damaged. Fetch the page again.") from None
    if not data.strip():
        return None
    refuse_binary(data[:8192], origin)
    declared = record.http_charset or declared_encoding(data)
    return html_article(decode_bytes(data, declared=declared), origin, url=url)


def _joined_chunks(data: bytes) -> bytes:
    """Return the chunks of an answer as one; many crawlers join them and leave the header as it was."""
    parts, at = [], 0
    while found := _CHUNK.match(data, at):
        size = int(found[1], 16)
        at = found.end() + size
        parts.append(data[found.end() : at])
        if not size:
            return b"".join(parts)
        if at > len(data):
            raise ValueError("cut off")
        at += len(_CHUNK_ENDS) if data.startswith(_CHUNK_ENDS, at) else 1
    if parts:
        raise ValueError("damaged")
    return data


def _unpacked(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Return an answer as the server packed it; some crawlers unpack it and leave the header as it was."""
    try:
        if encoding.strip().lower() == "br":
            return unpacked_brotli(data, max_bytes)
        unpacker = Unpacker(encoding, max_bytes)
        found = unpacker.feed(data)
        unpacker.end()
    except UnpackedTooLargeError:
        raise
    except ValueError:
        if data[:_PAGE_BEGINS].lstrip().startswith(b"<"):
            return data
        raise
    return found

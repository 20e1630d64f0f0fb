"""Web archives (ISO 28500), read by fastwarc: the pages that a crawl has met, each under its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.fetch.unpacking import UnpackedTooLargeError, Unpacker
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.document import Entered
from ingest.readers.common.fields import canonical_url
from ingest.readers.common.files import refuse_binary
from ingest.readers.common.globs import is_wanted
from ingest.readers.common.items import Listed
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
_TOO_LARGE = "The page is larger than FOOTNOTE_MAX_FILE_MB. Raise that to read it."
_CUT = "It is cut off or damaged from here on; what came before is read. Download it again."


def warc_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the article of every page that a server answered with; the day of the crawl is no date of it.

    A record over the limit is a Failure. Other responses (pictures, redirects, errors) are passed over.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records = ArchiveIterator(
        document.stream,
        record_types=WarcRecordType.response,
        parse_http=False,
        max_header_len=_LONGEST_HEADER,
        stream_detect=False,
        fsspec_args=False,
    )
    number = 0
    try:
        for number, record in enumerate(records):
            if number >= document.start:
                yield from _page(record, document, number)
    except (OSError, ValueError, EOFError):
        yield Failure(f"{document.origin}#{number + 1}", _CUT)
    else:
        yield Listed(document.origin, complete=True)


def _page(record: Any, document: Document, number: int) -> Iterator[DocumentPart]:  # noqa: ANN401  # no types
    url = canonical_url((record.headers.get("WARC-Target-URI") or "").strip("<>"))
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
        record.parse_http(auto_decode="transfer", max_header_len=_LONGEST_HEADER)
        headers = record.http_headers
        kind = (record.http_content_type or "").split(";")[0].strip().lower()
        if headers is None or headers.status_code != _OK or kind not in _PAGES:
            return None
        data = record.reader.read()  # not more than the record, whose length is known
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


def _unpacked(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Return an answer as the server packed it; some crawlers unpack it and leave the header as it was."""
    try:
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

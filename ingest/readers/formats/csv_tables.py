"""CSV and TSV: one article a row, under the same field names as records of JSON."""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.fields import NAMED_TEXTS, TEXTS, squeeze_names
from ingest.readers.common.items import Listed
from ingest.readers.formats.json_records import read_record
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.document import Document, DocumentPart

_DELIMITERS = (",", "\t", ";", "|")
_STATED = re.compile(r"\"?sep=([,;|\t])\"?\s*$", re.IGNORECASE)
_LONGEST_HEADER = 65_536  # bytes of the first line
_SAMPLE = 1 << 20  # bytes from which the encoding is told
_STOPPED = "A field of this row is larger than FOOTNOTE_MAX_FILE_MB, or its quotation mark is never closed."


def table_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the article of every row, numbered as lines of a sheet: the row below the names is 2."""
    text = _text(document)
    header = text.readline(_LONGEST_HEADER).lstrip("\ufeff")
    stated = _STATED.match(header)  # spreadsheets take it for the separator, and not for a row
    if stated:
        header = text.readline(_LONGEST_HEADER)
    delimiter = stated[1] if stated else max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if not any(name in squeeze_names(dict.fromkeys(names, "x")) for name in TEXTS):
        reason = f"Its first line must name the columns, one of them {NAMED_TEXTS}."
        raise SourceError(document.origin, reason)
    csv.field_size_limit(document.options.max_bytes)  # of the process: its default stops at 131 kB
    lines = iter(lambda: text.readline(document.options.max_bytes), "")
    rows = csv.reader(lines, delimiter=delimiter)
    number = 2 if stated else 1
    while True:
        number += 1
        where = f"{document.origin}#{number}"
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error:
            yield Failure(where, f"{_STOPPED} Reading stopped there.")
            yield Listed(document.origin, complete=False)
            return
        if any(cell.strip() for cell in row):
            yield _article(dict(zip(names, row, strict=False)), where)
    yield Listed(document.origin, complete=True)


def _article(record: dict[str, str], where: str) -> DocumentPart:
    try:
        return read_record(record, where)
    except SourceError as error:
        return Failure(where, error.reason)


def _text(document: Document) -> IO[str]:
    """Return the file as text: line by line in UTF-8, else decoded as a whole."""
    sample = document.stream.read(_SAMPLE)
    document.stream.seek(0)
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return io.StringIO(decode_bytes(document.data()), newline="")
    return io.TextIOWrapper(document.stream, "utf-8-sig", errors="replace", newline="")

"""The articles of one document of any kind: read here, or in a child process where it may be hostile."""

from __future__ import annotations

import io
import os
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.document import Document, Entered, Working, parts_of, reading_failure, sniff
from ingest.readers.common.files import open_unpacked, unpacked
from ingest.readers.common.folders import shown_path
from ingest.readers.common.isolation import read_isolated
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.document import DocumentPart
    from ingest.readers.common.items import Item, ReadOptions


def articles_of_file(path: Path, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of one file of a type that is read."""
    origin = shown_path(path)
    try:
        with open_unpacked(path, origin) as stream:
            document = Document(stream, path.name, origin, options)
            isolated = sniff(document).isolated
            if not isolated:
                yield from _items(parts_of(document))
    except SourceError as error:
        yield Failure(origin, error.reason)
    else:
        if isolated:
            yield from _items(read_isolated(path, origin, options))


def articles_of_bytes(
    data: bytes, name: str, options: ReadOptions, *, origin: str, url: str | None = None
) -> Iterator[Item]:
    """Yield the articles of a document that was fetched; `name` ends in the suffix of what it should be.

    `url` is where it came from: that is the address of its articles, unless the document states another
    one of the same host.
    """
    document = Document(unpacked(io.BytesIO(data)), name, origin, options, url=url)
    try:
        isolated = sniff(document).isolated
    except (SourceError, OSError, EOFError, zlib.error) as error:
        yield Failure(origin, reading_failure(error, document))
        return
    if not isolated:
        yield from _items(parts_of(document))
        return
    handle, place = tempfile.mkstemp(prefix="footnote-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield from _items(read_isolated(Path(place), origin, options, name=name, url=url))
    finally:
        Path(place).unlink(missing_ok=True)


def _items(parts: Iterator[DocumentPart]) -> Iterator[Item]:
    return (part for part in parts if not isinstance(part, Entered | Working))

"""One document to be read: its bytes, its name, and how much of it may be read."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.exported import Exported, SourceGroups
from ingest.readers.common.file_kinds import format_of
from ingest.readers.common.files import GZIP_DAMAGED, SNIFFED_BYTES, read_limited
from ingest.readers.common.items import Listed
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.file_kinds import Format
    from ingest.readers.common.items import ReadOptions


@dataclass(frozen=True, slots=True)
class Entered:
    """The reading of an archive has come to its member of that number; nobody outside is told."""

    number: int
    origin: str


@dataclass(frozen=True, slots=True)
class Working:
    """Reading goes on with what takes time and memory of its own (OCR of a page): clocks start anew.

    Nobody outside is told.
    """

    origin: str


DocumentPart = Article | Exported | SourceGroups | Failure | Listed | Entered | Working


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader gets it.

    `stream` is unpacked and can be read again from its start. `depth` is how many archives it lies in.
    `start` is the first member of an archive that is to be read: those before it were read already,
    when the reading had to be begun again. `url` is where it was fetched from.
    """

    stream: IO[bytes]
    name: str
    origin: str
    options: ReadOptions
    depth: int = 0
    start: int = 0
    url: str | None = None

    def data(self) -> bytes:
        """Return all of it; raise SourceError if that is more than the limit."""
        return read_limited(self.stream, self.origin, self.options.max_bytes)

    def random_access(self) -> IO[bytes]:
        """Return a stream in which going back costs nothing: the file itself, or its bytes."""
        is_file = isinstance(self.stream, io.BufferedReader | io.BytesIO) and self.stream.seekable()
        return self.stream if is_file else io.BytesIO(self.data())

    def member(self, stream: IO[bytes], name: str) -> Document:
        """Return a document that lies in this archive under that name."""
        short = name.rsplit("/", 1)[-1]
        return replace(
            self, stream=stream, name=short, origin=f"{self.origin}#{name}", depth=self.depth + 1, start=0
        )


def sniff(document: Document) -> Format:
    """Return what the document is; raise SourceError if it is nothing that is read."""
    head = document.stream.read(SNIFFED_BYTES)
    document.stream.seek(0)
    return format_of(head, document.name, document.origin)


def parts_of(document: Document) -> Iterator[DocumentPart]:
    """Read a document in this process; whatever goes wrong with it is a Failure."""
    empty = True
    try:
        for part in sniff(document).load()(document):
            empty = empty and isinstance(part, Entered | Listed | Working)
            if not (empty and isinstance(part, Listed)):
                yield part
    except SourceError as error:
        yield Failure(error.source, error.reason)
    except MemoryError:
        yield Failure(document.origin, TOO_MUCH_MEMORY)
    except RecursionError:
        yield Failure(document.origin, "It isn't read: it is nested too deeply for an article.")
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(document.origin, reading_failure(error, document))
    except Exception as error:  # noqa: BLE001  # hostile files break parsers in any way
        yield Failure(document.origin, DAMAGED.format(kind=type(error).__name__))
    else:
        if empty and not document.start:
            yield Failure(document.origin, "It holds no articles.")


TOO_MUCH_MEMORY = "Reading it needs more memory than FOOTNOTE_PARSE_MB allows. Split it, or raise that."
DAMAGED = "It can't be read: it is damaged, or not what its name says ({kind}). Save or download it again."


def reading_failure(error: Exception, document: Document) -> str:
    """Return in words why the bytes of a document can't be had."""
    if isinstance(error, SourceError):
        return error.reason
    if isinstance(document.stream, gzip.GzipFile) and not getattr(error, "strerror", None):
        return GZIP_DAMAGED
    if isinstance(error, OSError) and error.strerror:
        return f"It can't be read: {error.strerror}. Check the file and its disk."
    return DAMAGED.format(kind=type(error).__name__)

"""The bytes of one file: unpacked, never more than the limit, and refused when they are no text."""

from __future__ import annotations

import gzip
import os
import re
import stat
import zlib
from codecs import BOM_UTF8
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from ingest.errors import SourceError
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_GZIP = b"\x1f\x8b"
GZIP_DAMAGED = "Its gzip data is damaged or cut off. Pack it again."
READING_STOPPED = "Reading stopped there."
SNIFFED_BYTES = 8192  # bytes that decide what a file is
MEGABYTE = 1_000_000
# A line over the limit is skipped; one this many times over ends the reading of its file, so that a
# packed file of one endless line can't keep us unpacking.
_HOPELESS = 4
_MOST_CONTROL = 0.05  # share of control bytes in the head; text has below .001, bytes by chance have .1

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (_GZIP, "a gzip archive inside another"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"%!PS", "a PostScript document"),
    (b"RIFF", "a sound, film or picture"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"PAR1", "a Parquet table"),
)
_CONTROL = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1b")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


@contextmanager
def open_unpacked(path: Path, origin: str) -> Iterator[IO[bytes]]:
    """Open a regular file, through gzip where its content is packed; every failure is a SourceError."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # a pipe or device may never end
            raise SourceError(origin, "It is not a regular file. Copy its content into one.")
        with path.open("rb") as raw:
            yield unpacked(raw)
    except FileNotFoundError:
        raise SourceError(origin, "It does not exist. Check the path.") from None
    except PermissionError:
        raise SourceError(origin, "It can't be read: permission denied. Change its permissions.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SourceError(origin, GZIP_DAMAGED) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise SourceError(origin, f"It can't be read: {reason}. Check the file and its disk.") from None


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return what is packed in a stream by gzip, else the stream itself."""
    packed = stream.read(len(_GZIP)) == _GZIP
    stream.seek(0)
    return cast("IO[bytes]", gzip.open(stream)) if packed else stream


def read_limited(stream: IO[bytes], origin: str, max_bytes: int) -> bytes:
    """Read all of it, or refuse it as soon as it is known to be larger than the limit."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceError(origin, f"It is larger than {_megabytes(max_bytes)}. {_RAISE_LIMIT}")
    return data


_RAISE_LIMIT = "Split it, or raise FOOTNOTE_MAX_FILE_MB."


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:g} MB"


def is_blank(head: bytes) -> bool:
    """Say whether there is nothing in a file that begins so."""
    return len(head) < SNIFFED_BYTES and not head.removeprefix(BOM_UTF8).strip()


def looks_like_page(head: bytes) -> bool:
    """Say whether it begins as HTML does, whatever its encoding."""
    return _PAGE_START.match(head.removeprefix(BOM_UTF8).replace(b"\0", b"").lstrip(b"\xff\xfe")) is not None


def refuse_binary(head: bytes, origin: str) -> None:
    """Raise SourceError, naming what it is, if the beginning of a file is not text."""
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is None and not head.startswith(_WIDE) and _mostly_control(head):
        kind = "binary data"
    if kind:
        raise SourceError(origin, f"It is {kind}, not text. Save its text as .txt, .md or .html.")


def _mostly_control(head: bytes) -> bool:
    return sum(byte in _CONTROL for byte in head) > _MOST_CONTROL * len(head)


def lines_of(stream: IO[bytes], origin: str, max_bytes: int) -> Iterator[bytes | Failure]:
    """Yield lines one at a time; a line over the limit is a Failure, a hopeless one ends the reading."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) <= max_bytes:
            yield line
            continue
        ended = line.endswith(b"\n")
        for _ in range(_HOPELESS - 1):
            ended = ended or not (line := stream.readline(max_bytes)) or line.endswith(b"\n")
        reason = f"The record is larger than {_megabytes(max_bytes)}. {_RAISE_LIMIT}"
        yield Failure(f"{origin}#{number}", reason if ended else f"{reason} {READING_STOPPED}")
        if not ended:
            return

"""The process that reads hostile files, one after another: `python -m ingest.readers.common.child`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common import process_limits, wire
from ingest.readers.common.document import TOO_MUCH_MEMORY, Document, Working, parts_of
from ingest.readers.common.exported import Exported, article_of
from ingest.readers.common.files import open_unpacked
from ingest.readers.common.items import ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.document import DocumentPart

_LONGEST_REQUEST = 1 << 20  # bytes; a request is a path, an origin and a few patterns
OCR_MB = 2048
"""Megabytes that text recognition may take beside the parser; models and libraries take 1,500 of them."""

_TOO_LONG = "Its text is larger than FOOTNOTE_MAX_FILE_MB allows. Split it, or raise that."


def serve_reads(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Read the files that are asked for until nobody asks any more."""
    while True:
        try:
            _, request = wire.receive(requests, _LONGEST_REQUEST)
        except EOFError:
            return
        process_limits.limit_memory(request["parse_mb"])
        process_limits.limit_time(request["parse_seconds"])
        spent = False
        for part in _read(request):
            spent = spent or (isinstance(part, Failure) and part.reason == TOO_MUCH_MEMORY)
            if isinstance(part, Working):
                process_limits.limit_memory(request["parse_mb"] + OCR_MB)
                spent = True  # what it has taken is more than the next file may have
            wire.send(answers, *wire.fields_of(_within(part, request["max_bytes"])))
            process_limits.limit_time(request["parse_seconds"])
        wire.send(answers, wire.END, {})
        if spent:  # memory in pieces is not given back: a fresh process has all of it
            return


def _read(request: dict[str, Any]) -> Iterator[DocumentPart]:
    options = ReadOptions(
        request["max_bytes"], include=tuple(request["include"]), exclude=tuple(request["exclude"])
    )
    origin = request["origin"]
    try:
        with open_unpacked(Path(request["path"]), origin) as stream:
            yield from parts_of(
                Document(stream, request["name"], origin, options, start=request["start"], url=request["url"])
            )
    except SourceError as error:
        yield Failure(error.source, error.reason)


def _within(part: DocumentPart, max_bytes: int) -> DocumentPart:
    """Return a Failure for an article with more text than a document may have."""
    if not isinstance(part, Article | Exported) or len(article_of(part).text) <= max_bytes:
        return part
    return Failure(article_of(part).origin, _TOO_LONG)


def main() -> None:
    """Serve over standard input and output, which no parser may print to."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    _import_ahead()
    process_limits.refuse_effects()
    try:
        wire.send(answers, wire.READY, {})
        serve_reads(sys.stdin.buffer, answers)
    except MemoryError:
        sys.exit(wire.OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)  # the parent is gone; nothing is left to be said, not even at the end


def _import_ahead() -> None:
    """Import what opens files and libraries of its own while that is still allowed."""
    import encodings.idna  # noqa: F401

    import lxml.etree  # type: ignore[import-untyped]  # noqa: F401


if __name__ == "__main__":
    main()

"""Reading in a child process with limits, so that a hostile file costs its own article and nothing else."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any, cast

from ingest.readers.common import wire
from ingest.readers.common.document import TOO_MUCH_MEMORY, Entered, Working
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.readers.common.document import DocumentPart
    from ingest.readers.common.items import ReadOptions

MOST_RESTARTS = 20
"""Members of one archive that may end a child each, before the rest of the archive is given up."""

START_SECONDS = 60  # for Python and the parsers to be loaded, which is no time of the file's
CHILD_END_SECONDS = 5  # seconds that a child has to end after it has closed its pipe
WORKING_TIMES = (
    5  # as long as else: recognising a page computes all the time, and others may want the processor too
)
_ENVELOPE = 1 << 20  # bytes of a message beside the text: titles, names, offsets of pages
_PER_BYTE = 6  # JSON writes a control character in six
_KEPT = {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"}  # and no keys

PARSE_TIMED_OUT = "Reading it takes longer than FOOTNOTE_PARSE_SECONDS allows. Split it, or raise that."
ENDED = (
    "Its parser broke off: it is damaged, or needs more memory than FOOTNOTE_PARSE_MB allows. Save it again."
)
GIVEN_UP = "Too many of its members can't be read; the rest of it is not read. Unpack it and look."

_idle: list[_Child] = []
_guard = threading.Lock()


class _Child:
    """A process that reads files, and the clock that ends it."""

    def __init__(self) -> None:
        paths = [os.path.abspath(path) for path in sys.path if path]  # noqa: PTH100
        environment = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
        # -P: a folder of articles must not be searched for modules.
        self._process = subprocess.Popen(  # our own module
            [sys.executable, "-P", "-m", "ingest.readers.common.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.too_slow = False
        self.files = 0
        self._ready = False

    def ask(self, request: dict[str, object]) -> None:
        """Ask for a file; what comes of it is for `answer` to say."""
        self.files += 1
        try:
            wire.send(cast("IO[bytes]", self._process.stdin), "read", request)
        except OSError:
            self.end()

    def answer(self, seconds: int, max_bytes: int) -> DocumentPart | None:
        """Return the next thing it read, None at the end of the file; raise EOFError if it was ended."""
        try:
            if not self._ready:
                self._ready = self._receive(START_SECONDS, _ENVELOPE)[0] == wire.READY
            longest = max_bytes * _PER_BYTE + _ENVELOPE
            kind, fields = self._receive(seconds + 1, longest)  # the processor's own limit comes first
            return None if kind == wire.END else wire.part_of(kind, fields)
        except (ValueError, KeyError, TypeError, RecursionError):
            self._process.kill()  # what says nonsense is not listened to any longer
            raise EOFError from None

    def _receive(self, seconds: int, max_bytes: int) -> tuple[str, dict[str, Any]]:
        clock = threading.Timer(seconds, self._expire)
        clock.start()
        try:
            return wire.receive(cast("IO[bytes]", self._process.stdout), max_bytes)
        finally:
            clock.cancel()

    def _expire(self) -> None:
        self.too_slow = True
        self._process.kill()

    @property
    def serves(self) -> bool:
        """Say whether it can be asked for another file."""
        return self._process.poll() is None

    def reason(self) -> str:
        """Return why it ended, once it has."""
        try:
            code = self._process.wait(timeout=CHILD_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        if self.too_slow or code == -getattr(signal, "SIGXCPU", 0):
            return PARSE_TIMED_OUT
        return TOO_MUCH_MEMORY if code == wire.OUT_OF_MEMORY else ENDED

    def end(self) -> None:
        """End it and forget its pipes."""
        self._process.kill()
        self._process.communicate()


def read_isolated(
    path: Path, origin: str, options: ReadOptions, *, name: str = "", url: str | None = None
) -> Iterator[DocumentPart]:
    """Yield what a child reads from a file; a member that ends the child fails alone."""
    start, at = 0, None
    for _ in range(MOST_RESTARTS):
        child = _take()
        done = told = False
        try:
            seconds = options.parse_seconds
            child.ask(_request(path, name or path.name, origin, options) | {"start": start, "url": url})
            while (part := child.answer(seconds, options.max_bytes)) is not None:
                told = True
                works = isinstance(part, Working)
                seconds = options.parse_seconds * (WORKING_TIMES if works else 1)
                if isinstance(part, Entered):
                    start, at = part.number, part.origin
                elif not works:
                    yield part
            done = True
        except EOFError:
            reason = child.reason()
            if reason == ENDED and not told and child.files > 1:
                continue  # it may have died before it was asked: the file gets a child of its own
            yield Failure(at or origin, reason)
        finally:
            if done:
                _give_back(child)
            else:
                child.end()
        if done or at is None:
            return
        start, at = start + 1, None
    yield Failure(origin, GIVEN_UP)


def end_children() -> None:
    """End the children that wait for files."""
    with _guard:
        while _idle:
            _idle.pop().end()


atexit.register(end_children)


def _take() -> _Child:
    with _guard:
        while _idle:
            if (child := _idle.pop()).serves:
                return child
            child.end()
    return _Child()


def _give_back(child: _Child) -> None:
    """Keep it for the next file; of several that wait, one is enough."""
    with _guard:
        if not _idle and child.serves:
            _idle.append(child)
            return
    child.end()


def _request(path: Path, name: str, origin: str, options: ReadOptions) -> dict[str, object]:
    return {
        "path": os.path.abspath(path),  # noqa: PTH100  # links stay as they are
        "name": name,
        "origin": origin,
        "max_bytes": options.max_bytes,
        "include": list(options.include),
        "exclude": list(options.exclude),
        "parse_seconds": options.parse_seconds,
        "parse_mb": options.parse_mb,
    }

"""One writer at a time: an operating-system lock on a file, which a crash releases by itself.

The file also says who holds it, but only for the message: nothing is ever decided by its text, so
neither a stale nor a half-written one can do harm (process-id files have failed in all these ways).
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from ingest.errors import LibraryError, LibraryLockedError

LOCK_FILE = "writer.lock"
LOCK_POLL_SECONDS = 0.05  # seconds between tries: short beside any wait that a person notices

if sys.platform == "win32":
    import msvcrt

    FAR_BYTE = 1 << 30  # beyond the text, which stays readable for others

    def _grab(handle: int) -> None:
        os.lseek(handle, FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _grab(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write to a library, held until `release` or the end of the process."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def acquire(cls, folder: Path, *, wait: float) -> Self:
        """Take the lock, trying for `wait` seconds; raise `LibraryLockedError` naming the holder."""
        handle = _open(folder)
        deadline = time.monotonic() + wait
        while not _try(handle):
            if time.monotonic() >= deadline:
                os.close(handle)
                raise LibraryLockedError(
                    f"The library {str(folder)!r} is being written by {holder(folder)}. "
                    "Wait until it has finished, or stop it, and try again."
                )
            time.sleep(LOCK_POLL_SECONDS)
        os.ftruncate(handle, 0)
        if hasattr(os, "pwrite"):
            os.pwrite(handle, _who_we_are(), 0)
        else:  # Windows
            os.write(handle, _who_we_are())
        return cls(handle)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._handle >= 0:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1


def is_locked(folder: Path) -> bool:
    """Say whether somebody is writing to the library now."""
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDWR)
    except OSError:
        return False  # no such file, or a read-only folder that nobody can write to
    try:
        return not _try(handle)
    finally:
        os.close(handle)


def holder(folder: Path) -> str:
    """Describe who holds the lock, as well as it is known."""
    try:
        said = json.loads((folder / LOCK_FILE).read_text(encoding="utf-8"))
        return f"process {said['pid']} ({said['program']}) since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _open(folder: Path) -> int:
    try:
        return os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LibraryError(
            f"Can't write in the library's folder {str(folder)!r}: {error.strerror}. "
            "Check its permissions, or name another folder."
        ) from error


def _try(handle: int) -> bool:
    try:
        _grab(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise LibraryError(
            f"This file system has no locks ({error.strerror}). Keep the library on a local disk."
        ) from error
    return True


def _who_we_are() -> bytes:
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    program = Path(sys.argv[0] or "python").name
    return json.dumps({"pid": os.getpid(), "program": program, "since": since}).encode()

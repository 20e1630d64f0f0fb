"""The writer's lock: one holder, named to others, free when its process is gone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ingest import LibraryError, LibraryLockedError
from ingest.storage.lock import LOCK_FILE, WriterLock, holder, is_locked

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from ingest.storage.lock import WriterLock
lock = WriterLock.acquire(Path(sys.argv[1]), wait=0)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_by_name(tmp_path: Path) -> None:
    """The error names process, program and time of the holder, and the lock is free after release."""
    lock = WriterLock.acquire(tmp_path, wait=0)
    named = rf"process {os.getpid()} \(.+\) since \d{{4}}-\d\d-\d\d"
    assert is_locked(tmp_path)
    assert re.match(named, holder(tmp_path))
    with pytest.raises(LibraryLockedError, match=named):
        WriterLock.acquire(tmp_path, wait=0.1)
    lock.release()
    lock.release()
    assert not is_locked(tmp_path)
    WriterLock.acquire(tmp_path, wait=0).release()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    """After kill -9 of the holder nothing has to be cleaned up, though its name is still in the file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(LibraryLockedError, match=f"process {child.pid} "):
            WriterLock.acquire(tmp_path, wait=0)
        child.send_signal(signal.SIGKILL)
        child.wait()
    WriterLock.acquire(tmp_path, wait=0).release()


@pytest.mark.parametrize("text", ["", "{", "12", '{"pid": 1}'])
def test_a_broken_name_is_no_obstacle(tmp_path: Path, text: str) -> None:
    """An empty or torn lock file neither blocks nor crashes."""
    (tmp_path / LOCK_FILE).write_text(text)
    assert holder(tmp_path) == "another process"
    WriterLock.acquire(tmp_path, wait=0).release()


def test_an_unwritable_folder_is_refused_in_words(tmp_path: Path) -> None:
    """Where no lock file can be made, the error says so."""
    assert not is_locked(tmp_path / "none")
    with pytest.raises(LibraryError, match="Check its permissions"):
        WriterLock.acquire(tmp_path / "none", wait=0)

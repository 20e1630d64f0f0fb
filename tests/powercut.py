"""Power cuts after the fact: what a program wrote to the record, replayed up to a moment and not all of it.

`strace` lists each write, truncation and sync of the record and of its log, in their order. A disk
that loses its power has all that was synced; of what came after, any part: each written sector may be
there or not. Renamed and deleted names count as done when the folder was synced or not at all, by
chance. What is not simulated: a disk that says it has synced and has not, and the indexes' own files
(they are rebuilt from the record; see test_doctor.py for damage to them).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

SECTOR = 512
NAMES = ("record.sqlite", "record.sqlite-wal")
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,close"
HERE = Path(__file__).parent

# 1234  pwrite64(5, "\x53\x51"..., 100, 0) = 100
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_NAME = re.compile(r'"((?:\\x..)*)"')

PROGRAM = """
import os, sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from stored import article, open_library, prepare
acknowledged = os.open({acks!r}, os.O_CREAT | os.O_WRONLY)
with open_library(Path({library!r}), write=True, create=True) as library:
    for batch in range({batches}):
        stored = [article((2 * batch + each) % 7, edition=batch) for each in range(2)]
        library.put([prepare(each) for each in stored])
        os.write(acknowledged, f"{{batch}}\\n".encode())
"""


@dataclass
class Disk:
    """What a disk has of one file, and what it was told since and may have or not."""

    durable: bytes | None = None
    pending: list[tuple[int, bytes] | int | None] = field(default_factory=list)

    def sync(self) -> None:
        """Have everything."""
        for each in self.pending:
            self.durable = applied(self.durable, each)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """Return what may be found afterwards."""
        content = self.durable
        for each in self.pending:
            if isinstance(each, tuple):
                start, data = each
                for place in range(0, len(data), SECTOR):
                    if chance.random() < 0.5:
                        content = applied(content, (start + place, data[place : place + SECTOR]))
            elif chance.random() < 0.5:
                content = applied(content, each)
        return content


def applied(content: bytes | None, change: tuple[int, bytes] | int | None) -> bytes | None:
    """Write into a file, cut it to a length, or delete it (None)."""
    if change is None:
        return None
    before = content or b""
    if isinstance(change, int):
        return before[:change].ljust(change, b"\0")
    start, data = change
    return before.ljust(start, b"\0")[:start] + data + before[start + len(data) :]


@dataclass(frozen=True)
class Event:
    """A call that changed a file of the record, or `acknowledged`."""

    name: str
    call: str
    change: tuple[int, bytes] | int | None = None


def traced(folder: Path, batches: int) -> list[Event]:
    """Store batches of two articles in a process, and return what it did to the record, in order."""
    library, acks, log = folder / "library", folder / "acknowledged", folder / "log"
    names = {"tests": str(HERE), "root": str(HERE.parent), "acks": str(acks), "library": str(library)}
    program = PROGRAM.format(batches=batches, **names)
    watched = [*(library / name for name in NAMES), library / "new.record.sqlite", acks]
    paths = [part for path in watched for part in ("-P", str(path))]
    command = ["strace", "-f", "-qq", "-xx", "-s", "1000000", "-o", str(log), "-e", f"trace={CALLS}", *paths]
    subprocess.run([*command, sys.executable, "-c", program], check=True, timeout=300)
    return list(_events(log.read_text("ascii")))


def _events(log: str) -> list[Event]:
    opened: dict[str, str] = {}
    found: list[Event] = []
    for line in log.splitlines():
        if not (match := _CALL.match(line)) or int(match[3]) < 0:
            continue
        call, inside, result = match.groups()
        arguments = inside.split(", ")
        if call == "openat":
            opened[result] = _name(arguments[1])
        elif call == "unlink":
            found.append(Event(_name(arguments[0]), call))
        elif call == "rename":
            found.append(Event(_name(arguments[1]), call))
        elif (name := opened.get(arguments[0])) is not None:
            found += _changes(name, call, arguments)
    return found


def _changes(name: str, call: str, arguments: list[str]) -> list[Event]:
    if call == "pwrite64":
        return [Event(name, call, (int(arguments[-1]), _bytes(arguments[1])))]
    if call == "write":
        return [Event(name, "acknowledged")]
    if call == "ftruncate":
        return [Event(name, call, int(arguments[1]))]
    return [Event(name, "sync")] if call in ("fsync", "fdatasync") else []


def _bytes(written: str) -> bytes:
    found = _NAME.search(written)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


def _name(written: str) -> str:
    return Path(_bytes(written).decode()).name


def cut(events: list[Event], moment: int, chance: random.Random) -> tuple[dict[str, bytes], int]:
    """Return the record's files after a power cut at a moment, and how many batches were acknowledged."""
    disks: dict[str, Disk] = {}
    acknowledged = 0
    for event in events[:moment]:
        disk = disks.setdefault(event.name, Disk())
        if event.call == "acknowledged":
            acknowledged += 1
        elif event.call == "sync":
            disk.sync()
        elif event.call == "unlink":
            disk.pending.append(None)
        elif event.call == "rename":  # by `put_in_place`, which syncs file and folder
            fresh = disks.pop("new.record.sqlite")
            fresh.sync()
            disks[event.name] = fresh
        else:
            disk.pending.append(event.change)
    left = {name: disks[name].after_a_cut(chance) for name in NAMES if name in disks}
    return {name: content for name, content in left.items() if content is not None}, acknowledged


def lay_out(files: dict[str, bytes], folder: Path) -> Path:
    """Make a library's folder of nothing but the record's files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder

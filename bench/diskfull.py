"""A disk that fills up under an ingestion, at ten sizes: told within 30 s, still answering, repaired whole.

Run it as root on Linux with `python -m bench.diskfull` (it mounts small tmpfs file systems). The check
of free space that normally comes first is switched off in half of the runs, so that the parts meet the
full disk themselves, as they do when another program fills it. What is stored comes in batches of `--batch`
articles, 40,000 at most in all; a disk that is not full after them has shown nothing, which is said.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent.parent / "tests"
SIZES_MB = (3, 3.5, 4, 4.5, 5, 6, 7, 8.5, 10, 12)
GROWN_MB = 160
MOST = 40_000  # articles of two sentences' chunks each
LONGEST = 30.0  # seconds until a user is told
FILL = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
import ingest.storage.writer
from ingest import FootnoteError
from stored import article, open_library, prepare
if {unchecked}:
    writer = ingest.storage.writer
    writer.RESERVE = writer.BYTES_A_NUMBER = writer.BYTES_A_CHARACTER = 0
try:
    with open_library(Path({path!r}), write=True, create=True) as library:
        for batch in range({most} // {batch}):
            stored = [article({batch} * batch + each) for each in range({batch})]
            library.put([prepare(each) for each in stored])
            print("stored", {batch} * (batch + 1), flush=True)
except FootnoteError as error:
    print("told:", error, flush=True)
"""


def main(arguments: list[str] | None = None) -> int:
    """Fill each disk, print what came of it, and return 1 where a promise was broken."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="*", default=list(SIZES_MB), help="in megabytes")
    parser.add_argument("--batch", type=int, default=20, help="articles that are stored at once")
    options = parser.parse_args(arguments)
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        print("Only root may mount the small disks that this needs.", file=sys.stderr)
        return 2
    sys.path.insert(0, str(TESTS))
    runs = [(size, unchecked) for size in options.sizes for unchecked in (True, False)]
    return int(sum(_one(size, unchecked=unchecked, batch=options.batch) for size, unchecked in runs) > 0)


def _one(size: float, *, unchecked: bool, batch: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="footnote-disk-") as folder, _disk(Path(folder), size) as disk:
        path = disk / "library"
        told, stored, seconds = _filled(path, unchecked=unchecked, batch=batch)
        answered = _answers(path, stored)
        subprocess.run(["mount", "-o", f"remount,size={GROWN_MB}m", str(disk)], check=True)  # noqa: S603, S607
        whole = _repaired(path, stored)
    broken = not (told and seconds <= LONGEST and answered and whole)
    checked = "unchecked" if unchecked else "checked first"
    print(
        f"{size:4.1f} MB, {checked:13}: {stored:4} stored, {told or 'NOT TOLD'} after {seconds:4.1f} s, "
        f"old articles {'found' if answered else 'NOT FOUND'}, then {'whole' if whole else 'NOT WHOLE'}",
        flush=True,
    )
    return broken


@contextmanager
def _disk(folder: Path, size: float) -> Iterator[Path]:
    options = f"size={int(size * 2**20)}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)  # noqa: S603, S607
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607


def _filled(path: Path, *, unchecked: bool, batch: int) -> tuple[str, int, float]:
    """Return what was told, how many articles were acknowledged, and the seconds between the two."""
    names = {"tests": str(TESTS), "root": str(TESTS.parent), "path": str(path)}
    code = FILL.format(unchecked=unchecked, batch=batch, most=MOST, **names)
    command = [sys.executable, "-c", code]
    stored, told, last = 0, "", time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  # our own
        assert child.stdout is not None
        watch = _killed_when_silent(child)
        for line in child.stdout:
            watch.cancel()
            watch, seconds, last = _killed_when_silent(child), time.monotonic() - last, time.monotonic()
            if line.startswith("stored"):
                stored = int(line.split()[1])
            else:
                told = _kind(line)
        watch.cancel()
    return told, stored, seconds if told else time.monotonic() - last


def _killed_when_silent(child: subprocess.Popen[str]) -> Timer:
    watch = Timer(LONGEST + 10, child.kill)
    watch.start()
    return watch


def _kind(line: str) -> str:
    return "told: full" if "disk is full" in line else f"told: {line[6:60]}…"


def _answers(path: Path, stored: int) -> bool:
    from stored import article, open_library, prepare, search

    if not stored:
        return True
    try:
        with open_library(path) as reader:
            wanted = prepare(article(stored // 2)).chunks[0]
            return wanted.id in {hit.chunk.id for hit in search(reader, wanted.text)}
    except Exception as error:  # noqa: BLE001  # whatever it is, it is not an answer
        print(f"  {type(error).__name__}: {error}")
        return False


def _repaired(path: Path, stored: int) -> bool:
    from stored import article, assert_whole, fill

    from ingest import repair_library

    if (path / "record.sqlite").exists():
        repair_library(path)
    expected = [article(number) for number in range(max(stored, 40))]
    fill(path, *expected)
    found = assert_whole(path, {each.id: each.version for each in expected})
    return len(found) == len(expected)


if __name__ == "__main__":
    sys.exit(main())

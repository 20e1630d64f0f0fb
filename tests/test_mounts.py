"""File systems of our own, mounted where nobody else sees them: read-only ones, and full ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from stored import article, assert_whole, fill, open_library

from ingest import repair_library

ROOT = Path(__file__).parent.parent
READ_ONLY = "mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}"
SMALL = "mount -t tmpfs -o size={size}m tmpfs {folder}"
FOOTNOTE = "from assistant.cli.main import main; main()"
QUESTION = "How many people were hurt in the ferry fire?"


def unshared() -> list[str]:
    """Return the command that starts another one with mounts of its own."""
    return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-ec"]


@cache
def can_mount() -> bool:
    """Say whether this machine lets us."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*unshared(), "mount -t tmpfs tmpfs /mnt"], check=False, capture_output=True)
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not can_mount(), reason="mounting is not allowed here")


def run_within(
    mount: str, program: str, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a program with something mounted that is gone with it."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.run(
        [*unshared(), f'{mount} && exec "$@"', "sh", sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": paths, **settings},
        input="a long password\n",  # for the command that asks for one
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(name="frozen")
def _frozen(examples_library: Path, tmp_path: Path) -> Path:
    return shutil.copytree(examples_library, tmp_path / "library")


@needs_mounts
def test_a_library_on_a_read_only_file_system_can_be_asked(frozen: Path) -> None:
    """It is read as it is; nothing has to be written for that (case 55)."""
    mount = READ_ONLY.format(folder=frozen)
    asked = run_within(mount, FOOTNOTE, "ask", QUESTION, FOOTNOTE_LIBRARY=str(frozen))
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "Six people were hurt" in asked.stdout


WRITES = [["ingest", "examples"], ["doctor", "--repair"], ["remove", "x"], ["user", "add", "ines"]]


@needs_mounts
@pytest.mark.parametrize("command", WRITES, ids=" ".join)
def test_writing_to_a_read_only_file_system_is_refused_in_words(frozen: Path, command: list[str]) -> None:
    """The message names the folder and the reason at once, and the exit code says it too (case 55)."""
    mount = READ_ONLY.format(folder=frozen)
    refused = run_within(mount, FOOTNOTE, *command, FOOTNOTE_LIBRARY=str(frozen))
    assert refused.returncode == 1
    assert "Read-only file system" in refused.stderr
    assert str(frozen) in refused.stderr
    assert "Traceback" not in refused.stderr


FILLING = """
import shutil, sys
from pathlib import Path
import ingest.storage.writer
from ingest import FootnoteError
from stored import article, open_library, prepare, search
disk, kept = Path(sys.argv[1]), Path(sys.argv[2])
# As if the space had been there when it was looked at, and another program had taken it since.
writer = ingest.storage.writer
writer.RESERVE = writer.BYTES_A_NUMBER = writer.BYTES_A_CHARACTER = 0
stored = 0
try:
    with open_library(disk / "library", write=True, create=True) as library:
        while True:
            library.put([prepare(article(stored + each)) for each in range(20)])
            stored += 20
except FootnoteError as error:
    print(stored, "told" if "disk is full" in str(error) else error)
with open_library(disk / "library") as library:
    wanted = prepare(article(stored // 2)).chunks[0]
    print(wanted.id in {hit.chunk.id for hit in search(library, wanted.text)})
shutil.copytree(disk / "library", kept)
"""


@needs_mounts
@pytest.mark.slow
@pytest.mark.parametrize("size", [3, 5])
def test_a_disk_that_is_really_full(tmp_path: Path, size: int) -> None:
    """It is told, what was stored before is found, and where there is space all is whole again (case 56)."""
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    done = run_within(SMALL.format(folder=disk, size=size), FILLING, str(disk), str(kept))
    assert done.returncode == 0, done.stderr
    told, found = done.stdout.splitlines()
    stored = int(told.split()[0])
    assert (told, found, stored > 0) == (f"{stored} told", "True", True)
    repair_library(kept)
    with open_library(kept) as library:
        assert library.count()[0] >= stored
    everything = [article(number) for number in range(stored + 20)]
    fill(kept, *everything)
    versions = {each.id: each.version for each in everything}
    assert assert_whole(kept, versions) == versions

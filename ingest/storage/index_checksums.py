"""Checksums over the indexes' files: of Chroma's graph, written when a writer has closed it.

Chroma reads a damaged graph without complaint, and a garbled one has been seen to end the whole
process (a segmentation fault, chromadb 1.5.9). So the files are compared before Chroma gets them.
No seal means that somebody is writing, or that a writer was killed.

tantivy ends each of its files with a checksum, and has no call in Python to compare them.
"""

from __future__ import annotations

import json
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SEAL_FILE = "footnote.seal"
GRAPH_FILE = "index_metadata.pickle"  # lies beside a graph from when Chroma first saved it
HEADER_FILE = "header.bin"
UNSAVED_FILES = ("data_level0.bin", "length.bin")
TANTIVY_END = struct.Struct("<II")  # length of the footer before it, and tantivy's own number
TANTIVY_NUMBER = 1337
HASHED_BYTES = 2**20  # bytes read at once


def seal(folder: Path) -> None:
    """Store checksums of the graph's files as they are now."""
    fresh = folder / f"{SEAL_FILE}.new"
    fresh.write_text(json.dumps(_checksums(folder)), encoding="utf-8")
    fresh.replace(folder / SEAL_FILE)


def unseal(folder: Path) -> None:
    """Remove the checksums: the files may change from now on."""
    (folder / SEAL_FILE).unlink(missing_ok=True)


def is_sealed(folder: Path) -> bool:
    """Say whether a writer has closed the folder."""
    return (folder / SEAL_FILE).exists()


def is_broken(folder: Path) -> bool:
    """Say whether files of a sealed folder differ from their checksums; False for an unsealed one."""
    if not is_sealed(folder):
        return False
    try:
        return _saved(json.loads((folder / SEAL_FILE).read_text(encoding="utf-8"))) != _saved(
            _checksums(folder)
        )
    except (OSError, ValueError):
        return True


def wipe_unsaved(folder: Path) -> None:
    """Write zeros over graphs that Chroma has made room for and not saved yet.

    It writes them from memory that it has not initialised: in chromadb 1.5.9 they hold whatever the
    process had there before, the text of an article that was just removed included. It reads none of
    it: what it has not saved, it makes from its log.
    """
    for header in folder.glob(f"*/{HEADER_FILE}"):
        if (header.parent / GRAPH_FILE).exists():
            continue
        with suppress(OSError):  # gone meanwhile, or not ours to write
            for name in UNSAVED_FILES:
                _overwrite(header.parent / name)


def changed_keyword_file(folder: Path) -> str | None:
    """Name a file of tantivy that is not as it was written; only while nobody writes."""
    try:
        segments = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
        # A writer that was killed may have left others, unfinished, which tantivy does not read.
        files = [file for segment in segments for file in _segment_files(folder, segment)]
        return next((file.name for file in files if not _keeps_its_word(file)), None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "meta.json"


def _segment_files(folder: Path, segment: dict[str, Any]) -> list[Path]:
    name = segment["segment_id"].replace("-", "")
    deletes = segment["deletes"] and f"{name}.{segment['deletes']['opstamp']}.del"
    found = sorted(folder.glob(f"{name}.*"))
    return [file for file in found if file.suffix not in (".del", ".temp") or file.name == deletes]


def _keeps_its_word(file: Path) -> bool:
    """Compare a file with the checksum in its footer (a JSON object between content and end)."""
    content = memoryview(file.read_bytes())
    try:
        length, number = TANTIVY_END.unpack(content[-TANTIVY_END.size :])
        end = len(content) - TANTIVY_END.size
        footer = json.loads(bytes(content[max(0, end - length) : end]))
        return bool(number == TANTIVY_NUMBER and footer["crc"] == zlib.crc32(content[: end - length]))
    except (struct.error, ValueError, KeyError, TypeError):
        return False


def _saved(checksums: dict[str, int]) -> dict[str, int]:
    """Leave out graphs that Chroma has not saved yet (it does so after a number of writes).

    Their files hold whatever was in memory, and change whenever anybody opens Chroma, even to read;
    it makes those graphs from its log, which SQLite checks.
    """
    graphs = {name.partition("/")[0] for name in checksums if name.endswith(f"/{GRAPH_FILE}")}
    return {name: value for name, value in checksums.items() if name.partition("/")[0] in graphs}


def _checksums(folder: Path) -> dict[str, int]:
    files = sorted(each for each in folder.glob("*/*") if each.is_file())
    return {f"{file.parent.name}/{file.name}": _checksum(file) for file in files}


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(bytes(file.stat().st_size))


def _checksum(file: Path) -> int:
    """CRC-32 is enough against accidents, and reads 54 MB in 50 ms."""
    checksum = 0
    with file.open("rb") as opened:
        while block := opened.read(HASHED_BYTES):
            checksum = zlib.crc32(block, checksum)
    return checksum

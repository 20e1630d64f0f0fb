"""Backups that somebody else has made or changed: restoring one brings a library, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import struct
import zipfile
from collections import namedtuple
from typing import TYPE_CHECKING, Any

import pytest
from stored import article, fill

from ingest import LibraryError, backup_library, restore_library
from ingest.storage.backup import BACKUP_FORMAT, LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LINK = (stat.S_IFLNK | 0o777) << 16
MANY = 20_000


@pytest.fixture(name="record", scope="module")
def _record(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the record out of an honest backup."""
    folder = tmp_path_factory.mktemp("honest")
    made = backup_library(fill(folder / "lib", article(0)), folder / "copy.zip")
    with zipfile.ZipFile(made.file) as archive:
        return archive.read("record.sqlite")


def listed(names: dict[str, bytes], **said: object) -> bytes:
    """Write a list with right checksums."""
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in names.items()}
    return json.dumps({"format": BACKUP_FORMAT, "sha256": checksums, **said}).encode()


def packed(file: Path, members: Mapping[Any, bytes]) -> Path:
    """Write an archive; a member is its name, or a `ZipInfo`."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def a_link(file: Path, record: bytes) -> Path:
    """Pack a link to a file of the system instead of a conversation."""
    link = zipfile.ZipInfo("conversations/ines.sqlite")
    link.external_attr = LINK
    names = {"record.sqlite": record, "conversations/ines.sqlite": b"/etc/passwd"}
    return packed(
        file, {"record.sqlite": record, link: names["conversations/ines.sqlite"], LIST: listed(names)}
    )


def a_lie_about_sizes(file: Path, record: bytes) -> Path:
    """Say in the archive's own list that the record is ten bytes long."""
    packed(file, {"record.sqlite": record, LIST: listed({"record.sqlite": record})})
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02")  # the record's line in it
    struct.pack_into("<I", content, place + 24, 10)
    file.write_bytes(content)
    return file


def the_same_name_twice(file: Path, record: bytes) -> Path:
    """Pack another record under the name of the one that was checked."""
    packed(
        file, {"record.sqlite": record, "recorD.sqlite": b"another", LIST: listed({"record.sqlite": record})}
    )
    file.write_bytes(file.read_bytes().replace(b"recorD.sqlite", b"record.sqlite"))
    return file


def a_wrong_checksum(file: Path, record: bytes) -> Path:
    """Name the checksum of something else."""
    return packed(file, {"record.sqlite": record, LIST: listed({"record.sqlite": b"another"})})


def no_database(file: Path, record: bytes) -> Path:
    """Pack a text as conversations."""
    names = {"record.sqlite": record, "conversations/ines.sqlite": b"no database " * 1000}
    return packed(file, {**names, LIST: listed(names)})


def a_bomb(file: Path, record: bytes) -> Path:
    """Pack nothing but zeros behind the beginning of a database: 200 MB in 200 KB."""
    names = {"record.sqlite": record, "conversations/ines.sqlite": record[:16] + bytes(200 * 2**20)}
    return packed(file, {**names, LIST: listed(names)})


def a_deep_list(file: Path, record: bytes) -> Path:
    """Nest the list a hundred thousand times."""
    return packed(file, {"record.sqlite": record, LIST: b"[" * 100_000})


def an_endless_list(file: Path, record: bytes) -> Path:
    """Make the list 50 MB long."""
    return packed(file, {"record.sqlite": record, LIST: b'{"format": "' + b"x" * 50 * 2**20 + b'"}'})


def a_list_of_what_is_not_there(file: Path, record: bytes) -> Path:
    """Name thousands of files that nobody packed."""
    names = {"record.sqlite": record, **{f"x/{number}.sqlite": b"" for number in range(MANY)}}
    return packed(file, {"record.sqlite": record, LIST: listed(names)})


def a_list_of_another_kind(file: Path, record: bytes) -> Path:
    """Write numbers where names and checksums belong."""
    return packed(
        file, {"record.sqlite": record, LIST: b'{"format": "%s", "sha256": [1]}' % BACKUP_FORMAT.encode()}
    )


HOSTILE: list[Callable[[Path, bytes], Path]] = [
    *(a_link, a_lie_about_sizes, the_same_name_twice, a_wrong_checksum, no_database, a_bomb, a_deep_list),
    *(an_endless_list, a_list_of_what_is_not_there, a_list_of_another_kind),
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda each: each.__name__)
def test_nothing_comes_of_a_hostile_backup(
    tmp_path: Path, record: bytes, hostile: Callable[[Path, bytes], Path]
) -> None:
    """It is refused in words, nothing of it is left, and an honest one can be restored at the same place."""
    file = hostile(tmp_path / "hostile.zip", record)
    with pytest.raises(LibraryError, match="is no whole backup"):
        restore_library(file, tmp_path / "again")
    left = [each.name for each in (tmp_path / "again").rglob("*") if each.is_file() or each.is_symlink()]
    assert left == ["writer.lock"]
    honest = packed(
        tmp_path / "honest.zip", {"record.sqlite": record, LIST: listed({"record.sqlite": record})}
    )
    assert restore_library(honest, tmp_path / "again") == 1


def test_a_bomb_that_the_disk_does_not_hold_is_refused_before_it_is_unpacked(
    tmp_path: Path, record: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the archive says that it needs is compared with what is free."""
    usage = namedtuple("usage", ("total", "used", "free"))  # noqa: PYI024  # as the system gives it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(2**30, 2**30 - 2**26, 2**26))
    with pytest.raises(LibraryError, match="The disk is full"):
        restore_library(a_bomb(tmp_path / "bomb.zip", record), tmp_path / "again")

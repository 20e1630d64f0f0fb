"""ZIP and TAR: their members are read as files of a folder are, bombs and ways out are refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from documents import PAGE, SENTENCE, make_pdf, tar_of, zip_of

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions
from ingest.readers.common.members import IS_LINK, LEADS_OUT, TOO_DEEP
from ingest.readers.formats.zips import PASSWORD
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.readers.common.items import Item

OPTIONS = ReadOptions(5_000_000, parse_seconds=20)
MEMBERS: dict[str, bytes] = {
    "a/one.txt": SENTENCE.encode(),
    "a/two.html": PAGE.encode(),
    "three.pdf": make_pdf([[SENTENCE]]),
    "four.jsonl.gz": gzip.compress(b'{"text": "One is here."}\n{"text": "Two is there."}\n'),
    "picture.png": b"\x89PNG",
    ".hidden/x.txt": b"hidden",
    "__MACOSX/._one.txt": b"\x00\x05",
}
READ = ["a/one.txt", "a/two.html", "three.pdf", "four.jsonl.gz#1", "four.jsonl.gz#2"]


def read(path: Path, data: bytes, options: ReadOptions = OPTIONS) -> list[Item]:
    """Write an archive and read it."""
    path.write_bytes(data)
    return list(iter_source(path, options))


def named(items: list[Item], path: Path) -> list[str]:
    """Return the members that gave articles."""
    return [item.origin.removeprefix(f"{path}#") for item in items if isinstance(item, Article)]


def failures(items: list[Item], path: Path) -> dict[str, str]:
    """Return the reasons of failures by member."""
    found = [item for item in items if isinstance(item, Failure)]
    return {item.source.removeprefix(f"{path}#"): item.reason for item in found}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.gz", "zip.txt"])
def test_members_are_read_as_files_are(tmp_path: Path, name: str) -> None:
    """Types that are read are, others and hidden ones are passed over, and the end says that it is one."""
    path = tmp_path / name
    packed = zip_of(MEMBERS) if "zip" in name else tar_of(MEMBERS, "w" if name == "a.tar" else "w:gz")
    items = read(path, packed)
    assert named(items, path) == READ
    assert items[-1] == Listed(str(path), complete=True)


def test_include_and_exclude_choose_members(tmp_path: Path) -> None:
    """Patterns are held against the paths in the archive."""
    path = tmp_path / "a.zip"
    options = ReadOptions(5_000_000, include=("*.txt", "*.html"), exclude=("a/two*",))
    assert named(read(path, zip_of(MEMBERS), options), path) == ["a/one.txt"]


WAYS_OUT = ("../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\evil.txt")


@pytest.mark.parametrize("name", WAYS_OUT)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """No member is read under a name outside the archive, and nothing is written (case 8)."""
    for path, data in (
        (tmp_path / "a.zip", zip_of({name: SENTENCE, "b.txt": SENTENCE})),
        (tmp_path / "a.tar", tar_of({name: SENTENCE.encode(), "b.txt": SENTENCE.encode()}, "w")),
    ):
        items = read(path, data)
        assert named(items, path) == ["b.txt"]
        assert list(failures(items, path).values()) == [LEADS_OUT]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.tar", "a.zip"]


def test_links_are_refused(tmp_path: Path) -> None:
    """A link in an archive is named and not followed (case 8)."""
    path = tmp_path / "a.tar"
    items = read(path, tar_of({"b.txt": SENTENCE.encode()}, "w", links={"passwd.txt": "/etc/passwd"}))
    assert (named(items, path), failures(items, path)) == (["b.txt"], {"passwd.txt": IS_LINK})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("passwd.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    path = tmp_path / "a.zip"
    assert failures(read(path, out.getvalue()), path) == {"passwd.txt": IS_LINK}


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.epub"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    """What would unpack a thousandfold is told from its list of members (case 8)."""
    part = {"a.zip": "a.txt", "a.docx": "word/document.xml", "a.epub": "META-INF/container.xml"}[name]
    (failure,) = read(tmp_path / name, zip_of({part: b"a" * 30_000_000}))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("It is refused: it unpacks to 30,000,000 bytes")


def test_a_tar_bomb_stops_at_the_limit_of_a_member(tmp_path: Path) -> None:
    """A member over the limit is refused and the next one is read (case 8)."""
    path = tmp_path / "a.tgz"
    items = read(path, tar_of({"a.txt": b"a" * 30_000_000, "b.txt": SENTENCE.encode()}))
    reason = "It is larger than 5 MB. Split it, or raise FOOTNOTE_MAX_FILE_MB."
    assert (named(items, path), failures(items, path)) == (["b.txt"], {"a.txt": reason})


def test_archives_nest_once(tmp_path: Path) -> None:
    """An archive in an archive is read; one deeper is refused (case 8)."""
    path = tmp_path / "a.zip"
    inner = zip_of({"in.txt": SENTENCE, "deep.zip": zip_of({"x.txt": SENTENCE})})
    items = read(path, zip_of({"inner.zip": inner}))
    assert named(items, path) == ["inner.zip#in.txt"]
    assert failures(items, path) == {"inner.zip#deep.zip": TOO_DEEP}


def test_a_locked_member_fails_alone(tmp_path: Path) -> None:
    """A password is named; the other members are read."""
    data = bytearray(zip_of({"a.txt": SENTENCE, "b.txt": SENTENCE}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    items = read(path, bytes(data))
    assert (named(items, path), failures(items, path)) == (["b.txt"], {"a.txt": PASSWORD})


@pytest.mark.parametrize("share", [10, 50, 90])
@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
def test_a_truncated_archive_says_so(tmp_path: Path, name: str, share: int) -> None:
    """Whatever came before the break may be read; the break is named and the end is not claimed."""
    members = {f"{number}.txt": f"{number} {SENTENCE}".encode() for number in range(50)}
    data = zip_of(members) if name == "a.zip" else tar_of(members)
    items = read(tmp_path / name, data[: len(data) * share // 100])
    assert isinstance(items[-1], Failure)
    assert "damaged" in items[-1].reason


def test_other_office_files_are_named(tmp_path: Path) -> None:
    """A spreadsheet is a ZIP archive too, but not of articles."""
    (failure,) = read(tmp_path / "a.zip", zip_of({"xl/workbook.xml": "<x/>"}))
    assert failure == Failure(str(tmp_path / "a.zip"), "It is an Excel workbook. Save it as .csv.")


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile warns of what is made here on purpose
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_two_members_of_one_name_are_two_articles(tmp_path: Path, kind: str) -> None:
    """The second has a name of its own, so that it is no new version of the first at every run."""
    texts = {"One": SENTENCE, "Two": f"{SENTENCE} {SENTENCE}"}
    packed = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(packed, "w") as archive:
            for text in texts.values():
                archive.writestr("a/same.txt", text)
    else:
        with tarfile.open(fileobj=packed, mode="w") as tar:
            for text in texts.values():
                info = tarfile.TarInfo("a/same.txt")
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text.encode()))
    path = tmp_path / f"twice.{kind}"
    assert named(read(path, packed.getvalue()), path) == ["a/same.txt", "a/same (2).txt"]

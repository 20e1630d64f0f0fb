"""Exports that say which article is for whom: nothing becomes open to more people by coming back."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from exports import DESK, Record, audience_of, exported, grouped, record_of, sources_of, written
from fakes import WordEmbeddings
from queues import embed_with
from running import Ran
from stored import WORDS, article, fill, open_library

from assistant.cli.commands.export import _records
from ingest import ingest_articles
from ingest.readers.formats.footnote_export import GROUPS_UNREAD, NO_SOURCE, WRITE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from running import Footnote

    from ingest import DatabaseAddress
    from ingest.database_address import LibraryLocation

NOBODY = frozenset[str]()
NAMES = "The name of a group has letters a to z, digits, and . _ - within, up to 40."


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


def test_a_library_comes_back_for_the_same_people(place: LibraryLocation, tmp_path: Path) -> None:
    """Articles, and what their sources will bring; what a group's folder has for all stays so."""
    grouped(tmp_path / "first")
    records = exported(tmp_path / "first")
    report = ingest_articles(written(tmp_path / "export.jsonl", records), place)
    assert (report.added, report.failed) == (5, ())
    assert audience_of(place) == {
        "file0.txt": [],
        "file1.txt": ["sports"],
        "file2.txt": ["editors", "sports"],
        "file3.txt": [],
        f"{DESK}/open.txt": [],
    }
    assert sources_of(place) == {DESK: ["sports"]}
    again = {each.get("origin"): each.get("groups") for each in exported(place)}
    assert again == {each.get("origin"): each.get("groups") for each in records}
    with open_library(place) as library:
        assert article(1).id not in library.seen_by(NOBODY).versions()
    later = [record_of(6, origin=f"{DESK}/later.txt"), record_of(7)]
    ingest_articles(written(tmp_path / "later.jsonl", later), place)
    assert [audience_of(place)[each["origin"]] for each in later] == [["sports"], []]


def test_the_commands_export_and_bring_back_groups(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that an export told of is listed, and can be given to everybody again."""
    grouped(tmp_path / "library")
    file = tmp_path / "export.jsonl"
    assert footnote("export", file) == Ran(0, "", "")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [each.get("groups") for each in lines].count(None) == 3
    assert lines[-1] == {"format": "footnote/1", "restricted_source": DESK, "groups": ["sports"]}
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "second"))
    assert footnote("ingest", file).code == 0
    assert f"  from {DESK}\n" in footnote("group", "list").out
    assert footnote("group", "set", DESK).code == 0
    assert sources_of(tmp_path / "second") == {}


def test_an_export_for_a_group_has_only_what_it_sees(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other article, no name of another group, and no source."""
    grouped(tmp_path / "library")
    for groups, seen in (
        ("editors", {"file0.txt": None, "file2.txt": ["editors"], "file3.txt": None}),
        ("nobody", {"file0.txt": None, "file3.txt": None}),
    ):
        monkeypatch.setenv("FOOTNOTE_GROUPS", groups)
        records = [json.loads(line) for line in footnote("export").out.splitlines()]
        found = {each["origin"]: each.get("groups") for each in records}
        assert found == seen | {f"{DESK}/open.txt": None}


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_given_to_a_group_while_it_is_exported_is_the_groups(
    place: LibraryLocation, *, whole: bool
) -> None:
    """The articles were listed before; how one is written is how it is then, or not at all."""
    fill(place, *[article(number) for number in range(3)])
    with open_library(place) as library:
        records = _records(library if whole else library.seen_by(NOBODY))
        first = next(records)["origin"]
        given, left = (each for each in map(article, range(3)) if each.origin != first)
        with open_library(place, write=True) as other:
            other.restrict([given.id], ["sports"])
        found = {each["origin"]: each.get("groups") for each in records}
    assert found == {left.origin: None} | ({given.origin: ["sports"]} if whole else {})


@pytest.mark.parametrize("groups", [{}, {"groups": None}])
def test_an_older_export_comes_in_as_before(tmp_path: Path, groups: Record) -> None:
    """Without the field articles are for everybody, or for those whose folder they name or lie in."""
    place = tmp_path / "lib"
    records = [record_of(1, **groups), record_of(2, origin=f"{DESK}/2.txt", **groups)]
    fill(place)
    with open_library(place, write=True) as library:
        library.restrict_source(DESK, ["sports"])
    ingest_articles(written(tmp_path / "export.jsonl", records), place)
    assert audience_of(place) == {"file1.txt": [], f"{DESK}/2.txt": ["sports"]}


HOSTILE: tuple[tuple[object, str], ...] = (
    ("sports", WRITE_GROUPS), ([], WRITE_GROUPS), ([""], WRITE_GROUPS), ([" ", "\t"], WRITE_GROUPS),
    ({"sports": 1}, WRITE_GROUPS), (7, WRITE_GROUPS), (False, WRITE_GROUPS), ("", WRITE_GROUPS),
    (["sports", 7], WRITE_GROUPS), ([["sports"]], WRITE_GROUPS), ([None], WRITE_GROUPS),
    ({"rendered": "sports"}, WRITE_GROUPS), (["a b"], NAMES), (["sports,editors"], NAMES), (["*"], NAMES),
    (["x" * 41], NAMES), (["sports", "\ud800"], NAMES), (["a'; DROP TABLE audience"], NAMES),
    ([f"g{number}" for number in range(1000)], "These are more than 50 groups. Name fewer."),
)  # fmt: skip


def test_a_record_whose_groups_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """It is not opened to everybody; the records around it come in."""
    records = [record_of(number, groups=groups) for number, (groups, _) in enumerate(HOSTILE, start=10)]
    file = written(tmp_path / "export.jsonl", [record_of(1), *records, record_of(2, groups=[" Sports ", ""])])
    report = ingest_articles(file, tmp_path / "lib")
    assert [(each.source, each.reason) for each in report.failed] == [
        (f"{file}#{number}", GROUPS_UNREAD.format(reason=reason))
        for number, (_, reason) in enumerate(HOSTILE, start=2)
    ]
    assert audience_of(tmp_path / "lib") == {"file1.txt": [], "file2.txt": ["sports"]}


def test_a_source_that_cannot_be_one_is_refused(place: LibraryLocation, tmp_path: Path) -> None:
    """Names that no database holds, what is no name, and no groups; an empty one is an article's."""
    wrong: list[object] = ["/srv/\0", "/srv/\ud800", "x" * 2001, 7, ["/srv"], "two\n\n\nlines"]
    lines = [{"format": "footnote/1", "restricted_source": each, "groups": ["a"]} for each in wrong]
    lines.append({"format": "footnote/1", "restricted_source": "/srv"})
    file = written(tmp_path / "export.jsonl", [*lines, record_of(1, restricted_source="", groups=["a"])])
    report = ingest_articles(file, place)
    unread = GROUPS_UNREAD.format(reason=WRITE_GROUPS)
    assert [each.reason for each in report.failed] == [NO_SOURCE] * len(wrong) + [unread]
    assert (sources_of(place), audience_of(place)) == ({}, {"file1.txt": ["a"]})


def test_what_is_stored_is_never_opened_by_a_file(place: LibraryLocation, tmp_path: Path) -> None:
    """Neither by a record without groups nor by one with others; what is for all becomes the groups'."""
    grouped(place)
    newer = article(3, edition=2)
    records = [
        record_of(1),
        record_of(2, groups=["politics"]),
        record_of(0, groups=["politics"]),
        record_of(3, groups=["editors"]) | {"text": newer.text},
        {"format": "footnote/1", "restricted_source": DESK, "groups": ["politics"]},
    ]
    for added in (1, 0):
        report = ingest_articles(written(tmp_path / "export.jsonl", records), place)
        assert (report.updated, report.failed) == (added, ())
        assert audience_of(place) == {
            "file0.txt": ["politics"],
            "file1.txt": ["sports"],
            "file2.txt": ["editors", "sports"],
            "file3.txt": ["editors"],
            f"{DESK}/open.txt": [],
        }
        assert sources_of(place) == {DESK: ["sports"]}


def test_what_somebody_else_restricts_meanwhile_stays_so(place: LibraryLocation) -> None:
    """A file's groups are for what is for all at the moment in which they are written down."""
    fill(place, article(1), article(2))
    with open_library(place, write=True) as library:
        library.restrict([article(1).id], ["editors"])
        library.restrict([article(1).id, article(2).id], ["sports"], only_open=True)
        library.restrict_source(DESK, ["editors"])
        library.restrict_source(DESK, ["sports"], only_open=True)
    assert audience_of(place) == {"file1.txt": ["editors"], "file2.txt": ["sports"]}
    assert sources_of(place) == {DESK: ["editors"]}


def test_the_first_of_two_records_of_an_article_counts(tmp_path: Path) -> None:
    """A second one adds no group to it, whether the article is new or was for all."""
    place = fill(tmp_path / "lib", article(1))
    twice = [record_of(number, groups=[group]) for group in ("sports", "politics") for number in (1, 2)]
    ingest_articles(written(tmp_path / "export.jsonl", twice), place)
    assert audience_of(place) == {"file1.txt": ["sports"], "file2.txt": ["sports"]}


def test_groups_that_are_named_count_more(tmp_path: Path) -> None:
    """For the articles of an export and for what its sources will bring."""
    records = exported(grouped(tmp_path / "first"))
    file = written(tmp_path / "export.jsonl", records)
    ingest_articles(file, tmp_path / "lib", groups="editors")
    assert set(map(str, audience_of(tmp_path / "lib").values())) == {"['editors']"}
    assert sources_of(tmp_path / "lib") == {str(file): ["editors"], DESK: ["editors"]}


def test_only_an_export_says_for_whom_articles_are(tmp_path: Path) -> None:
    """Records of anything else may have a field of that name that means something else."""
    records = [{**record_of(1, groups=["sports"]), "format": "other/1"}, {"text": "One.", "groups": []}]
    assert ingest_articles(written(tmp_path / "wire.jsonl", records), tmp_path / "lib").failed == ()
    assert list(audience_of(tmp_path / "lib").values()) == [[], []]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("format,text,groups\nfootnote/1,The ferry left.,sports\n", "utf-8")
    (failure,) = ingest_articles(sheet, tmp_path / "lib").failed
    assert failure.reason == GROUPS_UNREAD.format(reason=WRITE_GROUPS)


def test_an_export_in_a_folder_of_a_group_is_for_the_group(tmp_path: Path) -> None:
    """Also where a folder above is read: whoever put it there can't let others see more."""
    desk, place = tmp_path / "desks" / "sports", tmp_path / "lib"
    desk.mkdir(parents=True)
    (desk / "a.txt").write_text(article(0).text, "utf-8")
    ingest_articles(desk, place, groups="sports")
    written(desk / "export.jsonl", [record_of(1), record_of(2, groups=["politics"])])
    ingest_articles(tmp_path / "desks", place)
    assert set(map(str, audience_of(place).values())) == {"['sports']"}


class _Meanwhile(WordEmbeddings):
    """Embeddings that take long enough for somebody else to give a folder to a group."""

    def __init__(self, place: LibraryLocation, folder: Path) -> None:
        super().__init__()
        self._place, self._folder = place, folder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count words, after the folder is no longer for all."""
        with open_library(self._place, write=True) as library:
            library.restrict_source(str(self._folder), ["sports"])
        return super().embed(texts)


def test_an_export_in_a_folder_that_is_given_to_a_group_just_then_is_for_it(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before, and is stored afterwards, goes by where its file lies, not by what it names."""
    fill(database, article(0))
    embed_with(monkeypatch, _Meanwhile(database, tmp_path / "desk"))
    ingest_articles(written(tmp_path / "desk" / "export.jsonl", [record_of(1)]).parent.parent, database)
    assert audience_of(database) == {"file0.txt": [], "file1.txt": ["sports"]}


@pytest.mark.parametrize("packing", ["json", "gz", "zip", "tar", "folder"])
def test_an_export_may_be_packed(tmp_path: Path, packing: str) -> None:
    """Only of a file that is named itself, packed or not, it is taken what other sources bring."""
    records = exported(grouped(tmp_path / "first"))
    place, file = tmp_path / "lib", tmp_path / "in" / "export.jsonl"
    written(file, records)
    source = tmp_path / "in" / f"export.{packing}"
    if packing == "json":
        source.write_text(json.dumps(records), "utf-8")
    elif packing == "gz":
        import gzip

        source = source.with_suffix(".jsonl.gz")
        source.write_bytes(gzip.compress(file.read_bytes()))
    elif packing == "zip":
        with zipfile.ZipFile(source, "w") as packed:
            packed.write(file, "export.jsonl")
    elif packing == "tar":
        with tarfile.open(source, "w") as packed_too:
            info = tarfile.TarInfo("export.jsonl")
            info.size = file.stat().st_size
            packed_too.addfile(info, io.BytesIO(file.read_bytes()))
    else:
        source = file.parent
    report = ingest_articles(source, place)
    assert audience_of(place) == audience_of(tmp_path / "first")
    assert sources_of(place) == ({} if packing == "folder" else {DESK: ["sports"]})
    reason = (
        f"That what is read from {DESK!r} is for some groups alone was not noted. "
        "Ingest this export by its own name, or that source with --group."
    )
    failed = [(f"{file}#6", reason)] if packing == "folder" else []
    assert [(each.source, each.reason) for each in report.failed] == failed

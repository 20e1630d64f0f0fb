"""Exports that say which article is for whom come back by any way: a server, the queue, uploads, --sync."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from exports import DESK, Record, audience_of, exported, grouped, record_of, sources_of, written
from newssite import Reply, Site, feed
from queues import embed_with, queued
from stored import WORDS, fill, open_library

from assistant.web.chat.library_service import LibraryService
from ingest import Library, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ingest import DatabaseAddress, IngestReport
    from ingest.database_address import LibraryLocation

NOBODY = frozenset[str]()


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


def test_a_server_does_not_say_what_other_sources_bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its articles are for the groups that it names, alone or in a feed."""
    lines = [json.dumps(each) for each in exported(grouped(tmp_path / "first"))]
    with Site() as site:
        monkeypatch.setenv("FOOTNOTE_ALLOW_HOSTS", site.allowed)
        monkeypatch.setenv("FOOTNOTE_FETCH_PAUSE", "0")
        site.pages["/export.jsonl"] = Reply(
            "\n".join(lines).encode(), headers={"Content-Type": "application/jsonl"}
        )
        site.pages["/feed"] = feed("/export.jsonl", item="<pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate>")
        for path in ("/export.jsonl", "/feed"):
            place = tmp_path / path[1:]
            report = ingest_articles(f"{site.url}{path}", place)
            assert len(report.failed) == 1
            assert audience_of(place) == audience_of(tmp_path / "first")
            assert sources_of(place) == {}
    with open_library(tmp_path / "feed") as library:  # what the entry says fills what the records lack
        assert {each.published for each in library.articles()} == {date(2026, 5, 4)}


def test_an_export_goes_through_the_queue(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one file, and record by record where it is too large for that."""
    monkeypatch.setenv("FOOTNOTE_MAX_FILE_MB", "1")
    records = exported(grouped(tmp_path / "first"))
    assert queued(database, written(tmp_path / "small.jsonl", records)).failed == ()
    assert audience_of(database) == audience_of(tmp_path / "first")
    assert sources_of(database) == {DESK: ["sports"]}
    large: list[Record] = [record_of(10 + number, x="x" * 60_000, groups=["editors"]) for number in range(20)]
    large.append({"format": "footnote/1", "restricted_source": "/srv/other", "groups": ["editors"]})
    report = queued(database, written(tmp_path / "large.jsonl", large))
    assert (report.added, report.failed) == (20, ())
    assert [audience_of(database)[each["origin"]] for each in large[:-1]] == [["editors"]] * 20
    assert sources_of(database) == {DESK: ["sports"], "/srv/other": ["editors"]}
    named = queued(database, written(tmp_path / "more.jsonl", [record_of(40, groups=["a"])]), groups="b")
    assert (named.added, audience_of(database)["file40.txt"]) == (1, ["b"])


def test_what_an_administrator_uploads_stays_with_its_groups(tmp_path: Path) -> None:
    """What is added in the chat is for everybody, unless it is an export that says otherwise."""
    place = tmp_path / "lib"
    fill(place)
    service = LibraryService(place)
    records = exported(grouped(tmp_path / "first"))
    service.add([written(service.uploads / "export.jsonl", records)], lambda _: None)
    assert audience_of(place) == audience_of(tmp_path / "first")
    assert sources_of(place) == {DESK: ["sports"]}


def _synced(file: Path, place: LibraryLocation, records: Iterable[object]) -> IngestReport:
    return ingest_articles(written(file, records), place, sync=True)


def test_an_export_is_kept_in_step_with_its_groups(place: LibraryLocation, tmp_path: Path) -> None:
    """What left it is removed, and comes back for its groups; nothing is while a record can't be read."""
    file = tmp_path / "export.jsonl"
    records = [record_of(number, groups=["sports"]) for number in range(3)]
    _synced(file, place, records)
    broken = _synced(file, place, [*records[:1], record_of(1, groups="sports")])
    assert (broken.removed, [each.articles for each in broken.kept]) == (0, [2])
    assert _synced(file, place, records[:1]).removed == 2
    assert _synced(file, place, [records[0], record_of(1)]).added == 1
    assert audience_of(place) == {"file0.txt": ["sports"], "file1.txt": ["sports"]}


def test_copies_in_an_export_are_kept_for_their_own_people(tmp_path: Path) -> None:
    """The same text for all and for a group is two articles there, too."""
    place = tmp_path / "lib"
    copy = {**record_of(1, groups=["sports"]), "origin": "copy.txt"}
    report = ingest_articles(written(tmp_path / "export.jsonl", [record_of(1), copy]), place)
    assert (report.added, audience_of(place)) == (2, {"file1.txt": [], "copy.txt": ["sports"]})
    with Library.open(place) as library:
        assert library.seen_by(NOBODY).count()[0] == 1

"""A library whose vectors are on a real Chroma server, which is killed, emptied, lost and replaced."""

from __future__ import annotations

import json
import shutil
import urllib.request
from threading import Timer
from typing import TYPE_CHECKING

import chromadb.utils.embedding_functions as functions
import pytest
from stored import article, assert_whole, fill, open_library, prepare, search

from ingest import (
    Finding,
    Library,
    LibraryError,
    LibrarySettings,
    backup_library,
    examine_library,
    repair_library,
    restore_library,
)
from ingest.storage.folder import open_record
from ingest.storage.schema import REPAIR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromaserver import ChromaServer

ARTICLES = tuple(article(number) for number in range(30))
VERSIONS = {each.id: each.version for each in ARTICLES}
COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"


@pytest.fixture(autouse=True)
def _asked(chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name the server, have it searched however few chunks there are, and look at it again at once."""
    monkeypatch.setenv("FOOTNOTE_CHROMA", chroma_server.url)
    monkeypatch.setattr("ingest.storage.search.SCAN_UP_TO", 0)
    monkeypatch.setattr("ingest.storage.chroma_client.SHORTEST_REST", 0.0)


@pytest.fixture(name="killed")
def _killed(chroma_server: ChromaServer) -> Iterator[ChromaServer]:
    """Lend the server to a test that kills it, and start it again afterwards."""
    yield chroma_server
    chroma_server.kill()
    chroma_server.start()


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Path:
    return fill(tmp_path / "lib", *ARTICLES)


def index_of(library: Path) -> str:
    """Return the name of the library's collection, or of the folder of its vectors."""
    record = open_record(library)
    try:
        return record.meta().vectors.partition("@")[0]
    finally:
        record.close()


def collections(server: ChromaServer) -> dict[str, str]:
    """Map the names of all collections of a server to their ids."""
    with urllib.request.urlopen(f"{server.url}{COLLECTIONS}") as reply:  # noqa: S310  # this machine
        return {each["name"]: each["id"] for each in json.load(reply)}


def _post(server: ChromaServer, path: str, body: object, method: str = "POST") -> None:
    data = json.dumps(body).encode()
    asked = urllib.request.Request(  # noqa: S310  # this machine
        f"{server.url}{path}", data, {"Content-Type": "application/json"}, method=method
    )
    urllib.request.urlopen(asked).close()  # noqa: S310


def _found(library: Library, number: int = 3) -> tuple[bool, bool]:
    """Say whether an article is found by its own words first, and whether by its vector too."""
    hit = search(library, prepare(ARTICLES[number]).chunks[0].text)[0]
    return hit.article == ARTICLES[number], hit.vector_rank == 0


def test_a_library_on_a_server_holds_and_finds_what_it_was_given(
    library: Path, chroma_server: ChromaServer
) -> None:
    """Every chunk is found by vector and by words, updated ones too, and no vectors lie in the folder."""
    changed = article(0, edition=1)
    fill(library, changed)
    assert_whole(library, VERSIONS | {changed.id: changed.version})
    assert index_of(library) in collections(chroma_server)
    assert not any(library.glob("vectors/*"))


def test_a_reader_finds_what_another_process_stores_at_once(library: Path) -> None:
    """Nothing has to be opened again, and a writer keeps nobody from searching."""
    with open_library(library) as reader, open_library(library, write=True) as writer:
        assert _found(reader) == (True, True)
        writer.put([prepare(article(40))])
        hit = search(reader, prepare(article(40)).chunks[0].text)[0]
        assert (hit.article, hit.vector_rank, reader.notices) == (article(40), 0, [])


def test_what_is_removed_is_gone_from_the_server(library: Path) -> None:
    """Removal deletes in place: the index keeps its name and all others."""
    name = index_of(library)
    with open_library(library, write=True) as writer:
        assert writer.remove([ARTICLES[3].id]) == 1
    assert index_of(library) == name
    assert_whole(library, {key: version for key, version in VERSIONS.items() if key != ARTICLES[3].id})


def test_a_killed_server_is_told_and_answers_go_on(library: Path, killed: ChromaServer) -> None:
    """Vectors are compared one by one meanwhile; once the server is back, nothing is left of it."""
    with open_library(library) as reader:
        assert (_found(reader), reader.unreachable()) == ((True, True), [])
        killed.kill()
        assert _found(reader) == (True, True)
        (notice,) = reader.notices
        assert "can't be used just now; searching works without it, more slowly" in notice
        assert "can't be used" in reader.unreachable()[0]
        killed.start()
        assert (_found(reader), reader.notices, reader.unreachable()) == ((True, True), [], [])


def test_a_large_library_is_found_by_words_while_the_server_is_away(
    library: Path, killed: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More chunks than are compared one by one: the words find them, and the notice says so."""
    monkeypatch.setattr("ingest.storage.chroma_reader.EXACT_UP_TO", 10)
    monkeypatch.setattr("ingest.storage.chroma_reader.ChromaReader.exact_up_to", 10)
    killed.kill()
    with open_library(library) as reader:
        assert _found(reader) == (True, False)
        assert "by their words only" in reader.notices[0]


def test_who_may_see_little_of_a_large_library_finds_by_meaning_too(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the nearest that the server names most are hidden; the others are found, and not none."""
    for name, value in {"search.SPARE": 0, "search.WIDEN": 2, "scan.FEW_CANDIDATES": 4}.items():
        monkeypatch.setattr(f"ingest.storage.{name}", value)
    monkeypatch.setattr("ingest.storage.chroma_reader.ChromaReader.exact_up_to", 10)
    with open_library(library, write=True) as writer:
        writer.restrict([each.id for each in ARTICLES[8:]], ["sports"])
    with open_library(library) as reader:
        hits = search(reader.seen_by(frozenset()), ARTICLES[3].text, limit=10)
        assert {hit.article.id for hit in hits if hit.vector_rank is not None} >= {ARTICLES[3].id}
        assert {hit.article.id for hit in hits} <= {each.id for each in ARTICLES[:8]}


def test_nothing_is_half_stored_while_the_server_is_away(library: Path, killed: ChromaServer) -> None:
    """Storing fails with our error, nothing of it can be seen, and the next run stores it."""
    with open_library(library, write=True) as writer:
        killed.kill()
        with pytest.raises(LibraryError, match="the next run goes on"):
            writer.put([prepare(article(40))])
        assert writer.versions() == VERSIONS
    with pytest.raises(LibraryError, match="can't be used"):
        open_library(library, write=True)
    with open_library(library) as reader:
        assert reader.versions() == VERSIONS
    killed.start()
    fill(library, article(40))
    assert_whole(library, VERSIONS | {article(40).id: article(40).version})


def test_a_writer_goes_on_when_the_server_has_been_started_anew(library: Path, killed: ChromaServer) -> None:
    """Its connections are those of the old one, which is told by nobody."""
    with open_library(library, write=True) as writer:
        killed.kill()
        killed.start()
        writer.put([prepare(article(40))])
    assert_whole(library, VERSIONS | {article(40).id: article(40).version})


def test_what_was_acknowledged_outlives_a_kill(library: Path, killed: ChromaServer) -> None:
    """The server is killed while articles are stored: those told stored are whole, and no others seen."""
    stored = dict(VERSIONS)

    def store(writer: Library) -> None:
        for number in range(1_000, 10_000):
            each = article(number)
            writer.put([prepare(each)])
            stored[each.id] = each.version

    with open_library(library, write=True) as writer:
        dying = Timer(0.5, killed.kill)
        dying.start()
        with pytest.raises(LibraryError):
            store(writer)
        dying.join()
    killed.start()
    assert len(stored) > len(VERSIONS)
    assert_whole(library, stored)


def test_what_is_removed_while_the_server_is_away_is_hidden_and_goes_later(
    library: Path, killed: ChromaServer
) -> None:
    """The error says that it is not done yet; nobody finds the article any more."""
    left = {key: version for key, version in VERSIONS.items() if key != ARTICLES[3].id}
    with open_library(library, write=True) as writer:
        killed.kill()
        with pytest.raises(LibraryError, match="the next run goes on"):
            writer.remove([ARTICLES[3].id])
    with open_library(library) as reader:
        assert reader.versions() == left
    killed.start()
    assert_whole(library, left)


def test_a_lost_server_is_found_and_its_index_made_anew(library: Path, killed: ChromaServer) -> None:
    """An empty server in its place: answers go on, the doctor tells, repairing brings all back."""
    lost = index_of(library)
    with open_library(library) as reader:
        assert _found(reader) == (True, True)
        killed.kill()
        shutil.rmtree(killed.folder)
        killed.start()
        assert _found(reader) == (True, True)
        assert "damaged or missing" in reader.notices[0]
        (finding,) = examine_library(library)
        assert (finding.what, finding.repair) == (
            "The vector index does not hold what the record says",
            REPAIR,
        )
        assert "was rebuilt from the record" in " ".join(repair_library(library))
        assert (_found(reader), reader.notices) == ((True, True), [])
    assert examine_library(library) == []
    assert index_of(library) != lost


def test_an_emptied_collection_is_noticed(library: Path, chroma_server: ChromaServer) -> None:
    """It answers, and finds nothing: the search goes on without it, and the next one says so."""
    with open_library(library) as reader:
        assert _found(reader) == (True, True)
        collection = collections(chroma_server)[index_of(library)]
        ids = [chunk.id for each in ARTICLES for chunk in prepare(each).chunks]
        _post(chroma_server, f"{COLLECTIONS}/{collection}/delete", {"ids": ids})
        assert _found(reader) == (True, True)
        assert _found(reader) == (True, True)
        assert "damaged or missing" in reader.notices[0]
    assert [each.affected for each in examine_library(library)] == ["60 chunks are missing and 0 too many"]
    repair_library(library)
    assert_whole(library, VERSIONS)


def test_the_doctor_says_that_the_server_is_away(library: Path, killed: ChromaServer) -> None:
    """It is a finding beside those of the record, and no repair is promised."""
    killed.kill()
    (finding,) = examine_library(library)
    assert (finding.what, finding.repair) == ("The vector index can't be looked at", "Then ask again.")
    assert killed.url in finding.affected


def test_a_library_moves_to_a_server_and_back(
    tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting decides; vectors are compared until a writer has moved them, and nothing is left."""
    monkeypatch.delenv("FOOTNOTE_CHROMA")
    library = fill(tmp_path / "lib", *ARTICLES)
    monkeypatch.setenv("FOOTNOTE_CHROMA", chroma_server.url)
    with open_library(library) as reader:
        assert _found(reader) == (True, True)
        assert "footnote doctor --repair" in reader.notices[0]
    assert "FOOTNOTE_CHROMA names" in repair_library(library)[0]
    assert_whole(library, VERSIONS)
    there = index_of(library)
    assert (there in collections(chroma_server), list(library.glob("vectors/*"))) == (True, [])
    monkeypatch.delenv("FOOTNOTE_CHROMA")
    assert "FOOTNOTE_CHROMA names none" in repair_library(library)[0]
    assert_whole(library, VERSIONS)
    assert index_of(library).isdecimal()
    monkeypatch.setenv("FOOTNOTE_CHROMA", chroma_server.url)
    repair_library(library)
    assert there not in collections(chroma_server)
    assert_whole(library, VERSIONS)


def test_an_index_that_is_made_anew_leaves_no_collection_behind(
    library: Path, killed: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the old one nor one whose making was cut short stays on the server."""
    first, others = index_of(library), collections(killed).keys() - {index_of(library)}

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, open_library(library, write=True) as writer:
        patch.setattr("ingest.storage.journal.Journal.switch", cut_short)
        with pytest.raises(KeyboardInterrupt):
            writer._writer.indexes.rebuild_vectors("told to")  # type: ignore[union-attr]
    assert len(collections(killed).keys() - others) == 2
    with open_library(library, write=True) as writer:
        writer._writer.indexes.rebuild_vectors("told to")  # type: ignore[union-attr]
        writer._writer.indexes.tidy()  # type: ignore[union-attr]
    assert collections(killed).keys() - others == {index_of(library)}
    assert index_of(library) != first
    assert_whole(library, VERSIONS)


def test_a_restored_backup_has_an_index_of_its_own(library: Path, tmp_path: Path) -> None:
    """Two libraries never write into the same collection."""
    backup_library(library, tmp_path / "backup.zip")
    assert restore_library(tmp_path / "backup.zip", tmp_path / "other") == len(ARTICLES)
    assert index_of(library) != index_of(tmp_path / "other")
    assert_whole(tmp_path / "other", VERSIONS)
    assert_whole(library, VERSIONS)


def test_a_copy_of_the_folder_leaves_the_index_to_the_library(library: Path, tmp_path: Path) -> None:
    """It names the same collection, and makes one of its own before it writes or deletes anything."""
    copy = shutil.copytree(library, tmp_path / "copy")
    with open_library(copy) as reader:
        assert (_found(reader), "damaged or missing" in reader.notices[0]) == ((True, True), True)
    fill(copy, article(40))
    assert index_of(copy) != index_of(library)
    assert_whole(library, VERSIONS)
    assert_whole(copy, VERSIONS | {article(40).id: article(40).version})


def test_settings_that_are_given_name_the_server(
    tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program may open a library by settings of its own, whatever the environment says."""
    monkeypatch.delenv("FOOTNOTE_CHROMA")
    settings = LibrarySettings(library=tmp_path / "lib", chroma=chroma_server.url)
    with Library.open(settings, embedder="words", dimension=2, write=True, create=True):
        pass
    assert index_of(tmp_path / "lib") in collections(chroma_server)


def test_a_poisoned_configuration_builds_nothing(
    library: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write to the server can store one that names code; we never ask for it (CVE-2026-45829)."""

    def built(*_args: object, **_values: object) -> None:
        pytest.fail("an embedding function was built")

    for known in list(functions.known_embedding_functions.values()):
        monkeypatch.setattr(known, "__init__", built)
        monkeypatch.setattr(known, "build_from_config", staticmethod(built), raising=False)
    poison = {"model_name": "evil/model", "kwargs": {"trust_remote_code": True}}
    function = {"type": "known", "name": "sentence_transformer", "config": poison}
    collection = collections(chroma_server)[index_of(library)]
    changed = {"new_configuration": {"embedding_function": function}}
    _post(chroma_server, f"{COLLECTIONS}/{collection}", changed, "PUT")
    fill(library, article(40))
    with open_library(library) as reader:
        assert _found(reader) == (True, True)
    assert examine_library(library) == []


def test_the_finding_names_what_is_missing_of_one_article(library: Path, chroma_server: ChromaServer) -> None:
    """The doctor compares every chunk with the server, not a sample."""
    collection = collections(chroma_server)[index_of(library)]
    lost = prepare(ARTICLES[7]).chunks[1].id
    _post(chroma_server, f"{COLLECTIONS}/{collection}/delete", {"ids": [lost]})
    assert examine_library(library) == [
        Finding(
            "The vector index does not hold what the record says",
            "1 chunks are missing and 0 too many",
            REPAIR,
        )
    ]

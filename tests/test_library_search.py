"""What a search in a library finds: only what is live, through either index and any filter."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import WORDS, article, fill, open_library, prepare, search

import ingest.storage.search
from ingest import Filters, Library

if TYPE_CHECKING:
    from ingest.database_address import LibraryLocation

FIRST, SECOND = article(1), article(2)
DATES = [None, date(2024, 1, 1), date(2024, 1, 30), date(2024, 6, 1), date(9999, 12, 31)]
SOURCES = ["", "Times", "Herald", "naïve Post"]
LANGUAGES = [None, "de", "en"]


@pytest.fixture(params=[0, 5000], ids=["chroma", "scan"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Search through Chroma in one run and by comparing with every vector in the other."""
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", request.param)
    return int(request.param)


def titles(library: Library, words: str) -> list[str]:
    return [hit.article.origin for hit in search(library, words) if hit.keyword_rank == 0]


def test_a_stored_article_is_found_by_words_and_by_vector(any_place: LibraryLocation, way: int) -> None:  # noqa: ARG001
    """A hit carries the chunk, its article, both ranks and the cosine of its vector."""
    fill(any_place, FIRST, SECOND)
    wanted = prepare(SECOND).chunks[1]
    with open_library(any_place) as library:
        hit = search(library, wanted.text)[0]
        assert (hit.chunk, hit.article, hit.keyword_rank, hit.vector_rank) == (wanted, SECOND, 0, 0)
        assert hit.similarity == pytest.approx(1.0, abs=0.002)
        assert hit.keyword_score > 0
        assert library.notices == []


def test_a_hit_of_only_one_index_has_its_similarity_too(any_place: LibraryLocation) -> None:
    """The cosine comes from the record, whichever index found the chunk."""
    fill(any_place, FIRST, SECOND)
    with open_library(any_place) as library:
        vector = WORDS.embed([prepare(SECOND).chunks[0].text])[0]
        hits = library.search("place1", vector, limit=1)
        ranks = [(hit.article.origin, hit.keyword_rank, hit.vector_rank) for hit in hits]
        assert ranks == [("file2.txt", None, 0), ("file1.txt", 0, None)]
        cosines = WORDS.embed([hit.chunk.text for hit in hits]) @ vector
        assert [hit.similarity for hit in hits] == pytest.approx(cosines.tolist(), abs=0.002)


def test_a_new_version_replaces_the_old_one(any_place: LibraryLocation, way: int) -> None:  # noqa: ARG001
    """After an update only the new text is found, and the old version can still be read for old answers."""
    newer = article(1, edition=7)
    path = fill(fill(any_place, FIRST, SECOND), newer)
    with open_library(path) as library:
        assert library.versions() == {FIRST.id: newer.version, SECOND.id: SECOND.version}
        assert {hit.article.version for hit in search(library, "mayor edition0 edition7")} == {
            newer.version,
            SECOND.version,
        }
        assert library.article(FIRST.id) == newer
        assert library.article(FIRST.id, version=FIRST.version) == FIRST
        assert library.count() == (2, 4)


def test_a_version_that_comes_back_is_live_again(any_place: LibraryLocation) -> None:
    """An article that is changed and changed back is stored as it was at first."""
    path = fill(fill(fill(any_place, FIRST), article(1, edition=7)), FIRST)
    with open_library(path) as library:
        assert library.versions() == {FIRST.id: FIRST.version}
        assert titles(library, "place1") == ["file1.txt"]


def test_a_reader_sees_what_another_process_would_have_written(any_place: LibraryLocation, way: int) -> None:  # noqa: ARG001
    """The first search after a write, an update or a removal shows it, without reopening."""
    path = fill(any_place, FIRST)
    with open_library(path) as reader:
        assert titles(reader, "place2") == []
        with open_library(path, write=True) as writer:
            writer.put([prepare(SECOND)])
            assert titles(reader, "place2") == ["file2.txt"]
            writer.put([prepare(article(2, edition=5))])
            assert search(reader, "edition5")[0].article.version == article(2, edition=5).version
            writer.remove([SECOND.id])
            assert titles(reader, "place2") == []
        assert titles(reader, "place1") == ["file1.txt"]
        assert reader.notices == []


def test_many_threads_can_search_while_another_writes(any_place: LibraryLocation, way: int) -> None:  # noqa: ARG001
    """Every search of every thread finds what was live before it started."""
    path = fill(any_place, FIRST)
    wrong: list[object] = []

    def look(library: Library) -> None:
        try:
            found = [titles(library, "place1") for _ in range(20)]
            wrong.extend(each for each in found if each != ["file1.txt"])
        except Exception as error:  # noqa: BLE001  # whatever it is, the test shows it
            wrong.append(error)

    with open_library(path) as reader, open_library(path, write=True) as writer:
        threads = [threading.Thread(target=look, args=(each,)) for each in (reader, writer) * 4]
        for thread in threads:
            thread.start()
        for number in range(2, 8):
            writer.put([prepare(article(number))])
        for thread in threads:
            thread.join()
    assert wrong == []


def test_limits_and_empty_questions_are_no_error(any_place: LibraryLocation) -> None:
    """A question without words still finds by vector, and an empty library finds nothing."""
    with open_library(any_place, create=True) as empty:
        assert (search(empty, "mayor"), empty.count(), empty.span(), empty.articles()) == (
            [],
            (0, 0),
            (None, None),
            [],
        )
    fill(any_place, FIRST)
    with open_library(any_place) as library:
        for words in ("", "   ", "\x00", '"+-:(^~*[{\\', "the of and", "x" * 10_000, "?" * 1000):
            assert [hit.vector_rank for hit in search(library, words, limit=1)][:1] == [0]


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return a library with every combination of date and source, in several languages or an unknown one."""
    pairs = [(day, source) for day in DATES for source in SOURCES]
    stored = [
        replace(article(n), published=day, source=source or None, language=LANGUAGES[n % len(LANGUAGES)])
        for n, (day, source) in enumerate(pairs)
    ]
    return open_library(fill(tmp_path_factory.mktemp("varied") / "lib", *stored))


days = st.sampled_from([None, date.min, *DATES[1:], date(2024, 3, 1), date.max])
some_ids = st.frozensets(st.sampled_from([article(n).id for n in range(20)] + ["none"]), max_size=4)


@st.composite
def periods(draw: st.DrawFn) -> tuple[date | None, date | None]:
    """Two days, the first not later than the last, or one of them, or none."""
    first, last = draw(days), draw(days)
    return (last, first) if first and last and first > last else (first, last)


@given(
    st.builds(
        lambda period, **rest: Filters(*period, **rest),
        periods(),
        sources=st.frozensets(st.sampled_from([*SOURCES, "Nobody"]), max_size=2),
        article_ids=some_ids,
        undated=st.booleans(),
        without=some_ids,
        languages=st.frozensets(st.sampled_from(["de", "en", "fi"]), max_size=2),
    )
)
def test_filters_mean_the_same_everywhere(varied: Library, filters: Filters) -> None:
    """`Filters.allows`, the record's SQL, tantivy's terms and the scan let the same articles through."""
    stored = [varied.article(summary.id) for summary in varied.articles()]
    allowed = {each.id for each in stored if each is not None and filters.allows(each)}
    hits = search(varied, "mayor", filters=filters, limit=100)
    assert {hit.article.id for hit in hits if hit.keyword_rank is not None} == allowed
    assert {hit.article.id for hit in hits if hit.vector_rank is not None} == allowed


def test_a_narrow_filter_still_fills_the_limit(any_place: LibraryLocation, way: int) -> None:  # noqa: ARG001
    """A filter that excludes nearly everything is no reason to find less than there is."""
    far = [article(n, source="Times") for n in range(40)]
    path = fill(any_place, *far, article(90, source="Herald"), article(91, source="Herald"))
    with open_library(path) as library:
        hits = search(library, far[0].text, filters=Filters(sources=frozenset(["Herald"])), limit=4)
        assert sorted(hit.article.origin for hit in hits) == ["file90.txt"] * 2 + ["file91.txt"] * 2

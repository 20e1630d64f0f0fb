"""tantivy as we use it: what matches what, and that no question has a syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import prepare

from ingest import Article, LibraryDamagedError
from ingest.storage.keywords import MOST_TERMS, Keywords, query_terms, version_key

if TYPE_CHECKING:
    from pathlib import Path

STOPPING = Article(text="Trains were not running on Tuesday. Zoë waited.", title="Strike", origin="a")
CAFE = Article(text="The café in Łódź closed early. Its owner left.", title="Coffee and strikes", origin="b")


@pytest.fixture
def keywords(tmp_path: Path) -> Keywords:
    """Return an index with two articles."""
    index = Keywords.open(tmp_path / "index", create=True)
    _add(index, STOPPING)
    _add(index, CAFE)
    return index


def _add(index: Keywords, article: Article) -> None:
    index.add((chunk, article) for chunk in prepare(article).chunks)


def _found(index: Keywords, words: str) -> list[str]:
    known = {STOPPING.id: "stopping", CAFE.id: "cafe"}
    return [known[chunk_id.split("-")[0]] for chunk_id, _ in index.best(words, None, 10)]


MATCHES = [
    ("train", ["stopping"]),
    ("TRAINS RUN", ["stopping"]),
    ("cafe", ["cafe"]),
    ("Cafés", ["cafe"]),
    ("Lodz", ["cafe"]),
    ("zoe", ["stopping"]),
    ("strike", ["stopping", "cafe"]),  # a word of the title counts
    ("the", ["cafe"]),  # a stop word counts where there is nothing else
    ("the train", ["stopping"]),
    ("not were", ["stopping"]),
    ("plane", []),
    ("", []),
    ("?!…", []),
]


@pytest.mark.parametrize(("words", "expected"), MATCHES)
def test_words_match_whatever_their_form(keywords: Keywords, words: str, expected: list[str]) -> None:
    """Case, accents and endings make no difference; stop words only where there is nothing else."""
    assert sorted(_found(keywords, words)) == sorted(expected)


def test_more_matching_words_score_higher(keywords: Keywords) -> None:
    """The best come first, with positive scores."""
    scores = [score for _, score in keywords.best("strike on Tuesday, Zoë?", None, 10)]
    assert _found(keywords, "strike on Tuesday, Zoë?") == ["stopping", "cafe"]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


@given(st.text())
def test_any_text_is_a_question(words: str) -> None:
    """No text is a syntax error, and a long one becomes a bounded number of terms."""
    assert len(query_terms(words.encode("utf-8", "replace").decode())) <= MOST_TERMS


@pytest.mark.parametrize(
    "words", ['"train', "title:train", "+train -waited", "train AND (", "train~9 ^", "\\", "[a TO b]", "*"]
)
def test_no_character_has_a_meaning(keywords: Keywords, words: str) -> None:
    """What other search boxes read as commands is only text."""
    assert set(_found(keywords, words)) <= {"stopping", "cafe"}
    assert ("stopping" in _found(keywords, words)) is ("train" in words)


def test_adding_again_replaces(keywords: Keywords) -> None:
    """The same version of an article is in the index once, however often it is added."""
    _add(keywords, CAFE)
    assert (keywords.count(), keywords.ids()) == (
        2,
        {chunk.id for article in (STOPPING, CAFE) for chunk in prepare(article).chunks},
    )


def test_a_deleted_version_is_not_found(keywords: Keywords) -> None:
    """Deleting takes all chunks of one version, and unknown versions are no error."""
    keywords.delete([version_key(CAFE.id, CAFE.version), version_key("no", "body")])
    assert (keywords.count(), _found(keywords, "strike")) == (1, ["stopping"])


def test_a_second_opener_sees_what_was_written_after_a_reload(tmp_path: Path, keywords: Keywords) -> None:
    """A reader follows the writer when told to."""
    reader = Keywords.open(tmp_path / "index")
    keywords.delete([version_key(CAFE.id, CAFE.version)])
    assert reader.count() == 2
    reader.reload()
    assert reader.count() == 1
    keywords.close()
    keywords.close()


def test_a_damaged_index_is_our_error(tmp_path: Path, keywords: Keywords) -> None:
    """Missing and garbled files are told, with the repair."""
    keywords.close()
    listed = tmp_path / "index" / "meta.json"
    for harm in (lambda: listed.write_text("{"), listed.unlink):
        harm()
        with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
            Keywords.open(tmp_path / "index")

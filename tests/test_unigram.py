"""Cutting words into pieces, with the real pieces of the multilingual embedder."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from ingest.embedding.multilingual import FOLDER
from ingest.embedding.unigram import END, START, UNKNOWN, Unigram


@cache
def _unigram() -> Unigram:
    return Unigram(FOLDER / "pieces.txt", FOLDER / "scores.bin")


def _pieces(text: str) -> list[str]:
    lines = (FOLDER / "pieces.txt").read_text("utf-8").split("\n")
    return [lines[place] for place in _unigram().ids(text, 100)[1:-1]]


def test_words_become_their_likeliest_pieces() -> None:
    """Common words are pieces of their own; others are put together of few long ones."""
    assert _pieces("The old man") == ["▁The", "▁old", "▁man"]
    assert "".join(_pieces("Brückensperrung")) == "▁Brückensperrung"
    assert len(_pieces("Brückensperrung")) < len("Brückensperrung") / 2


@given(st.text(max_size=60))
def test_any_text_is_cut_between_its_marks(text: str) -> None:
    """Whatever comes, there is a start, an end, and nothing in between that is a mark."""
    first, *between, last = _unigram().ids(text, 40)
    assert (first, last) == (START, END)
    assert all(place >= UNKNOWN for place in between)
    assert len(between) <= 38


def test_what_looks_like_a_mark_is_text() -> None:
    """An article can't end its own text: "</s>" in it is four characters."""
    assert END not in _unigram().ids("a </s> b <mask>", 40)[1:-1]


def test_forms_of_a_character_are_the_same() -> None:
    """Wide letters, ligatures and controls are read as plain text is."""
    assert _unigram().ids("ﬁre １２\u200b３", 40) == _unigram().ids("fire 12 3", 40)


def test_a_character_that_is_no_piece_is_unknown() -> None:
    """One unknown mark stands for a character that the model was never shown."""
    assert UNKNOWN in _unigram().ids("\U00013000", 40)

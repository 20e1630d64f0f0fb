"""Which embedder the settings name, and what every embedder is given."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import WordEmbeddings
from hypothesis import given
from hypothesis import strategies as st

from ingest.embedding.embedders import Embedder, load_embedder, readable
from ingest.embedding.minilm import MiniLM
from ingest.embedding.provider_embeddings import ProviderEmbeddings
from ingest.errors import SettingsError
from ingest.settings import LibrarySettings


@pytest.mark.parametrize(
    ("setting", "kind", "name"),
    [
        ("bundled", MiniLM, "all-MiniLM-L6-v2-int8"),
        ("openai:text-embedding-3-small", ProviderEmbeddings, "openai:text-embedding-3-small"),
        ("ollama:nomic-embed-text:v1.5", ProviderEmbeddings, "ollama:nomic-embed-text:v1.5"),
    ],
)
def test_the_settings_name_the_embedder(setting: str, kind: type, name: str) -> None:
    """`bundled` is MiniLM; anything else is asked of LangChain under its own name."""
    embedder = load_embedder(LibrarySettings(embeddings=setting))

    assert (type(embedder), embedder.name) == (kind, name)


def test_a_wrong_setting_is_refused_when_it_is_read() -> None:
    """A name in the wrong form is an error before anything is ingested."""
    with pytest.raises(SettingsError, match=r"^FOOTNOTE_EMBEDDINGS is 'minilm': write 'bundled', or"):
        load_embedder(LibrarySettings(embeddings="minilm"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_readable_text_stays_as_it_is(text: str) -> None:
    """Only what can't be read is changed."""
    assert readable(text, 1_000) == text


@given(st.text(st.characters()), st.integers(0, 20))
def test_any_text_becomes_readable(text: str, characters: int) -> None:
    """The result can be encoded, is no longer than asked for, and replaces no more than halves."""
    found = readable(text, characters)

    assert len(found.encode("utf-8").decode("utf-8")) <= characters
    assert "\ufffd" not in found or any("\ud800" <= char <= "\udfff" or char == "\ufffd" for char in text)


def test_word_embeddings_can_be_worked_out_by_hand() -> None:
    """The vectors that other tests rely on: a word at its place, counted, made length 1."""
    embedder: Embedder = WordEmbeddings(dimension=4)
    boat, fire = WordEmbeddings(dimension=4).place("boat"), WordEmbeddings(dimension=4).place("fire")
    expected = np.zeros((3, 4), np.float32)
    expected[0, boat] = 1
    expected[1, [boat, fire]] = [0.6, 0.8]
    expected[2, 0] = 1

    np.testing.assert_allclose(
        embedder.embed(["Boat boat", "boat fire, fire! boat fire boat fire", ""]), expected
    )

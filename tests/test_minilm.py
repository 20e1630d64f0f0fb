"""The bundled embedder, with its real files."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.embedding.minilm import FILES, MODEL_FOLDER, MiniLM, verify
from ingest.errors import SettingsError

MINILM = MiniLM(threads=2)
TEXTS = [
    "The council closed the bridge.",
    "Who closed the bridge?",
    "",
    "A storm cut power to 60,000 homes overnight and tore the roof from a school in the village. " * 4,
    "Ja.",
]


def test_agrees_with_the_published_similarities() -> None:
    """The authors of sentence-transformers print these three cosines for this model, in 32 bits."""
    vectors = MINILM.embed(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    published = [[1, 0.6660, 0.1046], [0.6660, 1, 0.1411], [0.1046, 0.1411, 1]]

    np.testing.assert_allclose(vectors @ vectors.T, published, atol=0.02)


def test_gives_a_row_of_length_one_for_each_text() -> None:
    """The shape is texts by dimension, in single precision, each row of length 1."""
    vectors = MINILM.embed(TEXTS)

    assert (vectors.shape, vectors.dtype.name) == ((5, MINILM.dimension), "float32")
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@given(st.permutations(range(len(TEXTS))), st.integers(1, 3))
@settings(max_examples=10)
def test_no_text_changes_the_vector_of_another(order: list[int], threads: int) -> None:
    """Alone, in any company and with any number of threads a text has the same vector, bit by bit."""
    together = MiniLM(threads=threads).embed([TEXTS[place] for place in order])

    alone = np.concatenate([MINILM.embed([TEXTS[place]]) for place in order])
    np.testing.assert_array_equal(together, alone)


def test_encode_gives_sentence_and_tokens_together() -> None:
    """The sentence's vector is the one of embed; each token has a row of length 1, marks left out."""
    encoded = MINILM.encode(TEXTS)

    np.testing.assert_array_equal([one.sentence for one in encoded], MINILM.embed(TEXTS))
    assert [one.tokens.shape for one in encoded] == [(6, 384), (5, 384), (0, 384), (84, 384), (2, 384)]
    for one in encoded:
        np.testing.assert_allclose(np.linalg.norm(one.tokens, axis=1), 1, atol=1e-6)


def test_a_token_is_nearest_to_the_same_word() -> None:
    """Late interaction works: each word of a question finds itself in a sentence that has it."""
    question, sentence = MINILM.encode(["bridge mayor", "the mayor opened a bridge"])

    assert (question.tokens @ sentence.tokens.T).argmax(axis=1).tolist() == [4, 1]


def test_reads_the_first_256_tokens() -> None:
    """Start, 254 words and end: what comes after changes nothing."""
    long, longer = "bridge " * 254, "bridge " * 254 + "ferry " * 200

    np.testing.assert_array_equal(*MINILM.embed([long, longer]))
    assert MINILM.encode([longer])[0].tokens.shape == (254, 384)


def test_a_megabyte_is_read_like_its_beginning() -> None:
    """A huge text costs no more than its first characters."""
    text = "A storm cut power. " * 60_000

    np.testing.assert_array_equal(*MINILM.embed([text, text[:5_000]]))


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",  # half of a pair
    "\ud83d\ude00",  # a pair written as two halves
    "😀👩‍👩‍👧",
    "\u202eright to left",
    "\u200b\ufeff",
    " \n\t ",
    "[CLS] [SEP] [PAD] [MASK]",
    "x" * 100_000,  # one word without end
    "中文没有空格" * 1_000,
    "e\u0301" * 2_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_takes_any_text(text: str) -> None:
    """No text breaks the embedder or gives numbers that are not."""
    np.testing.assert_allclose(np.linalg.norm(MINILM.embed([text]), axis=1), 1, atol=1e-6)


@given(st.text(st.characters(), max_size=300))
@settings(max_examples=25)
def test_takes_any_characters(text: str) -> None:
    """Whatever the characters, the vector has length 1."""
    np.testing.assert_allclose(np.linalg.norm(MINILM.embed([text]), axis=1), 1, atol=1e-6)


def test_threads_may_share_it() -> None:
    """Six threads that start with an embedder that is not loaded all get the same vectors."""
    shared = MiniLM(threads=2)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: shared.embed(TEXTS), range(6)))

    np.testing.assert_array_equal(found, [MINILM.embed(TEXTS)] * 6)


def test_nothing_is_read_before_it_is_used() -> None:
    """Name, dimension and the answer to no texts need no files."""
    nowhere = MiniLM(Path("nowhere"))

    assert (nowhere.name, nowhere.dimension) == ("all-MiniLM-L6-v2-int8", 384)
    assert (nowhere.embed([]).shape, nowhere.encode([])) == ((0, 384), [])


def test_the_files_are_those_that_were_made() -> None:
    """The checksums in the repository are those of the files beside them."""
    verify(MODEL_FOLDER)


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_named(tmp_path: Path, name: str) -> None:
    """One byte more and the model is not loaded; the error says which file and what to do."""
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "minilm")
    with (folder / name).open("ab") as file:
        file.write(b"\n")

    with pytest.raises(SettingsError) as caught:
        MiniLM(folder).embed(["hello"])

    assert str(caught.value) == f"{folder / name} is not the file Footnote came with: reinstall Footnote."


@pytest.mark.parametrize("name", [*FILES, "CHECKSUMS"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """A file that is gone is a typed error with its name."""
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "minilm")
    (folder / name).unlink()

    with pytest.raises(SettingsError, match=rf"is damaged \(.*{name}.*\): reinstall Footnote\.$"):
        verify(folder)


@pytest.mark.parametrize("content", ["", "nonsense", "a b c\n", "0 model.onnx"])
def test_damaged_checksums_are_no_excuse(tmp_path: Path, content: str) -> None:
    """A list that lost its lines doesn't let an unverified file pass."""
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "minilm")
    (folder / "CHECKSUMS").write_text(content)

    with pytest.raises(SettingsError, match=r"reinstall Footnote\.$"):
        verify(folder)

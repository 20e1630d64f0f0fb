"""The bundled cross-encoder for relevance, with its real file."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import SettingsError, relevance
from ingest.embedding import crossencoder
from ingest.embedding.crossencoder import WORDS, CrossEncoder
from ingest.embedding.entailment_model import FOLDER as ENTAILMENT
from ingest.embedding.minilm import FILES, verify
from ingest.embedding.relevance_model import FOLDER, bundled_relevance

FIRE = "Ferry burns. Six people were hurt when the Marigold caught fire near the old pier on Sunday."
VOTE = "School to close. The council voted to close Alder School by eleven votes to eight."
OWNER = "Ferry burns. The company that runs the Marigold bought her in 2009 for four million pounds."
PASSAGES = [FIRE, VOTE, OWNER, "", "The council met again, and again voted. " * 60, "Ash", "\u200f\u0000 ش"]


@pytest.mark.parametrize(
    ("question", "answering"),
    [
        ("How many people were injured in the ferry fire?", FIRE),
        ("how did the council vote on alder school", VOTE),
        ("what did the marigold cost her owners", OWNER),
    ],
)
def test_the_passage_that_answers_is_above_the_others(question: str, answering: str) -> None:
    """However a question is typed, the passage that answers it has the highest number."""
    passages = [FIRE, VOTE, OWNER]
    assert passages[int(np.argmax(relevance(question, passages)))] == answering


def test_one_number_a_passage_in_their_order() -> None:
    """Passages of all lengths are run in batches by length, and the numbers come back in the given order."""
    numbers = relevance("Who was hurt?", PASSAGES)
    assert numbers.shape == (len(PASSAGES),)
    assert numbers.dtype == np.float32
    assert np.argsort(-relevance("Who was hurt?", PASSAGES[::-1]))[0] == len(PASSAGES) - 1


@given(st.permutations(range(len(PASSAGES))), st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_company_does_not_change_a_number(order: list[int], threads: int) -> None:
    """Alone, in any batch and with any number of threads a passage has the same number but for rounding."""
    model = CrossEncoder(FOLDER, threads=threads)
    found = model.scores([("Who was hurt?", PASSAGES[place]) for place in order])[:, 0]
    alone = [relevance("Who was hurt?", [PASSAGES[place]])[0] for place in order]
    np.testing.assert_allclose(found, alone, atol=0.05)


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
@settings(max_examples=25, deadline=None)
def test_takes_any_characters(question: str, passage: str) -> None:
    """Whatever the characters, also the model's own marks, the number is one."""
    assert np.isfinite(relevance(question, [passage, "[PAD] [CLS]" + passage])).all()


def test_threads_share_one_model() -> None:
    """Six threads that start with a model that is not loaded get the same numbers."""
    shared = CrossEncoder(FOLDER, threads=2)
    pairs = [("Who was hurt?", passage) for passage in PASSAGES]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: shared.scores(pairs).tolist(), range(6)))
    assert found == [found[0]] * 6
    assert bundled_relevance() is bundled_relevance()


def test_nothing_is_read_before_it_is_used() -> None:
    """The answer to no passages needs no files."""
    assert CrossEncoder(Path("nowhere")).scores([]).tolist() == []


def test_the_file_is_the_one_that_was_made() -> None:
    """The checksum in the repository is that of the file beside it, and its licence is there."""
    verify(FOLDER, (FILES[0], WORDS))
    assert "Apache License" in (FOLDER / "LICENSE").read_text("utf-8")


def test_a_wrong_table_of_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both cross-encoders read their words from one file, and neither is run on another."""
    folder = shutil.copytree(FOLDER, tmp_path / "relevance")
    with (folder / WORDS).open("r+b") as file:
        file.write(b"\x7f")
    monkeypatch.setattr(crossencoder, "WORDS_FOLDER", folder)
    for model in (FOLDER, ENTAILMENT):
        with pytest.raises(SettingsError, match=r"words.bin is not the file Footnote came with: reinstall"):
            CrossEncoder(model).scores([("", "")])


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    """One byte more and the model is not loaded; the error says which file and what to do."""
    folder = shutil.copytree(FOLDER, tmp_path / "relevance")
    with (folder / FILES[0]).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(SettingsError, match=r"model.onnx is not the file Footnote came with: reinstall"):
        CrossEncoder(folder).scores([("", "")])

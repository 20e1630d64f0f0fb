"""The best sentences are read anew by the bundled cross-encoder, which counts beside the features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import answer, rank_sentences
from assistant.retrieval.relevance import MOST, OWN, passage, reread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

READ_ANEW = "assistant.retrieval.relevance.relevance"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which passages are read; the number of each is its first word."""
    noted: list[str] = []

    def scripted(_question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        noted.extend(passages)
        return np.array([float(each.split()[0]) for each in passages], np.float32)

    monkeypatch.setattr(READ_ANEW, scripted)
    return noted


def test_it_is_added_to_the_scores_of_the_best(read: list[str]) -> None:
    """Of two sentences that the features find alike the one comes first that it finds relevant."""
    found = reread("Who?", ["-9 a", "4 b", "-2 c"], np.array([2.0, 1.0, -3.0], np.float32))
    assert read == ["-9 a", "4 b", "-2 c"]
    assert found.logits.tolist() == [-9.0, 4.0, -2.0]
    assert found.scores == pytest.approx([2.0 * OWN - 9, 1.0 * OWN + 4, -3.0 * OWN - 2])


def test_a_follow_up_is_read_with_and_without_the_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The own words count two thirds: what answers the question before is not first."""
    logits = {"how many seats Big Chill views": [6.0, 0.0], "how many seats": [-6.0, 3.0]}
    monkeypatch.setattr(READ_ANEW, lambda question, _: np.array(logits[question], np.float32))
    found = reread(
        "how many seats Big Chill views", ["a", "b"], np.zeros(2, np.float32), own_words="how many seats"
    )
    assert found.logits.tolist() == pytest.approx([-2.0, 2.0])


def test_only_the_best_are_read_and_none_passes_them(read: list[str]) -> None:
    """It takes milliseconds a sentence, so the others keep their order and stay behind all that were read."""
    passages = [f"{-number} sentence" for number in range(MOST + 4)]
    found = reread("Who?", passages, np.linspace(5, 4, MOST + 4).astype(np.float32))
    assert read == passages[:MOST]
    assert np.isnan(found.logits[MOST:]).all()
    scores = found.scores
    assert set(np.argsort(-scores, kind="stable")[MOST:].tolist()) == set(range(MOST, MOST + 4))


@given(st.lists(st.floats(-50, 50, width=32), max_size=MOST * 2))
def test_any_scores_stay_numbers(scores: list[float]) -> None:
    """No sentences, equal ones, more than are read: one finite score each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(READ_ANEW, lambda _, passages: np.full(len(passages), -11.0, np.float32))
        found = reread("Who?", ["a"] * len(scores), np.array(scores, np.float32))
    assert found.scores.shape == (len(scores),)
    assert np.isfinite(found.scores).all()


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Ferry burns", "Ferry burns. Six were hurt."),
        ("Ferry burns. ", "Ferry burns. Six were hurt."),
        ("Who pays?", "Who pays? Six were hurt."),
        (" ", "Six were hurt."),
        ("", "Six were hurt."),
    ],
)
def test_a_sentence_is_read_under_its_title(title: str, read: str) -> None:
    """The title says what the sentence is about; without one the sentence stands alone."""
    assert passage(title, "Six were hurt.") == read


def test_a_sentence_in_other_words_comes_first() -> None:
    """The features count words that are shared; what answers in others is known by reading."""
    texts = [
        "The ferry company, which sails the ferry route all year, had many ferry passengers.",
        "Doctors treated six people for burns after the Marigold went up in flames.",
        "The ferry costs four pounds and leaves every hour.",
    ]
    scores = rank_sentences("how many ferry passengers were injured in the blaze", texts, title="Ferry fire")
    assert int(np.argmax(scores)) == 1


def test_the_sentences_of_a_library_are_read_anew_too(examples_library: Path) -> None:
    """The march has more words in common with the question; where the pupils go is what was asked."""
    given = answer("where will the pupils of Alder Street go to school", library=examples_library)
    assert "The 96 pupils are to move" in given.citations[0].quote

"""A cross-encoder named in the settings: scripted here, because none comes with Footnote."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import answer, find_evidence
from assistant.retrieval.reranker import RERANKED, load_reranker, rerank
from ingest import Article, SettingsError, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


PREFERRED = "The pier was closed until Friday."
TEXT = f"Six people were hurt when the ferry Marigold caught fire on Sunday. {PREFERRED}"
QUESTION = "How many people were hurt in the ferry fire?"


class Scripted:
    """Gives each text the number that stands in its script, and 0 to the others."""

    def __init__(self, **script: float) -> None:
        self.script = script
        self.read: list[str] = []

    def score(self, _question: str, texts: Sequence[str]) -> list[float]:
        """Note what is read and look it up."""
        self.read += texts
        return [self.script.get(text, 0.0) for text in texts]

    rerank = score


def ordered(texts: Sequence[str], scores: Sequence[float], reranker: Scripted) -> list[str]:
    given_scores = np.array(scores, dtype=np.float32)
    return [texts[place] for place in np.argsort(-rerank(reranker, "Who?", texts, given_scores))]


def test_it_decides_between_close_sentences() -> None:
    """Of two sentences that the own ranking finds alike, the cross-encoder's comes first."""
    assert ordered(["a", "b", "c"], [2.0, 1.9, -3.0], Scripted(b=5.0)) == ["b", "a", "c"]


def test_it_reads_only_the_best() -> None:
    """Beyond the limit sentences are not read, and none of them passes one that was."""
    texts = [str(number) for number in range(RERANKED + 5)]
    reranker = Scripted(**{str(RERANKED - 1): 9.0})
    order = ordered(texts, [float(-number) for number in range(len(texts))], reranker)
    assert reranker.read == texts[:RERANKED]
    assert set(order[-5:]) == set(texts[RERANKED:])


@given(
    st.lists(st.floats(-50, 50, width=32), max_size=40),
    st.lists(st.floats(width=32), min_size=40, max_size=40),
)
def test_any_numbers_give_numbers(scores: list[float], theirs: list[float]) -> None:
    """Whatever the cross-encoder returns, infinite or not a number, every score stays finite."""
    texts = [str(number) for number in range(len(scores))]
    script = Scripted(**dict(zip(texts, theirs, strict=False)))
    assert np.isfinite(rerank(script, "Who?", texts, np.array(scores, dtype=np.float32))).all()


def test_none_is_named() -> None:
    """Without a name there is no cross-encoder."""
    assert load_reranker(" ") is None


@pytest.mark.parametrize("name", ["ms-marco", "fastembed:", "cohere:rerank"])
def test_a_wrong_name_says_how_to_write_it(name: str) -> None:
    """A name that is not package:model is refused with an example."""
    with pytest.raises(SettingsError, match="package:model, for example"):
        load_reranker(name)


@pytest.mark.parametrize("package", ["fastembed", "sentence-transformers"])
def test_a_missing_package_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed the message says what to install."""
    monkeypatch.setitem(sys.modules, package.replace("-", "_"), None)
    with pytest.raises(SettingsError, match=f"pip install {package}"):
        load_reranker(f"{package}:some/model")


@pytest.fixture
def fastembed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of that name whose cross-encoder is scripted, and which knows one model."""

    def cross_encoder(model_name: str) -> Scripted:
        if model_name != "known":
            raise ValueError("unknown model")
        return Scripted(**{"yes": 1.0, PREFERRED: 9.0})

    inner = ModuleType("fastembed.rerank.cross_encoder")
    inner.TextCrossEncoder = cross_encoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fastembed", ModuleType("fastembed"))
    monkeypatch.setitem(sys.modules, "fastembed.rerank", ModuleType("fastembed.rerank"))
    monkeypatch.setitem(sys.modules, "fastembed.rerank.cross_encoder", inner)


@pytest.mark.usefixtures("fastembed")
def test_the_package_is_used() -> None:
    """A named model is loaded by its package and scores the texts in their order."""
    reranker = load_reranker("fastembed:known")
    assert reranker is not None
    assert list(reranker.score("Who?", ["no", "yes"])) == [0.0, 1.0]


@pytest.mark.usefixtures("fastembed")
def test_a_model_that_does_not_load_is_a_setting() -> None:
    """What the package raises for an unknown model becomes a message about the setting."""
    with pytest.raises(SettingsError, match="could not be loaded by fastembed"):
        load_reranker("fastembed:unknown")


@pytest.mark.usefixtures("fastembed")
def test_the_setting_changes_what_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a cross-encoder named in the settings the sentence that it prefers comes first, and is quoted."""
    ingest_articles([Article(text=TEXT, title="Ferry fire", origin="ferry.txt")], tmp_path)
    assert find_evidence(QUESTION, library=tmp_path)[0].citation.quote != PREFERRED
    monkeypatch.setenv("FOOTNOTE_RERANKER", "fastembed:known")
    found = find_evidence(QUESTION, library=tmp_path)
    assert [item.citation.quote for item in found] == [PREFERRED, TEXT.removesuffix(f" {PREFERRED}")]
    assert answer(QUESTION, library=tmp_path).citations[0].quote == PREFERRED


def test_a_wrong_setting_is_told_when_somebody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that can't be used is no ranking without it, which nobody would notice."""
    ingest_articles([Article(text=TEXT, title="Ferry fire", origin="ferry.txt")], tmp_path)
    monkeypatch.setenv("FOOTNOTE_RERANKER", "ms-marco")
    with pytest.raises(SettingsError, match="package:model, for example"):
        answer(QUESTION, library=tmp_path)


def test_what_was_not_read_stays_behind_what_was_read_badly() -> None:
    """A sentence that the cross-encoder puts far down still comes before those it has not read."""
    texts = [str(number) for number in range(RERANKED + 3)]
    scores = [50.0, *(1.0 - number / 1000 for number in range(1, len(texts)))]
    order = ordered(texts, scores, Scripted(**{"7": -90.0}))
    assert order[RERANKED - 1] == "7"
    assert set(order[RERANKED:]) == set(texts[RERANKED:])

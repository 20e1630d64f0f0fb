"""A model named in the settings that reads statements: scripted here, because none comes with Footnote."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faultserver import Says
from hypothesis import given
from hypothesis import strategies as st
from writing import FIRE, QUESTION, key_of, written_by

from assistant import Support, answer, check_statement
from assistant.checking.entailment import entailments
from assistant.checking.heads import Head, head_of
from assistant.checking.reader import BundledReader, load_reader, reader
from ingest import SettingsError, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TEXT = "Six people were hurt when the ferry Marigold caught fire on Sunday."
STATEMENT = "Six people were hurt in the fire."
NLI = ("Contradiction", "ENTAILMENT", "neutral")


@dataclass
class CrossEncoder:
    """A cross-encoder of sentence-transformers: the same outputs for every pair."""

    model: str
    row: tuple[float, ...] = (0.0, 9.0, 0.0)
    labels: tuple[str, ...] = NLI

    def __post_init__(self) -> None:
        self.read: list[tuple[str, str]] = []
        if self.model == "missing":
            raise OSError("a path of this machine")

    @property
    def config(self) -> SimpleNamespace:
        """Return the labels as transformers has them."""
        return SimpleNamespace(id2label=dict(enumerate(self.labels)))

    def predict(
        self, pairs: list[tuple[str, str]], *, activation_fn: Callable[[Any], Any], show_progress_bar: bool
    ) -> Any:
        """Note what is read."""
        assert not show_progress_bar
        self.read += pairs
        return activation_fn(np.array([self.row] * len(pairs), dtype=np.float32))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[CrossEncoder]:
    """A package of that name; each model knows by its name what it says and how its outputs are called."""
    made: list[CrossEncoder] = []
    scripts: dict[str, dict[str, Any]] = {
        "no": {"row": (9.0, 0.0, 0.0)},
        "unnamed": {"labels": ("LABEL_0", "LABEL_1", "LABEL_2")},
        "lytang/MiniCheck-Tiny": {"row": (0.0, 9.0), "labels": ("LABEL_0", "LABEL_1")},
        "two": {"row": (9.0, 0.0), "labels": ("supported", "not-supported")},
        "other outputs": {"row": (1.0,)},
        "not a number": {"row": (float("nan"), 9.0, 0.0)},
    }

    def cross_encoder(model: str) -> CrossEncoder:
        made.append(CrossEncoder(model, **scripts.get(model, {})))
        return made[-1]

    package = ModuleType("sentence_transformers")
    package.CrossEncoder = cross_encoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    load_reader.__globals__["_load"].cache_clear()
    return made


@pytest.mark.parametrize(
    ("labels", "head"),
    [
        (("entailment", "neutral", "contradiction"), Head(0, 2, 3)),
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), Head(2, 0, 3)),
        (("Supports", "REFUTES", "not enough info"), Head(0, 1, 3)),
        (("not_entailment", "entailment"), Head(1, None, 2)),
        (("Supported", "unsupported"), Head(0, None, 2)),
        (("hallucinated", "consistent"), Head(1, None, 2)),
    ],
)
def test_labels_say_which_output_is_which(labels: tuple[str, ...], head: Head) -> None:
    """Three and two outputs are read in any order and case, under the names that models give them."""
    assert head_of("some/model", labels) == head


@pytest.mark.parametrize(
    "labels",
    [
        (),
        ("LABEL_0",),
        ("LABEL_0", "LABEL_1"),
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("positive", "neutral", "negative"),
        ("entailment", "neutral"[::-1], "contradiction"),
        ("entailment", "supported"),
        ("entailment", "neutral", "contradiction", "contradiction"),
    ],
)
def test_labels_that_say_nothing_are_refused(labels: tuple[str, ...]) -> None:
    """Nothing is guessed: the message has the labels and what to do."""
    with pytest.raises(SettingsError, match="id2label as entailment, contradiction and neutral"):
        head_of("some/model", labels)


def test_minicheck_has_two_outputs_without_names() -> None:
    """Its second one means supported; three without names are refused also there."""
    assert head_of("lytang/MiniCheck-RoBERTa-Large", ("LABEL_0", "LABEL_1")) == Head(1, None, 2)
    with pytest.raises(SettingsError):
        head_of("lytang/MiniCheck-RoBERTa-Large", ("LABEL_0", "LABEL_1", "LABEL_2"))


@given(st.lists(st.lists(st.floats(width=32), min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_outputs_are_probabilities(rows: list[list[float]]) -> None:
    """Whatever a model gives comes to shares of one; what is no number, or infinite, carries nothing."""
    for row, (carried, denied, not_said) in zip(rows, Head(1, 0, 3).readings(np.array(rows)), strict=True):
        assert carried + denied + not_said == pytest.approx(1)
        assert min(carried, denied, not_said) >= 0
        assert np.isfinite(row).all() or (carried, denied, not_said) == (0, 0, 1)


def test_a_named_model_reads_text_and_statement(made: list[CrossEncoder]) -> None:
    """The text comes first, as classifiers learned it, and the outputs become probabilities."""
    named = load_reader("sentence-transformers:nli")
    assert named is not None
    ((carried, denied, not_said),) = named.read([(STATEMENT, TEXT)])
    assert made[0].read == [(TEXT, STATEMENT)]
    assert (carried > 0.99, denied < 0.01, not_said < 0.01) == (True, True, True)
    assert named.read([]) == []


@pytest.mark.usefixtures("made")
def test_two_outputs_know_no_denial() -> None:
    """What two outputs don't carry is not said, and never denied."""
    for name in ("two", "lytang/MiniCheck-Tiny"):
        named = load_reader(f"sentence-transformers:{name}")
        assert named is not None
        ((carried, denied, not_said),) = named.read([(STATEMENT, TEXT)])
        assert (carried > 0.99, denied, not_said) == (True, 0.0, 1 - carried)


@pytest.mark.usefixtures("made")
def test_the_check_reads_by_the_named_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that carries everything, and one that carries nothing, give the highest and lowest logit."""
    assert isinstance(reader(), BundledReader)
    monkeypatch.setenv("FOOTNOTE_CHECKER", "sentence-transformers:yes")
    assert entailments([STATEMENT, STATEMENT], [TEXT])[0].carried > 8
    surely = check_statement(STATEMENT, TEXT).score
    monkeypatch.setenv("FOOTNOTE_CHECKER", "sentence-transformers:no")
    assert entailments([STATEMENT, STATEMENT], [TEXT])[0].carried < -8
    assert check_statement(STATEMENT, TEXT).score < surely


@pytest.mark.usefixtures("made")
def test_a_wrong_number_stays_wrong_whoever_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model outvotes what is found by comparing."""
    monkeypatch.setenv("FOOTNOTE_CHECKER", "sentence-transformers:yes")
    assert check_statement("Nine people were hurt in the fire.", TEXT).support is Support.UNSUPPORTED


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nli-deberta", "package:model, for example"),
        ("fastembed:", "package:model, for example"),
        ("cohere:nli", "package:model, for example"),
        ("sentence-transformers:unnamed", "its labels are LABEL_0, LABEL_1, LABEL_2"),
        ("sentence-transformers:missing", r"could not be loaded by sentence-transformers \(OSError\)"),
    ],
)
def test_a_model_that_can_not_be_used_is_a_setting(name: str, words: str) -> None:
    """Each reason is a sentence that says what to do, without what the package said."""
    with pytest.raises(SettingsError, match=words) as raised:
        load_reader(name)
    assert "a path of this machine" not in str(raised.value)


@pytest.mark.usefixtures("made")
def test_another_number_of_outputs_is_told() -> None:
    """A model that doesn't do what its labels say can't be used."""
    named = load_reader("sentence-transformers:other outputs")
    assert named is not None
    with pytest.raises(SettingsError, match="another number of outputs"):
        named.read([(STATEMENT, TEXT)])
    unread = load_reader("sentence-transformers:not a number")
    assert unread is not None
    assert unread.read([(STATEMENT, TEXT)]) == [(0.0, 0.0, 1.0)]


@pytest.mark.parametrize("package", ["fastembed", "sentence-transformers"])
def test_a_missing_package_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed the message says what to install."""
    monkeypatch.setitem(sys.modules, package.replace("-", "_"), None)
    with pytest.raises(SettingsError, match=f"FOOTNOTE_CHECKER needs .*pip install {package}"):
        load_reader(f"{package}:some/model of nobody")


def test_a_wrong_checker_is_told_before_a_model_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody pays for an answer that can't be checked."""
    ingest_articles([FIRE], tmp_path / "library")
    monkeypatch.setenv("FOOTNOTE_CHECKER", "nonsense")
    with written_by(monkeypatch) as server:
        with pytest.raises(SettingsError, match="FOOTNOTE_CHECKER=nonsense"):
            answer(QUESTION, library=tmp_path / "library")
        assert server.asked == []


@pytest.mark.usefixtures("made")
def test_a_written_answer_is_checked_by_the_named_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings reach the check of answers, too."""
    ingest_articles([FIRE], tmp_path / "library")
    monkeypatch.setenv("FOOTNOTE_CHECKER", "sentence-transformers:answers")
    monkeypatch.setenv("FOOTNOTE_CHECK", "local")
    with written_by(monkeypatch) as server:
        key = key_of(server, tmp_path / "library", "Six people")
        server.script = [Says([f"{TEXT} [{key}]"])]
        given = answer(QUESTION, library=tmp_path / "library")
    assert given.statements[0].support is Support.SUPPORTED


class Inner:
    """What fastembed has inside: a tokenizer and a session of onnxruntime."""

    def __init__(self, folder: Path) -> None:
        self._model_dir = folder
        self.model = self

    def tokenize(self, pairs: Sequence[tuple[str, str]]) -> list[SimpleNamespace]:
        """Make one token of each pair."""
        return [SimpleNamespace(ids=[len(text)], attention_mask=[1], type_ids=[0]) for text, _ in pairs]

    def get_inputs(self) -> list[SimpleNamespace]:
        """Want two of the three inputs."""
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def run(self, outputs: None, inputs: dict[str, Any]) -> list[Any]:
        """Carry what is long."""
        assert (outputs, sorted(inputs)) == (None, ["attention_mask", "input_ids"])
        return [np.array([[0.0, 0.0, float(ids[0])] for ids in inputs["input_ids"]])]


def test_fastembed_gives_all_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is used as it lies there, a model that isn't listed is registered, batches are joined."""
    labels = {"2": "entailment", "0": "contradiction", "1": "neutral"}
    (tmp_path / "config.json").write_text(json.dumps({"id2label": labels}))
    registered: list[tuple[str, object]] = []

    class TextCrossEncoder:
        def __init__(self, model_name: str, specific_model_path: str | None = None) -> None:
            assert specific_model_path == (None if model_name == "Listed" else model_name)
            self.model = Inner(tmp_path)

        @staticmethod
        def list_supported_models() -> list[dict[str, str]]:
            return [{"model": "Listed"}]

        @staticmethod
        def add_custom_model(model: str, sources: object) -> None:
            registered.append((model, sources))

    modules: dict[str, dict[str, Any]] = {
        "fastembed": {},
        "fastembed.common": {},
        "fastembed.common.model_description": {"ModelSource": lambda hf: f"hf {hf}"},
        "fastembed.rerank": {},
        "fastembed.rerank.cross_encoder": {"TextCrossEncoder": TextCrossEncoder},
    }
    for name, things in modules.items():
        module = ModuleType(name)
        module.__dict__.update(things)
        monkeypatch.setitem(sys.modules, name, module)
    folder = load_reader(f"fastembed:{tmp_path}")
    assert folder is not None
    assert load_reader("fastembed:Listed") is not None
    assert registered == [(str(tmp_path), f"hf {tmp_path}")]
    found = folder.read([(STATEMENT, "x" * 9)] * 40 + [(STATEMENT, "")])
    assert [round(carried, 2) for carried, _, _ in found] == [1.0] * 40 + [0.33]

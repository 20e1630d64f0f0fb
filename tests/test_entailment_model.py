"""The bundled model of entailment, with its real file, and what the check asks it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.entailment import entailments
from ingest import SettingsError, entailment
from ingest.embedding.crossencoder import CrossEncoder
from ingest.embedding.entailment_model import FOLDER, LABELS, bundled_entailment
from ingest.embedding.minilm import FILES, verify

FIRE = "Six people were hurt when the ferry Marigold caught fire near the old pier on Sunday."
VOTE = "The council voted to close Alder School by eleven votes to eight."
PAIRS = [
    ("The ferry Marigold burned on Sunday.", FIRE),
    ("The council closed Alder School after months of protest by teachers.", FIRE),
    ("", VOTE),
    ("Alder School will be closed.", ""),
    ("A majority of the council was for closing Alder School. " * 40, VOTE),
]


@pytest.mark.parametrize(
    ("statement", "carrying", "other"),
    [
        ("The Marigold caught fire on a Sunday.", FIRE, VOTE),
        ("The council decided that the school would close.", VOTE, FIRE),
        ("The ferry fire left six people injured.", FIRE, "The ferry Marigold was sold on Sunday."),
    ],
)
def test_the_sentence_that_says_so_is_told_from_one_that_does_not(
    statement: str, carrying: str, other: str
) -> None:
    """Freely worded statements are carried by their sentence, and by no other about the same."""
    (yes, *_), (no, *_) = entailment([(statement, carrying), (statement, other)])
    assert yes > 0.5 > no


def test_a_denial_is_told_from_what_is_not_said() -> None:
    """What the text says the reverse of is denied; what it is silent about is not said."""
    statement = "The council voted to keep Alder School open."
    denied, silent = entailment([(statement, VOTE), (statement, FIRE)])
    assert LABELS[int(np.argmax(denied))] == "denied"
    assert LABELS[int(np.argmax(silent))] == "not said"


@given(st.permutations(range(len(PAIRS))), st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_no_pair_changes_the_numbers_of_another(order: list[int], threads: int) -> None:
    """Alone, in any company and with any number of threads a pair has the same numbers but for rounding."""
    model = CrossEncoder(FOLDER, threads=threads, outputs=len(LABELS))
    together = model.scores([PAIRS[place] for place in order])
    alone = [model.scores([PAIRS[place]])[0] for place in order]
    np.testing.assert_allclose(together, alone, atol=0.05)


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
@settings(max_examples=25, deadline=None)
def test_takes_any_characters(statement: str, text: str) -> None:
    """Whatever the characters, there are three probabilities."""
    found = entailment([(statement, text)])
    assert found.shape == (1, len(LABELS))
    assert found.sum() == pytest.approx(1.0, abs=1e-5)


def test_threads_may_share_it() -> None:
    """Six threads that start with a model that is not loaded all get the same numbers."""
    shared = CrossEncoder(FOLDER, threads=2, outputs=len(LABELS))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: shared.scores(PAIRS).tolist(), range(6)))
    assert found == [found[0]] * 6
    assert bundled_entailment() is bundled_entailment()


def test_nothing_is_read_before_it_is_used() -> None:
    """The answer to no pairs needs no files, and has a row for none."""
    assert CrossEncoder(Path("nowhere"), outputs=3).scores([]).shape == (0, 3)
    assert entailment([]).shape == (0, 3)


def test_the_file_is_the_one_that_was_made() -> None:
    """The checksum in the repository is that of the file beside it, and its licence is there."""
    verify(FOLDER, FILES[:1])
    assert "Apache License" in (FOLDER / "LICENSE").read_text("utf-8")


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    """One byte more and the model is not loaded; the error says which file and what to do."""
    folder = shutil.copytree(FOLDER, tmp_path / "entailment")
    with (folder / FILES[0]).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(SettingsError, match=r"model.onnx is not the file Footnote came with: reinstall"):
        CrossEncoder(folder, outputs=len(LABELS)).scores(PAIRS)


def test_sentences_are_read_together_and_alone() -> None:
    """What two sentences say in parts is read in both, and in each only its part."""
    said = "Six people were hurt."
    both, (first, second) = entailments([said, said, said], [FIRE, VOTE])
    assert both.carried > 0
    assert first.carried > 0 > second.carried
    (alone, (again,)) = entailments([said, said], [FIRE])
    assert alone == again == first


def test_what_stands_around_is_read_with_it() -> None:
    """The title tells whom the sentence calls "he"."""
    said, text = "Emil Karas keeps the lighthouse.", "He keeps the lighthouse."
    other, _ = entailments([said, said], [text], "Ruth Falk, keeper of the lighthouse.")
    titled, _ = entailments([said, said], [text], "Emil Karas, keeper of the lighthouse.")
    assert titled.carried > other.carried

"""The bundled cross-encoder, with its real file, and what the check asks it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.entailment import MOST_CLAUSES, clauses, entailments
from ingest import SettingsError
from ingest.embedding.crossencoder import CROSSENCODER_FOLDER, CrossEncoder
from ingest.embedding.minilm import FILES, verify

MODEL = CrossEncoder(threads=2)
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
        ("Eleven members of the council voted for the closure of the school.", VOTE, FIRE),
        ("The ferry fire left six people injured.", FIRE, "The ferry Marigold was sold on Sunday."),
    ],
)
def test_the_sentence_that_says_so_is_told_from_one_that_does_not(
    statement: str, carrying: str, other: str
) -> None:
    """Freely worded statements are carried by their sentence, and by no other about the same."""
    yes, no = MODEL.carries([(statement, carrying), (statement, other)])
    assert yes > 0 > no


@given(st.permutations(range(len(PAIRS))), st.integers(1, 3))
@settings(max_examples=10)
def test_no_pair_changes_the_number_of_another(order: list[int], threads: int) -> None:
    """Alone, in any company and with any number of threads a pair has the same number."""
    together = CrossEncoder(threads=threads).carries([PAIRS[place] for place in order])
    assert together == [MODEL.carries([PAIRS[place]])[0] for place in order]


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
@settings(max_examples=25)
def test_takes_any_characters(statement: str, text: str) -> None:
    """Whatever the characters, the number is one."""
    assert np.isfinite(MODEL.carries([(statement, text)])).all()


def test_threads_may_share_it() -> None:
    """Six threads that start with a model that is not loaded all get the same numbers."""
    shared = CrossEncoder(threads=2)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: shared.carries(PAIRS), range(6)))
    assert found == [MODEL.carries(PAIRS)] * 6


def test_nothing_is_read_before_it_is_used() -> None:
    """The answer to no pairs needs no files."""
    assert CrossEncoder(Path("nowhere")).carries([]) == []


def test_the_file_is_the_one_that_was_made() -> None:
    """The checksum in the repository is that of the file beside it."""
    verify(CROSSENCODER_FOLDER, FILES[:1])


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    """One byte more and the model is not loaded; the error says which file and what to do."""
    folder = shutil.copytree(CROSSENCODER_FOLDER, tmp_path / "crossencoder")
    with (folder / FILES[0]).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(SettingsError, match=r"model.onnx is not the file Footnote came with: reinstall"):
        CrossEncoder(folder).carries(PAIRS)


def test_a_statement_is_read_by_its_clauses() -> None:
    """The clause that the sentence does not carry shows, however well it carries the others."""
    said, _ = entailments("Six people were hurt on the ferry, and the captain was arrested.", [FIRE])
    assert said.worst < 0 < MODEL.carries([("Six people were hurt on the ferry.", FIRE)])[0]
    assert said.worst <= said.mean


def test_sentences_are_read_together_and_alone() -> None:
    """What two sentences say in parts is read in both, and in each only its part."""
    both, (first, second) = entailments("Six people were hurt.", [FIRE, VOTE])
    assert first.whole > 0 > second.whole
    assert both.best == first.whole
    assert entailments("Six people were hurt.", [FIRE])[0] == first


@given(st.text(max_size=400))
@settings(max_examples=50)
def test_clauses_are_pieces_of_the_statement(statement: str) -> None:
    """None or several, in order, each a piece of the text; a list is not read without end."""
    found = clauses(statement)
    assert len(found) != 1
    assert len(found) <= MOST_CLAUSES
    place = 0
    for clause in found:
        place = statement.index(clause, place) + len(clause)

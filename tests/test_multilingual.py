"""The bundled multilingual embedder, with its real files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest.embedding.multilingual import FOLDER, MultilingualE5
from ingest.errors import SettingsError
from ingest.storage.second_vectors import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

MODEL = MultilingualE5(threads=2)
SENTENCES = (
    "Six people were hurt when the ferry caught fire on Sunday.",
    "Le pont restera fermé pendant onze mois, a annoncé la mairie.",
    "Der Leuchtturm wird für 2,4 Millionen Kronen restauriert.",
    "Новая больница откроется в сентябре, сообщил министр.",
    "市議会は学校の給食を無料にすることを決めた。",
)
QUESTIONS = (
    ("Wie viele Menschen wurden bei dem Brand auf der Fähre verletzt?", 0),
    ("How long will the bridge be closed?", 1),
    ("Combien coûte la restauration du phare ?", 2),
    ("¿Cuándo abrirá el nuevo hospital?", 3),
    ("What did the council decide about school meals?", 4),
)


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_a_question_is_nearest_to_its_answer_in_any_language(question: str, answer: int) -> None:
    """Question and answer need no word, and no letter, in common."""
    likeness = MODEL.embed(SENTENCES) @ MODEL.embed_questions([question])[0]
    assert int(likeness.argmax()) == answer


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_what_answers_has_the_highest_logit_in_any_language(question: str, answer: int) -> None:
    """Each text is held against the question."""
    assert int(MODEL.held_against([question], SENTENCES).argmax()) == answer


def test_a_text_has_the_same_logit_alone_and_in_company() -> None:
    """What else is held against a question changes nothing; nothing held gives nothing."""
    questions = [question for question, _ in QUESTIONS[:2]]
    together = MODEL.held_against(questions, SENTENCES)
    assert together.shape == (2, len(SENTENCES))
    for question, logits in zip(questions, together, strict=True):
        alone = [MODEL.held_against([question], [text])[0, 0] for text in SENTENCES]
        np.testing.assert_array_equal(logits, alone)
    assert MODEL.held_against(questions, []).shape == (2, 0)


def test_gives_a_row_of_length_one_for_each_text() -> None:
    """The shape is texts by dimension, in single precision, each row of length 1; also of an empty text."""
    vectors = MODEL.embed([*SENTENCES, ""])
    assert (vectors.shape, vectors.dtype.name) == ((6, MODEL.dimension), "float32")
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert MODEL.embed([]).shape == (0, MODEL.dimension)


def test_no_text_changes_the_vector_of_another() -> None:
    """Alone and in company, with any number of threads, a text has the same vector, bit by bit."""
    alone = np.concatenate([MultilingualE5().embed([text]) for text in SENTENCES[:2]])
    np.testing.assert_array_equal(MODEL.embed(SENTENCES)[:2], alone)


def test_files_that_were_changed_are_refused(tmp_path: Path) -> None:
    """A model with one byte changed is not used."""
    folder = tmp_path / "e5"
    shutil.copytree(FOLDER, folder)
    for changed in ("answers.onnx", "scores.bin"):
        file = folder / changed
        file.write_bytes(b"\x01" + file.read_bytes()[1:])
        with pytest.raises(SettingsError, match="reinstall Footnote"):
            MultilingualE5(folder).held_against(["x"], ["y"])
    with pytest.raises(SettingsError, match="reinstall Footnote"):
        MultilingualE5(folder).embed(["x"])


def test_stored_vectors_name_the_embedder_that_made_them() -> None:
    """Vectors of another embedder could not be compared with those of the bundled one."""
    assert FORMAT.startswith(f"{MODEL.name}/")

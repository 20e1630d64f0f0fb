"""Evaluating a model on a file of questions: reading it, counting, and the command."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from faultserver import Says
from writing import FIRE, QUESTION, written_by

from assistant import Answer
from assistant.cli.evaluation import evaluate, outcome, summary
from assistant.cli.question_files import GradedQuestion, passages_of, read_questions
from ingest import SourceError, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday."
LINE = {"question": QUESTION, "answers": ["six"], "gold": [SIX], "answerable": True, "asked_on": "2026-05-05"}


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"q": 1}', '{"question": "x", "asked_on": "May"}'])
def test_a_file_that_is_no_list_of_questions_is_refused(tmp_path: Path, text: str) -> None:
    """The error names the file and says what it should hold."""
    path = tmp_path / "questions.jsonl"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"questions\.jsonl"):
        read_questions(path)


TOWER = "The tower of Vell was built in 1911 by Ida Moor ."
SPACED = {
    "input": "who built the tower of vell",
    "passages": [{"title": "Vell", "text": f"{TOWER} It has 200 steps .", "sentences": [TOWER]}],
    "output": [{"answer": "Ida Moor built it.", "selected_sentences": [TOWER]}],
}
TALKED = {
    "input": [
        {"speaker": "user", "text": "Who built the tower of Vell?"},
        {"speaker": "agent", "text": "Ida Moor."},
        {"speaker": "user", "text": "How many steps has it?"},
    ],
    "contexts": [{"document_id": "v1", "text": "The tower of Vell has 200 steps."}],
    "answerability": ["UNANSWERABLE"],
}


@pytest.mark.parametrize("name", ["questions.jsonl", "questions.jsonl.gz"])
def test_public_collections_are_read_as_they_are(tmp_path: Path, name: str) -> None:
    """Questions with passages, and conversations, gzipped or not, become questions with what they bring."""
    path = tmp_path / name
    text = "\n".join(json.dumps(item) for item in (SPACED, TALKED))
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    spaced, talked = read_questions(path)
    assert (spaced.text, spaced.gold, spaced.answerable) == (SPACED["input"], (TOWER,), True)
    assert (talked.text, talked.history, talked.answerable) == (
        "How many steps has it?",
        (("Who built the tower of Vell?", "Ida Moor."),),
        False,
    )
    assert [item.title for item in passages_of([spaced, talked, talked])] == ["Vell", "v1"]
    assert read_questions(path, limit=1) == [spaced]


@pytest.mark.parametrize(
    "line", [{"input": []}, {"input": "x", "passages": [1]}, {"input": [{"speaker": 1}]}]
)
def test_a_form_that_is_not_known_is_refused(tmp_path: Path, line: object) -> None:
    """The error names the line and says where the forms are described."""
    with pytest.raises(SourceError, match="no form that is known"):
        read_questions(written(tmp_path / "questions.jsonl", LINE, line))


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    """A file that only claims to be gzipped, or is cut short, is an error with the file's name."""
    path = tmp_path / "questions.jsonl.gz"
    for damaged in (b"no archive", gzip.compress(json.dumps(LINE).encode() * 50)[:-20]):
        path.write_bytes(damaged)
        with pytest.raises(SourceError, match=r"questions\.jsonl\.gz"):
            read_questions(path)


def test_a_library_can_be_made_of_the_passages_of_the_file(tmp_path: Path, footnote: Footnote) -> None:
    """Gold sentences are found however the collection spaces them, and no library has to be there."""
    path = written(tmp_path / "questions.jsonl", SPACED)
    figures = json.loads(footnote("eval", path, "--passages", "--json").out)["summary"]
    assert (figures["answered"], figures["citation recall"]) == (1.0, 1.0)
    bare = footnote("eval", written(tmp_path / "bare.jsonl", LINE), "--passages")
    assert (bare.code, "brings no passages" in bare.err) == (1, True)


def test_figures_of_nothing_are_not_zero() -> None:
    """What the file says nothing about is left out of the figures."""
    none = Answer(question="x", answered=False, confidence=0.0)
    figures = summary([outcome(GradedQuestion("x"), none, 1.0)])
    assert (figures["answered"], figures["citation recall"], figures["supported"], figures["cost"]) == (
        0,
        None,
        None,
        None,
    )


def test_the_command_reports_figures_json_and_a_plot(
    tmp_path: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answered, right, cited, supported, tokens and cost, judging included, for people and programs."""
    ingest_articles([FIRE])
    path = written(
        tmp_path / "questions.jsonl", LINE, {"question": "Why is tungsten hard?", "answerable": False}
    )
    with written_by(monkeypatch) as server:
        server.script = [Says([f"{SIX[:-1]} [a1]."])]
        told = footnote("eval", path, "--price-in", "1", "--price-out", "10", "--plot", tmp_path / "plot.svg")
        plain = json.loads(footnote("eval", path, "--json", "--limit", "1").out)

    assert "scripted, 2 questions of questions.jsonl" in told.out
    assert "  cost                      0.0006" in told.out
    assert (tmp_path / "plot.svg").read_text("utf-8").startswith("<?xml")
    found = plain["questions"][0]
    assert (found["right"], found["precision"], found["recall"], found["supported"]) == (True, 1.0, 1.0, 1)
    assert (plain["summary"]["supported"], plain["summary"]["answered or not, rightly"]) == (1.0, 1.0)


def test_quotations_are_evaluated_too() -> None:
    """Any way to answer can be compared with any other."""
    none = Answer(question="x", answered=False, confidence=0.0)
    found = evaluate([GradedQuestion("x", answerable=False)], lambda _question: none)
    assert [(item.mode, item.abstained_rightly) for item in found] == [("quotes", True)]

"""A premise that the articles don't have is told in place of an answer, in every form that answers take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import Answer, answer, find_evidence
from assistant.answers import CANNOT_ANSWER, Citation, UnmetPremise
from assistant.events import Notice, quoted_events
from assistant.rendering.render import answer_text
from assistant.store.answers_json import answer_of
from assistant.store.conversations import Turn
from assistant.web.api.completions import completion_text, prose_of
from assistant.web.api.operations import answer_out
from assistant.web.html.copy_text import copy_text
from assistant.web.html.exporting import export_turns
from assistant.web.html.turns import no_answer_html

ROOT = Path(__file__).parent.parent
QUESTIONS = json.loads((ROOT / "tests" / "data" / "example_premises.json").read_text("utf-8"))
QUOTE = "The council <raised> the fee."
LEAST_TOLD = 3
CITATION = Citation(1, QUOTE, 0, len(QUOTE), "a", "1", "Parking")
UNSAID = Answer(
    "Why did the council lower the fee?",
    answered=False,
    confidence=0.9,
    consulted=(CITATION,),
    premise=UnmetPremise("the council lowered the fee"),
)
DENIED = replace(UNSAID, premise=UnmetPremise("the council lowered the fee", CITATION))
TOLD = "Nothing in your articles says that the council lowered the fee."


def test_what_is_told() -> None:
    """Either nothing says so, or the sentence that says otherwise is quoted."""
    assert UNSAID.text == TOLD
    assert DENIED.text == f"Your articles say otherwise: “{QUOTE}”"


def test_such_a_question_has_no_answer() -> None:
    """An answer can't be given and its premise be taken back."""
    with pytest.raises(ValueError, match="premise"):
        Answer("Why?", answered=True, confidence=1.0, citations=(CITATION,), premise=UNSAID.premise)


def test_terminal_and_markdown_begin_with_it() -> None:
    """It stands in the place of "Your articles don't say.", and is said once."""
    for text in (answer_text(UNSAID), UNSAID.to_markdown(), completion_text(UNSAID), copy_text(UNSAID)):
        assert text.count(TOLD) == 1
        assert CANNOT_ANSWER not in text
    assert answer_text(UNSAID).startswith(TOLD)
    assert UNSAID.to_markdown().startswith(TOLD)
    assert "\\<raised\\>" in DENIED.to_markdown()


def test_the_page_and_its_exports_tell_it_escaped() -> None:
    """The page, and the files that it gives, quote what says otherwise as text."""
    turn = Turn("1", DENIED.question, DENIED, datetime(2026, 5, 1, tzinfo=UTC), 0.1)
    pages = [str(no_answer_html(DENIED, ())), export_turns("x", [turn], "html")["text"]]
    for page in pages:
        assert "Your articles say otherwise: “The council &lt;raised&gt; the fee.”" in page
        assert "<raised>" not in page
    assert "say otherwise" in export_turns("x", [turn], "markdown")["text"]


def test_programs_get_it_as_a_field() -> None:
    """Programs and kept conversations have what was taken for granted, and the sentence against it."""
    given = answer_out(DENIED)
    assert given.premise is not None
    assert given.premise.told == "the council lowered the fee"
    assert given.premise.denied_by is not None
    assert answer_of(DENIED.to_dict()) == DENIED


def test_streams_bring_it_as_a_notice() -> None:
    """Who listens to events hears it before the whole answer."""
    assert Notice(TOLD) in list(quoted_events(UNSAID))


def test_a_client_that_sends_it_back_said_no_answer() -> None:
    """In a conversation of completions the nearest sentences below it are no answer."""
    assert [prose_of(completion_text(each)) for each in (UNSAID, DENIED)] == [CANNOT_ANSWER, CANNOT_ANSWER]


def test_hardly_any_question_about_the_examples_is_wrongly_told(examples_library: Path) -> None:
    """Of 20 questions whose premise the articles have, none is told that they don't."""
    assert [text for text in QUESTIONS["true"] if answer(text, library=examples_library).premise] == []


def test_false_premises_about_the_examples_are_told(examples_library: Path) -> None:
    """Of 20 questions that take for granted what is not so, no fewer are told than now, but for one."""
    told = [text for text in QUESTIONS["false"] if answer(text, library=examples_library).premise]
    assert len(told) >= LEAST_TOLD, told


@pytest.mark.xfail(strict=True, reason="the model is too seldom sure enough of a denial")
def test_the_sentence_that_says_otherwise_comes_first(examples_library: Path) -> None:
    """That people were hurt, not killed, is quoted, and is the first of the closest sentences."""
    given = answer("How many people did the ferry fire kill?", library=examples_library)
    assert given.premise is not None
    assert given.premise.denied_by is not None
    assert "people were hurt" in given.premise.denied_by.quote
    assert given.consulted[0].quote == given.premise.denied_by.quote


def test_evidence_is_still_found(examples_library: Path) -> None:
    """Who asks for sentences gets them, whatever the question takes for granted."""
    assert find_evidence("How many people did the ferry fire kill?", library=examples_library)


def test_a_premise_is_not_held_against_who_wants_an_answer_always(
    examples_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a least confidence of 0 every question is answered."""
    monkeypatch.setenv("FOOTNOTE_MIN_CONFIDENCE", "0")
    given = answer("How many people did the ferry fire kill?", library=examples_library)
    assert (given.answered, given.premise) == (True, None)

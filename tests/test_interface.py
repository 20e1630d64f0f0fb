"""The public interface as it is promised: names, parameters, types and fields, looked at by mypy as well."""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
from collections.abc import AsyncGenerator, Iterator
from datetime import date
from typing import TYPE_CHECKING, assert_type

import pytest

import assistant
import ingest
from assistant import (
    Answer,
    Citation,
    Conflict,
    Event,
    Evidence,
    Finished,
    Mode,
    Statement,
    Support,
    Verdict,
    aanswer,
    answer,
    astream_answer,
    check_statement,
    find_evidence,
    rank_sentences,
    stream_answer,
)
from ingest import Article, Failure, IngestReport, Sentence, ingest_articles, read_articles, split_sentences

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How many people were hurt in the ferry fire?"
ASKED_ON = date(2026, 6, 1)
ASKING = "question, *, library, history, asked_on, filters"

# What each function takes; what stands behind the star can only be named.
TAKEN = {
    "answer": ASKING,
    "aanswer": ASKING,
    "stream_answer": ASKING,
    "astream_answer": ASKING,
    "find_evidence": f"{ASKING}, limit",
    "rank_sentences": "question, sentences, *, title",
    "check_statement": "statement, sentences, *, published, context",
    "ingest_articles": "sources, library, *, progress, sync, include, exclude, groups, settings",
    "read_articles": "path_or_url",
    "split_sentences": "text",
}

# The fields and properties that others read.
FIELDS: tuple[tuple[type, str], ...] = (
    (Answer, "text answered confidence statements citations conflicts consulted mode notices"),
    (Answer, "to_dict to_markdown"),
    (Statement, "text citations support"),
    (Citation, "number quote start end article_id title source url published link"),
    (Evidence, "citation score"),
    (Verdict, "support score reason"),
    (Article, "text title published source url authors"),
    (Sentence, "start end text"),
    (IngestReport, "added updated unchanged removed failed"),
)


@pytest.mark.parametrize("name", TAKEN)
def test_functions_take_what_is_promised(name: str) -> None:
    """Names and order of the parameters stay, what is optional has a default, and each says what it does."""
    function = getattr(assistant if name in assistant.__all__ else ingest, name)
    parameters = list(inspect.signature(function).parameters.values())
    named = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    others = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
    assert ", ".join([*others, *(["*", *named] if named else [])]) == TAKEN[name]
    assert [each.name for each in parameters if each.name in named and each.default is each.empty] == []
    assert (function.__doc__ or "").strip() != ""


@pytest.mark.parametrize(("kind", "names"), FIELDS)
def test_values_have_the_promised_fields(kind: type, names: str) -> None:
    """Every promised field is one of a frozen dataclass, or something that its class offers."""
    known = {each.name for each in dataclasses.fields(kind)} | set(dir(kind))
    assert set(names.split()) <= known
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_types_of_answers_are_known(examples_library: Path) -> None:
    """What a type checker sees of an answer is what there is."""
    result = answer(QUESTION, library=examples_library, asked_on=ASKED_ON)
    assert_type(result, Answer)
    assert_type(result.text, str)
    assert_type(result.answered, bool)
    assert_type(result.confidence, float)
    assert_type(result.mode, Mode)
    assert_type(result.statements, tuple[Statement, ...])
    assert_type(result.conflicts, tuple[Conflict, ...])
    assert_type(result.citations[0], Citation)
    assert_type(result.citations[0].published, date | None)
    assert_type(result.statements[0].support, Support)
    assert (result.answered, result.mode) == (True, Mode.QUOTES)


def test_the_twins_give_the_same_answer(examples_library: Path) -> None:
    """Whole or in events, with or without asyncio: one answer."""
    whole = answer(QUESTION, library=examples_library, asked_on=ASKED_ON)
    events = stream_answer(QUESTION, library=examples_library, asked_on=ASKED_ON)
    assert_type(events, Iterator[Event])

    async def streamed() -> Event:
        stream = astream_answer(QUESTION, library=examples_library, asked_on=ASKED_ON)
        assert_type(stream, AsyncGenerator[Event])
        return [event async for event in stream][-1]

    assert asyncio.run(aanswer(QUESTION, library=examples_library, asked_on=ASKED_ON)) == whole
    assert (list(events)[-1], asyncio.run(streamed())) == (Finished(whole), Finished(whole))


def test_types_of_the_stages_are_known(examples_library: Path, tmp_path: Path) -> None:
    """Each stage takes plain values and gives the types that the next one takes."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open. Nobody came.")
    articles = read_articles(tmp_path)
    assert_type(articles, Iterator[Article])
    sentences = split_sentences(next(articles).text)
    assert_type(sentences, tuple[Sentence, ...])
    scores = rank_sentences("Is the bridge open?", [each.text for each in sentences])
    assert_type(scores, list[float])
    verdict = check_statement("The bridge is open.", sentences)
    assert_type(verdict, Verdict)
    found = find_evidence(QUESTION, library=examples_library, limit=3)
    assert_type(found, list[Evidence])
    report = ingest_articles(tmp_path, tmp_path / "library")
    assert_type(report.failed, tuple[Failure, ...])
    assert ([each.text for each in sentences], verdict.support, len(found), report.added) == (
        ["The bridge is open.", "Nobody came."],
        Support.SUPPORTED,
        3,
        1,
    )
    assert scores[0] > scores[1]

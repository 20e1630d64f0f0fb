"""How well the configured model answers a file of questions: what it answers, cites, supports, and costs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any

from assistant.answers import Mode, Support
from ingest import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from assistant.answers import Answer

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the file. `answers` are strings that count as right; `gold` are sentences to be cited.

    `answerable` is None where the file doesn't say.
    """

    text: str
    asked_on: date | None = None
    answers: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    answerable: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question; shares are None where there is nothing to divide by."""

    question: str
    answered: bool
    mode: str
    incomplete: bool
    statements: int
    supported: int
    right: bool | None
    precision: float | None
    recall: float | None
    abstained_rightly: bool | None
    prompt_tokens: int
    answer_tokens: int
    seconds: float


def read_questions(path: Path) -> list[Question]:
    """Read JSON Lines with `question` and, where known, `answers`, `gold`, `asked_on`, `answerable`."""
    questions: list[Question] = []
    try:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip():
                questions.append(_question(json.loads(line), f"{path}, line {number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"can't be read as text: {type(error).__name__}") from None
    except json.JSONDecodeError:
        raise SourceError(str(path), "is not JSON Lines: one object with a question on each line") from None
    if not questions:
        raise SourceError(str(path), "has no questions")
    return questions


def _question(found: Any, where: str) -> Question:  # noqa: ANN401  # any JSON value
    if not isinstance(found, dict) or not isinstance(found.get("question"), str):
        raise SourceError(where, 'is no object with a "question"')
    try:
        asked = found.get("asked_on")
        day = date.fromisoformat(asked) if asked else None
    except (TypeError, ValueError):
        raise SourceError(where, 'has an "asked_on" that is no date such as 2026-05-04') from None
    strings = {
        name: tuple(str(item) for item in found.get(name) or () if str(item).strip())
        for name in ("answers", "gold")
    }
    return Question(found["question"], day, **strings, answerable=found.get("answerable"))


def evaluate(questions: Iterable[Question], ask: Callable[[Question], Answer]) -> list[Outcome]:
    """Ask every question and note what came of it."""
    outcomes: list[Outcome] = []
    for question in questions:
        start = perf_counter()
        given = ask(question)
        outcomes.append(outcome(question, given, perf_counter() - start))
    return outcomes


def outcome(question: Question, given: Answer, seconds: float) -> Outcome:
    """Hold an answer against what the file says of its question."""
    quotes = {citation.number: _plain(citation.quote) for citation in given.citations}
    gold = [_plain(sentence) for sentence in question.gold]
    hits = [quote for quote in quotes.values() if quote in gold]
    words = _plain(" ".join([given.text, *quotes.values()]))
    claims = [item for item in given.statements if item.support is not Support.NO_CLAIM]
    writing = given.writing
    return Outcome(
        question=question.text,
        answered=given.answered,
        mode=given.mode.value,
        incomplete=given.incomplete,
        statements=len(claims),
        supported=sum(item.support in (Support.SUPPORTED, Support.CONFLICTING) for item in claims),
        right=any(_plain(right) in words for right in question.answers) if question.answers else None,
        precision=len(hits) / len(quotes) if gold and quotes else None,
        recall=len(set(hits)) / len(set(gold)) if gold else None,
        abstained_rightly=None if question.answerable is None else given.answered is question.answerable,
        prompt_tokens=(writing.prompt_tokens or 0) if writing else 0,
        answer_tokens=(writing.answer_tokens or 0) if writing else 0,
        seconds=seconds,
    )


def summary(
    outcomes: Sequence[Outcome], *, prices: tuple[float, float] | None = None
) -> dict[str, float | None]:
    """Return the figures over all questions; `prices` are for a million tokens read and written."""
    statements = sum(item.statements for item in outcomes)
    seconds = sorted(item.seconds for item in outcomes)
    read, wrote = sum(item.prompt_tokens for item in outcomes), sum(item.answer_tokens for item in outcomes)
    return {
        "questions": len(outcomes),
        "answered": _mean([item.answered for item in outcomes]),
        "written": _mean([item.mode == Mode.WRITTEN for item in outcomes]),
        "incomplete": _mean([item.incomplete for item in outcomes]),
        "answer found": _mean([item.right for item in outcomes]),
        "citation precision": _mean([item.precision for item in outcomes]),
        "citation recall": _mean([item.recall for item in outcomes]),
        "statements": statements,
        "supported": sum(item.supported for item in outcomes) / statements if statements else None,
        "answered or not, rightly": _mean([item.abstained_rightly for item in outcomes]),
        "tokens read": read,
        "tokens written": wrote,
        "cost": (read * prices[0] + wrote * prices[1]) / 1_000_000 if prices else None,
        "seconds, median": seconds[len(seconds) // 2] if seconds else None,
        "seconds, 95 of 100": seconds[int(len(seconds) * 0.95)] if seconds else None,
    }


def report(outcomes: Sequence[Outcome], *, prices: tuple[float, float] | None = None) -> dict[str, Any]:
    """Return everything as plain values for JSON."""
    return {"summary": summary(outcomes, prices=prices), "questions": [asdict(item) for item in outcomes]}


def _mean(values: Sequence[float | bool | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _plain(text: str) -> str:
    """Lower case with plain quotation marks, so that typography doesn't decide."""
    return " ".join(text.translate(_TYPOGRAPHY).lower().split())

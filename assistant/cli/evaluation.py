"""How well the configured model answers a file of questions: what it answers, cites, supports, and costs."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from assistant.answers import Mode, Support

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.answers import Answer
    from assistant.cli.question_files import GradedQuestion

LEAST_SHARED_CHARACTERS = 20
"""Letters that a piece of a sentence needs to count as the sentence."""

_WORD = re.compile(r"[^\W_]+")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


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


def evaluate(questions: Iterable[GradedQuestion], ask: Callable[[GradedQuestion], Answer]) -> list[Outcome]:
    """Ask every question and note what came of it."""
    outcomes: list[Outcome] = []
    for question in questions:
        start = perf_counter()
        given = ask(question)
        outcomes.append(outcome(question, given, perf_counter() - start))
    return outcomes


def outcome(question: GradedQuestion, given: Answer, seconds: float) -> Outcome:
    """Hold an answer against what the file says of its question."""
    quotes = [_letters(citation.quote) for citation in given.citations]
    gold = {_letters(sentence) for sentence in question.gold}
    hits = [quote for quote in quotes if any(_same(quote, other) for other in gold)]
    reached = [sentence for sentence in gold if any(_same(quote, sentence) for quote in quotes)]
    words = _plain(" ".join([given.text, *(citation.quote for citation in given.citations)]))
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
        recall=len(reached) / len(gold) if gold else None,
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


def _letters(text: str) -> str:
    """Letters and digits alone: collections write "the season ' s index ." where articles don't."""
    return "".join(_WORD.findall(text.lower()))


def _same(quote: str, gold: str) -> bool:
    """Say whether a quote is a gold sentence, though the two were cut in other places."""
    short, long = sorted((quote, gold), key=len)
    return short == long or (len(short) >= LEAST_SHARED_CHARACTERS and short in long)

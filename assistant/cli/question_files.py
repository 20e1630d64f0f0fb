"""Files of questions to evaluate with: our own form, and those in which public collections come."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from ingest import Article, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ANSWERABLE = {"ANSWERABLE": True, "UNANSWERABLE": False}
"""Other values, as of conversations that are answered in part, say neither."""


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question of the file. `answers` are strings that count as right; `gold` are sentences to be cited.

    `answerable` is None where the file doesn't say. `history` has earlier questions and answers, `passages`
    titles and texts that the file brings along.
    """

    text: str
    asked_on: date | None = None
    answers: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    answerable: bool | None = None
    history: tuple[tuple[str, str], ...] = ()
    passages: tuple[tuple[str, str], ...] = ()


def read_questions(path: Path, limit: int | None = None) -> list[GradedQuestion]:
    """Read JSON Lines, gzipped where the name ends so; docs/evaluation.md has the forms."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open("r", -1, "utf-8") as f
        ):
            questions = list(islice(_questions(f, path), limit))
    except (EOFError, zlib.error, UnicodeDecodeError, gzip.BadGzipFile):
        raise SourceError(str(path), "is no text. Give it as JSON Lines in UTF-8.") from None
    except OSError as error:
        raise SourceError(str(path), f"can't be read: {error.strerror or error}. Check its path.") from None
    if not questions:
        raise SourceError(str(path), "has no questions")
    return questions


def passages_of(questions: Iterable[GradedQuestion]) -> list[Article]:
    """Return the passages that questions bring along as articles, each once."""
    kept = dict.fromkeys(passage for question in questions for passage in question.passages)
    return [
        Article(text=text, title=title, origin=f"passage {number}")
        for number, (title, text) in enumerate(kept, start=1)
    ]


def _questions(lines: Iterable[str], path: Path) -> Iterator[GradedQuestion]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            raise SourceError(
                str(path), "is not JSON Lines: one object with a question on each line"
            ) from None
        yield _question(found, f"{path}, line {number}")


def _question(found: Any, where: str) -> GradedQuestion:  # noqa: ANN401  # any JSON value
    if not isinstance(found, dict):
        raise SourceError(where, 'is no object with a "question"')
    try:
        if isinstance(found.get("input"), list):
            return _of_conversation(found)
        if isinstance(found.get("input"), str):
            return _of_passages(found)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise SourceError(where, "has no form that is known: docs/evaluation.md has those that are") from None
    if not isinstance(found.get("question"), str):
        raise SourceError(where, 'is no object with a "question"')
    return _of_ours(found, where)


def _of_ours(found: dict[str, Any], where: str) -> GradedQuestion:
    try:
        asked = found.get("asked_on")
        day = date.fromisoformat(asked) if asked else None
    except (TypeError, ValueError):
        raise SourceError(where, 'has an "asked_on" that is no date such as 2026-05-04') from None
    return GradedQuestion(
        text=found["question"],
        asked_on=day,
        answers=_strings(found.get("answers")),
        gold=_strings(found.get("gold")),
        answerable=found.get("answerable"),
    )


def _strings(found: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(str(item) for item in found or () if str(item).strip())


def _of_passages(found: dict[str, Any]) -> GradedQuestion:
    """Read a question with passages and the sentences that answers rest on, as in ClapNQ."""
    gold = dict.fromkeys(
        sentence for output in found.get("output") or () for sentence in output["selected_sentences"] or ()
    )
    return GradedQuestion(
        text=found["input"],
        gold=tuple(gold),
        answerable=bool(gold) if "output" in found else None,
        passages=tuple((str(item["title"]), str(item["text"])) for item in found.get("passages") or ()),
    )


def _of_conversation(found: dict[str, Any]) -> GradedQuestion:
    """Read the last question of a conversation with what was said before, as in MTRAG."""
    turns = [(item["speaker"], str(item["text"])) for item in found["input"]]
    asked = [place for place, (speaker, _) in enumerate(turns) if speaker == "user"]
    history = [
        (turns[place][1], turns[place + 1][1]) for place in asked[:-1] if turns[place + 1][0] != "user"
    ]
    labels = found.get("answerability") or [""]
    contexts = (item for item in found.get("contexts") or () if str(item["text"]).strip())
    return GradedQuestion(
        text=turns[asked[-1]][1],
        answerable=_ANSWERABLE.get(str(labels[0])),
        history=tuple(history),
        passages=tuple(
            (str(item.get("title") or item["document_id"]), str(item["text"])) for item in contexts
        ),
    )

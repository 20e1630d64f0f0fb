"""What a question asks for: its words, its names and the kind of answer that would fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.kinds import counted, kind_of
from ingest import QuestionError, content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.kinds import Kind

MOST_CHARACTERS = 4000
"""Characters of the longest question; beyond that it is a document, not a question."""

LEANING_WORDS = 8
"""A question of at most this many words with a pronoun and no name leans on the one before."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_WORD = re.compile(r"[^\W_][\w'’&-]*")
_NUMBER = re.compile(r"\d[\d.,]*")
_LEANING_START = re.compile(
    r"^(?:and|but|so|then|what about|how about|why|when|where|who else)\b", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|those|these|there|then|one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as retrieval and ranking use it.

    `search_text` is what is looked for: the question, with the one before where it leans on that.
    `words` are its content stems in order, `names` the stems of its capitalised words and numbers,
    `kind` is the kind of answer asked for, `counted` the stems of what "how many" counts, `asked_on`
    the day from which "recent" is counted.
    """

    text: str
    search_text: str
    words: tuple[str, ...]
    names: frozenset[str]
    kind: Kind
    counted: frozenset[str]
    asked_on: date


def understand(
    question: str,
    history: Sequence[tuple[str, str]] = (),
    *,
    asked_on: date | None = None,
    limit: int = MOST_CHARACTERS,
) -> Query:
    """Read a question, or raise `QuestionError` when there is nothing to read in it.

    `history` has the earlier questions and answers, oldest first; `asked_on` is today by default.
    """
    text = " ".join(_CONTROL.sub(" ", question).split())
    if not text:
        raise QuestionError("The question is empty. Ask something about your articles.")
    if len(text) > limit:
        raise QuestionError(
            f"The question has {len(text):,} characters; the limit is {limit:,}. Ask it more briefly."
        )
    search_text = f"{history[-1][0]} {text}" if history and _leans(text) else text
    if not stems(search_text):
        raise QuestionError("The question has no words in it. Ask something about your articles.")
    return Query(
        text=text,
        search_text=search_text,
        words=tuple(dict.fromkeys(content_stems(search_text))),
        names=_names(search_text),
        kind=kind_of(text),
        counted=frozenset(content_stems(counted(text))),
        asked_on=asked_on or datetime.now(tz=UTC).astimezone().date(),
    )


def _names(text: str) -> frozenset[str]:
    """Return stems of capitalised words (not of the first word) and of numbers."""
    words = [match.group() for match in _WORD.finditer(text)]
    found = [word for word in words[1:] if word[0].isupper()] + _NUMBER.findall(text)
    return frozenset(stem for name in found for stem in content_stems(name))


def _leans(text: str) -> bool:
    """Say whether a question can't be understood without the one before."""
    if len(text.split()) > LEANING_WORDS or _names(text):
        return False
    return bool(_LEANING_START.match(text) or _PRONOUN.search(text))

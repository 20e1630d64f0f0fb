"""The vocabulary of checked drafts: a statement with what the articles say to it, and the whole check."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assistant.answers import plain_values

if TYPE_CHECKING:
    from assistant.answers import Citation


class DraftState(StrEnum):
    """What the articles say to a statement of a draft; the values are codes that stay as they are.

    An opinion is whatever claims nothing that an article could carry: questions, headings and orders too.
    In another language than English nothing is checked unless an article has it word for word.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    OPINION = "opinion"
    UNCHECKED_LANGUAGE = "unchecked_language"


CHECKABLE = frozenset({DraftState.AGREES, DraftState.DIFFERS, DraftState.NOT_FOUND})
"""States of statements that the articles could have carried."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a statement and the sentence about the same say differently.

    `about` is "number", "date", "name", "outcome", "denial", "direction", "speaker", "quotation"
    or "relation". `draft` and `source` have the words on both sides, None where there are no single words.
    """

    about: str
    draft: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement of a draft: `text == draft[start:end]`, offsets in characters.

    `citations` are the sentences that decide, by number: those that say it or, where it differs, say
    otherwise. `against` are those of them that say otherwise while others agree. `closest` are the nearest
    sentences where nothing was found. `score` is the check's for the first of them, 0 to 1 and None where
    nothing was checked; `reason` says in words what was found.
    """

    text: str
    start: int
    end: int
    state: DraftState
    reason: str
    score: float | None = None
    citations: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    closest: tuple[int, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def checkable(self) -> bool:
        """Whether the articles could have carried it."""
        return self.state in CHECKABLE


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft held against the library, statement by statement in the order of the text.

    `citations` are numbered from 1 in the order in which statements first need them.
    """

    text: str
    statements: tuple[DraftStatement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = [citation.number for citation in self.citations]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"sentences must be numbered 1, 2, 3 …, not {numbers}")
        for item in self.statements:
            if self.text[item.start : item.end] != item.text:
                raise ValueError(f"the draft does not say {item.text!r} at {item.start}")
            if any(number not in numbers for number in (*item.citations, *item.against, *item.closest)):
                raise ValueError("a statement names a sentence that the check does not have")

    @property
    def counts(self) -> dict[str, int]:
        """How many statements are in each state, by its code; all states are there."""
        states = [item.state for item in self.statements]
        return {state.value: states.count(state) for state in DraftState}

    @property
    def checkable(self) -> int:
        """How many statements the articles could have carried."""
        return sum(item.checkable for item in self.statements)

    @property
    def share(self) -> float | None:
        """The share of the checkable statements that agree, 0 to 1; None without any."""
        return self.counts[DraftState.AGREES.value] / self.checkable if self.checkable else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes; dates are ISO 8601."""
        known = {"counts": self.counts, "checkable": self.checkable, "share": self.share}
        plain: dict[str, Any] = plain_values({**asdict(self), **known})
        return plain

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the same as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_markdown(self) -> str:
        """Return the draft with each statement's state and its sentences as Markdown, all text escaped."""
        from assistant.rendering.draft_text import check_markdown

        return check_markdown(self)


@dataclass(frozen=True, slots=True)
class DraftSplit:
    """The check begins: the draft has so many statements."""

    total: int


@dataclass(frozen=True, slots=True)
class StatementHeld:
    """One more statement was held against the library; `citations` are those that no earlier one needed."""

    done: int
    total: int
    statement: DraftStatement
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftChecked:
    """The end: the whole check."""

    check: DraftCheck


DraftEvent = DraftSplit | StatementHeld | DraftChecked
"""What `stream_check` yields: one `DraftSplit`, a `StatementHeld` for each in order, one `DraftChecked`."""

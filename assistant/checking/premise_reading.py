"""How far texts bear out what a question takes for granted, or deny it: the one place that asks the model.

Another model is put in here; afterwards `python -m tools.fit_premises` learns the weights anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checking.mistakes import Sources, find_mistakes
from assistant.checking.rules.directions import direction_differs
from assistant.language.words import base_of
from ingest import bundled_crossencoder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SUREST = 5.0
"""Logits are clipped to this, so that none outweighs all that speaks against it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it is read: `context` is its title and what it leans on, `published` its day."""

    sentence: str
    context: tuple[str, ...] = ()
    published: date | None = None

    @property
    def text(self) -> str:
        """All of it, for the model: the title first."""
        return " ".join(
            part if part.endswith((".", "!", "?", "”")) else f"{part}."
            for part in (*self.context, self.sentence)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says of a statement. `carried` and `denied` are logits of the model.

    `denied` is 0 where the model doesn't tell a denial from what is not said; `reverse` says that the passage
    has the reverse of the statement's verb.
    """

    carried: float
    denied: float = 0.0
    reverse: bool = False


def read(statement: str, verb: str, passages: Sequence[Passage]) -> list[Reading]:
    """Read a statement, with the word that says what happened, against each passage.

    All go through the model in one call.
    """
    logits = bundled_crossencoder().carries([(statement, passage.text) for passage in passages])
    return [
        Reading(
            max(-SUREST, min(SUREST, logit)),
            reverse=_reverse(statement, verb, passage.sentence),
        )
        for logit, passage in zip(logits, passages, strict=True)
    ]


def mistaken(statement: str, passage: Passage) -> int:
    """Return how many mistakes the rules of the check find in a statement, held against a passage."""
    return len(find_mistakes(statement, Sources((passage.sentence,), passage.published, passage.context)))


def _reverse(statement: str, verb: str, sentence: str) -> bool:
    """Say whether a sentence has the reverse of the verb: "lost" for "won"."""
    pair = direction_differs(statement, (sentence,))
    return pair is not None and base_of(pair[0]) == base_of(verb)

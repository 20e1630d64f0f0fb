"""How far texts bear out what a question takes for granted, or deny it: the one place that asks the model.

Another model is put in here; afterwards `python -m tools.fit_premises` learns the weights anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.checking.rules.absent_names import absent_names
from ingest import entailment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LEAST = 0.0067
"""Probabilities are cut off at this and at 1 less this, so that no logit, up to 5, outweighs all others."""


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
    """What a passage says of a statement: the logits of its carrying it, and of its saying the reverse."""

    carried: float
    denied: float


def read(statement: str, passages: Sequence[Passage]) -> list[Reading]:
    """Read a statement against each passage.

    All go through the model in one call.
    """
    shares = entailment([(statement, passage.text) for passage in passages])
    held = np.clip(shares, _LEAST, 1 - _LEAST)
    logits = np.log(held / (1 - held))
    return [Reading(carried, denied) for carried, denied, _ in logits.tolist()]


def names_absent(statement: str, passage: Passage) -> int:
    """Return how many names of a statement a passage lacks."""
    texts = (passage.sentence, *passage.context)
    return sum(1 for _ in absent_names(statement, texts, passage.published))

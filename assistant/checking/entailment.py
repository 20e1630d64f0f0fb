"""How far sentences carry a statement, and each clause of it, as the cross-encoder reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING

from assistant.language.words import read_words
from ingest import bundled_crossencoder

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_CLAUSE = 2
"""Words with content that a clause has to have to be read for itself."""
SUREST, SUREST_AGAINST = 3.0, -3.0
"""A logit beyond says no more. Clipped there, claims are told apart as well as without (.852; at -2 .849),
and no single reading outweighs everything else: more of the plain statements that are true pass."""
MOST_CLAUSES = 6
"""Clauses that are read; a statement with more is a list."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """Logits: of the sentences read as one text for the `whole` statement, and of the `best` one alone.

    `worst` is that of the clause that the text carries least, `mean` of all clauses.
    """

    whole: float
    best: float
    worst: float
    mean: float


NO_ENTAILMENT = Entailment(0.0, 0.0, 0.0, 0.0)
"""Of what the model can't judge: it speaks neither for nor against."""


def entailments(statement: str, sentences: Sequence[str]) -> tuple[Entailment, tuple[Entailment, ...]]:
    """Read the sentences together, then each alone; there is at least one."""
    texts = [" ".join(sentences), *sentences] if len(sentences) > 1 else list(sentences)
    told = [statement, *clauses(statement)]
    found = bundled_crossencoder().carries([(each, text) for text in texts for each in told])
    found = [max(SUREST_AGAINST, min(SUREST, logit)) for logit in found]
    rows = [found[start : start + len(told)] for start in range(0, len(found), len(told))]
    alone = rows[1:] or rows
    return (
        _reading(rows[0], max(row[0] for row in alone)),
        tuple(_reading(row, row[0]) for row in alone),
    )


def _reading(row: Sequence[float], best: float) -> Entailment:
    parts = row[1:] or row
    return Entailment(row[0], best, min(parts), fmean(parts))


def clauses(statement: str) -> list[str]:
    """Return the clauses of a statement that say something by themselves; none where it is all one."""
    spans = [list(words) for _, words in groupby(read_words(statement), key=lambda word: word.clause)]
    parts = [
        statement[words[0].start : words[-1].end]
        for words in spans
        if sum(word.content for word in words) >= SHORTEST_CLAUSE
    ]
    return parts[:MOST_CLAUSES] if len(parts) > 1 else []

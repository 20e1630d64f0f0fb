"""Entailment of a statement and its clauses by the cited sentences, as a model reads them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from assistant.checking.reader import reader
from assistant.language.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_CLAUSE = 2
"""Content words that a clause needs to be scored by itself."""
SUREST, SUREST_AGAINST = 3.0, -3.0
"""Logits are clipped to these. Claims are told apart as well as without (.852; at -2 .849), and no single
logit outweighs all other features: more of the plain statements that are true pass."""
MOST_CLAUSES = 6
"""Clauses that are read; a statement with more is a list."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """Entailment logits, clipped to -3..3; 0 is undecided, above it the text entails the statement.

    `whole`: the statement by the sentences joined to one text. `best`: by the one sentence that entails it
    most. `worst` and `mean`: the lowest and the mean logit of the statement's clauses by the joined text.
    """

    whole: float
    best: float
    worst: float
    mean: float


NO_ENTAILMENT = Entailment(0.0, 0.0, 0.0, 0.0)
"""Used where the model can't judge, as with arithmetic: neither for nor against."""


def entailments(statement: str, sentences: Sequence[str]) -> tuple[Entailment, tuple[Entailment, ...]]:
    """Return the logits for the joined sentences, then for each sentence alone, in order.

    There must be at least one sentence. All pairs go through the model in one call.
    """
    texts = [" ".join(sentences), *sentences] if len(sentences) > 1 else list(sentences)
    told = [statement, *clauses(statement)]
    read = reader().read([(each, text) for text in texts for each in told])
    found = [_logit(carried) for carried, _, _ in read]
    rows = [found[start : start + len(told)] for start in range(0, len(found), len(told))]
    alone = rows[1:] or rows
    return (
        _reading(rows[0], max(row[0] for row in alone)),
        tuple(_reading(row, row[0]) for row in alone),
    )


def _logit(share: float) -> float:
    if not 0 < share < 1:
        return SUREST if share >= 1 else SUREST_AGAINST
    return max(SUREST_AGAINST, min(SUREST, log(share / (1 - share))))


def _reading(row: Sequence[float], best: float) -> Entailment:
    parts = row[1:] or row
    return Entailment(row[0], best, min(parts), fmean(parts))


def clauses(statement: str) -> list[str]:
    """Return up to `MOST_CLAUSES` clauses with content of their own, none where it is all one clause."""
    spans = [list(words) for _, words in groupby(read_words(statement), key=lambda word: word.clause)]
    parts = [
        statement[words[0].start : words[-1].end]
        for words in spans
        if sum(word.content for word in words) >= SHORTEST_CLAUSE
    ]
    return parts[:MOST_CLAUSES] if len(parts) > 1 else []

"""Whether articles tell of what a conversation is about: whether they answer it is another matter.

Behind "What happened to Matthew Perry?", of whom no article tells, "How old was he?" must not be answered
with somebody else's age. The question that began the subject is searched alone; a logistic model of four
signs of what is found, none of which needs a sentence to be read by a model, tells (tools/fit_presence.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.retrieval.binding import bound
from assistant.retrieval.confidence import FEW
from assistant.retrieval.found import Ranked
from assistant.retrieval.retrieve import gather
from assistant.retrieval.sentence_features import coverage
from assistant.retrieval.sentence_ranking import dated, rarities, weights
from assistant.retrieval.speaking_title import speaking_title
from ingest import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.retrieve import Gathered
    from ingest import Filters

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "presence.json"
"""Made by tools/fit_presence.py; docs/evaluation.md has the figures."""

LEAST = 0.5
"""Probability from which a subject is taken to be there: .05 and .12 of details of news that nobody tells are
below it, and .98 and .96 of those whose subject is missing (docs/evaluation.md)."""

SIGNS = (
    "score",  # of the best sentence, by the features, without what its date adds
    "likeness",  # of the question's vector and the likest chunk's
    "share",  # of the weight of the question's words, that the best chunk with its title has
    "unmet",  # 1 where no article has the names that the question binds
)


@dataclass(frozen=True, slots=True)
class Presence:
    """How likely articles are, 0 to 1, to be about what a question asks, and why not, if that is known."""

    probability: float
    why: str = ""

    @property
    def is_there(self) -> bool:
        """Whether a question that goes on with it may be answered."""
        return self.probability >= LEAST


def presence(query: Query, opened: OpenLibrary, filters: Filters | None) -> Presence:
    """Say whether articles are about what a question asks.

    In a small library, where no word is rare, only a name that no article has tells. Articles in other
    languages are not looked at: where there are any, a subject is taken to be there.
    """
    if opened.languages is not None and opened.languages.has_foreign():
        return Presence(1.0)
    gathered = gather(query, opened, filters)
    found, why = signs(gathered, opened)
    if gathered.total < FEW and not found["unmet"]:
        return Presence(1.0)
    stored = _stored()
    logit = stored["bias"] + sum(stored[name] * found[name] for name in SIGNS)
    return Presence(1.0 / (1.0 + exp(-max(-30.0, min(30.0, logit)))), why)


def signs(gathered: Gathered, opened: OpenLibrary) -> tuple[dict[str, float], str]:
    """Return what `SIGNS` names, and what is said of a name that no article has."""
    query = gathered.query
    if not gathered.found:
        return dict(zip(SIGNS, (0.0, 0.0, 0.0, 1.0), strict=True)), ""
    own = weights().score(gathered.rows)
    held = bound(query, _ranked(gathered, own.tolist()), opened.library.frequencies)
    values = (
        float((own - dated(gathered.rows)).max()),
        max(item.hit.similarity for item in gathered.found),
        _share(query.text, gathered, opened),
        float(not held.ranked),
    )
    return dict(zip(SIGNS, values, strict=True)), held.unmet


def _share(text: str, gathered: Gathered, opened: OpenLibrary) -> float:
    """Return the share of the weight of a text's words that the chunk with most of them has."""
    words = list(dict.fromkeys(content_stems(text)))
    having, total = opened.library.frequencies(words)
    rarity = rarities(having, total)
    texts = (f"{speaking_title(item.hit.article)}\n{item.hit.chunk.text}" for item in gathered.found)
    return max((coverage(words, frozenset(stems(text)), rarity) for text in texts), default=0.0)


def _ranked(gathered: Gathered, scores: list[float]) -> list[Ranked]:
    """Return the sentences by their scores, the best first."""
    sentences = [(item, each) for item in gathered.found for each in item.hit.chunk.sentences]
    order = sorted(range(len(sentences)), key=lambda place: -scores[place])
    return [
        Ranked(item.hit.article, sentence, scores[place], item.hit.group)
        for place in order
        for item, sentence in (sentences[place],)
    ]


@cache
def _stored() -> Mapping[str, float]:
    stored: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return stored

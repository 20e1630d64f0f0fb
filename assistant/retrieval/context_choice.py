"""Whether a question that may lean on the conversation is answered with it: by what both searches find.

It is searched twice, alone and with what was said before. "How many died?" has words that stand in many
articles, and together with the conversation one is found that has much of both; "What is RSV?" has a word
that only its own articles have. A logistic model of few signs tells which it is (longer questions also by
their own words being found as well, `_met_as_well`); tools/fit_context.py learned it from invented
conversations, whose short questions go on, answered or not, or begin anew.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.language.words import rarity, read_words
from assistant.question.context_need import points_back
from assistant.retrieval.sentence_features import coverage
from assistant.retrieval.sentence_ranking import rarities
from assistant.retrieval.speaking_title import speaking_title
from ingest import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.question.query import Query
    from assistant.retrieval.retrieve import Look

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "context.json"
"""Made by tools/fit_context.py; docs/evaluation.md has the figures."""

SIGNS = (
    "rarity",  # the sum of its words' rarities in the library; a word in one chunk, or in none, counts 1
    "unusual",  # the rarity in English of the least usual of them
    "own_together",  # the share of their weight that the best chunk has which is found with the conversation
    "own_alone",  # the same of the best chunk found alone
    "about_together",  # the share of the conversation's words, by weight, that the first of these has
    "titled",  # the share of its own words, by weight, that the title of what is best alone has
    "sure_together",  # log odds that the articles answer it, taken with the conversation
    "sure_alone",  # the same without
)
SOME = 0.2
"""Share of the conversation's words, by weight, that the best chunk must have: otherwise it would be answered
for words that nothing found has. On news and invented reports 5 of 158 that go on have less, and 147 of 190
others."""

UNANSWERED = 0.97
"""Probability from which it is taken with its conversation where that doesn't answer it and the articles
seem to alone: one that begins anew must not lose its answer. With .9 5 of 120 on news did ("How strong is
fentanyl?")."""

OWN_LEAST, OWN_KEPT, MUCH = 0.1, 0.25, 0.4
"""Share of the own words that the best chunk found with the conversation has at least, and of what the best
found alone has; share of the conversation's words from which it is about the same."""

POINTING_LOSS = 0.05
"""Probability that a question with a pronoun that names nothing may lose by being taken so."""

LEAST_CHUNKS = 2
"""Chunks below which no word is rarer than another."""
LEAST_ODDS = 1e-3
"""Probabilities are cut off at this and at 1 less this."""


def finds_more(
    query: Query, together: Look, alone: Look, *, confidences: tuple[float, float], least: float
) -> bool:
    """Say whether a question is to be taken with its conversation.

    `query` has the context; `confidences` are the probabilities that the articles answer it, together and
    alone, and from `least` on they are said to. Where both find the same, an answer is better than none.
    """
    if not together.chunks or not alone.chunks:
        return bool(together.chunks)
    best, best_alone = (look.chunks[0].hit.chunk for look in (together, alone))
    if best.text == best_alone.text and confidences[1] >= least > confidences[0]:
        return False
    found = signs(query, together, alone, confidences)
    if found["about_together"] < SOME:
        return False
    taken_from: float = UNANSWERED if confidences[1] >= least > confidences[0] else _stored()["least"]
    return chance(found) >= taken_from or _met_as_well(query, found, confidences, least)


def _met_as_well(
    query: Query, found: Mapping[str, float], confidences: tuple[float, float], least: float
) -> bool:
    """Say whether its own words are found as well with the conversation, and it is no worse answered.

    Longer questions that go on are told by this, of which the model is seldom sure (`bench.followups`).
    """
    together, alone = found["own_together"], found["own_alone"]
    if confidences[1] >= least > confidences[0] or together < max(OWN_LEAST, OWN_KEPT * alone):
        return False
    gain = confidences[0] - confidences[1]
    if found["about_together"] >= MUCH and together >= alone:
        return True
    if points_back(query.text):
        return gain > -POINTING_LOSS
    return together >= alone and gain > 0 and confidences[0] >= least


def signs(query: Query, together: Look, alone: Look, confidences: tuple[float, float]) -> dict[str, float]:
    """Return what `SIGNS` names; both searches must have found something."""
    own = tuple(word for word in dict.fromkeys(content_stems(query.text)) if word in alone.rarity)
    rarest = rarities({"": 1}, max(LEAST_CHUNKS, alone.total))[""]
    said = tuple(query.context)
    values = (
        sum(min(1.0, alone.rarity[word] / rarest) for word in own),
        max((rarity(word.base) for word in read_words(query.text) if content_stems(word.text)), default=0.0),
        *(_found(own, look, together.rarity) for look in (together, alone)),
        _found(said, together, together.rarity),
        _share(own, speaking_title(alone.chunks[0].hit.article), alone.rarity),
        *map(_log_odds, confidences),
    )
    return dict(zip(SIGNS, values, strict=True))


def chance(signs: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that a question with these signs goes on with the conversation."""
    weights = _stored()["weights"]
    logit = weights["bias"] + sum(weights[name] * signs[name] for name in SIGNS)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, logit))))


def _found(words: tuple[str, ...], look: Look, weight: Mapping[str, float]) -> float:
    """Return the share of the words' weight that the best chunk has."""
    return _share(words, look.chunks[0].hit.chunk.text, weight)


def _share(words: tuple[str, ...], text: str, weight: Mapping[str, float]) -> float:
    return coverage(words, frozenset(stems(text)), weight)


def _log_odds(probability: float) -> float:
    held = min(1.0 - LEAST_ODDS, max(LEAST_ODDS, probability))
    return log(held / (1.0 - held))


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return stored

"""Whether a question that may lean on the conversation is answered with it: by what finds more.

It is searched twice, alone and with what was said before. What was said before may only decide between
sentences that speak of what is asked: with it the question's own words must be found as well as without it,
a good part of them where a pronoun means nothing by itself; and some of what was said must be found, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.question.context_need import points_back
from assistant.retrieval.sentence_features import coverage
from ingest import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.question.query import Query
    from assistant.retrieval.retrieve import Look

OWN_LEAST, OWN_KEPT = 0.1, 0.25
"""Share of the own words, by weight, that the best chunk found with the context has: at least so much, and so
much of what the best chunk found alone has."""

MUCH, SOME = 0.4, 0.2
"""Share of the conversation's words that the best chunk has where it is about the same, and the least that it
has where a pronoun may point at it or an answer is likelier with it."""

POINTING_LOSS = 0.05
"""Probability that a question with a pronoun that names nothing may lose by being taken with its context."""


def finds_more(
    query: Query, together: Look, alone: Look, *, confidences: tuple[float, float], least: float
) -> bool:
    """Say whether a question finds more together with its conversation than alone.

    `query` has the context; `confidences` are the probabilities that the articles answer it, together and
    alone, and from `least` on they are said to. What is answered alone stays so.
    """
    if not together.chunks or not alone.chunks:
        return bool(together.chunks)
    own = tuple(dict.fromkeys(content_stems(query.text)))
    with_it, without = (_found(own, look, together.rarity) for look in (together, alone))
    about = _found(tuple(query.context), together, together.rarity)
    loses_answer = confidences[1] >= least > confidences[0]
    if loses_answer or with_it < max(OWN_LEAST, OWN_KEPT * without):
        return False
    if about >= MUCH and with_it >= without:
        return True
    gain = confidences[0] - confidences[1]
    if about < SOME:
        return False
    if points_back(query.text):
        return gain > -POINTING_LOSS
    return with_it >= without and gain > 0 and confidences[0] >= least


def _found(words: tuple[str, ...], look: Look, rarity: Mapping[str, float]) -> float:
    """Return the share of the words' weight that the best chunk has."""
    return coverage(words, frozenset(stems(look.chunks[0].hit.chunk.text)), rarity)

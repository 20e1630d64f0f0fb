"""Whether a question that may lean on the conversation is answered with it: by what both searches find.

It is searched twice, alone and with what was said before. "How many died?" has words that stand in many
articles, and together with the conversation one is found that has much of both; "What is RSV?" has a word
that only its own articles have. A logistic model of few signs, its wording among them, tells which it is;
tools/fit_context.py learned it from invented conversations, whose short questions go on, answered or not, or
begin anew. Where no article tells of what the conversation is about, other weights hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.language.words import rarity, read_words
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
    "leaning",  # log odds, by its words alone, that it goes on
)
SOME = 0.2
"""Share of the conversation's words, by weight, that the best chunk must have: otherwise it would be answered
for words that nothing found has."""

TITLED, WORDS, EVEN, CERTAIN = 0.5, 2, 0.5, 0.98
"""Share of a question's own words, so many or more, that a title has, and the probabilities of its being
answered with the conversation, which is less, and alone: so are 11 of 103 on news that begin anew, and of 336
that go on, their subject there or missing, none with two words."""

LEAST_CHUNKS = 2
"""Chunks below which no word is rarer than another."""
LEAST_ODDS = 1e-3
"""Probabilities are cut off at this and at 1 less this."""


@dataclass(frozen=True, slots=True, eq=False)
class Tries:
    """What is found with the conversation and without, and how likely each is to answer, 0 to 1.

    `told_of` says whether the articles tell of what the conversation is about, `least` is the probability
    from which they are said to answer.
    """

    together: Look
    alone: Look
    confidences: tuple[float, float]
    told_of: bool
    least: float

    @property
    def only_alone(self) -> bool:
        """Whether the articles are said to answer the question alone and not with its conversation."""
        with_it, without = self.confidences
        return without >= self.least > with_it


def goes_on(query: Query, tries: Tries) -> bool:
    """Say whether a question, which has its context, is to be taken with its conversation.

    Where both find the same, an answer is better than none. What an article under such a title is nearly
    certain to answer begins anew: "Why was the bridge closed?" has its article, "Bridge opens again".
    """
    if not tries.together.chunks or not tries.alone.chunks:
        return bool(tries.together.chunks)
    best, best_alone = (look.chunks[0].hit.chunk for look in (tries.together, tries.alone))
    if tries.told_of and best.text == best_alone.text and tries.only_alone:
        return False
    found = signs(query, tries)
    if _has_its_article(query, tries, found):
        return False
    if tries.told_of and found["about_together"] < SOME:
        return False
    return chance(found, told_of=tries.told_of) >= float(_stored()["least"])


def _has_its_article(query: Query, tries: Tries, found: Mapping[str, float]) -> bool:
    """Say whether a title has what a question asks alone, and nearly certainly its article the answer.

    With the conversation it is not answered, or the articles tell nothing of what that is about.
    """
    with_it, without = tries.confidences
    named = found["titled"] >= TITLED and len(set(content_stems(query.text))) >= WORDS
    return named and without >= CERTAIN and (with_it < EVEN or not tries.told_of)


def signs(query: Query, tries: Tries) -> dict[str, float]:
    """Return what `SIGNS` names; both searches must have found something."""
    together, alone = tries.together, tries.alone
    own = tuple(word for word in dict.fromkeys(content_stems(query.text)) if word in alone.rarity)
    rarest = rarities({"": 1}, max(LEAST_CHUNKS, alone.total))[""]
    said = tuple(query.context)
    values = (
        sum(min(1.0, alone.rarity[word] / rarest) for word in own),
        max((rarity(word.base) for word in read_words(query.text) if content_stems(word.text)), default=0.0),
        *(_found(own, look, together.rarity) for look in (together, alone)),
        _found(said, together, together.rarity),
        _share(own, speaking_title(alone.chunks[0].hit.article), alone.rarity),
        *map(_log_odds, tries.confidences),
        query.leaning,
    )
    return dict(zip(SIGNS, values, strict=True))


def chance(signs: Mapping[str, float], *, told_of: bool) -> float:
    """Return the probability, 0 to 1, that a question with these signs goes on with the conversation.

    `told_of` says whether the articles tell of what that is about.
    """
    weights = _stored()["told_of" if told_of else "not_told_of"]
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

"""Whether the sentences found bear out what a question takes for granted, by few signs and learned weights.

A premise may stand in one sentence or be spread over those of one article. The sentences that share most
words with it are read beside the best answers; what they lean on, and the title, is read with them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers import UnmetPremise
from assistant.checking.premise_reading import Passage, names_absent, read
from assistant.language.thesaurus import antonyms, related
from assistant.language.thesaurus import synonyms as _synonyms
from assistant.language.verbs import forms_of
from assistant.language.words import base_of, rarity, read_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from assistant.checking.premise_reading import Reading
    from assistant.question.premise import Premise
    from assistant.retrieval.found import Ranked

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "premises.json"
"""Made by tools/fit_premises.py; docs/evaluation.md has the figures."""

SIGNS = (
    "carried_best",  # the highest logit of a passage
    "carried_together",  # the logit of the sentences of one article, joined
    "undenied",  # minus the highest logit of a denial, where the model tells one
    "unmissed",  # minus how rare the rarest word is that is missing, in the passage that misses least
    "verb",  # 1 where a passage has the verb or a synonym, less where one of its like, none or its reverse
    "verb_wider",  # the same in the whole articles of these passages
    "named",  # minus the names that the passage lacks which carries it best, or the joined one
    "relevance",  # the logit of the best passage as an answer to the question
)

BEST, MATCHING, TOGETHER = 1, 2, 4
"""Sentences that are read: the best answers, those with most of its words, those of one article."""
LOOKED_AT = 60
"""Ranked sentences among which these are looked for."""
SHARED = 0.3
"""Share of the premise's words from which a sentence is read with others of its article."""
ALIKE = 0.4
"""What a word of like meaning counts in place of the verb."""
MOST_ABSENT = 2
AROUND = 250
"""Characters to each side of a sentence: "the ship" in it may be the Marigold of the sentence before last."""
READ = 20_000
"""Characters of an article that its verb is looked for in."""
DENIED = 3.5
"""Logit from which a passage denies a statement; at 2 three times as many true premises are wrongly told."""
SAME = 0.6
"""Share of the premise's words that a sentence has if it says otherwise, and not something else."""
_FILLERS = frozenset(map(base_of, ("something", "somebody", "some")))
_LAST_YEAR, _THIS_YEAR = (
    re.compile(rf"\b{which} year\b(?!['’])", re.IGNORECASE) for which in ("last", "this")
)
_LEANING = re.compile(
    r"^\W*(?:the|he|she|it|they|this|these|that|those|his|her|its|their|both)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Borne:
    """What is found of a premise: `signs` as in `SIGNS`, the sentences read, the nearest first.

    `denying` is the sentence that says otherwise; `worded` says that all words of the premise stand close
    together in one article.
    """

    signs: Mapping[str, float]
    nearest: tuple[Ranked, ...]
    denying: Ranked | None = None
    worded: bool = False

    @property
    def chance(self) -> float:
        """The probability, 0 to 1, that the articles say what is taken for granted."""
        weights = _stored()["weights"]
        logit = weights["bias"] + sum(weights[name] * self.signs[name] for name in SIGNS)
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, logit))))

    @property
    def unmet(self) -> bool:
        """Whether the articles don't say it: one says otherwise, or the chance is too low."""
        least: float = _stored()["least"]
        return self.denying is not None or (not self.worded and self.chance < least)

    def told(self, premise: Premise) -> UnmetPremise:
        """Say that it is not met."""
        return UnmetPremise(premise.told, self.denying.cite(1) if self.denying else None)


def borne_out(premise: Premise, ranked: Sequence[Ranked], relevance: float) -> Borne:
    """Read a premise against the sentences found, of which there must be one, best first.

    `relevance` is the logit of the best of them as an answer (retrieval/relevance.py).
    """
    words = _weighed(premise.statement)
    looked_at = ranked[:LOOKED_AT]
    shares = [_share(words, f"{item.article.title} {item.sentence.text}") for item in looked_at]
    matching = sorted(range(len(looked_at)), key=lambda place: -shares[place])[:MATCHING]
    chosen = list(dict.fromkeys([*matching, *range(min(BEST, len(looked_at)))]))
    passages = [_passage(looked_at[place], looked_at) for place in chosen]
    together = _together(chosen[0], looked_at, shares)
    *alone, joined = read(premise.statement, [*passages, together])
    best = max(range(len(alone)), key=lambda place: alone[place].carried)
    having = [frozenset(word.base for word in read_words(passage.text)) for passage in (*passages, together)]
    signs = {
        "carried_best": alone[best].carried,
        "carried_together": joined.carried,
        "undenied": -max(reading.denied for reading in alone),
        "unmissed": -min(_rarest_missing(words, each) for each in having),
        "verb": max(_verb_found(base_of(premise.verb), each) for each in having),
        "verb_wider": max(_verb_wider(premise.verb, looked_at[place]) for place in chosen),
        "named": -float(
            min(MOST_ABSENT, *(names_absent(premise.statement, each) for each in (passages[best], together)))
        ),
        "relevance": relevance,
    }
    denying = _denying(chosen, alone, shares)
    order = sorted(range(len(chosen)), key=lambda place: (chosen[place] != denying, -alone[place].carried))
    nearest = tuple(looked_at[chosen[place]] for place in order)
    worded = any(_share(words, _around(looked_at[place])) == 1.0 for place in chosen)
    return Borne(signs, nearest, None if denying is None else looked_at[denying], worded)


def _denying(chosen: Sequence[int], readings: Sequence[Reading], shares: Sequence[float]) -> int | None:
    """Return the place of the sentence that is about the same and says otherwise, where none says it."""
    if max(reading.carried for reading in readings) > 0:
        return None  # the articles differ: that is told of the answer
    denying = [
        place
        for place, reading in zip(chosen, readings, strict=True)
        if reading.denied > DENIED and shares[place] >= SAME
    ]
    return max(denying, key=lambda place: shares[place], default=None)


def _weighed(statement: str) -> dict[str, float]:
    """Return the base forms of a statement's words that carry content, with how rare each is."""
    words = {word.base for word in read_words(statement) if word.content} - _FILLERS
    return {word: rarity(word) for word in words}


def _share(words: Mapping[str, float], text: str) -> float:
    """Return the share, 0 to 1, of the weight of words that a text has, or a synonym of them."""
    return _found(words, frozenset(word.base for word in read_words(text)))


def _found(words: Mapping[str, float], having: frozenset[str]) -> float:
    missing = sum(weight for word, weight in words.items() if not _has(word, having))
    return 1.0 - missing / (sum(words.values()) or 1.0)


def _rarest_missing(words: Mapping[str, float], having: frozenset[str]) -> float:
    return max((weight for word, weight in words.items() if not _has(word, having)), default=0.0)


def _has(word: str, having: frozenset[str]) -> bool:
    return word in having or not _synonyms().get(word, frozenset()).isdisjoint(having)


def _verb_found(verb: str, having: frozenset[str]) -> float:
    """Return 1 for the verb or a synonym, less for a word of like meaning, -1 for its reverse, else 0."""
    if _has(verb, having):
        return 1.0
    reverse = antonyms().get(verb, frozenset())
    if reverse & having:
        return -1.0
    return ALIKE if related(verb) & having else 0.0


def _around(item: Ranked) -> str:
    """Return a sentence with its title and what stands around it."""
    text, span = item.article.text, item.sentence
    return f"{item.article.title} {text[max(0, span.start - AROUND) : span.end + AROUND]}"


def _verb_wider(verb: str, item: Ranked) -> float:
    """Return 1 where an article has a form of the verb, less where it has a word of like meaning, else 0."""
    text = f"{item.article.title} {item.article.text[:READ]}".lower()
    forms = {verb.removesuffix("e"), *forms_of(verb)}
    if any(re.search(rf"\b{re.escape(form)}", text) for form in forms):
        return 1.0
    like = related(base_of(verb)) - antonyms().get(base_of(verb), frozenset())
    return ALIKE if any(re.search(rf"\b{re.escape(word)}", text) for word in like) else 0.0


def _passage(item: Ranked, ranked: Sequence[Ranked]) -> Passage:
    """Return a sentence with its title, and with the sentence before where it leans on that."""
    before: tuple[str, ...] = ()
    if _LEANING.match(item.sentence.text):
        before = tuple(other.sentence.text for other in ranked if item.follows(other))[:1]
    title = item.article.title.strip()
    text = _with_years(item.sentence.text, item.article.published)
    return Passage(text, (*((title,) if title else ()), *before), item.article.published)


def _with_years(text: str, published: date | None) -> str:
    """Return a text whose "last year" and "this year" are the years that they mean, which a premise names."""
    if published is None:
        return text
    text = _LAST_YEAR.sub(f"in {published.year - 1}", text)
    return _THIS_YEAR.sub(f"in {published.year}", text)


def _together(place: int, ranked: Sequence[Ranked], shares: Sequence[float]) -> Passage:
    """Return the sentences of one article that share words with the premise as one passage."""
    article = ranked[place].article
    own = [at for at, item in enumerate(ranked) if item.article.id == article.id and shares[at] >= SHARED]
    kept = sorted(own, key=lambda at: -shares[at])[:TOGETHER] or [place]
    ordered = sorted(kept, key=lambda at: ranked[at].sentence.start)
    text = _with_years(" ".join(ranked[at].sentence.text for at in ordered), article.published)
    return Passage(text, (article.title,) if article.title.strip() else (), article.published)


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return stored

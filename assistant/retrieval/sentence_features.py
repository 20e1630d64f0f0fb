"""Features of the sentence ranking: one row of numbers for each candidate sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from assistant.language import patterns
from assistant.question.answer_kind import Kind
from ingest import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.token_matching import Matches

NAMES = (
    "cover",  # share of the question's word weight that the sentence has
    "cover_near",  # the same with the sentences before and after, and the title
    "names_cover",  # share of the question's names and numbers in the sentence
    "names_near",  # the same with its surroundings
    "pairs",  # share of the question's neighbouring words that stand within reach of each other
    "cosine",  # mean vector of the sentence, read in its place, against the question's
    "tokens",  # mean best match of the question's tokens (late interaction)
    "tokens_weighted",  # the same, rare words counting more
    "tokens_near",  # the better of the sentences before and after
    "gain",  # how far it matches what few others match
    "chunk_cosine",  # chunk vector against question vector
    "chunk_match",  # the chunk's score without its date
    "recency",  # prior of the article's date
    "lead",  # how near the sentence is to the top of its article
    "fits",  # the kind of answer asked for is there
    "misfits",  # a number, sum, time or length was asked for and none is there
    "fits_cover",  # … and the sentence has the question's words
    "causes",  # a reason was asked for and a cause is named
    "counts",  # a number stands before what "how many" counts
    "new_names",  # brings a name that the question does not have
    "new_numbers",  # brings a number that the question does not have
    "votes",  # its new names are also brought by other articles' candidates
    "length",  # words, as log against a readable 22
    "short",  # fewer than 6 words
    "asks",  # the sentence is itself a question
    "pronoun",  # opens with a pronoun or a bare reference
    "pronoun_near",  # … and what comes before has the question's words
    "follows",  # the question's words in the sentence before
    "follows_why",  # … of a question for a reason
    "speech",  # reports what somebody said
    "speaker",  # … and that somebody is who "what did … say" asks about
)
MATCHED = ("cosine", "tokens", "tokens_weighted", "tokens_near", "gain")
"""Those of late interaction, by which sentences are found that a claim rests on. For questions they are 0:
the cross-encoder, which reads the best sentences, makes them superfluous there (docs/evaluation.md)."""

STRICT = frozenset({Kind.NUMBER, Kind.MONEY, Kind.TIME, Kind.DURATION, Kind.MEASURE})
"""Kinds that a sentence either has or has not."""

SHORT_WORDS = 6
READABLE_WORDS = 22
LEAD_CHARACTERS = 600.0
"""Over this many characters the advantage of standing at the top of an article fades (five sentences)."""

REACH = 4
"""Words between two neighbours of the question that still count as together."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what surrounds it.

    `position` counts characters from the top of the article. `article` tells candidates of different
    articles apart. `run` is the same for neighbours that are read together (a chunk); `chunk_cosine`
    and `recency` are 0 where there is no library (ranking sentences alone).
    """

    text: str
    before: str = ""
    after: str = ""
    title: str = ""
    article: str = ""
    position: int = 0
    run: int = 0
    chunk_cosine: float = 0.0
    chunk_match: float = 0.0
    recency: float = 0.0


def features(
    query: Query,
    candidates: Sequence[Candidate],
    *,
    rarity: Mapping[str, float],
    matches: Matches | None = None,
) -> NDArray[np.float32]:
    """Return one row for each candidate, columns as in `NAMES`.

    `rarity` weighs the question's words (inverse document frequency); `matches` is in the order of the
    candidates. Without it the columns of `MATCHED` are 0.
    """
    asked = frozenset(re.findall(r"\w+", query.text.lower()))
    new = [_New.of(query, asked, candidate.text) for candidate in candidates]
    rows = [_own(query, candidate, brings, rarity) for candidate, brings in zip(candidates, new, strict=True)]
    for place, row in enumerate(rows):
        row.update(_matched(candidates, matches, place) if matches else dict.fromkeys(MATCHED, 0.0))
    for row, vote in zip(rows, _votes(query, candidates, rows, new), strict=True):
        row["votes"] = vote
    return np.array([[row[name] for name in NAMES] for row in rows], dtype=np.float32).reshape(-1, len(NAMES))


def _matched(candidates: Sequence[Candidate], matches: Matches, place: int) -> dict[str, float]:
    """Return what late interaction sees of a sentence and of those beside it."""
    tokens = matches.tokens
    return {
        "cosine": float(matches.cosine[place]),
        "tokens": float(tokens[place]),
        "tokens_weighted": float(matches.weighted[place]),
        "tokens_near": max((float(tokens[other]) for other in _beside(candidates, place)), default=0.0),
        "gain": float(matches.gain[place]),
    }


def _beside(candidates: Sequence[Candidate], place: int) -> list[int]:
    """Return the places of the sentences before and after in the same run."""
    near = [other for other in (place - 1, place + 1) if 0 <= other < len(candidates)]
    return [other for other in near if candidates[other].run == candidates[place].run]


def coverage(words: Sequence[str], there: AbstractSet[str], rarity: Mapping[str, float]) -> float:
    """Return the share of the words' weight that is there, 0 to 1."""
    total = sum(rarity.get(word, 1.0) for word in words)
    return sum(rarity.get(word, 1.0) for word in words if word in there) / total if total else 0.0


def _own(query: Query, candidate: Candidate, new: _New, rarity: Mapping[str, float]) -> dict[str, float]:
    sequence = _stems(candidate.text)
    here, title = frozenset(sequence), frozenset(_stems(candidate.title))
    before = frozenset(_stems(candidate.before))
    around = before.union(_stems(candidate.after))
    names = tuple(query.names)
    fits = holds(query.kind, candidate.text, new_names=len(new.names), new_numbers=len(new.numbers))
    cover = coverage(query.words, here, rarity)
    pronoun = float(bool(patterns.PRONOUN_START.match(candidate.text)))
    follows = coverage(query.words, before, rarity)
    words = len(sequence)
    return {
        "cover": cover,
        "cover_near": coverage(query.words, here | around | title, rarity),
        "names_cover": coverage(names, here, rarity) if names else cover,
        "names_near": coverage(names, here | around | title, rarity) if names else cover,
        "pairs": _pairs(query.words, sequence),
        "chunk_cosine": candidate.chunk_cosine,
        "chunk_match": candidate.chunk_match,
        "recency": candidate.recency,
        "lead": exp(-candidate.position / LEAD_CHARACTERS),
        "fits": fits,
        "misfits": float(query.kind in STRICT and not fits),
        "fits_cover": fits * cover,
        "causes": float(query.kind is Kind.REASON and patterns.names_cause(candidate.text)),
        "counts": float(bool(query.counted) and patterns.counts(candidate.text, query.counted)),
        "new_names": min(len(new.names), 3) / 3.0,
        "new_numbers": min(len(new.numbers), 2) / 2.0,
        "length": abs(log((words + 1) / (READABLE_WORDS + 1))),
        "short": float(words < SHORT_WORDS),
        "asks": float(candidate.text.rstrip("”\"' ").endswith("?")),
        "pronoun": pronoun,
        "pronoun_near": pronoun * coverage(query.words, before | title, rarity),
        "follows": follows,
        "follows_why": follows * (query.kind is Kind.REASON),
        "speech": float(bool(patterns.SPEECH.search(candidate.text))),
        "speaker": float(bool(query.speaker) and patterns.speaks(candidate.text, query.speaker)),
    }


@lru_cache(maxsize=2_000)
def _stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text, which is read as a sentence, and beside the ones before and after it."""
    return tuple(stems(text))


@dataclass(frozen=True, slots=True)
class _New:
    """What a sentence has beside the words of the question: stems of names, and numbers."""

    names: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, query: Query, asked: AbstractSet[str], sentence: str) -> _New:
        """Read a sentence; `asked` are the words of the question."""
        text = patterns.DATE.sub(" ", sentence) if query.kind is Kind.NUMBER else sentence
        numbers = (match.group().rstrip(".,").lower() for match in patterns.NUMBER.finditer(text))
        named = content_stems(" ".join(patterns.names(sentence)))
        return cls(frozenset(named).difference(query.words), frozenset(numbers).difference(asked))


def _brought(query: Query, sentence: str, new: _New) -> frozenset[str]:
    """Return what a sentence brings of the kind asked for."""
    if query.kind is Kind.TIME:
        return frozenset(match.group().lower() for match in patterns.TIME.finditer(sentence))
    return new.numbers if query.kind in STRICT else new.names


def _pairs(words: Sequence[str], sequence: Sequence[str]) -> float:
    pairs = list(pairwise(words))
    if not pairs:
        return 0.0
    places: dict[str, list[int]] = defaultdict(list)
    for index, stem in enumerate(sequence):
        places[stem].append(index)
    near = sum(
        any(abs(there - here) <= REACH for here in places.get(first, ()) for there in places.get(second, ()))
        for first, second in pairs
    )
    return near / len(pairs)


def _votes(
    query: Query,
    candidates: Sequence[Candidate],
    rows: Sequence[Mapping[str, float]],
    new: Sequence[_New],
) -> list[float]:
    """Return how far other articles bring the same new names or numbers, 0 to 1.

    Redundancy as evidence (AskMSR, Brill et al. 2002): what several articles say in sentences like
    the question is more likely the answer. Copies within one article count once.
    """
    brought = [
        _brought(query, candidate.text, brings) for candidate, brings in zip(candidates, new, strict=True)
    ]
    weights = [row["cover_near"] ** 2 for row in rows]
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for candidate, items, weight in zip(candidates, brought, weights, strict=True):
        for item in items:
            best[item][candidate.article] = max(best[item].get(candidate.article, 0.0), weight)
    total = sum(sorted(weights, reverse=True)[:8]) or 1.0
    votes = {item: sum(articles.values()) / total for item, articles in best.items()}
    return [min(1.0, max((votes[item] for item in items), default=0.0)) for items in brought]


def holds(kind: Kind, sentence: str, *, new_names: int, new_numbers: int) -> float:
    """Say how well a sentence could hold an answer of a kind, 0 to 1.

    `new_names` and `new_numbers` count what the sentence brings beyond the question's own words.
    """
    fits = {
        Kind.NUMBER: lambda: float(new_numbers > 0),
        Kind.DURATION: lambda: float(
            bool(patterns.DURATION.search(sentence) or patterns.MEASURE.search(sentence))
        ),
        Kind.MEASURE: lambda: float(bool(patterns.MEASURE.search(sentence))),
        Kind.MONEY: lambda: 1.0 if patterns.MONEY.search(sentence) else 0.3 * (new_numbers > 0),
        Kind.TIME: lambda: float(bool(patterns.TIME.search(sentence))),
        Kind.PERSON: lambda: min(1.0, new_names / 2),
        Kind.NAME: lambda: min(1.0, new_names / 2),
        Kind.PLACE: lambda: 0.6 * (new_names > 0) + 0.4 * _names_place(sentence),
        Kind.QUOTATION: lambda: (
            0.6 * bool(patterns.QUOTATION.search(sentence)) + 0.4 * bool(patterns.SPEECH.search(sentence))
        ),
        Kind.REASON: lambda: float(bool(patterns.REASON.search(sentence))),
        Kind.OTHER: lambda: 0.0,
    }
    return fits[kind]()


def _names_place(sentence: str) -> bool:
    return any(match.group(1)[0].isupper() for match in patterns.PLACE.finditer(sentence))

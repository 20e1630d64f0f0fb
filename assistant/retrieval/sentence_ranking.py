"""Sentence ranking: learned weights over the features of `sentence_features`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.language.patterns import names
from assistant.question.query import understand
from assistant.retrieval.relevance import passage, reread
from assistant.retrieval.sentence_features import NAMES, Candidate, features
from assistant.retrieval.token_matching import match
from ingest import QuestionError, as_texts, content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.token_matching import Matches

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "ranking.json"
"""Made by tools/fit_models.py; docs/evaluation.md has the figures. Three sets of weights: for sentences of a
`library`, for those of one text `alone`, and for those that a `claim` rests on."""

BY_HAND: Mapping[str, Mapping[str, float]] = {
    "library": {"recency": 6.0, "lead": 1.0, "misfits": -3.0, "causes": 2.0, "speaker": 3.0},
    "alone": {"lead": 1.0, "causes": 2.0, "speaker": 3.0},
    "claim": {},
}
"""Weights that SQuAD can't teach and the learning leaves out: its paragraphs have no dates and are from the
middle of their pages, almost every sentence of an encyclopedia has a number, and hardly anybody speaks in it.
Recency and lead were chosen on news questions from a coarse grid in which everything around them scores
alike; a point is a third of one of the cross-encoder's logit. A question for a number is not answered without
one, nor one for somebody's words by other people's.
A cause is named by .31 of the sentences that answer SQuAD's 120 questions for a reason and by .06 of the
others; with 2 their MAP is .868 instead of .851, with 1 and 3 it is .850 and .853."""

RUN_WORDS = 110
"""Words of the sentences of one text that are read together: as many as a chunk has."""

LEFT_OPEN = 60.0
COMPLEMENTING = 3
"""What a claim's words that no better sentence matches are worth beside the learned score, and for how many
sentences that is counted anew. Of WiCE's gold, weights cross-validated, .889 is in the first five (.884 with
40, .890 with 100) and .867 without (docs/evaluation.md)."""

_STATES = re.compile(r"[.!][\"'”’)\]]*$")
_ASKS = re.compile(
    r"^\W*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|"
    r"will|would|should|may|name|list|tell|give|find|explain|describe|compare)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear score over standardised features."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weight: NDArray[np.float32]

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one score a row; higher is better."""
        return np.asarray(((rows - self.mean) / self.scale) @ self.weight, dtype=np.float32)


@cache
def weights(kind: str = "library") -> Weights:
    """Read the learned weights of a kind, in the order of `features.NAMES`."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))[kind]
    unlearned = {name: _by_hand(0.0) for name in NAMES if name not in stored}
    stored |= unlearned | {name: _by_hand(weight) for name, weight in BY_HAND[kind].items()}
    return Weights(*(_column(stored, part) for part in ("mean", "scale", "weight")))


def dated(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the date of its article adds to each sentence's score in a library."""
    place = NAMES.index("recency")
    return np.asarray(rows[:, place] * weights().weight[place] / weights().scale[place], dtype=np.float32)


def _column(stored: Mapping[str, Mapping[str, float]], part: str) -> NDArray[np.float32]:
    return np.array([stored[name][part] for name in NAMES]).astype(np.float32)


def _by_hand(weight: float) -> dict[str, float]:
    return {"mean": 0.0, "scale": 1.0, "weight": weight}


def rank_sentences(question: str, sentences: str | Sequence[str], *, title: str | None = None) -> list[float]:
    """Score the sentences of one text for a question or a claim, in their order; higher is better.

    A claim asks for the sentences that it rests on.

    Raises:
        QuestionError: the question is empty or too long, or the sentences are no strings.
    """
    sentences = as_texts(sentences, "sentences", 'Write ["One sentence.", "Another."].')
    if title is not None and not isinstance(title, str):
        raise QuestionError("The title must be text.")
    query = understand(question)
    if claims(query.text):
        rows, matches = of_claim(query, sentences, title=title)
        scores = complementing(weights("claim").score(rows), matches)
    else:
        passages = [passage(title or "", sentence) for sentence in sentences]
        own = weights("alone").score(alone(query, sentences, title=title))
        scores = reread(query.text, passages, own).scores
    return [float(score) for score in scores]


def alone(query: Query, sentences: Sequence[str], *, title: str | None = None) -> NDArray[np.float32]:
    """Return the features of the sentences of one text that is in no library."""
    rarity = _rarities_among(query.words, sentences)
    return features(with_names(query, sentences), _in_one_text(sentences, title), rarity=rarity)


def of_claim(
    query: Query, sentences: Sequence[str], *, title: str | None = None
) -> tuple[NDArray[np.float32], Matches]:
    """Return the features of sentences that a claim may rest on, and how their tokens match it."""
    rarity = _rarities_among(query.words, sentences)
    matches = match(query.text, sentences, _runs(sentences), rarity)
    candidates = _in_one_text(sentences, title)
    return features(with_names(query, sentences), candidates, rarity=rarity, matches=matches), matches


def with_names(query: Query, sentences: Sequence[str]) -> Query:
    """Return a question in lower case with its names: words that the sentences write with a capital.

    On SQuAD's questions in lower case MAP is .921 with them and .917 without, on CLAPNQ's .791 and .789
    (docs/evaluation.md).
    """
    if query.text != query.text.lower():
        return query
    written = {stem for text in sentences for name in names(text) for stem in content_stems(name)}
    return replace(query, names=query.names | written.intersection(query.words))


def complementing(scores: NDArray[np.float32], matches: Matches) -> NDArray[np.float32]:
    """Return the scores of sentences where each of the first few counts for what those before it left open.

    A claim often rests on several sentences, each saying a part of it: two that say the same part are worth
    less than two that say different ones. What is added falls as more is taken, so the order holds.
    """
    weight = matches.weight / max(float(matches.weight.sum()), 1e-6)
    told, final = np.zeros_like(weight), np.zeros_like(scores)
    left = np.ones(len(scores), dtype=bool)
    for taken in range(min(COMPLEMENTING, len(scores)) + 1):
        now = scores + LEFT_OPEN * (np.maximum(matches.best - told, 0) @ weight)
        if taken == COMPLEMENTING or not left.any():
            break
        first = int(np.argmax(np.where(left, now, -np.inf)))
        final[first], left[first] = now[first], False
        told = np.maximum(told, matches.best[first])
    return np.where(left, now, final).astype(np.float32)


def _in_one_text(texts: Sequence[str], title: str | None) -> list[Candidate]:
    """Make candidates of the sentences of one text, in their order."""
    runs = _runs(texts)
    starts = [0, *accumulate(map(len, texts))]
    return [
        Candidate(
            text=text,
            before=texts[index - 1] if index else "",
            after=texts[index + 1] if index + 1 < len(texts) else "",
            title=title or "",
            position=starts[index],
            run=runs[index],
        )
        for index, text in enumerate(texts)
    ]


def claims(text: str) -> bool:
    """Say whether a text states something instead of asking: it ends as a statement does."""
    return bool(_STATES.search(text)) and not _ASKS.match(text)


def _runs(texts: Sequence[str]) -> list[int]:
    """Number the stretches of about `RUN_WORDS` words in which sentences are read together."""
    runs, run, words = [], 0, 0
    for text in texts:
        here = len(text.split())
        if words and words + here > RUN_WORDS:
            run, words = run + 1, 0
        words += here
        runs.append(run)
    return runs


def rarities(having: Mapping[str, int], total: int) -> dict[str, float]:
    """Return BM25's inverse document frequency of words: `having` counts the texts, of `total`, with each."""
    return {word: log(1.0 + (total - count + 0.5) / (count + 0.5)) for word, count in having.items()}


def _rarities_among(words: Sequence[str], texts: Sequence[str]) -> dict[str, float]:
    sets = [set(stems(text)) for text in texts]
    return rarities({word: sum(word in there for there in sets) for word in words}, len(sets))

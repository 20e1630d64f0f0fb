"""Entailment of a statement by the cited sentences, as a model reads them together."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from assistant.checking.reader import reader
from assistant.language.words import bases
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.checking.heads import PairReading

_MOST = 800
"""Characters of a text that are read."""
_LEAST = 1e-4
"""Probabilities are cut off at this and at 1 less this, so that no logit is beyond +-9.2."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """What a text says of a statement.

    `carried` is the logit of its carrying the statement: 0 is undecided, above it the text rather does.
    `denied` is the probability, 0 to 1, that it says the reverse.
    """

    carried: float
    denied: float


def entailments(
    statements: Sequence[str], sentences: Sequence[str], around: str = ""
) -> tuple[Entailment, tuple[Entailment, ...]]:
    """Return what the joined sentences say of the first statement, then what each says of its own.

    There must be at least one sentence; `statements` has one more than there are sentences, or two for one
    sentence: the statement in the words of all sources, and in those of each. `around` is put before what
    is read, such as the article's title. All pairs go through the model in one call.
    """
    whole, *own = statements
    pairs = list(zip(own, sentences, strict=True))
    if len(sentences) > 1:
        pairs.insert(0, (whole, " ".join(sentences)))
    found = [
        _entailment(read)
        for read in reader().read(
            [(said, f"{around} {nearest_part(said, text)}".strip()) for said, text in pairs]
        )
    ]
    return found[0], tuple(found[-len(sentences) :])


def nearest_part(statement: str, text: str) -> str:
    """Return the sentences of a long text that share most words with a statement, in their order.

    The model reads no more than some 1,000 characters. A text that is not longer than `_MOST` stays whole.
    """
    if len(text) <= _MOST:
        return text
    wanted = bases(statement)
    sentences = [sentence.text for sentence in split_sentences(text)]
    shared = [len(wanted & bases(sentence)) for sentence in sentences]
    kept: list[int] = []
    for place in sorted(range(len(sentences)), key=lambda place: -shared[place]):
        if kept and sum(len(sentences[at]) for at in (*kept, place)) > _MOST:
            break
        kept.append(place)
    return " ".join(sentences[place] for place in sorted(kept))


def _entailment(read: PairReading) -> Entailment:
    carried, denied, _ = read
    held = min(1 - _LEAST, max(_LEAST, carried))
    return Entailment(log(held / (1 - held)), denied)

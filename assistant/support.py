"""`check_statement`: whether cited sentences carry a statement, each alone and together, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.answers import Support
from assistant.checks.alignment import align
from assistant.checks.claims import claims_nothing
from assistant.checks.findings import Finding, Sources, findings
from assistant.checks.score import features, probability

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

THRESHOLD = 0.5
"""Probability from which a statement counts as supported."""
FOUND_WRONG = 0.45
"""What is left of the probability once a check has found a mistake: never enough for the threshold."""


class HasText(Protocol):
    """A sentence of an article."""

    @property
    def text(self) -> str:
        """The words of the sentence."""


class HasQuote(Protocol):
    """A footnote."""

    @property
    def quote(self) -> str:
        """The words of the cited sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of a statement.

    `score` is the probability that the sentences carry it. `reason` says in words what was found.
    `sentences` has the places of the sentences that carry it, alone or, where none does, together.
    """

    support: Support
    score: float
    reason: str
    sentences: tuple[int, ...] = ()


def check_statement(
    statement: str,
    sentences: Sequence[str | HasText | HasQuote],
    *,
    published: date | None = None,
    context: Sequence[str] = (),
) -> Verdict:
    """Hold a statement against the sentences that it cites, without a language model.

    `published` is the day of publication, for dates like "on Tuesday". `context` is text around the
    sentences, such as the title or the sentence before: names and dates may come from there, nothing else.
    """
    if claims_nothing(statement):
        return Verdict(Support.NO_CLAIM, 0.0, "it claims nothing that a source could carry")
    texts = [
        text
        for sentence in ([sentences] if isinstance(sentences, str) else sentences)
        if (text := _text(sentence)).strip()
    ]
    if not texts:
        return Verdict(Support.UNSUPPORTED, 0.0, "it cites no sentence")
    around = tuple(text for text in context if text.strip())
    together = _judge(statement, Sources(tuple(texts), published, around))
    alone = (
        [_judge(statement, Sources((text,), published, around)) for text in texts]
        if len(texts) > 1
        else [together]
    )
    return _verdict(together, alone, statement, texts)


@dataclass(frozen=True, slots=True)
class _Judged:
    score: float
    found: tuple[Finding, ...]
    cover: float
    closest: frozenset[int]
    lost: str

    @property
    def carries(self) -> bool:
        return self.score >= THRESHOLD and not self.found

    @property
    def denies(self) -> bool:
        return self.cover >= 0.6 and any(finding.contradicts for finding in self.found)


def _judge(statement: str, sources: Sources) -> _Judged:
    alignment = align(statement, sources.sentences)
    found = findings(statement, sources)
    score = probability(features(statement, sources.sentences, alignment, found))
    lost = [
        (weight, word.text)
        for weight, word, exact in zip(alignment.weights, alignment.words, alignment.exact, strict=True)
        if exact < 0.5
    ]
    return _Judged(
        score=score * FOUND_WRONG if found else score,
        found=tuple(found),
        cover=alignment.cover(alignment.exact),
        closest=frozenset(int(place) for place in alignment.source),
        lost=max(lost)[1] if lost else "",
    )


def _verdict(together: _Judged, alone: list[_Judged], statement: str, texts: list[str]) -> Verdict:
    best = max([together, *alone], key=lambda judged: judged.score)
    carrying = tuple(place for place, judged in enumerate(alone) if judged.carries)
    if carrying and (denying := [judged for judged in alone if judged.denies]):
        return Verdict(
            Support.CONFLICTING,
            best.score,
            f"one source says it, another does not: {denying[0].found[0].reason}",
            carrying,
        )
    if carrying:
        return Verdict(Support.SUPPORTED, best.score, "the source says so", carrying)
    if together.carries:
        return Verdict(
            Support.SUPPORTED, together.score, "the sources say so together", tuple(sorted(together.closest))
        )
    if together.found:
        return Verdict(Support.UNSUPPORTED, together.score, together.found[0].reason)
    reason = (
        f"the source does not say “{together.lost}”" if together.lost else "the source says something else"
    )
    return Verdict(Support.UNSUPPORTED, together.score, reason)


def _text(sentence: str | HasText | HasQuote) -> str:
    if isinstance(sentence, str):
        return sentence
    return str(getattr(sentence, "quote", None) or getattr(sentence, "text", ""))

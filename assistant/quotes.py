"""An answer in quotations: which of the ranked sentences are shown, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation, Evidence, Statement, Support
from assistant.links import text_fragment_link
from ingest import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest import Article, Sentence

MOST_QUOTES = 5
NEAREST = 3
"""Sentences offered as the closest when the articles don't say."""

SAME = 0.7
"""Share of a sentence's content words found in one already chosen from which it adds nothing."""

MARGIN = 4.0
"""A sentence this far below the best in score is not shown: see docs/evaluation.md."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with its article and its score; lists of these are best first."""

    article: Article
    sentence: Sentence
    score: float

    def cite(self, number: int) -> Citation:
        """Make footnote `number` of it; the span is checked against the article's text."""
        link = text_fragment_link(self.article.url, self.article.text, self.sentence.start, self.sentence.end)
        return Citation.of(self.article, self.sentence, number=number, link=link)


def choose(ranked: Sequence[Ranked], *, why: bool = False) -> list[Ranked]:
    """Return the sentences to show: the decisive one first, the others in reading order.

    A sentence is left out when one chosen before says the same (a copy in another paper, a
    headline repeated) or when it lies far behind the best. With `why`, what follows the decisive
    sentence is shown whatever its score: news says what happened and then why.
    """
    chosen: list[Ranked] = [*ranked[:1], *(_following(ranked) if why else ())]
    for item in ranked[1:]:
        if len(chosen) == MOST_QUOTES or item.score < ranked[0].score - MARGIN:
            break
        if not any(_same(item.sentence.text, other.sentence.text) for other in chosen):
            chosen.append(item)
    order = {item.article.id: place for place, item in reversed(list(enumerate(chosen)))}
    rest = sorted(chosen[1:], key=lambda item: (order[item.article.id], item.sentence.start))
    return chosen[:1] + rest


def _following(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the sentence right after the best one in its article, if it was read."""
    best = ranked[0] if ranked else None
    return [
        item
        for item in ranked
        if best is not None
        and item.article.id == best.article.id
        and item.sentence.start >= best.sentence.end
        and not best.article.text[best.sentence.end : item.sentence.start].strip()
    ]


def quote_answer(
    question: str,
    ranked: Sequence[Ranked],
    *,
    confidence: float,
    answered: bool,
    why: bool = False,
    notices: tuple[str, ...] = (),
) -> Answer:
    """Make the answer; without one the nearest sentences are offered as consulted.

    `why` says that a reason was asked for (see `choose`).
    """
    chosen = choose(ranked, why=why) if answered else []
    citations = tuple(item.cite(number) for number, item in enumerate(chosen, start=1))
    statements = tuple(
        Statement(text=citation.quote, citations=(citation.number,), support=Support.SUPPORTED)
        for citation in citations
    )
    return Answer(
        question=question,
        answered=bool(citations),
        confidence=confidence,
        statements=statements,
        citations=citations,
        consulted=_consulted(ranked, chosen, limit=MOST_QUOTES if citations else NEAREST),
        notices=notices,
    )


def as_evidence(ranked: Sequence[Ranked]) -> list[Evidence]:
    """Return ranked sentences as public evidence, numbered in order."""
    return [Evidence(item.cite(number), item.score) for number, item in enumerate(ranked, start=1)]


def _consulted(ranked: Sequence[Ranked], chosen: Sequence[Ranked], *, limit: int) -> tuple[Citation, ...]:
    rest: list[Ranked] = []
    for item in ranked:
        if not any(_same(item.sentence.text, other.sentence.text) for other in [*chosen, *rest]):
            rest.append(item)
        if len(rest) == limit:
            break
    return tuple(item.cite(number) for number, item in enumerate(rest, start=len(chosen) + 1))


def _same(first: str, second: str) -> bool:
    one, two = set(content_stems(first)), set(content_stems(second))
    shorter = min(len(one), len(two))
    return bool(shorter) and len(one & two) / shorter >= SAME

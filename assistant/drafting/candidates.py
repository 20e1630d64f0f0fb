"""The sentences of the library that may decide on a statement, each with what the check says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.mistakes import Mistake, Sources, find_mistakes
from assistant.language.dates import dates
from assistant.language.pronouns import named
from assistant.quoting.select import referent_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.checking.check import Verdict
    from assistant.retrieval.found import Ranked

SURE = 0.8
"""Score from which a sentence that was found by searching carries a statement: nobody has read and chosen it.
Of what people wrote and the model has not seen, .84 of what scores more is carried where half is
(docs/evaluation.md)."""

_TRIED = 8
"""Sentences that a statement is held against, the best of the search."""


@dataclass(frozen=True, slots=True, eq=False)
class CheckedSentence:
    """A sentence that may decide; `told` is what it says, with the person named whom it calls "she".

    `context` has its article's title and the sentence before it, where names and dates may come from.
    """

    item: Ranked
    told: str
    context: tuple[str, ...]
    verdict: Verdict

    @property
    def around(self) -> tuple[str, ...]:
        """What it says, and where names and dates may come from."""
        return (self.told, *self.context)

    @property
    def published(self) -> date | None:
        """When its article was published."""
        return self.item.article.published

    @property
    def carries(self) -> bool:
        """Whether it surely says what the statement says."""
        return is_sure(self.verdict)

    def check(self, statement: str) -> Verdict:
        """Hold another statement against it."""
        return check_statement(statement, [self.told], published=self.published, context=self.context)

    def mistakes(self, statement: str) -> list[Mistake]:
        """Return what is wrong in a statement if this is what it rests on."""
        return find_mistakes(statement, Sources((self.told,), self.published, self.context))


def is_sure(verdict: Verdict) -> bool:
    """Say whether sentences that were found by searching carry a statement."""
    return verdict.support is Support.SUPPORTED and verdict.score >= SURE


def checked_sentences(statement: str, ranked: Sequence[Ranked]) -> list[CheckedSentence]:
    """Hold a statement against the best of the sentences found for it, each alone."""
    found = []
    for item in ranked[:_TRIED]:
        who = referent_of(item)
        told = named(item.sentence.text, who) if who else item.sentence.text
        before = next((other.sentence.text for other in ranked if item.follows(other)), None)
        context = tuple(text for text in (item.article.title, before) if text)
        verdict = check_statement(statement, [told], published=item.article.published, context=context)
        found.append(CheckedSentence(item, told, context, verdict))
    return found


def means_another_day(statement: str, candidate: CheckedSentence, written_on: date | None) -> bool:
    """Say whether "last year" in the draft is another year than in the article."""
    if written_on is None or candidate.published is None:
        return False
    mine, theirs = dates(statement, written_on), dates(statement, candidate.published)
    pairs = [(one, other) for one, other in zip(mine, theirs, strict=False) if one.start == other.start]
    return any(one.spans and other.spans and one.spans != other.spans for one, other in pairs)

"""Selection of the quoted sentences from the ranked ones, without repetitions, and their order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.language import patterns
from assistant.language.pronouns import referent_at
from assistant.question.question_form import Shape
from assistant.quoting.sentence_quality import (
    is_label,
    is_page_furniture,
    leans_back,
    only_asks,
    promises,
    retells_a_post,
    same,
    says_unsaid,
    tells_a_question,
)
from ingest import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.retrieval.found import Ranked

MOST_QUOTES = 4
MOST_LISTED = 8
"""Quotes of an answer to a question that asks for several things."""

MARGIN = 3.65
"""A sentence with a score this far below the best is not shown (docs/evaluation.md)."""

NEWEST_MARGIN = MARGIN
"""The same where the newest comes first: what is put first must be nearly as good as the best."""

LABEL_COST = 1.5
"""Penalty, in score, of a headline or caption against a sentence that says the same in full."""

PROMISES_COST = 3.0
RETOLD_COST = 3.0
ASKED_COST = 3.0
"""The same of a sentence that only tells what the article will tell, of one that retells a post, and of one
that tells what was asked."""

UNSAID_COST = 5.0
"""The same of one that tells what is not known: "how the fire had started" has all words of the question."""


PRONOUN_COST = 0.5
"""The same of one that begins with a pronoun: with it two more of CLAPNQ's 148 first sentences are right."""


def choose(
    ranked: Sequence[Ranked],
    *,
    why: bool = False,
    shape: Shape = Shape.PLAIN,
    sides: Sequence[frozenset[str]] = (),
    about: frozenset[str] = frozenset(),
    parts: Sequence[Sequence[Ranked]] = (),
) -> list[Ranked]:
    """Return the sentences to show: the decisive one first, the others in reading order.

    A sentence is left out when one chosen before says the same (a copy in another paper, a
    headline repeated), when it lies far behind the best that says something, or when it only asks or
    points elsewhere and another one doesn't. With `why`, what follows the decisive sentence is shown
    whatever its score: news says what happened and then why. A question for a list gets more sentences,
    one for the latest the newest first, and a comparison one for each of its `sides`, if possible with a
    word of what they are compared in, `about`. Where several things are asked for, `parts` has the sentences
    ranked for each, and the best of these are shown.
    """
    if parts:
        return _apart(parts)
    ordered = _telling_first(ranked)
    if not ordered:
        return []
    most = MOST_LISTED if shape is Shape.LIST else MOST_QUOTES
    margin = NEWEST_MARGIN if shape is Shape.LATEST else MARGIN
    least = _worth(next((item for item in ordered if not _unsaid(item)), ordered[0])) - margin
    chosen = [ordered[0], *(_following(ordered[0], ranked) if why else ())]
    for item in [*_asked_before(ordered, ranked), *_sides(ordered, sides, about), *ordered[1:]]:
        if len(chosen) == most:
            break
        if _worth(item) >= least and not any(repeats(item, other) for other in chosen):
            chosen.append(item)
    chosen = _with_neighbours(chosen, ranked, most)
    if shape is Shape.LATEST:
        return sorted(chosen, key=lambda item: item.article.published or date.min, reverse=True)
    return in_reading_order(chosen)


def _apart(parts: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """Return the sentences for several things asked for in the order of these; one may say two of them."""
    chosen: list[Ranked] = []
    for item in (_telling_first(part)[0] for part in parts):
        if not any(repeats(item, other) for other in chosen):
            chosen.append(item)
    return chosen


def in_reading_order(chosen: Sequence[Ranked]) -> list[Ranked]:
    """Return the first sentence, then the others article by article as they stand there."""
    order = {item.article.id: place for place, item in reversed(list(enumerate(chosen)))}
    rest = sorted(chosen[1:], key=lambda item: (order[item.article.id], item.sentence.start))
    return [*chosen[:1], *rest]


def repeats(item: Ranked, other: Ranked) -> bool:
    """Say whether a sentence adds nothing to another one."""
    return same(item.sentence.text, other.sentence.text)


def _telling_first(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the sentences best first, what tells little behind what tells more.

    Sentences that only ask, and links and bylines, are left out unless there is nothing else.
    """
    telling = [item for item in ranked if not _tells_nothing(item.sentence.text)]
    return sorted(telling or ranked, key=lambda item: UNSAID_COST * _unsaid(item) - _worth(item))


def _worth(item: Ranked) -> float:
    """Return the score of a sentence without what it loses for telling little."""
    text = item.sentence.text
    return (
        item.score
        - LABEL_COST * _is_label(item)
        - PROMISES_COST * promises(text)
        - RETOLD_COST * retells_a_post(text)
        - ASKED_COST * tells_a_question(text)
        - PRONOUN_COST * bool(patterns.PRONOUN_START.match(text))
    )


def _tells_nothing(text: str) -> bool:
    return only_asks(text) or is_page_furniture(text)


def _unsaid(item: Ranked) -> bool:
    return says_unsaid(item.sentence.text)


def _asked_before(ordered: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return what follows a sentence that asks nearly the same question: a heading, an interviewer."""
    askers = [item for item in ranked if only_asks(item.sentence.text) and item.score > ordered[0].score]
    return [item for asker in askers for item in _following(asker, ordered)]


def _is_label(item: Ranked) -> bool:
    return is_label(item.sentence.text, item.article.title)


def _sides(ordered: Sequence[Ranked], sides: Sequence[frozenset[str]], about: frozenset[str]) -> list[Ranked]:
    """Return the best sentence for each side of a comparison, if possible with what is compared."""
    having = [(item, frozenset(stems(item.sentence.text))) for item in ordered] if sides else []
    best = [
        next((item for item, words in having if side & words and about & words), None)
        or next((item for item, words in having if side & words), None)
        for side in sides
    ]
    return sorted((item for item in best if item is not None), key=lambda item: -item.score)


def _with_neighbours(chosen: Sequence[Ranked], ranked: Sequence[Ranked], most: int) -> list[Ranked]:
    """Add the sentence before one that can't be understood alone, while there is room.

    The place and name of an agency at the start of a report ("New York CNN —") explain nothing.
    """
    whole = list(chosen)
    for item in chosen:
        if len(whole) >= most:
            break
        if leans_back(item.sentence.text) and not referent_of(item):
            before = next((other for other in ranked if item.follows(other)), None)
            if (
                before
                and not _is_label(before)
                and not only_asks(before.sentence.text)
                and not any(repeats(before, other) for other in whole)
            ):
                whole.append(before)
    return whole


def referent_of(item: Ranked) -> str | None:
    """Return who the pronoun of a sentence stands for, if that is clear."""
    return referent_at(item.article.text, item.sentence.start, item.sentence.end)


def _following(best: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the sentence right after the best one in its article, if it was read and tells something."""
    after = (item for item in ranked if item.follows(best))
    return [item for item in after if not (_is_label(item) or only_asks(item.sentence.text))][:1]

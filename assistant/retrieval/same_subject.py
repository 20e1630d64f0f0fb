"""What a conversation is about, held against the articles found: any other answers "Was anyone hurt?"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieval.sentence_features import coverage
from assistant.retrieval.speaking_title import speaking_title
from ingest import stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.retrieval.chunk_ranking import Found

ABOUT = 0.7
"""Share of what the best article has of a conversation's words from which another is about the same. .5 to .9
come out alike (docs/evaluation.md)."""

BESIDE = 8.0
"""Points of the logit that a sentence of another article costs. Of 136 follow-ups on news .735 have the right
sentence first with none, .750 with 4 to 12. AUROC of those told against 59 that aren't is .904 and .936 to
.938; of the latter .54, .78 with 4, and .95 with 8 have a sentence about the same first."""


def subject_costs(
    found: Sequence[Found], context: Sequence[str], rarity: Mapping[str, float]
) -> NDArray[np.float32]:
    """Return what each chunk costs, in points of the logit, for being about something else.

    `context` are the stems that a follow-up takes from its conversation. An article is about the same if its
    title and what was found of it have about as much of them, weighed by their `rarity`, as those of the
    article that has most.
    """
    words: dict[str, set[str]] = defaultdict(set)
    for item in found:
        words[item.hit.group].update(stems(speaking_title(item.hit.article)), stems(item.hit.chunk.text))
    had = {group: coverage(context, frozenset(some), rarity) for group, some in words.items()}
    least = ABOUT * max(had.values(), default=0.0)
    return np.array([BESIDE * (had[item.hit.group] < least) for item in found], np.float32)

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

BESIDE = 8.0
"""Points of the logit that a sentence costs whose article has none of the conversation's words. Of 136
follow-ups on news .735 have the right sentence first with 0 and .743 with 8; AUROC of those told against 59
that aren't is .904 and .938. Having half of them costs half: a later report on the same event has fewer."""


def subject_costs(
    found: Sequence[Found], context: Sequence[str], rarity: Mapping[str, float]
) -> NDArray[np.float32]:
    """Return what each sentence of the chunks costs, in points of the logit, for being about something else.

    `context` are the stems that a follow-up takes from its conversation. The more of them an article has in
    its title and in what was found of it, weighed by their `rarity`, beside the article that has most, the
    less its sentences cost.
    """
    words: dict[str, set[str]] = defaultdict(set)
    for item in found:
        words[item.hit.group].update(stems(speaking_title(item.hit.article)), stems(item.hit.chunk.text))
    had = {group: coverage(context, frozenset(some), rarity) for group, some in words.items()}
    most = max(had.values(), default=0.0)
    lacking = [1 - had[item.hit.group] / most if most else 0.0 for item in found]
    sentences = np.array([len(item.hit.chunk.sentences) for item in found], np.intp)
    return np.repeat(BESIDE * np.array(lacking, np.float32), sentences).astype(np.float32)

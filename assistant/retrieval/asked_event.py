"""What a question asks about beside names: the event of "when did … burn", the role of "who was the pilot".

Both may be told in other words, so that words of like meaning do, too. A sentence on the right subject that
has neither is no answer: the year in which a ferry was built doesn't say when it burned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.language.thesaurus import related, synonyms
from assistant.language.words import base_of, read_words
from assistant.question.answer_kind import Kind
from assistant.question.parts import parts_of
from assistant.question.premise import premise_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.found import Ranked

EVENT = 1.5
"""What it costs a sentence, in points of the score, that it lacks the verb which another has. On CLAPNQ,
SQuAD and a reader's questions no first sentence changes with .5 to 3 (docs/evaluation.md)."""

ALIKE = 0.5
"""What a word of like meaning counts in place of the verb."""

CERTAIN = 1.0
"""Logit from which the cross-encoder is believed, though an article has no word for the role."""

AROUND = 4_000
"""Characters of an article, twice as many of which are read around a sentence for the role."""

_PAST = re.compile(r"\b(?:did|was|were)\b", re.IGNORECASE)
_LIGHT = frozenset(
    map(base_of, ("come", "go", "take", "get", "make", "have", "happen", "occur", "start", "begin"))
)
"""Verbs that tell too little to be looked for."""
_ROLE = re.compile(
    r"\b(?:who(?:['’]s| is| was| are| were)|what (?:is|was|are|were) the names? of) "
    r"(?:the |his |her |its |their )(?P<nouns>[^,?.]*)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:of|in|on|at|to|for|from|by|with|who|that|which|when|and|behind|after|before|during|about|as|is|was|"
    r"did|has|had|\w+ed)\b|['’]s\b",
    re.IGNORECASE,
)
_ANYBODY = frozenset(
    ("man", "woman", "person", "people", "one", "guy", "girl", "boy", "child", "character", "name", "winner")
)


def event_costs(query: Query, texts: Sequence[str], read: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return what it costs each sentence that it lacks the event which a question asks the day or place of.

    Compared are the sentences that were `read`; where none of them has it, it costs nothing.
    """
    costs = np.zeros(len(texts), np.float32)
    premise = premise_of(query.text) if query.kind in {Kind.TIME, Kind.PLACE} else None
    if premise is None or not _PAST.search(query.text) or base_of(premise.verb) in _LIGHT:
        return costs
    having = [_told(premise.verb, text) if seen else 0.0 for text, seen in zip(texts, read, strict=True)]
    costs[read] = EVENT * (max(having, default=0.0) - np.array(having, np.float32)[read])
    return costs


def role_asked(question: str) -> str:
    """Return the noun for whom a question asks by a role, "pilot"; empty where it asks for none.

    One that asks for several things binds none: each is asked for by itself.
    """
    found = None if parts_of(question) else _ROLE.search(question)
    nouns = _BEHIND.split(found["nouns"], maxsplit=1)[0].split() if found else []
    role = nouns[-1] if nouns else ""
    return role if role.isalpha() and role.islower() and role not in _ANYBODY else ""


def has_role(role: str, item: Ranked) -> bool:
    """Say whether the article of a sentence has a word for a role, or the sentence surely answers."""
    if item.relevance is not None and item.relevance >= CERTAIN:
        return True
    first = max(0, item.sentence.start // AROUND * AROUND - AROUND // 2)
    near = item.article.text[first : first + 2 * AROUND]  # the same for sentences near each other: read once
    return _told(role, f"{item.article.title} {near}") > 0


@lru_cache(maxsize=200)
def _told(word: str, text: str) -> float:
    """Return 1 where a text has a word or a synonym, less for one of like meaning, else 0."""
    base, having = base_of(word), frozenset(each.base for each in read_words(text))
    if base in having or not synonyms().get(base, frozenset()).isdisjoint(having):
        return 1.0
    return ALIKE if related(base) & having else 0.0

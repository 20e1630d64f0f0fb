"""The capitals of a question that was typed without any, as the articles found write its words (truecasing).

Names bind, and what is no name doesn't; typed in lower case they look alike. Lita et al., "tRuEcasIng"
(2003) learn from a corpus which form a word has; here the passages that the question finds are the corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from assistant.question.query import reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.question.query import Query
    from ingest import Hit

LEAST = 2
"""Times that a word must stand with a capital where words in lower case are expected."""

SURELY = 0.9
"""Share of those places from which it counts as a name."""

_WORD = re.compile(r"(?<![\w'’@/.-])[^\W\d_]{2,}(?![\w@/])")
# Within a sentence: behind a word in lower case or a comma, where a word without a capital could stand.
_WITHIN = re.compile(r"(?:(?<=[a-z]\s)|(?<=[a-z],\s))[^\W\d_]{2,}")


def with_capitals(query: Query, hits: Sequence[Hit]) -> Query:
    """Return the query with capitals where the hits write them, itself where it was typed with capitals."""
    words = _WORD.findall(query.text)
    if not words or query.text[1:] != query.text[1:].lower():
        return query
    names = _names({word.lower() for word in words}, (hit.chunk.text for hit in hits))
    meant = {word: names[word.lower()] for word in words if word.lower() in names}
    return reworded(query, meant) if meant else query


def _names(words: set[str], texts: Iterable[str]) -> dict[str, str]:
    """Return the words that the texts write with a capital, as they write them most often."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in words}
    for text in texts:
        for found in _WITHIN.findall(text):
            if found.lower() in forms:
                forms[found.lower()][found] += 1
    return {
        word: form
        for word, counted in forms.items()
        if (written := {each: times for each, times in counted.items() if each[0].isupper()})
        and sum(written.values()) >= max(LEAST, SURELY * counted.total())
        for form in (max(written, key=lambda each: written[each]),)
    }

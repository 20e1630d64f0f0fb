"""What an answer is about, in the few words that its story can be asked for by."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest import content_stems

if TYPE_CHECKING:
    from assistant.answers import Answer

MOST_WORDS = 6
LEAST_WORDS = 2
"""Of a single title a single word is too little."""
_WORD = re.compile(r"[^\W_][\w'’&-]*")


def topic_of(answer: Answer) -> str:
    """Return the words that the titles of the cited articles share, as the first title has them.

    The question's own words ask for one thing ("How many were hurt?") where the story is the whole of it. A
    word counts that the question or another title has too, and half of the titles have; where there is none,
    the first title is taken as it is.
    """
    titles = list(dict.fromkeys(item.title for item in answer.citations))
    if not titles:
        return answer.question
    having = Counter(stem for title in titles for stem in set(content_stems(title)))
    asked = set(content_stems(answer.question))
    words: list[str] = []
    for word in _WORD.findall(" ".join(titles)):
        stems = content_stems(word)
        shared = [
            stem for stem in stems if 2 * having[stem] >= len(titles) and (stem in asked or having[stem] > 1)
        ]
        if shared and not any(set(stems) & set(content_stems(other)) for other in words):
            words.append(word)
    alone = len(titles) == 1 and len(words) < LEAST_WORDS
    return titles[0] if alone or not words else " ".join(words[:MOST_WORDS])

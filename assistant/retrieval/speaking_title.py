"""The title of an article as context of its sentences: only where the text takes it up.

A sentence is read under its article's title, which says what it is about. Of some texts the title says
nothing: what was taken for the article is a privacy notice, or a round-up of thirty things under the names
of three. There the title would make any sentence look like an answer to a question about it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ingest import content_stems

if TYPE_CHECKING:
    from ingest import Article

TAKEN_UP = 1 / 6
"""Least share of the title's words in the text. Of 5,010 news articles 99 have less than a quarter: half of
them privacy notices (none of the words), a third round-ups (up to .16), and one in seven true (from .17)."""

FEW = 3
"""Words of a title below which nothing can be told."""

SHORT = 700
"""Characters of a text below which it may say in other words what the title says."""

READ = 6_000
"""Characters of a text that are compared: who takes up a title does it early."""


def speaking_title(article: Article) -> str:
    """Return the title of an article, or "" where its text has next to none of the title's words."""
    return article.title if _takes_up(article.title, article.text[:READ]) else ""


@lru_cache(maxsize=500)
def _takes_up(title: str, text: str) -> bool:
    words = set(content_stems(title))
    if len(words) < FEW or len(text) < SHORT:
        return True
    return len(words.intersection(content_stems(text))) >= TAKEN_UP * len(words)

"""A cited sentence in its surroundings, cut from the stored article."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Citation
    from ingest import Article

AROUND = 110  # characters shown on either side of a quote: most of a sentence of news text

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A citation with what stands around it. `checked`: the stored article has the quote at its span."""

    citation: Citation
    before: str
    after: str
    checked: bool


def excerpt(citation: Citation, article: Article | None) -> Excerpt:
    """Cut the surroundings of a citation, after holding its quote against the stored article."""
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        return Excerpt(citation, before="", after="", checked=False)
    before = _tail(
        article.text[max(0, citation.start - AROUND) : citation.start], whole=citation.start <= AROUND
    )
    after = article.text[citation.end : citation.end + AROUND]
    return Excerpt(
        citation, before, _head(after, whole=citation.end + AROUND >= len(article.text)), checked=True
    )


def excerpts(
    citations: Sequence[Citation], article_of: Callable[[str, str | None], Article | None]
) -> list[Excerpt]:
    """Cut the surroundings of several citations; every article version is read once."""
    keys = dict.fromkeys((citation.article_id, citation.version) for citation in citations)
    articles = {key: article_of(*key) for key in keys}
    return [excerpt(citation, articles[citation.article_id, citation.version]) for citation in citations]


def marks_of(citations: Sequence[Citation], *, numbered: bool) -> str:
    """Write what the page needs to open citations again, as JSON; `numbered` ones are footnotes."""
    rows = [
        {
            "article": citation.article_id,
            "version": citation.version,
            "start": citation.start,
            "end": citation.end,
            "number": citation.number if numbered else 0,
            "quote": citation.quote,
        }
        for citation in citations
    ]
    return json.dumps(rows, separators=(",", ":"))


def _tail(part: str, *, whole: bool) -> str:
    part = _on_one_line(part)
    if whole or not part:
        return part
    _, space, rest = part.partition(" ")
    return f"… {rest}" if space else "…"


def _on_one_line(part: str) -> str:
    # Surroundings are read at a glance; the quote itself is never touched.
    return _SPACES.sub(" ", part)


def _head(part: str, *, whole: bool) -> str:
    part = _on_one_line(part)
    if whole or not part:
        return part
    rest, space, _ = part.rpartition(" ")
    return f"{rest} …" if space else "…"

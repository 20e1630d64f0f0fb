"""What an export says beside its articles: for which groups of people these and their sources are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.article import Article


@dataclass(frozen=True, slots=True)
class Exported:
    """An article that `footnote export` wrote, and the groups that it was for; without any, it was for all.

    `place` is where the record lies, which `article.origin` does not say.
    """

    article: Article
    place: str
    groups: frozenset[str] = frozenset()

    def holding(self, article: Article) -> Exported:
        """Return the same of another form of the article."""
        return replace(self, article=article)


@dataclass(frozen=True, slots=True)
class SourceGroups:
    """An export's word that whatever is read from a source is for some groups."""

    place: str
    source: str
    groups: frozenset[str]


def article_of(item: Article | Exported) -> Article:
    """Return an article without what an export says of it."""
    return item.article if isinstance(item, Exported) else item

"""What a feed or sitemap says about an article, and how that fills what the article's page lacks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.readers.common.fields import Metadata, canonical_url, derived_title, host_of
from ingest.readers.formats.plain_text import build_article

if TYPE_CHECKING:
    from datetime import date

    from ingest.article import Article


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """One article of a list; `text` is what the list itself holds of it: a teaser in most.

    `listed_by` is the name of the list. That is no name of a source where a page has one to tell, as
    the article would have another source in every list that names it.
    """

    link: str
    title: str | None = None
    published: date | None = None
    modified: date | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    text: str = ""
    listed_by: str | None = None
    dated_by: str = field(default="the feed", compare=False)

    def fill(self, article: Article) -> Article:
        """Return the article with what only the list knows; what the page says itself stays.

        A page without a title was given its first words, and a page without the name of its site has
        nothing or its host: the list knows better.
        """
        untitled = self.title and article.title == derived_title(article.text)
        unnamed = article.source is None or article.source == host_of(article.url)
        published = article.published or self.published
        modified = article.modified or self.modified
        if published is None or (modified and modified <= published):
            modified = article.modified
        return replace(
            article,
            title=self.title if self.title and untitled else article.title,
            published=published,
            dated_by=article.dated_by if article.published else self.dated_by if published else None,
            modified=modified,
            source=(self.source if unnamed else None) or article.source or host_of(article.url),
            authors=article.authors or self.authors,
            language=article.language or self.language,
            section=article.section or self.section,
        )

    def to_article(self, origin: str, *, address: str) -> Article:
        """Return the article as far as the list itself holds it."""
        url = canonical_url(address)
        known = Metadata(
            title=self.title,
            published=self.published,
            source=self.source or self.listed_by or host_of(url),
            url=url,
            authors=self.authors,
            modified=self.modified,
            language=self.language,
            section=self.section,
            dated_by=self.dated_by,
        )
        return build_article(self.text, origin, known=known)

"""Which articles a search may use: by date, source, language, group or name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import QuestionError
from ingest.storage.given import as_day, as_groups, as_languages, as_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ingest.article import Article


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """Which articles may be used. An empty filter lets everything through.

    Articles of unknown date pass a date filter only when `undated` is True: a filter that drops
    them silently is a trap. `without` names articles that may not be used. `exact` says that whoever
    answers may not narrow the filter by what a question's own words ask for. `languages` are ISO 639-1
    codes, as "de"; an article too short to tell its language passes none of them. `groups` are the groups of
    whoever asks: nothing that is for other groups alone is used, not even to tell how a word is spelt; None
    lets all pass. Which groups an article is for only the record knows: `allows` leaves them out.
    """

    published_from: date | None
    published_to: date | None
    sources: frozenset[str]
    article_ids: frozenset[str]
    undated: bool
    without: frozenset[str]
    exact: bool
    languages: frozenset[str]
    groups: frozenset[str] | None

    def __init__(  # noqa: PLR0913, PLR0917  # the fields, which callers may give in their order
        self,
        published_from: date | str | None = None,
        published_to: date | str | None = None,
        sources: str | Iterable[str] | None = None,
        article_ids: str | Iterable[str] | None = None,
        undated: bool = True,  # in the order of the fields
        without: str | Iterable[str] | None = None,
        exact: bool = False,
        languages: str | Iterable[str] | None = None,
        groups: str | Iterable[str] | None = None,
    ) -> None:
        """Take days as dates or as text like 2024-03-01, and names as any collection, or one alone.

        Raises:
            QuestionError: one of them is something else, or the first day is later than the last.
        """
        first, last = as_day(published_from, "published_from"), as_day(published_to, "published_to")
        if first and last and first > last:
            raise QuestionError("published_from is later than published_to; no article can be of both.")
        for name, switch in {"undated": undated, "exact": exact}.items():
            if not isinstance(switch, bool):
                raise QuestionError(f"{name} can't be used. Write True or False.")
        for name, value in {
            "published_from": first,
            "published_to": last,
            "sources": as_names(sources, "sources"),
            "article_ids": as_names(article_ids, "article_ids"),
            "undated": undated,
            "without": as_names(without, "without"),
            "exact": exact,
            "languages": as_languages(languages, "languages"),
            "groups": None if groups is None else as_groups(groups, "groups"),
        }.items():
            object.__setattr__(self, name, value)

    def allows(self, article: Article) -> bool:
        """Say whether an article may be used."""
        if article.id in self.without or (self.article_ids and article.id not in self.article_ids):
            return False
        if self.sources and (article.source or "") not in self.sources:
            return False
        if self.languages and article.language not in self.languages:
            return False
        if article.published is None:
            return self.undated or not (self.published_from or self.published_to)
        after_start = self.published_from is None or article.published >= self.published_from
        return after_start and (self.published_to is None or article.published <= self.published_to)

"""What a library asks of whoever writes to it, to a folder or to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ingest.article import Article
    from ingest.storage.journal import Prepared
    from ingest.storage.store import Transactions


class LibraryWriter(Protocol):
    """Whoever has the right to write to a library, until it is closed."""

    @property
    def journal(self) -> Transactions:
        """What it writes with."""

    def check(self, article: Article) -> None:
        """Raise `SourceError` for an article that can't be held here."""

    def put(self, batch: Sequence[Prepared]) -> None:
        """Store articles so that all are live, or none."""

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles with all their versions; return how many there were."""

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite what may change of articles without making another version."""

    def guard(self) -> None:
        """See to all that keeps articles from those who may not see them, before the first such is stored."""

    def close(self) -> None:
        """Give the right back."""

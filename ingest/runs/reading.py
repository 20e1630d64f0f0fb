"""Reading for the queue: articles are gathered for the jobs that store them, all else is noted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.readers.common.exported import Exported, article_of
from ingest.readers.common.items import Listed
from ingest.runs.intake import Intake
from ingest.runs.job_results import JobResult, ReadArticle, pack_articles
from ingest.runs.sync import Visit
from ingest.runs.tally import RunTally
from ingest.storage.postgresql.queue import NewJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ingest.readers.common.items import Item
    from ingest.storage.library import Library

# Characters and articles of one job: about three seconds of embedding, which is what a kill can cost.
STORED_CHARACTERS = 60_000
STORED_ARTICLES = 200


class Reading:
    """What is read of one source, or of a part of it.

    `put` is given articles that are too many to be held; what is left at the end is in `left`.
    `groups` are those that it is for, if they were named.
    """

    def __init__(
        self,
        library: Library,
        source: str | None,
        put: Callable[[list[ReadArticle]], None],
        groups: frozenset[str] = frozenset(),
    ) -> None:
        self._put = put
        self.tally = RunTally((), None)
        self.intake = Intake(library, self.tally, only=(), groups=groups)
        self.visit = Visit(source, library.places, "", {}, changed_patterns=False) if source else None
        self.left: list[ReadArticle] = []
        self.has_put = False
        self._characters = 0

    def read(self, items: Iterable[Item], *, whole: bool = True) -> None:
        """Take in what a reader yields; `whole` says that its end is that of the source."""
        for item in items:
            if isinstance(item, Article | Exported):
                self._keep(item)
            elif whole or not isinstance(item, Listed):
                for _ in self.intake.works([(self.visit, item)]):
                    raise AssertionError(item)  # only articles are stored

    def flush(self) -> None:
        """Put out what is left."""
        if self.left:
            self._put(self.left)
            self.left, self._characters, self.has_put = [], 0, True

    def result(self) -> JobResult:
        """Return what came of it, without the articles."""
        self.intake.note()
        visit = self.visit
        return JobResult(
            self.tally.report(),
            seen=sorted(visit.seen) if visit else (),
            missed=visit.failed if visit else (),
            complete=visit.complete if visit else False,
            gone=self.intake.gone,
            told=self.intake.audience.told,
        )

    def _keep(self, item: Article | Exported) -> None:
        article = article_of(item)
        said = self.visit.said.pop(article.origin, None) if self.visit else None
        self.left.append((item, said))
        self._characters += len(article.text)
        if self._characters >= STORED_CHARACTERS or len(self.left) >= STORED_ARTICLES:
            self.flush()


def store_job(source: str, articles: Sequence[ReadArticle], deaths: int = 0) -> NewJob:
    """Return the job to store some articles of a source."""
    first, *others = [article_of(item) for item, _ in articles]
    what = f"{first.origin} and {len(others):,} more" if others else first.origin
    version = " ".join(f"{each.id}-{each.version}" for each in (first, *others))
    payload = pack_articles(articles)
    return NewJob("store", source, what, payload, len(articles), version=version, deaths=deaths)

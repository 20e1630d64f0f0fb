"""Storing a batch of articles, and one by one where one of them is bad: the others are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import FootnoteError, SourceError
from ingest.runs.batches import StoppedError, embed_batch, prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Article
    from ingest.embedding.embedders import Embedder
    from ingest.runs.batches import Work
    from ingest.runs.intake import Intake
    from ingest.storage.library import Library


class Storing:
    """Puts into one library what one intake decided on. `before` is told of each batch first."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        intake: Intake,
        stop: Event,
        before: Callable[[Iterable[Article]], None] = lambda _: None,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._intake = intake
        self._stop = stop
        self._before = before

    def store(self, batch: list[Work], vectors: Callable[[], NDArray[np.float32]]) -> None:
        """Store a batch with its vectors, all at once if none of them is bad."""
        self._before(work.article for work in batch)
        try:
            self._library.put(prepared(batch, vectors()))
        except Exception as error:  # one of them is bad: find out which, store the others
            if isinstance(error, FootnoteError | StoppedError) and not isinstance(error, SourceError):
                raise
            for work in batch:
                self._store_alone(work)
        else:
            self._intake.stored(batch)

    def embed_and_store(self, batch: list[Work]) -> None:
        """Embed a batch and store it; raise `StoppedError` once that is wished for."""
        self.store(batch, lambda: embed_batch(self._embedder, batch, self._stop))

    def _store_alone(self, work: Work) -> None:
        try:
            self._library.put(prepared([work], embed_batch(self._embedder, [work], self._stop)))
        except SourceError as error:  # a database holds less than a file does
            self._intake.refused(error)
        except (FootnoteError, StoppedError):
            raise
        except Exception as error:  # noqa: BLE001  # reported with its name; the others go on
            self._intake.went_wrong(work.article, error)
        else:
            self._intake.stored([work])

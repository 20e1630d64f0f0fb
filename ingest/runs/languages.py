"""Making second vectors: what lets a library be asked across languages (ingest/storage/second_vectors.py).

Articles in other languages get them when they are added. Those in English get them once somebody asks in
another language, for all that a question in German needs is a German article, or the vectors of English ones
that mean the same. Each article is one step: cut short, it goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.embedding.multilingual import bundled_multilingual
from ingest.storage.second_vectors import ENGLISH, SecondVectors
from ingest.text.chunks import embedding_text
from ingest.text.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Article
    from ingest.storage.library import Library
    from ingest.storage.second_vectors import Near

NOTED_AT_ONCE = 200
"""Articles whose language is told between two writes."""


class Languages:
    """The second vectors of an open library, which may be open for reading only.

    They are made for all of it, also where the library given is what some groups may see of it.
    """

    def __init__(self, library: Library) -> None:
        self._library = library.whole
        self._seen = library
        self._embedder = bundled_multilingual()
        self._vectors = SecondVectors(library.path)

    def noted(self, articles: Iterable[Article]) -> None:
        """Tell the language of articles about to be stored: a run that is cut short is made good then."""
        self._vectors.make()
        self._vectors.note(
            {(each.id, each.version): language_of(each.text, each.language) or ENGLISH for each in articles}
        )

    def complete(
        self, *, progress: Callable[[int, int], None] | None = None, stop: Event | None = None
    ) -> bool:
        """Make the vectors that are wanted and lacking; return False if `stop` was set before the end.

        `progress` is called with how many articles are done, and how many there are to do.
        """
        self._vectors.make()
        versions = self._library.versions()
        self._vectors.keep_only(versions)
        self._tell_languages(versions, stop)
        waiting = self.waiting()
        for done, article_id in enumerate(waiting):
            if stop is not None and stop.is_set():
                return False
            self._embed(article_id, versions[article_id])
            if progress:
                progress(done + 1, len(waiting))
        return not (stop is not None and stop.is_set())

    def waiting(self) -> list[str]:
        """Return the ids of the articles that are to have vectors and have none."""
        every = self._vectors.wants_all
        return [
            article_id
            for article_id, (_, language, done) in self._vectors.articles().items()
            if not done and (every or language != ENGLISH)
        ]

    def want_all(self) -> None:
        """Have English articles given vectors too, by the next `complete`."""
        self._vectors.want_all()

    @property
    def folder(self) -> Path:
        """The folder that they lie in."""
        return self._library.path

    def share(self) -> float:
        """Return the share of the library's articles, 0 to 1, that can be found across languages."""
        versions = self._seen.versions()
        done = sum(
            done and versions.get(key) == version
            for key, (version, _, done) in self._vectors.articles().items()
        )
        return done / len(versions) if versions else 1.0

    def nearest(self, question: str, limit: int, *, foreign: bool) -> Near:
        """Return the chunks nearest to a question; if `foreign`, of those not in English."""
        return self._vectors.nearest(self._embedder.embed_questions([question])[0], limit, foreign=foreign)

    def has_foreign(self) -> bool:
        """Say whether an article is in another language than English."""
        if self._seen is self._library:
            return self._vectors.has_foreign()
        known = self._vectors.articles().items()
        foreign = {key for key, (_, language, _) in known if language != ENGLISH}
        return not foreign.isdisjoint(self._seen.versions())

    def held_against(self, questions: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the logits of texts' answering questions, shape (questions, texts), in whatever language."""
        return self._embedder.held_against(questions, texts)

    def _tell_languages(self, versions: dict[str, str], stop: Event | None) -> None:
        known = self._vectors.articles()
        unknown = [key for key, version in versions.items() if known.get(key, ("",))[0] != version]
        for start in range(0, len(unknown), NOTED_AT_ONCE):
            if stop is not None and stop.is_set():
                return
            articles = (self._library.article(key) for key in unknown[start : start + NOTED_AT_ONCE])
            self._vectors.note(
                {
                    (each.id, each.version): language_of(each.text, each.language) or ENGLISH
                    for each in articles
                    if each is not None
                }
            )

    def _embed(self, article_id: str, version: str) -> None:
        article = self._library.article(article_id, version=version)
        chunks = [chunk for chunk, _ in self._library.vectors(article_id, version)]
        if article is None or not chunks:  # removed or replaced meanwhile
            return
        vectors = self._embedder.embed([embedding_text(article, chunk) for chunk in chunks])
        self._vectors.add(article_id, [chunk.id for chunk in chunks], vectors)

"""Second vectors: those of the multilingual embedder, beside a library's own, in an SQLite file of their own.

Every article has a row with its language. Those in other languages than English have a vector for each chunk;
English ones get theirs once somebody asks in another language. The file is no part of the record: what it
lacks, or all of it, is made from the record by embedding (ingest/runs/languages.py). Whether a chunk may be
shown is never read here; the record says so.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryDamagedError, LibraryError
from ingest.storage.packing import pack_vector
from ingest.storage.schema import BUSY_SECONDS, sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FILE = "languages.sqlite"
FORMAT = "multilingual-e5-small-int8/1"
"""Which embedder made the vectors, and the form of the file: one with another counts as none."""
ENGLISH = "en"
COMPARED_AT_ONCE = 4096
"""Vectors that are made 32 bits wide together; in memory they are held in 16: .75 KB a chunk."""

USUAL, FEW = 0.75, 5
"""Cosine of a question and a text that it is not about, and for how many such texts it counts."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, version TEXT NOT NULL, language TEXT NOT NULL, done INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE vectors (chunk TEXT PRIMARY KEY, article TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX vectors_by_article ON vectors (article);
"""


@dataclass(frozen=True, slots=True)
class Near:
    """The chunks nearest to a question with their cosines, and the `middle` of those it is not about.

    Cosines of this embedder lie close together and at another height for each pair of languages; how far one
    is above the middle says more than the cosine itself. A chunk may not be live any more: the record tells.
    """

    chunks: Mapping[str, float]
    middle: float


class SecondVectors:
    """The file of one library. Safe to use from many threads and processes; each step is one transaction."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = Lock()
        self._held: _HeldVectors | None = None

    @property
    def exists(self) -> bool:
        """Whether there are any, or soon will be; a damaged file counts as none, and is made anew."""
        return self._path.exists() and self._meta().get("format") == FORMAT

    def make(self) -> None:
        """Make the file if there is none."""
        if self.exists:
            return
        try:
            self._path.unlink(missing_ok=True)
            self._path.touch(mode=0o600)
        except OSError as error:
            raise LibraryError(
                f"Can't write {str(self._path)!r}: {error.strerror}. Check the permissions of its folder."
            ) from error
        with self._writing() as connection:
            for statement in TABLES.strip().split(";\n"):
                connection.execute(statement.rstrip(";"))
            meta = {"format": FORMAT, "all": "0", "generation": "0"}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())

    @property
    def wants_all(self) -> bool:
        """Whether English articles are to have vectors too, because somebody asks in another language."""
        return self.exists and self._meta().get("all") == "1"

    def want_all(self) -> None:
        """Have English articles given vectors too, from the next time on that vectors are made."""
        self.make()
        if not self.wants_all:
            with self._writing() as connection:
                connection.execute("UPDATE meta SET value = '1' WHERE key = 'all'")

    def has_foreign(self) -> bool:
        """Say whether an article is known that is not in English."""
        if not self.exists:
            return False
        with self._reading() as connection:
            found = connection.execute("SELECT 1 FROM articles WHERE language <> ? LIMIT 1", (ENGLISH,))
            return found.fetchone() is not None

    def articles(self) -> dict[str, tuple[str, str, bool]]:
        """Map the id of every known article to its version, its language, and whether it has vectors."""
        if not self.exists:
            return {}
        with self._reading() as connection:
            rows = connection.execute("SELECT id, version, language, done FROM articles").fetchall()
        return {article_id: (version, language, bool(done)) for article_id, version, language, done in rows}

    def note(self, languages: Mapping[tuple[str, str], str]) -> None:
        """Remember the language of articles, by id and version; of other versions all is deleted."""
        rows = [(*key, language) for key, language in languages.items()]
        with self._writing() as connection:
            connection.executemany("DELETE FROM vectors WHERE article = ?", [(row[0],) for row in rows])
            connection.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, 0)", rows)

    def add(self, article_id: str, chunk_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store the vectors of all chunks of an article, shape (chunks, dimension), of length 1."""
        rows = [
            (chunk, article_id, pack_vector(vector)) for chunk, vector in zip(chunk_ids, vectors, strict=True)
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            connection.execute("UPDATE articles SET done = 1 WHERE id = ?", (article_id,))

    def copy_to(self, other: SecondVectors) -> None:
        """Give another library of the same articles these vectors, where it has none."""
        if not self.exists or other.exists:
            return
        other._path.unlink(missing_ok=True)
        other._path.touch(mode=0o600)
        with self._reading() as source, sqlite_errors(other._path), closing(other._connect()) as target:
            source.backup(target)

    def keep_only(self, article_ids: Collection[str]) -> None:
        """Delete all of other articles; nothing of them is left in the file."""
        gone = [(article_id,) for article_id in self.articles().keys() - set(article_ids)]
        if not gone:
            return
        with self._writing() as connection:
            connection.executemany("DELETE FROM vectors WHERE article = ?", gone)
            connection.executemany("DELETE FROM articles WHERE id = ?", gone)
        with sqlite_errors(self._path), closing(self._connect()) as connection:
            connection.execute("VACUUM")

    def nearest(self, vector: NDArray[np.float32], limit: int, *, foreign: bool) -> Near:
        """Return the chunks nearest to a question, nearest first; if `foreign`, of those not in English."""
        held = self._in_memory() if self.exists else None
        if held is None or not held.ids:
            return Near({}, USUAL)
        scores = np.concatenate(
            [
                held.vectors[start : start + COMPARED_AT_ONCE].astype(np.float32) @ vector
                for start in range(0, len(held.ids), COMPARED_AT_ONCE)
            ]
        )
        among = np.flatnonzero(held.languages != ENGLISH) if foreign else np.arange(len(scores))
        best = among[np.argsort(-scores[among], kind="stable")[:limit]]
        chunks = {held.ids[place]: float(scores[place]) for place in best}
        return Near(chunks, _middle(scores[among], held.languages[among]))

    def _in_memory(self) -> _HeldVectors:
        generation = int(self._meta()["generation"])
        with self._lock:
            if self._held is None or self._held.generation != generation:
                query = """SELECT v.chunk, v.vector, a.language
                    FROM vectors v JOIN articles a ON a.id = v.article ORDER BY v.rowid"""
                with self._reading() as connection:
                    rows = connection.execute(query).fetchall()
                packed = np.frombuffer(b"".join(row[1] for row in rows), "<f2")
                languages = np.array([row[2] for row in rows], dtype="U8")
                self._held = _HeldVectors(
                    generation,
                    [row[0] for row in rows],
                    packed.reshape(len(rows), -1 if rows else 0),
                    languages,
                )
            return self._held

    def _meta(self) -> dict[str, str]:
        try:
            with self._reading() as connection:
                return dict(connection.execute("SELECT key, value FROM meta"))
        except LibraryDamagedError:  # or cut short while it was made
            return {}

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with sqlite_errors(self._path), closing(self._connect()) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with sqlite_errors(self._path), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA secure_delete=ON")
        return connection


def _middle(scores: NDArray[np.float32], languages: NDArray[np.str_]) -> float:
    """Return the median cosine of the language that lies highest; of few chunks it is near the usual one."""
    medians = []
    for language in np.unique(languages):
        own = scores[languages == language]
        medians.append((len(own) * float(np.median(own)) + FEW * USUAL) / (len(own) + FEW))
    return max(medians, default=USUAL)


class _HeldVectors:
    """All vectors in memory, in 16 bits, as of a generation of the file."""

    def __init__(
        self, generation: int, ids: list[str], vectors: NDArray[np.float16], languages: NDArray[np.str_]
    ) -> None:
        self.generation = generation
        self.ids = ids
        self.vectors = vectors
        self.languages = languages

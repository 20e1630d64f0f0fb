"""A library in PostgreSQL: what is its own; all else is held to in test_library_places.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stored import article, open_library, prepare, search

if TYPE_CHECKING:
    from ingest.database_address import DatabaseAddress


def test_what_is_stored_is_found(database: DatabaseAddress) -> None:
    """X."""
    with open_library(database, write=True, create=True) as library:
        library.put([prepare(article(1)), prepare(article(2))])
        assert [hit.article.title for hit in search(library, "bakery number1", limit=1)] == ["The bakery"]
        assert library.count() == (2, 4)
        hits = search(library, "number1")
        assert hits[0].keyword_rank == 0
    with open_library(database) as library:
        assert search(library, "number1")[0].keyword_rank == 0

"""Index files of other releases of Chroma and tantivy: opened, or made again from the record; never trusted.

What older releases leave was tried with the releases themselves (docs/security.md); here it is imitated.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, prepare, search

import ingest.storage.search
from ingest import examine_library, repair_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARTICLES = tuple(article(number) for number in range(12))
VERSIONS = {each.id: each.version for each in ARTICLES}


def _change(library: Path, *statements: str) -> None:
    with sqlite3.connect(library / "vectors" / "1" / "chroma.sqlite3") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def _meta(library: Path, change: Callable[[dict[str, object]], object]) -> None:
    file = library / "keywords" / "1" / "meta.json"
    known = json.loads(file.read_text("utf-8"))
    change(known)
    file.write_text(json.dumps(known), "utf-8")


def an_older_chroma(library: Path) -> None:
    """Take back the last step of Chroma's own schema, as releases before it have it."""
    _change(
        library,
        "ALTER TABLE collections DROP COLUMN schema_str",
        "DELETE FROM migrations WHERE dir = 'sysdb' AND version = 10",
    )


def a_newer_chroma(library: Path) -> None:
    """Add a step that this release does not know."""
    _change(library, "INSERT INTO migrations VALUES ('sysdb', 99, '00099-later.sqlite.sql', '', 'abc')")


def a_changed_chroma(library: Path) -> None:
    """Give a step another checksum, as a release that has rewritten it would."""
    _change(library, "UPDATE migrations SET hash = 'abc' WHERE dir = 'sysdb' AND version = 3")


def a_chroma_without_tables(library: Path) -> None:
    """Leave nothing of what this release reads."""
    _change(library, "DROP TABLE migrations", "DROP TABLE collections")


def a_chroma_of_another_kind(library: Path) -> None:
    """Store a configuration that names code, as one that was tampered with does (case 61)."""
    poison = json.dumps(
        {"embedding_function": {"type": "known", "name": "x", "config": {"trust_remote_code": 1}}}
    )
    _change(library, f"UPDATE collections SET config_json_str = '{poison}'")


def an_unreadable_list_of_tantivy(library: Path) -> None:
    """Write the list of files in a form that nobody knows."""
    _meta(library, lambda known: known.update(segments={"format": 99}))


def a_tantivy_with_other_fields(library: Path) -> None:
    """Name fields as an index of another schema does."""
    _meta(library, lambda known: known.update(schema=known["schema"][:3]))  # type: ignore[index]


def tantivy_files_of_another_format(library: Path) -> None:
    """Say in each file's footer that it is of a format before the first."""
    for file in (library / "keywords" / "1").glob("*.term"):
        file.write_bytes(file.read_bytes().replace(b'"index_format_version":', b'"index_format_versiom":'))


OTHERS = [
    *(an_older_chroma, a_newer_chroma, a_changed_chroma, a_chroma_without_tables, a_chroma_of_another_kind),
    *(an_unreadable_list_of_tantivy, a_tantivy_with_other_fields, tantivy_files_of_another_format),
]


@pytest.mark.parametrize("change", OTHERS, ids=lambda each: each.__name__)
def test_an_index_of_another_release_is_used_or_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """A reader finds each article at once, the doctor ends with nothing to find, and all is whole after."""
    library = fill(tmp_path / "lib", *ARTICLES)
    change(library)
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", 0)
    with open_library(library) as reader:
        hit = search(reader, prepare(ARTICLES[7]).chunks[0].text)[0]
        assert hit.article == ARTICLES[7]
    repair_library(library)
    assert examine_library(library) == []
    assert_whole(library, VERSIONS)

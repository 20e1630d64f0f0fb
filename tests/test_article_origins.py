"""Where the date of an article stands: told by its reader, kept by the library, shown with the article."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from stored import article, fill, open_library

from assistant.answers import Citation
from assistant.cli.commands.export import _records
from assistant.web.html.library_page import Wanted, list_html
from ingest import read_articles, split_sentences
from ingest.readers.common.wire import fields_of, part_of
from ingest.readers.formats.footnote_export import exported_article
from ingest.readers.formats.html_page import html_article
from ingest.readers.web.listed import ListedArticle
from ingest.storage import schema

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "<p>The council of the harbour town decided on Monday to rebuild the old pier after the storm.</p>" * 3
PAGES = {
    "JSON-LD": '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-01-30"}</script>',
    "a meta tag": '<meta property="article:published_time" content="2024-01-30T08:00:00Z">',
    "an element of the page": '<time pubdate datetime="2024-01-30">today</time>',
    "the address": '<link rel="canonical" href="https://a.example/2024/01/30/pier">',
}
EMAIL = "From: A <a@b.example>\nDate: Tue, 30 Jan 2024 08:00:00 +0000\nSubject: Pier\n\nThe pier is open.\n"
FEED = (
    "<rss version='2.0'><channel><title>G</title><item><title>Pier</title><link>https://a.example/1</link>"
    "<pubDate>Tue, 30 Jan 2024 08:00:00 GMT</pubDate><description>The pier is open.</description></item>"
    "</channel></rss>"
)
FILES = {
    "a.json": (
        '{"title": "Pier", "text": "The pier is open.", "date": "2024-01-30"}',
        "a field of the record",
    ),
    "a.md": ("---\ndate: 2024-01-30\n---\nThe pier is open.\n", "the front matter"),
    "a.txt": ("2024-01-30 The Gazette - The pier is open.\n", "the first line"),
    "a.eml": (EMAIL, "the email's header"),
    "a.rss": (FEED, "the feed"),
}
DATED = replace(
    article(1, published=date(2024, 1, 30)),
    dated_by="JSON-LD",
    unread=(("picture", 3),),
    ocr_pages=(1, 3),
    picture_pages=(2,),
)


@pytest.mark.parametrize("where", PAGES)
def test_a_page_tells_where_its_date_stands(where: str) -> None:
    """JSON-LD, a meta tag, an element or the address; without a date there is nothing to tell."""
    page = (
        f"<html><head><title>Pier</title>{PAGES[where]}</head><body><article>{TEXT}</article></body></html>"
    )
    found = html_article(page, "o")
    assert (found.published, found.dated_by) == (date(2024, 1, 30), where)
    undated = html_article(page.replace(PAGES[where], ""), "o")
    assert (undated.published, undated.dated_by) == (None, None)


@pytest.mark.parametrize("name", FILES)
def test_a_file_tells_where_its_date_stands(name: str, tmp_path: Path) -> None:
    """Each reader names the place in words for people."""
    text, where = FILES[name]
    (tmp_path / name).write_text(text, "utf-8")
    (found,) = read_articles(tmp_path / name)
    assert (found.published, found.dated_by) == (date(2024, 1, 30), where)


def test_a_list_dates_only_what_its_page_does_not() -> None:
    """The page's own date keeps its place."""
    entry = ListedArticle("https://a.example/1", published=date(2024, 2, 1), dated_by="the sitemap")
    assert entry.fill(DATED).dated_by == "JSON-LD"
    assert entry.fill(replace(DATED, published=None, dated_by=None)).dated_by == "the sitemap"
    assert (
        ListedArticle("https://a.example/1").fill(replace(DATED, published=None, dated_by=None)).dated_by
        is None
    )


def test_what_a_reader_tells_comes_through_and_is_kept(tmp_path: Path) -> None:
    """Over the pipe of the child, in the record, in an export and back, and in the list of articles."""
    kind, fields = fields_of(DATED)
    library = fill(tmp_path / "lib", DATED)
    with open_library(library) as opened:
        (summary,) = opened.articles()
        (record,) = _records(opened)
        kept = opened.article(DATED.id)
    assert record["dated_by"] == "JSON-LD"
    exported = exported_article({key.replace("_", ""): value for key, value in record.items()}, "o")
    for each in (
        part_of(kind, json.loads(json.dumps(fields, default=date.isoformat))),
        kept,
        exported,
        summary,
    ):
        assert (each.dated_by, each.unread) == (DATED.dated_by, DATED.unread)  # type: ignore[union-attr]
        assert (each.ocr_pages, each.picture_pages) == ((1, 3), (2,))  # type: ignore[union-attr]


def test_where_the_date_stands_is_shown(tmp_path: Path) -> None:
    """On the page of the library beside the date, and with each citation."""
    library = fill(tmp_path / "lib", DATED, article(2, published=date(2024, 1, 30)))
    with open_library(library) as opened:
        shown = str(list_html(opened.articles(), Wanted()))
    assert shown.count("published 30 Jan") == 2
    assert shown.count("(date from JSON-LD)") == 1
    cited = Citation.of(DATED, split_sentences(DATED.text)[0], number=1)
    assert asdict(cited)["dated_by"] == "JSON-LD"


def test_a_library_of_format_2_is_brought_along(tmp_path: Path) -> None:
    """Its articles stay as they are; ingesting again tells it of them without making another version."""
    library = fill(tmp_path / "lib", DATED)
    with sqlite3.connect(library / schema.RECORD_FILE) as connection:
        for column in (*schema.LATER_COLUMNS, *schema.PAGE_COLUMNS):
            connection.execute(f"ALTER TABLE articles DROP COLUMN {column.split()[0]}")
        for table in ("audience", "source_audience"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    connection.close()
    with open_library(library) as opened:
        old = opened.article(DATED.id)
        assert old == DATED
        assert old is not None
        assert (old.dated_by, old.unread, old.ocr_pages, old.picture_pages) == (None, (), (), ())
    with open_library(library, write=True) as opened:
        assert not opened.is_fresh(DATED)
        opened.refresh([DATED])
        assert opened.is_fresh(DATED)

"""Addresses as sources: pages, what is taken from them and what is never fetched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from newssite import (
    LIMIT,
    Remembered,
    Reply,
    Site,
    html,
    only,
    paths,
    redirect,
    sitemap,
    story,
    story_page,
    xml,
)

from ingest.article import Article
from ingest.errors import SourceError
from ingest.fetch.outcome import Validators
from ingest.readers import iter_source, read_articles
from ingest.readers.common.items import Gone, Listed, ReadOptions, Unchanged
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


TEXT = story(1)


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with Site() as site:
        site.pages |= {f"/{number}.html": story_page(number) for number in range(8)}
        yield site


def test_one_page_is_one_article(site: Site) -> None:
    """Text, title and date come from the page; origin and address are the one that was fetched."""
    url = f"{site.url}/1.html"
    found = only(site.read("/1.html#top"))
    assert (found.text, found.title, found.published) == (TEXT, "District 1 repairs", date(2026, 2, 2))
    assert (found.origin, found.url) == (url, url)


def test_a_path_made_of_an_address_is_that_address(site: Site) -> None:
    """`Path` folds the two slashes of an address into one; it is read all the same."""
    source = f"{site.url}/1.html".replace("//", "/")
    assert only(list(iter_source(source, ReadOptions(LIMIT, fetcher=site.fetcher())))).text == TEXT


def test_settings_open_hosts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """`read_articles` fetches from this machine only where the setting names it."""
    with pytest.raises(SourceError, match="FOOTNOTE_ALLOW_HOSTS"):
        list(read_articles(f"{site.url}/1.html"))
    monkeypatch.setenv("FOOTNOTE_ALLOW_HOSTS", site.allowed)
    assert [article.text for article in read_articles(f"{site.url}/1.html")] == [TEXT]
    assert site.connections == 1


@pytest.mark.parametrize("source", ["ftp://example.com/a.txt", "file:///etc/passwd", "gopher://example.com/"])
def test_other_schemes_are_refused_in_words(source: str) -> None:
    """What has a scheme is no path, and only http and https are fetched (case 22)."""
    reason = "Only http and https addresses are fetched. Name a file by its path."
    assert list(iter_source(source, ReadOptions(LIMIT))) == [Failure(source, reason)]


def test_nothing_in_a_page_is_fetched(site: Site) -> None:
    """Pictures, styles, frames, scripts and preloads of a page cause no request (case 14)."""
    inside = "".join(
        f"<{each}>"
        for each in (
            f"img src='{site.url}/q?1'", f"iframe src='{site.url}/q?2'", f"script src='{site.url}/q?3'",
            f"object data='{site.url}/q?4'", f"video src='{site.url}/q?5'", f"embed src='{site.url}/q?6'",
        )
    )  # fmt: skip
    head = f"<link rel=stylesheet href='{site.url}/q?7'><link rel=preload href='{site.url}/q?8'>"
    site.pages["/a"] = html(f"<article><p>{TEXT}</p>{inside}</article>", head)
    site.pages["/a.md"] = Reply(f"# Title\n\n{TEXT}\n\n![x]({site.url}/q?9)\n".encode(), headers=MARKDOWN)
    assert TEXT in only(site.read("/a")).text
    assert TEXT in only(site.read("/a.md")).text
    assert site.asked == ["/a", "/a.md"]


MARKDOWN = {"Content-Type": "text/markdown"}
CANONICAL = (
    ("<link rel=canonical href='javascript:alert(1)'>", "/a"),
    ("<link rel=canonical href='https://bbc.example/story'>", "/a"),
    ("<link rel=canonical href='/story?utm_source=x'>", "/story"),
    ("<link rel=canonical href='/'>", "/a"),  # badly made sites name their start page on every page
    ("<base href='https://bbc.example/'>", "/a"),
    ("<meta http-equiv=refresh content='0;url=https://bbc.example/'>", "/a"),
)


@pytest.mark.parametrize(("head", "path"), CANONICAL)
def test_the_address_shown_is_the_one_that_was_fetched(head: str, path: str, site: Site) -> None:
    """A page may name another address of its own site and nothing else (case 15)."""
    site.pages["/a"] = html(f"<article><p>{TEXT}</p></article>", head)
    site.pages["/b"] = redirect("/a")
    assert only(site.read("/a")).url == f"{site.url}{path}"
    assert only(site.read("/b")).url == only(site.read("/a")).url
    assert "bbc.example" not in str(only(site.read("/a")))


def test_a_text_can_not_name_an_address_elsewhere(site: Site) -> None:
    """Front matter of a fetched text names no other site as its address (case 15)."""
    site.pages["/a.md"] = Reply(
        f"---\nurl: https://bbc.example/story\n---\n{TEXT}".encode(), headers=MARKDOWN
    )
    assert only(site.read("/a.md")).url == f"{site.url}/a.md"


def test_the_type_decides_which_reader_reads(site: Site) -> None:
    """JSON and plain text are read as such files are; a PDF that is none and a picture are refused."""
    cyrillic = html(f"<p>{'Мост закрыт на ремонт до конца лета, сообщил мэр города. ' * 5}</p>").body.decode()
    for path, body, media_type in (
        ("/json", b'[{"text": "One article."}, {"text": "Another one."}]', "application/json"),
        ("/feed.jsonl", b'{"text": "One article."}', "application/octet-stream"),
        ("/text", TEXT.encode("utf-16"), "text/plain"),
        ("/latin", "Über die Brücke führt ein Weg.".encode("latin-1"), "text/plain; charset=iso-8859-1"),
        ("/cyrillic", cyrillic.encode("cp1251"), "text/html; charset=windows-1251"),
        ("/a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "application/pdf"),
        ("/svg", b"<svg><text>Hello</text></svg>", "image/svg+xml"),
        ("/empty", b"", "text/html"),
    ):
        site.pages[path] = Reply(body, headers={"Content-Type": media_type})
    site.pages |= {"/unsaid": Reply(story_page(1).body), "/xml": xml("<note>Hello</note>")}
    assert [item.text for item in site.read("/json") if isinstance(item, Article)] == [
        "One article.",
        "Another one.",
    ]
    assert [item.text for item in site.read("/feed.jsonl") if isinstance(item, Article)] == ["One article."]
    assert only(site.read("/text")).text == TEXT
    assert only(site.read("/latin")).text == "Über die Brücke führt ein Weg."
    assert only(site.read("/cyrillic")).text.startswith("Мост закрыт на ремонт")
    assert only(site.read("/unsaid")).text == TEXT
    for path, words in (
        ("/a.pdf", "PNG"),
        ("/svg", "image"),
        ("/xml", "neither a feed"),
        ("/empty", "empty"),
    ):
        (refused,) = site.read(path)
        assert isinstance(refused, Failure)
        assert words in refused.reason


def test_a_second_visit_reads_what_has_changed(site: Site) -> None:
    """Unchanged pages are said to be so, 410 says that a page is gone, 404 only that it failed."""
    site.pages["/s.xml"] = sitemap(*[f"/{number}.html" for number in range(5)])
    memory = Remembered()
    options = ReadOptions(LIMIT, memory=memory, fetcher=site.fetcher())
    assert paths(site, site.read("/s.xml", options))[:5] == [f"/{number}.html" for number in range(5)]
    site.pages["/1.html"] = story_page(1, edition=1)
    site.pages["/2.html"] = Reply(status=410)
    site.pages["/3.html"] = Reply(status=404)
    first, changed, gone, failed, last, end = site.read("/s.xml", options)
    assert (first, last) == (Unchanged(f"{site.url}/0.html"), Unchanged(f"{site.url}/4.html"))
    assert isinstance(changed, Article)
    assert (changed.text, gone) == (story(1, 1), Gone(f"{site.url}/2.html"))
    assert isinstance(failed, Failure)
    assert end == Listed(f"{site.url}/s.xml", complete=True)
    assert site.read("/1.html", options) == [Unchanged(f"{site.url}/1.html")]
    assert site.read("/2.html", options) == [Gone(f"{site.url}/2.html")]


def test_only_what_is_sure_is_remembered(site: Site) -> None:
    """Behind a redirect, and where an address holds several articles, the next visit reads again."""
    memory = Remembered()
    tag = {"ETag": '"1"', "Content-Type": "application/json"}
    site.pages |= {
        "/moved": redirect("/1.html"),
        "/several": Reply(b'[{"text": "One article."}, {"text": "Another one."}]', headers=tag),
        "/one": Reply(b'{"text": "One article."}', headers=tag),
        "/dated": replace(story_page(2), headers={"Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"}),
        "/none": html("<p></p>"),
    }
    options = ReadOptions(LIMIT, memory=memory, fetcher=site.fetcher())
    for path in ("/moved", "/several", "/dated", "/none", "/1.html"):
        site.read(path, options)
    assert sorted(memory.known) == [f"{site.url}/1.html", f"{site.url}/dated"]
    assert memory.known[f"{site.url}/dated"] == Validators(None, "Mon, 02 Mar 2026 08:00:00 GMT")


def test_a_downloaded_archive_is_read_like_a_file(site: Site, tmp_path: Path) -> None:
    """A ZIP behind an address gives the articles in it."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", TEXT)
    site.pages["/a.zip"] = Reply(
        (tmp_path / "a.zip").read_bytes(), headers={"Content-Type": "application/zip"}
    )
    found = [item for item in site.read("/a.zip") if isinstance(item, Article)]
    assert [(article.text, article.origin) for article in found] == [(TEXT, f"{site.url}/a.zip#one.txt")]

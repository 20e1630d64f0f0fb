"""Lists of articles as sources: feeds and sitemaps, what they name and where they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from newssite import (
    LIMIT,
    FakeClock,
    Reply,
    Site,
    feed,
    html,
    only,
    packed,
    paths,
    sitemap,
    sitemap_index,
    story,
    story_page,
    xml,
)

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions
from ingest.readers.web import web_source
from ingest.readers.web.list_fetching import INSTEAD
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator


TEXT = story(1)
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with Site() as site:
        site.pages |= {f"/{number}.html": story_page(number) for number in range(8)}
        yield site


def test_a_feed_gives_the_articles_behind_its_entries(site: Site) -> None:
    """The pages are fetched in the order of the feed, each once, and what fails is named."""
    site.pages["/feed"] = feed(
        "/3.html", "/1.html", f"{site.url}/missing", "/1.html#x", "javascript:alert(1)", "/2.html"
    )
    items = site.read("/feed")
    assert paths(site, items) == [
        "/3.html",
        "/1.html",
        Failure(f"{site.url}/missing", "There is no such page (HTTP 404). Check the address."),
        Failure(f"{site.url}/feed#5", "Only http and https addresses are fetched. Name a file by its path."),
        "/2.html",
        Listed(f"{site.url}/feed", complete=False),
    ]
    assert only([items[1]]).text == TEXT
    assert sorted(site.asked) == sorted(["/feed", "/robots.txt", "/3.html", "/1.html", "/missing", "/2.html"])


def test_what_a_page_lacks_the_feed_says(site: Site) -> None:
    """Title, date and author of the entry fill gaps; what the page says itself stays."""
    said = (
        "<title>From the feed</title><pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate>"
        "<author>ann@example.com (Ann Author)</author><category>Traffic</category>"
    )
    site.pages["/bare"] = html(f"<article><p>{TEXT}</p></article>")
    site.pages["/feed"] = feed("/bare", "/1.html", item=said)
    bare, full = (item for item in site.read("/feed") if isinstance(item, Article))
    assert (bare.title, bare.published, bare.source) == ("From the feed", date(2026, 3, 3), "127.0.0.1")
    assert (bare.authors, bare.section) == (("Ann Author",), "Traffic")
    assert (full.title, full.published) == ("District 1 repairs", date(2026, 2, 2))


def test_an_article_that_can_not_be_fetched_for_good_is_taken_from_the_feed(site: Site) -> None:
    """Behind a pay wall or robots.txt the feed's own text is the article, and that is said."""
    site.pages["/paid"] = Reply(status=402)
    site.pages["/feed"] = feed(
        "/paid", item=f"<title>Repairs</title><description>&lt;p&gt;{TEXT} {TEXT}&lt;/p&gt;</description>"
    )
    article, said, _ = site.read("/feed")
    assert isinstance(article, Article)
    assert (article.text, article.title, article.url) == (f"{TEXT} {TEXT}", "Repairs", f"{site.url}/paid")
    assert said == Failure(
        f"{site.url}/paid", f"It asks for payment (HTTP 402). Save the page and ingest the file. {INSTEAD}"
    )


@pytest.mark.parametrize(("status", "text"), [(503, f"{TEXT} {TEXT}"), (402, "Just a teaser.")])
def test_a_teaser_never_takes_the_place_of_an_article(status: int, text: str, site: Site) -> None:
    """A page that may come back is waited for, and a few words are no article."""
    site.pages["/x"] = Reply(status=status)
    site.pages["/feed"] = feed("/x", item=f"<description>{text}</description>")
    items = site.read("/feed")
    assert [type(item) for item in items] == [Failure, Listed]


HOSTILE_FEEDS = (
    "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>",
    "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss version='2.0'><channel></channel></rss>",
    "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&x;</loc></url></urlset>",
)


@pytest.mark.parametrize("body", HOSTILE_FEEDS)
def test_document_types_in_feeds_are_refused(body: str, site: Site) -> None:
    """Entities, inner and outer, are never looked at (case 7)."""
    site.pages["/feed"] = xml(body)
    (refused,) = site.read("/feed")
    assert isinstance(refused, Failure)
    assert "refused" in refused.reason or "neither" in refused.reason


def test_a_sitemap_gives_all_pages_of_a_site(site: Site) -> None:
    """Nested and packed sitemaps are read in order, and the end says that this is all."""
    site.pages["/s.xml"] = sitemap_index("/s1.xml", f"{site.url}/s2.xml.gz")
    site.pages["/s1.xml"] = sitemap("/1.html", "/0.html", "/1.html")
    site.pages["/s2.xml.gz"] = packed(sitemap("/2.html"))
    end = Listed(f"{site.url}/s.xml", complete=True)
    assert paths(site, site.read("/s.xml")) == ["/1.html", "/0.html", "/2.html", end]


def test_the_news_extension_fills_what_pages_lack(site: Site) -> None:
    """Title, date, publication and language of Google's extension; a picture's title is not the article's."""
    page = f"<!doctype html><article><p>{TEXT}</p></article>"
    site.pages["/bare"] = Reply(page.encode(), headers={"Content-Type": "text/html"})
    site.pages["/s.xml"] = xml(
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='{NEWS}' xmlns:image='urn:i'>"
        "<url><image:image><image:loc>/picture</image:loc><image:title>A picture</image:title></image:image>"
        "<loc>/bare</loc><n:news><n:publication><n:name>The Gazette</n:name><n:language>en</n:language>"
        "</n:publication><n:publication_date>2026-05-04T23:00:00-07:00</n:publication_date>"
        "<n:title>A bridge &amp; a council</n:title></n:news></url></urlset>"
    )
    found, _ = site.read("/s.xml")
    assert isinstance(found, Article)
    assert (found.title, found.published, found.source) == (
        "A bridge & a council",
        date(2026, 5, 4),
        "The Gazette",
    )
    assert found.language == "en"


def test_sitemaps_that_name_themselves_end(site: Site) -> None:
    """Circles are read once (case 26)."""
    site.pages["/s.xml"] = sitemap_index("/s.xml", "/t.xml", "/s.xml#again")
    site.pages["/t.xml"] = sitemap_index("/s.xml", "/t.xml", "/u.xml")
    site.pages["/u.xml"] = sitemap("/1.html", "/s.xml")
    items = site.read("/s.xml")
    assert paths(site, items)[0] == "/1.html"
    assert items[-1] == Listed(f"{site.url}/s.xml", complete=True)
    assert site.asked.count("/t.xml") == 1


def test_other_hosts_are_passed_over(site: Site) -> None:
    """What a sitemap names on other sites, nested sitemaps too, is not asked for (case 26)."""
    other = f"http://127.0.0.2:{site.port}"
    site.pages["/s.xml"] = sitemap_index("/t.xml", f"{other}/t.xml")
    site.pages["/t.xml"] = sitemap("/1.html", f"{other}/2.html", "https://bbc.example/", "http://10.0.0.1/")
    passed = Failure(f"{site.url}/s.xml", "4 of its addresses lie on other sites and were passed over.")
    end = Listed(f"{site.url}/s.xml", complete=True)
    assert paths(site, site.read("/s.xml")) == ["/1.html", passed, end]


def test_endless_sitemaps_are_cut(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth, sitemaps and pages have limits; beyond one the end is no whole (case 26)."""
    for depth in range(6):
        site.pages[f"/deep{depth}"] = sitemap_index(f"/deep{depth + 1}")
    items = site.read("/deep0")
    assert isinstance(items[0], Failure)
    assert "3 deep" in items[0].reason
    assert items[1:] == [Listed(f"{site.url}/deep0", complete=False)]
    monkeypatch.setattr(web_source, "MOST_SITEMAPS", 3)
    site.pages["/wide"] = sitemap_index(*[f"/wide{number}" for number in range(9)])
    site.pages |= {f"/wide{number}": sitemap("/1.html") for number in range(9)}
    items = site.read("/wide")
    assert items[-1] == Listed(f"{site.url}/wide", complete=False)
    assert len([path for path in site.asked if path.startswith("/wide")]) == 3
    monkeypatch.setattr(web_source, "MOST_WEB_PAGES", 2)
    site.pages["/long"] = sitemap(*[f"/{number}.html" for number in range(6)])
    items = site.read("/long")
    assert paths(site, items)[:2] == ["/0.html", "/1.html"]
    assert [type(item) for item in items[2:]] == [Failure, Listed]
    assert items[-1] == Listed(f"{site.url}/long", complete=False)


def test_a_feed_of_a_million_entries_or_hosts_is_cut(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest entries are taken and a number of hosts; the rest is told, not fetched (case 26)."""
    monkeypatch.setattr(web_source, "MOST_ENTRIES", 3)
    site.pages["/feed"] = feed(*[f"/{number}.html" for number in range(6)])
    items = site.read("/feed")
    assert paths(site, items)[:3] == ["/0.html", "/1.html", "/2.html"]
    assert [type(item) for item in items[3:]] == [Failure, Listed]
    monkeypatch.setattr(web_source, "MOST_ENTRIES", 100)
    site.pages["/feed"] = feed(*[f"http://host{number}.example/1.html" for number in range(30)])
    options = ReadOptions(LIMIT, fetcher=site.public())
    items = list(iter_source("http://news.example/feed", options))
    assert sum(isinstance(item, Article) for item in items) == web_source.MOST_HOSTS
    assert items[-2] == Failure(
        "http://news.example/feed", "It leads to more than 20 sites; 10 entries were not fetched."
    )


def test_robots_speak_for_what_is_listed(site: Site) -> None:
    """A feed that the user names is read; of its entries those that robots.txt forbids are not."""
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /feed\nDisallow: /2.html\n")
    site.pages["/feed"] = feed("/1.html", "/2.html")
    article, refused, _ = site.read("/feed")
    assert isinstance(article, Article)
    assert isinstance(refused, Failure)
    assert ("robots.txt" in refused.reason, "/2.html" in site.asked) == (True, False)


def test_patterns_choose_addresses(site: Site) -> None:
    """Include and exclude are held against host and path of what a list names."""
    site.pages |= {
        f"/{part}/{number}": story_page(number) for part in ("news", "sport") for number in range(3)
    }
    site.pages["/s.xml"] = sitemap(
        *[f"/{part}/{number}" for part in ("news", "sport") for number in range(3)]
    )
    options = ReadOptions(LIMIT, fetcher=site.fetcher())
    end = Listed(f"{site.url}/s.xml", complete=True)
    for include, exclude, found in (
        (("news/*",), (), ["/news/0", "/news/1", "/news/2"]),
        ((f"{site.url}/news/*",), ("**/1",), ["/news/0", "/news/2"]),
        ((), ("news", "2"), ["/sport/0", "/sport/1"]),
    ):
        chosen = replace(options, include=include, exclude=exclude)
        assert paths(site, site.read("/s.xml", chosen)) == [*found, end]


def test_a_listing_that_fails_is_no_whole(site: Site) -> None:
    """A nested sitemap that is missing, broken or something else is named, and nothing counts as gone."""
    broken = xml("<urlset xmlns='urn:x'><url><loc>/1.html</loc></url><url><loc>/2.ht")
    for wrong in (
        Reply(status=404),
        Reply(status=410),
        broken,
        html("<p>Hello</p>"),
        Reply(b"\x1f\x8bdamaged"),
    ):
        site.pages["/s.xml"] = sitemap_index("/t.xml", "/u.xml")
        site.pages["/t.xml"], site.pages["/u.xml"] = wrong, sitemap("/3.html")
        items = site.read("/s.xml")
        assert items[-1] == Listed(f"{site.url}/s.xml", complete=False)
        assert "/3.html" in paths(site, items)
        assert [item.source for item in items if isinstance(item, Failure)] == [f"{site.url}/t.xml"]


def test_order_is_that_of_the_list_however_slow_a_page_is(site: Site) -> None:
    """Pages are fetched side by side, and come in the order in which they are listed."""
    page = story_page(0)

    def slow(handler: object) -> None:
        site.ended.wait(0.2)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.body)  # type: ignore[attr-defined]

    site.pages["/0.html"] = Reply(act=slow)
    site.pages["/s.xml"] = sitemap(*[f"/{number}.html" for number in range(8)])
    items = site.read("/s.xml")
    assert paths(site, items)[:8] == [f"/{number}.html" for number in range(8)]
    assert site.asked.index("/1.html") < len(site.asked) - 1


def test_leaving_early_ends_what_is_under_way(site: Site) -> None:
    """Who takes one article of a long list leaves no requests behind."""
    site.pages["/s.xml"] = sitemap(*[f"/{number}.html" for number in range(8)])
    items = iter_source(f"{site.url}/s.xml", ReadOptions(LIMIT, fetcher=site.fetcher()))
    next(items)
    items.close()  # type: ignore[attr-defined]
    asked = len(site.asked)
    assert asked < 10
    assert len(site.asked) == asked


def test_a_site_in_trouble_fails_page_by_page_and_goes_on(site: Site) -> None:
    """Broken pages are tried again and named; the others are read."""
    site.pages["/2.html"] = Reply(status=500)
    site.pages["/s.xml"] = sitemap("/1.html", "/2.html", "/3.html")
    options = ReadOptions(LIMIT, fetcher=site.fetcher(clock=FakeClock()))
    first, failed, last, _ = site.read("/s.xml", options)
    assert (isinstance(first, Article), isinstance(last, Article)) == (True, True)
    assert failed == Failure(
        f"{site.url}/2.html", "Its server can't give it now (HTTP 500). Try again later."
    )
    assert site.asked.count("/2.html") == 3

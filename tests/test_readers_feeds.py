"""What the lists of the web say: RSS, Atom and RDF feeds, sitemaps, and telling them from pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.web.feeds import LARGEST_FEED, MOST_TAGS, feed_entries
from ingest.readers.web.listed import ListedArticle
from ingest.readers.web.sitemaps import Nested, sitemap_entries
from ingest.readers.web.web_document import DocumentKind, document_kind, same_site, shown_url

HERE = "https://news.example/list"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Town &amp; Country</title><language>en-GB</language>
<item><title>Bridge &lt;b&gt;closed&lt;/b&gt;</title><link>/bridge</link>
<pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate><dc:creator>Ann Author</dc:creator>
<category>Traffic</category><description>The bridge is closed.</description>
<content:encoded><![CDATA[<p>The bridge is closed.</p><script>x()</script><p>Trams stop.</p>]]>
</content:encoded></item>
<item><guid isPermaLink="true">https://news.example/tram</guid><dc:date>2026-03-01T10:00:00Z</dc:date>
<source url="https://wire.example/feed">The Wire</source></item>
<item><title>No link</title></item>
</channel></rss>"""


def test_an_rss_entry_says_what_it_says() -> None:
    """Names, the day as its publisher counts it, and the longest text, without markup and scripts."""
    bridge, tram, no_link = feed_entries(RSS, HERE)
    assert bridge == ListedArticle(
        "https://news.example/bridge",
        title="Bridge closed",
        published=date(2026, 3, 3),
        authors=("Ann Author",),
        language="en",
        section="Traffic",
        text="The bridge is closed.\n\nTrams stop.",
        listed_by="Town & Country",
    )
    assert (tram.link, tram.published, tram.source) == (
        "https://news.example/tram",
        date(2026, 3, 1),
        "The Wire",
    )
    assert (no_link.link, no_link.published) == ("", None)


def test_an_atom_entry_that_was_only_updated_has_no_date_of_publication() -> None:
    """Atom tells publication and update apart; an update is never taken for the former."""
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
    <entry><title type="html">A &amp;amp; B</title><link href="a?x=1&amp;y=2"/>
    <updated>2026-05-02T08:00:00Z</updated>
    <published>2026-05-01T08:00:00Z</published><author><name>Ann</name></author>
    <author><name>Bob</name></author></entry>
    <entry><title>C</title><link rel="alternate" href="https://other.example/c"/><updated>2026-05-03</updated>
    </entry></feed>"""
    first, second = feed_entries(feed, HERE)
    assert (first.link, first.title) == ("https://news.example/a?x=1&y=2", "A & B")
    assert (first.published, first.modified) == (date(2026, 5, 1), date(2026, 5, 2))
    assert (first.authors, first.listed_by) == (("Ann", "Bob"), "Blatt")
    assert (second.published, second.modified) == (None, date(2026, 5, 3))


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    """Feeds with bare ampersands and missing ends are common."""
    feed = b"<rss version='2.0'><channel><item><title>A & B</title><link>https://news.example/a</link></item><item>"
    assert [entry.title for entry in feed_entries(feed, HERE)][:1] == ["A & B"]


def test_a_feed_that_is_too_large_is_refused() -> None:
    """A feed of many megabytes or of endless tags is no list of news (case 26)."""
    for feed in (b"<rss>" + b" " * LARGEST_FEED, b"<rss>" + b"<a>" * MOST_TAGS):
        with pytest.raises(SourceError, match="10 MB, or has too many tags"):
            feed_entries(feed, HERE)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"<rss><channel><item>", b"<feed><entry>", b"<urlset><url><loc>", b""]),
)
def test_no_bytes_break_the_readers_of_lists(data: bytes, start: bytes) -> None:
    """Whatever is served, lists give entries or a reason."""
    document_kind(start + data)
    try:
        feed_entries(start + data, HERE)
        list(sitemap_entries(start + data, HERE))
    except SourceError:
        pass


def test_feeds_never_open_what_they_name() -> None:
    """Bytes that are a path or an address are a broken feed, and no file is opened (case 7)."""
    assert feed_entries(b"/etc/passwd", HERE) == ()
    assert feed_entries(b"http://127.0.0.1:9/", HERE) == ()


def test_a_sitemap_is_read_with_any_prefix_and_in_any_order() -> None:
    """Addresses come in the order of the list; entries without one are passed over."""
    listed = b"""<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><!-- x -->
    <s:url><s:lastmod>2026-01-01</s:lastmod><s:loc> https://news.example/a </s:loc></s:url>
    <s:url><s:priority>1</s:priority></s:url><s:url><s:loc><![CDATA[https://news.example/b?x&y]]></s:loc></s:url></s:urlset>"""
    assert list(sitemap_entries(listed, HERE)) == [
        ListedArticle("https://news.example/a"),
        ListedArticle("https://news.example/b?x&y"),
    ]
    index = b"<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>"
    assert list(sitemap_entries(index, HERE)) == [Nested("https://news.example/s.xml")]


def test_a_broken_sitemap_gives_what_comes_before_the_break() -> None:
    """What could be read is used, and then the reason says where it broke."""
    found = sitemap_entries(b"<urlset><url><loc>https://news.example/a</loc></url><url><loc>b</url>", HERE)
    assert next(found) == ListedArticle("https://news.example/a")
    with pytest.raises(SourceError, match="line 1"):
        list(found)


def test_entities_in_a_sitemap_stay_what_they_are() -> None:
    """An entity that a document type declares is not put in, from files least of all (case 7)."""
    for entity in ("'inside'", "SYSTEM 'file:///etc/passwd'"):
        listed = f"<!DOCTYPE urlset [<!ENTITY x {entity}>]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>"
        assert [entry.link for entry in sitemap_entries(listed.encode(), HERE)] == ["https://a.example/"]


KINDS = (
    (b"<rss version='2.0'>", DocumentKind.FEED, False),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a feed -->\n<feed xmlns='x'>", DocumentKind.FEED, False),
    (b"<rdf:RDF xmlns:rdf='x'>", DocumentKind.FEED, False),
    ("<?xml version='1.0'?><rss>".encode("utf-16"), DocumentKind.FEED, False),
    (b"  <urlset>", DocumentKind.SITEMAP, False),
    (b"<sitemapindex>", DocumentKind.SITEMAP, False),
    (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", DocumentKind.FEED, True),
    (b"<!doctype html><html><head><title>rss feed urlset</title>", DocumentKind.PAGE, True),
    (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'a' 'b'><html>", DocumentKind.PAGE, True),
    (b"<?xml version='1.0'?><svg>", DocumentKind.XML, False),
    (b"<p>rss</p>", DocumentKind.PAGE, False),
    (b"%PDF-1.7", DocumentKind.PAGE, False),
    (b"The <rss> element", DocumentKind.PAGE, False),
    (b"", DocumentKind.PAGE, False),
    (b"<!--" * 20_000, DocumentKind.PAGE, False),
    (b" " * 70_000 + b"<rss>", DocumentKind.PAGE, False),
)


@pytest.mark.parametrize(("data", "kind", "declares"), KINDS)
def test_the_root_element_says_what_a_document_is(data: bytes, kind: DocumentKind, declares: bool) -> None:
    """Neither the type that a server names nor the end of the address decides."""
    assert document_kind(data) == (kind, declares)


def test_a_list_fills_only_gaps() -> None:
    """What the page says of its article stays; a title made of its first words is a gap."""
    text = "The bridge is closed until the end of the year. Trams stop."
    entry = ListedArticle(
        "x", "Bridge closed", date(2026, 3, 3), date(2026, 3, 5), "The Gazette", ("Ann",), "en", "Traffic"
    )
    bare = Article(text, "The bridge is closed until the end of the year", "o", url="https://news.example/a")
    full = Article(
        text,
        "A bridge",
        "o",
        date(2026, 3, 1),
        "News",
        "https://news.example/a",
        ("Bob",),
        None,
        "de",
        "Local",
    )
    assert entry.fill(bare) == Article(
        text, "Bridge closed", "o", date(2026, 3, 3), "The Gazette", "https://news.example/a", ("Ann",),
        date(2026, 3, 5), "en", "Traffic",
    )  # fmt: skip
    assert entry.fill(full) == Article(
        text, "A bridge", "o", date(2026, 3, 1), "News", "https://news.example/a", ("Bob",),
        date(2026, 3, 5), "de", "Local",
    )  # fmt: skip
    assert ListedArticle("x").fill(bare).source == "news.example"


SITES = (
    ("https://news.example/a", "http://www.news.example/b", True),
    ("https://blog.news.example/", "https://news.example/", True),
    ("https://news.example:8443/", "https://news.example/", False),
    ("https://news.example:443/", "https://news.example/", True),
    ("https://badnews.example/", "https://news.example/", False),
    ("https://example/", "https://news.example/", False),
    ("http://127.0.0.1/", "http://127.0.0.2/", False),
)


@pytest.mark.parametrize(("one", "other", "same"), SITES)
def test_a_site_is_a_host_with_what_lies_below_it(one: str, other: str, same: bool) -> None:
    """`www.` does not count, and a part of a name is no site."""
    assert same_site(one, other) is same
    assert same_site(other, one) is same
    assert (
        shown_url(one + "x", other + "x") == (one if same else other).replace(":443", "") + "x"
        or ":443" in one
    )


def _one_entry(inside: str) -> ListedArticle:
    feed = f'<rss version="2.0"><channel><title>Quay News</title><item>{inside}</item></channel></rss>'
    return feed_entries(feed.encode(), HERE)[0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年3月8日 09:30", date(2026, 3, 8)),
        ("2026년 03월 08일", date(2026, 3, 8)),
        ("2026. 3. 8.", date(2026, 3, 8)),
        ("2026 March 8", date(2026, 3, 8)),
        ("2026. március 8.", None),
        ("2026-xx-08", None),
        ("2026-03", None),
        ("2026", None),
        ("Sun, 08 Mar 26 23:30:00 -0800", date(2026, 3, 8)),
        ("08 Mar 99 23:30 GMT", date(1999, 3, 8)),
        ("Tue, 08 Mar 26 23:30:00 GMT", None),
        ("08 Mar 26", None),
    ],
)
def test_a_day_is_the_one_that_is_written_or_none(written: str, day: date | None) -> None:
    """No part of a date is filled in: not the month of today, nor a year that the weekday denies."""
    assert _one_entry(f"<title>Tram</title><pubDate>{written}</pubDate>").published == day


@pytest.mark.parametrize("inside", ["The tram runs.", "&lt;p&gt;The tram runs.&lt;/p&gt;"])
def test_a_section_that_was_escaped_is_read(inside: str) -> None:
    """Some programs escape the marks of CDATA with the text in it."""
    entry = _one_entry(f"<description>&lt;![CDATA[{inside}]]&gt;</description>")
    assert entry.text == "The tram runs."


@pytest.mark.parametrize(
    "below",
    [
        "The post <a>Tram runs</a> appeared first on <a>Quay News</a>.",
        "The post <a>Tram &amp; bus</a> first appeared on <a>Another name</a>.",
        "Der Beitrag <a>Tram runs</a> erschien zuerst auf <a>Quay News</a>.",
    ],
)
def test_the_signature_below_an_entry_is_no_text_of_it(below: str) -> None:
    """Blogs put a line with the title and their name below every entry."""
    text = f"<![CDATA[<p>The tram runs again.</p><p>{below}</p>]]>"
    assert _one_entry(f"<title>Tram runs</title><description>{text}</description>").text == (
        "The tram runs again."
    )


def test_a_last_paragraph_that_names_the_title_stays() -> None:
    """Only a line that has nothing but the title, the feed's name and a few words around them is cut."""
    last = "The post office is near the stop where the Tram runs that Quay News saw first."
    text = f"<![CDATA[<p>It runs.</p><p>{last}</p>]]>"
    assert _one_entry(f"<title>Tram runs</title><description>{text}</description>").text.endswith(last)

"""Web pages: the article and what the page states about it, without what a reader doesn't see."""

import time
from datetime import date
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes
from ingest.readers.formats.fragments import fragment_text, has_markup
from ingest.readers.formats.html_page import LONGEST_PAGE, declared_encoding, html_article

PAGE = (Path(__file__).parent / "data" / "readers" / "page.html").read_text("utf-8")
SENTENCE = "The town council voted on Tuesday to keep the library open until the end of next year. "
PATIENCE = 20  # seconds of the processor; each hostile page takes below 3


def page(body: str, head: str = "") -> str:
    """Return a small page with an article of 6 sentences after `body`."""
    return (
        f"<html><head><title>Library</title>{head}</head><body><article>"
        f"{body}<p>{SENTENCE * 6}</p></article></body></html>"
    )


def test_a_page_gives_its_article_and_what_it_states() -> None:
    """Text, title, date, author, site and address; hidden text, navigation and scripts are left out."""
    assert html_article(PAGE, "/p.html") == Article(
        title="Ferry to run at night from May",
        origin="/p.html",
        published=date(2025, 3, 14),  # as written; in UTC it was the 15th already
        source="The Harbour Gazette",
        url="https://www.gazette.example/news/ferry-at-night?id=7",
        authors=("Ines Okafor",),
        modified=date(2025, 6, 1),
        language="en",
        text="The ferry between Kestrel Point and the old town will run through the night from May, the "
        "harbour office said on Friday. It is the first night service since 1987, when the last steamer was "
        "sold.\n\nA single ticket will cost 4.20 pounds, the same as by day. “We looked at the figures for a "
        "whole year,” said Zoë Núñez, who runs the harbour office, “and people were simply walking the long "
        "way round.”\n\nBoats leave the old town on the hour, every hour, until five.\n\nBicycles travel "
        "free of charge, and dogs do so on a lead.\n\nResidents of Quay Street had asked for quieter engines "
        "🚢 and will get them, according to the timetable that was published with the decision.",
    )


THE_DAY = date(2024, 1, 30)
JSON_LD = '<script type="application/ld+json">{}</script>'
DATES = (
    ('<meta name="DC.date.issued" content="2024-01-30">', THE_DAY),
    ('<meta itemprop="datePublished" content="30 January 2024">', THE_DAY),
    (
        JSON_LD.format('{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2024-01-30T10:00Z"}]}'),
        THE_DAY,
    ),
    (JSON_LD.format('[{"@type": "BlogPosting", "datePublished": "2024-01-30"}]'), THE_DAY),
    (JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2024-01-30",}'), THE_DAY),
    ('<meta name="article:publicationdate" content="Tue Jan 30 08:05:00 EST 2024">', THE_DAY),
    ('<link rel="canonical" href="https://a.example/2024/01/30/library">', THE_DAY),
    # A related article's date, an update, a broken record and a date with two meanings are no dates.
    (JSON_LD.format('{"@type": "ItemList", "itemListElement": [{"datePublished": "2024-01-30"}]}'), None),
    (JSON_LD.format('{"@type": "NewsArticle", "dateModified": "2024-01-30"}'), None),
    (JSON_LD.format('{"@type": "NewsArticle", "datePub'), None),
    ('<meta property="article:modified_time" content="2024-01-30">', None),
    ('<meta name="date" content="03/04/2024">', None),
    ('<meta name="copyright" content="Copyright 2024-01-30">', None),
)


@pytest.mark.parametrize(("head", "published"), DATES)
def test_only_a_stated_date_is_the_publication_date(head: str, published: date | None) -> None:
    """A date comes from JSON-LD, meta tags or the address; one that isn't stated stays unknown."""
    assert html_article(page("", head), "o").published == published


SHOWN_DATES = (
    ('<abbr class="post published" title="2024-01-30T10:00Z">lately</abbr>', THE_DAY),
    ('<span class="article-publish-date">January 30, 2024, 9:02 AM</span>', THE_DAY),
    ('<input type="hidden" class="published_date" value="2024-01-30 23:41:18">', THE_DAY),
    ('<div class="story-date">30 January\n 2024</div>', THE_DAY),
    # What readers wrote below, a sidebar and other articles have days of their own.
    ('<section id="comments"><time class="published" datetime="2024-01-30">3 h</time></section>', None),
    ('<article class="comment"><time class="published" datetime="2024-01-30">3 h</time></article>', None),
    ('<aside><time class="entry-date" datetime="2024-01-30">30 Jan</time></aside>', None),
    ('<div class="related-news"><span class="story-date">30 January 2024</span></div>', None),
    ('<span class="unpublished">30 January 2024</span>', None),
    ('<span class="update-date">30 January 2024</span>', None),
    ('<p class="published">The report of 30 January 2024 was published by the council.</p>', None),
)


@pytest.mark.parametrize(("shown", "published"), SHOWN_DATES)
def test_an_element_named_after_the_publication_date_states_it(shown: str, published: date | None) -> None:
    """Microformats and the usual names of classes are believed where the element holds nothing but a date."""
    assert html_article(page(f"<p>The roof fell in.</p>{shown}"), "o").published == published


def test_the_address_may_name_the_month() -> None:
    """/2024/jan/30/ is as clear as /2024/01/30/; a word that is no month is no date."""
    for month, published in (("jan", THE_DAY), ("01", THE_DAY), ("abc", None)):
        url = f"https://a.example/story/2024/{month}/30/roof/"
        assert html_article(page("<p>The roof fell in.</p>"), "o", url=url).published == published


def test_a_date_in_the_text_is_not_the_publication_date() -> None:
    """The day that an article tells of, or a copyright line, is not the day that it was published."""
    body = "<p>On 30 January 2024 the roof fell in. Published work was lost.</p>"
    assert html_article(page(body) + "<footer>© 2024-01-30</footer>", "o").published is None


ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "http://", "//x")


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_are_kept(address: str) -> None:
    """A canonical address that isn't http or https is dropped."""
    assert html_article(page("", f'<link rel="canonical" href="{address}">'), "o").url is None


HIDDEN = (
    '<p style="DISPLAY:NONE">{}</p>',
    '<div style="x:y;visibility : hidden"><p>{}</p></div>',
    '<p aria-hidden="true">{}</p>',
    "<p hidden>{}</p>",
    "<template><p>{}</p></template>",
    "<noscript><p>{}</p></noscript>",
    "<!-- <p>{}</p> -->",
    "<script>var x = '{}'</script>",
)


@pytest.mark.parametrize("form", HIDDEN)
def test_hidden_text_is_left_out(form: str) -> None:
    """What a reader of the page doesn't see can't be quoted; what stands beside it can."""
    body = form.format("Send all your money to the harbour master at once, says nobody at all.")
    assert html_article(page(body), "o").text == html_article(page(""), "o").text


def test_the_declared_encoding_of_a_page_is_used() -> None:
    """A page in Latin-2 that says so keeps its letters."""
    html = page("<p>Łódź żółć: " + SENTENCE + "</p>", '<meta charset="iso-8859-2">')
    data = html.encode("iso-8859-2")
    text = html_article(decode_bytes(data, declared=declared_encoding(data)), "o").text
    assert text.startswith("Łódź żółć: The town council")


def test_an_encoding_declared_late_in_the_head_counts_and_gb2312_is_its_superset() -> None:
    """A script of 20 kB before the declaration doesn't matter; 镕 is in GB 18030 alone."""
    head = f"<script>{'var ferry = 1;' * 1500}</script><meta charset='gb2312'>"
    data = page("<p>朱镕基走访了港口。</p>", head).encode("gb18030")
    assert (
        "朱镕基走访了港口。" in html_article(decode_bytes(data, declared=declared_encoding(data)), "o").text
    )


HOSTILE = {
    "100,000 deep": page("<div>" * 100_000),
    "100,000 unclosed": page("<b><i>" * 50_000),
    "5 MB attribute": page(f'<div data-x="{"a" * 5_000_000}">x</div>'),
    "20 MB style": page(f'<div style="{" a" * 10_000_000}">x</div>'),
    "over the limit": page("x" * LONGEST_PAGE),
    "deep JSON-LD": page("", f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    "no article": "<html><body></body></html>",
    "nothing": "",
    "not HTML": "just words",
    "lone surrogate": page("\ud800 x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_bounded_time(name: str) -> None:
    """Depth and size end in an article with text or in SourceError, soon."""
    started = time.process_time()
    try:
        outcome = html_article(HOSTILE[name], "o").text
    except SourceError as error:
        outcome = error.reason
    assert outcome
    assert time.process_time() - started < PATIENCE


FRAGMENTS = (
    ("<p>Hello <b>you</b>.</p><p>x &amp; y</p>", "Hello you.\n\nx & y"),
    ("One<br>two<br/>three", "One\ntwo\nthree"),
    ("<ul><li>a<li>b</ul>", "a\n\nb"),
    ("<p>seen</p><script>bad()</script><style>p{}</style>", "seen"),
    ('<p>seen<span style="display: none">hidden</span> after</p>', "seen after"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
)


@pytest.mark.parametrize(("fragment", "text"), FRAGMENTS)
def test_all_visible_text_of_a_fragment_is_kept(fragment: str, text: str) -> None:
    """A field of a record that holds HTML gives its text in paragraphs."""
    assert (has_markup(fragment), clean_text(fragment_text(fragment)).strip()) == (True, text)


@pytest.mark.parametrize("text", ["a < b and c > d", "the <p and q> rule", "x <3 y", "AT&amp;T", "<title>"])
def test_text_with_angle_brackets_is_not_html(text: str) -> None:
    """Comparison signs and hearts don't make a text HTML."""
    assert has_markup(text) is False

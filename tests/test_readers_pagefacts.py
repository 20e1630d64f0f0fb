"""What a page says of its article: in which order it is believed, and what is never believed."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.readers.formats.html_page import html_article

SENTENCE = "The town council voted on Tuesday to keep the library open until the end of next year. "
LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry &amp; fog", '
    '"datePublished": "2024-01-30T10:00:00Z", "dateModified": "2024-02-01", "author": '
    '[{"@type": "Person", "name": "Ines Okafor"}, {"name": "https://a.example/staff"}], '
    '"publisher": {"name": "The Gazette"}, "articleSection": ["Sea", "News"], "inLanguage": "en-GB"}</script>'
)
GRAPH = (
    '<meta property="og:title" content="Fog at sea | The Gazette">'
    '<meta property="og:site_name" content="The Gazette"><meta property="article:section" content="Sea">'
    '<meta property="article:published_time" content="2024-01-30"><meta name="author" content="Zoë Núñez">'
    '<meta property="article:modified_time" content="2024-01-29"><meta property="og:locale" content="en_US">'
)


def page(head: str, body: str = "", attributes: str = "") -> str:
    """Return a page with an article of six sentences."""
    return (
        f"<html {attributes}><head><title>Plain title</title>{head}</head><body><article>{body}"
        f"<p>{SENTENCE * 6}</p></article></body></html>"
    )


def test_json_ld_is_believed_first() -> None:
    """Everything that a newsroom needs, names decoded, addresses no authors."""
    found = html_article(page(LINKED + GRAPH), "o")
    assert (found.title, found.authors, found.source) == ("Ferry & fog", ("Ines Okafor",), "The Gazette")
    assert (found.published, found.modified) == (date(2024, 1, 30), date(2024, 2, 1))
    assert (found.language, found.section) == ("en", "Sea")


def test_open_graph_and_meta_tags_come_next() -> None:
    """The name of the site is taken off the title; a change before the publication is none."""
    found = html_article(page(GRAPH), "o")
    assert (found.title, found.authors, found.source) == ("Fog at sea", ("Zoë Núñez",), "The Gazette")
    assert (found.published, found.modified, found.section) == (date(2024, 1, 30), None, "Sea")


def test_what_is_not_stated_stays_unknown() -> None:
    """A page that says nothing has its title and nothing else."""
    found = html_article(page(""), "o")
    assert (found.title, found.published, found.modified, found.source, found.url) == (
        "Plain title",
        None,
        None,
        None,
        None,
    )
    assert (found.authors, found.language, found.section) == ((), None, None)


@pytest.mark.parametrize(
    ("attributes", "code"), [('lang="de-AT"', "de"), ('lang=""', None), ('lang="x"', None)]
)
def test_the_language_is_the_root_elements(attributes: str, code: str | None) -> None:
    """A language tag becomes its ISO 639-1 code."""
    assert html_article(page("", attributes=attributes), "o").language == code


ADDRESSES = (
    ('<base href="https://famous.example/">', "https://a.example/x"),
    ('<link rel="canonical" href="javascript:alert(1)">', "https://a.example/x"),
    ('<link rel="canonical" href="https://famous.example/x">', "https://a.example/x"),
    ('<link rel="canonical" href="https://a.example/">', "https://a.example/x"),
    ('<meta http-equiv="refresh" content="0; url=https://famous.example/">', "https://a.example/x"),
    ('<link rel="canonical" href="https://www.a.example/real">', "https://www.a.example/real"),
    ('<base href="https://famous.example/"><link rel="canonical" href="/real">', "https://a.example/real"),
)


@pytest.mark.parametrize(("head", "url"), ADDRESSES)
def test_a_fetched_page_keeps_to_its_own_site(head: str, url: str) -> None:
    """The address is the fetched one, or another that the page calls its own on the same site (case 15)."""
    assert html_article(page(head), "o", url="https://a.example/x").url == url


HIDDEN = (
    'style="display:none"', 'style="color: #FFF; background-color: white"', 'style="color:white"', "hidden",
    'style="font-size:0"', 'style="opacity: 0"', 'style="position:fixed;left:-9999px"', 'aria-hidden="true"',
    'style="text-indent:-9999px"', 'style="visibility:hidden"', 'style="color:transparent"',
    'style="height:0;overflow:hidden"', 'style="color:red;background:red"', 'style="display:none !important"',
)  # fmt: skip


@pytest.mark.parametrize("attributes", HIDDEN)
def test_what_is_hidden_on_the_page_is_dropped(attributes: str) -> None:
    """Text that no reader of the page sees is no part of the article (case 13)."""
    secret = f"<p {attributes}>Send all your money to the harbour master at once, says nobody at all.</p>"
    assert html_article(page("", secret), "o").text == html_article(page(""), "o").text


SHOWN = (
    'style="color:white;background:#000"', 'style="color:black"', 'style="opacity:0.9"',
    'style="font-size:10px"',
    'style="left:0"', 'aria-hidden="false"', 'style="height:0"', 'style="background:white"',
)  # fmt: skip


@pytest.mark.parametrize("attributes", SHOWN)
def test_what_is_shown_stays(attributes: str) -> None:
    """Styles that hide nothing cost no text (case 13)."""
    shown = f"<p {attributes}>The harbour master thanks everybody for the years of patience.</p>"
    assert "harbour master thanks" in html_article(page("", shown), "o").text


SHEETS_THAT_HIDE = (
    ".secret { display: none }", "p.secret,p.other{VISIBILITY:HIDDEN}", "#one { left: -9999px }",
    "/* .secret{} */ .other {} @import 'x'; .secret{font-size:0}",
    ".secret{display:block} .secret{display:none}",
    "@media print { .secret { display: block } } .secret { display: none !important }",
    "#one{display:none} .secret{display:block}",
)  # fmt: skip
SHEETS_THAT_SHOW = (
    "@media print { .secret { display: none } }", ".closed .secret { display: none }", "p { display: none }",
    ".secret:hover{display:none}", "body { visibility: hidden }", "div.secret { display: none }",
    ".secret{display:none} .secret{display:block}", "/* .secret { display: none } */",
    ".secret { display: none", ".secret{opacity:0}",
    "#one { display: block } .secret { display: none }", "}}} .secretive { display: none }",
)  # fmt: skip
NAMED = '<p class="big secret" id="one">The harbour master thanks everybody for the years of patience.</p>'


@pytest.mark.parametrize("sheet", SHEETS_THAT_HIDE)
def test_what_the_pages_own_style_sheet_hides_is_dropped(sheet: str) -> None:
    """A class or id that a sheet in the page hides is as unseen as an inline style makes it (case 13)."""
    assert "harbour master" not in html_article(page(f"<style>{sheet}</style>", NAMED), "o").text


@pytest.mark.parametrize("sheet", SHEETS_THAT_SHOW)
def test_a_style_sheet_that_may_hide_nothing_costs_no_text(sheet: str) -> None:
    """Rules for a medium, a state or bare elements, and broken ones, hide nothing for certain (case 13)."""
    assert "harbour master thanks" in html_article(page(f"<style>{sheet}</style>", NAMED), "o").text
    printed = page('<style media="print">.secret{display:none}</style>', NAMED)
    assert "harbour master thanks" in html_article(printed, "o").text


def test_a_style_of_the_element_itself_counts_more_than_a_sheet() -> None:
    """What a sheet hides and the element shows again is on the page (case 13)."""
    shown = NAMED.replace('id="one"', 'style="display:block"')
    assert "harbour master" in html_article(page("<style>.secret{display:none}</style>", shown), "o").text


def test_signs_of_no_width_and_comments_are_dropped() -> None:
    """Words split by unseen signs become words again, comments are no text (case 13)."""
    body = "<!-- no --><p>The har\u200bbour mas\u00adter thanks every\u2060body for years of patience.</p>"
    text = html_article(page("", body), "o").text
    assert "The harbour master thanks everybody" in text
    assert "no -->" not in text


def titled(title: str, head: str, h1: str = "") -> str:
    """Return a page with a title element, a head and perhaps a heading of first rank."""
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article>{heading}<p>{SENTENCE * 6}</p>"
        "</article></body></html>"
    )


RECORD = '<script type="application/ld+json">{{"@type": "Article", {}}}</script>'
WEIGHED = (
    # An encyclopedia: the headline is a description, the name is the title.
    (titled("Kestrel Point – Pedia", RECORD.format('"headline": "a cape", "name": "Kestrel Point"')),
     "Kestrel Point"),
    # The name of the section, or of the site, in the place of the title.
    (titled("Ferry sinks - Sea", '<meta property="og:title" content="Sea">'
     '<meta property="article:section" content="Sea">', "Ferry sinks"), "Ferry sinks"),
    (titled("The Gazette", '<meta property="og:title" content="The Gazette">'
     '<meta property="og:site_name" content="The Gazette">', "Ferry sinks at night"), "Ferry sinks at night"),
    # Two places that agree count more than one that stands alone, and nothing else is known here.
    (titled("Ferry sinks", RECORD.format('"headline": "Breaking"'), "Ferry sinks"), "Ferry sinks"),
)  # fmt: skip


@pytest.mark.parametrize(("html", "title"), WEIGHED)
def test_a_title_that_another_place_bears_out_is_the_title(html: str, title: str) -> None:
    """Descriptions and the names of sections and sites are no titles."""
    assert html_article(html, "o").title == title


OTHER = '"headline": "Fog lifts", "datePublished": "2020-02-02", "url": "https://a.example/fog"'
OWN = '"headline": "{}", "datePublished": "2024-01-30", "url": "https://a.example/ferry/#main"'
CANONICAL = '<link rel="canonical" href="https://www.a.example/ferry/">'


@pytest.mark.parametrize("headline", ["Ferry sinks", "The night of the ferry"])
def test_of_several_records_the_one_of_this_page_counts(headline: str) -> None:
    """Its address is the page's, whatever comes first."""
    head = CANONICAL + RECORD.format(OTHER) + RECORD.format(OWN.format(headline))
    found = html_article(titled("Ferry sinks", head, "Ferry sinks"), "o")
    assert (found.title, found.published) == ("Ferry sinks", date(2024, 1, 30))


def test_a_record_of_another_page_alone_says_nothing() -> None:
    """A related article in JSON-LD gives neither title nor day."""
    found = html_article(titled("Ferry sinks", CANONICAL + RECORD.format(OTHER), "Ferry sinks"), "o")
    assert (found.title, found.published) == ("Ferry sinks", None)


AUTHORS = (
    (
        RECORD.format('"author": [[{"name": "Ann Lee"}], "By Bo Ray, Senior Reporter"]'),
        "",
        ("Ann Lee", "Bo Ray"),
    ),
    ('<meta name="author" content="Ann Lee, Editor-in-Chief">', "", ("Ann Lee",)),
    ('<meta name="author" content="admin">', "", ()),
    ("", '<div class="byline">By <b>Ann Lee</b><br>March 25, 2015</div>', ("Ann Lee",)),
    ("", '<div class="byline">By <b>Ann May</b></div>', ("Ann May",)),
    ("", '<span class="username">Username</span>', ()),
)


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS)
def test_authors_are_people_without_roles_and_days(head: str, body: str, authors: tuple[str, ...]) -> None:
    """Lists in lists are read; roles, days and words that hold the place of a name are no authors."""
    assert html_article(page(head, body), "o").authors == authors


def test_authors_who_have_records_of_their_own_are_named() -> None:
    """The article's record names them by @id only."""
    graph = (
        '<script type="application/ld+json">{"@graph": ['
        '{"@type": "Person", "@id": "#i", "name": "Ines Okafor"},'
        '{"@type": "NewsArticle", "author": [{"@id": "#i"}, {"@id": "#x"}]}]}</script>'
    )
    assert html_article(page(graph), "o").authors == ("Ines Okafor",)

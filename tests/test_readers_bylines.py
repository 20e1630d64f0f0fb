"""The date between a page's heading and its text: the article's where it shows that, else none."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.readers import parse_published
from ingest.readers.formats.html_page import html_article

TEXT = (
    "<p>"
    + "The town council voted on Tuesday to keep the library open until the end of next year. " * 6
    + "</p>"
)
THE_DAY = date(2024, 1, 30)

STATED = (
    '<h1>Library</h1><div class="press__date"><div>January 30, 2024</div></div>',
    "<h1>Library</h1><div>Written by <a>Ines Okafor</a>, MD on January 30, 2024</div>",
    '<h1>Library</h1><h3 class="byline">by Ines<br><i class="datetime">Tue, January 30, 2024</i></h3>',
    "<div><p>Von Ines Okafor</p><p>Veröffentlicht am 30. Januar 2024</p><h1>Library</h1></div>",
    "<h1>Library</h1><p>Publié le 30 janvier 2024 à 10h15</p>",
    '<h1>Library</h1><div><time datetime="2024-01-30T10:00:00Z">1 day ago</time></div>',
    "<h1>Library</h1><p>Published <time>30 January 2024</time> | Updated <time>2 February 2024</time></p>",
    "<table><tr><td><h1>Library</h1><p>Posted on 30 January 2024</p></td></tr></table>",
)
UNSTATED = (
    '<h1>Library</h1><p class="date">Updated January 30, 2024</p>',
    '<h1>Library</h1><p>Updated <time datetime="2024-01-30">today</time></p>',
    "<h1>Library</h1><p>January 30, 2024</p>",  # the day of a meeting, maybe
    '<h1>Library</h1><p class="date">03/04/2024</p>',
    '<h1>Library</h1><p class="date">January 2024</p>',
    '<h1>Library</h1><ul><li><a>Fox seen</a> <time datetime="2024-01-30"></time></li></ul>',
    '<h1>Library</h1><p class="date">30 January 2024</p><p class="date">31 January 2024</p>',
    f'<h1>Library</h1>{TEXT}<p class="date">30 January 2024</p>',
    '<nav><p class="date">30 January 2024</p></nav><h1>Library</h1>',
    '<h1>Library</h1><figure><figcaption class="date">30 January 2024</figcaption></figure>',
    "<h1>Library</h1><p>The choir was founded on 30 January 2024</p>",
    '<meta property="article:modified_time" content="2024-01-30"><h1>Library</h1><i id="date">2024-01-30</i>',
)


def found(body: str) -> date | None:
    """Return the date of a page with an article below `body`."""
    page = f"<html><head><title>Library</title></head><body><div>{body}{TEXT}</div></body></html>"
    return html_article(page, "o").published


@pytest.mark.parametrize("body", STATED)
def test_a_line_beside_the_heading_dates_the_article(body: str) -> None:
    """Its label, its name or its element says that it is a date of publication."""
    assert found(body) == THE_DAY


@pytest.mark.parametrize("body", UNSTATED)
def test_other_lines_date_nothing(body: str) -> None:
    """A change, a day without a sign of what it is, two days, or one that stands elsewhere."""
    assert found(body) is None


def test_a_page_that_has_a_record_of_itself_is_dated_by_it() -> None:
    """Some publishing systems write no record of an article; other pages in the graph don't count."""
    record = (
        '<link rel="canonical" href="https://a.example/library">'
        '<script type="application/ld+json">{"@graph": ['
        '{"@type": "WebPage", "@id": "https://a.example/", "datePublished": "2019-01-01"},'
        '{"@type": "WebPage", "@id": "https://a.example/library", "datePublished": "2024-01-30"}]}</script>'
    )
    assert found(f"{record}<h1>Library</h1>") == THE_DAY


@pytest.mark.parametrize(
    "written",
    [
        "30. Januar 2024", "Dienstag, 30. Januar 2024, 10:15 Uhr", "30 janvier 2024",
        "mardi 30 janvier 2024 à 10h15", "30 de enero de 2024", "30 de janeiro de 2024 às 20:13",
        "30 gennaio 2024", "30 januari 2024", "30 stycznia 2024", "30 января 2024 г.",
        "Le 30 janvier 2024", "terça-feira, 30 de janeiro de 2024",
    ],
)  # fmt: skip
def test_dates_of_other_languages_are_read(written: str) -> None:
    """With the name of the month in words there is no doubt about the day."""
    assert parse_published(written) == THE_DAY


@pytest.mark.parametrize(
    "written",
    ["30 Foo 2024", "modifié 30 janvier 2024", "31 februari 2024", "Band 30 Mai 20244", "30 Kapitel 2024"],
)
def test_what_is_no_month_dates_nothing(written: str) -> None:
    """Numbers around any other word are no date."""
    assert parse_published(written) is None

"""What the page says of the library."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

from assistant.web.html.library_page import NAMED, Wanted, list_html
from assistant.web.html.library_view import Overview, library_line, reading_html, report_html, welcome_html
from ingest import ArticleSummary, Failure, IngestReport, Progress


def shown(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_header_counts_and_dates_the_articles() -> None:
    """The header says how many articles there are and from when to when they were published."""
    assert [
        library_line(Overview(2006, date(2015, 1, 3), date(2023, 3, 21))),
        library_line(Overview(1)),
        library_line(Overview(0)),
    ] == ["2,006 articles · 3 Jan 2015 – 21 Mar 2023", "1 article", "No articles yet"]


def test_empty_library_invites_to_add_articles() -> None:
    """An empty library offers files and, where there are some, the examples."""
    html = welcome_html(Overview(0))
    assert re.findall(r'data-do="(\w+)"', html) == ["choose", "chooseFolder", "examples"]
    assert re.findall(r'data-do="(\w+)"', welcome_html(Overview(0, examples=False))) == [
        "choose",
        "chooseFolder",
    ]


def test_library_with_articles_offers_questions() -> None:
    """Questions can be clicked; without any there is no empty list."""
    assert re.findall(
        r'data-do="suggestion" dir="auto">(.*?)<', welcome_html(Overview(3), ("Who?", "a<b"))
    ) == [
        "Who?",
        "a&lt;b",
    ]
    assert "<ul" not in welcome_html(Overview(3))


def test_progress_is_told_in_words() -> None:
    """While articles are read it says how far it is, also before their number is known."""
    assert [
        shown(reading_html(None)),
        shown(reading_html(Progress(7, None, 0, "x"))),
        shown(reading_html(Progress(212, 1340, 0, "x"))),
        shown(reading_html(Progress(212, 1340, 2, "x", rate=6.25, seconds_left=181))),
    ] == [
        "Waiting to be read …",
        "Reading articles, 7 so far … Cancel",
        "Reading 212 of 1,340 articles … Cancel",
        "Reading 212 of 1,340 articles, 6.2 a second, about 3 min left, 2 could not be read … Cancel",
    ]


def test_report_tells_what_happened_and_what_failed() -> None:
    """The report counts what was added and names what failed as the user knows it, with the reason."""
    report = IngestReport(
        added=2,
        updated=1,
        failed=(Failure("/lib/uploads/a.txt", "no text"), Failure("b.png", "<b>")),
        seconds=3.0,
    )
    assert shown(report_html(report, names={"/lib/uploads/a.txt": "Mine.txt"})) == (
        "2 articles added; 1 article updated. It took 3.0 s. 2 sources could not be read "
        "Mine.txt — no text b.png — <b>"
    )
    assert shown(report_html(IngestReport(), names={})) == "No articles were added."


def test_many_failures_are_cut_short() -> None:
    """Of many failures twenty are listed and the others counted."""
    report = IngestReport(failed=tuple(Failure(str(number), "bad") for number in range(1_025)))
    words = shown(report_html(report, names={}))
    assert words.startswith("No articles were added. 1,025 sources could not be read 0 — bad 1 — bad")
    assert words.endswith("19 — bad and 1,005 more")


def listed(number: int, *, group: str | None, title: str = "Fire") -> ArticleSummary:
    """Return an article of the list."""
    return ArticleSummary(
        id=f"id{number}",
        version="v",
        title=title,
        source=f"Paper {number}",
        url=None,
        published=date(2026, 6, 1),
        authors=(),
        origin="o",
        added=datetime(2026, 6, 1, tzinfo=UTC),
        chunks=1,
        characters=9,
        group=group,
    )


def test_the_list_names_near_duplicates() -> None:
    """Each row says which articles are nearly the same and opens them; titles stay text."""
    pair = [listed(1, group="g"), listed(2, group="g", title="<b>Fire</b>"), listed(3, group=None)]
    html = list_html(pair, Wanted(words="1"))  # the other need not be on the page
    assert "≈ nearly the same as <b>Fire</b> Paper 2" in shown(html)
    assert "<b>" not in html
    assert re.findall(r'<span data-article="(\w+)"><button[^>]* data-do="read"', html) == ["id2"]
    assert "nearly the same" not in list_html(pair, Wanted(words="3"))
    assert "nearly the same" not in list_html(pair[1:], Wanted())  # the other is being removed


def test_many_near_duplicates_are_named_in_part() -> None:
    """Of a text that a hundred papers printed a row names some and counts the others."""
    html = list_html([listed(number, group="g") for number in range(100)], Wanted(words="99"))
    assert html.count('data-do="read"') == 1 + NAMED
    assert f"and {99 - NAMED} more" in html

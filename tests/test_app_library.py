"""What the page says of the library."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from assistant.app.libraryview import library_line, reading_html, report_html, welcome_html
from assistant.app.service import Overview
from assistant.app.suggestions import shared_names
from ingest import Failure, IngestReport, Progress


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
        shown(reading_html(Progress(212, 1340, 0, "x", rate=6.25, seconds_left=181))),
    ] == [
        "Waiting to be read …",
        "Reading articles, 7 so far …",
        "Reading 212 of 1,340 articles …",
        "Reading 212 of 1,340 articles, 6.2 a second, about 3 min left …",
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


def test_names_that_articles_share_come_first() -> None:
    """Names of several words are found inside sentences; weekdays and beginnings of sentences are none."""
    texts = [
        "On Monday Morning it rained. The ferry Marta Lind left, and Gull Point was dark.",
        "They saw the Marta Lind's lights from Gull Point. Big News came on the Marta Lind.",
        "A man in Alder Street said so; the Marta Lind was late on Sunday May.",
    ]
    assert shared_names(texts) == ["Marta Lind", "Gull Point", "Alder Street"]

"""How the chat writes dates, numbers and sources."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.web.html.display_text import day_span, duration, long_date, number_with_noun, shown_source


def test_dates_carry_their_year() -> None:
    """Dates are written out with the year, whatever the machine's language; an unknown one is called so."""
    assert [long_date(date(2026, 5, 4)), long_date(None)] == ["4 May 2026", "date unknown"]


def test_numbers_have_separators() -> None:
    """Thousands are separated and one thing is not plural."""
    assert [
        number_with_noun(0, "article"),
        number_with_noun(1, "article"),
        number_with_noun(2006, "article"),
    ] == [
        "0 articles",
        "1 article",
        "2,006 articles",
    ]


def test_span_of_days() -> None:
    """A span names both ends, one day only once, and nothing where no date is known."""
    first, last = date(2015, 1, 3), date(2023, 3, 21)
    assert [day_span(first, last), day_span(first, first), day_span(None, None)] == [
        "3 Jan 2015 – 21 Mar 2023",
        "3 Jan 2015",
        None,
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.001, "0.1 s"), (2.34, "2.3 s"), (45.2, "45 s"), (300, "5 min")]
)
def test_durations(seconds: float, shown: str) -> None:
    """A duration is as exact as people need it."""
    assert duration(seconds) == shown


def test_source_is_named_by_what_is_known() -> None:
    """A source has its name, else the site of its address, else its title."""
    names = [
        shown_source(source=" Gazette ", url="https://a.example", title="T"),
        shown_source(source=None, url="https://www.a.example/x", title="T"),
        shown_source(source="", url="https://[broken", title="T"),
        shown_source(source=None, url=None, title="T"),
    ]
    assert names == ["Gazette", "a.example", "T", "T"]

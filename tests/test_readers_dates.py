"""Publication dates: certain ones are read, all others stay unknown."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import parse_published

THE_DAY = date(2024, 1, 30)

CERTAIN = (
    "2024-01-30",
    " 2024-01-30 ",
    "2024-1-30",
    "2024/01/30",
    "2024.01.30",
    "20240130",
    20240130,
    "20240130T101500Z",
    "2024-01-30T23:59:59-11:00",  # the day as written, not the day in UTC
    "2024-01-30T00:00:00.123456Z",
    "2024-01-30 10:15",
    "2024-01-30 10:15:00 UTC",
    "Tue, 30 Jan 2024 23:15:00 -0800",
    "Tue, 30 Jan 2024 10:15:00 GMT",
    "30 January 2024",
    "30 Jan. 2024",
    "30th January, 2024",
    "30-Jan-2024",
    "January 30, 2024",
    "Jan 30 2024",
    "Tuesday, January 30, 2024",
    "January 30, 2024 at 10:15 AM EST",
    "30/01/2024",
    "01/30/2024",
    "30.01.2024",
    "Tue Jan 30 10:15:00 2024",
    "Tue Jan 30 10:15:00 +0000 2024",
    "Tue, 01/30/2024 - 10:15",
    1706609700,
    1706609700.5,
    1706609700000,
    "1706609700",
    "1706609700000",
    datetime(2024, 1, 30, 23, 59, tzinfo=timezone(timedelta(hours=-11))),
    THE_DAY,
)

UNKNOWN = (
    None,
    "",
    "yesterday",
    "03/04/2024",  # the third of April or the fourth of March
    "3.4.2024",
    "01/02/24",
    "2024",  # no day
    "2024-02",
    "Mon, 03/04/2025",  # neither of the two days was a Monday
    "January 2024",
    "2024-02-30",
    "2024-13-01",
    "0000-00-00",
    "1200-01-01",
    "9999-12-31",
    "Updated January 30, 2024",  # what it says is not that it was published then
    "10",
    12345,
    float("nan"),
    float("inf"),
    -1,
    10**400,
    True,
    date(1, 1, 1),
    [2024, 1, 30],
    {"date": "2024-01-30"},
    "2024-01-30" + "0" * 1000,
    "٢٠٢٤-٠١-٣٠",  # digits of another script: not read rather than half read
)


@pytest.mark.parametrize("value", CERTAIN, ids=repr)
def test_a_certain_date_is_read(value: object) -> None:
    """Every way of writing 30 January 2024 gives that day."""
    assert parse_published(value) == THE_DAY


@pytest.mark.parametrize("value", UNKNOWN, ids=lambda value: repr(value)[:40])
def test_an_uncertain_date_is_unknown(value: object) -> None:
    """What names no day for sure gives None, never a guess."""
    assert parse_published(value) is None


def test_equal_day_and_month_have_one_meaning() -> None:
    """05/05/2024 is the fifth of May whichever number comes first."""
    assert parse_published("05/05/2024") == date(2024, 5, 5)


def test_a_date_years_ahead_is_unknown() -> None:
    """A cover date some months ahead is kept, a date years ahead is a mistake."""
    today = datetime.now(tz=UTC).date()
    soon, far = today + timedelta(days=90), today + timedelta(days=900)
    assert (parse_published(soon.isoformat()), parse_published(far.isoformat())) == (soon, None)


@given(st.dates(date(1600, 1, 1), date(2026, 1, 1)))
def test_written_dates_are_read_back(day: date) -> None:
    """Every form with the month in words or in ISO order gives the day it was written from."""
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 GMT")
    written = [day.strftime(form).replace(day.strftime("%Y"), f"{day.year:04d}") for form in forms]
    assert [parse_published(text) for text in written] == [day] * len(forms)


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none())
def test_nothing_makes_it_fail(value: object) -> None:
    """Any value at all gives a date or None."""
    found = parse_published(value)
    assert found is None or isinstance(found, date)


def test_a_weekday_decides_between_two_readings() -> None:
    """The fourth of March 2024 was a Monday, the third of April a Wednesday."""
    assert parse_published("Mon, 03/04/2024 - 09:00") == date(2024, 3, 4)
    assert parse_published("Wednesday, 03/04/2024") == date(2024, 4, 3)

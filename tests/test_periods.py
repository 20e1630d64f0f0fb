"""The days that a question speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.periods import LATE_REPORTS, Period, period_of

THURSDAY = date(2023, 3, 16)

READ = (
    ("What happened yesterday?", (2023, 3, 15), (2023, 3, 15)),
    ("What happened last week?", (2023, 3, 6), (2023, 3, 12)),
    ("Who won this week's game?", (2023, 3, 10), (2023, 3, 16)),
    ("What did he say on Monday?", (2023, 3, 13), (2023, 3, 13)),
    ("Who lost Friday's vote?", (2023, 3, 10), (2023, 3, 10)),
    ("Who resigned in March 2023?", (2023, 3, 1), (2023, 3, 31)),
    ("Who resigned in May?", (2022, 5, 1), (2022, 5, 31)),
    ("What changed this year?", (2023, 1, 1), (2023, 12, 31)),
    ("What changed last year?", (2022, 1, 1), (2022, 12, 31)),
    ("What changed last month?", (2023, 2, 1), (2023, 2, 28)),
    ("What was built between 2019 and 2021?", (2019, 1, 1), (2021, 12, 31)),
    ("What was built from January to March 2022?", (2022, 1, 1), (2022, 3, 31)),
    ("What has happened since February?", (2023, 2, 1), (2023, 3, 16)),
    ("What happened two weeks ago?", (2023, 2, 27), (2023, 3, 5)),
    ("Who signed on 3 May 2022?", (2022, 5, 3), (2022, 5, 3)),
    ("Who signed on May 3rd, 2022?", (2022, 5, 3), (2022, 5, 3)),
    ("What happened in the past month?", (2023, 2, 13), (2023, 3, 16)),
    ("What burned last summer?", (2022, 6, 1), (2022, 8, 31)),
    ("What burned in the winter of 2021?", (2021, 12, 1), (2022, 2, 28)),
)
LEFT_ALONE = (
    "What has happened since the election?",
    "What may happen to the school?",
    "Why did the parents march?",
    "What opens next week?",
    "Which strip did the USA TODAY Network drop?",
    "What will be built in 2030?",
    "Who resigned on the 31st of February?",
    "How many people were hurt?",
)


@pytest.mark.parametrize(("question", "first", "last"), READ)
def test_a_period_is_read(question: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    """Days, weeks, months and years are told from the day of the question; without a year the last one."""
    assert period_of(question, THURSDAY) == Period(date(*first), date(*last))


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_what_cannot_be_told_is_left_alone(question: str) -> None:
    """Without a calendar day, or before it has come, there is no period."""
    assert period_of(question, THURSDAY) is None


def test_open_to_the_past() -> None:
    """“Before 2020” has an end and no beginning."""
    assert period_of("What was planned before 2020?", THURSDAY) == Period(None, date(2019, 12, 31))


def test_dated_articles() -> None:
    """Where the wording dates the articles and not what happened, the period says so."""
    asked = "What do articles published in February say about the bridge?"
    assert period_of(asked, THURSDAY) == Period(date(2023, 2, 1), date(2023, 2, 28), of_articles=True)


def test_days_away() -> None:
    """Just after a period is still near it, because news is printed after it happened."""
    period = Period(date(2023, 3, 6), date(2023, 3, 12))
    assert period.days_away(date(2023, 3, 12) + LATE_REPORTS) == 0
    assert [period.days_away(date(2023, 3, day)) for day in (4, 8, 20)] == [2, 0, 5]


@given(st.text(max_size=200), st.dates())
def test_any_question_on_any_day(question: str, day: date) -> None:
    """Whatever is asked and whenever, a period begins before it ends and not after the question."""
    period = period_of(question, day)
    if period is not None and period.first is not None:
        assert period.first <= day
        assert period.last is None or period.first <= period.last


@given(
    st.sampled_from(["last week", "in March", "on Monday", "this winter", "two months ago", "since May 3"]),
    st.dates(),
)
def test_no_day_of_the_calendar_is_too_much(words: str, day: date) -> None:
    """The first and last days that Python knows, leap days and turns of the year are read or left alone."""
    period = period_of(f"What happened {words}?", day)
    assert period is None or (period.first or day) <= day

"""Dates in plain English: one table of what they mean, and the same in questions and in statements."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Support, check_statement
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import agrees, dates, windows
from assistant.question.query import understand

MONDAY = "2024-05-06"
THURSDAY = "2023-03-16"
SUNDAY = "2026-08-02"
NEW_YEAR = "2024-01-01"
LEAP_DAY = "2024-02-29"

# Wording, the day that it is read on, and the first and last day that a newspaper reader takes it for.
MEANT = (
    ("today", MONDAY, "2024-05-06"),
    ("tonight", MONDAY, "2024-05-06"),
    ("this morning", MONDAY, "2024-05-06"),
    ("yesterday", MONDAY, "2024-05-05"),
    ("yesterday", NEW_YEAR, "2023-12-31"),
    ("last night", MONDAY, "2024-05-05"),
    ("tomorrow", LEAP_DAY, "2024-03-01"),
    ("the day before yesterday", "2024-03-01", "2024-02-28"),
    ("the day after tomorrow", MONDAY, "2024-05-08"),
    ("the night before last", MONDAY, "2024-05-04"),
    # A weekday without more is the last one, and today where today is one: a paper reports what has been.
    ("on Monday", MONDAY, "2024-05-06"),
    ("on Monday", THURSDAY, "2023-03-13"),
    ("Friday", THURSDAY, "2023-03-10"),
    ("on Tues.", THURSDAY, "2023-03-14"),
    ("Thursday night", THURSDAY, "2023-03-16"),
    # "Last Monday" said on a Monday is never today.
    ("last Monday", MONDAY, "2024-04-29"),
    ("last Monday", THURSDAY, "2023-03-13"),
    ("last Sunday", SUNDAY, "2026-07-26"),
    ("last Friday", THURSDAY, "2023-03-10"),
    ("this past Friday", THURSDAY, "2023-03-10"),
    ("next Monday", MONDAY, "2024-05-13"),
    ("next Friday", THURSDAY, "2023-03-17"),
    ("this Friday", THURSDAY, "2023-03-17"),
    ("this coming Monday", THURSDAY, "2023-03-20"),
    ("Tuesday of last week", THURSDAY, "2023-03-07"),
    ("Tuesday last week", MONDAY, "2024-04-30"),
    ("Friday next week", MONDAY, "2024-05-17"),
    # A week is one from Monday to Sunday; that Americans begin it with Sunday is the second reading.
    ("this week", THURSDAY, "2023-03-13", "2023-03-19"),
    ("last week", THURSDAY, "2023-03-06", "2023-03-12"),
    ("last week", MONDAY, "2024-04-29", "2024-05-05"),
    ("next week", SUNDAY, "2026-08-03", "2026-08-09"),
    ("the week before last", THURSDAY, "2023-02-27", "2023-03-05"),
    ("over the weekend", MONDAY, "2024-05-04", "2024-05-05"),
    ("at the weekend", THURSDAY, "2023-03-11", "2023-03-12"),
    ("over the weekend", SUNDAY, "2026-08-01", "2026-08-02"),
    ("last weekend", THURSDAY, "2023-03-11", "2023-03-12"),
    ("last weekend", SUNDAY, "2026-07-25", "2026-07-26"),
    ("this weekend", THURSDAY, "2023-03-18", "2023-03-19"),
    ("next weekend", MONDAY, "2024-05-11", "2024-05-12"),
    ("this month", THURSDAY, "2023-03-01", "2023-03-31"),
    ("last month", THURSDAY, "2023-02-01", "2023-02-28"),
    ("last month", NEW_YEAR, "2023-12-01", "2023-12-31"),
    ("next month", "2023-12-31", "2024-01-01", "2024-01-31"),
    ("the month before last", NEW_YEAR, "2023-11-01", "2023-11-30"),
    ("earlier this month", THURSDAY, "2023-03-01", "2023-03-16"),
    ("later this month", THURSDAY, "2023-03-16", "2023-03-31"),
    ("this year", THURSDAY, "2023-01-01", "2023-12-31"),
    ("last year", NEW_YEAR, "2023-01-01", "2023-12-31"),
    ("next year", THURSDAY, "2024-01-01", "2024-12-31"),
    ("the year before last", THURSDAY, "2021-01-01", "2021-12-31"),
    ("earlier this year", THURSDAY, "2023-01-01", "2023-03-16"),
    ("late last year", THURSDAY, "2022-08-01", "2022-12-31"),
    ("this quarter", THURSDAY, "2023-01-01", "2023-03-31"),
    ("last quarter", THURSDAY, "2022-10-01", "2022-12-31"),
    ("last century", THURSDAY, "1901-01-01", "2000-12-31"),
    ("this decade", THURSDAY, "2020-01-01", "2029-12-31"),
    # "This March" in February comes; "last March" then is the one of the year before.
    ("this March", "2024-02-05", "2024-03-01", "2024-03-31"),
    ("last March", "2024-02-05", "2023-03-01", "2023-03-31"),
    ("this March", "2024-05-05", "2024-03-01", "2024-03-31"),
    ("last March", "2024-05-05", "2024-03-01", "2024-03-31"),
    ("last March", "2024-03-20", "2023-03-01", "2023-03-31"),
    ("next May", MONDAY, "2025-05-01", "2025-05-31"),
    ("in May", "2024-02-05", "2023-05-01", "2023-05-31"),
    ("in May", MONDAY, "2024-05-01", "2024-05-31"),
    ("in Sept.", MONDAY, "2023-09-01", "2023-09-30"),
    ("in May last year", MONDAY, "2023-05-01", "2023-05-31"),
    ("in February 2024", MONDAY, "2024-02-01", "2024-02-29"),
    ("February of 2023", MONDAY, "2023-02-01", "2023-02-28"),
    # Parts of a month or year: thirds that overlap, for early and middle have no border.
    ("in early May", "2024-06-15", "2024-05-01", "2024-05-12"),
    ("in mid-May", "2024-06-15", "2024-05-10", "2024-05-21"),
    ("in late May", "2024-06-15", "2024-05-19", "2024-05-31"),
    ("at the end of May 2023", MONDAY, "2023-05-22", "2023-05-31"),
    ("at the beginning of May 2023", MONDAY, "2023-05-01", "2023-05-09"),
    ("in early 2023", MONDAY, "2023-01-01", "2023-04-30"),
    ("in late 2023", MONDAY, "2023-08-01", "2023-12-31"),
    ("at the end of last week", THURSDAY, "2023-03-10", "2023-03-12"),
    ("at the end of the year", THURSDAY, "2023-09-01", "2023-12-31"),
    # Seasons are those of the north, of whole months. In January "last winter" is not the one that is on.
    ("last winter", "2024-01-15", "2022-12-01", "2023-02-28"),
    ("this winter", "2024-01-15", "2023-12-01", "2024-02-29"),
    ("last summer", "2024-01-15", "2023-06-01", "2023-08-31"),
    ("last summer", "2024-07-15", "2023-06-01", "2023-08-31"),
    ("last summer", "2024-10-15", "2024-06-01", "2024-08-31"),
    ("this summer", "2024-10-15", "2024-06-01", "2024-08-31"),
    ("this summer", "2024-02-15", "2024-06-01", "2024-08-31"),
    ("next spring", "2024-10-15", "2025-03-01", "2025-05-31"),
    ("in the fall of 2022", MONDAY, "2022-09-01", "2022-11-30"),
    ("in autumn 2022", MONDAY, "2022-09-01", "2022-11-30"),
    ("the winter of 2021", MONDAY, "2021-12-01", "2022-02-28"),
    # Quarters are the calendar's: what a company's own year is no reader knows.
    ("in the first quarter", MONDAY, "2024-01-01", "2024-03-31"),
    ("in the first quarter of 2022", MONDAY, "2022-01-01", "2022-03-31"),
    ("third-quarter", MONDAY, "2023-07-01", "2023-09-30"),
    ("in Q4 2021", MONDAY, "2021-10-01", "2021-12-31"),
    ("in the second half of last year", MONDAY, "2023-07-01", "2023-12-31"),
    ("in 2019", MONDAY, "2019-01-01", "2019-12-31"),
    ("in the 1990s", MONDAY, "1990-01-01", "1999-12-31"),
    ("in the early 1990s", MONDAY, "1990-01-01", "1993-12-31"),
    ("in the '80s", MONDAY, "1980-01-01", "1989-12-31"),
    ("in the nineties", MONDAY, "1990-01-01", "1999-12-31"),
    ("in the 19th century", MONDAY, "1801-01-01", "1900-12-31"),
    ("in the eighteenth century", MONDAY, "1701-01-01", "1800-12-31"),
    # Days: American and British orders. Without a year the nearest one is meant.
    ("on 3 May 2022", MONDAY, "2022-05-03"),
    ("on May 3, 2022", MONDAY, "2022-05-03"),
    ("on the 3rd of May, 2022", MONDAY, "2022-05-03"),
    ("on May 3rd 2022", MONDAY, "2022-05-03"),
    ("on Sept. 11, 2001", MONDAY, "2001-09-11"),
    ("on 3 May last year", MONDAY, "2023-05-03"),
    ("2022-05-03", MONDAY, "2022-05-03"),
    ("25/3/2022", MONDAY, "2022-03-25"),
    ("3/25/2022", MONDAY, "2022-03-25"),
    ("on 3 May", MONDAY, "2024-05-03"),
    ("on December 30", NEW_YEAR, "2023-12-30"),
    ("on 2 January", "2023-12-31", "2024-01-02"),
    ("on 29 February", "2024-05-05", "2024-02-29"),
    ("on the 12th", MONDAY, "2024-04-12"),
    ("on the 3rd.", MONDAY, "2024-05-03"),
    ("on the 31st", MONDAY, "2024-03-31"),
    ("on the 12th of last month", MONDAY, "2024-04-12"),
    ("on Christmas Day", MONDAY, "2023-12-25"),
    ("on Christmas Eve 2021", MONDAY, "2021-12-24"),
    ("at Christmas", MONDAY, "2023-12-24", "2023-12-27"),
    ("on New Year’s Eve", NEW_YEAR, "2023-12-31"),
    ("on Boxing Day", MONDAY, "2023-12-26"),
    ("on Good Friday", MONDAY, "2024-03-29"),
    ("on Easter Monday 2019", MONDAY, "2019-04-22"),
    ("on Thanksgiving Day", MONDAY, "2023-11-23"),
    ("on Labor Day", MONDAY, "2023-09-04"),
    ("on Memorial Day", "2024-06-15", "2024-05-27"),
    ("on Ash Wednesday", MONDAY, "2024-02-14"),
    ("on the Fourth of July", MONDAY, "2023-07-04"),
    # So long ago: days are counted, weeks may be three days off, months and years are the calendar's.
    ("three days ago", NEW_YEAR, "2023-12-29"),
    ("a week ago", MONDAY, "2024-04-26", "2024-05-02"),
    ("seven weeks ago", MONDAY, "2024-03-15", "2024-03-21"),
    ("a fortnight ago", MONDAY, "2024-04-19", "2024-04-25"),
    ("twenty-one days ago", MONDAY, "2024-04-15"),
    ("a month ago", "2024-03-31", "2024-02-01", "2024-02-29"),
    ("six months ago", MONDAY, "2023-11-01", "2023-11-30"),
    ("a couple of days ago", MONDAY, "2024-05-03", "2024-05-04"),
    ("a few days ago", MONDAY, "2024-05-01", "2024-05-04"),
    ("ten years ago", MONDAY, "2014-01-01", "2014-12-31"),
    ("a decade ago", MONDAY, "2014-01-01", "2014-12-31"),
    ("a century ago", MONDAY, "1924-01-01", "1924-12-31"),
    ("two and a half years ago", LEAP_DAY, "2021-01-01", "2021-12-31"),
    ("half a century ago", MONDAY, "1974-01-01", "1974-12-31"),
    ("two weeks from now", MONDAY, "2024-05-17", "2024-05-23"),
    ("in three days’ time", MONDAY, "2024-05-09"),
)
STEPPED = (
    ("It opened in 2019 and closed the following year.", "2020-01-01", "2020-12-31"),
    ("It opened on 28 February 2024 and closed the next day.", "2024-02-29", "2024-02-29"),
    ("It opened on 3 May 2019 and closed two days later.", "2019-05-05", "2019-05-05"),
    (
        "It opened in 2019, three years after it was planned, and shut two years later.",
        "2021-01-01",
        "2021-12-31",
    ),
    ("Sales fell in March 2023 and rose the following month.", "2023-04-01", "2023-04-30"),
    ("He resigned on 3 May 2019 and left the following Monday.", "2019-05-06", "2019-05-06"),
    ("He resigned on 3 May 2019, having said so the previous Friday.", "2019-04-26", "2019-04-26"),
    ("It was sold in June 2019 and burned down later that year.", "2019-01-01", "2019-12-31"),
    ("Profits were £3m in 2023, from £2m a year earlier.", "2022-01-01", "2022-12-31"),
    ("It was up on the previous year.", "2023-01-01", "2023-12-31"),
)
ASKED = (
    ("What burned between 3 and 5 May?", "2024-05-03", "2024-05-05"),
    ("What burned from 3 to 5 May?", "2024-05-03", "2024-05-05"),
    ("What burned from May 3 to 5?", "2024-05-03", "2024-05-05"),
    ("What burned between May 30 and June 2?", "2024-05-30", "2024-06-02"),
    ("What burned from November to March 2022?", "2021-11-01", "2022-03-31"),
    ("What burned from Monday to Wednesday?", "2024-06-10", "2024-06-12"),
    ("What burned between early and late May 2023?", "2023-05-19", "2023-05-31"),
    ("What has burned since May?", "2024-05-01", "2024-06-15"),
    ("What has burned since last Monday?", "2024-06-10", "2024-06-15"),
    ("What was shut until Friday?", None, "2024-06-14"),
    ("What had burned by the end of 2023?", None, "2023-12-31"),
    ("What had burned before 2020?", None, "2019-12-31"),
    ("What had burned by 5 May?", None, "2024-05-05"),
    ("What burned after 5 May?", "2024-05-06", "2024-06-15"),
    ("What burned in the past three days?", "2024-06-12", "2024-06-15"),
    ("What burned over the last two weeks?", "2024-06-01", "2024-06-15"),
    ("What burned seven weeks ago?", "2024-04-24", "2024-04-30"),
    ("What burned in the 1990s?", "1990-01-01", "1999-12-31"),
    ("What burned on the 12th?", "2024-06-12", "2024-06-12"),
    ("What burned on 20 June?", "2023-06-20", "2023-06-20"),
    ("What burned over the weekend?", "2024-06-15", "2024-06-16"),
    ("who resigned in march 2023?", "2023-03-01", "2023-03-31"),
    ("who resigned last may?", "2024-05-01", "2024-05-31"),
    ("who resigned in may?", "2024-05-01", "2024-05-31"),
    ("Who resigned in the winter of 2021?", "2021-12-01", "2022-02-28"),
    ("What burned on Juneteenth?", "2023-06-19", "2023-06-19"),
    ("What burned Christmas Eve?", "2023-12-24", "2023-12-24"),
    ("How many people died Labor Day weekend?", "2023-09-04", "2023-09-04"),
    ("What burned last Labor Day?", "2023-09-04", "2023-09-04"),
    ("Who won in 2019 and the following year?", "2019-01-01", "2019-12-31"),
)
NO_TIME = (
    "What is planned for next Monday?",
    "What opens this August?",
    "What may 5 people do?",
    "Which of this may be a law that may pass?",
    "Who said that Theresa May resigned?",
    "Where is the Christmas tree?",
    "Who bought the house on the 12th floor?",
    "What happens in the fall of the house?",
    "Who wrote the 2019 report?",
    "What is Juneteenth?",
    "What is the history of Juneteenth?",
    "Where does Groundhog Day come from?",
    "who designed the juneteenth flag",
    "what is the fourth of july",
)
TRUE = (
    ("The mill burned on 4 May.", "The mill burned on Saturday.", MONDAY),
    ("The mill burned on 29 April.", "The mill burned last Monday.", MONDAY),
    ("The mill burned on Saturday.", "The mill burned on 4 May.", MONDAY),
    ("She said the mill burned on 4 May.", "She said that Saturday the mill burned.", MONDAY),
    ("The mill burned last week.", "The mill burned on 2 May.", MONDAY),
    ("The mill burned over the weekend.", "The mill burned on Saturday.", MONDAY),
    ("The mill burned on 4 May.", "The mill burned the day before yesterday.", MONDAY),
    ("The mill will open in March 2024.", "The mill will open this March.", "2024-02-05"),
    ("The mill burned in January 2023.", "The mill burned in January last year.", "2024-02-05"),
    ("The mill burned in early May.", "The mill burned on 4 May.", MONDAY),
    ("The mill burned in the first quarter.", "The mill burned in February.", MONDAY),
    ("The mill burned on Christmas Day.", "The mill burned on 25 December.", MONDAY),
    ("The mill burned in the 1990s.", "The mill burned in 1994.", MONDAY),
    ("The mill closed in 2020.", "The mill opened in 2019 and closed the following year.", MONDAY),
    (
        "The mill opened in 2019 and closed the following year.",
        "The mill opened in 2019 and closed in 2020.",
        MONDAY,
    ),
    ("The mill was shut from 3 to 5 May.", "The mill was shut from May 3 to 5.", MONDAY),
    ("The mill will open by the end of 2025.", "The mill will open in 2025.", MONDAY),
)
FALSE = (
    ("The mill burned on 5 May.", "The mill burned on Saturday.", MONDAY),
    ("The mill burned on 6 May.", "The mill burned last Monday.", MONDAY),
    ("The mill burned last week.", "The mill burned on 24 April.", MONDAY),
    ("The mill burned on 5 May.", "The mill burned the day before yesterday.", MONDAY),
    ("The mill burned yesterday.", "The mill burned on 4 May.", MONDAY),
    ("The mill burned next Monday.", "The mill burned last Monday.", MONDAY),
    ("The mill will open in March 2023.", "The mill will open this March.", "2024-02-05"),
    ("The mill burned in January 2024.", "The mill burned last winter.", "2024-01-15"),
    ("The mill burned in late May.", "The mill burned on 4 May.", "2024-06-03"),
    ("The mill burned in the second quarter.", "The mill burned in February.", MONDAY),
    ("The mill burned on Christmas Day.", "The mill burned on 24 December.", MONDAY),
    ("The mill closed in 2021.", "The mill opened in 2019 and closed the following year.", MONDAY),
    (
        "The mill opened in 2019 and closed the following year.",
        "The mill opened in 2019 and closed in 2022.",
        MONDAY,
    ),
    ("The mill was shut from 3 to 6 May.", "The mill was shut from May 3 to 5.", MONDAY),
    ("The mill burned six weeks ago.", "The mill burned on 2 May.", MONDAY),
    ("The mill burned on Tuesday.", "The mill burned on 9 January.", MONDAY),
)


def day(text: str) -> date:
    """Return the day that a table writes as 2024-05-06."""
    return date.fromisoformat(text)


@pytest.mark.parametrize("row", MEANT, ids=lambda row: f"{row[0]} on {row[1]}")
def test_a_date_means_what_a_newspaper_reader_takes_it_for(row: tuple[str, ...]) -> None:
    """The usual reading comes first, from the day on which the words are read."""
    words, today, first, *last = row
    (when,) = dates(words, day(today))
    assert when.spans[0] == (day(first), day(*last or [first]))


def test_the_table_is_a_table() -> None:
    """What newspapers write of time has more than a few forms."""
    assert len({(words, today) for words, today, *_ in MEANT}) >= 120


@pytest.mark.parametrize(("text", "first", "last"), STEPPED)
def test_a_date_is_counted_from_the_one_before_it(text: str, first: str, last: str) -> None:
    """“The following year” follows the year that the text gives, not the day of publication."""
    assert stepped_dates(text, day(MONDAY))[-1].spans[0] == (day(first), day(last))


@pytest.mark.parametrize(("question", "first", "last"), ASKED)
def test_a_question_speaks_of_these_days(question: str, first: str | None, last: str) -> None:
    """Asked on Saturday, 15 June 2024: ranges, open sides, and the past where past or future may be meant."""
    period = understand(question, asked_on=day("2024-06-15")).period
    assert period is not None
    assert (period.first, period.last) == (day(first) if first else None, day(last))


@pytest.mark.parametrize("question", NO_TIME)
def test_what_is_to_come_and_what_is_no_date_gives_no_period(question: str) -> None:
    """What has yet to happen can't have been reported, and a person called May is no month."""
    assert understand(question, asked_on=day("2024-06-15")).period is None


@pytest.mark.parametrize(("statement", "source", "published"), TRUE)
def test_a_statement_with_the_same_day_in_other_words_is_supported(
    statement: str, source: str, published: str
) -> None:
    """Both sides are reckoned from the day of publication and compared as days."""
    verdict = check_statement(statement, source, published=day(published))
    assert verdict.support is Support.SUPPORTED, verdict.reason


@pytest.mark.parametrize(("statement", "source", "published"), FALSE)
def test_a_statement_with_another_day_is_not_supported(statement: str, source: str, published: str) -> None:
    """Alike words for different days don't pass."""
    assert check_statement(statement, source, published=day(published)).support is not Support.SUPPORTED


def test_a_weekday_and_its_date_are_one_day() -> None:
    """The year is the nearest in which they fit: 5 November was a Sunday in 2023 and none in 2022."""
    for when in dates("Clocks go back on Sunday, Nov. 5.", day("2023-02-11")):
        assert when.spans == ((day("2023-11-05"), day("2023-11-05")),)
    for other in ("on Saturday, 30 July", "on 30 July"):
        assert not agrees(
            dates("on Wednesday, 30 July", day("2022-08-02"))[0], dates(other, day("2022-08-02"))[-1]
        )
    assert agrees(dates("on Saturdays")[0], dates("on Saturdays")[0])
    assert not agrees(dates("on Sundays", day(MONDAY))[0], dates("on Saturdays", day(MONDAY))[0])


def test_without_a_day_of_publication_the_wording_decides() -> None:
    """What can't be reckoned agrees with the same words and with no others."""
    assert agrees(dates("last week")[0], dates("last week")[0])
    assert not agrees(dates("last week")[0], dates("next week")[0])
    assert not agrees(dates("in May last year")[0], dates("in May this year")[0])
    assert agrees(dates("late on Sunday")[0], dates("on Sunday")[0])
    assert not agrees(dates("in late May 2023")[0], dates("in May 2023")[0])


@given(
    st.lists(st.sampled_from([row[0] for row in MEANT] + [row[0] for row in STEPPED]), max_size=4).map(
        " and ".join
    ),
    st.dates(),
)
def test_any_dates_on_any_day(text: str, today: date) -> None:
    """However they are combined and whenever, spans begin before they end and places lie in the text."""
    for when in (*dates(text, today), *stepped_dates(text, today), *windows(text, today)):
        assert text[when.start : when.end] == when.text
        assert when.opens <= when.start
        assert all(first <= last for first, last in when.spans)

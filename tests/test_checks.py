"""The single checks: numbers, dates, names, roles, quotations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.rules.numbers import fits
from assistant.checking.rules.quotations import quotation_differs
from assistant.checking.rules.word_order import words_change_places
from assistant.language.dates import agrees, dates
from assistant.language.names import SourceWords, find_names, missing
from assistant.language.numbers import numerals
from assistant.language.quantities import quantities

VALUES = (
    ("twenty-six thousand five hundred and two", [26_502]),
    ("$1.5 billion, 5m and two dozen", [1.5e9, 5e6, 24]),
    ("one of the two", [2]),
    ("one hundred and five", [105]),
    ("between ten and twenty", [10, 20]),
    ("the 21st and the twenty-first", [21, 21]),
    ("half of them, two-thirds of us, a quarter of all", [0.5, 2 / 3, 0.25]),
    ("26,600 of 1,000,000.5", [26_600, 1_000_000.5]),
)
FIT = (
    ("about 27,000 jobs", "26,600 jobs"),
    ("more than 26,000 jobs", "26,600 jobs"),
    ("nearly 300 homes", "about 300 homes"),
    ("15 minutes", "a quarter of an hour"),
    ("18 months", "1.5 years"),
    ("half of voters", "50 percent of voters"),
    ("12 eggs", "a dozen eggs"),
    ("$1.5 billion", "$1.52 billion"),
    ("up by 4,000", "4,000 more than last year"),
    ("7 per cent", "7%"),
    ("about 7,400 feet", "7,359 feet"),
)
MISFIT = (
    ("26,000 jobs", "26,600 jobs"),
    ("less than 26,000 jobs", "26,600 jobs"),
    ("about 26,000 jobs", "26,600 jobs"),
    ("7 percent", "$7"),
    ("118 miles", "118 kilometres"),
    ("103 km", "105 km"),
    ("140,000 euros", "140,000 crowns"),
    ("4,000 visitors", "4,000 more visitors than last year"),
    ("nine fewer than before", "nine more than before"),
    ("12 homes", "all but 12 homes"),
    ("the third time", "3 times"),
    ("5 million", "5 billion"),
    ("at least 62 people", "at least 66 people"),
)
PUBLISHED = date(2023, 3, 9)
SAME_DAY = (
    ("On March 7", "on Tuesday"),
    ("On 7 March 2023", "on Tuesday"),
    ("in 2022", "last year"),
    ("On March 8, 2023", "yesterday"),
    ("in March 2023", "on 7 March 2023"),
    ("two weeks ago", "2 weeks ago"),
    ("at 3 p.m.", "at 15:00"),
    ("in the 1990s", "in 1994"),
    ("in 2023", "on Jan. 5"),
)
OTHER_DAY = (
    ("On March 8", "on Tuesday"),
    ("On Monday", "on Tuesday"),
    ("On 7 March 2022", "on 7 March 2023"),
    ("On 7 March 2023", "in March 2023"),
    ("at 3 p.m.", "at 3 a.m."),
    ("in 1995", "in the 1990s"),
    ("last week", "last year"),
)
KNOWN = (
    ("Biden", "President Joe Biden spoke."),
    ("U.S. forces", "American forces left."),
    ("NATO", "The North Atlantic Treaty Organization met."),
    ("The North Atlantic Treaty Organization", "NATO met."),
    ("French voters", "Voters in France stayed away."),
    ("Mike Pence", "Michael Pence spoke."),
    ("J. Smith", "John Smith spoke."),
    ("Reed’s", "Tom Reed spoke."),
    ("Sen. Cruz", "Senator Ted Cruz spoke."),
)
UNKNOWN = (
    ("Hunter Biden", "President Joe Biden spoke.", ("Hunter",)),
    ("met in Oslo", "They met in Paris.", ("Oslo",)),
    ("NATO", "The United Nations met.", ("NATO",)),
)


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_numbers_in_words_and_digits_are_read(text: str, values: list[float]) -> None:
    """A number has the same value however it is written."""
    assert [numeral.value for numeral in numerals(text)] == pytest.approx(values)


@given(st.integers(0, 10**12))
def test_a_number_with_separators_is_read_as_it_is(number: int) -> None:
    """Thousands separators change nothing."""
    assert [numeral.value for numeral in numerals(f"they counted {number:,} of them")] == [number]


@given(st.text(max_size=80))
def test_numbers_and_dates_stand_where_they_say(text: str) -> None:
    """Spans lie inside the text, in order, without overlap."""
    for found in (numerals(text), dates(text)):
        ends = [0]
        for each in found:
            assert ends[-1] <= each.start < each.end <= len(text)
            ends.append(each.end)


@pytest.mark.parametrize(("stated", "found"), FIT)
def test_a_number_may_stand_for_another(stated: str, found: str) -> None:
    """Rounding that says so, other units and other spellings are no mistakes."""
    assert fits(quantities(stated)[0], quantities(found)[0])


@pytest.mark.parametrize(("stated", "found"), MISFIT)
def test_a_number_may_not_stand_for_another(stated: str, found: str) -> None:
    """Another value, unit, size, bound or direction is a mistake."""
    assert not fits(quantities(stated)[0], quantities(found)[0])


@pytest.mark.parametrize(("stated", "found"), SAME_DAY)
def test_a_date_of_the_source_gives_the_date_stated(stated: str, found: str) -> None:
    """Relative dates are worked out from the day of publication, a Thursday."""
    assert agrees(dates(stated, PUBLISHED)[0], dates(found, PUBLISHED)[0])


@pytest.mark.parametrize(("stated", "found"), OTHER_DAY)
def test_a_date_of_the_source_is_another_one(stated: str, found: str) -> None:
    """Another day is a mistake, and so is a date that says more than the source."""
    assert not agrees(dates(stated, PUBLISHED)[0], dates(found, PUBLISHED)[0])


@pytest.mark.parametrize("text", ["She may march on.", "It may rain.", "He paid $2023.", "2,023 people"])
def test_what_looks_like_a_date_is_none(text: str) -> None:
    """Verbs and sums of money are no dates."""
    assert dates(text) == ()


@pytest.mark.parametrize(("statement", "source"), KNOWN)
def test_a_name_is_known_in_another_form(statement: str, source: str) -> None:
    """Short forms, acronyms, initials, nicknames and what people of a place are called are one name."""
    assert [missing(name, SourceWords.of(source)) for name in find_names(f"They say {statement} did.")] == [
        ()
    ]


@pytest.mark.parametrize(("statement", "source", "lost"), UNKNOWN)
def test_a_name_that_the_source_lacks_is_missing(statement: str, source: str, lost: tuple[str, ...]) -> None:
    """A first name that is not there may belong to somebody else."""
    assert [missing(name, SourceWords.of(source)) for name in find_names(f"They say {statement} did.")] == [
        lost
    ]


def test_a_quotation_has_to_be_verbatim() -> None:
    """Typographic differences and marked omissions do not count."""
    source = ("“We won't give up, not now,” she said.",)
    assert quotation_differs('She said: "We won’t give up."', source) is None
    assert quotation_differs("“We won't … not now,” she said.", source) is None
    assert quotation_differs("“We will give up,” she said.", source) == "We will give up,"


def test_words_that_have_changed_places_are_found() -> None:
    """Only where the source has nearly the same sentence; the order in a list says nothing."""
    source = ("The state pays 1.5 million crowns and the town 300,000.",)
    assert words_change_places("The town pays 1.5 million crowns and the state 300,000.", source)
    assert words_change_places("The state pays 1.5 million crowns and the town 300,000.", source) is None
    assert words_change_places("The town and the state pay.", ("The state and the town pay.",)) is None


@pytest.mark.parametrize("text", ["by half past ten", "at 10.30", "10:30 a.m.", "at 10:30"])
def test_a_time_is_read_in_every_form(text: str) -> None:
    """Where the half of the day is not said, either will do."""
    assert agrees(dates("at half past ten")[0], dates(text)[0])
    assert not agrees(dates("at a quarter to ten")[0], dates(text)[0])


@pytest.mark.parametrize(
    ("name", "source", "lacks"),
    [
        (
            "North Carolina",
            "It was shot down off the Carolina coast after crossing North America and the sea.",
            True,
        ),
        ("North Carolina", "It was seen in North and South Carolina.", False),
        ("South Korea", "The South Koreans answered.", False),
        ("North Korea", "The North fired first, Korea's papers said.", False),
        ("North Korea", "South Korea and North Macedonia signed.", True),
        ("North Korea", "South Korea's envoy saw the North Sea.", True),
        ("North Korea", "North", True),
    ],
)
def test_a_quarter_of_the_sky_belongs_to_the_name_behind_it(name: str, source: str, lacks: bool) -> None:
    (found,) = find_names(f"They went to {name}.")
    assert bool(missing(found, SourceWords.of(source))) is lacks

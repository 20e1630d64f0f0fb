"""Statements made of right words that say something else: each check that was made against one kind."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.claims import claims_nothing
from assistant.language.date_steps import stepped_dates
from assistant.language.thesaurus import common_noun, related
from assistant.language.words import base_of

MISREAD = pytest.mark.xfail(strict=True, reason="the model reads it otherwise")


def test_the_thesaurus_knows_which_words_may_stand_for_which() -> None:
    assert base_of("buy") in related(base_of("purchase"))
    assert base_of("device") in related(base_of("valve"))
    assert base_of("pipe") not in related(base_of("valve")) | related(base_of("device"))
    assert common_noun("valv")
    assert not common_noun("zzyzx")


def test_a_lead_claims_nothing() -> None:
    assert claims_nothing("The question is:")
    assert not claims_nothing("The mayor of Orrowmere resigned on Monday:")


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("More than 4,000 people signed.", "Nearly 4,000 people signed."),
        ("More than 15 seals were seen.", "Between 12 and 15 seals were seen."),
        ("Exactly 12 seals were seen.", "Between 12 and 15 seals were seen."),
        ("More than 400 seals were seen.", "In the bay, 400 seals were seen."),
        ("The rate rose by half a percent.", "The rate rose by half a percentage point."),
        ("The rate rose by 6 percent.", "The rate rose to 6 percent."),
        ("They voted for the quarry.", "They voted against the quarry."),
        ("Sales rose to 40,000 copies.", "Sales rose from 40,000 to 52,000 copies."),
        pytest.param(
            "The walk takes nine minutes.",
            "The walk takes three hours; the lift needs nine minutes.",
            marks=MISREAD,
        ),
        ("Non-members may vote.", "Members may vote."),
    ],
)
def test_bounds_ranges_points_and_sides_are_kept(statement: str, source: str) -> None:
    assert check_statement(statement, [source]).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("Almost 4,000 people signed.", "Nearly 4,000 people signed."),
        ("At least 12 seals were seen.", "Between 12 and 15 seals were seen."),
        ("Between 12 and 15 seals were seen.", "Between 12 and 15 seals were seen."),
        ("Up to 15 seals were seen.", "Between 12 and 15 seals were seen."),
        pytest.param(
            "At least 400 seals were seen in the bay.", "In the bay, 400 seals were seen.", marks=MISREAD
        ),
        ("The rate rose by 0.5 percentage points.", "The rate rose by half a percentage point."),
        pytest.param("Sales rose by 30 percent.", "Sales rose from 40,000 to 52,000 copies.", marks=MISREAD),
        ("Three villages were evacuated.", "The dam held, and three villages below it were evacuated."),
        pytest.param(
            "The pool will reopen only after the roof is inspected.",
            "The pool stays closed until the roof is inspected.",
            marks=MISREAD,
        ),
    ],
)
def test_what_a_bound_or_a_range_allows_passes(statement: str, source: str) -> None:
    assert check_statement(statement, [source]).support is Support.SUPPORTED


def test_days_are_counted_over_the_end_of_a_month() -> None:
    published = date(2026, 8, 2)  # a Sunday
    text = "The bridge was closed on Friday and reopened two days later."
    days = {day for when in stepped_dates(text, published) for span in when.spans for day in span}
    assert date(2026, 8, 2) in days
    verdict = check_statement("The bridge reopened on 2 August.", [text], published=published)
    assert verdict.support is Support.SUPPORTED
    assert not any(when.spans for when in stepped_dates("Two days later it rained.", published))
    assert not any(when.spans for when in stepped_dates(text))

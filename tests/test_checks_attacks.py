"""Statements made of right words that say something else: each check that was made against one kind."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.claims import claims_nothing
from assistant.checking.rules.causes import turned_round
from assistant.checking.rules.comparisons import compared_wrongly
from assistant.checking.rules.conditions import unconditional
from assistant.checking.rules.doubts import doubt
from assistant.checking.rules.negation import denial, unproven
from assistant.checking.rules.parts import crossed, number_of_another, other_object
from assistant.checking.rules.ranks import later_than_first, top_of_many
from assistant.checking.rules.shares import others_added
from assistant.checking.rules.substitutions import substituted
from assistant.language.date_steps import stepped_dates
from assistant.language.speech import other_speaker
from assistant.language.thesaurus import common_noun, related
from assistant.language.words import base_of


def test_cause_and_effect_may_not_change_places() -> None:
    source = ("The lake is low because mills upstream pump water, the engineer said.",)
    assert turned_round("Mills upstream pump water because the lake is low.", source)
    assert turned_round("Because the lake is low, mills upstream pump water.", source)
    assert not turned_round("Pumping by mills upstream led to the lake being low.", source)
    assert not turned_round("The lake is low because of the mills upstream.", source)


def test_a_means_is_not_the_end() -> None:
    source = ("She shut the gate so that the sheep could be counted.",)
    assert turned_round("The sheep were counted so that she could shut the gate.", source)


def test_the_sides_of_a_comparison_may_not_change_places() -> None:
    source = ("The new engine is quieter than the old one.",)
    assert compared_wrongly("The old engine is quieter than the new engine.", source)
    assert not compared_wrongly("The new engine is quieter than the old engine.", source)


@pytest.mark.parametrize(
    "source",
    [
        "If the vote succeeds, the town will build the pool.",
        "The town will build the pool if the vote succeeds.",
        "Unless the vote fails, the town will build the pool.",
    ],
)
def test_what_comes_on_a_condition_is_no_fact(source: str) -> None:
    assert unconditional("The town will build the pool.", (source,)) == "build"
    assert unconditional("The town will build the pool provided that the vote succeeds.", (source,)) is None
    assert unconditional("The town may build the pool.", (source,)) is None


def test_if_for_whether_sets_no_condition() -> None:
    assert unconditional("The pool will open.", ("They asked if the pool will open in May.",)) is None
    assert unconditional("The pool will open.", ("Even if it rains, the pool will open.",)) is None


def test_the_second_is_not_the_first() -> None:
    source = ("She was the second woman to lead the choir.",)
    assert later_than_first("She was the first woman to lead it.", source) == ("first woman", "second woman")
    assert later_than_first("The first concert was in May.", source) is None


@pytest.mark.parametrize(
    "source",
    ["It is one of the longest piers in the country.", "It is the country's second longest pier."],
)
def test_one_of_the_longest_is_not_the_longest(source: str) -> None:
    assert top_of_many("It is the longest pier in the country.", (source,)) is not None
    assert top_of_many("It is among the longest piers in the country.", (source,)) is None
    assert top_of_many("It is the longest pier.", ("The longest pier in the country burned.",)) is None


def test_the_parts_of_a_sentence_are_not_mixed() -> None:
    source = ("The union called the plan absurd, while the bank described it as fair.",)
    assert crossed("The bank called the plan absurd.", source) == ("bank", "union")
    assert crossed("The union called the plan absurd.", source) is None
    assert crossed("The bank described the plan as fair.", source) is None


def test_a_number_belongs_to_its_part_of_the_sentence() -> None:
    source = ("Rail fares go up by 3 percent in May, and bus fares by 5 percent.",)
    assert number_of_another("Rail fares go up by 5 percent.", source) == ("3 percent", "5 percent")
    assert number_of_another("Bus fares go up by 5 percent.", source) is None
    assert number_of_another("Rail fares go up by 3 percent.", source) is None


def test_a_verb_belongs_to_its_object() -> None:
    source = ("The storm destroyed three boats and damaged the pier.",)
    assert other_object("The storm destroyed the pier.", source) == ("destroyed", "damaged")
    assert other_object("The storm damaged the pier.", source) is None


def test_another_noun_in_the_same_place_is_another_thing() -> None:
    source = ("Inspectors found a leaking valve in the boiler on Monday.",)
    found = substituted("Inspectors found a leaking pipe in the boiler on Monday.", source)
    assert found == ("pipe", "valve")
    assert substituted("Inspectors found a leaking device in the boiler on Monday.", source) is None


def test_the_thesaurus_knows_which_words_may_stand_for_which() -> None:
    assert base_of("buy") in related(base_of("purchase"))
    assert base_of("device") in related(base_of("valve"))
    assert base_of("pipe") not in related(base_of("valve")) | related(base_of("device"))
    assert common_noun("valv")
    assert not common_noun("zzyzx")


def test_a_denied_clause_is_denied_whole() -> None:
    source = ("The clinic denied that patients had been turned away.",)
    assert denial("Patients were turned away, the clinic said.", source) is not None
    assert denial("According to the clinic, no patients were turned away.", source) is None


def test_what_there_is_no_sign_of_is_not_given() -> None:
    source = ("Researchers found no link between the paint and the deaths of the fish.",)
    assert unproven("The paint killed the fish.", source) == "no link"
    assert unproven("Researchers found a link between the paint and the deaths.", source) is None
    assert denial("The study did not find that the paint was linked to the deaths.", source) is None


def test_a_lead_claims_nothing() -> None:
    assert claims_nothing("The question is:")
    assert not claims_nothing("The mayor of Orrowmere resigned on Monday:")


def test_others_whom_the_source_does_not_name_are_not_added() -> None:
    source = ("The parent company of Sears and Kmart said that it may close.",)
    assert (
        others_added("Sears, Kmart and other retail chains may close.", source) == "and other retail chains"
    )
    assert others_added("Sears and other shops may close.", ("Shops such as Sears may close.",)) is None


def test_nobody_said_it_where_the_source_has_no_speaker() -> None:
    source = ("The ferry Marigold caught fire on Sunday.",)
    found = other_speaker("The plumber found that the ferry Marigold caught fire on Sunday.", source)
    assert found == ("The plumber", "nobody")
    assert other_speaker("The report says that the ferry Marigold caught fire.", source) is None


def test_without_may_say_what_unless_says() -> None:
    source = ("The fair will not be held unless a sponsor is found.",)
    assert denial("Without a sponsor there will be no fair.", source) is None
    assert doubt("Without a sponsor there will be no fair.", source) is None


def test_a_rumour_is_no_plan() -> None:
    assert doubt("The mill will close.", ("A rumour that the mill would close spread.",)) == "close"
    assert doubt("It will close.", ("The owners plan to close the mill.",)) is None


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
        ("The walk takes nine minutes.", "The walk takes three hours; the lift needs nine minutes."),
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
        ("At least 400 seals were seen in the bay.", "In the bay, 400 seals were seen."),
        ("The rate rose by 0.5 percentage points.", "The rate rose by half a percentage point."),
        ("Sales rose by 30 percent.", "Sales rose from 40,000 to 52,000 copies."),
        ("Three villages were evacuated.", "The dam held, and three villages below it were evacuated."),
        (
            "The pool will reopen only after the roof is inspected.",
            "The pool stays closed until the roof is inspected.",
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

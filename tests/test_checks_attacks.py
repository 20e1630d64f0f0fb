"""Statements made of right words that say something else: each check that was made against one kind."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.claims import claims_nothing
from assistant.checking.rules.causes import cause_differs
from assistant.checking.rules.comparisons import comparison_differs
from assistant.checking.rules.conditions import condition_missing
from assistant.checking.rules.doubts import doubt_missing
from assistant.checking.rules.negation import absence_missing, denial_differs
from assistant.checking.rules.parts import number_belongs_elsewhere, subject_differs, verb_differs
from assistant.checking.rules.ranks import first_differs, superlative_differs
from assistant.checking.rules.shares import others_missing
from assistant.checking.rules.substitutions import noun_differs
from assistant.language.date_steps import stepped_dates
from assistant.language.speech import speaker_differs
from assistant.language.thesaurus import common_noun, related
from assistant.language.words import base_of


def test_cause_and_effect_may_not_change_places() -> None:
    source = ("The lake is low because mills upstream pump water, the engineer said.",)
    assert cause_differs("Mills upstream pump water because the lake is low.", source)
    assert cause_differs("Because the lake is low, mills upstream pump water.", source)
    assert not cause_differs("Pumping by mills upstream led to the lake being low.", source)
    assert not cause_differs("The lake is low because of the mills upstream.", source)


def test_a_means_is_not_the_end() -> None:
    source = ("She shut the gate so that the sheep could be counted.",)
    assert cause_differs("The sheep were counted so that she could shut the gate.", source)


def test_the_sides_of_a_comparison_may_not_change_places() -> None:
    source = ("The new engine is quieter than the old one.",)
    assert comparison_differs("The old engine is quieter than the new engine.", source)
    assert not comparison_differs("The new engine is quieter than the old engine.", source)


@pytest.mark.parametrize(
    "source",
    [
        "If the vote succeeds, the town will build the pool.",
        "The town will build the pool if the vote succeeds.",
        "Unless the vote fails, the town will build the pool.",
    ],
)
def test_what_comes_on_a_condition_is_no_fact(source: str) -> None:
    assert condition_missing("The town will build the pool.", (source,)) == "build"
    assert (
        condition_missing("The town will build the pool provided that the vote succeeds.", (source,)) is None
    )
    assert condition_missing("The town may build the pool.", (source,)) is None


def test_if_for_whether_sets_no_condition() -> None:
    assert condition_missing("The pool will open.", ("They asked if the pool will open in May.",)) is None
    assert condition_missing("The pool will open.", ("Even if it rains, the pool will open.",)) is None


def test_the_second_is_not_the_first() -> None:
    source = ("She was the second woman to lead the choir.",)
    assert first_differs("She was the first woman to lead it.", source) == ("first woman", "second woman")
    assert first_differs("The first concert was in May.", source) is None


@pytest.mark.parametrize(
    "source",
    ["It is one of the longest piers in the country.", "It is the country's second longest pier."],
)
def test_one_of_the_longest_is_not_the_longest(source: str) -> None:
    assert superlative_differs("It is the longest pier in the country.", (source,)) is not None
    assert superlative_differs("It is among the longest piers in the country.", (source,)) is None
    assert (
        superlative_differs("It is the longest pier.", ("The longest pier in the country burned.",)) is None
    )


def test_the_parts_of_a_sentence_are_not_mixed() -> None:
    source = ("The union called the plan absurd, while the bank described it as fair.",)
    assert subject_differs("The bank called the plan absurd.", source) == ("bank", "union")
    assert subject_differs("The union called the plan absurd.", source) is None
    assert subject_differs("The bank described the plan as fair.", source) is None


def test_a_number_belongs_to_its_part_of_the_sentence() -> None:
    source = ("Rail fares go up by 3 percent in May, and bus fares by 5 percent.",)
    assert number_belongs_elsewhere("Rail fares go up by 5 percent.", source) == ("3 percent", "5 percent")
    assert number_belongs_elsewhere("Bus fares go up by 5 percent.", source) is None
    assert number_belongs_elsewhere("Rail fares go up by 3 percent.", source) is None


def test_a_verb_belongs_to_its_object() -> None:
    source = ("The storm destroyed three boats and damaged the pier.",)
    assert verb_differs("The storm destroyed the pier.", source) == ("destroyed", "damaged")
    assert verb_differs("The storm damaged the pier.", source) is None


def test_another_noun_in_the_same_place_is_another_thing() -> None:
    source = ("Inspectors found a leaking valve in the boiler on Monday.",)
    found = noun_differs("Inspectors found a leaking pipe in the boiler on Monday.", source)
    assert found == ("pipe", "valve")
    assert noun_differs("Inspectors found a leaking device in the boiler on Monday.", source) is None


def test_the_thesaurus_knows_which_words_may_stand_for_which() -> None:
    assert base_of("buy") in related(base_of("purchase"))
    assert base_of("device") in related(base_of("valve"))
    assert base_of("pipe") not in related(base_of("valve")) | related(base_of("device"))
    assert common_noun("valv")
    assert not common_noun("zzyzx")


def test_a_denied_clause_is_denied_whole() -> None:
    source = ("The clinic denied that patients had been turned away.",)
    assert denial_differs("Patients were turned away, the clinic said.", source) is not None
    assert denial_differs("According to the clinic, no patients were turned away.", source) is None


def test_what_there_is_no_sign_of_is_not_given() -> None:
    source = ("Researchers found no link between the paint and the deaths of the fish.",)
    assert absence_missing("The paint killed the fish.", source) == "no link"
    assert absence_missing("Researchers found a link between the paint and the deaths.", source) is None
    assert denial_differs("The study did not find that the paint was linked to the deaths.", source) is None


def test_a_lead_claims_nothing() -> None:
    assert claims_nothing("The question is:")
    assert not claims_nothing("The mayor of Orrowmere resigned on Monday:")


def test_others_whom_the_source_does_not_name_are_not_added() -> None:
    source = ("The parent company of Sears and Kmart said that it may close.",)
    assert (
        others_missing("Sears, Kmart and other retail chains may close.", source) == "and other retail chains"
    )
    assert others_missing("Sears and other shops may close.", ("Shops such as Sears may close.",)) is None


def test_nobody_said_it_where_the_source_has_no_speaker() -> None:
    source = ("The ferry Marigold caught fire on Sunday.",)
    found = speaker_differs("The plumber found that the ferry Marigold caught fire on Sunday.", source)
    assert found == ("The plumber", "nobody")
    assert speaker_differs("The report says that the ferry Marigold caught fire.", source) is None


def test_without_may_say_what_unless_says() -> None:
    source = ("The fair will not be held unless a sponsor is found.",)
    assert denial_differs("Without a sponsor there will be no fair.", source) is None
    assert doubt_missing("Without a sponsor there will be no fair.", source) is None


def test_a_rumour_is_no_plan() -> None:
    assert doubt_missing("The mill will close.", ("A rumour that the mill would close spread.",)) == "close"
    assert doubt_missing("It will close.", ("The owners plan to close the mill.",)) is None


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

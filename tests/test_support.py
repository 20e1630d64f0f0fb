"""The check of a statement against the sentences that it cites."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant import Support, check_statement
from assistant.checking.check import THRESHOLD
from bench.statements import told

SOURCE = (
    "The company said on Tuesday that it will cut 26,600 jobs, or about 7% of its workforce, "
    "chief executive Jane Smith told analysts in Boston."
)
PUBLISHED = date(2023, 3, 9)

SUPPORTED = (
    "The company will cut 26,600 jobs.",
    "The company will cut about 27,000 jobs.",
    "It will cut more than 26,000 jobs.",
    "Jane Smith said the company will cut 7 percent of its workforce.",
    "On March 7, 2023, the company said it will cut 26,600 jobs.",
)
UNSUPPORTED = (
    ("The company will cut 26,000 jobs.", "the source says 26,600, the answer 26,000"),
    ("The company will cut less than 26,000 jobs.", "the source says 26,600, the answer 26,000"),
    ("The company will cut $26,600.", "$26,600 is not in the cited sentences"),
    ("John Smith said the company will cut 26,600 jobs.", "the cited sentences do not say John"),
    ("On March 8, the company said it will cut 26,600 jobs.", "the source says Tuesday, the answer March 8"),
    ("The company will not cut 26,600 jobs.", "the answer denies “cut”, the source does not"),
    ("Jane Smith told analysts in Chicago of the cut.", "Chicago is not in the cited sentences"),
)
TURNED = (
    ("Globex sued Acme in 2019.", "Acme sued Globex in 2019."),
    ("Prices fell 5% in May.", "Prices rose 5% in May, the government said."),
    ("Tom Reed said that the bridge is safe.", "“The bridge is safe,” said Ana Ruíz."),
    ("The mayor resigned.", "The mayor may resign, her office said."),
    ("The court jailed Reed.", "Prosecutors asked the court to jail Reed."),
    ("“We will never leave,” said Reed.", "“We will leave soon,” said Reed."),
    ("All homes had power again.", "All but twelve homes had power again."),
    ("Nine otters were counted.", "They counted 23 otters, nine more than last year."),
)


@pytest.mark.parametrize(
    ("statement", "sentence", "reason"),
    [
        (
            "More than 15 whales were seen off the cape on Sunday.",
            "Between 12 and 15 whales were seen off the cape on Sunday.",
            "the source has 15, but not in the sense of the answer",
        ),
        (
            "Fares will go down in January.",
            "Fares will go up in January.",
            "the source says “go up”, the answer “go down”",
        ),
    ],
)
def test_a_reason_never_says_the_same_of_both(statement: str, sentence: str, reason: str) -> None:
    """The same number with another bound, the same verb with another particle: what differs is told."""
    assert check_statement(statement, [sentence]).reason == reason


@pytest.mark.parametrize("statement", SUPPORTED)
def test_what_the_sentence_says_in_other_words_is_supported(statement: str) -> None:
    """Rounding with a hedge, dates worked out from publication and left-out parts are no mistakes."""
    verdict = check_statement(statement, [SOURCE], published=PUBLISHED)
    assert verdict.support is Support.SUPPORTED, verdict.reason
    assert verdict.sentences == (0,)


@pytest.mark.parametrize(("statement", "reason"), UNSUPPORTED)
def test_what_the_sentence_does_not_say_is_unsupported_and_the_reason_says_why(
    statement: str, reason: str
) -> None:
    """The reason names what the source has and what the answer has."""
    verdict = check_statement(statement, [SOURCE], published=PUBLISHED)
    assert (verdict.support, verdict.reason) == (Support.UNSUPPORTED, reason)
    assert verdict.sentences == ()


@pytest.mark.parametrize(("statement", "source"), TURNED)
def test_a_statement_that_turns_the_source_round_is_unsupported(statement: str, source: str) -> None:
    """The same words in another relation, direction, mouth or mood say something else."""
    assert check_statement(statement, source).support is Support.UNSUPPORTED


def test_a_passive_says_the_same() -> None:
    """Turning a sentence into the passive does not swap who did what."""
    assert check_statement("Globex was sued by Acme.", "Acme sued Globex.").support is Support.SUPPORTED


def test_two_sentences_may_carry_a_statement_together() -> None:
    """Where no sentence says all of it, the places of all that are needed are given."""
    sources = ["The tower was built in 1868.", "The tower is 40 metres high.", "Herring is a fish."]
    verdict = check_statement("The tower was built in 1868 and is 40 metres high.", sources)
    assert verdict.support is Support.SUPPORTED
    assert verdict.sentences == (0, 1)


def test_each_sentence_that_says_it_alone_is_named() -> None:
    """A footnote that does not carry the statement is not among the places."""
    sources = ["Herring is a fish.", "The tower was built in 1868."]
    assert check_statement("The tower was built in 1868.", sources).sentences == (1,)


def test_a_source_that_says_the_reverse_makes_a_conflict() -> None:
    """One cited sentence says it and another denies it: neither supported nor unsupported."""
    sources = ["Six people were injured in the fire.", "Nine people were injured in the fire."]
    verdict = check_statement("Six people were injured in the fire.", sources)
    assert verdict.support is Support.CONFLICTING
    assert verdict.sentences == (0,)


def test_context_may_name_who_is_meant_but_brings_no_number() -> None:
    """A first name may come from the title; a number has to stand in a cited sentence."""
    source, context = "Biden signed the bill.", ["President Joe Biden signs 12 bills"]
    assert check_statement("Joe Biden signed the bill.", source).support is Support.UNSUPPORTED
    assert check_statement("Joe Biden signed the bill.", source, context=context).support is Support.SUPPORTED
    assert check_statement("Biden signed 12 bills.", source, context=context).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    "statement", ["", "…", "Here is what the articles say:", "Who won?", "Your articles don't say who won."]
)
def test_what_claims_nothing_is_no_claim(statement: str) -> None:
    """Leads, questions and the admission of not knowing need no footnote."""
    assert check_statement(statement, [SOURCE]).support is Support.NO_CLAIM


def test_a_frame_around_what_is_said_changes_nothing() -> None:
    """That the article says so is what the check is for; that only one says so is something said."""
    plain = check_statement("Six people were hurt.", ["Six people were hurt on Sunday."])
    assert (
        check_statement("The article says that six people were hurt.", ["Six people were hurt on Sunday."])
        == plain
    )
    assert check_statement("The article says that thanks.", ["x"]).support is Support.NO_CLAIM
    both = check_statement(
        "Both articles say that six people were hurt.", ["Six people were hurt on Sunday."]
    )
    assert both.score < plain.score


def test_a_found_mistake_leaves_the_order_of_what_is_less_likely() -> None:
    """Never enough for the threshold; and what had little before keeps it."""
    wrong = check_statement("Seven people were hurt on Sunday.", ["Six people were hurt on Sunday."])
    far = check_statement("Seven dogs barked at the moon in Rome.", ["Six people were hurt on Sunday."])
    assert far.score < wrong.score < THRESHOLD


def test_a_claim_behind_an_admission_is_a_claim() -> None:
    """Nothing slips through after "your articles don't say"."""
    statement = "Your articles don't say so, but the company went bankrupt."
    assert check_statement(statement, [SOURCE]).support is Support.UNSUPPORTED


def test_no_sentence_supports_nothing() -> None:
    """A statement without a footnote is unsupported."""
    assert check_statement("The company will cut jobs.", []).support is Support.UNSUPPORTED


def test_sentences_and_citations_are_read_like_strings() -> None:
    """Whatever has a text or a quote can be checked against."""
    from ingest import Sentence

    sentence = Sentence(0, 17, "Acme sued Globex.")
    assert check_statement("Acme sued Globex.", [sentence]).support is Support.SUPPORTED


@settings(max_examples=30)
@given(st.integers(13, 99_999_999).filter(lambda number: number not in {26_600, 2023}))
def test_a_number_that_no_sentence_has_is_never_supported(number: int) -> None:
    """Whatever number takes the place of the right one, the statement fails."""
    verdict = check_statement(f"The company said it will cut {number:,} jobs.", [SOURCE], published=PUBLISHED)
    assert verdict.support is Support.UNSUPPORTED


@settings(max_examples=30)
@given(st.text(st.characters(categories=["Ll"], max_codepoint=0x17F), min_size=4, max_size=12))
def test_a_name_that_no_sentence_has_is_never_supported(letters: str) -> None:
    """Whatever name is put into a true statement, the statement fails."""
    assume(letters[0].upper() != letters[0])  # a letter such as ĸ has no capital
    name = letters[0].upper() + "q" + letters[1:]
    verdict = check_statement(f"The company and {name} will cut 26,600 jobs.", [SOURCE])
    assert verdict.support is Support.UNSUPPORTED


@settings(max_examples=60)
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=3))
def test_any_text_gets_a_verdict(statement: str, sentences: list[str]) -> None:
    """Nothing that a model or an article may hold makes the check fail."""
    verdict = check_statement(statement, sentences)
    assert 0 <= verdict.score <= 1
    assert all(0 <= place < len(sentences) for place in verdict.sentences)
    assert verdict.reason


def test_statements_that_a_person_wrote_are_told_apart() -> None:
    """Of the statements about the example articles at least as many are judged rightly as were measured."""
    right = [told_right for _, told_right in told()]
    assert sum(right) / len(right) >= 0.85


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("It cost " + "9" * 400 + " dollars.", "It cost 5 dollars."),
        ("It cost 5 dollars.", "It cost " + "9" * 400),
    ],
)
def test_a_number_without_end_is_no_number_that_fits(statement: str, source: str) -> None:
    """A model stuck on one digit gets a verdict."""
    assert check_statement(statement, [source]).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    ("statement", "other"),
    [
        (
            "The council approved the stadium.",
            "The council has not approved the budget for roads.",
        ),
        ("The minister resigned on Monday.", "The mayor of Fennholt has not resigned over the flood."),
        ("The ferry sank off Gull Point on Sunday.", "The trawler did not sink."),
    ],
)
def test_a_denial_of_something_else_is_no_conflict(statement: str, other: str) -> None:
    """A sentence on another subject contradicts nothing, whatever it denies; one on the same does."""
    assert check_statement(statement, [statement, other]).support is Support.SUPPORTED
    denied = statement.replace(" sank", " never sank").replace(" approved", " never approved")
    denied = denied.replace(" resigned", " never resigned")
    assert check_statement(statement, [statement, denied]).support is Support.CONFLICTING

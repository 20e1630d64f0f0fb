"""Questions that name a paper, and whose filter counts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question.query import understand
from assistant.question.scope import match_source, named_source, scope_of
from ingest import Filters

PAPERS = ("CNN", "Coast Daily", "Harbour Gazette", "Inland Post", "cityherald.example")

NAMED = (
    ("According to CNN, who was hurt?", "CNN"),
    ("Who was hurt according to the Harbour Gazette?", "Harbour Gazette"),
    ("What does the Gazette say about the fire?", "Gazette"),
    ("What did the Inland Post report about the railway?", "Inland Post"),
    ("What was reported by Coast Daily?", "Coast Daily"),
    ("How many were hurt in the Harbour Gazette?", "Harbour Gazette"),
)
NOT_NAMED = (
    "How many took part according to the police?",
    "What does the mayor say about the fire?",
    "Who was hurt in the ferry fire?",
)


@pytest.mark.parametrize(("question", "name"), NAMED)
def test_a_paper_is_named(question: str, name: str) -> None:
    """The wordings in which papers are named are recognised, the name without its article."""
    found = named_source(question)
    assert found is not None
    assert found[1] == name


@pytest.mark.parametrize("question", NOT_NAMED)
def test_no_paper_is_named(question: str) -> None:
    """Who is written small is nobody's paper."""
    assert named_source(question) is None


def test_short_names_and_cases() -> None:
    """A paper is known by any case, by a part of its name that no other has, and by its site."""
    assert match_source("cnn", PAPERS) == {"CNN"}
    assert match_source("the gazette", PAPERS) == {"Harbour Gazette"}
    assert match_source("CityHerald", PAPERS) == {"cityherald.example"}
    assert match_source("USA Today", ("usatoday.com", "cnn.com")) == {"usatoday.com"}
    assert match_source("The Week", ("theweek.co.uk", "weekly.example")) == {"theweek.co.uk"}
    assert match_source("Post", ("Inland Post", "Harbour Post")) == frozenset()
    assert match_source("!", PAPERS) == frozenset()


def test_a_known_paper_becomes_a_filter() -> None:
    """Only its articles are used, and its name is no longer a word to look for."""
    scope = scope_of(understand("According to CNN, how many were hurt?"), None, lambda: PAPERS)
    assert scope.filters == Filters(sources=frozenset({"CNN"}))
    assert "cnn" not in scope.query.words
    assert scope.notices == ()


def test_an_unknown_paper_is_said() -> None:
    """A paper that the library does not have is left alone, and the reader is told."""
    scope = scope_of(understand("What does the Evening Star say about it?"), None, lambda: PAPERS)
    assert (scope.filters, scope.notices) == (
        None,
        ("No article comes from Evening Star, so all sources were searched.",),
    )


def test_a_person_is_no_paper() -> None:
    """Whoever else is named with "according to" changes nothing and is not remarked on."""
    scope = scope_of(understand("How many were hurt according to Jorun Eskeland?"), None, lambda: PAPERS)
    assert (scope.filters, scope.notices) == (None, ())


def test_the_callers_filter_wins() -> None:
    """What the caller asks for is kept; the question only fills in what the caller left open."""
    query = understand("What do reports from last week by CNN say?", asked_on=date(2023, 3, 16))
    given = Filters(sources=frozenset({"Inland Post"}), published_from=date(2020, 1, 1))
    assert scope_of(query, given, lambda: PAPERS).filters == given


def test_dated_articles_become_a_filter() -> None:
    """Where the question dates the articles, only those days' articles are used, undated ones not."""
    query = understand("Which articles published in February mention it?", asked_on=date(2023, 3, 16))
    assert scope_of(query, None, lambda: PAPERS).filters == Filters(
        published_from=date(2023, 2, 1), published_to=date(2023, 2, 28), undated=False
    )


def test_the_papers_are_asked_for_only_when_needed() -> None:
    """A question that names no paper does not read the list of papers."""

    def fails() -> tuple[str, ...]:
        raise AssertionError

    assert scope_of(understand("Who was hurt?"), None, fails).filters is None

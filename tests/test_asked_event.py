"""The event and the role that a question asks about: a sentence without them is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.retrieval.asked_event import role_asked
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = (
    Article(
        "Anton Verlaine came to power after the uprising in Sorby in June 1989. Crowds met on its squares. "
        "Verlaine, who led Carovia until 2002, passed away in Whitmere on Wednesday at 96.",
        "Anton Verlaine, former leader of Carovia, is dead",
        "verlaine.txt",
    ),
    Article(
        "The ferry Marigold was built in 1988 by the Bremen yard. It carries 64 passengers across the bay. "
        "A cable set the ship on fire on the night of 3 May. The blaze lasted six hours.",
        "The ferry Marigold",
        "ferry.txt",
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of two articles, each with days of several events."""
    folder = tmp_path_factory.mktemp("events") / "library"
    ingest_articles(ARTICLES, folder)
    return folder


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("When did Anton Verlaine die?", "passed away"),
        ("where did anton verlaine die", "passed away"),
        ("When did the ferry burn?", "3 May"),
        ("When was the Marigold built?", "1988"),
    ],
)
def test_the_event_comes_first(question: str, wanted: str, library: Path) -> None:
    """The first sentence tells of the event that is asked about, in these words or others like them."""
    given = answer(question, library=library)
    assert wanted in given.citations[0].quote


def test_a_role_that_nobody_has_is_no_answer(library: Path) -> None:
    """The year in which a ferry was built doesn't tell who steers it."""
    given = answer("Who was the captain of the ferry Marigold?", library=library)
    assert not given.answered
    assert "No article on this speaks of the “captain” who is asked for." in given.notices


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who was the pilot of the plane?", "pilot"),
        ("who's the new finance minister", "minister"),
        ("What is the name of the engineer who drove it?", "engineer"),
        ("Who was the first man on the moon?", ""),
        ("Who was arrested in May?", ""),
        ("Who was the captain and when did the ferry burn?", ""),
    ],
)
def test_roles(question: str, role: str) -> None:
    """A role is the noun for whom is asked; "man" is none, nor is one of several things asked for."""
    assert role_asked(question) == role

"""Behind a question on what no article tells of, one that goes on is not answered from others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant import answer
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = (
    Article(
        "The council of Orrowmere voted to keep the school in Alder Street. The mayor, Pavel Dorn, wanted to "
        "close it. He is 61 years old. Two demonstrators were arrested outside the town hall.",
        "School stays",
        "school.txt",
        published=date(2026, 5, 4),
    ),
    Article(
        "A wildfire near Tollbrook destroyed 41 homes and killed three people. The governor said that the "
        "state would pay for new houses. Rebuilding will cost 12 million crowns.",
        "Wildfire near Tollbrook",
        "wildfire.txt",
        published=date(2026, 5, 6),
    ),
    Article(
        "The swing bridge was closed for nine weeks because two bearings had cracked in the frost. Repairs "
        "cost 310,000 crowns.",
        "Bridge opens again",
        "bridge.txt",
        published=date(2026, 4, 11),
    ),
)
UNTOLD = "Your articles don't say."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("present") / "library"
    ingest_articles(ARTICLES, folder)
    return folder


@pytest.mark.parametrize(
    "question",
    [
        "was anyone arrested",
        "how many homes were destroyed",
        "what did the governor say",
        "how much will rebuilding cost",
        "how old is he",
    ],
)
def test_what_goes_on_with_a_subject_that_no_article_has_is_not_answered(
    library: Path, question: str
) -> None:
    """Homes that a fire destroyed are no answer behind a question on a train crash; it is said why."""
    begun = "How many people died in the Kestrelmoor train crash?"
    given = answer(question, library=library, history=[(begun, answer(begun, library=library).text)])
    assert not given.answered
    assert any("Kestrelmoor" in notice for notice in given.notices)


@pytest.mark.parametrize(
    "question", ["why did two bearings crack", "why was the bridge closed", "Who is the mayor of Orrowmere?"]
)
def test_what_begins_anew_behind_such_a_subject_is_answered(library: Path, question: str) -> None:
    begun = "How many people died in the Kestrelmoor train crash?"
    given = answer(question, library=library, history=[(begun, UNTOLD)])
    assert given.answered


def test_a_subject_is_there_where_only_the_detail_is_untold(library: Path) -> None:
    """Who set the fire is not told; how many homes burnt is."""
    begun = "Who started the wildfire near Tollbrook?"
    given = answer("how many homes were destroyed", library=library, history=[(begun, UNTOLD)])
    assert given.citations[0].title == "Wildfire near Tollbrook"


def test_behind_an_answer_the_subject_is_there(library: Path) -> None:
    """However it was answered: quoted, in a model's words, or by a later question on it."""
    told = ("What happened at Kestrelmoor?", "The articles tell of a wildfire that reached the houses.")
    given = answer("how many homes were destroyed", library=library, history=[told])
    assert given.answered


@pytest.mark.parametrize("before", ["hello", "thanks!", "?!", "Why?"])
def test_small_talk_is_no_subject(library: Path, before: str) -> None:
    """Behind what asks about nothing a question is answered as it is alone."""
    alone = answer("how many homes were destroyed", library=library)
    given = answer("how many homes were destroyed", library=library, history=[(before, "You're welcome.")])
    assert (given.answered, given.citations, given.notices) == (True, alone.citations, alone.notices)

"""Follow-ups are answered by articles about what the conversation is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant import answer
from assistant.retrieval.same_subject import subject_costs
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

FERRY = """The ferry Marigold ran aground off Lowick on Monday. Its captain had taken the northern channel.
Divers found a hole in the hull. The owner, Tern Lines, has cancelled all sailings until June."""
VOLCANO = """Lava from Mount Orra reached the coast road on Tuesday. Two farms were cleared in the night.
Three people were hurt when a roof fell in. The road stays shut until the end of the week."""


def library(folder: Path) -> Path:
    texts = {"Ferry Marigold runs aground": FERRY, "Mount Orra erupts": VOLCANO}
    ingest_articles(
        [Article(text, title, f"{title}.txt", published=date(2026, 5, 4)) for title, text in texts.items()],
        folder,
    )
    return folder


def test_what_another_article_says_is_no_answer_to_a_question_that_goes_on(tmp_path: Path) -> None:
    """Nobody says whether the ferry's passengers were hurt, and the volcano's farmers are not meant."""
    where = library(tmp_path / "library")
    asked = "Where did the ferry Marigold run aground?"
    begun = (asked, answer(asked, library=where).text)
    given = answer("were they hurt", library=where, history=(begun,))
    assert not given.answered
    alone = answer("how many people were hurt", library=where)
    assert alone.citations[0].quote.startswith("Three")


def test_a_question_that_goes_on_is_answered_by_its_own_words(tmp_path: Path) -> None:
    """The sentence that answers the first question has more of the conversation's words."""
    where = library(tmp_path / "library")
    asked = "Where did the ferry Marigold run aground?"
    begun = (asked, answer(asked, library=where).text)
    given = answer("what did the divers find", library=where, history=(begun,))
    assert "a hole in the hull" in given.citations[0].quote
    given = answer("which channel", library=where, history=(begun,))
    assert "northern channel" in given.citations[0].quote


def test_without_a_conversation_nothing_costs() -> None:
    """Articles that have none of its words, or all of them, are alike."""
    assert not subject_costs([], ["ferri"], {}).size

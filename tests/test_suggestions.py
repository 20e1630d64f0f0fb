"""Questions that the chat offers: made of what the articles tell, and asked before they are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.web.chat.library_service import LibraryService
from ingest import ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = {
    "ferry": "Fire on the Aurora\n\nSix people were hurt when a fire broke out on the ferry Aurora. "
    "The fire began in the engine room. Mary Ellis led the passengers of the Aurora to the boats.",
    "fair": "Fair of Orrowmere\n\nThe Orrowmere spring fair was held for the first time in Coast Haven. "
    "The Orrowmere spring fair drew 4,000 visitors to Coast Haven. It rained.",
    "paper": "A word on USA TODAY\n\nThe news is read by many in USA TODAY and elsewhere, they say.",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Make a library of three articles, one of which tells nothing that can be asked for."""
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest_articles([tmp_path / f"{name}.txt" for name in ARTICLES], tmp_path / "library")
    return tmp_path / "library"


def test_suggested_questions_are_answered_with_what_they_were_made_of(library: Path) -> None:
    """Each asks for a number, a place or a person of some article, and its first quotation has it."""
    offered = LibraryService(library).suggestions()
    assert "How many people were hurt when a fire broke out on the ferry Aurora?" in offered
    assert not any("USA TODAY" in question for question in offered)
    for question in offered:
        quote = answer(question, library=library).citations[0].quote
        assert any(quote in text for text in ARTICLES.values())


def test_follow_ups_ask_for_what_else_the_cited_articles_tell(library: Path) -> None:
    """What was asked or is quoted already is not offered again."""
    asked = "How many people were hurt when a fire broke out on the ferry Aurora?"
    offered = LibraryService(library).next_questions(answer(asked, library=library))
    assert asked not in offered
    assert "Who led the passengers of the Aurora to the boats?" in offered

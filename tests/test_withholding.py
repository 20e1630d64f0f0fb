"""Kept answers that rest on articles which are for other people by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation, UnmetPremise
from assistant.web.chat.withholding import WITHHELD, SeenConversations
from ingest import Article, split_sentences

if TYPE_CHECKING:
    from ingest.database_address import LibraryLocation

FEE = Article("The council raised the fee to Vexorin level.", "The fee", "fee.txt")


def test_a_search_finds_no_words_of_an_answer_that_is_withheld(place: LibraryLocation) -> None:
    """Also where these stand in no footnote: a question was refused since a sentence says otherwise."""
    hidden: set[str] = set()
    kept = SeenConversations.of_reader(place, "tom", lambda: hidden)
    denied = Citation.of(FEE, split_sentences(FEE.text)[0], number=1)
    refused = Answer(
        "Why was the fee lowered?",
        answered=False,
        confidence=0,
        consulted=(denied,),
        premise=UnmetPremise("the fee was lowered", denied),
    )
    conversation, _ = kept.keep(None, refused, seconds=1)
    assert [each.id for each in kept.listed("vexorin")] == [conversation]
    hidden.add(FEE.id)
    assert kept.listed("vexorin") == []
    assert [each.id for each in kept.listed()] == [conversation]
    found = kept.get(conversation)
    assert found is not None
    assert found.turns[0].answer.notices == (WITHHELD,)

"""A check of drafts without a library: what comes of a statement depends on its place alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.vocabulary.drafts import Difference, DraftCheck, DraftState, DraftStatement
from ingest import split_sentences

if TYPE_CHECKING:
    from assistant.answers import Citation


def in_turn(text: str, citations: tuple[Citation, Citation, Citation]) -> DraftCheck:
    """Check a draft: its statements agree, differ, are not found and are opinions, one after another."""
    states = (DraftState.AGREES, DraftState.DIFFERS, DraftState.NOT_FOUND, DraftState.OPINION)
    reasons = (
        "the source says so",
        "the source says Nine, the draft Six",
        "no sentence of the articles says so",
        "it says what somebody thinks or wants",
    )
    statements = []
    for place, sentence in enumerate(split_sentences(text)):
        kind = place % len(states)
        number = (kind + 1,) if kind < len(citations) else ()
        statements.append(
            DraftStatement(
                sentence.text,
                sentence.start,
                sentence.end,
                states[kind],
                reasons[kind],
                None if kind == len(citations) else 0.9,
                citations=number if kind < len(citations) - 1 else (),
                closest=number if kind == len(citations) - 1 else (),
                differences=(Difference("number", "Six", "Nine"),) if kind == 1 else (),
            )
        )
    needed = max((number for item in statements for number in (*item.citations, *item.closest)), default=0)
    return DraftCheck(text, tuple(statements), citations[:needed])

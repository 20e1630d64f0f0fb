"""From checked statements to an answer: footnotes numbered as they appear, and what is left out closed up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answers import Answer, Mode, Statement, Support
from assistant.choosing import MOST_QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.answers import Citation, Writing
    from assistant.asking import Seen
    from assistant.correcting import Checked
    from assistant.quotes import Ranked


class Footnotes:
    """Numbers for keys in the order of their first appearance."""

    def __init__(self, sentences: Mapping[str, Ranked]) -> None:
        self._sentences = sentences
        self._numbers: dict[str, int] = {}

    def add(self, key: str) -> Citation | None:
        """Give a key a number; return its footnote if it is new."""
        if key in self._numbers:
            return None
        self._numbers[key] = len(self._numbers) + 1
        return self._sentences[key].cite(self._numbers[key])

    def number(self, key: str) -> int:
        """Return the number of a key."""
        return self._numbers[key]

    def statement(self, checked: Checked) -> Statement:
        """Return a checked statement with numbers for its keys."""
        return Statement(
            text=checked.text,
            citations=tuple(sorted(self._numbers[key] for key in checked.keys)),
            support=checked.support,
            score=checked.score,
            reason=checked.reason,
            original=checked.original,
        )

    def closed_up(
        self, statements: Iterable[Statement]
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        """Return the statements and the footnotes that they have, numbered without gaps."""
        kept = tuple(statements)
        used = sorted({number for statement in kept for number in statement.citations})
        new = {number: place for place, number in enumerate(used, start=1)}
        keys = {number: key for key, number in self._numbers.items()}
        citations = tuple(self._sentences[keys[number]].cite(new[number]) for number in used)
        renumbered = (
            replace(item, citations=tuple(new[number] for number in item.citations)) for item in kept
        )
        return tuple(renumbered), citations


def written_answer(
    seen: Seen,
    footnotes: Footnotes,
    checked: Sequence[Checked],
    *,
    writing: Writing,
    drop: bool,
    notices: Sequence[str] = (),
) -> Answer | None:
    """Make the answer, or None where nothing that the model wrote is supported."""
    supported = (Support.SUPPORTED, Support.CONFLICTING)
    if not any(item.support in supported and item.keys for item in checked):
        return None
    shown = (item for item in checked if not (drop and item.failed))
    statements, citations = footnotes.closed_up(footnotes.statement(item) for item in shown)
    return Answer(
        question=seen.query.text,
        answered=True,
        confidence=seen.confidence,
        statements=statements,
        citations=citations,
        consulted=_consulted(seen.ranked, citations),
        mode=Mode.WRITTEN,
        notices=(*seen.notices, *notices),
        writing=writing,
    )


def _consulted(ranked: Iterable[Ranked], citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return the best sentences that are not cited, each text once."""
    texts = {citation.quote for citation in citations}
    rest: list[Ranked] = []
    for item in ranked:
        if len(rest) < MOST_QUOTES and item.sentence.text not in texts:
            texts.add(item.sentence.text)
            rest.append(item)
    return tuple(item.cite(number) for number, item in enumerate(rest, start=len(citations) + 1))

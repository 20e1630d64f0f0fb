"""From checked statements to an answer: footnotes numbered as they appear, and what is left out closed up."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.answers import Answer, Mode, Statement, Support
from assistant.quoting.quote_answer import consulted, present
from assistant.quoting.select import MOST_QUOTES
from assistant.writing.disputes import cite_disputes, denied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.answers import Citation, Conflict, Writing
    from assistant.retrieval.found import Ranked, Seen
    from assistant.writing.disputes import Settled
    from assistant.writing.verify import Checked

NOT_CHECKED_NOTICE = (
    "The check reads English: of statements in another language, or from such articles, only what keeps to "
    "their words was checked."
)


class Footnotes:
    """Numbers for keys in the order of their first appearance."""

    def __init__(self, sentences: Mapping[str, Ranked], seen: Seen) -> None:
        self._sentences = sentences
        self._seen = seen
        self._numbers: dict[str, int] = {}

    def add(self, key: str) -> Citation | None:
        """Give a key a number; return its footnote if it is new."""
        if key in self._numbers:
            return None
        self._numbers[key] = len(self._numbers) + 1
        return present(self._sentences[key], self._numbers[key], self._seen.ranked, self._seen.query)

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

    def closed_up(self, statements: Iterable[Statement]) -> tuple[list[Statement], list[Ranked]]:
        """Return the statements and the sentences that they cite, numbered without gaps."""
        kept = tuple(statements)
        used = sorted({number for statement in kept for number in statement.citations})
        new = {number: place for place, number in enumerate(used, start=1)}
        keys = {number: key for key, number in self._numbers.items()}
        renumbered = [
            replace(item, citations=tuple(new[number] for number in item.citations)) for item in kept
        ]
        return renumbered, [self._sentences[keys[number]] for number in used]


def written_answer(
    seen: Seen,
    footnotes: Footnotes,
    checked: Sequence[Checked],
    *,
    writing: Writing,
    drop: bool,
    notices: Sequence[str] = (),
) -> Answer | None:
    """Make the answer, or None where nothing that the model wrote has a footnote and stands.

    What the check can't read, and what two checks see differently, is shown as such; with `drop` it is left
    out like what is unsupported.
    """
    shown = [item for item in checked if not (drop and (item.failed or item.unread or item.doubted))]
    stands = (Support.SUPPORTED, Support.CONFLICTING, Support.DOUBTED, Support.UNCHECKED_LANGUAGE)
    if not any(item.support in stands and item.keys for item in shown):
        return None
    unread = [NOT_CHECKED_NOTICE] if any(item.unread for item in shown) else []
    statements, cited = footnotes.closed_up(footnotes.statement(item) for item in shown)
    settled = cite_disputes(statements, cited, seen.ranked)
    citations = tuple(
        present(item, number, seen.ranked, seen.query) for number, item in enumerate(settled.cited, start=1)
    )
    return Answer(
        question=seen.query.asked,
        answered=True,
        confidence=seen.confidence,
        statements=settled.statements,
        citations=citations,
        conflicts=(*settled.conflicts, *_denied(shown, settled)),
        consulted=consulted(seen.ranked, settled.cited, limit=MOST_QUOTES),
        mode=Mode.WRITTEN,
        notices=(*seen.notices, *notices, *unread),
        writing=writing,
        question_filter=seen.question_filter,
        corrections=seen.query.corrections,
        language=seen.query.language,
    )


def _denied(shown: Sequence[Checked], settled: Settled) -> list[Conflict]:
    """Return what the check alone saw: statements that one of their own sentences denies."""
    told = {frozenset(pair) for item in settled.conflicts for pair in combinations(item.citations, 2)}
    found = []
    for item, statement in zip(shown, settled.statements, strict=True):
        known = any(pair <= set(statement.citations) for pair in told)
        if item.against and not known:
            found.append(denied(statement.text, statement.citations, settled.cited))
    return found

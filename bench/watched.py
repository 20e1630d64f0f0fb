"""Kept questions over the rounds of a changing site: which changes are told, missed, and told wrongly.

Run it as part of `python -m bench.site`. Questions are kept about articles that the site has at first and
about some that it will have; after each round they are asked again. An answer changed where the article that
it rests on came, went, or has another number in its sentence; pages that only moved or broke change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.watching.kept_questions import KeptQuestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass
class Watched:
    """What was kept, and what became of it, in all rounds together."""

    library: Path
    changed: int = 0
    told: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    _editions: dict[str, int | None] = field(default_factory=dict)
    _numbers: tuple[int, ...] = ()

    def begin(self, numbers: Iterable[int], editions: Mapping[int, int]) -> None:
        """Keep a question about each of some articles."""
        kept = KeptQuestions(self.library)
        self._numbers = tuple(numbers)
        for number in self._numbers:
            kept.keep(question_of(number))
        self._editions = self._now(editions)

    def round(self, editions: Mapping[int, int]) -> None:
        """Ask again after a round; `editions` has what the library holds now."""
        now = self._now(editions)
        truly = {question for question, edition in now.items() if edition != self._editions[question]}
        told = {change.question for change in KeptQuestions(self.library).ask_again()}
        self.changed += len(truly)
        self.told += len(truly & told)
        self.missed += sorted(truly - told)
        self.false += sorted(told - truly)
        self._editions = now

    def _now(self, editions: Mapping[int, int]) -> dict[str, int | None]:
        return {question_of(number): editions.get(number) for number in self._numbers}


def question_of(number: int) -> str:
    """Ask for what an edition of an article changes."""
    return f"How many million crowns will the repairs of district {number} cost?"

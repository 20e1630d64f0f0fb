"""Who did what to whom: whether the source fits better once two names or numbers of the statement change places."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from assistant.checks.lexicon import FUNCTION_WORDS
from assistant.checks.names import names
from assistant.checks.wording import Word, read

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = 3
"""Words that may lie between two that belong together."""
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])


def links(units: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return the ordered pairs of units that stand near each other; the nearer, the more they weigh."""
    found: dict[tuple[str, str], float] = {}
    for place, one in enumerate(units):
        for step, other in enumerate(units[place + 1 : place + 1 + NEAR], start=1):
            if one != other:
                found[one, other] = max(found.get((one, other), 0.0), 1 / step)
    return found


def agreement(mine: Sequence[str], theirs: dict[tuple[str, str], float]) -> float:
    """Return how much of the statement's links the source has, pairs in the other order counted less."""
    return sum(
        min(weight, theirs.get(pair, 0.0)) + 0.3 * min(weight, theirs.get(pair[::-1], 0.0))
        for pair, weight in links(mine).items()
    )


def units(text: str) -> list[str]:
    """Return the units of a sentence: base forms that carry content, a name as its last word, the passive turned."""
    words = read(text)
    inner = {word.start for name in names(text) for word in name.words[:-1]}
    kept = [
        word
        for word in words
        if word.is_word
        and word.start not in inner
        and (word.lower not in FUNCTION_WORDS or word.lower == "by")
    ]
    return _active(words, kept, [word.base for word in kept])


def _active(words: Sequence[Word], kept: list[Word], found: list[str]) -> list[str]:
    """Turn "B was sued by A" into "A sued B" where the pattern is plain."""
    for place in range(len(words) - 2):
        if words[place].lower not in _BE:
            continue
        verb = next(
            (
                word
                for word in words[place + 1 : place + 3]
                if word.lower.endswith(("ed", "en")) or (word.lower != word.base and word.content)
            ),
            None,
        )
        by = next((word for word in words[place + 2 : place + 6] if word.lower == "by"), None)
        if verb is None or by is None or verb not in kept or by not in kept:
            continue
        at, after = kept.index(verb), kept.index(by)
        begin = at
        while begin > 0 and kept[begin - 1].clause == kept[at].clause:
            begin -= 1
        end = after + 1
        while end < len(kept) and kept[end].clause == kept[after].clause and end - after <= 4:
            end += 1
        turned = found[after + 1 : end] + found[at:after] + found[begin:at]
        rest = found[:begin] + turned + found[end:]
        return [unit for unit in rest if unit != "by"]
    return [unit for unit in found if unit != "by"]


def swapped(statement: str, source: str, pairs: Sequence[str]) -> tuple[str, str, float] | None:
    """Return the two of `pairs` whose exchange makes the statement fit the source best, and by how much."""
    mine, theirs = units(statement), links(units(source))
    base = agreement(mine, theirs)
    best: tuple[str, str, float] | None = None
    for one, other in combinations(pairs, 2):
        if one == other or one not in mine or other not in mine:
            continue
        exchanged = [other if unit == one else one if unit == other else unit for unit in mine]
        gain = agreement(exchanged, theirs) - base
        if gain > (best[2] if best else 0.0):
            best = one, other, gain
    return best

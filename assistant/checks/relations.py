"""Whether the source fits better once two names or numbers of a statement change places."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.checks.lexicon import FUNCTION_WORDS, listed
from assistant.checks.names import names
from assistant.checks.numerals import numerals
from assistant.checks.wording import Word, read

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = 3
"""Words that may lie between two that belong together."""
AGENT = 4
"""Words that an agent after "by" may have."""
CLOSE = 0.55
"""Share of the statement's links that the source has to have once two names have changed places."""
NEARLY = 0.75
"""The same share where two ordinary words have changed places."""
EXCHANGE_GAIN = 1.5
"""How much better the source has to fit then: more than one link."""
_BE = frozenset(listed("""is are was were be been being get got"""))


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


@lru_cache(maxsize=1_000)
def text_links(text: str) -> dict[tuple[str, str], float]:
    """Return the links of a text's units; not to be changed."""
    return links(units(text))


def shared_links(statement: str, sources: Sequence[str]) -> float:
    """Return the share of a statement's links that its sources have, 0 to 1; 1 where it has none."""
    mine = text_links(statement)
    theirs = [text_links(source) for source in sources]
    shared = sum(min(weight, max(each.get(pair, 0.0) for each in theirs)) for pair, weight in mine.items())
    return shared / sum(mine.values()) if mine else 1.0


@lru_cache(maxsize=1_000)
def units(text: str) -> tuple[str, ...]:
    """Return the units of a sentence: base forms and values, a name as its last word, the passive turned."""
    words = read(text)
    numbers = numerals(text)
    values = {each.start: f"#{each.value:g}" for each in numbers}
    left_out = {word.start for name in names(text) for word in name.words[:-1]} | {
        word.start for word in words for each in numbers if each.start < word.start < each.end
    }
    kept = [
        word
        for word in words
        if word.is_word
        and word.start not in left_out
        and (word.lower not in FUNCTION_WORDS or word.lower == "by" or word.start in values)
    ]
    return tuple(_active(words, kept, [values.get(word.start, word.base) for word in kept]))


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
        while end < len(kept) and kept[end].clause == kept[after].clause and end - after <= AGENT:
            end += 1
        turned = found[after + 1 : end] + found[at:after] + found[begin:at]
        rest = found[:begin] + turned + found[end:]
        return [unit for unit in rest if unit != "by"]
    return [unit for unit in found if unit != "by"]


def swapped(statement: str, source: str, pairs: Sequence[tuple[str, str]]) -> tuple[str, str, float] | None:
    """Return the pair whose exchange makes the statement fit the source best, and how much better it fits.

    Only a statement that then fits closely counts: in other words than the source's the order says little.
    """
    mine, theirs = units(statement), text_links(source)
    base, whole = agreement(mine, theirs), sum(text_links(statement).values())
    best: tuple[str, str, float] | None = None
    for one, other in pairs:
        if one == other or one not in mine or other not in mine or _side_by_side(mine, one, other):
            continue
        exchanged = [other if unit == one else one if unit == other else unit for unit in mine]
        fit = agreement(exchanged, theirs)
        if fit >= CLOSE * whole and fit - base > (best[2] if best else 0.0):
            best = one, other, fit - base
    return best


def exchanged(statement: str, sources: Sequence[str]) -> tuple[str, str] | None:
    """Return two ordinary words that have changed places: "the town pays … and the state" for the reverse.

    Only a statement that the source has nearly word for word once they are back in their places counts.
    """
    mine = units(statement)
    found = []
    for source in sources:
        theirs = units(source)
        common = [unit for unit in dict.fromkeys(mine) if mine.count(unit) == 1 and theirs.count(unit) == 1]
        pairs = [
            (one, other)
            for one, other in combinations(common, 2)
            if not (_neighbours(mine, one, other) or _neighbours(theirs, one, other))
        ]
        if best := swapped(statement, source, pairs):
            whole = sum(links(mine).values())
            if best[2] >= EXCHANGE_GAIN and _fits_exchanged(mine, links(theirs), best) >= NEARLY * whole:
                found.append(best)
    best = max(found, key=lambda each: each[2], default=None)
    if best is None:
        return None
    shown = {word.base: word.text for word in read(statement)}
    return shown.get(best[0], best[0].lstrip("#")), shown.get(best[1], best[1].lstrip("#"))


def _fits_exchanged(
    mine: Sequence[str], theirs: dict[tuple[str, str], float], pair: tuple[str, str, float]
) -> float:
    one, other, _ = pair
    return agreement([other if unit == one else one if unit == other else unit for unit in mine], theirs)


def _neighbours(found: Sequence[str], one: str, other: str) -> bool:
    """Say whether two units stand together, as in "the yard and the county": their order tells little."""
    return abs(found.index(one) - found.index(other)) == 1


def _side_by_side(mine: Sequence[str], one: str, other: str) -> bool:
    """Say whether two numbers stand together, as in "ten to nine": their order tells little."""
    return one.startswith("#") and abs(mine.index(one) - mine.index(other)) == 1

"""Exchanged arguments: whether the source fits better once two names or numbers change places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, listed
from assistant.language.names import find_names
from assistant.language.numbers import numerals
from assistant.language.words import Word, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Link = tuple[str, str]

_NEAR = 3
"""Words that may lie between two that belong together."""
WHOLE = 60
"""What two words that stand side by side weigh."""
WORDS_TO_AGENT = 4
"""Words that an agent after "by" may have."""
SWAPPED_SHARE = 0.55
"""Share of the statement's links that the source has to have once two names have changed places."""
NEARLY = 0.75
"""The same share where two ordinary words have changed places."""
EXCHANGE_GAIN = 1.5
"""How much better the source has to fit then: more than one link."""
_BE = frozenset(listed("""is are was were be been being get got"""))


def links(units: Sequence[str]) -> dict[Link, int]:
    """Return the ordered pairs of units at most three apart, weighted by nearness (skip-bigrams).

    Weights are sixtieths, so that sums are exact in whatever order: 60, 30 and 20, and of each three tenths.
    """
    found: dict[Link, int] = {}
    for place, one in enumerate(units):
        for step, other in enumerate(units[place + 1 : place + 1 + _NEAR], start=1):
            if one != other:
                found[one, other] = max(found.get((one, other), 0), WHOLE // step)
    return found


def _fit(weight: int, pair: Link, theirs: dict[Link, int]) -> int:
    """Return how much of a link of the statement the source has, the other order counted less."""
    return min(weight, theirs.get(pair, 0)) + 3 * min(weight, theirs.get(pair[::-1], 0)) // 10


@lru_cache(maxsize=1_000)
def text_links(text: str) -> dict[Link, int]:
    """Return the links of a text's units; not to be changed."""
    return links(units(text))


def shared_links(statement: str, sources: Sequence[str]) -> float:
    """Return the share of a statement's links that its sources have, 0 to 1; 1 where it has none."""
    mine = text_links(statement)
    theirs = [text_links(source) for source in sources]
    shared = sum(min(weight, max(each.get(pair, 0) for each in theirs)) for pair, weight in mine.items())
    return shared / sum(mine.values()) if mine else 1.0


@lru_cache(maxsize=1_000)
def units(text: str) -> tuple[str, ...]:
    """Return the units of a sentence: base forms and values, a name as its last word, the passive turned."""
    words = read_words(text)
    numbers = numerals(text)
    values = {each.start: f"#{each.value:g}" for each in numbers}
    left_out = {word.start for name in find_names(text) for word in name.words[:-1]} | {
        place for each in numbers for place in range(each.start + 1, each.end)
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
        while end < len(kept) and kept[end].clause == kept[after].clause and end - after <= WORDS_TO_AGENT:
            end += 1
        turned = found[after + 1 : end] + found[at:after] + found[begin:at]
        rest = found[:begin] + turned + found[end:]
        return [unit for unit in rest if unit != "by"]
    return [unit for unit in found if unit != "by"]


@dataclass(frozen=True, slots=True)
class Swap:
    """Two units of a statement that fit the source better in each other's place: by how much, and how well.

    `gain` is in links of two words side by side, `share` is of the statement's links.
    """

    one: str
    other: str
    gain: float
    share: float


def names_change_places(
    statement: str,
    source: str,
    groups: Sequence[Sequence[str]],
    *,
    belong: Callable[[str, str], bool] = lambda one, other: False,  # noqa: ARG005
) -> Swap | None:
    """Return the two units of one group whose exchange makes the statement fit the source best.

    Only a statement that then fits closely counts: in other words than the source's the order says little.
    Units that `belong` together, and numbers side by side as in "ten to nine", are left in their order.
    """
    mine, theirs, first = text_links(statement), text_links(source), _first(statement)
    touching: dict[str, set[Link]] = {}
    for pair in mine:
        for unit in pair:
            touching.setdefault(unit, set()).add(pair)
    base = sum(_fit(weight, pair, theirs) for pair, weight in mine.items())
    whole, best = sum(mine.values()), None
    for one, other in _promising(mine, theirs, groups):
        if belong(one, other) or (one.startswith("#") and abs(first[one] - first[other]) == 1):
            continue
        to = {one: other, other: one}
        gain = sum(
            _fit(mine[pair], (to.get(pair[0], pair[0]), to.get(pair[1], pair[1])), theirs)
            - _fit(mine[pair], pair, theirs)
            for pair in touching[one] | touching[other]
        )
        if base + gain >= SWAPPED_SHARE * whole and gain / WHOLE > (best.gain if best else 0):
            best = Swap(one, other, gain / WHOLE, (base + gain) / whole)
    return best


def _promising(
    mine: dict[Link, int], theirs: dict[Link, int], groups: Sequence[Sequence[str]]
) -> list[tuple[str, str]]:
    """Return the pairs of one group whose exchange gives the statement a link of the source, in order.

    No other pair can gain; to try all takes time with the cube of the length.
    """
    stated = {unit for pair in mine for unit in pair}
    place = {
        unit: (number, at)
        for number, group in enumerate(groups)
        for at, unit in enumerate(group)
        if unit in stated
    }
    near: dict[str, set[str]] = {}
    for one, other in theirs:
        for unit, neighbour in ((one, other), (other, one)):
            if unit in place:
                near.setdefault(neighbour, set()).add(unit)
    found = set()
    for one, other in mine:
        found |= {(one, unit) for unit in near.get(other, ()) if one in place and unit != one}
        found |= {(other, unit) for unit in near.get(one, ()) if other in place and unit != other}
        if one in place and other in place and (other, one) in theirs:
            found.add((one, other))
    ordered = {tuple(sorted((place[one], place[other]))) for one, other in found}
    return [
        (groups[number][at], groups[number][to])
        for (number, at), (same, to) in sorted(ordered)
        if number == same
    ]


def words_change_places(statement: str, sources: Sequence[str]) -> tuple[str, str] | None:
    """Return two ordinary words that have changed places: "the town pays … and the state" for the reverse.

    Only a statement that the source has nearly word for word once they are back in their places counts.
    """
    here, mine = _first(statement), _once(statement)
    best: Swap | None = None
    for source in sources:
        there, theirs = _first(source), _once(source)
        common = [unit for unit in here if unit in mine and unit in theirs]

        def beside(one: str, other: str, there: dict[str, int] = there) -> bool:
            """Say whether two units stand together, as in "the yard and the county"."""
            return 1 in {abs(here[one] - here[other]), abs(there[one] - there[other])}

        found = names_change_places(statement, source, [common], belong=beside)
        if found and found.gain >= EXCHANGE_GAIN and found.share >= NEARLY:
            best = found if best is None or found.gain > best.gain else best
    if best is None:
        return None
    shown = {word.base: word.text for word in read_words(statement)}
    return shown.get(best.one, best.one.lstrip("#")), shown.get(best.other, best.other.lstrip("#"))


@lru_cache(maxsize=1_000)
def _first(text: str) -> dict[str, int]:
    """Return where each unit of a text stands first, in order; not to be changed."""
    found: dict[str, int] = {}
    for place, unit in enumerate(units(text)):
        found.setdefault(unit, place)
    return found


@lru_cache(maxsize=1_000)
def _once(text: str) -> frozenset[str]:
    return frozenset(unit for unit, times in Counter(units(text)).items() if times == 1)

"""How many typing errors lie between two words: letters left out, added, exchanged, or turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOWELS = frozenset("aeiouy")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def edits(one: str, other: str, most: int) -> int:
    """Return the edit distance of two words, neighbours turned round counting as one; `most` + 1 if beyond.

    It is Damerau's in its restricted form: no letter is changed twice.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, sign in enumerate(other, start=1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != sign))
            turned = row > 1 and column > 1 and letter == other[column - 2] and sign == one[row - 2]
            here.append(min(cost, before[column - 2] + 1) if turned else cost)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return min(last[-1], most + 1)


def one_edit_away(word: str) -> Iterator[str]:
    """Yield every string of ASCII letters that is one edit away and begins with the same letter."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def is_slip(typed: str, meant: str) -> bool:
    """Say whether a word comes of another by the commonest error of all.

    Two letters turned round, one doubled or not doubled, a vowel taken for another.
    """
    if len(typed) == len(meant):
        at = [place for place, pair in enumerate(zip(typed, meant, strict=True)) if pair[0] != pair[1]]
        there = [typed[place] for place in at], [meant[place] for place in at]
        return there[0] == there[1][::-1] or (len(at) == 1 and VOWELS.issuperset(there[0] + there[1]))
    shorter, longer = sorted((typed, meant), key=len)
    return any(
        longer[place] == longer[place - 1] and longer[:place] + longer[place + 1 :] == shorter
        for place in range(1, len(longer))
    )

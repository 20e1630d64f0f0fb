"""The scope of negations and doubts in a sentence: the verb, what is counted, or the rest of the clause."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.lexicon import FUNCTION_WORDS, IRREGULAR, listed
from assistant.language.thesaurus import antonyms, common_word
from assistant.language.words import Word, base_of

FARTHEST = 40
"""Words beyond which no denial reaches."""
UNTIL = frozenset({"until", "till"})
CLAUSE_LINKS_AFTER = UNTIL | {"unless"}
_PASSED = frozenset(
    listed("able longer later yet ever even still already nearly quite really fully far enough")
)
"""Between "not" and what is denied."""
AUXILIARIES = frozenset(
    listed(
        "is are was were be been has have had will would can could may might shall should must did does do"
    )
)
_UNDOING = re.compile(r"(?:un(?!i|der|til|to)|in|im|il|ir|dis|non-?)(?=[a-z]{4})")


def next_word(words: tuple[Word, ...], place: int) -> str:
    """Return the word after a place in lower case, empty at the end."""
    return words[place + 1].lower if place + 1 < len(words) else ""


def clause_end(words: tuple[Word, ...], place: int) -> int:
    """Return where the clause of a word ends."""
    end = place
    while end < min(len(words), place + FARTHEST) and words[end].clause == words[place].clause:
        end += 1
    if end < len(words) and words[end].lower in CLAUSE_LINKS_AFTER:
        end += 1
    return end


def rest_of_clause(words: tuple[Word, ...], place: int) -> list[int]:
    """Return the words that weigh in the rest of a clause."""
    return [at for at in range(place + 1, clause_end(words, place)) if weighs(words[at])]


def past(words: tuple[Word, ...], place: int) -> bool:
    """Say whether the form of a past, "came" or "closed", stands at a place."""
    if place >= len(words) or not weighs(words[place]):
        return False
    lower = words[place].lower
    return lower.endswith("ed") or (IRREGULAR.get(lower, lower) != lower and lower[-1] not in "sg")


def predicate(words: tuple[Word, ...], start: int, last: int) -> int | None:
    """Return where the verb of a clause stands: what weighs first after "was" or "will", or a past."""
    for at in range(start, min(len(words), start + FARTHEST)):
        if words[at].clause > last:
            return None
        if words[at].lower in AUXILIARIES:
            return next(iter(reach(words, at, 1)), None)
        if past(words, at):
            return at
    return None


def verb_before(words: tuple[Word, ...], place: int) -> int | None:
    """Return the word before "no" where a verb stands before it in its clause: "found no link"."""
    at = place - 1
    while at >= max(0, place - FARTHEST) and words[at].clause == words[place].clause:
        if words[at].lower in AUXILIARIES or (weighs(words[at]) and (at == place - 1 or past(words, at))):
            return place - 1
        at -= 1
    return None


def reach(words: tuple[Word, ...], place: int, most: int) -> list[int]:
    """Return the next words that weigh, within the clause; adverbs between are taken along."""
    found: list[int] = []
    counted = 0
    first, last = place + 1, words[place].clause
    if first < len(words) and words[first].lower == "that":
        last += 1
        first = after_subject(words, first, last)
    for other in range(first, min(len(words), first + FARTHEST)):
        word = words[other]
        if word.clause > last or counted == most:
            break
        if weighs(word) and word.lower not in _PASSED:
            found.append(other)
            counted += not word.lower.endswith("ly")
    return found


def subject_of_that(words: tuple[Word, ...], place: int) -> range:
    """Return the places of the subject of "that …" after a word: "no patients" may be denied patients."""
    if next_word(words, place) != "that":
        return range(0)
    return range(place + 2, after_subject(words, place + 1, words[place].clause + 1))


def after_subject(words: tuple[Word, ...], place: int, clause: int) -> int:
    """Return where what "that …" says of its subject begins: nobody denies that there is a subject."""
    for other in range(place + 1, min(len(words), place + FARTHEST)):
        if words[other].clause > clause:
            break
        if words[other].lower in AUXILIARIES:
            return other + 1
    return place + 1


@lru_cache(maxsize=20_000)
def root_of(word: str) -> str:
    """Return the base form of what a word like "unsafe", "invalid" or "disallowed" denies, or nothing."""
    found = _UNDOING.match(word)
    if found is None or word in {"unable", "unlike"}:
        return ""
    base, root = base_of(word), base_of(word[found.end() :])
    if root in antonyms().get(base, frozenset()) or base in antonyms().get(root, frozenset()):
        return root
    return root if found.group() in {"un", "non-"} and common_word(root) else ""


def weighs(word: Word) -> bool:
    """Say whether a word is one that can be denied or doubted: no name, no number, no function word."""
    return (
        word.is_word
        and word.lower not in FUNCTION_WORDS
        and not (word.capital or word.text[0].isdigit() or word.lower.endswith(("'s", "’s")))
    )

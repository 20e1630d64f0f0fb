"""Polarity of each word of a text: asserted or denied.

A denial reaches the head of what it governs: the verb after "not" or "failed to", what "no" counts and,
where that is the subject, its verb, the statement after "it is false that". A denial that is itself
denied, as in "not impossible to finish", denies nothing. What else stands in its reach may be denied or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from assistant.checking.rules.phrases import phrases
from assistant.checking.rules.reach import (
    AUXILIARIES,
    CLAUSE_LINKS_AFTER,
    FARTHEST,
    UNTIL,
    clause_end,
    next_word,
    past,
    predicate,
    reach,
    rest_of_clause,
    root_of,
    subject_of_that,
    verb_before,
    weighs,
)
from assistant.language.lexicon import DENIALS, listed
from assistant.language.words import Word, base_forms, read_words

SCOPE = 2
"""How many words after "not" may be denied: the verb, which certainly is, and what comes next."""
_DENYING = """deny refuse fail decline lack unable avoid refute dismiss absent absence failure refusal denial
    contradict dispute debunk reject neglect"""
_OF_SPEECH = "deny denial refute dismiss contradict dispute debunk reject"
"""Before a plain noun these may mean something else: who dismissed a lawsuit did not say there was none."""
_DENYING_PHRASES = frozenset(
    listed(
        """stop_short fall_short yet_to far_from anything_but rule_out run_out free_of decide_against
        vote_against nothing_like too_to stop_ing cease_to close_to
        out_of no_means no_idea resist_to"""
    )
)
_ENDING = frozenset({"stop_ing", "cease_to"})
"""What these deny was so before."""
_NO_DENIAL = frozenset(
    listed("only just necessarily merely simply least fewer less more longer later than matter doubt wonder")
)
_DEGREES = frozenset({"more", "less", "fewer", "longer", "later"})
_ONCE = frozenset(listed("did didn't didn’t was wasn't wasn’t were weren't weren’t had hadn't hadn’t"))
_UNTRUE = frozenset(
    listed(
        """false untrue wrong incorrect inaccurate untruth lie myth fiction baseless unfounded groundless
        fabricated bogus nonsense"""
    )
)
_UNKNOWING = frozenset({"unaware", "oblivious", "ignorant"})
_KNOWING = "know aware realise notice"
"""What somebody does not who is unaware of it or has no idea."""
_NEARLY = frozenset({"almost", "nearly"})
_PRONOUNS = frozenset(listed("nobody none nothing neither"))
_FEW = frozenset({"few", "little"})
_SLIGHT = frozenset(listed("hardly barely rarely scarcely seldom"))
_RULED_OUT = frozenset(listed("illegal unlawful unlikely impossible forbidden unwilling reluctant unaware"))
"""Before "to", "that" or "for … to" these deny what follows; elsewhere, as in "illegal drugs", they don't."""
_FORBIDDING = "ban bar prohibit prevent forbid block stop restrain keep deter"
"""Before "from …ing" these deny what follows."""
_FORBIDDEN_WITHIN = 6
"""Words between: "bans all drivers in the state from"."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The words of a text with those in the reach of a denial.

    `denials` has the words that each denial reaches: at least one of them is denied. The words that deny
    stand at `denying`. What is `ended` was so before. `undone` has, for the root of "unsafe" and the like,
    the places of those words.
    """

    words: tuple[Word, ...]
    at: dict[str, list[int]]
    denied: frozenset[int]
    perhaps_denied: frozenset[int]
    denials: tuple[tuple[int, ...], ...]
    ended: frozenset[int]
    denying: frozenset[int]
    undone: dict[str, list[int]]
    denies: bool

    def places(self, base: str) -> list[int]:
        """Return where a base form stands; not to be changed."""
        return self.at.get(base, [])


@dataclass(slots=True)
class _Reader:
    """What is found while a text is read from left to right."""

    words: tuple[Word, ...]
    denied: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)
    denials: list[tuple[int, ...]] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    denying: set[int] = field(default_factory=set)
    denies: bool = False

    def deny(self, by: int, certain: list[int], perhaps: list[int]) -> None:
        """Note what the word at a place denies; where that word is denied itself, it denies nothing."""
        self.denies = True
        self.denying.add(by)
        if by in self.denied:
            return
        self.denied.update(certain)
        self.perhaps.update(certain, perhaps)
        if certain:
            self.denials.append(tuple(certain))


@lru_cache(maxsize=2_000)
def stance(text: str) -> Stance:
    """Read a text for its denials and doubts."""
    words = read_words(text)
    joined = phrases(text)
    at: dict[str, list[int]] = {}
    undone: dict[str, list[int]] = {}
    reader = _Reader(words)
    for place, word in enumerate(words):
        at.setdefault(word.base, []).append(place)
        if place in joined:
            at.setdefault(joined[place][0], []).append(place)
        roots = (
            base_forms(_KNOWING)
            if word.lower in _UNKNOWING or joined.get(place) == ("no_idea", place + 1)
            else ()
        )
        for root in (root_of(word.lower), *roots):
            if root:
                undone.setdefault(root, []).append(place)
        _read_denial(reader, place, joined.get(place, ("", place)))
    return Stance(
        words=words,
        at=at,
        denied=frozenset(reader.denied),
        perhaps_denied=frozenset(reader.perhaps),
        denials=tuple(reader.denials),
        ended=frozenset(reader.ended),
        denying=frozenset(reader.denying),
        undone=undone,
        denies=reader.denies,
    )


def _read_denial(reader: _Reader, place: int, phrase: tuple[str, int]) -> None:
    """Note what the word at a place denies, if it is one that denies."""
    words = reader.words
    word, following = words[place], next_word(words, place)
    start = _governed_from(words, place, phrase)
    if start is not None:
        reader.deny(place, reach(words, start, 1), reach(words, start, SCOPE))
        if phrase[0] in _ENDING:
            reader.ended.update(reach(words, start, 1))
    elif _negates(words, place):
        _read_negation(reader, place)
    elif word.lower in _FEW and _is_few(words, place):
        reader.deny(place, [], [*reach(words, place, SCOPE), *rest_of_clause(words, place)])
    elif word.lower in _NEARLY and past(words, place + 1):
        reader.deny(place, [place + 1], [])
    elif word.lower in _UNTRUE or word.base in base_forms(_OF_SPEECH):
        _read_contradiction(reader, place)
    elif word.lower == "unless":
        reader.perhaps.update(rest_of_clause(words, place))
        return
    else:
        return
    if word.lower in {"deny", "denied"} and following == "that":
        reader.perhaps.update(subject_of_that(words, place))


def _governed_from(words: tuple[Word, ...], place: int, phrase: tuple[str, int]) -> int | None:
    """Return the place after which that stands which "failed", "stopped short of" or "bans …" denies."""
    if phrase[0] in _DENYING_PHRASES:
        return phrase[1]
    if words[place].base in base_forms(_DENYING) and words[place].base not in base_forms(_OF_SPEECH):
        return place
    return _forbids(words, place)


def _read_negation(reader: _Reader, place: int) -> None:
    """Note what "not", "no", "nobody", "without" and the like deny."""
    words = reader.words
    word, following = words[place], next_word(words, place)
    rest = rest_of_clause(words, place)
    if following in {"all", "every", "everyone", "everybody", "everything", "everywhere", "always", "both"}:
        reader.deny(place, [], rest)  # not everyone: some do, some don't
        return
    near = reach(words, place, 1)
    perhaps = [*reach(words, place, SCOPE), *subject_of_that(words, place)]
    if any(words[at].lower in CLAUSE_LINKS_AFTER for at in range(place, clause_end(words, place))):
        once = {word.lower, words[place - 1].lower if place else ""} & _ONCE
        until = any(words[at].lower in UNTIL for at in range(place, clause_end(words, place)))
        reader.deny(
            place, [], [] if once and until else [*near, *perhaps, *rest]
        )  # not until June: then it was
        return
    if (
        (word.lower == "no" and following != "longer")
        or word.lower in _PRONOUNS
        or (word.lower in _SLIGHT and following[:3] == "any")
    ):
        before = verb_before(words, place)
        if before is not None and word.lower in _PRONOUNS and weighs(words[before]):
            reader.deny(place, [before], [*near, *perhaps])
            return
        if before is not None:
            reader.deny(place, near, perhaps)
            reader.perhaps.add(before)  # who "found no link" did not find one
            if near:
                reader.denials[-1:] = [(before, *near, *perhaps)] if place not in reader.denied else []
            return
        verb = predicate(words, place + 1, words[place].clause + (word.lower == "neither"))
        reader.deny(place, [*near, *([] if verb is None else [verb])], [*perhaps, *rest])
        return
    reader.deny(place, near, perhaps)
    if following == "longer":
        reader.ended.update(near)


def _read_contradiction(reader: _Reader, place: int) -> None:
    """Note what "it is false that …" denies, "the claim that … was untrue" and "denied having …"."""
    words = reader.words
    word = words[place]
    end = clause_end(words, place)
    that = next((at for at in range(place + 1, min(end + 1, len(words))) if words[at].lower == "that"), None)
    if that is not None:
        verb = predicate(words, that + 1, words[that].clause)
        reader.deny(place, [] if verb is None else [verb], rest_of_clause(words, that))
    elif word.lower in _UNTRUE:
        back = range(place - 1, max(-1, place - FARTHEST), -1)
        claim = next((at for at in back if words[at].lower == "that"), None)
        if claim is not None:
            verb = predicate(words, claim + 1, words[claim].clause)
            reader.deny(place, [] if verb is None else [verb], rest_of_clause(words, claim))
    elif next_word(words, place).endswith("ing") or word.base not in base_forms("dismiss reject dispute"):
        reader.deny(place, reach(words, place, 1), reach(words, place, SCOPE))
    else:
        reader.deny(place, [], reach(words, place, SCOPE))


def _is_few(words: tuple[Word, ...], place: int) -> bool:
    """Say whether "few" stands alone: "a few" are some."""
    before = words[place - 1].lower if place else ""
    return before not in {"a", "the", "quite", "last", "next", "past", "first", "every", "not", "these"}


def _negates(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    following = next_word(words, place)
    if not (word.lower.endswith(("n't", "n’t")) or word.lower in DENIALS or word.lower in _SLIGHT):
        return False
    before = words[place - 1] if place else None
    than = any(words[at].lower == "than" for at in range(place + 2, min(place + 4, len(words))))
    contrast = before is not None and before.text in {",", "–", "—"} and word.lower == "not"
    aside = before is not None and before.lower in {"or", "if", "whether"} and word.lower == "not"
    stated = before is not None and before.lower in {*AUXILIARIES, "left", "leave", "leaves"}
    nothing_less = word.lower in {"nothing", "none"} and following in {"short", "less", "but", "other"}
    return not (contrast or aside or nothing_less) and (
        following not in _NO_DENIAL
        or (following in _DEGREES and not than)
        or (following in {"doubt", "matter"} and stated and word.lower == "no")
    )


def _forbids(words: tuple[Word, ...], place: int) -> int | None:
    """Return the place before what is said not to be or not to be allowed: "illegal for drivers to pump"."""
    word, following = words[place], words[place + 1 : place + 2 + _FORBIDDEN_WITHIN]
    if word.lower in _RULED_OUT and following and following[0].lower in {"to", "that", "for"}:
        if following[0].lower != "for":
            return place if following[0].lower == "that" else place + 1
        before = next((at for at, each in enumerate(following) if each.lower == "to"), None)
        return None if before is None else place + 1 + before
    if word.base in base_forms(_FORBIDDING):
        for at, (each, after) in enumerate(pairwise(following)):
            if each.lower == "from" and after.lower.endswith("ing"):
                return place + 1 + at
    return None

"""Phrasal verbs and idioms that mean something else than their words: "called off", "yet to"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.language.lexicon import REVERSE_ACTS, UNDOING_PHRASES, listed
from assistant.language.thesaurus import antonyms
from assistant.language.words import base_of, read_words

_PARTICLES = frozenset(
    listed("off out down up ahead through back away in over aside on forward apart by under along place part")
)
_APART = 4
"""Words that may stand between: "turned the new offer down"."""
_FIXED: dict[str, str] = {
    "stop_short": r"\bst(?:op|ops|opped|opping) short of\b",
    "fall_short": r"\bf(?:all|alls|ell|allen|alling) short of\b",
    "yet_to": r"\b(?:have|has|had|is|are|was|were) (?:\w+ )?yet to\b",
    "far_from": r"\b(?:[Ff]ar|a long way) from (?!the\b|a\b|here\b|home\b|[A-Z])",
    "anything_but": r"\banything but\b",
    "nothing_like": r"\bnothing like\b|\bnowhere near\b|\bnot nearly\b",
    "free_of": r"\bfree (?:of|from)\b",
    "decide_against": r"\b(?:decide[ds]?|rule[ds]?|advise[ds]?|recommend\w*|warn\w*) against\b",
    "vote_against": r"\bvot\w+ against\b(?= \w+ing\b)",
    "run_out": r"\br[ua]n(?:s|ning)? out of\b",
    "stop_ing": r"\b(?:stop(?:s|ped|ping)?|ceased?|quits?|avoid\w*) (?=[a-z]+ing\b)",
    "cease_to": r"\bcease[sd]? to\b",
    "close_to": r"\b(?:c[oa]mes?|came|coming) (?:within \w+ of|close to|near to|near) (?=[a-z]+(?:ing|e)\b)",
    "too_to": r"\btoo [a-z]+ (?:for (?:[\w']+ ){1,4}?)?to\b(?= [a-z]+\b)",
    "out_of": r"\b(?:is|are|was|were|been|be) out of\b",
    "no_means": r"\b(?:[Bb]y no means|[Ii]n no (?:way|sense)|[Aa]t no (?:time|point|stage)|[Oo]n no account|"
    r"[Uu]nder no circumstances)\b",
    "no_idea": r"\bno (?:idea|clue|knowledge|inkling|notion)\b",
    "resist_to": r"\b(?:resist|ignor|defi|reject|rebuff)\w* (?:\w+ ){0,2}"
    r"(?:calls?|pressure|demands?|pleas?|orders?) to\b",
}


@cache
def _shape() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _FIXED.items()))


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Return verb and particle of each phrase that has a reverse."""
    joined = {word for word in (*REVERSE_ACTS, *antonyms()) if word.count("_") == 1}
    joined |= UNDOING_PHRASES
    found = {(base_of(verb), particle) for verb, particle in (word.split("_") for word in joined)}
    return frozenset(pair for pair in found if pair[1] in _PARTICLES)


@cache
def undoing() -> frozenset[str]:
    """Return the names of the phrases of a verb and a particle that deny what they are said of."""
    return frozenset(
        f"{base_of(verb)}_{particle}" for verb, particle in (each.split("_") for each in UNDOING_PHRASES)
    )


@lru_cache(maxsize=2_000)
def phrases(text: str) -> dict[int, tuple[str, int]]:
    """Return by the place of its first word among those read each phrase and where its last word stands."""
    words = read_words(text)
    starts = {word.start: place for place, word in enumerate(words)}
    found: dict[int, tuple[str, int]] = {}
    for match in _shape().finditer(text):
        if match.start() in starts and match.lastgroup:
            first = starts[match.start()]
            found[first] = match.lastgroup, first + len(match.group().split()) - 1
    for place, word in enumerate(words):
        for at in range(place + 1, min(place + 1 + _APART, len(words))):
            if words[at].clause != word.clause:
                break
            if words[at].lower in _PARTICLES:
                if (word.base, words[at].lower) in _known():
                    found.setdefault(place, (f"{word.base}_{words[at].lower}", at))
                break
    return found

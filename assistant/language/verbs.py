"""English verbs and their forms, from WordNet by tools/make_verbs.py."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERBS_FILE = Path(__file__).parents[1] / "weights" / "verbs.json"

_GRADES = ("seldom", "maybe", "mostly")
_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
_DOUBLED = re.compile(r"(?:[^aeiou]|^|qu)[aeiou][^aeiouwxy]$")
"""What ends so doubles its last letter before -ed, if it has one syllable or stresses the last."""
_STRESSED = ("mit", "fer", "cur", "pel", "bel", "trol", "gret", "quip", "plot", "format")
_UNSTRESSED = ("offer", "suffer", "differ", "limit", "vomit", "label", "libel")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's infinitive, its past and its participle.

    `grade` says how often the word is a verb: 2 in most of its uses, 1 in some, 0 seldom.
    """

    infinitive: str
    past: str
    participle: str
    grade: int


def verb(word: str) -> Verb | None:
    """Return the verb that a word in lower case is the infinitive of, None where it is hardly ever one."""
    return _verbs().get(word)


def is_participle(word: str) -> bool:
    """Say whether a word in lower case may be a past participle ("built", "closed") or one in -ing."""
    if word in _participles():
        return True
    return (
        word.endswith("ing") and len(word) > len("bring") and any(base in _verbs() for base in _bases(word))
    )


def infinitive_of(past: str) -> str:
    """Return the infinitive of a past in lower case, empty where it is not the past of a known verb."""
    return _pasts().get(past, "")


def forms_of(word: str) -> frozenset[str]:
    """Return infinitive, past and participle of the verb that a word in lower case is a form of."""
    known = verb(word) or verb(infinitive_of(word)) or verb(_participle_of().get(word, ""))
    return frozenset((word, known.infinitive, known.past, known.participle) if known else (word,))


def third_person(infinitive: str) -> str:
    """Return the form of the present for "she": "wins", "tries", "goes"."""
    if infinitive.endswith("y") and infinitive[-2:-1] not in _VOWELS:
        return f"{infinitive[:-1]}ies"
    return f"{infinitive}es" if infinitive.endswith(_SIBILANTS) else f"{infinitive}s"


def regular_past(infinitive: str) -> str:
    """Return the past by rule: "closed", "tried", "planned"."""
    if infinitive.endswith("e"):
        return f"{infinitive}d"
    if infinitive.endswith("y") and infinitive[-2:-1] not in _VOWELS:
        return f"{infinitive[:-1]}ied"
    syllables = len(re.findall(r"[aeiouy]+", infinitive))
    stressed = syllables == 1 or (infinitive.endswith(_STRESSED) and infinitive not in _UNSTRESSED)
    return (
        f"{infinitive}{infinitive[-1]}ed" if stressed and _DOUBLED.search(infinitive) else f"{infinitive}ed"
    )


@cache
def _verbs() -> dict[str, Verb]:
    stored: dict[str, str] = json.loads(VERBS_FILE.read_text(encoding="utf-8"))
    found = {}
    for grade, name in enumerate(_GRADES):
        for told in stored[name].split():
            infinitive, *forms = told.split(":")
            past = forms[0] if forms else regular_past(infinitive)
            found[infinitive] = Verb(infinitive, past, forms[-1] if forms else past, grade)
    return found


@cache
def _participles() -> frozenset[str]:
    return frozenset(
        (
            "been",
            "being",
            "had",
            "done",
            *(each.participle for each in _verbs().values() if each.participle != each.infinitive),
        )
    )


@cache
def _pasts() -> dict[str, str]:
    """Return the infinitive of each past, of two with one past the one that is more often a verb."""
    ordered = sorted(_verbs().values(), key=lambda each: each.grade)
    return {each.past: each.infinitive for each in ordered}


@cache
def _participle_of() -> dict[str, str]:
    """Return the infinitive of each participle."""
    return {
        each.participle: each.infinitive for each in sorted(_verbs().values(), key=lambda each: each.grade)
    }


def _bases(word: str) -> tuple[str, ...]:
    """Return what a form in -ing may come from: "closing" from "close", "planning" from "plan"."""
    stem = word[: -len("ing")]
    return stem, f"{stem}e", stem[:-1]

"""What a source plans, asks for, attempts or holds possible, and a statement reports as done."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checking.rules.denials import AUXILIARIES, stance
from assistant.language.lexicon import listed
from assistant.language.verbs import forms_of, infinitive_of, verb
from assistant.language.words import base_forms, read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from assistant.language.words import Word

_MODALS = frozenset(listed("may might could would should must cannot will shall ought 'll ’ll"))
_CHAIN = (AUXILIARIES | _MODALS | {"having", "being"}) - {"to"}
_BE = frozenset(listed("is are was were be been being"))
_NO_SUBJECTS = frozenset(listed("to the a an of with by in no some any that its his her their"))
"""Right before a participle these make it an adjective, or an infinitive."""
_SKIPPED = frozenset(listed("not never also soon later yet ever still only already now then first n't n’t"))
_BEFORE_TO = """
    want wish need plan intend aim hope propose proposal seek expect threaten threat offer try attempt
    ask urge push recommend suggest pledge promise vow bid schedule due set likely unlikely refuse
    refusal decline fail failure agree order instruct advise warn encourage invite request demand
    pressure call tell prepare ready poise plot scheme talk willing eager reluctant effort option chance
    claim right vote appeal motion petition
"""
"""What is done "to" these words is not done by their being said."""
_BEFORE_ING = """
    consider propose suggest recommend discuss accuse suspect suspicion allege allegation charge deny
    plan mull contemplate risk avoid oppose favour favor rule aim attempt talk accusation idea claim
    warn near close threaten prevent
"""
"""The same of a form in -ing after them, a few words between."""
_BEFORE_THAT = """
    recommend suggest propose demand request urge ask insist deny fear hope expect allege claim accuse
    suspect doubt warn rumour rumor speculate possible likely unlikely false untrue
"""
"""The same of what follows "that"."""
_OPEN = frozenset({"whether", "if", "unless"})
_WITHIN_TO, _WITHIN_ING = 9, 6
"""Words in which a governing word is looked for: "asked the city's court in May to jail"."""
_ENDS = frozenset(".;:!?")
_ATTRIBUTED = re.compile(
    r"\b(?:said|says?|told|according to|claim|alleg|accus|suspect|report)", re.IGNORECASE
)
_CLAIMED = re.compile(r"\b(?:claim|alleg|accus|suspect|suspicion)", re.IGNORECASE)


def reported_as_done(statement: str, sources: Sequence[str], context: Sequence[str] = ()) -> str | None:
    """Return a verb that the statement reports as done and the sources nowhere do, though they have it.

    Only verbs that the sources have in an unrealised form, at every place, are returned: "may resign" and
    "asked the court to jail" for "resigned" and "jailed". Where `context` has it as done nothing is.
    """
    words = read_words(statement)
    if _ATTRIBUTED.search(statement) and any(_CLAIMED.search(text) for text in sources):
        return None  # it stays what somebody says
    for place, word in enumerate(words):
        if not (forms := _done(words, place, stance(statement).denied)):
            continue
        found = [realised for text in sources for realised in _uses(text, forms)]
        near = [realised for text in context for realised in _uses(text, forms)]
        if found and not any(found) and not any(near):
            return word.text
    return None


def _done(words: Sequence[Word], place: int, denied: Collection[int]) -> frozenset[str]:
    """Return the forms of the verb at a place if it is reported as done there, else none."""
    word = words[place]
    if not word.content or (word.capital and place) or word.lower in AUXILIARIES:
        return frozenset()
    forms = _forms(word.lower)
    if not forms or word.lower == _infinitive(word.lower) or word.lower.endswith("ing"):
        return frozenset()
    if place in denied or not _asserted(words, place):
        return frozenset()
    return forms


def _asserted(words: Sequence[Word], place: int) -> bool:
    """Say whether a verb is said of somebody as done: not "to be tested", "the infected animals"."""
    last = next((at for at in _before(words, place) if words[at].lower not in _CHAIN), -1)
    lower = words[last].lower if last >= 0 else ""
    return lower != "to" and not (last == place - 1 and lower in _NO_SUBJECTS) and _realised(words, place)


@lru_cache(maxsize=1_000)
def _uses(text: str, forms: frozenset[str]) -> tuple[bool, ...]:
    """Return for each use of a verb in a text whether it is reported as done there, or may be."""
    words = read_words(text)
    return tuple(_realised(words, place) for place, word in enumerate(words) if word.lower in forms)


@lru_cache(maxsize=5_000)
def _forms(word: str) -> frozenset[str]:
    """Return all forms of the verb that a word is the past or the participle of."""
    infinitive = _infinitive(word)
    if not infinitive:
        return frozenset()
    stem = infinitive[:-1] if infinitive.endswith("e") and not infinitive.endswith("ee") else infinitive
    ing = {f"{stem}ing", f"{infinitive}{infinitive[-1]}ing"}
    return forms_of(infinitive) | ing | {f"{infinitive}s", f"{infinitive}es", f"{infinitive[:-1]}ies"}


def _infinitive(word: str) -> str:
    if found := infinitive_of(word):
        return found
    return next((each for each in sorted(forms_of(word)) if verb(each) and each != word), "")


def _realised(words: Sequence[Word], place: int) -> bool:
    """Say whether the verb at a place is reported as done; of forms that may be nouns it is taken to be."""
    word, before = words[place].lower, _before(words, place)
    at = next(before, -1)
    chain: list[str] = []
    while at >= 0 and words[at].lower in _CHAIN:
        chain.append(words[at].lower)
        at = next(before, -1)
    if any(each in _MODALS for each in chain):
        told = {each.lower for each in words[at + 1 : place]}
        return "not" in told and {"would", "have"} <= told  # it would not have held: it did
    if chain[-1:] == ["having"]:
        return not _governed(words, at + 1, _BEFORE_ING, _WITHIN_ING)
    if at >= 0 and words[at].lower == "to" and (chain or verb(word)):
        return not _governed(words, at, _BEFORE_TO, _WITHIN_TO)
    if word.endswith("ing"):
        return bool(chain) or not _governed(words, place, _BEFORE_ING, _WITHIN_ING)
    if chain[:1] == ["be"] or (chain and _is_open(words, place)) or infinitive_of(word):
        return not (_is_open(words, place) or _after_that(words, place))
    return True


def _before(words: Sequence[Word], place: int) -> Iterator[int]:
    """Yield the places before one, adverbs and denials left out."""
    for at in range(place - 1, -1, -1):
        if words[at].lower not in _SKIPPED and not words[at].lower.endswith("ly"):
            yield at


def _governed(words: Sequence[Word], place: int, table: str, within: int) -> bool:
    """Say whether the nearest verb before a place, or a noun between, is of a table."""
    governing = base_forms(table)
    for at in range(place - 1, max(-1, place - 1 - within), -1):
        word = words[at]
        if word.text in _ENDS:
            return False
        if word.base in governing and not (word.capital and at):
            return True
        if word.lower in _BE:
            return at == place - 1 and words[place].lower == "to"  # "is to vote"
        if infinitive_of(word.lower) and not word.capital:
            return False  # "flew to Rome to meet"
    return False


def _clause_start(words: Sequence[Word], place: int) -> int:
    at = place
    while at and words[at - 1].clause == words[place].clause:
        at -= 1
    return at


def _is_open(words: Sequence[Word], place: int) -> bool:
    """Say whether the clause of a place begins with "whether" or "if"."""
    start = _clause_start(words, place)
    return words[start].lower in _OPEN or any(each.lower == "whether" for each in words[start:place])


def _after_that(words: Sequence[Word], place: int) -> bool:
    """Say whether the clause of a place is what somebody denies, fears or recommends."""
    at = _clause_start(words, place)
    return words[at].lower == "that" and at > 0 and words[at - 1].base in base_forms(_BEFORE_THAT)

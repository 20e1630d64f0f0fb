"""Attribution: the speaker that a statement names against the speakers of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.language.calendar_words import WEEKDAYS
from assistant.language.lexicon import FUNCTION_WORDS, PERSON_TITLES, listed
from assistant.language.words import Word, between, read_words

SAYING = frozenset(
    listed(
        """said says tells told announced declared noted added reported remarked commented explained wrote
    claimed insisted argued asserted stressed warned denied testified tweeted posted predicted
    acknowledged admitted suggested urged concluded stated recalled tweeted replied responded
    confirmed believes thinks called"""
    )
)
_FINDING = frozenset(listed("found finds shows showed revealed reveals suggests indicates indicated"))
"""With "that" behind them these say, too, who it is that says so."""
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i"])
_AUX = frozenset(listed("""has have had also was later then that who reportedly previously"""))
_MARKS_BEFORE = frozenset(",”\"'’?!")
_ACCORDING = re.compile(r"\b(?:according to|in the words of)\s+([^,.;]+)", re.IGNORECASE)
_ANYBODY = """official authority spokesman spokeswoman spokesperson report article source statement department
    agency company government newspaper paper researchers study"""
"""Words that may stand for many a speaker."""
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_VERBS = _BE | frozenset(listed("has have had will would can could may might must should does did"))
_ASIDE = frozenset({"in", "on", "at", "from", "during", "after", "late", "early"})
_STOPS = frozenset({"that", "and", "but", "as", "when", "while", "because", "who", "which"})
_NOBODY = frozenset(listed("first previously initially earlier reporters journalists today yesterday later"))
_DAYS = frozenset(WEEKDAYS)
_NO_ADVERBS = frozenset(listed("family ally assembly bully monopoly rally reply supply weekly monthly daily"))
_FEW = 3
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: base forms of the words for them, the names among these, and whether it is a pronoun.

    `text` begins at `start` in the text; `verb` is that of saying, "according to" where there is none.
    """

    text: str
    bases: frozenset[str]
    named: frozenset[str]
    pronoun: bool
    start: int = 0
    verb: str = "according to"


@lru_cache(maxsize=2_000)
def speakers(text: str) -> tuple[Speaker, ...]:
    """Return who speaks in a text, in order of the verbs of saying."""
    words = read_words(text)
    found = []
    for place, word in enumerate(words):
        following = words[place + 1].lower if place + 1 < len(words) else ""
        says = word.lower in SAYING or (word.lower in _FINDING and following == "that")
        passive = place > 0 and words[place - 1].lower in _BE
        if says and not passive and not (word.lower == "called" and following in {"for", "on", "off"}):
            run = _after(words, place) or _before(words, place)
            if run:
                found.append(replace(_speaker(text, run), verb=word.lower))
    for match in _ACCORDING.finditer(text):
        if match.group(1):
            run = [word for word in between(text, *match.span(1)) if word.is_word][:_LONGEST]
            if run:
                found.append(_speaker(text, run))
    return tuple(speaker for speaker in found if speaker.bases)


def _speaker(text: str, run: list[Word]) -> Speaker:
    kept = [word for word in run if word.lower not in FUNCTION_WORDS and word.lower not in _NOBODY]
    plain = [word for word in kept if word.lower.rstrip(".") not in PERSON_TITLES]
    names = frozenset(
        word.lower.replace(".", "")
        for word in plain
        if word.capital and (word.start != 0 or len(kept) < _FEW)
    )
    bases = frozenset(word.base for word in plain or kept)
    pronoun = len(run) < _FEW and any(word.lower in _PRONOUNS for word in run)
    if pronoun and not bases:
        bases = frozenset({run[0].base})
    return Speaker(text[run[0].start : run[-1].end], bases, names, pronoun, run[0].start)


def _after(words: tuple[Word, ...], place: int) -> list[Word]:
    """The subject after the verb: “…,” said Jane Doe."""
    if (
        place == 0
        or words[place - 1].text not in _MARKS_BEFORE
        or words[place].lower not in {"said", "says", "wrote", "added", "tweeted"}
    ):
        return []
    run: list[Word] = []
    for word in words[place + 1 : place + 1 + _LONGEST]:
        if word.text == "," and run and not run[0].capital:
            continue
        if run and word.lower in _VERBS and not word.capital:
            return []  # "The owner, Ann Lee, said Brown is ill": a clause, no speaker
        if not word.is_word or word.lower in {"in", "on", "at", "that", "after", "during", "who"}:
            break
        run.append(word)
    if run and (run[0].lower in _DAYS or (len(run) > 1 and run[0].lower in _PRONOUNS)):
        return []  # "The owner, Ann Lee, said Monday it was over", "… said it was over"
    return run if run and (run[0].capital or run[0].lower in {"the", "a", "an", *_PRONOUNS}) else []


def _before(words: tuple[Word, ...], place: int) -> list[Word]:
    """The subject before the verb, back to the beginning of its clause; an apposition is stepped over."""
    apposed: list[Word] = []
    at = place - 1
    if at >= 0 and words[at].text == "," and (opening := _apposition(words, at)) is not None:
        apposed = [word for word in words[opening + 1 : at] if word.is_word][:_LONGEST]
        at = opening - 1
    run = list(apposed)
    while at >= 0 and len(run) < 2 * _LONGEST:
        word = words[at]
        if not word.is_word and word.text not in {"-", ".", "’", "'"}:
            break
        if word.lower in _STOPS:
            break
        if word.lower in _ASIDE:
            run = list(apposed)  # "officials in Ohio on Monday said": those who speak stand before
            at -= 1
            continue
        if word.is_word and not (word.lower in _AUX or _is_adverb(word, at)):
            run.insert(0, word)
        at -= 1
    return run


def _is_adverb(word: Word, at: int) -> bool:
    """Say whether a word is one like "quickly"; "the family said" and "Mr Kelly said" are none."""
    return word.lower.endswith("ly") and word.lower not in _NO_ADVERBS and not (word.capital and at)


def _apposition(words: tuple[Word, ...], at: int) -> int | None:
    """Return where the comma is that opens what ends at the comma `at`."""
    for other in range(at - 1, max(-1, at - 16), -1):
        if words[other].text in {"”", '"', "."}:
            return None
        if words[other].text == ",":
            return other
    return None

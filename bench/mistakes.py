"""Mistakes planted into true sentences by rule: number, date, name, negation, speaker, swapped relation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.dates import dates
from assistant.language.lexicon import IRREGULAR
from assistant.language.names import Name, find_names
from assistant.language.numbers import numerals
from assistant.language.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator

KINDS = ("number", "date", "name", "negation", "speaker", "relation")
_MONTHS = [month.title() for month in MONTHS]
_DAYS = [day.title() for day in WEEKDAYS]
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|should|did|does|do)\b(?! not\b)"
)
_DENIED = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|should|did|does|do)(?: not|n['’]t)\b"
)
_PAST = re.compile(
    r"(?<= )([a-z]+ed|won|lost|took|made|gave|found|went|held|came|led|met|sold|bought|won)(?= )"
)
_SPOKEN = re.compile(r"\b(?:said|says|told|added|wrote|announced|tweeted|according to)\b", re.IGNORECASE)
_LISTED = re.compile(r"^(?:[^a-z]*|.*\b(?:and|or|with|than|vs|against each other)\b.*|\s*,.*)$", re.DOTALL)
_SYMMETRIC = re.compile(r"\b(?:met|married|between|both|together|alongside|joined|wed|dating|faced|and)\b")


def plant(kind: str, sentence: str, strangers: Sequence[str], random: Generator) -> str | None:
    """Return a sentence with one mistake of a kind, None where the sentence offers no place for it.

    `strangers` are names of the same article that the sentence does not have.
    """
    maker: Callable[[str, Sequence[str], Generator], str | None] = {
        "number": _number,
        "date": _date,
        "name": _name,
        "negation": _negation,
        "speaker": _speaker,
        "relation": _relation,
    }[kind]
    made = maker(sentence, strangers, random)
    return made if made and made != sentence else None


def _number(sentence: str, _: Sequence[str], random: Generator) -> str | None:
    taken = [(when.start, when.end) for when in dates(sentence)]
    free = [
        each
        for each in numerals(sentence)
        if sentence[each.start].isdigit()
        and not each.ordinal
        and not any(start <= each.start < end for start, end in taken)
        and not sentence[max(0, each.start - 1) : each.start].isalpha()
        and sentence[max(0, each.start - 1) : each.start] not in {"-", "/", "."}
    ]
    if not free:
        return None
    chosen = free[random.integers(len(free))]
    digits = re.match(r"[\d,.]*\d", sentence[chosen.start : chosen.end])
    if digits is None:
        return None
    others = {each.value for each in numerals(sentence)}
    changed = _other_number(digits.group(), random)
    if float(changed.replace(",", "")) in others:
        return None
    return sentence[: chosen.start] + changed + sentence[chosen.start + digits.end() :]


def _other_number(digits: str, random: Generator) -> str:
    """Change one digit, or the size, of a number as it is written."""
    value = float(digits.replace(",", ""))
    way = random.integers(3)
    if way == 0 and value >= 10 and "." not in digits:
        return _written(value * float(random.choice([10, 0.5, 2])), digits)
    if way == 1 and value >= 3 and "." not in digits:
        return _written(max(2.0, value + float(random.choice([-1, 1])) * max(1, round(value * 0.1))), digits)
    place = int(random.choice([at for at, mark in enumerate(digits) if mark.isdigit()]))
    other = str(random.choice([mark for mark in "123456789" if mark != digits[place]]))
    return digits[:place] + other + digits[place + 1 :]


def _written(value: float, like: str) -> str:
    whole = round(value)
    return f"{whole:,}" if "," in like or whole >= 10_000 else str(whole)


def _date(sentence: str, _: Sequence[str], random: Generator) -> str | None:
    found = [when for when in dates(sentence) if when.minutes is None and not when.phrase]
    if not found:
        return None
    when = found[random.integers(len(found))]
    text = when.text
    if when.weekday is not None:
        others = [day for day in _DAYS if not day.startswith(text[:3]) and day not in sentence]
        changed = str(random.choice(others))
    elif when.month and (when.year is None or random.integers(2)):
        month = next((month for month in _MONTHS if text.find(month[:3]) >= 0), None)
        others = [each for each in _MONTHS if each != month and each not in sentence]
        changed = re.sub(r"[A-Z][a-z]+\.?", str(random.choice(others)), text, count=1)
    else:
        year = re.search(r"\d{4}", text)
        if year is None:
            return None
        other = int(year.group()) + int(random.choice([-10, -3, -2, -1, 1, 2, 3]))
        if str(other) in sentence:
            return None
        changed = text.replace(year.group(), str(other))
    return sentence[: when.start] + changed + sentence[when.end :]


def _name(sentence: str, strangers: Sequence[str], random: Generator) -> str | None:
    found = [name for name in find_names(sentence) if name.start > 0]
    if not found or not strangers:
        return None
    name = found[random.integers(len(found))]
    other = str(random.choice(list(strangers)))
    return sentence[: name.words[0].start] + other + sentence[name.words[-1].end :]


def _negation(sentence: str, _: Sequence[str], random: Generator) -> str | None:
    if denied := _DENIED.search(sentence):
        return sentence[: denied.start()] + denied.group(1) + sentence[denied.end() :]
    auxiliary = _AUXILIARY.search(sentence)
    if auxiliary and not _quoted(sentence, auxiliary.start()):
        word = " never" if auxiliary.group(1) in {"has", "have", "had"} and random.integers(2) else " not"
        return sentence[: auxiliary.end()] + word + sentence[auxiliary.end() :]
    past = _PAST.search(sentence)
    if past is None or _quoted(sentence, past.start()):
        return None
    before = sentence[: past.start()].rsplit(maxsplit=1)[-1].lower()
    if before in {
        "a",
        "an",
        "the",
        "and",
        "or",
        "by",
        "of",
        "be",
        "been",
        "being",
        "with",
        "as",
        "newly",
        "has",
        "had",
        "have",
    }:
        return None
    return sentence[: past.start()] + "did not " + _infinitive(past.group(1)) + sentence[past.end() :]


def _infinitive(past: str) -> str:
    if past in IRREGULAR:
        return IRREGULAR[past]
    stem = past[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return (
        past[:-1]
        if stem[-1] in "cgsuvz"
        or stem.endswith(
            ("at", "ir", "ar", "in", "ag", "ak", "or", "dl", "bl", "pl", "tl", "id", "os", "ik", "id", "op")
        )
        else stem
    )


def _quoted(sentence: str, place: int) -> bool:
    before = sentence[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _speaker(sentence: str, strangers: Sequence[str], random: Generator) -> str | None:
    """Give a saying to another person: one of the article, or one of the sentence."""
    spoken = _SPOKEN.search(sentence)
    if spoken is None:
        return None
    found = find_names(sentence)
    near = [
        name for name in found if min(abs(name.start - spoken.end()), abs(spoken.start() - name.end)) <= 3
    ]
    if not near:
        return None
    speaker = near[0]
    inside = [name for name in found if name is not speaker and len(name.words) > 1]
    if inside and random.integers(2):
        return _exchange(sentence, speaker, inside[random.integers(len(inside))])
    if not strangers:
        return None
    other = str(random.choice(list(strangers)))
    return sentence[: speaker.words[0].start] + other + sentence[speaker.words[-1].end :]


def _relation(sentence: str, _: Sequence[str], random: Generator) -> str | None:
    """Exchange two names that a verb stands between."""
    found = [name for name in find_names(sentence) if len(name.text) > 2]
    pairs = [
        (one, other)
        for at, one in enumerate(found)
        for other in found[at + 1 : at + 2]
        if _related(sentence[one.end : other.start])
        and not {word.base for word in one.words} & {word.base for word in other.words}
    ]
    if not pairs:
        return None
    one, other = pairs[random.integers(len(pairs))]
    return _exchange(sentence, one, other)


def _related(between: str) -> bool:
    words = [word for word in read_words(between) if word.is_word]
    return (
        2 <= len(words) <= 10
        and not _SYMMETRIC.search(between)
        and any(word.lower.endswith("ed") or word.lower in IRREGULAR for word in words)
    )


def _exchange(sentence: str, one: Name, other: Name) -> str:
    first, second = sorted((one, other), key=lambda name: name.start)
    a, b = (first.words[0].start, first.words[-1].end), (second.words[0].start, second.words[-1].end)
    return (
        sentence[: a[0]]
        + sentence[b[0] : b[1]]
        + sentence[a[1] : b[0]]
        + sentence[a[0] : a[1]]
        + sentence[b[1] :]
    )

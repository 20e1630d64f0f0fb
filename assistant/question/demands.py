"""What a question binds: names, model numbers, years and other numbers that an answer has to be about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.dates import dates
from assistant.language.lexicon import FUNCTION_WORDS, PERSON_TITLES
from assistant.language.names import find_names
from assistant.language.spellings import plain_word
from assistant.language.thesaurus import common_word, dictionary_word
from assistant.language.words import base_of, frequencies, read_words
from ingest import bundled_encoder, content_stems, split_sentences

_YEAR = re.compile(r"(?<![\w.,$€£])(1[0-9]\d\d|20\d\d)(s)?(?![\w%]|[.,]\d)")
_NUMBER = re.compile(r"(?<![^\s(“\"'‘$€£–-])\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?(?=$|[\s.,;:!?)”\"'’%–-])")
"""A number that stands by itself: signs of a programming language around it make it none."""
_ABOUT = re.compile(
    r"\b(?:(?:more|less|fewer) than|over|about|around|nearly|almost|at least|up to|some|under|only|just) $",
    re.IGNORECASE,
)
"""What stands before a count, and counts are told in other figures: "over 25,000" is met by 25,401."""
_MOSTLY = 0.6
"""Share of the words with a capital from which capitals tell no names: titles, and questions shouted."""
_LEAST_WORDS = 3
_SHORTEST = 4
"""Letters of a word in lower case that is taken for a name because it is in no list of words."""
_DETERMINERS = frozenset(
    ("a", "an", "any", "each", "every", "her", "his", "its", "my", "no", "our", "some", "their")
)
_ENDINGS = ("s", "ing", "ed", "ly", "n't")
_NO_NAMES = frozenset((*MONTHS, *WEEKDAYS, *PERSON_TITLES, "i", "celsius", "fahrenheit", "god", "english"))


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a question is about; `words` are plain words, all of which are looked for.

    `number` follows the name ("Kestrel 5") or stands for itself; `year` is a year, or the first of a decade.
    `before` and `after` are the stems of the words beside it, by which another of its kind is known; where
    what comes after is its own ("Carovia's law"), `owns` is true. `sure` says that it is written as a name.
    """

    text: str
    words: tuple[str, ...] = ()
    number: str = ""
    year: int = 0
    decade: bool = False
    before: str = ""
    after: str = ""
    sure: bool = True
    owns: bool = False


@lru_cache(maxsize=500)
def demands(question: str) -> tuple[Demand, ...]:
    """Return what a question binds; of several that would do ("A or B") none.

    Of several sentences only those that ask bind: "I write for the Post. What caused the fire?"
    """
    asking = " ".join(each.text for each in split_sentences(question) if each.text.endswith("?"))
    if len(asking.split()) > _LEAST_WORDS:  # "True or false?" asks about what stands before it
        question = asking
    found = [*_named(question), *_counted(question)]
    return tuple(item for item in found if not _alternative(item.text, question))


def _alternative(told: str, question: str) -> bool:
    """Say whether "or" stands right before or behind what is told."""
    return bool(
        re.search(rf"\bor (?:the )?{re.escape(told)}|{re.escape(told)},? or\b", question, re.IGNORECASE)
    )


def _named(question: str) -> list[Demand]:
    words = [word for word in read_words(question) if word.is_word]
    capitals = [word for word in words if word.capital]
    spoken = len(words) < _LEAST_WORDS or len(capitals) <= _MOSTLY * len(words)
    found: list[Demand] = []
    taken: set[int] = set()
    for name in find_names(question) if spoken else ():
        plain = tuple(plain_word(word.text) for word in name.words)
        kept = tuple(word for word in plain if len(word) > 1 and word not in FUNCTION_WORDS | _NO_NAMES)
        if not kept:
            continue
        taken.update(word.start for word in name.words)
        first, last = name.words[0].start, name.words[-1].end
        found.append(_beside(question, first, last, kept, sure=True))
    before = ""
    for word in () if found else words:  # who writes names with a capital writes other words without
        plain_one = plain_word(word.text)
        if (
            word.start not in taken
            and before not in _DETERMINERS
            and not (spoken and word.capital and word.start)
            and _rare(plain_one, word.base)
        ):
            found.append(_beside(question, word.start, word.end, (plain_one,), sure=False))
        before = word.lower
    return sorted(found, key=lambda item: question.find(item.text))


def _rare(word: str, base: str) -> bool:
    """Say whether a word in lower case is in no list of ordinary words, and so may be a name.

    A plural, an adverb or a participle is none, nor is a word that the bundled model has a token for: with
    these, a question about paramedics was refused where the articles speak of ambulance crews.
    """
    if any(sign.isdigit() for sign in word):
        return not word[0].isdigit() and len(word) > 1
    known = word in _NO_NAMES or word in FUNCTION_WORDS or not content_stems(word)
    if known or len(word) < _SHORTEST or base in frequencies() or _ordinary(word):
        return False
    return not (word.endswith(_ENDINGS) or _inflected(word) or bundled_encoder().knows(word))


def _inflected(word: str) -> bool:
    """Say whether a word is an ordinary one with an ending: "dearer", "easiest", "nicest", "cavemen"."""
    if word.endswith("men"):
        return _ordinary(f"{word.removesuffix('men')}man")
    stem = word.removesuffix("est").removesuffix("er")
    if stem == word or stem in FUNCTION_WORDS:
        return False
    forms = {stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem, f"{stem.removesuffix('i')}y"}
    return any(form not in FUNCTION_WORDS and _ordinary(form) for form in forms)


def _ordinary(word: str) -> bool:
    return base_of(word) in frequencies() or common_word(base_of(word)) or dictionary_word(word)


def _beside(question: str, start: int, end: int, words: tuple[str, ...], *, sure: bool) -> Demand:
    number = re.match(r"(?:['’]s?)?[\s-]+(\d{1,4})(?![\w,.:%]*\d|\w|%)", question[end:])
    model = number[1] if number and not _YEAR.fullmatch(number[1]) else ""
    told = question[start : end + (number.end() if number and model else 0)]
    before, after = _neighbours(question, start, start + len(told))
    owns = bool(re.match(r"['’]s?\s", question[end:]) or re.search(r"['’]s?$", told))
    return Demand(_bare(told), words, number=model, before=before, after=after, sure=sure, owns=owns)


def _bare(told: str) -> str:
    return re.sub(r"['’]s?$", "", told)


def _neighbours(question: str, start: int, end: int) -> tuple[str, str]:
    """Return the stems of the content words right before and right after, empty where there is none."""
    words = [word for word in read_words(question) if word.text not in {"'", "’"}]
    before = [word for word in words if word.end <= start][-1:]
    after = [word for word in words if word.start >= end and word.lower != "s"][:1]
    kept = [
        next((word.base for word in side if word.content and not word.text[0].isdigit()), "")
        for side in (before, after)
    ]
    return kept[0], kept[1]


def _counted(question: str) -> list[Demand]:
    found = []
    for match in _YEAR.finditer(question):
        before, after = _neighbours(question, match.start(), match.end())
        year = Demand(match.group(), year=int(match[1]), decade=bool(match[2]), before=before, after=after)
        found.append(year)
    told = [match.span() for match in _YEAR.finditer(question)]
    told += [(when.start, when.end) for when in dates(question)]  # "February 11" says when, as "17th" may
    found += [
        Demand(match.group(), number=re.sub(r"\D+$", "", match.group()))
        for match in _NUMBER.finditer(question)
        if not any(start <= match.start() < end for start, end in told)
        and "," not in match.group()
        and not _ABOUT.search(question[: match.start()])
    ]
    return found

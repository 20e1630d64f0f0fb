"""Named entities by capitalisation, and whether a source has a name in one of its forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.lexicon import FUNCTION_WORDS, HOMES, NICKNAMES, PERSON_TITLES, listed
from assistant.language.numbers import NUMBER_WORDS
from assistant.language.speech import SAYING
from assistant.language.words import Word, frequencies, read_words

_INNER = frozenset(listed("""of the and for de la van von der del da di bin al"""))
_NO_NAMES = frozenset((*MONTHS, *WEEKDAYS, "i", "mr", "mrs", "ms", "dr", "st", "celsius", "fahrenheit"))
_OPENERS = frozenset(
    listed(
        """according however meanwhile although despite after before while since during following earlier
    later last next this these those some many most several few both each every another other others
    additionally moreover furthermore overall finally first second third also instead still yet even
    only now today yesterday police officials authorities people experts researchers scientists
    critics supporters residents prosecutors lawmakers investigators workers voters students women
    men children parents doctors companies investors analysts state federal local former more less
    about nearly almost over under around between among within without until upon president prime
    minister no not there here then when where why how what who all any such
    nobody nothing none neither never hardly barely scarcely rarely seldom few little unlike everyone
    everybody everything someone somebody anyone anybody far instead unless except"""
    )
)
_SHORTEST = 3
"""Letters of an acronym that takes in small words, as in "department of the interior"."""
_LONGEST = 12
"""Letters of the longest acronym: a headline of capitals would have as many as pairs of its words."""
_CORPORATE = frozenset(listed("""inc corp co ltd llc plc group company corporation"""))


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words; `words` are those without titles ("Mr") and function words."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]


@lru_cache(maxsize=2_000)
def find_names(text: str) -> tuple[Name, ...]:
    """Return the named entities of a text in reading order."""
    found: list[Name] = []
    run: list[Word] = []
    words = read_words(text)
    for place, word in enumerate(words):
        if _is_name(words, place):
            if run and not _together(text, run[-1], word):
                found.append(_name(text, run))
                run = []
            run.append(word)
    if run:
        found.append(_name(text, run))
    return tuple(name for name in found if name.words)


def _together(text: str, one: Word, other: Word) -> bool:
    between = text[one.end : other.start].strip(" .\u00a0")
    return not between


def _name(text: str, run: list[Word]) -> Name:
    bare = tuple(word for word in run if word.lower.rstrip(".") not in PERSON_TITLES)
    return Name(text[run[0].start : run[-1].end], run[0].start, run[-1].end, bare)


def _is_name(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    if not word.is_word or not any(letter.isupper() for letter in word.text) or word.lower in _NO_NAMES:
        return False
    if any(letter.isupper() for letter in word.text[1:]):
        return True  # NATO, McDonald, iPhone
    if _opens(words, place):
        following = words[place + 1] if place + 1 < len(words) else None
        if word.lower in FUNCTION_WORDS or word.lower in _OPENERS or word.lower in NUMBER_WORDS:
            return False
        return bool(following and following.is_word and following.capital) or not _common(word, following)
    return len(word.text) > 1 or (place + 1 < len(words) and words[place + 1].capital)


def _opens(words: tuple[Word, ...], place: int) -> bool:
    """Say whether a word begins a sentence or a quotation, where any word has a capital."""
    return place == 0 or words[place - 1].text in set('.!?:“”"‘')


def _common(word: Word, following: Word | None) -> bool:
    """Say whether the first word of a sentence is an ordinary one; in "Brown said" it is a name."""
    speaks = following is not None and following.lower in SAYING and not word.lower.endswith("s")
    return word.base in frequencies() and not speaks


_COMPASS = frozenset(listed("north south east west northern southern eastern western"))
_ANY = "*"
_NEAR, _KNOWN_BY = 5, 4
"""Within how many words of "North" the rest of its name stands ("North and South Carolina"), and how many
letters of it are compared: "Korea" and "Korean" share these."""


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of a source that a name may be found in."""

    bases: frozenset[str]
    lowers: frozenset[str]
    initials: frozenset[str]
    sides: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, *texts: str) -> SourceWords:
        """Collect the words of the texts and the initials of their names."""
        words = [word for text in texts for word in read_words(text) if word.is_word]
        lowers = {_plain(word.text) for word in words}
        joined = {part for lower in lowers for part in lower.replace("&", " ").split()}
        return cls(
            frozenset(word.base for word in words),
            frozenset(lowers | joined),
            frozenset(initials for text in texts for initials in _initials(text)),
            frozenset(
                (word.lower, near)
                for at, word in enumerate(words)
                if word.lower in _COMPASS
                for near in (
                    _any_of(words[max(0, at - 1)], words[min(at + 1, len(words) - 1)]),
                    *(w.lower[:_KNOWN_BY] for w in words[at + 1 : at + _NEAR]),
                )
            ),
        )


def missing(name: Name, known: SourceWords) -> tuple[str, ...]:
    """Return the words of a name that the source has in no form: short, initials, nickname, demonym."""
    if _plain(name.text) in known.initials:
        return ()
    if _acronym(name.words) in known.lowers and len(name.words) > 1:
        return ()
    return tuple(
        word.text
        for at, word in enumerate(name.words)
        if not _has(word, known) or _of_another(word, name.words[at + 1 : at + 2], known)
    )


def _any_of(before: Word, after: Word) -> str:
    """Return what "the North" may belong to where no name follows: any."""
    return _ANY if before.lower == "the" and (not after.capital or after.lower in _COMPASS) else ""


def _of_another(word: Word, following: tuple[Word, ...], known: SourceWords) -> bool:
    """Say whether the source has the "North" of a "North Carolina" before other names only."""
    if word.lower not in _COMPASS or word.lower not in known.lowers or not following:
        return False
    wanted = (following[0].lower[:_KNOWN_BY], _ANY)
    return all((word.lower, near) not in known.sides for near in wanted)


def _has(word: Word, known: SourceWords) -> bool:
    plain = _plain(word.text)
    if plain in known.lowers or word.base in known.bases or plain in known.initials or plain in _CORPORATE:
        return True
    if len(plain) == 1:  # "J." for a name that begins so
        return any(other.startswith(plain) for other in known.lowers)
    parts = [part for part in word.lower.replace("&", " ").replace("-", " ").split() if part]
    if len(parts) > 1 and all(part in known.lowers for part in parts):
        return True
    if HOMES.get(plain, frozenset()) & known.lowers or HOMES.get(plain, frozenset()) & known.initials:
        return True
    return any(plain in group and group & known.lowers for group in NICKNAMES)


def _plain(text: str) -> str:
    lower = text.lower().replace("’", "'")
    lower = lower.removesuffix("'s").removesuffix("'")
    return lower.replace(".", "") if "." in lower else lower


def _acronym(words: tuple[Word, ...]) -> str:
    return "".join(word.lower[0] for word in words if word.lower not in _INNER)


@lru_cache(maxsize=2_000)
def _initials(text: str) -> frozenset[str]:
    """Return the initials of each run of capitalised words: "nato" for North Atlantic Treaty Organization."""
    found: set[str] = set()
    run: list[str] = []
    for word in (*read_words(text), None):
        if word is not None and word.is_word and (word.capital or (run and word.lower in _INNER)):
            run.append(word.lower)
            continue
        strong = [lower for lower in run if lower not in _INNER]
        for first in range(len(strong)):
            for last in range(first + 2, min(len(strong), first + _LONGEST) + 1):
                found.add("".join(lower[0] for lower in strong[first:last]))
        everything = "".join(lower[0] for lower in run)
        if len(everything) >= _SHORTEST:
            found.add(everything)
        run = []
    return frozenset(found)

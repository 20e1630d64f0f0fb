"""Names of papers within a question: in full, by their last word, by the letters that all know them by."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import listed
from assistant.language.words import frequencies, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPER_WORDS = frozenset(
    listed(
        """times post gazette herald tribune journal guardian telegraph chronicle observer mail courier
    dispatch examiner inquirer sentinel independent star sun mirror express standard globe record
    bulletin argus echo advertiser reporter spectator economist bbc cnn nbc cbs abc npr pbs cnbc msnbc
    itv cbc afp reuters bloomberg daily news press weekly magazine newspaper"""
    )
)
"""Last words of names that are a paper's: "the Post" may stand for the Inland Post, "China" for nothing."""

_TOO_COMMON = frozenset(listed("daily news press weekly magazine newspaper today online"))
_BROADCASTERS = frozenset(listed("bbc cnn nbc cbs abc npr pbs cnbc msnbc itv cbc afp rte"))
_INSTITUTIONS = frozenset(
    listed(
        """house senate state nation union crown court bank city county church government parliament commons
    lords"""
    )
)
"""Words that stand for something public far more often than for the paper that is called so."""

_DOMAIN = re.compile(
    r"^(?:www\.)?([\w-]+(?:\.[\w-]+)*?)\.(?:com|org|net|co\.uk|news|example|[a-z]{2})$", re.IGNORECASE
)
_MADE_OF_LETTERS = 40
_SHORT = 3  # letters of words that titles write small
_SOME = 3  # words that make it a habit


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name of papers in a question.

    `unmistakable` says that, as it is written, it is hardly anybody else's.
    """

    start: int
    end: int
    sources: frozenset[str]
    unmistakable: bool


def bare_name(name: str) -> str:
    """Return the words of a name in lower case, without "the" and without what makes it an address."""
    found = _DOMAIN.match(name.strip())
    if found and (run := found[1].casefold().removeprefix("the")):
        return " ".join(re.findall(r"[^\W_]+", run))
    words = re.findall(r"[^\W_]+", name.casefold().replace("’s", "s").replace("'s", "s"))
    return " ".join(words[1:] if words[:1] == ["the"] and words[1:] else words)


def occurrences(question: str, sources: Sequence[str]) -> list[Occurrence]:
    """Return the names of sources in a question, in its order; of overlapping ones the longest."""
    found: list[Occurrence] = []
    shouted = _all_capitals(question)
    plain = re.sub(r"[^\w]", "", question.casefold())
    for alias, names, short in _aliases(tuple(sources)):
        if alias.replace(" ", "") not in plain:
            continue
        for place in _pattern(alias).finditer(question):
            item = _occurrence(place, alias, names, short=short, shouted=shouted)
            if item is not None:
                found.append(item)
    kept: list[Occurrence] = []
    for item in sorted(found, key=lambda each: each.start - each.end):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda each: each.start)


def _occurrence(
    place: re.Match[str], alias: str, names: frozenset[str], *, short: bool, shouted: bool
) -> Occurrence | None:
    words, article = alias.split(" "), place["the"] or ""
    is_titled = _titled(place["name"]) and not shouted
    if short and not (article and is_titled):
        return None  # "the Post", and never "post"
    titled_the = is_titled and article == "The " and place.start() > 0
    sure = bool(place["kind"]) or titled_the  # "Time magazine", "in The Week"
    if len(words) > 1:
        certain = True
        unmistakable = is_titled or words[-1] in PAPER_WORDS
    elif _ordinary(words[0]):
        institution = bool(article) and words[0] in _INSTITUTIONS
        certain = is_titled and not institution
        unmistakable = certain and (words[0] in PAPER_WORDS or not article)
    else:
        certain = True
        unmistakable = not article or words[0] in PAPER_WORDS  # "in the Atlantic" is in no paper
    if not (certain or sure):
        return None
    return Occurrence(place.start(), place.end(), names, unmistakable=sure or unmistakable)


def _titled(name: str) -> bool:
    """Say whether a name is written as one: every word of it but the smallest with a capital."""
    words = re.findall(r"[^\W_]+", name)
    return all(not word[0].islower() for word in words if word.lower() not in {"of", "and", "the", "for"})


def _ordinary(word: str) -> bool:
    """Say whether a name is also a common word, so that only its capital tells them apart."""
    read_as = read_words(word)
    return word in PAPER_WORDS - _BROADCASTERS or any(item.base in frequencies() for item in read_as)


@lru_cache(maxsize=8)
def _aliases(sources: tuple[str, ...]) -> tuple[tuple[str, frozenset[str], bool], ...]:
    """Return names in bare words with the sources that each stands for, and whether it is only a part."""
    full: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        if bare := bare_name(source):
            full[bare].add(source)
    short: dict[str, set[str]] = defaultdict(set)
    for bare in full:
        words = bare.split(" ")
        if len(words) > 1 and words[-1] in PAPER_WORDS - _TOO_COMMON:
            short[words[-1]].add(bare)
        if len(words) > 1 and words[0] in _BROADCASTERS:
            short[words[0]].add(bare)
    named = [(alias, frozenset(names), False) for alias, names in full.items()]
    parts = [
        (alias, frozenset(full[next(iter(bares))]), alias not in _BROADCASTERS)
        for alias, bares in short.items()
        if len(bares) == 1 and alias not in full
    ]
    return (*named, *parts)


@lru_cache(maxsize=4_000)
def _pattern(alias: str) -> re.Pattern[str]:
    """Match a name however its words are parted: "USA Today" is called usatoday.com, too."""
    gap = r"[\s.&-]*(?:['’](?!s\b))?"
    letters = gap.join(re.escape(letter) for letter in alias.replace(" ", "")[:_MADE_OF_LETTERS])
    words = r"[\s.&-]+".join(re.escape(word) + r"['’]?" for word in alias.split(" "))
    name = letters if " " not in alias else words
    return re.compile(
        rf"(?<![\w-])(?P<the>the )?(?P<name>{name})(?:\.com|\.org|\.co\.uk)?"
        r"(?P<kind> (?:magazine|newspaper|website))?(?![\w-])",
        re.IGNORECASE,
    )


def _all_capitals(question: str) -> bool:
    """Say whether a question is written in capitals, or as a title, so that capitals tell nothing."""
    words = [word for word in re.findall(r"[^\W\d_]+", question) if len(word) > _SHORT]
    return len(words) >= _SOME and all(word[0].isupper() for word in words)

"""Whether a statement denies what the source says; how a text stands to each of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from assistant.checking.rules.directions import reverses
from assistant.language.lexicon import DENIALS, FUNCTION_WORDS, listed
from assistant.language.words import FAR, Word, all_bases, base_forms, content, read

SCOPE = 2
"""How many words after "not" may be denied: the verb, which certainly is, and what comes next."""
_DENYING = (
    """deny refuse fail decline lack unable avoid refute dismiss absent absence failure refusal denial"""
)
_NO_DENIAL = frozenset(
    listed("""only just necessarily merely simply least fewer less more later longer than matter doubt""")
)
_IMPLIED = """abstain reject block cancel stop halt prevent ban prohibit lose empty instead shut dark
    without quit exclude outage unlike except miss nonsense untrue false hoax baseless unfounded undisputed"""
"""Words that deny without saying not: an answer that says "not" of them may be right."""
_AGAINST_RULES = "illegal unlawful crime offence offense bar forbid unlikely impossible"
"""What an answer may say instead of "must not" or "will not"."""
_IMPLIED_PAIRS = frozenset({("rule", "out"), ("turn", "down"), ("call", "off"), ("leav", "out")})
_RULED_OUT = frozenset(listed("illegal unlawful unlikely impossible forbidden"))
"""Before "to", "that" or "for … to" these deny what follows; elsewhere, as in "illegal drugs", they don't."""
_FORBIDDING = "ban bar prohibit prevent forbid block stop restrain"
"""Before "from …ing" these deny what follows."""
_FORBIDDEN_WITHIN = 6
"""Words between: "bans all drivers in the state from"."""
_DEGREES = frozenset({"more", "less", "fewer"})
_MODALS = frozenset(listed("may might could would can should ought must"))
_ALLEGED = """allege alleged allegedly accuse suspect suspected reportedly claim rumor rumour believe
    accusation allegation charge whether speculate speculation suspicion"""
"""Words for what somebody holds to be so: it doesn't become a fact by being put into the future."""
_MAYBE = f"""possible possibly perhaps potential potentially likely probably appear seem plan intend aim
    hope propose consider seek want expect expected threaten offer try attempt ask urge push
    recommend suggest pledge promise vow bid hopeful
    eligible estimate forecast project predict anticipate schedule due {_ALLEGED}"""
_CONDITIONS = frozenset(listed("if unless provided providing assuming depending"))
_HIGHER = re.compile(r"\b(?:no|never|nothing|none|nobody)\b.*\b(?:[a-z]+er|more|less)\b", re.IGNORECASE)
_HIGHEST = re.compile(r"\b(?:the|its|his|her|their)\b (?:[\w-]+ )?(?:[a-z]+(?<!t)est|most|least|record)\b")
_NO_LINK = re.compile(
    r"\bno (?:\w+ )?(link|evidence|connection|proof|sign|indication|relation\w*|basis|correlation)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_NEED_TO = frozenset(listed("need needs needed has have had"))
_AUXILIARIES = frozenset(
    listed(
        "is are was were be been has have had will would can could may might shall should must did does do"
    )
)
_LATER = frozenset({"will", "shall", "'ll", "’ll", "won't", "won’t"})


@dataclass(frozen=True, slots=True)
class Stance:
    """The words of a text with the words in the reach of a denial, of a doubt, and of the future."""

    words: tuple[Word, ...]
    at: dict[str, list[int]]
    denied: frozenset[int]
    perhaps_denied: frozenset[int]
    doubted: frozenset[int]
    alleged: frozenset[int]
    later: frozenset[int]
    denies: bool
    doubts: bool

    def places(self, base: str) -> list[int]:
        """Return where a base form stands; not to be changed."""
        return self.at.get(base, [])


@lru_cache(maxsize=2_000)
def stance(text: str) -> Stance:
    """Read a text for its denials and doubts."""
    words = read(text)
    at: dict[str, list[int]] = {}
    denied: set[int] = set()
    perhaps: set[int] = set()
    doubted: set[int] = set()
    later: set[int] = set()
    alleged: set[int] = set()
    denies = doubts = False
    for place, word in enumerate(words):
        at.setdefault(word.base, []).append(place)
        if _denies(words, place):
            denies = True
            denied.update(_reach(words, place, 1))
            if word.lower == "no" and place:
                perhaps.add(place - 1)  # who "found no link" did not find one
            perhaps.update(_reach(words, place, SCOPE), _subject_of_that(words, place))
        elif (start := _forbids(words, place)) is not None:
            denies = True
            denied.update(_reach(words, start, 1))
            perhaps.update(_reach(words, start, SCOPE))
        elif (
            (word.lower in _MODALS and (place == 0 or not word.capital))  # the month of May is no doubt
            or (word.base in base_forms(_MAYBE) and not word.text.istitle())
            or word.lower in _CONDITIONS
            or (word.lower in _NEED_TO and place + 1 < len(words) and words[place + 1].lower == "to")
        ):
            doubts = True
            doubted.update(_reach(words, place, 1 if word.lower in _MODALS else SCOPE + 1))
            if word.base in base_forms(_ALLEGED):
                alleged.update(_reach(words, place, SCOPE + 1))
        elif word.lower in _LATER or _is_to(words, place):
            later.update(_reach(words, place, SCOPE))
    return Stance(
        words=words,
        at=at,
        denied=frozenset(denied),
        perhaps_denied=frozenset(perhaps),
        doubted=frozenset(doubted),
        alleged=frozenset(alleged),
        later=frozenset(later),
        denies=denies,
        doubts=doubts,
    )


def _is_to(words: tuple[Word, ...], place: int) -> bool:
    """Say whether "is to" stands here: the school is to close."""
    return (
        words[place].lower in {"is", "are", "was", "were"}
        and place + 1 < len(words)
        and words[place + 1].lower == "to"
    )


def _denies(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    following = words[place + 1].lower if place + 1 < len(words) else ""
    if word.lower.endswith(("n't", "n’t")) or word.lower in DENIALS:
        contrast = place > 0 and words[place - 1].text in {",", "–", "—"} and word.lower == "not"
        than = place + 2 < len(words) and words[place + 2].lower == "than"
        return not contrast and (following not in _NO_DENIAL or (following in _DEGREES and not than))
    return word.base in base_forms(_DENYING)


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


def _reach(words: tuple[Word, ...], place: int, most: int) -> list[int]:
    """Return the next words that weigh, within the clause; adverbs between are taken along."""
    found: list[int] = []
    counted = 0
    first, last = place + 1, words[place].clause
    if first < len(words) and words[first].lower == "that":
        last += 1
        first = _after_subject(words, first, last)
    for other in range(first, len(words)):
        word = words[other]
        if word.clause > last or counted == most:
            break
        if weighs(word) and word.lower != "able":
            found.append(other)
            counted += not word.lower.endswith("ly")
    return found


def _subject_of_that(words: tuple[Word, ...], place: int) -> range:
    """Return the places of the subject of "that …" after a word: "no patients" may be denied patients."""
    if place + 1 == len(words) or words[place + 1].lower != "that":
        return range(0)
    return range(place + 2, _after_subject(words, place + 1, words[place].clause + 1))


def _after_subject(words: tuple[Word, ...], place: int, clause: int) -> int:
    """Return where what "that …" says of its subject begins: nobody denies that there is a subject."""
    for other in range(place + 1, len(words)):
        if words[other].clause > clause:
            break
        if words[other].lower in _AUXILIARIES:
            return other + 1
    return place + 1


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A word that one side denies or doubts and the other does not."""

    word: str
    source_denies: bool


def turns_unless(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether "without …, no …" may say what "not … unless …" says."""
    return bool(_WITHOUT.search(statement)) and any(_UNLESS.search(source) for source in sources)


def unproven(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return that of which the source says there is none, where the statement takes it for given."""
    if stance(statement).denies or stance(statement).doubts:
        return None
    mine = content(statement)
    for source in sources:
        for match in _NO_LINK.finditer(source):
            linked = content(source[match.end() : match.end() + FAR])
            stated = re.search(match.group(1), statement, re.IGNORECASE)
            if not stated and len(mine & linked) >= SCOPE and len(mine & linked) * 2 > len(mine):
                return match.group()
    return None


def denial(statement: str, sources: tuple[str, ...]) -> Mismatch | None:
    """Return a word that is denied on one side only, None where both say the same."""
    if turns_unless(statement, sources):
        return None
    mine, theirs = stance(statement), [stance(source) for source in sources]
    affirms = not mine.denies and not _implies(mine) and base_forms(_AGAINST_RULES).isdisjoint(mine.at)

    @cache
    def denied(base: str, lower: str) -> tuple[bool, bool]:
        """Say whether a word is denied wherever it stands in the sources, and whether perhaps somewhere."""
        stands = _stands(base, lower, theirs)
        perhaps = any(at in other.perhaps_denied for other, at in stands)
        return bool(stands) and all(at in other.denied for other, at in stands), perhaps or not stands

    for place, word in enumerate(mine.words):
        if not weighs(word):
            continue
        everywhere, perhaps = denied(word.base, word.lower)
        if place in mine.denied and not perhaps:
            if not (_excluded(statement, sources) or _reversed(word.base, sources)):
                return Mismatch(word.text, source_denies=False)
        elif everywhere and affirms:
            return Mismatch(word.text, source_denies=True)
    if mine.denies and not any(other.denies or _implies(other) for other in theirs):
        denied_words = [mine.words[place] for place in sorted(mine.denied)]
        if not any(_reversed(word.base, sources) for word in denied_words) and not _compares(
            statement, sources
        ):
            return Mismatch(denied_words[0].text if denied_words else "not", source_denies=False)
    return None


def _stands(base: str, lower: str, theirs: list[Stance]) -> list[tuple[Stance, int]]:
    """Return where a word stands in the sources, in its own form if it does, else in any."""
    any_form = [(other, at) for other in theirs for at in other.places(base)]
    same_form = [(other, at) for other, at in any_form if other.words[at].lower == lower]
    return same_form or any_form


def weighs(word: Word) -> bool:
    """Say whether a word is one that can be denied or doubted: no name, no number, no function word."""
    return (
        word.is_word and word.lower not in FUNCTION_WORDS and not word.capital and not word.text[0].isdigit()
    )


def _implies(stance_: Stance) -> bool:
    return not base_forms(_IMPLIED).isdisjoint(stance_.at) or _excludes(stance_)


def _excludes(stance_: Stance) -> bool:
    """Say whether two words together deny: "ruled out"."""
    return any(pair in _IMPLIED_PAIRS for pair in pairwise(word.base for word in stance_.words))


@lru_cache(maxsize=64)
def _excluded(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether the sources may deny in other words than "not"."""
    return any(_excludes(stance(source)) for source in sources) or _compares(statement, sources)


def _compares(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether "no … stronger" may say what "the strongest" says."""
    return bool(_HIGHER.search(statement)) and any(_HIGHEST.search(source) for source in sources)


def _reversed(base: str, sources: tuple[str, ...]) -> bool:
    return any(not reverses(base).isdisjoint(all_bases(source)) for source in sources)

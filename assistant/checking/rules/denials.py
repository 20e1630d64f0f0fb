"""Denials: what "not", "failed to" and "it is false that" reach, and whether both sides deny the same.

A denial reaches the head of what it governs, the word after "not" or "failed to", and perhaps the next one
that weighs. A denial that is itself denied, as in "not impossible to finish", denies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checking.rules.phrases import phrases, undoing
from assistant.language.lexicon import DENIALS, FUNCTION_WORDS, IRREGULAR, listed
from assistant.language.words import all_bases, base_forms, read_words

if TYPE_CHECKING:
    from assistant.language.words import Word

AUXILIARIES = frozenset(
    listed(
        "is are was were be been has have had will would can could may might shall should must did does do"
    )
)
_FARTHEST = 40
"""Words beyond which no denial reaches."""
_SCOPE = 2
"""How many words after "not" may be denied: the verb, which certainly is, and what comes next."""
_PASSED = frozenset(
    listed("able longer later yet ever even still already nearly quite really fully far enough")
)
"""Between "not" and what is denied."""
_SLIGHT = frozenset(listed("hardly barely rarely scarcely seldom"))
_NO_DENIAL = frozenset(
    listed("only just necessarily merely simply least fewer less more longer later than matter doubt wonder")
)
"""After "not" or "no" these deny nothing: "no fewer than", "not only"."""
_DEGREES = frozenset(listed("more less fewer longer later"))
_DENYING = """refuse fail decline lack unable avoid absent absence failure refusal neglect"""
_OF_SPEECH = "deny denial refute dismiss contradict dispute debunk reject"
"""Before a plain noun these may mean something else: who dismissed a lawsuit did not say there was none."""
_DENYING_PHRASES = frozenset(
    listed(
        """stop_short fall_short yet_to far_from anything_but rule_out run_out free_of decide_against
        vote_against nothing_like too_to stop_ing cease_to close_to
        out_of no_means no_idea resist_to"""
    )
)
_UNTRUE = frozenset(
    listed(
        """false untrue wrong incorrect inaccurate untruth lie myth fiction baseless unfounded groundless
        fabricated bogus nonsense"""
    )
)
_IMPLIED = """abstain reject block cancel stop halt prevent ban prohibit lose empty instead shut dark
    without quit exclude outage unlike except miss nonsense untrue false hoax baseless unfounded undisputed
    overturn annul void quash revoke rescind repeal scrap shelve abandon drop withdraw suspend disallow veto
    oppose resist boycott skip clear exonerate acquit spare dispute contradict doubt insufficient short
    close end cease break collapse fall dead vacant idle against free scarce spurn ignore neglect forget
    disagree distrust unaware unable unwilling undo lift remove"""
"""Words that deny without saying not: a statement that says "not" of them may be right."""
_UNDOING = ("un", "in", "im", "il", "ir", "dis", "non")
_YES, _MAYBE, _NO = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A word that only one of statement and source denies."""

    word: str
    source_denies: bool


@dataclass(frozen=True, slots=True)
class Stance:
    """The words of a text, where each base form stands, and which of them a denial reaches.

    `denials` has for each denial the places that it certainly reaches. The words that deny stand at
    `denying`.
    """

    words: tuple[Word, ...]
    at: dict[str, list[int]] = field(default_factory=dict)
    denied: set[int] = field(default_factory=set)
    perhaps_denied: set[int] = field(default_factory=set)
    denials: list[tuple[int, ...]] = field(default_factory=list)
    denying: set[int] = field(default_factory=set)

    def deny(self, by: int, certain: list[int], perhaps: list[int]) -> None:
        """Note what the word at a place denies; where that word is denied itself, it denies nothing."""
        self.denying.add(by)
        if by in self.denied:
            return
        self.denied.update(certain)
        self.perhaps_denied.update(certain, perhaps)
        if certain:
            self.denials.append(tuple(certain))

    def sign(self, base: str, form: str) -> list[int]:
        """Return how each place of a base form is said; where its own form stands, only those count."""
        places = self.at.get(base, [])
        same = [place for place in places if self.words[place].lower == form]
        return [
            _NO if place in self.denied else _MAYBE if place in self.perhaps_denied else _YES
            for place in same or places
        ]


def denial_differs(statement: str, sources: tuple[str, ...]) -> Mismatch | None:
    """Return a word that is denied on one side only, None where both say the same."""
    mine, theirs = stance(statement), [stance(source) for source in sources]
    for group in mine.denials:
        words = [mine.words[place] for place in group]
        signs = [sign for word in words for sign in _signs(word, theirs)]
        if signs and min(signs) == _YES:
            return Mismatch(words[0].text, source_denies=False)
    if word := _denied_there(mine, sources, theirs):
        return Mismatch(word, source_denies=True)
    if mine.denying and not any(each.denying or _implies(each, mine) for each in theirs):
        return Mismatch(next((mine.words[place].text for place in sorted(mine.denied)), "not"), False)
    return None


def _denied_there(mine: Stance, sources: tuple[str, ...], theirs: list[Stance]) -> str | None:
    """Return a word that the sources deny wherever they have it and the statement says plainly."""
    having = frozenset[str]().union(*map(all_bases, sources))
    if (base_forms(_IMPLIED) & mine.at.keys()) - having:
        return None  # it denies by a word of its own
    denying = {mine.words[place].clause for place in mine.denying}
    for place, word in enumerate(mine.words):
        if place in mine.perhaps_denied or word.clause in denying or not weighs(word):
            continue
        signs = _signs(word, theirs)
        if signs and max(signs) == _NO:
            return word.text
    return None


def _signs(word: Word, theirs: list[Stance]) -> list[int]:
    """Return how the sources say a word: in its own form if any has that, else in any form."""
    return [sign for each in theirs for sign in each.sign(word.base, word.lower)]


def _implies(other: Stance, mine: Stance) -> bool:
    """Say whether a source denies by a word like "rejected", or by "unsafe" what is said not to be safe."""
    undone = {prefix + mine.words[place].lower for place in mine.denied for prefix in _UNDOING}
    if any(word.lower in undone for word in other.words):
        return True
    return not (base_forms(_IMPLIED) | undoing()).isdisjoint(other.at)


@lru_cache(maxsize=2_000)
def stance(text: str) -> Stance:
    """Read a text for its denials; what is returned is not to be changed."""
    words, joined = read_words(text), phrases(text)
    found = Stance(words)
    for place, word in enumerate(words):
        found.at.setdefault(word.base, []).append(place)
        phrase, last = joined.get(place, ("", place))
        if phrase:
            found.at.setdefault(phrase, []).append(place)
        if phrase in _DENYING_PHRASES or word.base in base_forms(_DENYING) or _negates(words, place):
            found.deny(place, _reach(words, last, 1), _reach(words, last, _SCOPE))
        elif word.lower in _UNTRUE or word.base in base_forms(_OF_SPEECH):
            _read_contradiction(found, place)
    return found


def _read_contradiction(found: Stance, place: int) -> None:
    """Note what "it is false that …" denies, "the claim that … was untrue" and "denied having …"."""
    words = found.words
    word = words[place]
    ahead = range(place + 1, min(_clause_end(words, place) + 1, len(words)))
    that = next((at for at in ahead if words[at].lower == "that"), None)
    if that is None and word.lower in _UNTRUE:
        that = next((at for at in range(place - 1, -1, -1) if words[at].lower == "that"), None)
        if that is None:
            return
    if that is not None:
        rest = [at for at in range(that + 1, _clause_end(words, that)) if weighs(words[at])]
        verb = _predicate(words, that)
        found.deny(place, [] if verb is None else [verb], rest)
    elif words[place + 1 : place + 2] and words[place + 1].lower.endswith("ing"):
        found.deny(place, _reach(words, place, 1), _reach(words, place, _SCOPE))
    else:
        found.deny(place, [], _reach(words, place, _SCOPE))


def _negates(words: tuple[Word, ...], place: int) -> bool:
    """Say whether "not", "no", "without" and the like deny what follows."""
    word = words[place]
    if not (word.lower.endswith(("n't", "n’t")) or word.lower in DENIALS or word.lower in _SLIGHT):
        return False
    before = words[place - 1].lower if place else ""
    if word.lower == "not" and before in {",", "–", "—", "or", "if", "whether"}:
        return False
    following = [each.lower for each in words[place + 1 : place + 4]]
    if following[:1] and following[0] in _NO_DENIAL:
        return following[0] in _DEGREES and "than" not in following[1:]
    return not (word.lower in {"nothing", "none"} and following[:1] == ["but"])


def _clause_end(words: tuple[Word, ...], place: int) -> int:
    """Return where the clause of a word ends."""
    end = place
    while end < min(len(words), place + _FARTHEST) and words[end].clause == words[place].clause:
        end += 1
    return end


def _predicate(words: tuple[Word, ...], that: int) -> int | None:
    """Return where the verb of a clause stands: what weighs first after "was" or "will", or a past."""
    for at in range(that + 1, _clause_end(words, that)):
        if words[at].lower in AUXILIARIES:
            return next(iter(_reach(words, at, 1)), None)
        lower = words[at].lower
        past = lower.endswith("ed") or (IRREGULAR.get(lower, lower) != lower and lower[-1] not in "sg")
        if past and weighs(words[at]):
            return at
    return None


def _reach(words: tuple[Word, ...], place: int, most: int) -> list[int]:
    """Return the next words that weigh, within the clause; adverbs between are taken along."""
    found: list[int] = []
    counted = 0
    for at in range(place + 1, _clause_end(words, place)):
        if counted == most:
            break
        if weighs(words[at]) and words[at].lower not in _PASSED:
            found.append(at)
            counted += not words[at].lower.endswith("ly")
    return found


def weighs(word: Word) -> bool:
    """Say whether a word is one that can be denied: no name, no number, no function word."""
    return (
        word.is_word
        and word.lower not in FUNCTION_WORDS
        and not (word.capital or word.text[0].isdigit() or word.lower.endswith(("'s", "’s")))
    )

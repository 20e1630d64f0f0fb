"""Whether a statement denies what the source says, or says as fact what the source says may be, is planned or is alleged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.directions import reverses
from assistant.checks.lexicon import FUNCTION_WORDS
from assistant.checks.wording import Word, base_of, read

SCOPE = 2
"""How many words after "not" are taken to be denied: the verb and what comes next."""
_NOT = frozenset(["not", "no", "never", "cannot", "neither", "nor", "none", "nobody", "nothing", "without", "hardly", "barely", "rarely"])
_DENYING = frozenset(
    base_of(word)
    for word in ["deny", "refuse", "fail", "decline", "lack", "unable", "avoid", "refute", "dismiss", "absent", "absence", "failure", "refusal", "denial"]
)
_NO_DENIAL = frozenset(
    ["only", "just", "necessarily", "merely", "simply", "least", "fewer", "less", "more", "later", "longer", "than", "matter", "doubt"]
)
_MAYBE = frozenset(
    base_of(word)
    for word in ["may", "might", "could", "would", "can", "possible", "possibly", "perhaps", "potential", "potentially", "likely", "probably", "appear", "seem", "plan", "intend", "aim", "hope", "propose", "consider", "seek", "want", "expect", "expected", "threaten", "offer", "try", "attempt", "ask", "urge", "push", "allege", "alleged", "allegedly", "accuse", "suspect", "suspected", "reportedly", "claim", "rumor", "rumour", "believe", "accusation", "allegation", "charge", "if", "unless", "whether", "should", "recommend", "suggest", "pledge", "promise", "vow", "bid", "hopeful", "eligible"]
)
_LATER = frozenset({"will", "shall", "'ll", "’ll", "won't", "won’t"})


@dataclass(frozen=True, slots=True)
class Stance:
    """The words of a text with the words in the reach of a denial, of a doubt, and of the future."""

    words: tuple[Word, ...]
    denied: frozenset[int]
    doubted: frozenset[int]
    later: frozenset[int]
    denies: bool
    doubts: bool

    def places(self, base: str) -> list[int]:
        """Return where a base form stands."""
        return [place for place, word in enumerate(self.words) if word.base == base]


@lru_cache(maxsize=2_000)
def stance(text: str) -> Stance:
    """Read a text for its denials and doubts."""
    words = read(text)
    denied: set[int] = set()
    doubted: set[int] = set()
    later: set[int] = set()
    denies = doubts = False
    for place, word in enumerate(words):
        if _denies(words, place):
            denies = True
            denied.update(_reach(words, place, SCOPE))
        elif (word.base in _MAYBE and not word.text.istitle()) or word.lower in {"if", "unless", "may"}:
            doubts = True
            doubted.update(_reach(words, place, SCOPE + 1))
        elif word.lower in _LATER:
            later.update(_reach(words, place, SCOPE))
    return Stance(words, frozenset(denied), frozenset(doubted), frozenset(later), denies, doubts)


def _denies(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    following = words[place + 1].lower if place + 1 < len(words) else ""
    if word.lower.endswith(("n't", "n’t")) or word.lower in _NOT:
        return following not in _NO_DENIAL
    return word.base in _DENYING


def _reach(words: tuple[Word, ...], place: int, most: int) -> list[int]:
    found: list[int] = []
    for other in range(place + 1, len(words)):
        word = words[other]
        if word.clause > words[place].clause + (1 if word.lower == "that" else 0) or len(found) == most:
            break
        if word.is_word and word.lower not in FUNCTION_WORDS:
            found.append(other)
    return found


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A word that one side denies or doubts and the other does not."""

    word: str
    source_denies: bool


def denial(statement: str, sources: tuple[str, ...]) -> Mismatch | None:
    """Return a word that is denied on one side only, None where both say the same."""
    mine, theirs = stance(statement), [stance(source) for source in sources]
    for place, word in enumerate(mine.words):
        if not word.is_word or word.lower in FUNCTION_WORDS or word.capital:
            continue
        stands = [(other, at) for other in theirs for at in other.places(word.base)]
        if not stands:
            continue
        denied = [at in other.denied for other, at in stands]
        if place in mine.denied and not any(denied):
            if not _reversed(word.base, sources):
                return Mismatch(word.text, source_denies=False)
        elif place not in mine.denied and all(denied) and not mine.denies:
            return Mismatch(word.text, source_denies=True)
    if mine.denies and not any(other.denies for other in theirs):
        denied_words = [mine.words[place] for place in sorted(mine.denied)]
        if not any(_reversed(word.base, sources) for word in denied_words):
            return Mismatch(denied_words[0].text if denied_words else "not", source_denies=False)
    return None


def _reversed(base: str, sources: tuple[str, ...]) -> bool:
    return any(word.base in reverses(base) for source in sources for word in read(source))


def doubt(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return a word that the source doubts, plans or alleges and the statement says as fact."""
    mine, theirs = stance(statement), [stance(source) for source in sources]
    if mine.doubts:
        return None
    for place, word in enumerate(mine.words):
        if not word.is_word or word.lower in FUNCTION_WORDS or word.capital or place in mine.later:
            continue
        stands = [(other, at) for other in theirs for at in other.places(word.base)]
        if stands and all(at in other.doubted for other, at in stands):
            return word.text
        if stands and _past(word) and all(at in other.later for other, at in stands):
            return word.text
    return None


def _past(word: Word) -> bool:
    return word.lower.endswith("ed") or (word.lower != word.base and word.lower[-1] not in "sg")

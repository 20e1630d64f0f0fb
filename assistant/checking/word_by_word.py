"""The check in eight other languages: does a statement keep to the words of one sentence?

No model that reads these languages is bundled, so nothing is interpreted. A statement is carried where it
is its source's sentence with something left out that may be left out: a phrase of place or time, a weekday, a
clause of reason at the end, a number; where such a phrase has moved to the front; or where an article
became indefinite or a number is written in digits. Every other word must be there, in its own form and in
its order: that keeps denials, opposites, other names, and who did what to whom apart. Beside a denial, a
condition or "only" nothing may be left out. What would be carried with one number, month, weekday or denial
changed is wrong; of all else nothing is said.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.closed_classes import closed_classes
from assistant.language.locales import READ, month_numbers, number_signs, weekday_names
from assistant.language.time_phrases import is_time
from ingest import likeliest_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.language.closed_classes import ClosedClasses

LONGEST_PHRASE = 6
"""Words of a phrase that may be left out or moved, with its preposition."""
LONGEST_SENTENCE = 60
"""Words from which a sentence isn't read: so long a one is a list, or no sentence."""
FURTHEST_VERB = 5
"""Words that a subject in front of its verb may have."""

_WORD = r"[^\W\d_][^\W_]*"
_TOKEN = re.compile(
    rf"(?i:aujourd['’]hui|d['’]après)\b|\d+(?:[.,\s\u00a0\u202f]\d+)*|{_WORD}(?:-{_WORD})*['’]?|[^\w\s]"
)
_STOP = frozenset(",;:–—-()[]")
_QUOTES = frozenset('"“”„«»‘‚‹›')
_ENDS = ".!…"


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a sentence carries a statement; if it doesn't, in words what it has otherwise."""

    carried: bool
    otherwise: str | None = None


UNREAD = Reading(carried=False)


def read_word_by_word(statement: str, sentence: str) -> Reading:
    """Hold a statement against one sentence, both in one of the eight languages."""
    language = likeliest_language(f"{statement} {sentence}")
    words = closed_classes(language)
    if words is None:
        return UNREAD
    mine, theirs = _tokens(statement, language), _tokens(sentence, language)
    if not _can_be_read(mine, theirs):
        return UNREAD
    mine = tuple(token for token in mine if token not in _STOP)
    names = _names(sentence)
    held = [_Held(part, words, language, names) for part in (theirs, _without_tail(theirs, words.tails))]
    if any(each.carries(mine) for each in held):
        return Reading(carried=True)
    return Reading(carried=False, otherwise=_otherwise(mine, held[0], language))


def _can_be_read(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if not mine or max(len(mine), len(theirs)) > LONGEST_SENTENCE:
        return False
    signs = {*mine, *theirs}
    return not (signs & _QUOTES) and "?" not in signs and "¿" not in signs


@dataclass(frozen=True, slots=True)
class _Held:
    """A sentence in words and stops, with what its language lets one leave out."""

    tokens: tuple[str, ...]
    words: ClosedClasses
    language: str
    names: frozenset[str]

    def carries(self, mine: tuple[str, ...]) -> bool:
        """Say whether a statement is this sentence with only such things left out or moved."""
        if any(self._follows(self.tokens, each) for each in (mine, *self._turned(mine))):
            return True
        return any(self._follows(left, said) for left, said in self._without_opening(mine))

    def _turned(self, mine: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the statement with the phrase in front put back to where the sentence has it."""
        for size in range(1, min(LONGEST_PHRASE, len(mine) - 1) + 1):
            phrase, rest = mine[:size], mine[size:]
            if not self._is_phrase(phrase):
                continue
            at = _place_of(phrase, self.tokens)
            if at is None or at == 0:
                continue
            before = sum(token not in _STOP for token in self.tokens[:at])
            for place in range(1, min(before, len(rest)) + 1):
                for ordered in self._verb_turned(rest):
                    yield (*ordered[:place], *phrase, *ordered[place:])

    def _verb_turned(self, rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield what stood behind a phrase as it stands without it: in some languages the verb moves."""
        if not self.words.verb_second:
            yield rest
            return
        verb, others = rest[0], rest[1:]
        for place in range(1, min(FURTHEST_VERB, len(others)) + 1):
            yield (*others[:place], verb, *others[place:])

    def _without_opening(self, mine: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield the sentence without the phrase in front, and the statement as it would follow that."""
        if self._is_shut:
            return
        for size in range(1, min(LONGEST_PHRASE, len(self.tokens) - 1) + 1):
            if not self._may_go(0, size, mine):
                continue
            left = self.tokens[size:]
            left = left[1:] if left[0] == "," else left
            yield left, mine
            if self.words.verb_second and left[0] in mine:
                verb = mine.index(left[0])
                if 0 < verb <= FURTHEST_VERB:
                    yield left, (left[0], *mine[:verb], *mine[verb + 1 :])

    def _follows(self, theirs: tuple[str, ...], mine: tuple[str, ...]) -> bool:
        held = _Held(theirs, self.words, self.language, self.names) if theirs is not self.tokens else self
        return held.follows_from(0, 0, mine, set())

    def follows_from(self, at: int, said: int, mine: tuple[str, ...], seen: set[tuple[int, int]]) -> bool:
        """Say whether the rest of the statement follows from the rest of the sentence."""
        if (at, said) in seen:
            return False
        seen.add((at, said))
        if said == len(mine):
            return self._may_end(at, mine)
        if at == len(self.tokens):
            return False
        token = self.tokens[at]
        if token in _STOP and self.follows_from(at + 1, said, mine, seen):
            return self._is_within(at)
        if self._same(at, mine, said) and self.follows_from(at + 1, said + 1, mine, seen):
            return True
        return any(
            at > 0 and self._may_go(at, size, mine) and self.follows_from(at + size, said, mine, seen)
            for size in range(1, LONGEST_PHRASE + 1)
        )

    def _is_within(self, at: int) -> bool:
        """Say whether a stop inside a sentence parts nothing that could stand in another's mouth."""
        return self.tokens[at] == ","

    def _same(self, at: int, mine: tuple[str, ...], said: int) -> bool:
        """Say whether two words are one, an article being indefinite and the adjective behind it with it."""
        theirs, word = self.tokens[at], mine[said]
        if theirs == word or self.words.indefinite.get(theirs) == word:
            return True
        turned = at > 0 and said > 0 and self.words.indefinite.get(self.tokens[at - 1]) == mine[said - 1]
        return turned and self._bare(theirs) == self._bare(word)

    def _bare(self, word: str) -> str:
        """Return an adjective without what changes with its article."""
        ending = next((each for each in self.words.adjective_endings if word.endswith(each)), "")
        return word.removesuffix(ending)

    def _may_end(self, at: int, mine: tuple[str, ...]) -> bool:
        """Say whether the sentence may break off at a place."""
        rest = self.tokens[at:]
        if not rest:
            return True
        if self._is_shut:
            return False
        tail = rest[1:] if rest[0] == "," else rest
        if tail and tail[0] in self.words.tails and not self._is_bounded:
            return True
        return any(
            self._may_go(at, size, mine) and self._may_end(at + size, mine)
            for size in range(1, min(LONGEST_PHRASE, len(rest)) + 1)
        )

    def _may_go(self, at: int, size: int, mine: tuple[str, ...]) -> bool:
        """Say whether some words may be left out: a phrase, a time, or a number before what it counts."""
        part = self.tokens[at : at + size]
        if len(part) < size or self._is_shut:
            return False
        if self._is_time(part):
            return True
        if self._is_bounded:
            return False
        if len(part) == 1 and part[0].startswith("#"):
            counted = self.tokens[at + 1 : at + 2]
            return part[0] != "#0" and bool(counted) and counted[0] not in _STOP | self.words.joints
        has_numbers = any(token.startswith("#") for token in part)
        named = self._is_phrase(part) and self._is_a_place_or_time(part)
        return named and not (has_numbers and any(word.startswith("#") for word in mine))

    def _is_phrase(self, part: Sequence[str]) -> bool:
        """Say whether words are a time, or a preposition with what belongs to it."""
        if self._is_time(part):
            return True
        opens = part[0] in self.words.places and len(part) > 1
        return opens and part[-1] not in self.words.joints and not any(token in _STOP for token in part)

    def _is_a_place_or_time(self, part: Sequence[str]) -> bool:
        """Say whether a phrase has a name in it, or says after what: else it may be a view, a role, a dream.

        Where every noun has a capital, a name is what has no article before it: alone behind "in", or behind
        a noun that says where ("in der Nähe von Passau"); a road is known by its number ("auf der A7").
        """
        if part[0] in self.words.events:
            return True
        if not self.words.nouns_have_capitals:
            return any(word in self.names for word in part)
        if part[-1] not in self.names:
            return False
        if any(sign.isdigit() for sign in part[-1]):
            return all(token in self.words.joints for token in part[:-1])
        inner = tuple(token for token in part[1:-1] if token not in self.words.articles)
        if inner == part[1:-1] and (not inner or (len(inner) == 1 and inner[0] in self.words.parts_of_names)):
            return part[0] in self.words.before_names
        return bool(inner) and inner[0] in self.words.place_nouns and inner[1:] in {("von",), ("bei",)}

    def _is_time(self, part: Sequence[str]) -> bool:
        return is_time(part, self.language, self.words.joints)

    @property
    def _is_shut(self) -> bool:
        return any(token in self.words.shut for token in self.tokens)

    @property
    def _is_bounded(self) -> bool:
        return any(
            token in self.words.bounded or self._is_superlative(at) for at, token in enumerate(self.tokens)
        )

    def _is_superlative(self, at: int) -> bool:
        """Say whether a word may be a superlative; verbs may end alike: "da entgleiste ein Zug"."""
        opening, endings = self.words.superlatives
        token, behind = self.tokens[at], self.tokens[at + 1 : at + 2]
        if opening and token.startswith(opening):
            return True
        determiners = {*self.words.indefinite, *self.words.indefinite.values()}
        is_verb = at > 0 and self.tokens[at - 1] not in self.words.joints and determiners.issuperset(behind)
        return bool(endings) and token.endswith(tuple(endings.split())) and not (is_verb and behind)


def _without_tail(tokens: tuple[str, ...], tails: frozenset[str]) -> tuple[str, ...]:
    """Return a sentence without a clause of reason or time behind its last comma, whatever that denies."""
    stops = [at for at, token in enumerate(tokens) if token in _STOP]
    if stops and tokens[stops[-1]] == "," and tokens[stops[-1] + 1 : stops[-1] + 2]:
        return tokens[: stops[-1]] if tokens[stops[-1] + 1] in tails else tokens
    return tokens


def _otherwise(mine: tuple[str, ...], held: _Held, language: str) -> str | None:
    """Return, in words, the one thing that the sentence has otherwise, None where it isn't one thing."""
    for kind in (_is_number, month_numbers(language).__contains__, weekday_names(language).__contains__):
        theirs = {token for token in held.tokens if kind(token)}
        for place, word in enumerate(mine):
            if not kind(word) or word in theirs:
                continue
            for other in theirs - set(mine):
                if held.carries((*mine[:place], other, *mine[place + 1 :])):
                    return f"the source has “{other.lstrip('#')}” where this has “{word.lstrip('#')}”"
    denials = held.words.denials
    if not denials.intersection(held.tokens) and denials.intersection(mine):
        plain = tuple(word for word in mine if word not in denials)
        if held.carries(plain):
            return "the source says it without denying it"
    return None


def _is_number(token: str) -> bool:
    return token.startswith("#")


def _place_of(phrase: Sequence[str], tokens: Sequence[str]) -> int | None:
    """Return where a phrase stands in a sentence, None where it doesn't or more than once."""
    places = [
        at
        for at in range(len(tokens) - len(phrase) + 1)
        if tuple(tokens[at : at + len(phrase)]) == tuple(phrase)
    ]
    return places[0] if len(places) == 1 else None


@lru_cache(maxsize=2_000)
def _tokens(text: str, language: str) -> tuple[str, ...]:
    """Return the words and stops of a text in lower case; numbers as # and their digits."""
    words = closed_classes(language)
    numbers = words.numbers if words else {}
    found = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text).strip().rstrip(_ENDS)):
        token = match[0].lower().replace("’", "'")
        if token[0].isdigit():
            found.append(f"#{_plain_number(token, language)}")
        elif token in numbers:
            found.append(f"#{numbers[token]}")
        else:
            found.append(token)
    return tuple(found)


def _names(sentence: str) -> frozenset[str]:
    """Return the words with a capital behind the first word, in lower case."""
    found = _TOKEN.findall(unicodedata.normalize("NFC", sentence))
    return frozenset(token.lower().replace("’", "'") for token in found[1:] if token[0].isupper())


def _plain_number(digits: str, language: str) -> str:
    """Return a number without signs between thousands and with a point before its decimals."""
    if language not in READ:
        return digits
    decimal, group = number_signs(language)
    grouped = r"[\s\u00a0\u202f]" if group == " " else rf"[{re.escape(group)}\s\u00a0\u202f]"
    plain = re.sub(rf"(?<=\d){grouped}(?=\d{{3}}(?!\d))", "", digits)
    return re.sub(rf"{re.escape(decimal)}(?=\d+$)", ".", plain)

"""Numbers in words and digits: "twenty-six thousand", "26.6 million", "two dozen", "a third" to values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import inf

from assistant.language.lexicon import ORDINALS as _ORDINALS
from assistant.language.lexicon import SMALL as _SMALL
from assistant.language.lexicon import TENS as _TENS
from assistant.language.lexicon import UNITS as _UNITS

_FRACTIONS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourths": 4,
    "fifths": 5,
    "fifth": 5,
    "tenth": 10,
}
MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
}
_RUN = re.compile(r"[\s-]?(?:run|race|walk|course|route|swim)\b", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an"})
_WRITTEN_OUT = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen"})
NUMBER_WORDS = frozenset(_SMALL)
_TOKEN = re.compile(
    r"(?P<clock>(?<![\w:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?:\.\d+)?(?![\w:]))|"
    r"(?P<digits>\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}(?!\d)|"  # 1.234,56 and 1.234.567
    r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|"  # 12,34,567, as in India
    r"\d+(?:,\d{3})+(?:\.\d+)?|"
    r"(?<![\d.,])\d{1,3}(?:['’]\d{3})+(?!\d)|"  # 12'500, as in Switzerland
    r"(?<![\w.,])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.:]*\d)|"  # 12 500
    r"(?<![\d.,])\d+,\d{1,2}(?![\d,])|"  # 2,4 with a decimal comma
    r"\d+(?:\.\d+)?|(?<![\w.])\.\d+)|(?P<word>[A-Za-z]+)"
)
_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""12.500 is twelve and a half, or twelve thousand five hundred where thousands are set off by points."""
_SPACES = re.compile(r"['’\s]")
_DECIMAL_COMMA = re.compile(
    r"(?P<whole>[\d.]+),(?P<part>\d{1,2}|\d{4,})|(?P<points>[\d.]+\.\d{3}),(?P<more>\d+)"
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:EUR|USD|GBP|CHF))\s?$")
_MONEY_AFTER = re.compile(
    r"[\s-]?(?:dollar|euro|pound|yen|rupee|crown|kron|peso|rand\b|yuan|franc|lira|deal|contract|budget|fine|loan|"
    r"investment|order|people|viewers|users|[a-z]+s\b)",
)
_METRES_AFTER = re.compile(
    r"[\s-]?(?:high|tall|long|wide|deep|thick|above|below|away|from|off|apart|down|up|under|over|by|x|×|tower|wall|"
    r"waves?|pool|race|dash|sprint|final|hurdles|freestyle|breaststroke|backstroke|butterfly|relay|run|drop|fall|"
    r"statue|mast|chimney|yacht|boat|vessel|ship|metres?|meters?|hurdlers?|runners?|sprinters?|swimmers?|"
    r"heats|events?|title|medal|world record)\b",
    re.IGNORECASE,
)
_METRES_BEFORE = re.compile(
    r"\b(?:height|depth|length|width|distance|altitude|radius|diameter|every|first|last|"
    r"(?:the )?(?:men|women)['’]s)(?: (?:of|about|around|nearly|is|was|over)){0,2} $",
    re.IGNORECASE,
)
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th)\b")
_JOIN = re.compile(r"[ \u00a0-]?")
_TEN, _HUNDRED = 10, 100
_SHORT = 2
"""Letters of a magnitude that has to stand right after digits: 5m, 3bn."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, and whether it is an ordinal, is scaled by a word, or is a fraction.

    `unclear` is how it is written where that may mean two numbers, as "12.500" and "12m". `clock`: a time of
    the day, or a time taken, in seconds.
    """

    value: float
    start: int
    end: int
    ordinal: bool = False
    scaled: bool = False
    fraction: bool = False
    unclear: str = ""
    clock: bool = False


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The numbers and words of a text, and which of them stand together."""

    text: str
    found: tuple[re.Match[str], ...]

    def word(self, at: int) -> str:
        """Return a word in lower case; empty past the end and for digits."""
        return (self.found[at]["word"] or "").lower() if at < len(self.found) else ""

    def next(self, at: int) -> str:
        """Return the word after a token where only a space or a hyphen lies between them."""
        if at + 1 >= len(self.found):
            return ""
        between = self.text[self.found[at].end() : self.found[at + 1].start()]
        return self.word(at + 1) if _JOIN.fullmatch(between) else ""

    def numeral(self, first: int, last: int, value: float) -> Numeral:
        """Return the number that the tokens from first to last say."""
        return Numeral(value, self.found[first].start(), self.found[last].end())


def numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text in order."""
    tokens = _Tokens(text, tuple(_TOKEN.finditer(text)))
    found: list[Numeral] = []
    for at, token in enumerate(tokens.found):
        if found and token.start() < found[-1].end:
            continue
        if token["clock"]:
            numeral: Numeral | None = _clock(token)
        else:
            numeral = _digits(tokens, at) if token["digits"] else _words(tokens, at)
        if numeral is not None:
            found.append(numeral)
    return found


def _digits(tokens: _Tokens, at: int) -> Numeral:
    token = tokens.found[at]
    value = _value(token["digits"])
    if mark := _ORDINAL_MARK.match(tokens.text, token.end()):
        return Numeral(value, token.start(), mark.end(), ordinal=True)
    numeral = _scaled(tokens, at, at, value)
    percent = tokens.text[numeral.end : numeral.end + 9].lstrip().startswith(("%", "per"))
    if not percent and _EITHER.fullmatch(token["digits"]):
        return replace(numeral, unclear=tokens.text[numeral.start : numeral.end])
    return numeral


def _value(written: str) -> float:
    """Return the value of digits, whichever marks set off thousands and decimals."""
    plain = _SPACES.sub("", written)
    if found := _DECIMAL_COMMA.fullmatch(plain):
        whole, part = found["whole"] or found["points"], found["part"] or found["more"]
        return float(f"{whole.replace('.', '')}.{part}")
    if plain.count(".") > 1:
        return float(plain.replace(".", ""))
    return float(plain.replace(",", ""))


def _clock(token: re.Match[str]) -> Numeral:
    """Read "10:30" as one number: it is neither a 10 nor a 30."""
    value = 0.0
    for part in token["clock"].split(":"):
        value = 60 * value + float(part)
    return Numeral(value, token.start(), token.end(), clock=True)


def _million(text: str, start: int, end: int) -> bool | None:
    """Say whether "m" after digits stands for a million and not for metres; None where nothing tells."""
    if _MONEY_BEFORE.search(text, max(0, start - 5), start):
        return True
    if _METRES_AFTER.match(text, end) or _METRES_BEFORE.search(text, max(0, start - 30), start):
        return False
    if _MONEY_AFTER.match(text, end):
        return True
    return False if text[end - 2].isspace() else None


def _words(tokens: _Tokens, at: int) -> Numeral | None:
    word, following = tokens.word(at), tokens.next(at)
    if word in _SMALL:
        return _fraction(tokens, at) or _spelled(tokens, at)
    if word in _ORDINALS:
        return replace(tokens.numeral(at, at, _ORDINALS[word]), ordinal=True)
    if word == "half":
        return replace(tokens.numeral(at, at, 0.5), fraction=True)
    if word in _ARTICLES and following in _FRACTIONS and tokens.next(at + 1) == "of":
        return replace(tokens.numeral(at, at + 1, 1 / _FRACTIONS[following]), fraction=True)
    return _scaled(tokens, at, at, 1.0) if word in _ARTICLES and following in _WRITTEN_OUT else None


def _fraction(tokens: _Tokens, at: int) -> Numeral | None:
    """Read "two-thirds" and "one third"."""
    value, following = _SMALL[tokens.word(at)], tokens.next(at)
    if following in _FRACTIONS and (following.endswith("s") or value == 1):
        return replace(tokens.numeral(at, at + 1, value / _FRACTIONS[following]), fraction=True)
    return None


def _spelled(tokens: _Tokens, at: int, below: float = inf) -> Numeral | None:
    """Read "six", "twenty-six", "twenty-first" and what magnitudes make of them."""
    word, following = tokens.word(at), tokens.next(at)
    value = float(_SMALL[word])
    if word in _TENS and 0 < _UNITS.get(following, 0) < _TEN:
        return _scaled(tokens, at, at + 1, value + _UNITS[following], below=below)
    unit = 1 if following == "first" else _ORDINALS.get(following, 0)
    if word in _TENS and 0 < unit < _TEN:
        return replace(tokens.numeral(at, at + 1, value + unit), ordinal=True)
    if word == "one" and following not in MAGNITUDES:
        return None  # "one of the", "no one": says nothing that could be compared
    return _scaled(tokens, at, at, value, below=below)


def _scaled(tokens: _Tokens, first: int, last: int, value: float, *, below: float = inf) -> Numeral:
    """Multiply by the magnitudes that follow, and add what stands after them: "one hundred and five".

    What is added is less than what it is added to: from `below` on nothing more has to be read.
    """
    before = last
    while (word := tokens.next(last)) in MAGNITUDES:
        if len(word) <= _SHORT and not tokens.found[last]["digits"]:
            break
        if tokens.found[last + 1].group() == "m":
            million = _million(tokens.text, tokens.found[first].start(), tokens.found[last + 1].end())
            if million is None:
                either = tokens.numeral(first, last + 1, value * MAGNITUDES[word])
                return replace(either, scaled=True, unclear=f"{value:g}m")
            if not million:
                break
        if word == "k" and _RUN.match(tokens.text, tokens.found[last + 1].end()):
            break  # a race over 5 km
        value *= MAGNITUDES[word]
        last += 1
    numeral = replace(tokens.numeral(first, last, value), scaled=last > before)
    rest = last + 2 if tokens.next(last) == "and" else last + 1
    spelled = not tokens.found[first]["digits"]
    if last == before or not _HUNDRED <= value < below or not spelled or tokens.next(rest - 1) not in _SMALL:
        return numeral
    addition = _spelled(tokens, rest, below=value)
    if addition is None or addition.value >= value or addition.ordinal:
        return numeral
    return Numeral(value + addition.value, numeral.start, addition.end)

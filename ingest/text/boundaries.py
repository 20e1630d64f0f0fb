"""Whether a full stop, question mark or ellipsis ends a sentence, from the words on both sides of it.

The rules look at `SIGHT` characters on either side, so that their cost grows with the text and no
faster. A missing space after the mark ("…website.Her remarks…") is taken for a typing error wherever
the two words can't belong together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ingest.text.abbreviations import (
    CALENDAR_ABBREVIATIONS,
    DAYS,
    DOMAINS,
    ENDINGS,
    GENERAL,
    GERMAN_MONTHS,
    INTRODUCING,
    LETTERED,
    MARKED_NAMES,
    NUMBERED,
    OFFICES,
    STARTERS,
    STATE_ABBREVIATIONS,
    TITLE_ABBREVIATIONS,
    ZONES,
)
from ingest.text.foreign_abbreviations import ARTICLES, ORDINAL_NOUNS
from ingest.text.inline_lists import BULLETS

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGHT = 100
"""Characters looked at on either side of a mark: longer than any word, attribution or common address."""

SHORTEST_NAME = 2
"""A capitalised word of so few letters before a glued stop is an abbreviation: "Ku.Busch", "Ph.D"."""

_MARK = re.compile(
    # One set first: the engine then skips from mark to mark. ". . .": dots may be set apart.
    r"""(?P<stop>[.!?…‽。！？｡।॥۔؟։።။](?:(?<=\.)(?:\s\.){2,}(?=\s|\Z)|(?<=[.!?…‽])[.!?…‽]*"""
    r"""|[。！？｡।॥۔؟։።။]*))"""
    r"""(?P<closing>["'”’»“‘«)\]」』）】》〉]*(?:\s(?:''|[”’»)\]]+)(?=\s|\Z))*"""  # ’ ”: may be set apart
    r"""(?:[¹²³⁰⁴-⁹]+|(?:\s?\[\d{1,3}\])*))"""  # [1] ²: a note mark
    r"""(?P<gap>[\s\u200b\ufeff]*)"""
)
_UNCASED_STOPS = frozenset("。！？｡।॥۔؟։።။")
_QUOTE_ENDS = frozenset("\"'”’»“‘«")
_OPENED_BY = {"“": "„", "‘": "‚", "«": "»"}
"""Marks that open a quotation in English or French and close one in German: „so“, ‚so‘, »so«."""

_TITLES = {"《": "》", "〈": "〉"}
"""Marks around the title of a work in Chinese and Japanese, which is part of its sentence."""
_OPENING = re.compile(r"(?:(?:[\"'“‘«»‚(\[¿¡„「『（【]|,,)\s?)*")
_BEGUN = re.compile(r"(?:\A|[\s“‘(\[])[\"'“‘(\[]\Z")
_DASHES = "-–—―"
_SYMBOLS = frozenset("$€£#@&*•")
_FIRST_PICTOGRAM = "\u2190"
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[—–-]*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_LIST_NUMBER = re.compile(rf"\s*[{BULLETS}]?\s?[(\[]?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})\Z")
_LONGEST_NUMBER = 5
"""Characters of what numbers an item: "xviii"."""

_INLINE_NUMBER = re.compile(
    r"(?:[.!?;][\"'”’)\]]*\s+[(\[]?\d{1,2}|:\s+[(\[]?1|(?:[^\W\d_]{2}\.|[!?][\"'”’)\]]*)\s+[A-Z])\Z"
)
"""What numbers an item within a line: after a sentence, first after a colon; "Q." and "A." after one."""

_ROMAN = re.compile(r"(?:[IVXLC]{2,}|[VXLC])\b")
_ELISION = re.compile(r"(?:[dlnsmDLNS]|dell|all|nell|sull|Dell|All|Nell|un|qu)['’](?=\w)")
"""What French and Italian write together with the next word: "l'Avv. Fabrizi"."""

_UNIT_ENDS = frozenset("mgtlha")
_MEASURED = re.compile(r"\d\s?(?:mm|cm|m|km|g|kg|t|l|h|ha)\Z")
"""A number with its unit: before a capital the full stop is the sentence's."""

_SPACED_STOP = re.compile(r"\.(?:\s\.)+\Z")
_FULL_STOP_AND_OMISSION = 4
"""Dots set apart from one another: three leave something out, the first of four ends a sentence as well."""

_NOTE_DIGITS = re.compile(r"(?P<digits>\d{1,2}(?:\s\d{1,2})*)\s+(?=[\"“‘(\[]?[A-Z][a-z]*\s)")
_BEFORE_NOTE = re.compile(r"(?:[a-z]{4}|[a-z\d]\))\Z")
"""Note marks that lost their height: "so they did.11 12 The mayor …"."""

_LATER_ELLIPSIS = re.compile(r"(?:\.{3}|…)\w")
_SHORTEST_WORD = 5
"""Letters of a word before a full stop that can't be an unknown abbreviation where the next word is small."""
_GERMAN_ORDINAL = re.compile(
    r"\b(?:am|vom|zum|zur|beim|im|der|die|das|dem|den|des|bis|ab|seit|und|ein|eine[mnrs]?|jede[mnrs]?)\s\d{1,3}\Z",
    re.IGNORECASE,
)
_OPENING_TIME = re.compile(
    r"(?:\A|[.!?][\"'”’)\]]*\s+)(?:At|By|Around|About|Before|After|Since|From|Until|Near|Towards?|Shortly|Just)"
    r"(?:\s[a-z]+){0,2}\s\d[\d:.]*\s?[ap]\.m\Z"
)
_ADDRESS = re.compile(r"[/\\@]|www\.")
_DOTTED_NAME = re.compile(r"[a-z]\.[A-Z]\w+\Z")
_ADDRESS_GOES_ON = re.compile(r"[\w.+-]*@|\.[\w-]|/")
_TIME_ZONE = re.compile(r"(?:local|[A-Z]\w+)(?: standard| daylight)? time\b", re.IGNORECASE)
_PARTY = re.compile(r", [DRI]-\Z")
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|told|added|tweeted|shouted|joked|replied|cried)"
    r"(?:[.,:;]|\s+(?:in|on|at|to|of|during|after|as|via|about|with|when|while)\b)"
)


class EndMark(NamedTuple):
    """A mark that may end a sentence, and what surrounds it.

    `word` is the word before it; `after` is what follows and `following` the same without opening
    quotes and brackets; `glued` says that no space follows.
    """

    before: str
    word: str
    stop: str
    closing: str
    glued: bool
    after: str
    following: str


def sentence_ends(block: str) -> Iterator[int]:
    """Yield the offsets where sentences end inside a block of running text, in order."""
    quotes = read = 0
    words = False
    for match in _MARK.finditer(block):
        quotes += block.count('"', read, match.start())
        words = words or _LETTER_OR_DIGIT.search(block, read, match.start()) is not None
        read = match.start()
        mark = _mark(block, match, quoted=quotes % 2 == 1)
        if words and mark.after and _ends(mark):
            words = False
            yield _end(match, mark)


def _end(match: re.Match[str], mark: EndMark) -> int:
    """Return where the sentence ends: of four dots set apart the first is its full stop."""
    if _SPACED_STOP.match(match["stop"]):
        return match.start() + 1
    note = _NOTE_DIGITS.match(mark.after) if mark.glued and not mark.closing else None
    return match.end("stop") + len(mark.closing) + (note.end("digits") if note else 0)


def _mark(block: str, match: re.Match[str], *, quoted: bool) -> EndMark:
    start, glued, closing = match.start(), not match["gap"], match["closing"]
    if glued and not quoted and closing.startswith('"') and block.find('"', start + 2) > 0:
        closing = ""  # `either."We don't`: no quotation is open, so this one begins here
    before = block[max(0, start - SIGHT) : start]
    closing = _closing(before, closing)
    glued = glued if closing == match["closing"] else True
    last = before.rsplit(maxsplit=1)[-1] if before and not before[-1].isspace() else ""
    word = _WORD_BEFORE.search(last)
    end = match.end("stop") + len(closing) + len(match["gap"])
    after = block[end : end + SIGHT]
    following = _OPENING.sub("", after, count=1)
    return EndMark(before, word.group() if word else "", match["stop"], closing, glued, after, following)


def _closing(before: str, closing: str) -> str:
    """Return the closing marks up to the first that opens a new quotation: “ closes only what „ opened."""
    for place, sign in enumerate(closing):
        opening = _OPENED_BY.get(sign)
        if opening and before.rfind(opening) <= before.rfind(sign):
            return closing[:place].rstrip()
    return closing


def _in_title(mark: EndMark) -> bool:
    """Say whether a mark belongs to the title of a work: 《出发吧！渔船》."""
    return not _TITLES.keys().isdisjoint(mark.before) and any(
        mark.before.rfind(opening) > mark.before.rfind(ending) and ending in mark.closing + mark.after
        for opening, ending in _TITLES.items()
    )


def _in_brackets(mark: EndMark) -> bool:
    """Say whether a mark stands alone in brackets: "he won (!) again", or an omission before its source."""
    inside = mark.before[-1:] + mark.closing[:1]
    return inside == "()" or (inside == "[]" and mark.after.startswith("("))


def _ends(mark: EndMark) -> bool:
    if mark.stop[0] in _UNCASED_STOPS:
        goes_on = mark.closing.endswith(("」", "』")) and mark.after.startswith(("と", "っ"))
        return not goes_on and not _in_title(mark)
    if _omits(mark) or _in_brackets(mark) or not _can_begin(mark) or _in_title(mark):
        return False
    if mark.stop == ".":
        return _full_stop_ends(mark)
    if mark.closing:
        return not _attributed(mark)
    if mark.stop.startswith(("..", "…")):
        return not _BEGUN.search(mark.before) and (not mark.before[-1:].isspace() or _starts(mark.following))
    return mark.word not in MARKED_NAMES


def _omits(mark: EndMark) -> bool:
    """Say whether dots set apart leave something out and end nothing: "weakened . . . was that"."""
    return (
        len(mark.stop) > 1
        and _SPACED_STOP.match(mark.stop) is not None
        and mark.stop.count(".") != _FULL_STOP_AND_OMISSION
    )


def _can_begin(mark: EndMark) -> bool:
    """Say whether what follows looks like the beginning of a sentence."""
    first = mark.following[:1]
    if first.islower():
        return _can_begin_small(mark)
    if mark.stop == "." and not mark.glued and _LATER_ELLIPSIS.match(mark.following):
        return True
    if mark.glued:
        return _can_begin_glued(mark)
    if first and first in _DASHES:
        return (
            not mark.closing and mark.following.lstrip(_DASHES + " ")[:1].isupper() and _whole_word(mark.word)
        )
    return first.isalnum() or first in _SYMBOLS or first > _FIRST_PICTOGRAM


def _can_begin_small(mark: EndMark) -> bool:
    """Say whether a sentence begins with a small letter: "iPad sales rose", or a writer without capitals."""
    if mark.glued or not mark.word.islower():
        return False
    word = _first_word(mark.following)
    if not word.islower():
        return True
    return (
        len(word) > 1
        and mark.stop == "."
        and not mark.closing
        and mark.word.isalpha()
        and len(mark.word) >= _SHORTEST_WORD
        and _whole_word(mark.word)
    )


def _can_begin_glued(mark: EndMark) -> bool:
    if mark.after[:1].isdigit():
        return (
            mark.stop == "."
            and not mark.closing
            and _BEFORE_NOTE.search(mark.before) is not None
            and _NOTE_DIGITS.match(mark.after) is not None
            and _whole_word(mark.word.strip("()"))
        )
    word = _first_word(mark.following)
    if not word:
        return False
    rest = mark.following[len(word) :]
    if _ADDRESS_GOES_ON.match(rest) or _DOTTED_NAME.search(mark.word):
        return False
    if _part_of_name(mark, word, rest):
        return _starts(mark.following) and not (len(word) == 1 and _INITIALS.match(mark.word))
    if mark.closing or mark.after != mark.following:
        return True
    return not (word.isupper() and mark.word.isupper())


def _part_of_name(mark: EndMark, word: str, rest: str) -> bool:
    """Say whether a stop without a space may belong to an address, a file name or a name."""
    if mark.before[-1:].isspace() or (word.isupper() and len(word) == 1):
        return True
    if mark.word.istitle() and len(mark.word) <= SHORTEST_NAME:
        return True
    if word.lower() in ENDINGS or (word.lower() in DOMAINS and not rest.startswith((" ", "-", ". "))):
        return True
    tokens = mark.before.rsplit(maxsplit=1)
    return bool(tokens) and _ADDRESS.search(tokens[-1]) is not None


def _attributed(mark: EndMark) -> bool:
    """Say whether a quoted question is followed by who asked it: "Why?" Smith asked."""
    return not _QUOTE_ENDS.isdisjoint(mark.closing) and _ATTRIBUTION.match(mark.after) is not None


def _full_stop_ends(mark: EndMark) -> bool:
    word, following = _folded(_ELISION.sub("", mark.word, count=1)), mark.following
    if _more_follows(mark, word):
        return False
    if mark.word[-1:] in _UNIT_ENDS and _MEASURED.search(mark.before[-len("0 km") :]):
        return True
    if word.lower() in {"a.m", "p.m"}:
        return not (
            mark.after.startswith("(")
            or _names_time(following)
            # "At 5 a.m. Mr. Holm rang": nothing has been said yet.
            or (_first_word(following) in TITLE_ABBREVIATIONS and _OPENING_TIME.search(mark.before))
        )
    if (
        word in CALENDAR_ABBREVIATIONS
        or word in GENERAL
        or mark.word in GENERAL
        or word in STATE_ABBREVIATIONS
        or _INITIALS.match(word)
    ):
        return (
            _starts(following) or (word in STATE_ABBREVIATIONS and _place_complete(mark)) or _lettered(mark)
        )
    return True


def _more_follows(mark: EndMark, word: str) -> bool:
    """Say whether the word before a full stop, or a number after it, shows that the sentence goes on."""
    if word in TITLE_ABBREVIATIONS or word in INTRODUCING or _numbers_item(mark) or _is_ordinal(mark):
        return True
    return word.lower() in NUMBERED and (
        mark.following[:1].isdigit() or _ROMAN.match(mark.following) is not None
    )


def _numbers_item(mark: EndMark) -> bool:
    """Say whether the word is the number or letter of a list item, alone in its block or within a line."""
    if len(mark.word) > _LONGEST_NUMBER:
        return False
    alone = len(mark.before) < SIGHT and _LIST_NUMBER.match(mark.before) is not None
    if alone:
        return True
    named = mark.before.split()[-2:-1]  # "Sec. 12. The mayor": the number belongs to the word before it
    return _INLINE_NUMBER.search(mark.before) is not None and not (
        named and named[0].removesuffix(".").lower() in NUMBERED
    )


def _is_ordinal(mark: EndMark) -> bool:
    """Say whether a number with a full stop is a German ordinal: "am 3. März", "der 2. Bürgermeister"."""
    if not mark.word.isdigit() or mark.closing:
        return False
    return _first_word(mark.following) in GERMAN_MONTHS | ORDINAL_NOUNS or (
        _GERMAN_ORDINAL.search(mark.before) is not None and not _starts(mark.following)
    )


def _folded(word: str) -> str:
    """Return a word as the lists spell it: `GOV` is `Gov`."""
    return word.title() if len(word) > 1 and word.isupper() and word.isalpha() else word


def _whole_word(word: str) -> bool:
    return (
        "." not in word
        and _folded(word)
        not in TITLE_ABBREVIATIONS
        | STATE_ABBREVIATIONS
        | GENERAL
        | CALENDAR_ABBREVIATIONS
        | NUMBERED
        | INTRODUCING
    )


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match.group() if match else ""


def _starts(following: str) -> bool:
    """Say whether a text opens with a word that marks the beginning of a sentence."""
    word = _first_word(following)
    if len(word) == 1 or (word in ARTICLES and word not in STARTERS):
        goes_on = following.startswith(("I'", "I’")) or following[len(word) :].lstrip()[:1].islower()
        return goes_on and (word in "AI" or word in ARTICLES or word in STARTERS)
    return word in STARTERS


def _names_time(following: str) -> bool:
    word = _first_word(following)
    return (
        word in ZONES
        or word in CALENDAR_ABBREVIATIONS
        or word.removesuffix("s") in DAYS
        or bool(_TIME_ZONE.match(following))
    )


def _place_complete(mark: EndMark) -> bool:
    place = mark.before.removesuffix(mark.word)
    if mark.after.startswith("("):
        return False  # "MADISON, Wis. (AP) — …"
    return (place.rstrip().endswith(",") or bool(_PARTY.search(place))) and _first_word(
        mark.following
    ) not in OFFICES


def _lettered(mark: EndMark) -> bool:
    words = mark.before.split()
    return len(words) > 1 and len(words[-1]) == 1 and words[-2].lower() in LETTERED

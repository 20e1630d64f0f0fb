"""True rewordings of sentences by rule: shorter, turned round, in other words and other numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.lexicon import UNITS
from assistant.language.names import find_names
from assistant.language.numbers import numerals
from bench.mistakes import _quoted
from bench.otherwords import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.random import Generator

_APPOSITION = re.compile(r"(?<=[a-z]), (?:an?|the|who|whose|which|whom) [^,“”\"]{8,80},(?= [a-z])")
_OPENING = re.compile(
    r"^(?:On|In|At|During|After|Before|By|Since|As of|Over|For|Despite|Late|Early|Last|"
    r"This) [^,“”\"]{3,60}, (?=[A-Zt])"
)
_TAIL = re.compile(
    r",? (?:which|who|where|while|although|as well as|including|with|after|before|following|when|as|"
    r"because|since|adding|saying|according to) [^“”\"]{10,}\.$|, [a-z]+ing [^“”\"]{10,}\.$"
)
_TURNED = re.compile(
    r"^(?P<said>[^“”\"]{20,}?), (?P<who>[A-Z][^,“”\"]{2,50}?) (?P<verb>said|says|told reporters|"
    r"added)(?: (?:on )?(?P<day>[A-Z][a-z]+day))?\.$"
)
_TOLD = re.compile(r"^(?P<who>[A-Z][^,“”\"]{2,40}?) (?P<verb>said|says) (?:that )?(?P<said>[^“”\"]{20,})\.$")
_PASSIVE = re.compile(
    r"^(?P<b>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*) was (?P<verb>[a-z]+ed) by "
    r"(?P<a>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*)(?P<rest>.*)$"
)
_ACTIVE = re.compile(
    r"^(?P<a>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*) (?P<verb>sued|defeated|praised|criticized|attacked|"
    r"appointed|nominated|accused|endorsed|acquired|signed|arrested|fired|hired|replaced|released|"
    r"launched|published|introduced|approved|announced|revealed|backed|blocked|rejected|welcomed|"
    r"received|visited|opened|closed|directed|produced|created|founded|designed|completed|used|"
    r"removed|canceled|offered|posted|included) (?P<b>(?:the |a |an |its |his |her |"
    r"their )?[\w’' -]{3,50}?)(?P<rest>(?: (?:in|on|for|after|at|over|from|during|by|to|"
    r"with) .*)?\.)$"
)
_PRONOUNS = frozenset({"He", "She", "It", "We", "They", "I", "You", "Newly", "This", "That", "And", "But"})
_SMALL = [word for word, number in UNITS.items() if number <= 12]


def shorten(sentence: str, random: Generator) -> str | None:
    """Leave out an apposition, an opening or a tail that the rest does not need."""
    ways: list[Callable[[str], str]] = [
        lambda text: _APPOSITION.sub("", text, count=1),
        lambda text: _capital(_OPENING.sub("", text, count=1)),
        lambda text: _TAIL.sub(".", text, count=1),
    ]
    for at in random.permutation(len(ways)):
        made = ways[int(at)](sentence)
        if made != sentence and len(made.split()) >= 6 and made.count("“") == made.count("”"):
            return made
    return None


def turn(sentence: str, random: Generator) -> str | None:
    """Report the same speech in another order."""
    if found := _TURNED.match(sentence):
        said = found["said"]
        said = (
            said
            if said.split(maxsplit=1)[0] in {name.text.split()[0] for name in find_names(said[1:])}
            or _starts_named(said)
            else said[0].lower() + said[1:]
        )
        if random.integers(2):
            return f"According to {_inner(found['who'])}, {said}."
        return f"{found['who']} said that {said}."
    if found := _TOLD.match(sentence):
        return f"According to {_inner(found['who'])}, {found['said']}."
    return None


def _starts_named(text: str) -> bool:
    return any(name.start == 0 for name in find_names(text)) or text.split(maxsplit=1)[0] in {
        "I",
        "I’m",
        "I'm",
    }


def _inner(who: str) -> str:
    first = who.split(maxsplit=1)[0]
    return (
        who[0].lower() + who[1:] if first in {"The", "A", "An", "Police", "Officials", "Authorities"} else who
    )


def voice(sentence: str, _: Generator) -> str | None:
    """Change active to passive or back."""
    if found := _PASSIVE.match(sentence):
        return f"{found['a']} {found['verb']} {found['b']}{found['rest']}"
    found = _ACTIVE.match(sentence)
    if (
        found is None
        or found["a"] in _PRONOUNS
        or dates(found["a"] + " " + found["b"])
        or " and " in found["b"]
        or re.search(r"\b(?:who|that|his|her|its|their|it|to)\b", found["b"])
    ):
        return None
    plural = found["b"].rstrip().endswith("s")
    return (
        f"{_capital(found['b'])} {'were' if plural else 'was'} {found['verb']} by {found['a']}{found['rest']}"
    )


def reword(sentence: str, _: Generator) -> str | None:
    """Put other words for up to three words, outside quotations."""
    made, changes = sentence, 0
    for word, other in WORDS.items():
        found = re.search(rf"(?<=[a-z,] ){word}(?= [a-z])", made)
        if found and not _quoted(made, found.start()) and not other.endswith("-") and changes < 3:
            made = made[: found.start()] + other + made[found.end() :]
            changes += 1
    return made if changes else None


def shorter_names(sentence: str, _: Generator) -> str | None:
    """Call a person by the last name, or write U.S. out."""
    if "U.S." in sentence:
        return re.sub(
            r"(?<!the )\bU\.S\.(?= [a-z])",
            "American",
            re.sub(r"\bthe U\.S\.(?= [a-z])", "the United States", sentence, count=1),
            count=1,
        )
    for name in find_names(sentence):
        if (
            len(name.words) == 2
            and name.start > 0
            and re.search(
                r"\b(?:President|Sen\.|Rep\.|Gov\.|Secretary|Minister|Mr\.|Judge|coach|director|CEO|actor|singer)\s*$",
                sentence[: name.words[0].start],
            )
        ):
            return sentence[: name.words[0].start] + name.words[-1].text + sentence[name.words[-1].end :]
    return None


def round_number(sentence: str, random: Generator) -> str | None:
    """Round a number and say so."""
    taken = [(when.start, when.end) for when in dates(sentence)]
    for each in numerals(sentence):
        digits = re.match(r"\d{1,3}(?:,\d{3})+(?!\.\d)|\d{3,}(?![\d.])", sentence[each.start : each.end])
        before = sentence[: each.start].split()[-1:] or [""]
        if (
            not digits
            or any(start <= each.start < end for start, end in taken)
            or before[0].lower()
            in {
                "than",
                "about",
                "nearly",
                "over",
                "some",
                "almost",
                "least",
                "to",
                "around",
                "of",
                "approximately",
                "roughly",
                "no.",
            }
        ):
            continue
        value = int(digits.group().replace(",", ""))
        step = 10 ** (len(str(value)) - 2)
        currency = "$" if sentence[each.start - 1 : each.start] == "$" else ""
        if sentence[each.start - 1 : each.start] not in {" ", "$"} or value % step == 0 or each.scaled:
            continue
        if random.integers(2):
            shown = f"about {currency}{round(value / step) * step:,}"
        else:
            shown = f"more than {currency}{value // step * step:,}"
        return sentence[: each.start - len(currency)] + shown + sentence[each.start + digits.end() :]
    return None


def spell_number(sentence: str, _: Generator) -> str | None:
    """Write a small number in digits or in words."""
    for at, word in enumerate(_SMALL):
        if (
            at > 1
            and (found := re.search(rf"(?<=[a-z] ){word}(?= [a-z]{{3,}})", sentence))
            and not dates(sentence)
        ):
            return sentence[: found.start()] + str(at) + sentence[found.end() :]
    found = re.search(r"(?<=[a-z] )([2-9]|1[0-2])(?= [a-z]{3,})", sentence)
    if found and any(when.start <= found.start() < when.end for when in dates(sentence)):
        return None
    return sentence[: found.start()] + _SMALL[int(found.group())] + sentence[found.end() :] if found else None


def name_day(sentence: str, published: date | None) -> str | None:
    """Write a weekday of the week before publication as a date."""
    if published is None:
        return None
    for when in dates(sentence, published):
        before = sentence[: when.start].split()[-1:] or [""]
        if (
            when.weekday is not None
            and when.spans
            and before[0].lower()
            not in {"last", "next", "this", "every", "by", "until", "a", "of", "at", "in", "the", "each"}
            and not sentence[when.end :].lstrip()[:1].isupper()
            and not re.match(r" (?:night|morning|afternoon|evening|qual)|['’]s", sentence[when.end :])
            and not _quoted(sentence, when.start)
            and re.search(r"\b(?:said|told|was|were|announced|[a-z]+ed)\b", sentence)
        ):
            day = min(span.first for span in when.spans)
            on = "" if before[0].lower() in {"on", "late", "early"} else "on "
            return f"{sentence[: when.start]}{on}{day:%B} {day.day}{sentence[when.end :]}"
    return None


def merge(sentence: str, following: str) -> str | None:
    """Say two sentences in one."""
    if (
        re.match(
            r"(?:But|And|However|He|She|They|It|This|That|These|Those|His|Her|Their|Its|So|In)\b", following
        )
        or not sentence.endswith(".")
        or "“" in sentence + following
        or '"' in sentence + following
    ):
        return None
    joined = following if _starts_named(following) else following[0].lower() + following[1:]
    return f"{sentence[:-1]}, and {joined}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


WAYS: dict[str, Callable[[str, Generator], str | None]] = {
    "shorten": shorten,
    "turn": turn,
    "voice": voice,
    "reword": reword,
    "names": shorter_names,
    "round": round_number,
    "spell": spell_number,
}

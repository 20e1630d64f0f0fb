"""What can be seen in a sentence: names, numbers, dates, quotations, speech. Plain patterns, no model."""

from __future__ import annotations

import re

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.lexicon import SMALL
from ingest import stems

COUNTED_WITHIN = 40
COUNTED_WORDS = 4
"""Characters and words after a number in which the thing counted is looked for."""

SPEAKER_WITHIN = 50
"""Characters on either side of a verb of saying within which the speaker is named."""
_CLAUSE = re.compile(r"[,;:.]\s|\b(?:that|which|who)\b")

_MONTHS = "|".join(MONTHS)
_AFTER_MAY = "(?:be|have|not|also|still|never|well|need|take|seem|become|include)"  # the verb, not the month
_DAYS = "|".join(WEEKDAYS)
_COUNT_WORDS = "|".join(word for word, number in SMALL.items() if number > 1) + (
    "|hundreds?|thousands?|millions?|billions?|trillion|dozens?|half|third|quarter|once|twice"
)
NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{_COUNT_WORDS})\b", re.IGNORECASE)
_CURRENCIES = "dollars?|euros?|pounds?|cents?|crowns?|yen"
MONEY = re.compile(
    rf"[$€£¥₹]\s?\d|\b\d[\d.,]*\s?(?:million |billion |trillion )?(?:{_CURRENCIES})\b", re.IGNORECASE
)
_QUANTITY = rf"(?:\d[\d.,]*|\b(?:{_COUNT_WORDS}|half an?))"
DURATION = re.compile(
    r"\bsince (?:\w+ )?(?:1\d|20)\d\d\b|"
    rf"{_QUANTITY}[- ](?:and a half )?(?:second|minute|hour|day|night|week|month|year|decade|centur)",
    re.IGNORECASE,
)
_UNITS = (
    r"m|km|cm|mm|[µμ]m|nm|kg|g|lbs?|ft|mph|kph|metres?|meters?|kilomet\w+|centimet\w+|miles?|feet|foot|inch\w*|yards?|acres?|"
    r"hectares?|square|degrees?|kilos?|kilogram\w*|pounds?|tonn?e?s?|lit(?:re|er)s?|gallons?|knots?|percent|"
    r"stor(?:e?y|i?es)|times"
)
MEASURE = re.compile(
    rf"\d[\d.,]*\s?(?:°|%)|{_QUANTITY}[- ]?(?:million |billion )?(?:{_UNITS})\b", re.IGNORECASE
)
_TO_A_YEAR = "in|since|until|till|by|of|from|to|and|between|around|about|circa|before|after|year|c\\.?"
_YEAR = (
    rf"\b(?:1[5-9]|20)\d\ds?\b|(?:\b(?:{_TO_A_YEAR})\s?|[(–—/-]\s?)1[0-4]\d\ds?\b|"
    r"\b\d+ (?-i:BC|BCE|AD|CE)\b|\b(?-i:AD) \d+\b"
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})\b(?: \d{{1,2}}\b(?!,\d))?(?:,? \d{{4}}\b)?|{_YEAR}",
    re.IGNORECASE,
)
"""Numbers that tell a day or a year, which "how many" doesn't ask for."""
TIME = re.compile(
    rf"\b(?:{_MONTHS})\b(?! {_AFTER_MAY}\b)|\b(?:{_DAYS})\b|{_YEAR}|"
    r"\bcentury\b|\bcenturies\b|\b(?:in|of|by|since|until|early|late|last|next|this) (?:the )?"
    r"(?:(?:early|late|mid)[- ])?(?:spring|summer|autumn|winter)\b|"
    r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b|"
    r"\b(?:yesterday|today|tomorrow|tonight|last (?:week|month|year|night)|next (?:week|month|year))\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[^\W\d_][\w'’&.-]*")
QUOTATION = re.compile(r"[“\"«„][^”\"»“]{8,}[”\"»“]")
SPEECH = re.compile(
    r"\b(?:said|says|told|tells|according to|added|wrote|tweeted|announced|claimed|argued|explained|"
    r"described|called|warned|insisted|stated|replied)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|causes?|caused|blamed|after|thanks to|in order to|so that|"
    r"therefore|since|led to|reason|prompted)\b",
    re.IGNORECASE,
)
CAUSE = re.compile(
    r"\bbecause\b|\b(?:due|owing|thanks) to\b|\bas a result of\b|\bled to\b|\bin order to\b|\bso that\b|"
    r"\b(?:caus|trigger|spark|prompt|blam)(?:ed|ing|es?)\b|"
    r"\b(?:the|its|their|probable|likely) (?:cause|reason)s?\b|"
    r"\battribut(?:ed|es?) (?:\w+ ){0,4}to\b|\b(?:result|stem|arose|arise)(?:s|ed|med|ming|ing)? from\b",
    re.IGNORECASE,
)
"""Words that name a cause, unlike "after" and "since", which mostly tell the time."""
_KNOW = "know|known|say|said|clear|specify|disclose|reveal|determined?|decided?|explain|explained"
_WHAT = "how|why|who|whom|whose|what|when|where|whether|which|if"
UNSAID = re.compile(
    rf"(?:\bnot|n['’]t|\bnever)(?: (?:yet|immediately|been|be|publicly))* (?:{_KNOW})"
    rf"(?: \w+){{0,2}} (?:{_WHAT})\b|"
    rf"\b(?:unclear|unknown|uncertain|a mystery|no word (?:on|about))(?: \w+)? (?:{_WHAT})\b|"
    r"\bdeclined to (?:say|disclose|name|reveal)\b|"
    r"\b(?:cause|reason|motive|identity|origin)s? (?:[\w’']+ ){0,6}?"
    r"(?:is|was|were|are|remains?|remained|has|have)(?: (?:still|yet|also|currently|being))* "
    r"(?:unknown|unclear|under investigation|investigated|"
    r"(?:not|n['’]t)(?: (?:yet|been|be))* (?:known|clear|determined|established|released|given))\b",
    re.IGNORECASE,
)
"""What is not known or not said: it has the words of a question and no answer to it."""
PLACE = re.compile(
    r"\b(?:in|at|near|from|to|across|outside|off|around|into|of)\s+(?:the\s+)?(?=[^\W\d_])(\w[\w'’.-]*)"
)
PRONOUN_START = re.compile(
    r"^[“\"'‘«(\[]*(?:he|she|it|they|his|her|its|their|this|that|these|those|"
    r"the (?:move|decision|company|man|woman|group|two|pair|announcement|agency|report|minister|"
    r"officials?|spokes\w+))\b",
    re.IGNORECASE,
)


def names(sentence: str) -> tuple[str, ...]:
    """Return capitalised words of a sentence in order, the first word only if it is no common opener.

    A word counts as a name when it starts with a capital and is not the sentence's first word, or is
    the first word followed by another capitalised word.
    """
    words = [match.group().rstrip(".'’-") for match in _CAPITALISED.finditer(sentence)]
    capital = [bool(word) and word[0].isupper() for word in words]
    found = []
    for index, word in enumerate(words):
        if not capital[index]:
            continue
        if index == 0 and not (len(words) > 1 and capital[1]):
            continue
        found.append(word)
    return tuple(found)


def counts(sentence: str, counted: frozenset[str]) -> bool:
    """Say whether a number stands just before one of the stems of what is counted ("six people")."""
    return any(
        counted.intersection(stems(sentence[match.end() : match.end() + COUNTED_WITHIN])[:COUNTED_WORDS])
        for match in NUMBER.finditer(sentence)
    )


def names_cause(sentence: str) -> bool:
    """Say whether a sentence names the cause of something, not that it is unknown."""
    return bool(CAUSE.search(sentence)) and not UNSAID.search(sentence)


def speaks(sentence: str, speaker: str) -> bool:
    """Say whether the stem of a speaker's name is the subject of a verb of saying, as far as can be seen.

    It stands before the verb with no comma between ("China's ministry said"), or after it ("said China").
    """
    told = QUOTATION.sub(", ", sentence)
    for found in SPEECH.finditer(told):
        before = _CLAUSE.split(told[max(0, found.start() - SPEAKER_WITHIN) : found.start()])[-1]
        after = _CLAUSE.split(told[found.end() : found.end() + SPEAKER_WITHIN])[0]
        # "…, said the mayor": nobody stands before the verb.
        behind = not before.strip(' ”"') or found.group().lower() == "according to"
        if speaker in stems(after if behind else before):
            return True
    return False

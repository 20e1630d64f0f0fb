"""Whether a sentence can stand alone as a quotation, and whether two of them say the same."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language import patterns
from assistant.language.quantities import quantities
from ingest import content_stems, is_row_line

REPEATED_SHARE = 0.7
"""Share of a sentence's content words in one already chosen from which it is a repetition."""

SHORT = 12
"""Words of a line without a full stop that is taken for a headline or a caption."""

_LABEL = re.compile(
    r"^(?:photo|image|picture|video|watch|caption|file photo|related|more|updated?|published|(?:the )?claim)"
    r"\b\s*[:|]|"
    r"^(?:advertisement|sign up|subscribe|read more|©|\(?(?:cnn|reuters|ap|afp)\)?\s*$)|"
    r"^video ad feedback\b|\b\d\d:\d\d - source: |"  # what stands below films
    r"(?:getty images|/ ?ap\b|ap photo|/ ?reuters|via reuters|shutterstock|courtesy of [^.]*|file photo)\W*$",
    re.IGNORECASE,
)
# "Read the story:Mayor resigns": a link within the text.
_TEASER = re.compile(r"[^\W\d]['’”\"?!]?:['‘“\"]?[A-Z]")
_RETOLD = re.compile(
    r"\b(?:reads?|says?|states?|claims?|shows?|begins?)\b[^.;]{0,25}\b(?:the|a|an|one|another) "
    r"(?:[\w-]+ ){0,2}(?:post|tweet|caption|meme|video|screenshot)\b|"
    r"\b(?:Facebook|Instagram|Twitter|TikTok|YouTube|social media) (?:post|video|user|meme)s?\b[^.;]{0,120}"
    r"\b(?:purport|claim|show|say|said|read)|\((?:direct|archived?) link\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"^(?:[^.?!“\"]{0,120}[,:–—-] )?(?:here(?:['’]s|s| is| are)\b|(?:check|find) out\b|"
    r"(?:read|learn) (?:on|more|about|our|how|what|why|which|who|the full)\b|take a look\b|"
    r"see (?:below|our|the full|more|which|who|what|how|where)\b|(?:a |the )?full list of\b|"
    r"what (?:we|you need to|you should|to) know\b)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:corrections?(?: and clarifications?)?|clarification)\s*[:|–—-]|"
    r"\b(?:a|an|the) (?:previous|earlier|prior|original) version of (?:this|the) "
    r"(?:article|story|report|post|headline|column|piece)\b|"
    r"\bthis (?:article|story|report|post|headline) (?:has been|was) (?:updated|corrected|amended)\b",
    re.IGNORECASE,
)
"""What a paper says of an article that it has changed: there stands what it got wrong, too."""
_ADVERT = re.compile(
    r"\b(?:sign up|subscribe)\b[^.?!]{0,60}\b(?:newsletters?|alerts|inbox)\b|"
    r"^\W*(?:get|receive) (?:the|our|your)\b[^.?!]{0,60}\b(?:inbox|newsletter)\b|"
    r"\b(?:affiliate (?:links?|commission)|earn a commission|use (?:the )?(?:promo )?code [A-Z0-9]{4,})\b|"
    r"^\W*(?:click|tap) here\b|\b(?:download|get) (?:our|the) (?:free )?app\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:asks?|asked|asking|wonder(?:s|ed|ing)?)\b[^.,;:“\"]{0,25}"
    r"\b(?:if|whether|why|what|who|when|where|how)\b|"
    r"\b(?:asked|questioned) about\b",
    re.IGNORECASE,
)
_REPLIES = re.compile(
    r"\b(?:said|says|replied|responded|answered|told|added|wrote|insisted|denied|declined|but|because)\b|[“\"]",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:By|Reporting by|Written by) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*\W*$")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LEANS_BACK = re.compile(
    r"^[“\"'‘«(\[]*(?:(?:but|and|so|yet) )?(?:he|she|it|they|his|her|its|their|this|that|these|those|both|"
    r"such|the (?:two|three|pair|former|latter|same|others?)|as a result|instead|however|then)\b",
    re.IGNORECASE,
)


def is_label(text: str, title: str) -> bool:
    """Say whether a sentence is a headline, a caption or a byline: it names, but says nothing by itself."""
    line = " ".join(text.split())
    if is_row_line(line):
        return False
    if is_page_furniture(line) or line.casefold().rstrip(".") == title.strip().casefold().rstrip("."):
        return True
    return not _ENDED.search(line) and len(line.split()) <= SHORT


def is_page_furniture(text: str) -> bool:
    """Say whether a line belongs to the page and not to the text: a link, a credit, a byline, an advert.

    So does what a paper says of its own corrections.
    """
    line = " ".join(text.split())
    if is_row_line(line):
        return False
    links = _TEASER.search(line) and not line.endswith(".")
    return bool(
        _LABEL.search(line)
        or links
        or _BYLINE.match(line)
        or _CORRECTION.search(line)
        or _ADVERT.search(line)
    )


def only_asks(text: str) -> bool:
    """Say whether a sentence is a question, which answers none."""
    return text.rstrip("\"'”’»)] ").endswith("?")


def retells_a_post(text: str) -> bool:
    """Say whether a sentence tells what somebody posted: fact checks quote what they then refute."""
    return bool(_RETOLD.search(text))


def tells_a_question(text: str) -> bool:
    """Say whether a sentence tells that something was asked, and no reply: "He was asked if he would go"."""
    asked = _ASKED.search(text)
    return asked is not None and not _REPLIES.search(text[asked.end() :])


def promises(text: str) -> bool:
    """Say whether a sentence only tells what the article will tell: "Here is what we know about …"."""
    return bool(_PROMISES.match(text))


def says_unsaid(text: str) -> bool:
    """Say whether a sentence tells that something is not known or not said: "It is unclear why …"."""
    return bool(patterns.UNSAID.search(text))


def leans_back(text: str) -> bool:
    """Say whether a sentence refers back ("this", "however") and needs the one before."""
    return bool(_LEANS_BACK.match(text))


def same(first: str, second: str) -> bool:
    """Say whether one of two sentences repeats the other: by share of words, never with other numbers."""
    one, two = _stems(first), _stems(second)
    shorter = min(len(one), len(two))
    if not shorter or len(one & two) / shorter < REPEATED_SHARE:
        return False
    numbers, others = _numbers(first), _numbers(second)
    return numbers <= others or others <= numbers


@lru_cache(maxsize=1_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


@lru_cache(maxsize=1_000)
def _numbers(text: str) -> frozenset[float]:
    return frozenset(quantity.value for quantity in quantities(text))

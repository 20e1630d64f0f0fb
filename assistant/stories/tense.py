"""Whether what a date belongs to is past or to come: by the verb nearest to it in its clause."""

from __future__ import annotations

import re
from enum import Enum

_CLAUSE = re.compile(
    r"[;—–]|:(?!\d)|, (?=(?:and|but|which|who|while|when|where|after|before)\b)|(?:^|[,:] ?)[“\"]|[,.?!][”\"]"
)
_COMING = re.compile(
    r"\b(?:will|shall|would|may|might|should|"
    r"(?:is|are|was|were|been|be|also) (?:also )?(?:to|due|set|scheduled|expected|slated|planned|going)|"
    r"(?:set|due|slated|bound) (?:for|to)|scheduled|expected|slated|planned|"
    r"(?:plans?|planning|intends?|hopes?|aims?|vows?|poised|prepar(?:es?|ing)|ready|readying) (?:to|for)|"
    r"gear(?:s|ing)? up for|(?:expects?|wants?) to|"
    r"could (?!not\b|be\b|have\b)|upcoming|next|ahead of|before (?!\w+ing\b))\b|['’](?:ll|d be)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:after|following|taken|shown|given|seen|born|driven|written|stolen|beaten|as of)\b|"
    r"\b(?<!\bbe )(?<!\bbeen )(?<!\bbeing )(?:was|were|had|did|began|won|took|made|came|went|said|told|ran|"
    r"fell|rose|left|gave|lost|held|struck|set|hit|met|spoke|broke|wrote|got|found|saw|became|sent|shot|led|"
    r"kept|brought|bought|caught|drew|flew|grew|knew|paid|sat|stood|swore|threw|fought|dealt|built|fled|beat|"
    r"sank|woke|spent|sold|put|cut|felt|sought|chose|hung|wore|drove|rode|"
    r"heard|taught|thought|shook|withdrew|forgot|lay|laid|slept|spread|stole|stuck|swam|swept|tore|hid|hurt|"
    r"froze|quit|sang|shut|burst|cast|cost|bet|sued|blew|rang|ate|drank|"
    r"burnt|learnt|arose|awoke|bore|clung|forgave|overcame|rebuilt|retook|shrank|slid|spun|swung|upheld|wept|"
    r"withheld|overran|overthrew|understood|undertook|"
    r"(?!(?:need|speed|feed|seed|breed|hundred|indeed|embattled|united|bed|proceed|exceed|succeed)\b)[a-z]+ed)\b"
)
_NO_VERB = re.compile(r"\b(?:the|a|an|his|her|their|its|of|by) $")
"""Before a word that then is no verb: "the accused man", "a failed bid"."""


class Tense(Enum):
    """When something is, seen from the day of publication."""

    PAST = "past"
    COMING = "to come"
    UNTOLD = "untold"


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of what a date from `start` to `end` belongs to.

    What stands last before it counts, since the verb that takes the date mostly does; for a date that
    opens its clause it is what comes first behind it.
    """
    before = _CLAUSE.split(text[:start])[-1]
    coming, past = _places(before)
    if coming or past:
        return Tense.COMING if max(coming, default=-1) > max(past, default=-1) else Tense.PAST
    coming, past = _places(text[end:])
    if coming or past:
        return Tense.COMING if min(coming, default=len(text)) <= min(past, default=len(text)) else Tense.PAST
    return Tense.UNTOLD


def _places(clause: str) -> tuple[list[int], list[int]]:
    """Return where words for what is to come and for what is past stand, none counted for both."""
    ahead = list(_COMING.finditer(clause))
    covered = {at for found in ahead for at in range(*found.span())}
    past = [
        found.start()
        for found in _PAST.finditer(clause)
        if found.start() not in covered and not _NO_VERB.search(clause[: found.start()])
    ]
    return [found.start() for found in ahead], past

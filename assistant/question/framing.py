"""What a question is about, without words that only ask for it: "What do the articles say about X?" is X."""

from __future__ import annotations

import re

_POLITE = r"(?:please\s+|(?:can|could|would) you (?:please )?)?"
_TEXTS = r"(?:articles?|(?:news)?papers?|sources?|documents?|texts?|reports?|stories|coverage|library)"
_OWN = r"(?:the|my|our|your|these|those|all|all the|all my)"
_SAY = r"(?:say|report|tell(?: us| me)?|write|mention|contain|have)"
_GIVE = r"summari[sz]e|sum up|find|show(?: me)?|list|give me"
_ABOUT = r"(?:about|on|of|regarding|concerning)"
_FRAMES = [
    re.compile(rf"^{_POLITE}{frame}\s+(?P<rest>\S.*)$", re.IGNORECASE)
    for frame in (
        rf"what (?:do|does|did|have|has) {_OWN} {_TEXTS} (?:to )?{_SAY} {_ABOUT}",
        rf"what is (?:there|said|written|reported|known) in {_OWN} {_TEXTS} {_ABOUT}",
        rf"(?:is|are) there (?:anything|something|(?:any )?{_TEXTS})(?: in {_OWN} {_TEXTS})? {_ABOUT}",
        rf"(?:{_GIVE})(?: {_OWN}| any)? (?:{_TEXTS}|news) {_ABOUT}",
        rf"give me (?:an? |the )?(?:short |brief )?(?:summary|overview) {_ABOUT}",
        rf"what (?:is|are) {_OWN} {_TEXTS} saying {_ABOUT}",
        rf"(?:i (?:want|would like) to know|i'd like to know|tell me) (?:more |everything |all )?{_ABOUT}",
        r"(?:summari[sz]e|sum up)",
    )
]


def unframed(question: str) -> str:
    """Return what a question asks about; the question itself where nothing is only a frame."""
    for frame in _FRAMES:
        if found := frame.match(question):
            rest = found["rest"].strip(" ?.!")
            return rest or question
    return question

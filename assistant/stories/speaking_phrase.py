"""The part of the phrase beside a verb of saying that is the speaker: appositions are cut off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.genders import pronoun_of_first_name
from assistant.language.lexicon import PERSON_TITLES
from assistant.language.names import find_names

if TYPE_CHECKING:
    from assistant.language.names import Name

_DESCRIBES = re.compile(r"^(?:an?|the|his|her|their|its|who|whose|one|[a-z])[\w'’-]*\b")
_COMMA = re.compile(r"\s*,(?!\d)\s*")
_FARTHEST = 3
"""Appositions before the verb that are stepped over: "Lee, R-Ohio, a critic of the plan, said"."""
_BEHIND_A_NAME = re.compile(
    r"\s+(?:to|(?<!familiar )with|as|while|when|before|after|on|during|who|that|upon|outside)\b"
)
_RELATIVE = re.compile(r",?\s+(?:who|that|which|as of)\b")
_HAS_A_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|did|does|said|says|[a-z]{3,}ed)\b", re.IGNORECASE
)
_ASIDE = re.compile(r"[a-z]|\d")
_DASH = re.compile(r"\s[–—-]+\s")
_START = re.compile(r"[“”\";:—–]")
_ENDS_WITH_TITLES = "|".join(sorted(PERSON_TITLES, key=len, reverse=True))
_COMPLEMENT = re.compile(
    rf"\b(?:of|for|with|from|by|to|against|about|under|in|at|near|on)\s+(?:\w+ing\s+|[a-z]+-[a-z]+\s+)?(?:(?:{_ENDS_WITH_TITLES}|late|then|his|her|"
    rf"their|an?|its|U\.S\.|US)\.?\s+)*$",
    re.IGNORECASE,
)
_JOINED_SUBJECT = re.compile(
    r"(?:^|[,;:”\"]\s+|\b(?:that|as|when|while|after|but)\s+)(?P<first>[^,;:]{2,60}?)\s+and\s+$"
)


def cut(said: str, *, behind_verb: bool) -> str:
    """Return the speaker's own part of a phrase: "Azmoun" of "Azmoun, who plays for Leverkusen"."""
    said = _RELATIVE.split(said)[0] if behind_verb else said
    parts = _COMMA.split(_DASH.split(said)[0 if behind_verb else -1])
    parts = [part for part in parts if not part.isdigit()] or [""]  # "Ann Lee, 45, a nurse"
    head = parts[0]
    if len(parts) > 1 and parts[1].startswith(("and ", "or ")):
        return ""  # a list, of which the beginning isn't there
    if len(parts) > 1 and (
        (_is_name(parts[1]) and " " in parts[1] and not _is_name(head))
        or (not _ends_with_a_name(head) and _tells_a_name(parts[1]))
    ):
        head = parts[1]
    if behind_verb and (first := next(iter(find_names(head)), None)) and not _possessive(head, first):
        behind = _BEHIND_A_NAME.search(head, first.end)
        return head[: behind.start()] if behind else head
    return head


def described_before(text: str, end: int, *, appended: bool) -> tuple[str, str] | None:
    """Return the name at the beginning of a clause of which only descriptions follow up to `end`, and these.

    Of "Rep. Lee, 45, a critic of the plan, said" these are "Rep. Lee" and "45, a critic of the plan". With
    `appended` what stands at `end` is such a description too, which can hardly stand alone.
    """
    before = text[:end].rstrip()
    if not before.endswith(","):
        return None
    parts = _COMMA.split(_START.split(before)[-1].strip(" ,"))
    first, last, asides = parts[0], parts[-1], parts[1:]
    fitting = all(
        (_ASIDE.match(part) and not _HAS_A_VERB.match(part)) or (at and _is_name(part))
        for at, part in enumerate(asides)
    )
    if fitting and len(parts) <= _FARTHEST and _is_name(first) and (asides or appended):
        return first, ", ".join(asides)
    return (last, "") if appended and asides and _is_name(last) and _is_person(last) else None


def _is_person(name: str) -> bool:
    return " " in name and pronoun_of_first_name(name.split(maxsplit=1)[0]) is not None


def _is_name(phrase: str) -> bool:
    names = find_names(phrase)
    return len(names) == 1 and names[0].start == 0 and names[0].end == len(phrase)


def is_complement(before_name: str) -> bool:
    """Say whether a name behind these words belongs to a description: "a critic of former President …"."""
    return bool(_COMPLEMENT.search(before_name))


def joined_with(text: str, start: int) -> str | None:
    """Return who speaks together with a name at `start`: "Brady" of "Brady and Bundchen announced"."""
    found = _JOINED_SUBJECT.search(text[:start])
    if found is None:
        return None
    first = found["first"].strip()
    bare = first.removeprefix("the ").removeprefix("The ").removeprefix("Both ")
    return bare if _is_name(bare) else None


def _ends_with_a_name(phrase: str) -> bool:
    names = find_names(phrase)
    return bool(names) and names[-1].end == len(phrase.rstrip())


def _tells_a_name(phrase: str) -> bool:
    return bool(find_names(phrase)) and not _DESCRIBES.match(phrase)


def _possessive(phrase: str, name: Name) -> bool:
    return phrase[name.end : name.end + 1] in {"'", "’"} or name.text.endswith(("'s", "’s"))

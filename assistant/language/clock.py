"""Times of day: "2 p.m.", "14:00", "at 10.30", "half past ten", noon."""

from __future__ import annotations

import re

from assistant.language.lexicon import UNITS

_HOURS = [word for word, hour in UNITS.items() if 1 <= hour <= 12]  # noqa: PLR2004  # of a clock
HALF_DAY = 720
"""Minutes that lie between a time before noon and the same one after it."""
CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:(?P<sep>[:.])(?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|"
    r"(?<!:)\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b(?!:\d)|\b(?P<noon>noon|midnight)\b|"
    r"(?<=\b(?:at|by) )(?P<hourdot>[01]?\d|2[0-3])\.(?P<minutedot>[0-5]\d)\b"
    r"(?! ?(?:%|per|[mb]illion|[a-z]+s\b))|"
    rf"\b(?P<part>half|(?:a )?quarter) (?P<side>past|to) (?P<hourword>{'|'.join(_HOURS)})\b",
    re.IGNORECASE,
)


def minutes(parts: dict[str, str | None]) -> int:
    """Return the minutes since midnight that a match of `CLOCK` says."""
    if parts["noon"]:
        return HALF_DAY if parts["noon"].lower() == "noon" else 0
    if parts["hour24"]:
        return 60 * int(parts["hour24"]) + int(parts["minute24"] or 0)
    if parts["hourdot"]:
        return 60 * int(parts["hourdot"]) + int(parts["minutedot"] or 0)
    if parts["hourword"]:
        step = 30 if str(parts["part"]).lower() == "half" else 15
        hour = _HOURS.index(parts["hourword"].lower()) + 1
        return (60 * hour + (step if str(parts["side"]).lower() == "past" else -step)) % HALF_DAY
    hour = int(parts["hour"] or 0) % 12 + (12 if (parts["half"] or "").lower() == "p" else 0)
    return 60 * hour + int(parts["minute"] or 0)


def half_unknown(parts: dict[str, str | None]) -> bool:
    """Say whether a match of `CLOCK` leaves open which half of the day is meant."""
    return bool(parts["hourdot"] or parts["hourword"])

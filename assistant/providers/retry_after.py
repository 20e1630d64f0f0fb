"""When a provider may be asked again, in the forms in which providers say it, and in words.

They are Retry-After (seconds or a date of HTTP), retry-after-ms, a sentence of the error, and the times at
which limits are reset: "6m0s" of OpenAI, ISO dates of Anthropic, seconds since 1970 of others.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_PART = r"\d+(?:\.\d+)?(?:ms|s|m|h|d)"
_DURATION = re.compile(rf"(?:{_PART})+")
_PARTS = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SAID = re.compile(rf"\b(?:try again|retry) (?:in|after) ((?:{_PART})+)(?![A-Za-z])", re.IGNORECASE)
_RESET = re.compile(r"(?:x-)?ratelimit-reset\b.*|(?:[a-z]+-)?ratelimit-.+-reset")
_SINCE_1970 = 1e9
_MILLISECONDS_SINCE_1970 = 1e12


def wait_of(response: Any, said: str, *, limited: bool) -> float | None:  # noqa: ANN401  # any client's
    """Return the seconds until a provider may be asked again, None where it doesn't say.

    Args:
        response: The response with the error, of any HTTP client; None for an error within a stream.
        said: What the error says.
        limited: Whether a limit was reached. Its reset is told with other errors too, and is not meant then.
    """
    headers = getattr(response, "headers", None) or {}
    known = {str(name).lower(): str(value).strip() for name, value in headers.items()}
    for name, unit in (("retry-after-ms", "ms"), ("retry-after", "")):
        wait = _seconds(known.get(name, "") + unit)
        if wait is not None:
            return wait
    if not limited:
        return None
    if found := _SAID.search(said):
        return _seconds(found[1].lower())
    resets = {name: _seconds(value) for name, value in known.items() if _RESET.fullmatch(name)}
    reached = [name for name in resets if known.get(name.replace("reset", "remaining")) == "0"]
    return max((wait for name in reached or resets if (wait := resets[name]) is not None), default=None)


def _seconds(value: str) -> float | None:
    """Read a time to wait; None for anything else. What has passed already is 0."""
    if _DURATION.fullmatch(value):
        return sum(float(number) * _UNITS[unit] for number, unit in _PARTS.findall(value))
    now = datetime.now(tz=UTC)
    try:
        number = float(value)
    except ValueError:
        return _until(value, now)
    if not math.isfinite(number):
        return None
    if number >= _MILLISECONDS_SINCE_1970:
        number = number / 1000 - now.timestamp()
    elif number >= _SINCE_1970:
        number -= now.timestamp()
    return max(0.0, number)


def _until(value: str, now: datetime) -> float | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            until = read(value)
        except ValueError:
            continue
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - now).total_seconds())
    return None


def in_words(seconds: float) -> str:
    """Say how long a wait is, never too short: "40 seconds", "6 minutes", "2 hours", "3 days"."""
    longest = (("second", 1, 90), ("minute", 60, 5_400), ("hour", 3_600, 129_600), ("day", 86_400, math.inf))
    unit, length = next((unit, length) for unit, length, most in longest if seconds <= most)
    count = max(1, math.ceil(seconds / length))
    return f"{count:,} {unit}" + ("s" if count > 1 else "")

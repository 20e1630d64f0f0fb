"""The names of the calendar: months, weekdays, seasons and the holidays that news calls by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.language.lexicon import listed

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = listed("""january february march april may june july august september october november december""")
WEEKDAYS = listed("""monday tuesday wednesday thursday friday saturday sunday""")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first of a season's three months, in the north, where a newspaper does not say otherwise."""

_SHORT_MONTHS = listed("""jan feb mar apr jun jul aug sept sep oct nov dec""")
_SHORT_DAYS = listed("""mon tues tue wed thurs thur thu fri sat sun""")
MONTH_PATTERN = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\b\.?)"
WEEKDAY_PATTERN = rf"(?:(?:{'|'.join(WEEKDAYS)})s?\b|(?-i:{'|'.join(map(str.title, _SHORT_DAYS))})\b\.)"
SEASON_PATTERN = f"(?:{'|'.join(SEASONS)})"


def month_number(name: str) -> int:
    """Return 1 to 12 for the name of a month or its first letters, in any case, with or without a stop."""
    return next(at for at, month in enumerate(MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def weekday_number(name: str) -> int:
    """Return 0 to 6 from Monday on for the name of a weekday or its first letters."""
    return next(at for at, day in enumerate(WEEKDAYS) if day.startswith(name.lower().rstrip(".")[:3]))


def easter(year: int) -> date:
    """Return Easter Sunday of a year by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    step = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * step) // 451
    month, day = divmod(epact + step - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: str, count: int) -> date:
    """Return the so-manieth of a weekday in a month; -1 is the last."""
    number = WEEKDAYS.index(weekday)
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta((number - first.weekday()) % 7 + 7 * (count - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.weekday() - number) % 7)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's day": _on(1, 1),
    "epiphany": _on(1, 6),
    "martin luther king jr. day": lambda year: _nth(year, 1, "monday", 3),
    "martin luther king day": lambda year: _nth(year, 1, "monday", 3),
    "groundhog day": _on(2, 2),
    "valentine's day": _on(2, 14),
    "presidents' day": lambda year: _nth(year, 2, "monday", 3),
    "st patrick's day": _on(3, 17),
    "shrove tuesday": _from_easter(-47),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter": _from_easter(0),
    "ascension day": _from_easter(39),
    "whit monday": _from_easter(50),
    "april fools' day": _on(4, 1),
    "may day": _on(5, 1),
    "memorial day": lambda year: _nth(year, 5, "monday", -1),
    "juneteenth": _on(6, 19),
    "the fourth of july": _on(7, 4),
    "bastille day": _on(7, 14),
    "labor day": lambda year: _nth(year, 9, "monday", 1),
    "halloween": _on(10, 31),
    "guy fawkes night": _on(11, 5),
    "bonfire night": _on(11, 5),
    "armistice day": _on(11, 11),
    "veterans day": _on(11, 11),
    "thanksgiving day": lambda year: _nth(year, 11, "thursday", 4),
    "thanksgiving": lambda year: _nth(year, 11, "thursday", 4),
    "black friday": lambda year: _nth(year, 11, "thursday", 4) + timedelta(1),
    "cyber monday": lambda year: _nth(year, 11, "thursday", 4) + timedelta(4),
    "christmas eve": _on(12, 24),
    "christmas day": _on(12, 25),
    "christmas": _on(12, 25),
    "boxing day": _on(12, 26),
    "new year's eve": _on(12, 31),
}
"""Each holiday's day in a year. What lies on different days in different countries (Mother's Day, bank
holidays, "Independence Day") is not among them, except where one country's is known by that name."""
HOLIDAY_PATTERN = "|".join(name.replace("'", "['’]?").replace(".", r"\.?") for name in HOLIDAYS)


def holiday(name: str, year: int) -> date:
    """Return the day of a holiday in a year; raise `KeyError` for a name that is not among `HOLIDAYS`."""
    return _PLAIN[_plain(name)](year)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign not in "'’.")


_PLAIN = {_plain(name): days for name, days in HOLIDAYS.items()}


def written_date(day: date) -> str:
    """Return a date as it is spoken, whatever the machine's language: 4 May 2026."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"

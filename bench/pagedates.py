"""Whether the publication date that was read off a page is the one that the page itself shows.

The pages come with no dates, so that each date is held against something that our reader has not read: the
day in the page's address, or else the words that a visitor of the page sees. A day more or less is a time
zone. Where neither says anything (22 of 181 pages), the date was looked up in the page's source by eye.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from lxml import html as markup  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "january february march april may june july august september october november december"
PORTUGUESE = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
MONTHS, MESES = ENGLISH.split(), PORTUGUESE.split()
NUMBERS = [f"%m{mark}%d{mark}{year}" for mark in "/." for year in ("%Y", "%y")]
NUMBERS += [f"%d{mark}%m{mark}%Y" for mark in "/.-"] + [f"%Y{mark}%m{mark}%d" for mark in "/.-"]
IN_ADDRESS = re.compile(r"(20\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?!\d)")
TIME_ZONE = timedelta(days=1)

# Read by eye: the first letters of the page's name, and the day that its source gives as published.
READ = {
    "35b158": date(2019, 11, 19), "3c6d33": date(2018, 9, 24), "4648a4": date(2018, 4, 9),
    "513745": date(2019, 11, 19), "5f03fc": date(2018, 10, 7), "5fa567": date(2019, 11, 18),
    "7bb1ca": date(2019, 11, 18), "7dfc3e": date(2019, 11, 19), "87438a": date(2019, 11, 20),
    "b3c19d": date(2015, 6, 21), "b6fb53": date(2017, 8, 2), "c4a363": date(2018, 10, 3),
    "c82b3d": date(2018, 10, 11), "dc7ccc": date(2019, 11, 20), "e100c9": date(2019, 11, 18),
    "eb62ac": date(2019, 11, 18), "ec3878": date(2018, 1, 29), "57b4da": date(2018, 9, 25),
    "ba07d1": date(2018, 7, 30), "94fbcc": date(2018, 4, 18), "9eef81": date(2019, 11, 19),
    "abd9d6": date(2019, 11, 19),
}  # fmt: skip


class Basis(Enum):
    """What a date was held against."""

    ADDRESS = "the address"
    WORDS = "the words on the page"
    EYE = "its source, by eye"
    NOTHING = "nothing"


def held_against(key: str, found: date, html: str, url: str | None) -> tuple[Basis, bool]:
    """Return what shows the date of a page, and whether it is the one that was found."""
    if days := list(_in_address(url or "")):
        return Basis.ADDRESS, any(abs(found - day) <= TIME_ZONE for day in days)
    seen = _seen(html)
    around = (found - TIME_ZONE, found, found + TIME_ZONE)
    if any(form in seen for day in around for form in _written(day)):
        return Basis.WORDS, True
    if key[:6] in READ:
        return Basis.EYE, READ[key[:6]] == found
    return Basis.NOTHING, False


def _in_address(url: str) -> Iterator[date]:
    for year, month, day in IN_ADDRESS.findall(url):
        names = [name[:3] for name in MONTHS]
        number = names.index(month) + 1 if month in names else int(month) if month.isdigit() else 0
        try:
            yield date(int(year), number, int(day))
        except ValueError:
            continue


def _seen(html: str) -> str:
    """Return the words of a page without its head, scripts and styles, in lower case."""
    tree = markup.fromstring(html.encode("utf-8", "replace"), parser=markup.HTMLParser(encoding="utf-8"))
    for element in tree.xpath("//script | //style | //head"):
        if element.getparent() is not None:
            element.drop_tree()
    return " ".join(str(tree.text_content()).lower().split())


def _written(day: date) -> Iterator[str]:
    """Yield the forms in which pages write a day, in lower case."""
    name = MONTHS[day.month - 1]
    for month in (name, name[:3], f"{name[:3]}."):
        for number in (f"{day.day}", f"{day.day:02}"):
            yield f"{month} {number}, {day.year}"
            yield f"{month} {number} {day.year}"
            yield f"{number} {month} {day.year}"
    yield f"{day.day} de {MESES[day.month - 1]} de {day.year}"
    yield from (day.strftime(form) for form in NUMBERS)

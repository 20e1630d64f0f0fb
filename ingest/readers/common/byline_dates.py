"""The date in the lines around a page's heading, where papers print it: above the first paragraph.

A line counts only where it is a date and its label, its name or its element says that it is the article's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.readers.common.short_text import short_text
from ingest.readers.common.stated_dates import parse_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_PARAGRAPH = 100  # characters with which the text has begun
_LONGEST_LINE = 120  # characters of a byline with its date
_MOST_LINES = 150  # elements behind a heading that are looked at
_LARGEST_HEAD = 600  # characters of what stands around a heading, its own lines included
_LEVELS = 2  # elements around a heading that may be its head
_NAMED = re.compile(r"date|time(?!line)|publi|posted|byline", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?:written |reported |story )?(?:by|von|par|por|di|da|door)\b.{1,80}?[\s,|•·–—-]+)?"
    r"(?P<published>(?:first )?(?:published|posted|released|publiziert|veröffentlicht|erschienen|publiée?"
    r"|publicado|pubblicato|gepubliceerd|publicerad|опубликовано)\b\s*)?"
    r"(?:on|am|le|el|em|il|op|den)?\s*[:,|•·–—-]?\s*",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|edited|revis|aktualisier|stand:|geändert|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt"
    r"|обновл",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d")
_ASIDE = ("nav", "aside", "figure", "footer", "form", "table", "select", "li")
_UNSEEN = ("script", "style", "noscript", "template")
_NEAR = 40  # characters before a date that may say that it is another one


def byline_date(tree: Any) -> date | None:  # noqa: ANN401  # lxml has no types
    """Return the one day that the lines around the heading give; of several, the one called published."""
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return None
    found: set[date] = set()
    published: set[date] = set()
    for element in _lines(headings[0]):
        day, is_published = _stated(element)
        if day is not None:
            found.add(day)
            if is_published:
                published.add(day)
    days = published or found
    return days.pop() if len(days) == 1 else None


def _lines(heading: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the elements of a heading's head, then those behind it as far as the first paragraph."""
    own_ancestors = set(heading.iterancestors())  # old pages stand in a table as a whole
    for element in (*_head(heading), *heading.xpath("following::*[position() <= $most]", most=_MOST_LINES)):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        own = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if len(" ".join(own.split())) >= _PARAGRAPH:
            return
        aside = next(element.iterancestors(*_ASIDE), None)
        if element.tag not in _ASIDE and (aside is None or aside in own_ancestors):
            yield element


def _head(heading: Any) -> list[Any]:  # noqa: ANN401
    """Return what stands before a heading in the small part of the page that is its head."""
    head: list[Any] = []
    for around in list(heading.iterancestors())[:_LEVELS]:
        is_small = short_text(around, _LARGEST_HEAD) is not None
        if around.tag in {"body", "main", "html"} or not is_small or around.find(".//nav") is not None:
            break
        head = [one for one in around.iterdescendants() if isinstance(one.tag, str)]
        head = head[: head.index(heading)]
    return head


def _stated(element: Any) -> tuple[date | None, bool]:  # noqa: ANN401
    """Return the day that an element gives as the article's, and whether it says that this is publication."""
    line = short_text(element, _LONGEST_LINE)
    names = " ".join(f"{one.get('class', '')} {one.get('id', '')}" for one in (element, element.getparent()))
    if line is None or _CHANGED.search(f"{_before(element)} {line} {names}"):
        return None, False
    if element.tag == "time" and (day := parse_published(element.get("datetime"))):
        return day, "publi" in names.lower()
    if not _FIGURES.search(line):
        return None, False
    words = line.split(" ")
    for start in range(len(words)):
        day = parse_published(" ".join(words[start:]))
        label = _LABEL.fullmatch(" ".join([*words[:start], ""])) if day else None
        if day is not None and label is not None:
            is_named = bool(_NAMED.search(names)) or element.tag == "time" or start > 0
            return (day if is_named else None), bool(label["published"])
    return None, False


def _before(element: Any) -> str:  # noqa: ANN401
    """Return the words right before an element, within its parent."""
    before = element.getprevious()
    if before is None:
        text = element.getparent().text or ""
    else:
        text = f"{short_text(before, _NEAR) or ''} {before.tail or ''}"
    return " ".join(text.split())[-_NEAR:]

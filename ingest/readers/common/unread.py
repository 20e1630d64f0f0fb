"""What a document has and its text has not: pictures, films, formulas, embedded files, counted by kind."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Unread = tuple[tuple[str, int], ...]

_MEDIA = {
    "img": "picture",
    "image": "picture",
    "video": "film",
    "audio": "recording",
    "embed": "embedded page",
}
_PAGES = frozenset({"iframe", "object"})
_BLOCKS = ("p", "h2", "h3", "h4", "li", "td")
_FURNITURE = frozenset({"nav", "aside", "footer", "form", "button"})
_FILM = re.compile(r"youtu\.?be|vimeo|dailymotion|brightcove|jwplayer|video", re.IGNORECASE)
_UNSEEN = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|facebook\.com/(?:tr|plugins)|pixel|beacon|about:blank",
    re.IGNORECASE,
)
_BEGINNING = 40  # characters by which a paragraph is known again
_LEAST = 20  # characters of a paragraph that shows where the article stands
_NEAR = 4  # elements around a picture in which a paragraph of the article must stand
_ICON = 50  # pixels: what is smaller is a sign or a counter
_ROWS = 2
_MOST_ROWS = 50  # rows and cells by which a table is known again


def as_unread(counts: Mapping[str, int]) -> Unread:
    """Return counts as an article keeps them: the kinds that there are, the most frequent first."""
    found = ((kind, count) for kind, count in counts.items() if count > 0)
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


def unread_in_page(tree: Any, text: str) -> Unread:  # noqa: ANN401  # lxml has no types
    """Count what stands among the paragraphs that became a page's text, not in menus and columns beside."""
    beginnings = {_beginning(line) for line in text.split("\n")}
    around = set()
    for block in tree.iter(*_BLOCKS):
        begins = _begins(block)
        if len(begins) >= _LEAST and begins in beginnings and (parent := block.getparent()) is not None:
            around.add(parent)
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for element in tree.iter(*_MEDIA, *_PAGES, "table", "figcaption"):
        kind = _missing(element, beginnings) if element.tag in {"table", "figcaption"} else _media(element)
        if kind is None or not _is_near(element, around):
            continue
        source = element.get("src") or ""
        if source and not source.startswith("data:"):
            if source in seen:
                continue
            seen.add(source)
        counts[kind] += 1
    return as_unread(counts)


def unread_in_fragment(tree: Any) -> Counter[str]:  # noqa: ANN401
    """Count what a page shows that is all article and all of whose text is read."""
    return Counter(kind for element in tree.iter(*_MEDIA, *_PAGES) if (kind := _media(element)))


def _media(element: Any) -> str | None:  # noqa: ANN401
    source = element.get("src") or element.get("data") or element.get("data-src") or ""
    if element.tag in _PAGES:
        if not source or _UNSEEN.search(source):
            return None
        return "film" if _FILM.search(source) else "embedded page"
    if element.tag in {"img", "image"} and (_is_small(element) or _UNSEEN.search(source)):
        return None
    return _MEDIA[element.tag]


def _is_small(image: Any) -> bool:  # noqa: ANN401
    sizes = (image.get(name, "").removesuffix("px") for name in ("width", "height"))
    return any(size.isascii() and size.isdigit() and len(size) < 6 and int(size) <= _ICON for size in sizes)  # noqa: PLR2004


def _missing(element: Any, beginnings: set[str]) -> str | None:  # noqa: ANN401
    """Return the kind of a caption or table none of whose text is in the article."""
    if element.tag == "figcaption":
        begins = _begins(element)
        return "caption" if len(begins) >= _LEAST and begins not in beginnings else None
    rows = list(element.iter("tr"))
    if len(rows) < _ROWS or element.find(".//table") is not None:
        return None
    begun = [_begins(part) for row in rows[:_MOST_ROWS] for part in (row, *row[:_MOST_ROWS])]
    return None if beginnings.intersection(begun) - {""} or not any(begun) else "table"


def _is_near(element: Any, around: set[Any]) -> bool:  # noqa: ANN401
    for number, above in enumerate(element.iterancestors()):
        if above.tag in _FURNITURE or number >= _NEAR:
            return False
        if above in around:
            return True
    return False


def _begins(element: Any) -> str:  # noqa: ANN401
    """Return how an element's text begins, without reading all of it."""
    text = ""
    for part in element.itertext():
        text += part
        if len(text) > 4 * _BEGINNING:
            break
    return _beginning(text)


def _beginning(text: str) -> str:
    return " ".join(text[: 4 * _BEGINNING].split())[:_BEGINNING]

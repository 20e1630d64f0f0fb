"""Parts of a page that point to other articles: lines and groups under a hint, and rows of cards."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.readers.common.short_text import short_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_HINT = re.compile(
    r"\s*(?:read (?:also|more|next|on)|also read|related(?: (?:articles?|stories|news|content|coverage))?"
    r"|(?:other|more|latest|further) (?:[\w-]+ ){0,2}(?:columns?|stories|articles?|news|headlines)"
    r"|(?:more|most) (?:read|popular|from .{1,40}|on this story)"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|recommended(?: for you)?|don.t miss|lesen sie auch|das könnte sie auch interessieren|mehr zum thema"
    r"|lire aussi|à lire aussi|sur le même sujet|lee también|te puede interesar|leggi anche"
    r"|leia (?:também|mais)|veja também|você (?:também )?pode gostar|lees ook|läs också|читайте также"
    r")\s*(?:…|\.\.\.)?\s*[:›»>-]?\s*",
    re.IGNORECASE,
)
_LINKED = 0.5  # of a hint's text is the name of the other article
_CARDS = 3  # side by side
_LONGEST_CARD = 250  # characters: a name and a line about it
_CARD = ("li", "article", "div", "section")
_HEADINGS = ("h2", "h3", "h4", "h5")


def other_articles(body: Any) -> Iterator[Any]:  # noqa: ANN401  # lxml has no types
    """Yield the parts of a page that only point to other articles."""
    for hint in list(body.iter("p", "li", "h2", "h3", "h4", "h5", "div", "strong")):
        part = _hint_part(hint)
        if part is not None:
            yield part
    yield from _cards(body)


def is_beside(part: Any) -> bool:  # noqa: ANN401
    """Say whether a part is an `article` of its own behind the one whose heading is the page's."""
    return part.tag == "article" and any(
        before.find(".//h1") is not None for before in part.itersiblings("article", preceding=True)
    )


def _hint_part(hint: Any) -> Any:  # noqa: ANN401
    """Return the part that only points to other articles: a line with a link, or a group with its heading."""
    text = " ".join(hint.text_content().split())
    found = _HINT.match(text)
    if not found:
        return None
    if found.end() < len(text):  # "Read also: The ferry stays"
        linked = " ".join(" ".join(link.text_content() for link in hint.iter("a")).split())
        of_rest = len(linked) >= _LINKED * (len(text) - found.end())
        return hint if hint.tag in {"p", "li", "strong"} and linked and of_rest else None
    part = None
    for around in list(hint.iterancestors())[:4]:
        is_article = around.tag == "article" and not is_beside(around)
        if is_article or around.tag in {"body", "main"} or around.find(".//h1") is not None:
            break
        if not " ".join(around.text_content().split()).startswith(text):
            break
        part = around if around.find(".//a") is not None else part
    return part


def _cards(body: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield cards of other articles of the site: each a picture, a linked heading, and a line at most."""
    rows: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    own: set[str] | None = None
    for heading in body.iter(*_HEADINGS):
        card = _card(heading)
        if card is None:
            continue
        own = _hosts(body) if own is None else own
        if _leads_to(card, own):
            row = card.getparent()
            rows[card.tag, card.get("class"), row.tag, row.get("class")].append(card)
    for cards in rows.values():
        if len(cards) >= _CARDS:
            yield from cards


def _card(heading: Any) -> Any:  # noqa: ANN401
    """Return the largest element around a linked heading that holds nothing but its card."""
    if heading.find(".//a") is None and next(heading.iterancestors("a"), None) is None:
        return None
    card = None
    for around in heading.iterancestors():
        if short_text(around, _LONGEST_CARD) is None:
            break
        if sum(1 for _ in around.iter(*_HEADINGS[:2])) > 1:
            break
        card = around if around.tag in _CARD else card
    return card if card is not None and card.find(".//img") is not None else None


def _leads_to(card: Any, own: set[str]) -> bool:  # noqa: ANN401
    hosts = {urlsplit(link.get("href") or "").netloc for link in card.iter("a")}
    return all(not host or host in own for host in hosts)


def _hosts(body: Any) -> set[str]:  # noqa: ANN401
    """Return the hosts that the page calls its own."""
    root = body.getroottree().getroot()
    stated = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return {urlsplit(str(url)).netloc for url in stated}

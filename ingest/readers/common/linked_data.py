"""The JSON-LD of a page: what it says about the article itself, not about related ones."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report\b|Review\b")
_PERSON_TYPE = re.compile(r"Person|Organization")
_PAGE_TYPE = re.compile(r"^(?:WebPage|ItemPage)$")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_NODES = 2000  # of one JSON-LD block; real ones have a few dozen
_TRAILING_COMMA = re.compile(r",\s*([}\]])")  # browsers' consoles forgive it, JSON doesn't
_PAGE_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s#?]+)", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$")


def linked_articles(tree: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401  # lxml has no types
    """Return the records of articles in JSON-LD that are about this page.

    Lists of related articles are not looked into. Of several articles those count whose address or headline
    is the page's; one that states another address and a headline that the page doesn't have never counts.
    """
    scripts = list(_scripts(tree))
    people = {
        node["@id"]: node
        for script in scripts
        for node in _nodes(script, _PERSON_TYPE)
        if isinstance(node.get("@id"), str)
    }
    nodes = [_with_people(node, people) for script in scripts for node in _nodes(script, _ARTICLE_TYPE)]
    addresses, titles = _own_addresses(tree), _own_titles(tree)
    own = [node for node in nodes if not addresses.isdisjoint(_addresses(node))]
    own = own or [node for node in nodes if _is_headed(node, titles)]
    return own or [node for node in nodes if not addresses or not _addresses(node) or not titles]


def _with_people(node: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return a record with the people in place of the names that other records know them by."""
    named = node.get("author")
    listed = [
        people.get(str(one.get("@id")), one) if isinstance(one, Mapping) and not one.get("name") else one
        for one in (named if isinstance(named, list) else [named])
    ]
    return {**node, "author": listed} if people and named else node


def linked_pages(tree: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """Return the records of the page itself, which some publishing systems write in place of an article's."""
    nodes = (node for script in _scripts(tree) for node in _nodes(script, _PAGE_TYPE))
    addresses = _own_addresses(tree)
    return [node for node in nodes if not addresses.isdisjoint(_addresses(node))]


def _own_addresses(tree: Any) -> set[str]:  # noqa: ANN401
    links = tree.xpath(
        "//link[@rel='canonical' or @rel='Canonical']/@href | //meta[@property='og:url']/@content"
    )
    return {address for link in links if (address := _address(link))}


def _own_titles(tree: Any) -> list[str]:  # noqa: ANN401
    shown = [one.text_content() for one in (*tree.iterfind(".//head/title"), *tree.iter("h1"))]
    return [
        _letters(one) for one in (*shown, *tree.xpath("//meta[@property='og:title']/@content")) if one.strip()
    ]


def _is_headed(node: Mapping[str, Any], titles: list[str]) -> bool:
    headline = node.get("headline") or node.get("name")
    letters = _letters(html.unescape(headline)) if isinstance(headline, str) else ""
    return bool(letters) and any(letters in title for title in titles)


def _addresses(node: Mapping[str, Any]) -> set[str]:
    """Return the addresses by which a record names its page, without scheme and fragment."""
    written = [node.get("url"), node.get("@id")]
    page = node.get("mainEntityOfPage")
    written += [page.get("@id"), page.get("url")] if isinstance(page, Mapping) else [page]
    return {address for one in written if (address := _address(one))}


def _address(written: object) -> str:
    found = _PAGE_ADDRESS.match(written.strip()) if isinstance(written, str) else None
    return found[1].rstrip("/").casefold() if found and "/" in found[1].rstrip("/") else ""


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _scripts(tree: Any) -> Iterator[object]:  # noqa: ANN401
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = _COMMENT.sub("", script.text or "")
        for written in (text, _TRAILING_COMMA.sub(r"\1", text)):
            try:
                yield json.loads(written, strict=False)
            except (ValueError, RecursionError):
                continue
            break


def _nodes(value: object, kind: re.Pattern[str]) -> Iterator[Mapping[str, Any]]:
    nodes = [value]
    for node in nodes:  # grows while it is walked: breadth first
        if isinstance(node, list) and len(nodes) < _MOST_NODES:
            nodes.extend(node)
        elif isinstance(node, Mapping):
            nodes.extend(node[name] for name in _PARTS if name in node)
            if kind.search(str(node.get("@type"))):
                yield node

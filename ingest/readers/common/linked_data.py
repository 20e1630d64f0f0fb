"""The JSON-LD of a page: what it says about the article itself, not about related ones."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report\b|Review\b")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_NODES = 2000  # of one JSON-LD block; real ones have a few dozen
_TRAILING_COMMA = re.compile(r",\s*([}\]])")  # browsers' consoles forgive it, JSON doesn't
_COMMENT = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$")


def linked_articles(tree: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401  # lxml has no types
    """Return the records of articles in JSON-LD; lists of related articles are not looked into."""
    return [node for script in _scripts(tree) for node in _articles(script)]


def _scripts(tree: Any) -> Iterator[object]:  # noqa: ANN401
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = _COMMENT.sub("", script.text or "")
        for written in (text, _TRAILING_COMMA.sub(r"\1", text)):
            try:
                yield json.loads(written, strict=False)
            except (ValueError, RecursionError):
                continue
            break


def _articles(value: object) -> Iterator[Mapping[str, Any]]:
    nodes = [value]
    for node in nodes:  # grows while it is walked: breadth first
        if isinstance(node, list) and len(nodes) < _MOST_NODES:
            nodes.extend(node)
        elif isinstance(node, Mapping):
            nodes.extend(node[name] for name in _PARTS if name in node)
            if _ARTICLE_TYPE.search(str(node.get("@type"))):
                yield node

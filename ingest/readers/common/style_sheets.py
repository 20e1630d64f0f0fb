"""What the style sheets inside a page hide: rules for a class, an id or an element with a class, no others.

A sheet that the page only names is never fetched. Rules that hold for a medium or a state (`@media print`,
`.open .menu`, `:hover`) say nothing about the page as it is first seen, and rules for bare elements (`body`)
hide what a script then shows: they are passed over.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST_SHEETS = 500_000  # characters of all sheets of a page; real ones reach 400,000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])(-?[_a-z][\w-]*)", re.IGNORECASE)
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]*)")
KNOWN = frozenset(
    {
        "display",
        "visibility",
        "text-decoration",
        "text-decoration-line",
        "font-size",
        "text-indent",
        "left",
        "top",
        "height",
        "overflow",
    }
)
"""Colours are not among them (what lies behind is another rule's), nor is opacity: pages fade in with it."""

StyleRules = dict[str, dict[str, str]]


def hiding_rules(tree: Any) -> StyleRules:  # noqa: ANN401  # lxml has no types
    """Return the declarations for each simple selector in the page's own sheets, the last one winning."""
    rules: StyleRules = {}
    text = "\n".join(_sheets(tree))[:LONGEST_SHEETS]
    for selectors, body in _top_rules(_COMMENT.sub(" ", text)):
        declared = {name: value for name, value in declarations(body).items() if name in KNOWN}
        for selector in selectors.split(",") if declared else ():
            if _SIMPLE.fullmatch(selector.strip()):
                rules.setdefault(selector.strip(), {}).update(declared)
    return rules


def style_of(element: Any, rules: StyleRules) -> dict[str, str]:  # noqa: ANN401
    """Return what the rules declare for an element; an id counts more than a class, as in browsers."""
    found: dict[str, str] = {}
    names = [f".{name}" for name in (element.get("class") or "").split()]
    if name := element.get("id"):
        names.append(f"#{name}")
    for name in names:
        for selector in (name, f"{element.tag}{name}"):
            found |= rules.get(selector, {})
    return found


def declarations(written: str) -> dict[str, str]:
    """Return the declarations of a style; the last of two wins."""
    return {
        name: value.replace("!important", "").replace(" ", "").strip()
        for name, value in _DECLARATION.findall(written.lower())
    }


def _sheets(tree: Any) -> list[str]:  # noqa: ANN401
    every = (None, "", "all", "screen")
    return [
        each.text or "" for each in tree.iter("style") if (each.get("media") or "").strip().lower() in every
    ]


def _top_rules(text: str) -> list[tuple[str, str]]:
    """Return selectors and bodies of the rules that stand in no block, such as one of @media."""
    rules: list[tuple[str, str]] = []
    depth, begin, selectors = 0, 0, ""
    for sign in re.finditer(r"[{};]", text):
        if sign[0] == "{":
            if depth == 0:
                selectors, begin = text[begin : sign.start()].strip(), sign.end()
            depth += 1
        elif sign[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                if not selectors.startswith("@"):
                    rules.append((selectors, text[begin : sign.start()]))
                begin = sign.end()
        elif depth == 0:  # the end of @import and the like
            begin = sign.end()
    return rules

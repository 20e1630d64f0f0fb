"""The only place that writes HTML: builds elements and escapes everything that is put into them.

Article text, titles, questions, file names and error texts come from anywhere. They are passed as plain
`str` and are escaped here; what is already an element is an `Html` and is left as it is.
"""

from __future__ import annotations

import json
import re
from html import escape

from assistant.rendering.links import safe_url

VOID = frozenset({"br", "hr", "input", "img"})
OWN_PAGES = frozenset({"/sign-out", "/api/changes.atom"})
FORBIDDEN = frozenset({"script", "style", "iframe", "object", "embed", "base", "link", "meta"})

# What a browser or a JSON encoder chokes on: control characters except tab and line feed, lone surrogates.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NAME = re.compile(r"[a-z][a-z0-9-]*")

Attribute = str | int | bool | None


class Html(str):
    """Markup that is safe to show as it is. Made by `element` and `fragment` only."""

    __slots__ = ()


def text(value: str) -> Html:
    """Return a plain text as HTML that shows exactly this text."""
    return Html(escape(_UNSHOWABLE.sub("\ufffd", value), quote=True))


def fragment(*children: str | None) -> Html:
    """Join children: elements as they are, plain texts escaped, None left out."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children if child))


def element(name: str, /, *children: str | None, **attributes: Attribute) -> Html:
    """Build an element. `class_` and `for_` lose their underscore, `data_mark` becomes `data-mark`."""
    if name in FORBIDDEN or not _NAME.fullmatch(name):
        raise ValueError(f"<{name}> has no place in a page of Footnote")
    pairs = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{pairs}>")
    return Html(f"<{name}{pairs}>{fragment(*children)}</{name}>")


def web_link(url: str | None, *children: str, **attributes: Attribute) -> Html | None:
    """Build a link to another site that opens in a new tab, or None where the address is no web page."""
    address = safe_url(url)
    if address is None:
        return None
    return element("a", *children, href=address, target="_blank", rel="noopener noreferrer", **attributes)


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on") or name in {"style", "srcdoc"}:
        raise ValueError(f"attribute {name!r} could run code or change the page")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name in {"href", "src", "action"} and not _inert(str(value)):
        raise ValueError(f"{name} must be an http or https address or a place in the page")
    return f' {name}="{text(str(value))}"'


def _inert(address: str) -> bool:
    return address.startswith("#") or address in OWN_PAGES or safe_url(address) is not None


def inert_json(value: object) -> str:
    """Write a value as JSON that has no tag in it, wherever it may be put."""
    return json.dumps(value).replace("<", "\\u003c")


def document(title: str, *children: str, language: str = "en") -> Html:
    """Build a page of its own, to be saved: it may load nothing and run nothing. `language` is its code."""
    head = (
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        "<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif}"
        "blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:3px solid #999}</style>"
    )
    body = element("main", *children)
    return Html(
        f'<!doctype html>\n<html lang="{text(language)}"><head>{head}<title>{text(title)}</title></head>'
        f"<body>{body}</body></html>\n"
    )

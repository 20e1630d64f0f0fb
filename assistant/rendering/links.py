"""Links to live pages: only http and https, and to a sentence by text fragment (WICG Text Directives)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

WHOLE_SENTENCE_WORDS = 8  # up to here the whole sentence is the fragment; browsers match it exactly
EDGE_WORDS = (
    5  # of a longer sentence its first and last words: enough to be unique, short enough to survive edits
)
PREFIX_WORDS = 3
MAX_PREFIX = 80  # characters in which the words before are looked for
MAX_URL = 2_000  # longer addresses are refused by some servers and browsers

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]")


def safe_url(url: str | None) -> str | None:
    """Return the address if a browser may be sent there: http or https with a host, nothing hidden in it."""
    if not url or len(url) > MAX_URL or _UNPRINTABLE.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url.strip()


def text_fragment_link(url: str | None, text: str, start: int, end: int) -> str | None:
    """Return a link that opens the page at `text[start:end]`, or None where the address is no web page."""
    address = safe_url(url)
    if address is None:
        return None
    page, _, fragment = address.partition("#")
    anchor = fragment.partition(":~:")[0]
    directive = _directive(text, start, end)
    link = f"{page}#{anchor}:~:text={directive}"
    return link if directive and len(link) <= MAX_URL else address


def _directive(text: str, start: int, end: int) -> str:
    """Write `[prefix-,]start[,end]`; the words before are named only where the sentence stands twice."""
    words = _words(text[start:end])
    if not words:
        return ""
    if len(words) <= WHOLE_SENTENCE_WORDS:
        target = _encode(words)
    else:
        target = f"{_encode(words[:EDGE_WORDS])},{_encode(words[-EDGE_WORDS:])}"
    before = _words(text[max(0, start - MAX_PREFIX) : start])[-PREFIX_WORDS:]
    twice = text.find(text[start:end]) != start
    return f"{_encode(before)}-,{target}" if twice and before else target


def _words(part: str) -> list[str]:
    return part.encode("utf-8", "ignore").decode("utf-8").split()


def _encode(words: list[str]) -> str:
    # "-" and "," have a meaning inside a text directive, and quote() leaves "-" alone.
    return quote(" ".join(words), safe="").replace("-", "%2D")

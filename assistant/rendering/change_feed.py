"""Changes of answers to kept questions as text for a terminal, and as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assistant.rendering.links import safe_url
from assistant.rendering.render import TERMINAL_WIDTH, footnote_text, one_line, source_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Citation
    from assistant.vocabulary.changed_answers import AnswerChange

FEED_TITLE = "Footnote: answers that changed"
FEED_ID = "urn:footnote:changed-answers"
NEVER = "1970-01-01T00:00:00+00:00"
UNSAID = "Your articles didn't say."
UNSAID_NOW = "Your articles don't say any more."
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def change_text(change: AnswerChange, *, width: int = TERMINAL_WIDTH) -> str:
    """Return a change for a terminal: the question, the sentence before, the sentence now."""
    before = footnote_text(change.before, " ", width) if change.before else f"  {UNSAID}"
    after = footnote_text(change.after, " ", width) if change.after else f"  {UNSAID_NOW}"
    return "\n".join([textwrap.fill(one_line(change.question), width), "Before:", before, "Now:", after])


def changes_feed(changes: Sequence[AnswerChange]) -> str:
    """Return the changes, the latest first, as an Atom feed; all text in it is plain text."""
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", FEED_TITLE)
    _add(feed, "id", FEED_ID)
    _add(feed, "updated", changes[0].found.isoformat() if changes else NEVER)
    _add(_add(feed, "author", ""), "name", "Footnote")
    for change in changes:
        entry = _add(feed, "entry", "")
        _add(entry, "title", one_line(change.question))
        _add(entry, "id", f"{FEED_ID}:{change.id}")
        _add(entry, "updated", change.found.isoformat())
        address = safe_url(change.after.link or change.after.url) if change.after else None
        if address:
            _add(entry, "link", "").set("href", address)
        _add(entry, "content", _said(change)).set("type", "text")
    ET.register_namespace("", _ATOM)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _said(change: AnswerChange) -> str:
    before = _quoted(change.before) if change.before else UNSAID
    after = _quoted(change.after) if change.after else UNSAID_NOW
    return f"Now: {after}\nBefore: {before}"


def _quoted(citation: Citation) -> str:
    return f"“{one_line(citation.quote)}” {source_line(citation)}"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = _NOT_XML.sub("\ufffd", text)
    return child

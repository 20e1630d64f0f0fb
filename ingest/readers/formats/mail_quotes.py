"""What an email says twice or of its sender (quoted mail, signatures), and lines of format=flowed."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.formats.html_page import parse_page

_ATTRIBUTION = re.compile(
    r"(?:on|am|le|el|il|op|em|den|w dniu)\b.{5,200}"
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał)\b.{0,60}:",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"^-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|messaggio originale)"
    r"\s*-{2,}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS = re.compile(
    r"^\W{0,2}(?:From|Von|De|Da|Van)\s?:.*\n(?:.*\n){0,4}?"
    r"\W{0,2}(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden)\s?:.*\n(?:.*\n){0,6}?"
    r"\W{0,2}(?:Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp)\s?:",
    re.MULTILINE,
)
"""What Outlook puts above the email that it repeats."""

_FORWARDED = re.compile(r"forwarded message|weitergeleitete nachricht|message transféré", re.IGNORECASE)
_SIGNATURE = "--"
_LONGEST_SIGNATURE = 12  # lines
_LONGEST_ATTRIBUTION = 3  # lines
_QUOTING = re.compile(r"gmail_|yahoo_quoted|moz-cite|type=[\"']?cite", re.IGNORECASE)
_QUOTED_PARTS = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'moz-cite-prefix')]"
    " | //*[contains(concat(' ', @class, ' '), ' gmail_quote ')] | //*[contains(@class, 'gmail_signature')]"
    " | //*[contains(concat(' ', @class, ' '), ' yahoo_quoted ')]"
)


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Return a text of format=flowed (RFC 3676) with its lines joined and its added spaces taken off."""
    lines: list[str] = []
    goes_on, before = False, 0
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        is_signature = words.rstrip("\r") == "-- "
        if goes_on and depth == before and not is_signature:
            lines[-1] = (lines[-1][:-1] if delsp else lines[-1]) + words
        else:
            lines.append(f"{'>' * depth}{' ' * bool(depth)}{words}")
        goes_on, before = words.endswith(" ") and not is_signature, depth
    return "\n".join(lines)


def without_quotes(text: str, *, is_reply: bool, is_forward: bool) -> str:
    """Return the text of an email without quoted mail and signature; a text of nothing else stays.

    Lines that begin with `>` quote somebody where the line above says so, or the email is a reply; others
    use the sign for items of a list. What an email forwards is what it is about.
    """
    found = None if is_forward else _ORIGINAL.search(text) or _HEADERS.search(text)
    lines = (text[: found.start()] if found else text).split("\n")
    last = range(max(0, len(lines) - 1 - _LONGEST_SIGNATURE), len(lines))
    end = next((at for at in last if lines[at].rstrip() == _SIGNATURE), len(lines))
    kept: list[str] = []
    quotes = False
    for line in lines[:end]:
        if not line.startswith(">"):
            quotes = quotes and not line.strip()
            kept.append(line)
        elif quotes or _drop_attribution(kept) or is_reply:
            quotes = True
        else:
            kept.append(line)
    rest = "\n".join(kept).strip()
    return rest if any(character.isalnum() for character in rest) else text


def _drop_attribution(lines: list[str]) -> bool:
    """Take what says who wrote the following off the end of lines, and say whether it was there."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for start in range(end - 1, max(-1, end - 1 - _LONGEST_ATTRIBUTION), -1):
        if _ATTRIBUTION.fullmatch(" ".join(lines[start:end]).strip()):
            del lines[start:]
            lines.append("")
            return True
    return False


def without_quoted_parts(page: str) -> str:
    """Return the HTML of an email without the parts that mail programs mark as quoted; forwards stay."""
    from lxml.html import tostring  # type: ignore[import-untyped]

    tree: Any = parse_page(page) if _QUOTING.search(page) else None
    if tree is None:
        return page
    quoted = [part for part in tree.xpath(_QUOTED_PARTS) if not _FORWARDED.search(part.text_content()[:300])]
    for part in quoted:
        if part.getparent() is not None:
            part.drop_tree()
    is_all = not any(character.isalnum() for character in tree.text_content())
    return page if is_all or not quoted else str(tostring(tree, encoding="unicode"))

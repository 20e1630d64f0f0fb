"""Plain text as it really comes: front matter, a title line, a line that begins with date and paper."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes, one_line
from ingest.readers.common.fields import Metadata, derived_title, known_fields, squeeze_names
from ingest.readers.common.stated_dates import DAY_FIRST, ISO, MONTH, MONTH_FIRST, parse_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ingest.readers.common.document import Document

LONGEST_TITLE_LINE = 120  # characters; a longer first line is a paragraph
LONGEST_FRONT_MATTER = 65_536  # characters; YAML is slow to parse and real front matter is below 4,000
MOST_BRACKETS = 200  # in front matter; each that is open slows YAML down, 5,000 cost seconds
LEAD_WITHIN = 300  # characters at the start of a text in which date and paper must stand

_TOML = re.compile(r"\+\+\+\n(.*?\n)\+\+\+(?:\n|$)", re.DOTALL)
_FRONT_MATTER = re.compile(r"---\n(.*?\n)(?:---|\.\.\.)(?:\n|$)", re.DOTALL)
_NAME = r"[^\W\d_a-z][\w.&'’-]*"  # begins with a capital, or with a letter of a script without capitals
_SMALL_WORD = r"(?:of|the|and|for|in|de|la|le|der|die|das|el|du|del|di|da)"
_SOURCE = rf"(?P<source>(?-i:{_NAME}(?:\s(?:{_NAME}|{_SMALL_WORD}|\d{{1,4}})){{0,4}}))"
_ANY_SOURCE = r"(?P<source>[^\s,;:!?]+(?:\s[^\s,;:!?]+){0,5}?)"  # behind the word `date` it is one for sure
_DATE, _MONTH_NAME = (
    re.sub(r"\?P<\w+>", "?:", form) for form in (rf"(?:{ISO}|{DAY_FIRST}|{MONTH_FIRST})", MONTH)
)  # the groups' names would clash
_CLOCK = r"(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?"
_BEHIND = r"(?:\s*[,:|]\s*|\s+)"
_LEADS = tuple(
    re.compile(rf"\s*{label}(?P<date>{_DATE}){_CLOCK}(?:{_BEHIND}{source})?\s+[-–—]\s+", re.IGNORECASE)
    for label, source in ((r"date:?\s+", _ANY_SOURCE), ("", _SOURCE))
)
# LONDON, March 3 (Reuters) - …: a place in capitals, perhaps a day, the agency in brackets, a dash.
_DATELINE = re.compile(
    r"\s*[^\W\d_a-z](?:[^\W\d_a-z]|[.'’ /-]){2,40}(?:,\s*[A-Z][\w. ]{2,20})?,?\s*"
    rf"(?P<date>(?i:{_MONTH_NAME})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?\s*"
    rf"\((?P<source>{_NAME}(?:\s{_NAME}){{0,3}})\)\s*[-–—]{{1,2}}\s"
)
_SENTENCE_END = re.compile(r"[.:;,][\"”’')\]]*$")
_BYLINE = re.compile(r"[Bb][Yy]\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Lead:
    """What the first line of a text says about it, and the text without that line's beginning."""

    text: str
    published: date | None = None
    source: str | None = None


def plain_articles(document: Document) -> Iterator[Article]:
    """Yield the article of a text file."""
    yield plain_article(decode_bytes(document.data()), document.origin)


def plain_article(text: str, origin: str) -> Article:
    """Make an article from plain text; raise SourceError if nothing is left to read."""
    known, body = split_front_matter(clean_text(text))
    lead = split_lead(body)
    title, body = split_title(lead.text)
    if lead.published is None:
        lead = split_lead(body)
        body = lead.text
    return build_article(body, origin, known=known, title=title, lead=lead)


def build_article(
    body: str, origin: str, *, known: Metadata, title: str | None = None, lead: Lead | None = None
) -> Article:
    """Put an article together: what front matter or fields say wins over what the text says."""
    lead = lead or Lead(body)
    body = body.strip()
    if not any(character.isalnum() for character in body):
        raise SourceError(origin, "There is no text in it. Check that it is the file you meant.")
    return Article(
        text=body,
        title=known.title or title or derived_title(body),
        origin=origin,
        published=known.published or lead.published,
        source=known.source or lead.source,
        url=known.url,
        authors=known.authors,
        modified=known.modified,
        language=known.language,
        section=known.section,
        dated_by=known.dated_by if known.published else "the first line" if lead.published else None,
        unread=known.unread,
    )


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Split YAML between two `---` lines or TOML between `+++` off the start; what has no fields is text."""
    if text.startswith("+++\n"):
        return _split_toml(text)
    found = _FRONT_MATTER.match(text, 0, LONGEST_FRONT_MATTER) if text.startswith("---\n") else None
    if not found or found[1].count("[") + found[1].count("{") > MOST_BRACKETS:
        return Metadata(), text
    import yaml

    try:
        fields = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return Metadata(), text
    if not isinstance(fields, Mapping):
        return Metadata(), text
    return _front_matter(fields), text[found.end() :].lstrip("\n")


def _split_toml(text: str) -> tuple[Metadata, str]:
    found = _TOML.match(text, 0, LONGEST_FRONT_MATTER)
    if not found or found[1].count("[") + found[1].count("{") > MOST_BRACKETS:
        return Metadata(), text
    try:
        fields = tomllib.loads(found[1])
    except (ValueError, RecursionError):
        return Metadata(), text
    return _front_matter(fields), text[found.end() :].lstrip("\n")


def _front_matter(fields: Mapping[Any, object]) -> Metadata:
    known = known_fields(squeeze_names(fields))
    return replace(known, dated_by="the front matter") if known.published else known


def split_title(text: str) -> tuple[str | None, str]:
    """Split a title off the text: a short first line that ends no sentence, followed by an empty line."""
    first, blank, rest = text.partition("\n\n")
    first = one_line(first) if "\n" not in first.strip() else ""
    is_title = (
        bool(blank and rest.strip() and first)
        and len(first) <= LONGEST_TITLE_LINE
        and not _SENTENCE_END.search(first)
        and not _BYLINE.match(first)
        and any(character.isalpha() for character in first)
        and parse_published(first) is None
    )
    return (first, rest.lstrip("\n")) if is_title else (None, text)


def split_lead(text: str) -> Lead:
    """Split `2024-01-30 Islam Times - ` off the text; read an agency's dateline but leave it in.

    The first is a label that somebody put before the article. The second, `LONDON, March 3 (Reuters) - `,
    is how the article begins; it gives the agency, and the date only when it names the year.
    """
    found = _LEADS[0].match(text, 0, LEAD_WITHIN) or _LEADS[1].match(text, 0, LEAD_WITHIN)
    if found and (published := parse_published(found["date"])) and found.end() < len(text):
        return Lead(text[found.end() :].lstrip(), published, found["source"] and one_line(found["source"]))
    if found := _DATELINE.match(text, 0, LEAD_WITHIN):
        return Lead(text, parse_published(found["date"]), found["source"])
    return Lead(text)

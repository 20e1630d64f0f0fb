"""What is known about an article, from the names that feeds, exports and front matter use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.readers.common.decoding import one_line
from ingest.readers.common.stated_dates import parse_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Names are compared in lower case, without `_`, `-` and spaces; the first that holds something wins.
# Dates of crawling, ingestion and updating are left out on purpose: they are not publication dates.
TITLE_FIELDS = ("title", "headline", "name")
TEXTS = (
    "text",
    "body",
    "content",
    "articlebody",
    "maintext",
    "fulltext",
    "articletext",
    "storytext",
    "contenthtml",  # of JSON Feed
    "contenttext",
)
NAMED_TEXTS = ", ".join(TEXTS[:5])
"""The names as messages list them: the usual ones."""

_URLS = ("url", "link", "canonicalurl")
_DATES = (
    "published",
    "datepublished",
    "publishedat",
    "publisheddate",
    "publicationdate",
    "publishdate",
    "pubdate",
    "date",
    "created",
)
_MODIFIED = ("modified", "datemodified", "modifiedat", "updated", "updatedat", "dateupdated", "lastmodified")
_SOURCES = (
    "source",
    "publicationtitle",  # databases of the press name the paper so, and its house beside it
    "publicationname",
    "pubtitle",
    "sourcename",
    "medianame",
    "newspaper",
    "publisher",
    "sitename",
    "site",
    "outlet",
    "publication",
)
_AUTHORS = ("author", "authors", "byline", "creator")
_SECTIONS = ("section", "articlesection", "category", "categories", "rubric")
_LANGUAGES = ("language", "lang", "inlanguage", "locale")

LONGEST_NAME = 300  # characters of a title, source or author that are kept; the longest seen is 180
LONGEST_URL = 4000  # browsers and servers refuse longer addresses
MOST_AUTHORS = 50
DERIVED_TITLE = 80  # characters: one line in a list of articles

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid", re.IGNORECASE)
_UNSAFE_URL = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\s\ud800-\udfff]")
_SENTENCE = re.compile(r".{15,}?[.!?…][\"”’')\]]*(?=\s|$)")
_BYLINE = re.compile(r"^\s*by:?\s+", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8}){0,4}(?:\.[\w-]+)?")
_BETWEEN_NAMES = re.compile(r"\s*(?:;|,|\s+and\s|\s&\s)\s*")
_ROLE = re.compile(
    r"(?:[\w’'-]+\s){0,4}(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|producer"
    r"|photographer|\w+-in-chief)(?:\s(?:at|for|of|in)\s.+)?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"user ?name|user|admin(?:istrator)?|author|unknown|guest|none|null|undefined|n/a|by"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:19|20)\d\d)\b.{0,40}",
    re.IGNORECASE,
)
_NAME_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found about an article; everything may be missing."""

    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    modified: date | None = None
    language: str | None = None
    section: str | None = None
    dated_by: str | None = None
    unread: tuple[tuple[str, int], ...] = ()


def squeeze_names(record: Mapping[Any, object]) -> dict[str, object]:
    """Return the record with comparable names; of two names that become the same, the first filled one."""
    squeezed: dict[str, object] = {}
    for name, value in record.items():
        key = re.sub(r"[_\-\s]", "", str(name)).lower()
        if squeezed.get(key) in (None, "", [], {}):
            squeezed[key] = value
    return squeezed


def known_fields(squeezed: Mapping[str, object]) -> Metadata:
    """Read what is known from a record whose names are squeezed.

    Without a source, the host of the address is taken: that is a fact, where a guess would not be.
    """
    url = next((url for value in _values(squeezed, _URLS) if (url := canonical_url(value))), None)
    published = next((day for value in _values(squeezed, _DATES) if (day := parse_published(value))), None)
    modified = next((day for value in _values(squeezed, _MODIFIED) if (day := parse_published(value))), None)
    return Metadata(
        title=next((name for value in _values(squeezed, TITLE_FIELDS) for name in _names(value)), None),
        published=published,
        source=next((name for value in _values(squeezed, _SOURCES) for name in _names(value)), None)
        or host_of(url),
        url=url,
        authors=next((names for value in _values(squeezed, _AUTHORS) if (names := authors_of(value))), ()),
        modified=modified_after(published, modified),
        language=next(
            (code for value in _values(squeezed, _LANGUAGES) if (code := language_code(value))), None
        ),
        section=next((name for value in _values(squeezed, _SECTIONS) for name in _first_name(value)), None),
        dated_by="a field of the record" if published else None,
    )


def modified_after(published: date | None, modified: date | None) -> date | None:
    """Return the day of a change; one before the publication is a mistake, the same day says nothing."""
    return modified if modified and (published is None or modified > published) else None


def language_code(value: object) -> str | None:
    """Return the ISO 639-1 code of a language tag (BCP 47): en for en-GB and en_US."""
    if isinstance(value, Mapping):
        value = value.get("alternateName")
    found = _LANGUAGE_TAG.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def canonical_url(value: object) -> str | None:
    """Return an http or https address without fragment and tracking parameters; None for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(value.strip())
        host = parts.hostname
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or _UNSAFE_URL.search(value.strip()):
        return None
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme.lower(), host + port, parts.path or "/", _query(parts.query), ""))


def host_of(url: str | None) -> str | None:
    """Return the host of an address without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None


def authors_of(value: object) -> tuple[str, ...]:
    """Return names from a byline, a list of names, or a list of records with names, lists in it too.

    The role behind a name ("Senior Reporter"), days and words that hold the place of a name are left out.
    """
    names: list[str] = []
    for item in _flat(value):
        for written in _names(item):
            for part in _BETWEEN_NAMES.split(_BYLINE.sub("", written)):
                if names and _NAME_SUFFIX.fullmatch(part):
                    names[-1] += f", {part}"
                elif (
                    part
                    and part not in names
                    and not (_NO_NAME.fullmatch(part) or (names and _ROLE.fullmatch(part)))
                ):
                    names.append(part)
    return tuple(names[:MOST_AUTHORS])


def _flat(value: object) -> Iterator[object]:
    """Yield what a list holds, and what lists in it hold."""
    for item in value if isinstance(value, list | tuple) else [value]:
        yield from item if isinstance(item, list | tuple) else [item]


def derived_title(text: str) -> str:
    """Return the first sentence as title, or its first words and `…`: words of the article, not ours."""
    start = one_line(text[: 4 * LONGEST_NAME])
    sentence = _SENTENCE.match(start)
    title = (sentence[0] if sentence else start).rstrip(".")
    if len(title) <= DERIVED_TITLE:
        return title
    cut = title[: DERIVED_TITLE + 1]
    words = cut.rsplit(" ", 1)[0] if " " in cut else cut[:DERIVED_TITLE]
    return words.rstrip(",;:–—- ") + "…"


def _query(query: str) -> str:
    """Drop tracking parameters; a query without any stays exactly as it is written."""
    if not _TRACKING.search(query):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])


def _values(squeezed: Mapping[str, object], names: tuple[str, ...]) -> Iterator[object]:
    return (squeezed[name] for name in names if name in squeezed)


def _first_name(value: object) -> Iterator[str]:
    """Yield the first name of a list, or the one that it is."""
    yield from _names(value[0] if isinstance(value, list) and value else value)


def _names(value: object) -> Iterator[str]:
    """Yield the name in a string or in a record with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str) and (name := one_line(value[: 4 * LONGEST_NAME])):
        yield name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"

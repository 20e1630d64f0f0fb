"""The paper that a question names: "according to CNN", "what does the Harbour Gazette say"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.question.query import search_words
from ingest import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.question.query import Query

_NAME = r"(?P<name>(?:the )?[^\W_][\w.&'’-]*(?: (?:of |and )?[^\W_][\w.&'’-]*){0,4}?)"
_SAYS = r"(?:say|says|said|write|writes|wrote|report|reports|reported|print|printed|claim|claims|claimed)"
_ASKS = "what|who|when|where|why|how|which|did|is|was|were|has|had"
_KINDS = "articles?|reports?|stories|coverage|news"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\baccording to {_NAME}(?=[,?.!;:]|$| (?:{_ASKS})\b)",
        rf"\b(?:what|how|which) (?:[\w-]+ )?(?:do|does|did|has) {_NAME} {_SAYS}\b",
        rf"^(?:did|does|has) {_NAME} {_SAYS}\b",
        rf"\b(?:reported|published|printed|written|covered) (?:by|in) {_NAME}(?=[,?.!;:]|$)",
        rf"\b(?:{_KINDS}) (?:from|of|in|by) {_NAME}(?=[,?.!;:]|$| (?:about|on|say|from)\b)",
        rf"^(?:in|per) {_NAME}, ",
        r"\bin (?P<name>the [^\W_][\w.&'’-]*(?: [^\W_][\w.&'’-]*){0,3}?)(?=[?.!]*$)",
    )
)
_PAPERS = re.compile(
    r"(?:^|\s)(?:times|post|gazette|herald|tribune|journal|guardian|telegraph|chronicle|observer|daily|mail|"
    r"courier|dispatch|examiner|inquirer|sentinel|star|sun|mirror|news|press|bbc|cnn|nbc|cbs|abc|npr|reuters|"
    r"bloomberg|usa today|newspaper|magazine|weekly|standard|globe|record|bulletin|argus|echo)$",
    re.IGNORECASE,
)
_LATIN_DOMAIN = re.compile(r"^(?:www\.)?|\.(?:com|org|net|co\.uk|news|example)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """A question with the articles that may answer it, and what the reader should know about that."""

    query: Query
    filters: Filters | None
    notices: tuple[str, ...] = ()


def scope_of(query: Query, filters: Filters | None, sources: Callable[[], Sequence[str]]) -> Scope:
    """Return the filters that a question's own words ask for, the caller's winning wherever both speak.

    `sources` is asked for the names of the library's papers, and only where the question names one.
    """
    given = filters or Filters()
    notices: tuple[str, ...] = ()
    wanted = given
    period = query.period
    if period and period.of_articles and not (given.published_from or given.published_to):
        wanted = replace(wanted, published_from=period.first, published_to=period.last, undated=False)
    found = named_source(query.text)
    if found and not given.sources and not given.article_ids:
        text, name = found
        known = match_source(name, sources())
        if known:
            wanted = replace(wanted, sources=known)
            query = _without(query, text)
        elif _PAPERS.search(name):
            notices = (f"No article comes from {name}, so all sources were searched.",)
    return Scope(query, None if wanted == Filters() else wanted, notices)


def named_source(question: str) -> tuple[str, str] | None:
    """Return the words that name where something was said, and the name in them; None where none do."""
    for pattern in _PATTERNS:
        found = pattern.search(question)
        if found and any(word[0].isupper() for word in found["name"].split()):
            return found[0], re.sub(r"^(?:the|The) ", "", found["name"].strip())
    return None


def match_source(name: str, sources: Sequence[str]) -> frozenset[str]:
    """Return the sources that a name may mean: the same name, else the only one that it is a part of."""
    wanted = _words(name)
    if not wanted:
        return frozenset()
    same = frozenset(source for source in sources if _run_together(source) == _run_together(name))
    if same:
        return same
    part = [source for source in sources if set(wanted) <= set(_words(source))]
    return frozenset(part) if len({_words(source) for source in part}) == 1 else frozenset()


def _words(name: str) -> tuple[str, ...]:
    bare = _LATIN_DOMAIN.sub("", name.strip())
    words = re.findall(r"[^\W_]+", bare.casefold().replace("’s", "").replace("'s", ""))
    return tuple(words[1:] if words[:1] == ["the"] else words)


def _run_together(name: str) -> str:
    """Return a name as a domain has it: "USA Today" is usatoday.com, "The Week" theweek.co.uk."""
    return "".join(_words(name)).removeprefix("the")


def _without(query: Query, text: str) -> Query:
    """Return the query without the paper's name among the words that are looked for."""
    name = text if text.lower().startswith(("according", "in ", "per ")) else ""
    rest = " ".join(query.search_text.replace(name, " ").split()).strip(" ,") if name else query.search_text
    words = search_words(rest)
    full_text = " ".join(query.full_text.replace(name, " ").split()) if name else query.full_text
    return replace(query, search_text=rest, full_text=full_text, words=words) if words else query

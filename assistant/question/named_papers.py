"""The paper that a question means: "according to CNN", "in the Post", "what does the Harbour Gazette report".

A paper is meant only where the question says so: a name that the library has, in one of the wordings in which
papers are asked about. "What did China say?" is not about China Daily, "in the House" not about The House.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answers import QuestionFilter
from assistant.language.calendar_words import written_date
from assistant.question.query import search_words
from assistant.question.source_names import PAPER_WORDS, bare_name, occurrences
from ingest import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.question.query import Query
    from assistant.question.source_names import Occurrence

_ASKS = "what|who|whom|when|where|why|how|which|did|do|does|is|are|was|were|has|have|had|will|can"
_JOINS = (
    "on|in|about|for|at|from|by|this|last|yesterday|today|and|or|but|that|then|only|alone|since|during|says?"
)
# A name ends here; in "the Times of Israel" and "the Guardian Media Group" it goes on.
_END = rf"(?=[,?.!;:)]|$| (?:{_ASKS}|{_JOINS})\b(?! Sunday\b))"
_PUBLISHED = (
    r"(?:reported|published|printed|written|covered|carried|described|stated|mentioned|revealed|quoted)"
)
_TEXTS = (
    r"(?:articles?|stories|story|reports?|coverage|reporting|pieces?|headlines?|editorials?|columns?|essays?|"
    r"op-eds?|stud(?:y|ies)|accounts?|version)"
)
_SAYS = r"(?:say|said|says|claim|claims|claimed|state|states|stated|mention|mentioned|tell|told)"
_REPORTS = (
    r"(?:report|reports|reported|write|writes|wrote|written|print|printed|publish|published|cover|covered|"
    r"carry|carried|describe|described|reveal|revealed)"
)
_OF_THEIRS = r"(?-i:[a-z]+ )?"  # "the Post's latest report"
_FIGURES = (
    r"(?:profits?|loss(?:es)?|revenues?|earnings|sales|turnover|income|subscribers?|readers|layoffs|cuts)"
)
_NOT_TEXT = (
    r"(?:invest\w*|stakes?|shares?|interest\w*|trust\w*|confidence|believe[sd]?|jobs?|layoffs?|cuts?|work\w*|"
    r"employ\w*|owner\w*|staff|chang\w*|wrong|happen\w*|strikes?|racism|scandals?|role|career)"
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """What stands to the left and to the right of a name that is meant as a paper.

    `firm` wordings are used of what is printed; in the others the name itself has to be unmistakable.
    `cut` says whether the wording, with the name, asks for nothing else and can be left out of a search.
    """

    left: re.Pattern[str]
    right: re.Pattern[str]
    firm: bool = True
    cut: bool = False


def _wording(left: str, right: str, *, firm: bool = True, cut: bool = False) -> _Wording:
    return _Wording(
        re.compile(f"(?:{left})$", re.IGNORECASE), re.compile(right, re.IGNORECASE), firm=firm, cut=cut
    )


_WORDINGS = (
    _wording(r"\b(?:according to|as per) (?:the )?(?:(?:news)?paper |magazine )?", _END, cut=True),
    _wording(rf"(?<!\bnot )(?<!\bnever )\b(?:as )?{_PUBLISHED} (?:\w+ly )?(?:by|in) ", _END, cut=True),
    _wording(rf"\b(?:{_TEXTS}|news) (?:from|in|by) ", _END, cut=True),
    _wording(
        r"\b(?:wrote|writes?|written|reads?|appear(?:s|ed)?|op-ed|essay|article|piece)\b[^,?.]{0,60} in ",
        _END,
    ),
    _wording(
        r"\b(?:only|just|exclusively) (?:from|in|use|using|ask|search) |\b(?:use|using|from) only ", _END
    ),
    _wording(r"\b(?:from|in|by) ", r"^ (?:only|alone)(?=[,?.!]|$)"),
    _wording(
        rf"^(?!(?:when|where)\b)(?!.*\b{_FIGURES}\b.{{0,20}}$).*\b(?:do|does|did|has|have|had) ",
        rf"^ (?:\w+ly )?{_REPORTS}\b(?! (?:its|their) )",
    ),
    _wording(r"\b(?:what|as|than) ", rf"^ {_REPORTS}\b"),
    _wording(
        r"^(?!(?:why|when)\b).*\b(?:what|how|which|who|whom|where)\b.*\b(?:do|does|did|has|have|had) ",
        rf"^ (?:\w+ly )?{_SAYS}\b(?!.*\b(?:its|their)\b)",
        firm=False,
    ),
    _wording(r"^(?:do|does|did|has|have|had) ", rf"^ {_SAYS}\b(?!.*\b(?:its|their)\b)", firm=False),
    _wording(r"\b(?:what|as|than) ", rf"^ {_SAYS}\b(?!.*\b(?:its|their)\b)", firm=False),
    _wording(r"", rf"^['’]s? {_OF_THEIRS}{_TEXTS}{_END}", firm=False),
    _wording(r"", rf"^ {_OF_THEIRS}{_TEXTS} {_SAYS}\b", firm=False),
    _wording(r"(?<!\bdo )(?<!\bdid )(?<!\bdoes )", rf"^ {_OF_THEIRS}{_TEXTS}{_END}", firm=False),
    _wording(rf"\b(?!{_NOT_TEXT} in )\w+ in ", r"^(?=[?.!,;:]|$| (?:about|on)\b)", firm=False),
    _wording(r"^(?:in|per|from) ", r"^(?=[,:])", firm=False, cut=True),
    _wording(r"^", r"^(?=:)", firm=False),
)
# Where a library need not be asked for its papers: no such word, no such wording.
_ANY_WORDING = re.compile(
    r"\b(?:according to|per|only|alone|just|exclusively|in|from|news|"
    rf"{_PUBLISHED}|{_TEXTS}|{_REPORTS}|{_SAYS})\b|:",
    re.IGNORECASE,
)
_NAME = r"(?P<name>(?:the )?[^\W_][\w.&'’-]*(?: (?:of |and )?[^\W_][\w.&'’-]*){0,4}?)"
_UNKNOWN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\baccording to {_NAME}{_END}",
        rf"\b(?:what|how|which) (?:[\w-]+ )?(?:do|does|did|has) {_NAME} (?:{_SAYS}|{_REPORTS})\b",
        rf"^(?:did|does|has) {_NAME} (?:{_SAYS}|{_REPORTS})\b",
        rf"\b{_PUBLISHED} (?:by|in) {_NAME}{_END}",
        rf"\b{_TEXTS} (?:from|in|by) {_NAME}{_END}",
        r"\bin (?P<name>the [^\W_][\w.&'’-]*(?: [^\W_][\w.&'’-]*){0,3}?)(?=[?.!]*$)",
    )
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A question with the articles that may answer it, and what the reader should know about that.

    `said` is what the question's own words limit it to, None where they limit nothing.
    """

    query: Query
    filters: Filters | None
    notices: tuple[str, ...] = ()
    said: QuestionFilter | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """The papers that a question means; `words` say so in it, and `cut` of them need not be looked for."""

    sources: frozenset[str]
    words: str
    cut: str


def scope_of(query: Query, filters: Filters | None, sources: Callable[[], Sequence[str]]) -> Scope:
    """Return the filters that a question's own words ask for, the caller's winning wherever both speak.

    Where the caller's are `exact`, the question's words limit nothing. `sources` is asked for the names of
    the library's papers, and only where the question may mean one.
    """
    given = filters or Filters()
    if given.exact:
        return Scope(query, filters)
    wanted, words = given, list[str]()
    period = query.period
    if period and period.of_articles and not (given.published_from or given.published_to):
        wanted = replace(wanted, published_from=period.first, published_to=period.last, undated=False)
        words.append(period.text)
    notices: tuple[str, ...] = ()
    if not given.sources and not given.article_ids and _ANY_WORDING.search(query.text):
        known = sources()
        meant = meant_sources(query.text, known)
        if meant:
            wanted = replace(wanted, sources=meant.sources)
            words.append(meant.words)
            query = _without(query, meant.cut)
        elif unknown := unknown_paper(query.text):
            notices = (f"No article comes from {unknown}, so all sources were searched.",)
    if wanted == given:
        return Scope(query, filters, notices)
    said = QuestionFilter(
        words=tuple(words),
        sources=tuple(sorted(wanted.sources - given.sources)),
        published_from=None if given.published_from else wanted.published_from,
        published_to=None if given.published_to else wanted.published_to,
    )
    return Scope(query, wanted, (*notices, _told(said)), said)


def _told(said: QuestionFilter) -> str:
    """Say what was searched and which words of the question are the reason."""
    parts = [f"of {' and '.join(said.sources)}"] if said.sources else []
    first, last = said.published_from, said.published_to
    if first or last:
        days = [f"{word} {written_date(day)}" for word, day in (("from", first), ("to", last)) if day]
        parts.append(f"published {' '.join(days)}")
    words = " and ".join(f"“{each}”" for each in said.words)
    return f"Only articles {' '.join(parts)} were searched, because the question says {words}."


def meant_sources(question: str, sources: Sequence[str]) -> Meant | None:
    """Return the papers that a question means, of those that there are; None where it means none."""
    for group in _groups(question, occurrences(question, sources)):
        start, end = group[0].start, group[-1].end
        left, right = question[:start], question[end:]
        for wording in _WORDINGS:
            found = wording.left.search(left)
            if not found or not wording.right.search(right):
                continue
            if wording.firm or all(item.unmistakable for item in group):
                named = frozenset(name for item in group for name in item.sources)
                words = question[found.start() : end] if wording.cut else question[start:end]
                return Meant(named, words.strip(" ,"), words)
    return None


def unknown_paper(question: str) -> str | None:
    """Return the name of what is called like a paper and asked about as one; None where there is no such."""
    for pattern in _UNKNOWN:
        found = pattern.search(question)
        if found and any(word[0].isupper() for word in found["name"].split()):
            name = re.sub(r"^(?:the|The) ", "", found["name"].strip())
            return name if bare_name(name).split(" ")[-1] in PAPER_WORDS else None
    return None


def _groups(question: str, found: Sequence[Occurrence]) -> Iterator[list[Occurrence]]:
    """Yield names that are joined as one, as in "the Guardian and the Sun"; each else alone."""
    group: list[Occurrence] = []
    for item in found:
        between = question[group[-1].end : item.start] if group else ""
        if group and not re.fullmatch(r",? (?:and |or )|, ", between, re.IGNORECASE):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _without(query: Query, text: str) -> Query:
    """Return the query without the paper's name among the words that are looked for."""
    rest = " ".join(query.search_text.replace(text, " ").split()).strip(" ,")
    words = search_words(rest)
    full_text = " ".join(query.full_text.replace(text, " ").split())
    brief = " ".join(query.brief.replace(text, " ").split())
    return replace(query, search_text=rest, full_text=full_text, brief=brief, words=words) if words else query

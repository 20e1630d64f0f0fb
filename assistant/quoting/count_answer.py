"""Counting the articles that mention something: exactly, over the whole library, each with its sentence.

A mention is the subject's words as they stand, whole and next to each other, in the text of a live article. A
word that the question writes with a capital is a name, and so needs one in the text. The keyword index says
which articles to look at; what counts is their text.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from assistant.answers import Answer, Mention, Mode, Statement, Support, Tally
from assistant.language.calendar_words import written_date
from assistant.question.count_question import Counting
from assistant.retrieval.found import Ranked
from assistant.retrieval.open_libraries import read_library
from ingest import Filters, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.language.periods import Period
    from assistant.question.asked import Asked
    from assistant.question.count_question import CountQuestion
    from ingest import Article, Hit, Library

MOST_CITED = 20
"""Stories that get a footnote; the tally has all of them."""

_APOSTROPHES = "['’]"


def counted(wanted: CountQuestion, asked: Asked) -> Answer:
    """Count what a question asks for; not answered where no article mentions it."""
    tally, first, notices = read_library(asked.library, lambda opened: _tally(wanted, asked, opened.library))
    cited = tuple(item.cite(number) for number, item in enumerate(first[:MOST_CITED], start=1))
    if not cited:
        notices = (f"No article that was searched mentions “{wanted.subject}”.", *notices)
    elif len(first) > len(cited):
        notices = (f"The first {len(cited)} of {len(first):,} stories are quoted.", *notices)
    said = Statement(
        _said(wanted, tally),
        tuple(citation.number for citation in cited),
        Support.SUPPORTED,
        reason="Counted in the text of every article.",
    )
    return Answer(
        question=asked.query.asked,
        answered=bool(cited),
        confidence=1.0 if cited else 0.0,
        statements=(said,) if cited else (),
        citations=cited,
        mode=Mode.COUNT,
        notices=notices,
        tally=tally,
        language=asked.query.language,
    )


def mention_pattern(subject: str) -> re.Pattern[str]:
    """Return what finds a subject in a text: its whole words, capitals where it has capitals."""
    words = [_word(word) for word in subject.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")


def _word(word: str) -> str:
    letters = re.sub(r"['’]", _APOSTROPHES, re.escape(word))
    if not word[0].isupper():
        return f"(?i:{letters})"
    return f"(?={re.escape(word[0])})(?i:{letters})"


def _tally(
    wanted: CountQuestion, asked: Asked, library: Library
) -> tuple[Tally, list[Ranked], tuple[str, ...]]:
    """Return the numbers, the first mention of each story in order of days, and notices."""
    query, given = asked.query, asked.filters or Filters()
    limits, told = Filters(), tuple[str, ...]()
    if not given.exact:
        limits, told = _limits(wanted.paper, query.period, library.sources())
    found = _mentions(wanted.subject, library.all_having(stems(wanted.subject)), (given, limits))
    found.sort(key=lambda item: (item.article.published or date.max, item.article.id))
    stories = {item.group: item for item in reversed(found)}
    days = [item.article.published for item in found if item.article.published]
    months = Counter(day.isoformat()[:7] for day in days)
    tally = Tally(
        subject=wanted.subject,
        articles=len(found),
        stories=len(stories),
        sources=tuple(sorted({item.article.source for item in found if item.article.source})),
        first=min(days, default=None),
        last=max(days, default=None),
        undated=len(found) - len(days),
        months=tuple(sorted(months.items())),
        mentions=tuple(_mention(item, stories[item.group]) for item in found),
    )
    return tally, [item for item in found if stories[item.group] is item], (*told, *library.notices)


def _mentions(subject: str, hits: Iterable[Hit], filters: Sequence[Filters]) -> list[Ranked]:
    """Return each article that mentions the subject, with the first sentence that does."""
    pattern = mention_pattern(subject)
    first: dict[str, Ranked] = {}
    passed: dict[str, bool] = {}
    for hit in hits:
        article = hit.article
        if article.id not in passed:
            is_allowed = all(each.allows(article) for each in filters)
            passed[article.id] = is_allowed and pattern.search(article.text) is not None
        if not passed[article.id]:
            continue
        for sentence in hit.chunk.sentences:
            if _begins_in(pattern, article, sentence.start, sentence.end):
                known = first.get(article.id)
                if known is None or sentence.start < known.sentence.start:
                    first[article.id] = Ranked(article, sentence, 1.0, hit.group)
                break
    return list(first.values())


def _begins_in(pattern: re.Pattern[str], article: Article, start: int, end: int) -> bool:
    """Say whether a mention begins in a span; it may end behind it, where a full stop was no end."""
    found = pattern.search(article.text, start)
    return found is not None and found.start() < end


def _limits(paper: str, period: Period | None, sources: Sequence[str]) -> tuple[Filters, tuple[str, ...]]:
    """Return what a paper or a period in the question limits counting to, with what is said of it."""
    told = []
    named = {name for name in sources if _bare(name) == _bare(paper)}
    if paper:
        told.append(
            f"Counted in {', '.join(sorted(named))} only." if named else f"No article is from “{paper}”."
        )
    if period is None:
        return Filters(sources=(named or {paper}) if paper else None), tuple(told)
    told.append(f"Counted in the articles of “{period.text}” only.")
    limits = Filters(period.first, period.last, (named or {paper}) if paper else None, undated=False)
    return limits, tuple(told)


def _bare(name: str) -> str:
    return name.casefold().strip().removeprefix("the ")


def _mention(item: Ranked, first: Ranked) -> Mention:
    """Return a mention; its story goes by the first of those found, for a group may have others."""
    article, span = item.article, item.sentence
    return Mention(
        article.id,
        article.version,
        article.title,
        article.source,
        article.published,
        first.article.id,
        span.start,
        span.end,
    )


def _said(wanted: CountQuestion, tally: Tally) -> str:
    """Say the numbers in one sentence."""
    subject = f"“{tally.subject}”"
    mention = f"{_count(tally.articles, 'article')} mention{'s' if tally.articles == 1 else ''} {subject}"
    stories = _count(tally.stories, "story", "stories") + " after copies"
    papers = _count(len(tally.sources), "paper") if tally.sources else ""
    numbers = ", ".join(part for part in (stories, papers, _span(tally)) if part)
    if wanted.counting is Counting.SINCE and tally.first:
        return f"Since {written_date(tally.first)}: {mention}, {numbers}."
    if wanted.counting is Counting.OFTEN and tally.months:
        months = ", ".join(f"{number:,} in {_month(month)}" for month, number in tally.months)
        return f"{mention}: {numbers}. By month: {months}."
    if wanted.counting is Counting.PAPERS and tally.sources:
        counts = Counter(item.source for item in tally.mentions if item.source)
        named = ", ".join(f"{name} ({number:,})" for name, number in sorted(counts.items()))
        return f"{papers} mention{'s' if len(counts) == 1 else ''} {subject}: {named}. {mention}: {stories}."
    return f"{mention}: {numbers}."


def _month(month: str) -> str:
    return written_date(date.fromisoformat(f"{month}-01")).removeprefix("1 ")


def _span(tally: Tally) -> str:
    if tally.first is None or tally.last is None:
        return ""
    days = [written_date(day) for day in dict.fromkeys((tally.first, tally.last))]
    undated = f", {tally.undated:,} without a date" if tally.undated else ""
    return " to ".join(days) + undated


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"

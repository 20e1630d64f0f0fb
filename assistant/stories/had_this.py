"""Whether the library has reported something already: the first report, later ones, and copies of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.language.names import find_names
from assistant.question.asked import FILTERS
from assistant.question.query import search_words
from assistant.quoting.sentence_quality import is_page_furniture
from assistant.retrieval.found import Ranked
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.sentence_ranking import rarities
from assistant.stories.story import HEAD, covered
from assistant.vocabulary.story_reports import HadThis, Printing, Report
from ingest import Filters, QuestionError, compared_words, limited_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.retrieval.open_libraries import OpenLibrary
    from ingest import Article, Hit, Library, LibraryLocation

MOST_CHARACTERS = 10_000
"""Characters of the longest text that is looked for; more is a whole article."""
SEARCHED = 100
MOST_REPORTS = 20
MOST_COPIES = 50  # near-duplicates of a report that are named
SAME_PAIRS = 0.75
"""Share of a text's neighbouring words that are neighbours in an article too, from which it is printed there.
Of 1,100,000 pairs of a sentence and another article, three quarters of the words stood somewhere in order in
1,108; with neighbours 35 are left, most of them the same sentence. Copies with a word in ten changed stay."""
FEWEST_WORDS = 8
"""Fewer words are neighbours in many an article."""
SAME_NEWS = 0.7
"""Least sum of the cosine similarity of a passage and half the share of the text's words, by rarity, that it
has: headlines in other words have .76 and more, other news of the same ship or school .64 and less."""
NAMES_MET = 0.5
"""Share of the names in a text that an article must have to report the same."""


def had_this(
    text: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    limit: int = MOST_REPORTS,
) -> HadThis:
    """Say whether a library has reported something already: a headline or a paragraph is held against it.

    Args:
        text: What is looked for, up to 10,000 characters.
        library: The library's folder; by default the one that the settings name.
        filters: Which articles may be used.
        limit: The most reports; copies of a report are not counted.

    Raises:
        QuestionError: there are no words in the text, it is too long, or another argument is wrong.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    words = " ".join(text.split())
    if len(words) > MOST_CHARACTERS:
        raise QuestionError(f"The text has {len(words):,} characters; the limit is {MOST_CHARACTERS:,}.")
    if not search_words(words):
        raise QuestionError("The text has no words in it. Paste a headline or a paragraph.")
    if filters is not None and not isinstance(filters, Filters):
        raise QuestionError(FILTERS)
    folder = limited_to(filters.groups if filters else None, library)
    return read_library(folder, lambda opened: _had(words, opened, filters, limit))


@dataclass(slots=True, eq=False)
class _Match:
    """How far an article has a text: the passage that is nearest, whether in the text's own words."""

    hit: Hit
    matter: float
    printed: bool

    @property
    def worth(self) -> tuple[bool, float, float]:
        """What the best match has most of."""
        return self.printed, self.matter, self.hit.similarity


def _had(text: str, opened: OpenLibrary, filters: Filters | None, limit: int) -> HadThis:
    library = opened.library
    weights = rarities(*library.frequencies(search_words(text)))
    hits = library.search(text, opened.embedder.embed([text])[0], filters=filters, limit=SEARCHED)
    best: dict[str, _Match] = {}
    for match in _matches(text, hits, weights):
        known = best.get(match.hit.group)
        if known is None or match.worth > known.worth:
            best[match.hit.group] = match
    chosen = sorted(best.values(), key=lambda match: match.worth, reverse=True)[:limit]
    told = [(match, _printings(match.hit.article, library, filters)) for match in chosen]
    told.sort(key=lambda each: _order(each[1][0]))
    reports, citations = [], []
    for number, (match, (first, *others)) in enumerate(told, start=1):
        reports.append(Report(number, match.printed, tuple(_printing(each) for each in others)))
        citations.append(_nearest(first, match.hit.group, library, weights).cite(number))
    return HadThis(text, tuple(reports), tuple(citations), tuple(library.notices))


def _matches(text: str, hits: Iterable[Hit], weights: Mapping[str, float]) -> Iterable[_Match]:
    """Yield the passages that report what a text says, or print it."""
    words = compared_words(text)
    names = {name.words[-1].lower for name in find_names(text) if name.words}
    for hit in hits:
        article = hit.article
        head = f"{article.title} {article.text[:HEAD]}"
        matter = max(covered(head, weights), covered(f"{article.title} {hit.chunk.text}", weights))
        printed = len(words) >= FEWEST_WORDS and _printed(words, article)
        same = float(hit.similarity) + matter / 2 >= SAME_NEWS
        if printed or (same and _names_met(names, article) >= NAMES_MET):
            yield _Match(hit, matter, printed)


def _printed(words: list[str], article: Article) -> bool:
    lines = [article.title, *article.text.split("\n")]
    theirs = {pair for line in lines for pair in pairwise(compared_words(line))}
    pairs = list(pairwise(words))
    return sum(pair in theirs for pair in pairs) >= SAME_PAIRS * len(pairs)


def _names_met(names: set[str], article: Article) -> float:
    """Return the share of some names that an article has; all of them where there are none."""
    text = f"{article.title} {article.text}".lower()
    return sum(name in text for name in names) / len(names) if names else 1.0


def _printings(article: Article, library: Library, filters: Filters | None) -> list[Article]:
    """Return an article and its near-duplicates, the earliest first."""
    members = [library.article(each) for each in library.group_members(article.id)[:MOST_COPIES]]
    there = [each for each in members if each and (filters is None or filters.allows(each))]
    return sorted(there or [article], key=_order)


def _nearest(article: Article, group: str, library: Library, weights: Mapping[str, float]) -> Ranked:
    """Return the sentence of an article that has most of a text, the first of equals."""
    chunks = library.vectors(article.id, article.version)
    sentences = {each.start: each for chunk, _ in chunks for each in chunk.sentences}
    ordered = [sentences[start] for start in sorted(sentences)]
    worth = [(covered(each.text, weights), not is_page_furniture(each.text)) for each in ordered]
    place = max(range(len(ordered)), key=lambda at: (worth[at], -at))
    return Ranked(article, ordered[place], worth[place][0], group)


def _printing(article: Article) -> Printing:
    return Printing(article.id, article.title, article.source, article.published, article.url)


def _order(article: Article) -> tuple[date, str]:
    return article.published or date.max, article.id

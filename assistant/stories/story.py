"""The sentences of a story: the articles that are about a topic, and what each of them says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.question.asked import Asked
from assistant.question.follow_up import question_vector
from assistant.quoting.sentence_quality import is_label, only_asks, promises, retells_a_post
from assistant.retrieval.found import Ranked
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.sentence_ranking import rarities
from assistant.stories.quoted import paragraph_before
from ingest import content_stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from ingest import Article, Filters, Hit, Library, LibraryLocation

SEARCHED = 200
"""Chunks that each index returns: those of some hundred articles on a story."""
MOST_ARTICLES = 60
"""Articles of a story that are read, those that have most of the topic first."""
ABOUT = 0.7
"""Share of a topic's words, by rarity, that title and head of an article have if it is about the topic."""
MENTIONS = 0.9
"""The same for a sentence of another article, with the sentences on both sides."""
_CREDIT = re.compile(r"^[^.,]{0,60}/(?:AP|AFP|EPA|Getty|Reuters|Shutterstock|Sipa)\b")
"""The name of a photographer, which stands before a caption."""
NAMES, DENSE = 0.25, 0.08
"""Share of a topic that a sentence has to name it, and share of an article's sentences that do so, from which
all of it is about the topic: live pages and round-ups of news begin with one and go on to others."""
HEAD = 700
"""Characters at the head of an article that say, with its title, what it is about."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A sentence of a story, with those before it in its article; `lead` marks the first of an article."""

    item: Ranked
    before: tuple[str, ...]
    lead: bool

    @property
    def text(self) -> str:
        """The sentence."""
        return self.item.sentence.text

    @property
    def paragraph(self) -> str:
        """What stands before it in its paragraph."""
        return paragraph_before(self.item.article.text, self.item.sentence.start)

    @property
    def published(self) -> date | None:
        """When its article was published."""
        return self.item.article.published


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A topic with all that the articles say of it, in the order of the articles' days."""

    topic: str
    told: tuple[Told, ...]
    articles: int
    notices: tuple[str, ...]


def story_of(topic: str, *, library: LibraryLocation | str | None, filters: Filters | None) -> Story:
    """Read what the articles of a library say of a topic.

    Raises:
        QuestionError: the topic is empty or too long, or the filters are none.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    asked = Asked.of(topic, library=library, history=(), asked_on=None, filters=filters)
    return read_library(asked.library, lambda opened: _story(asked.query, opened, asked.filters))


def _story(query: Query, opened: OpenLibrary, filters: Filters | None) -> Story:
    library = opened.library
    vector = question_vector(query.search_text, query.search_text, opened.embedder)
    hits = library.search(query.search_text, vector, filters=filters, limit=SEARCHED)
    rarity = rarities(*library.frequencies(query.words))
    weights = {word: rarity.get(word, 0.0) for word in query.words}
    told: list[Told] = []
    for article, group, is_about in _articles(hits, weights):
        told += _told(library, (article, group), weights, whole=is_about)
    count = len({item.item.article.id for item in told})
    return Story(query.text, tuple(told), count, tuple(library.notices))


def _articles(hits: Sequence[Hit], weights: Mapping[str, float]) -> list[tuple[Article, str, bool]]:
    """Return the articles that have the topic's words, of copies the earliest, in the order of their days.

    Each comes with its group, and with whether the topic is what it is about.
    """
    kept: dict[str, tuple[float, bool, Article]] = {}
    for hit in hits:
        article = hit.article
        known = kept.get(hit.group)
        if known and (known[2].id == article.id or _day(known[2]) <= _day(article)):
            continue
        head = covered(f"{article.title} {article.text[:HEAD]}", weights)
        if head >= ABOUT or covered(article.text, weights) >= MENTIONS:
            kept[hit.group] = (head, head >= ABOUT, article)
    best = sorted(kept.items(), key=lambda each: -each[1][0])[:MOST_ARTICLES]
    ordered = sorted(best, key=lambda each: (_day(each[1][2]), each[1][2].id))
    return [(article, group, is_about) for group, (_, is_about, article) in ordered]


def _told(
    library: Library, of: tuple[Article, str], weights: Mapping[str, float], *, whole: bool
) -> list[Told]:
    """Return the sentences of an article that tell of the topic: all, or those that mention it."""
    article, group = of
    chunks = library.vectors(article.id, article.version)
    by_place = {each.start: each for chunk, _ in chunks for each in chunk.sentences}
    sentences = [by_place[start] for start in sorted(by_place)]
    texts = [each.text for each in sentences]
    naming = sum(covered(text, weights) >= NAMES for text in texts)
    whole = whole and naming >= DENSE * len(texts)  # a round-up of the day names many topics
    told: list[Told] = []
    first = True
    for place, sentence in enumerate(sentences):
        if not _tells(sentence.text, article.title):
            continue
        near = " ".join(texts[max(0, place - 1) : place + 2])
        if whole or covered(near, weights) >= MENTIONS:
            item = Ranked(article, sentence, covered(sentence.text, weights), group)
            told.append(Told(item, tuple(texts[:place]), lead=first and whole))
        first = False
    return told


def _tells(text: str, title: str) -> bool:
    """Say whether a sentence can tell anything: captions, links, questions and retold posts don't."""
    return not (
        _CREDIT.match(text)
        or is_label(text, title)
        or only_asks(text)
        or promises(text)
        or retells_a_post(text)
    )


def covered(text: str, weights: Mapping[str, float]) -> float:
    """Return the share of the weight of some stems that a text has, 0 to 1."""
    total = sum(weights.values())
    having = set(content_stems(text))
    return sum(weight for word, weight in weights.items() if word in having) / total if total else 0.0


def _day(article: Article) -> date:
    return article.published or date.max

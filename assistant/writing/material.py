"""What a model is given to write from: the best sentences with their neighbours, by article, under keys.

A key is a letter for the article and a number for the sentence, a1. Keys mean nothing outside one answer,
and only what is here can ever become a footnote.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING

from assistant.writing.injection import gives_orders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.retrieval.found import Ranked
    from ingest import Article

MOST_SENTENCES = 16
"""Sentences taken for themselves; in docs/evaluation.md the tenth is the last that adds much."""

MATERIAL_CHARACTERS = 12_000
"""Characters of all sentences together, whatever a model could read: more costs more and says no more."""

LONGEST_SHOWN_SENTENCE = 1_500
"""Longer ones are lists and tables that no splitter could cut; they would crowd out the others."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article with those of its sentences that are shown, in reading order, by key."""

    letter: str
    article: Article
    sentences: dict[str, Ranked]


@dataclass(frozen=True, slots=True)
class Material:
    """The articles given to the model, the one with the best sentence first.

    `order` has the keys of the sentences that were taken for themselves, the best first.
    """

    sources: tuple[SourceArticle, ...]
    order: tuple[str, ...]

    @property
    def sentences(self) -> dict[str, Ranked]:
        """All sentences by key."""
        return {key: item for source in self.sources for key, item in source.sentences.items()}

    @property
    def before(self) -> dict[str, str]:
        """The key of the sentence right before each sentence that has one here."""
        return {
            key: before
            for source in self.sources
            for before, key in pairwise(source.sentences)
            if source.sentences[key].follows(source.sentences[before])
        }

    def part(self, share: float) -> Material:
        """Return about that share of the sentences, the best ones, under the same keys."""
        best = self.order[: max(1, round(len(self.order) * share))]
        kept = set(best)
        if share > _ALL_NEIGHBOURS:
            for source in self.sources:
                keys = list(source.sentences)
                kept |= {near for key in best if key in keys for near in _beside(keys, key)}
        sources = (
            SourceArticle(
                source.letter,
                source.article,
                {key: item for key, item in source.sentences.items() if key in kept},
            )
            for source in self.sources
        )
        return Material(tuple(source for source in sources if source.sentences), best)


_ALL_NEIGHBOURS = 0.5
"""At or below this share only the best sentences themselves are kept."""


def _beside(keys: Sequence[str], key: str) -> Sequence[str]:
    place = keys.index(key)
    return keys[max(0, place - 1) : place + 2]


def select_material(ranked: Sequence[Ranked], *, characters: int = MATERIAL_CHARACTERS) -> Material:
    """Take the best sentences, each with the ones before and after it, as long as they fit."""
    room = min(characters, MATERIAL_CHARACTERS)
    ranked = [item for item in ranked if _is_fit(item)]
    neighbours = _neighbours(ranked)
    taken: dict[tuple[str, int], Ranked] = {}
    best: list[tuple[str, int]] = []
    texts: set[str] = set()
    for item in ranked:
        text = item.sentence.text
        if len(best) == MOST_SENTENCES:
            break
        if text in texts:
            continue
        added = [near for near in (item, *neighbours[item.place]) if near.place not in taken]
        while added and sum(len(near.sentence.text) for near in added) > room:
            added.pop()
        if not added and item.place not in taken:
            continue
        room -= sum(len(near.sentence.text) for near in added)
        taken |= {near.place: near for near in added}
        texts.add(text)
        best.append(item.place)
    return _keyed(taken, best)


def _keyed(taken: dict[tuple[str, int], Ranked], best: Sequence[tuple[str, int]]) -> Material:
    sources: list[SourceArticle] = []
    keys: dict[tuple[str, int], str] = {}
    articles = dict.fromkeys(article for article, _ in taken)
    for letter, article in zip(ascii_lowercase, articles, strict=False):
        places = sorted(place for place in taken if place[0] == article)
        keys |= {place: f"{letter}{number}" for number, place in enumerate(places, start=1)}
        sentences = {keys[place]: taken[place] for place in places}
        sources.append(SourceArticle(letter, taken[places[0]].article, sentences))
    return Material(tuple(sources), tuple(keys[place] for place in best if place in keys))


def _is_fit(item: Ranked) -> bool:
    return len(item.sentence.text) <= LONGEST_SHOWN_SENTENCE and not gives_orders(item.sentence.text)


def _neighbours(ranked: Iterable[Ranked]) -> dict[tuple[str, int], tuple[Ranked, ...]]:
    """Return for each sentence the ones right before and after it, as far as they were read."""
    ordered = sorted(ranked, key=lambda item: item.place)
    found: dict[tuple[str, int], tuple[Ranked, ...]] = {item.place: () for item in ordered}
    for first, second in pairwise(ordered):
        if second.follows(first):
            found[first.place] += (second,)
            found[second.place] += (first,)
    return found

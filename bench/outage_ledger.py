"""Articles for `bench.outage`, and what was said of them: put there, acknowledged, removed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from threading import Lock

from ingest import Article

SYLLABLES = (
    "ba",
    "del",
    "fo",
    "gri",
    "hu",
    "jas",
    "ki",
    "lom",
    "mu",
    "nev",
    "or",
    "pas",
    "quil",
    "ras",
    "sten",
    "ul",
)
KINDS = ("ferry", "bakery", "tram", "museum", "orchard", "bridge", "theatre", "market", "school", "mill")
DEEDS = ("sold", "closed", "flooded", "restored", "opened", "moved", "painted", "inspected", "robbed")
REASONS = ("the roof leaks", "nobody came", "a wall fell", "the lease ended", "the council said so")


@dataclass(frozen=True)
class Written:
    """An article as it was written; its sentences, in which names stand that no other article has."""

    url: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)

    @property
    def record(self) -> dict[str, str]:
        """What stands in a file of records."""
        return {"title": self.title, "url": self.url, "text": self.text}

    @property
    def id(self) -> str:
        """The id that it gets."""
        return Article(text=self.text, title=self.title, origin=self.url, url=self.url).id


def written(number: int, *, edition: int = 0, sentences: int = 4) -> Written:
    """Write article `number`."""
    chance = random.Random(f"{number} {edition}")  # noqa: S311  # words, no secret

    def name(letters: int) -> str:
        return "".join(chance.choices(SYLLABLES, k=letters)).capitalize()

    def sentence(position: int) -> str:
        kind, deed, reason = chance.choice(KINDS), chance.choice(DEEDS), chance.choice(REASONS)
        who, where = f"{name(2)} {name(3)}", f"{name(3)}{number}"
        forms = (
            f"The {kind} of {where} was {deed} by {who} in {name(4)}.",
            f"{who} of {where} paid {chance.randrange(10**6):,} crowns because {reason}.",
            f"In {where} the {kind} {name(3)} stays shut since {reason}, as {who} told {name(3)}.",
        )
        return forms[position % len(forms)]

    found = tuple(sentence(position) for position in range(sentences))
    return Written(f"https://news.example/{number}", f"{name(3)} and the {chance.choice(KINDS)}", found)


@dataclass
class Known:
    """What is known of one article: the editions that may be seen, and the acknowledged one."""

    editions: list[Written]
    acknowledged: Written | None = None
    removing: bool = False
    removed: float = float("inf")


@dataclass
class Ledger:
    """All articles that were ever put there, by their ids. Safe to use from many threads."""

    known: dict[str, Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _pickable: list[str] = field(default_factory=list)

    def put(self, articles: list[Written]) -> None:
        """Note what is about to be stored: from now on it may be seen."""
        with self._lock:
            for each in articles:
                self.known.setdefault(each.id, Known([])).editions.append(each)

    def acknowledge(self, articles: list[Written]) -> None:
        """Note what a report has acknowledged: from now on it, and nothing older, has to be seen."""
        with self._lock:
            for each in articles:
                known = self.known[each.id]
                if known.acknowledged is None:
                    self._pickable.append(each.id)
                known.acknowledged, known.editions = each, [each]

    def take_away(self, count: int, chance: random.Random) -> list[str]:
        """Choose some acknowledged articles to remove, and note that they may be gone."""
        with self._lock:
            chosen = chance.sample(self._pickable, count)
            for each in chosen:
                self.known[each].removing = True
            self._pickable = [each for each in self._pickable if each not in set(chosen)]
            return chosen

    def pick(self, chance: random.Random) -> tuple[str, Written] | None:
        """Choose an acknowledged article that is to be there."""
        with self._lock:
            if not self._pickable:
                return None
            article_id = chance.choice(self._pickable)
            found = self.known[article_id].acknowledged
            return (article_id, found) if found else None

    def has_to_be_there(self, article_id: str, as_it_was: Written) -> bool:
        """Say whether an article is still as it was acknowledged, and no newer edition is on its way."""
        with self._lock:
            known = self.known[article_id]
            return known.editions == [as_it_was] and not known.removing

    def seen(self, article_id: str) -> tuple[list[Written], float]:
        """Return the editions of an article that may be seen, and when it was removed."""
        with self._lock:
            known = self.known.get(article_id)
            return (list(known.editions), known.removed) if known else ([], float("inf"))

    def expected(self) -> dict[str, Written]:
        """Return what has to be there in the end."""
        with self._lock:
            return {
                article_id: known.acknowledged
                for article_id, known in self.known.items()
                if known.acknowledged and not known.removing
            }

    def gone(self) -> dict[str, list[Written]]:
        """Return what was removed."""
        with self._lock:
            return {key: known.editions for key, known in self.known.items() if known.removing}

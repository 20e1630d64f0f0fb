"""Invented articles with claims and questions, written for this project; a third of each is kept back.

In bench/data/invented, an object a line. `claims.jsonl`: sentences of encyclopedia entries, news and
abstracts with claims in other words, of which some are carried, some denied, some neither. `twins.jsonl`:
two texts on the same thing that differ in what they say, with claims that have another label on each.
`reports.jsonl`: news reports with questions that a sentence answers, questions on details that none tells,
and questions that take for granted what isn't so. `languages.jsonl`: short news in sixteen languages, with
a question in each and in English. `more_languages.jsonl`: other such news with three of each, which mean
something beside their text only; those of `library_questions.jsonl`, in eight languages, say what they are
about, so that a library can be asked. So do those of `similar_reports.jsonl`, whose groups have four
reports of a kind, or on one town, firm or person, that are easily mistaken for one another.
`foreign_questions.jsonl`: questions in other languages on some of the reports. `conversations.jsonl`: short
questions on reports that go on with what was asked before, and others that don't; `following.jsonl`: many
more of either kind, without reports. Nothing may be learned or chosen on `stranger_languages.jsonl`. People,
firms and events are made up; nothing is taken from elsewhere.
The bundled model for relevance has learned from the reports (tools/train_on_reports.py), that for answers
across languages from them and from the news in other languages (tools/train_answers.py), that of the check
from the twins (tools/train_on_twins.py), none from what is kept back. Nothing was learned from
`claims.jsonl`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "data" / "invented"


@dataclass(frozen=True, slots=True)
class Claims:
    """Sentences of an article, and what is claimed: pairs of label (carried, denied, unsaid) and claim."""

    title: str
    sentences: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]

    @property
    def kept(self) -> bool:
        """Whether it is only measured on."""
        return is_kept(" ".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Twins:
    """Two texts on the same thing, and what is claimed: triples of claim, label on the first, on the second.

    No claim has the same label on both, so that its words alone tell nothing.
    """

    title: str
    texts: tuple[str, str]
    claims: tuple[tuple[str, str, str], ...]

    @property
    def kept(self) -> bool:
        """Whether it is only measured on: one in six."""
        return _mark(self.title) % 6 == 0


@dataclass(frozen=True, slots=True)
class Report:
    """A news report: `asked` are questions with the places of the sentences that answer them."""

    title: str
    day: str
    sentences: tuple[str, ...]
    asked: tuple[tuple[str, tuple[int, ...]], ...]
    not_told: tuple[str, ...]
    false_premise: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether it is only measured on."""
        return is_kept(self.title)


@dataclass(frozen=True, slots=True)
class Following:
    """A question with short ones that go on with it and others that begin anew; `writer` is a number."""

    first: str
    goes_on: tuple[str, ...]
    anew: tuple[str, ...]
    writer: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions on the reports: `then` goes on with the subject of `first`, `other` begins anew.

    `kind` says how `then` leans on it: "cut" short, by a "pronoun", or in "words" that mean nothing alone. A
    sentence answers that has one of the pieces; `title` is that of the report of the first two. `untold`
    might stand in place of `then`, but the report doesn't answer it; 40 of them have none.
    """

    title: str
    first: str
    then: str
    pieces: tuple[str, ...]
    kind: str
    other: str
    other_pieces: tuple[str, ...]
    untold: str

    @property
    def kept(self) -> bool:
        """Whether it is only measured on."""
        return is_kept(self.title)


@dataclass(frozen=True, slots=True)
class Abroad:
    """Short news in another language; `answer` is the place of the sentence that answers both questions."""

    language: str
    title: str
    sentences: tuple[str, ...]
    question: str
    english: str
    answer: int
    not_told: tuple[str, str]

    @property
    def kept(self) -> bool:
        """Whether it is only measured on."""
        return is_kept(self.title)


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A report in any language: questions with the place of what answers, or None for nothing.

    `language` is that of those questions that are not among `english`. `group` names those that are easily
    mistaken for one another, which are kept back together.
    """

    language: str
    title: str
    sentences: tuple[str, ...]
    asked: tuple[tuple[str, int | None], ...]
    english: frozenset[str] = frozenset()
    group: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is only measured on."""
        return is_kept(self.group or self.title)


def claims() -> Iterator[Claims]:
    """Yield the articles with claims."""
    for item in _lines("claims"):
        yield Claims(
            item["title"], tuple(item["source"]), tuple((label, text) for label, text in item["claims"])
        )


def twins() -> Iterator[Twins]:
    """Yield the pairs of texts with claims on which they differ."""
    for item in _lines("twins"):
        yield Twins(
            item["title"],
            (" ".join(item["a"]), " ".join(item["b"])),
            tuple((claim, first, second) for claim, first, second in item["claims"]),
        )


def reports() -> Iterator[Report]:
    """Yield the news reports."""
    for item in _lines("reports"):
        yield Report(
            item["title"],
            item["date"],
            tuple(item["sentences"]),
            tuple((question, tuple(places)) for question, places in item["asked"]),
            tuple(item["not_told"]),
            tuple(item["false_premise"]),
        )


def conversations() -> Iterator[Conversation]:
    """Yield the conversations about reports."""
    for item in _lines("conversations"):
        yield Conversation(
            item["title"],
            item["first"],
            item["then"],
            tuple(item["pieces"]),
            item["kind"],
            item["other"],
            tuple(item["other_pieces"]),
            item.get("untold", ""),
        )


def following() -> Iterator[Following]:
    """Yield questions with others that go on with them or begin anew."""
    for item in _lines("following"):
        yield Following(item["first"], tuple(item["goes_on"]), tuple(item["anew"]), item["writer"])


def abroad(name: str = "languages") -> Iterator[Abroad]:
    """Yield the short news in other languages from the file of that name."""
    for item in _lines(name):
        yield Abroad(
            item["language"],
            item["title"],
            tuple(item["sentences"]),
            item["question"],
            item["english"],
            item["answer"],
            (item["not_told"], item["not_told_english"]),
        )


def more_abroad(name: str) -> Iterator[AskedReport]:
    """Yield short news with several questions in its language and in English from the file of that name."""
    for item in _lines(name):
        asked = [pair for own, english, place in item["asked"] for pair in ((own, place), (english, place))]
        untold = [(question, None) for question in (*item["not_told"], *item["not_told_english"])]
        english = frozenset((*(english for _, english, _ in item["asked"]), *item["not_told_english"]))
        yield AskedReport(
            item["language"],
            item["title"],
            tuple(item["sentences"]),
            (*asked, *untold),
            english,
            item.get("group", ""),
        )


def asked_from_abroad() -> Iterator[AskedReport]:
    """Yield English reports with questions in another language, which `language` names."""
    texts = {report.title: report.sentences for report in reports()}
    for item in _lines("foreign_questions"):
        asked = [(question, place) for question, place in item["asked"]]
        untold = [(question, None) for question in item["not_told"]]
        yield AskedReport(item["language"], item["title"], texts[item["title"]], (*asked, *untold))


def is_kept(text: str) -> bool:
    """Say whether what belongs to this text is only measured on: a third, whatever the order."""
    return _mark(text) % 3 == 0


def _mark(text: str) -> int:
    return blake2b(text.encode(), digest_size=4).digest()[0]


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)

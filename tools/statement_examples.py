"""Statements with sentences that carry them or don't, made from SQuAD for the cross-encoder to learn from.

People wrote SQuAD's questions in words of their own, and those that the paragraph does not answer so that it
seems to (Rajpurkar et al. 2018). With their answers put into them (question_statements.py) they are
statements in other words than the source's, true ones and nearly true ones. Others are made by rule:
sentences reworded or with a mistake planted (bench/), two statements of which the sources carry one, and
statements with a phrase of another sentence at their end.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.language.dates import dates
from assistant.language.names import find_names
from assistant.language.numbers import numerals
from assistant.question.answer_kind import Kind
from assistant.question.query import understand
from bench.mistakes import KINDS, plant
from bench.rewordings import WAYS, merge
from ingest import content_stems, split_sentences
from tools.question_statements import stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

_PHRASE = re.compile(
    r",? ((?:following|after|before|during|because of|despite|including|such as|in response to|with|"
    r"as part of|due to|under|through|by|for|in order to|which|who|to|on|in|at|since|from) "
    r"[^,;.()“”\"]{12,70})(?=[,.;])"
)
_THING = re.compile(r"\b(?:the|a|an) ((?:[a-z]+ ){1,3})(?=of|in|was|were|is|and|that|which|,|\.)")
_NUMBERS = {Kind.NUMBER, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.TIME}
_SHORTEST = 4
"""Words that a statement made from a question has at least."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the sentences it is held against, and whether they carry it."""

    text: str
    sentences: tuple[str, ...]
    true: bool


class Paragraph:
    """A paragraph in sentences, with what is asked about it."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.title = str(item["title"])
        self.sentences = [sentence.text for sentence in split_sentences(item["context"])]
        self.questions: list[tuple[str, list[str]]] = [
            (each["question"], each["answers"]) for each in item["questions"]
        ]
        self.stems = [set(content_stems(text)) for text in self.sentences]
        self.phrases = [
            (at, found[1]) for at, text in enumerate(self.sentences) for found in _PHRASE.finditer(text)
        ]
        self.people = [
            name.text for text in self.sentences for name in find_names(text) if len(name.words) > 1
        ]

    def nearest(self, stems: set[str], *, without: str = "") -> int | None:
        """Return the sentence that shares most words, of those that don't hold `without`."""
        left = [at for at, text in enumerate(self.sentences) if not without or without not in text.lower()]
        return max(left, key=lambda at: len(stems & self.stems[at]), default=None)


def statements(paragraphs: Sequence[Paragraph], seed: int) -> Iterator[Statement]:
    """Yield true and false statements about each paragraph."""
    draw, numbers = random.Random(seed), np.random.default_rng(seed)  # noqa: S311  # not for secrets
    for paragraph in paragraphs:
        carried: list[tuple[int, str]] = []
        for question, answers in paragraph.questions:
            if answers:
                yield from _answered(paragraph, question, answers, carried, draw)
            else:
                yield from _impossible(paragraph, question, draw)
        yield from _joined(paragraph, carried, draw)
        for at in range(len(paragraph.sentences)):
            yield from _reworded(paragraph, at, draw, numbers)


def _answered(
    paragraph: Paragraph,
    question: str,
    answers: list[str],
    carried: list[tuple[int, str]],
    draw: random.Random,
) -> Iterator[Statement]:
    """Yield a question's statement, then with another answer, another sentence, and more than was said."""
    answer = max(answers, key=len) if draw.random() < 0.5 else min(answers, key=len)
    asked = set(content_stems(question))
    holding = [at for at, text in enumerate(paragraph.sentences) if answer.lower() in text.lower()]
    at = max(holding, key=lambda place: len(asked & paragraph.stems[place]), default=None)
    text = None if at is None else stated(question, answer, paragraph.sentences[at])
    if at is None or not text or len(text.split()) < _SHORTEST:
        return
    carried.append((at, text))
    around = _around(paragraph, at, draw)
    yield Statement(text, around, true=True)
    if wrong := _other_answer(paragraph, at, question, answer, draw):
        yield Statement(stated(question, wrong, paragraph.sentences[at]) or text, around, true=False)
    other = paragraph.nearest(asked | set(content_stems(answer)), without=answer.lower())
    if other is not None and draw.random() < 0.6:
        yield Statement(text, (paragraph.sentences[other],), true=False)
    for mine in (False, True):
        known = paragraph.stems[at] | (paragraph.stems[at - 1] if at else set()) if not mine else set()
        phrases = [
            phrase
            for place, phrase in paragraph.phrases
            if (place == at) == mine and _new(phrase, set(content_stems(text)) if mine else known) >= 2 - mine
        ]
        if phrases and draw.random() < 0.35:
            yield Statement(f"{text.rstrip('.')} {draw.choice(phrases)}.", around, true=mine)


def _new(phrase: str, known: set[str]) -> int:
    return len(set(content_stems(phrase)) - known)


def _around(paragraph: Paragraph, at: int, draw: random.Random) -> tuple[str, ...]:
    """Return the sentence, sometimes with a neighbour."""
    chance, texts = draw.random(), paragraph.sentences
    if at and chance < 0.4:
        return texts[at - 1], texts[at]
    if at + 1 < len(texts) and chance > 0.88:
        return texts[at], texts[at + 1]
    return (texts[at],)


def _candidates(text: str) -> list[str]:
    """Return what a text offers as an answer: names, numbers, dates, things."""
    spans = [
        *(each.text for each in find_names(text)),
        *(text[each.start : each.end] for each in numerals(text)),
    ]
    spans += [each.text for each in dates(text)]
    spans += [found[1] for found in _THING.finditer(text)]
    return [span.strip() for span in spans if len(span.strip()) > 1]


def _other_answer(
    paragraph: Paragraph, at: int, question: str, answer: str, draw: random.Random
) -> str | None:
    offered = _candidates(paragraph.sentences[at])
    if draw.random() < 0.4:
        offered += _candidates(" ".join(paragraph.sentences))
    low = answer.lower()
    fitting = [
        each
        for each in offered
        if _alike(answer, each)
        and each.lower() not in low
        and low not in each.lower()
        and each.lower() not in question.lower()
    ]
    return draw.choice(fitting) if fitting else None


def _alike(one: str, other: str) -> bool:
    """Say whether two answers are of a kind: years, numbers, names, or words."""
    if any(map(str.isdigit, one)) != any(map(str.isdigit, other)):
        return False
    if any(map(str.isdigit, one)):
        return bool(re.fullmatch(r"[12]\d{3}", one)) == bool(re.fullmatch(r"[12]\d{3}", other))
    return one[:1].isupper() == other[:1].isupper()


def _impossible(paragraph: Paragraph, question: str, draw: random.Random) -> Iterator[Statement]:
    """Yield what somebody would say who fell for a question that the paragraph does not answer."""
    at = paragraph.nearest(set(content_stems(question)))
    if at is None:
        return
    text = paragraph.sentences[at]
    offered = [each for each in _candidates(text) if each.lower() not in question.lower()]
    number = understand(question).kind in _NUMBERS
    fitting = [each for each in offered if any(map(str.isdigit, each)) == number] or offered
    told = stated(question, draw.choice(fitting), text) if fitting else None
    if told:
        yield Statement(told, _around(paragraph, at, draw), true=False)


def _joined(paragraph: Paragraph, carried: list[tuple[int, str]], draw: random.Random) -> Iterator[Statement]:
    """Yield two statements in one, held against both of their sentences and against one."""
    draw.shuffle(carried)
    for (first, one), (second, other) in zip(carried[::2], carried[1::2], strict=False):
        if first != second:
            text = f"{one.rstrip('.')}, and {other}"
            both = tuple(paragraph.sentences[at] for at in sorted((first, second)))
            yield Statement(text, both, true=True)
            yield Statement(text, (draw.choice(both),), true=False)


def _reworded(paragraph: Paragraph, at: int, draw: random.Random, numbers: Generator) -> Iterator[Statement]:
    """Yield a sentence in other words, with mistakes, joined with the next, and with more than it says."""
    text = paragraph.sentences[at]
    after = paragraph.sentences[at + 1] if at + 1 < len(paragraph.sentences) else None
    ways = sorted({made for way in WAYS.values() if (made := way(text, numbers))})
    for made in ways[:2]:
        yield Statement(made, (text,), true=True)
        if after and draw.random() < 0.3:
            yield Statement(made, (after,), true=False)
    for kind in draw.sample(KINDS, 2):
        base = draw.choice(ways) if ways and draw.random() < 0.4 else text
        if planted := plant(kind, base, paragraph.people, numbers):
            yield Statement(planted, (text,), true=False)
    if after and (merged := merge(text, after)) and draw.random() < 0.5:
        yield Statement(merged, (text, after), true=True)
        yield Statement(merged, (draw.choice((text, after)),), true=False)
    far = [
        phrase
        for place, phrase in paragraph.phrases
        if place != at and _new(phrase, paragraph.stems[at]) >= 2
    ]
    if far and draw.random() < 0.3:
        base = draw.choice(ways) if ways else text
        yield Statement(f"{base.rstrip('.')} {draw.choice(far)}.", (text,), true=False)

"""Names replaced: a question about something that no article has must not be answered with another thing.

    python -m bench.replaced [--data ../shared/data] [--half report] [--most 100]

Questions of CLAPNQ, SQuAD and news quizzes are asked as they are, with a name or a year replaced by one that
no article has, and with a name that other articles have and the one that answers has not. A name is a word
of the question that the answering text writes with a capital and never without. Every second question was
used for choosing (`--half chosen`), the others are reported.
"""

from __future__ import annotations

import random
import re
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant import answer
from bench.marked import lines
from bench.news import news_slice
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

INVENTED = [
    "Borvania",
    "Telmarck",
    "Quindrell",
    "Ostrevan",
    "Halvix",
    "Zandorra",
    "Merrowick",
    "Pelthane",
    "Ulverson",
    "Kastrell",
    "Druvenport",
    "Yarvell",
    "Fenmoravia",
    "Grelstad",
    "Vosterby",
    "Tarquill",
    "Nembrook",
    "Orsavine",
    "Wexlund",
    "Jorvath",
]
YEARS = range(1200, 1400)
"""Years that hardly any article names."""
SEED = 11
SHORTEST = 4
MOST_ANSWERED, LEAST_ORIGINALS = 0.08, 0.90
KINDS = ("original", "invented", "borrowed", "year")
"""The question as it is; with a name that no article has, with one of other articles, with another year."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question in its kinds; those that can't be made of it are missing."""

    wordings: dict[str, str]
    asked_on: date | None = None


def replaced(question: str, gold: str, others: Sequence[str], chance: random.Random) -> dict[str, str]:
    """Return a question in the kinds that can be made of it; `gold` is the text that answers it."""
    found = {"original": question}
    names = _names(question, gold)
    if names:
        name = chance.choice(names)
        found["invented"] = _with(question, name, chance.choice(INVENTED))
        borrowed = [other for other in others if other.lower() not in gold.lower()]
        found["borrowed"] = _with(question, name, chance.choice(borrowed))
    if year := re.search(r"\b(1[89]|20)\d\d\b", question):
        found["year"] = question.replace(year.group(), str(chance.choice(YEARS)))
    return found


def _names(question: str, gold: str) -> list[str]:
    words = {word for word in re.findall(r"[^\W\d_]+", question) if len(word) >= SHORTEST}
    return sorted(
        word
        for word in words
        if not re.search(rf"\b{word.lower()}\b", gold) and re.search(rf"\w,? {word.capitalize()}\b", gold)
    )


def _with(question: str, old: str, new: str) -> str:
    """Replace a name with another written as it is: a lower-case question stays in lower case."""
    return re.sub(rf"\b{old}\b", new if old[0].isupper() else new.lower(), question)


def passages(data: Path) -> tuple[list[Article], list[tuple[str, str]]]:
    """Return all passages of CLAPNQ and SQuAD, and the questions that one of them answers, with it."""
    texts: dict[str, str] = {}
    asked: list[tuple[str, str]] = []
    for item in lines(data / "passages" / "clapnq_answerable.jsonl.gz"):
        passage = item["passages"][0]
        texts[passage["text"].strip()] = passage["title"]
        asked.append((item["input"], f"{passage['title']}. {passage['text']}"))
    for item in lines(data / "questions" / "squad.jsonl.gz"):
        texts[item["context"].strip()] = item["title"]
        answerable = [each["question"] for each in item["questions"] if each["answers"]]
        asked += [(each, f"{item['title']}. {item['context']}") for each in answerable[:1]]
    articles = [
        Article(text, title, f"passage {number}") for number, (text, title) in enumerate(texts.items())
    ]
    return articles, asked


def puts(asked: Sequence[tuple[str, str]], half: str) -> list[Put]:
    """Make the kinds of every second question."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    names = {name for _, gold in asked for name in re.findall(r"(?<=[a-z] )[A-Z][a-z]{4,}", gold)}
    ordinary = {word for _, gold in asked for word in re.findall(r"\b[a-z]{5,}", gold)}
    others = sorted(name for name in names if name.lower() not in ordinary)
    order = [*asked]
    chance.shuffle(order)
    made = [Put(replaced(question, gold, others, chance)) for question, gold in order]
    return [put for put in made if len(put.wordings) > 1][half == "report" :: 2]


def news_puts(data: Path, half: str) -> list[Put]:
    """Make the kinds of every second question of the news slice; its own capitals tell the names."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    made = []
    for item in news_slice(data)[1]:
        names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", item.text)
        wordings = {"original": item.text}
        if names:
            wordings["invented"] = _with(item.text, chance.choice(names), chance.choice(INVENTED))
        made.append(Put(wordings, item.asked_on))
    return [put for put in made if len(put.wordings) > 1][half == "report" :: 2]


def shares(asked: Sequence[Put], library: Path) -> Iterator[tuple[str, int, float]]:
    """Yield each kind with how many there are of it and the share that is answered."""
    for kind in KINDS:
        texts = [(put.wordings[kind], put.asked_on) for put in asked if kind in put.wordings]
        answered = [answer(text, library=library, asked_on=day).answered for text, day in texts]
        if answered:
            yield kind, len(answered), sum(answered) / len(answered)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares; return 1 where too many are answered with another thing, or too few originals."""
    parser = ArgumentParser(description="Questions about what no article has.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", choices=("chosen", "report"), default="report")
    parser.add_argument("--most", type=int, default=150, help="questions of each set")
    parser.add_argument("--passages", type=Path, help="library of all passages, made where it is missing")
    parser.add_argument("--library", type=Path, help="library of the news slice; without it news is left out")
    options = parser.parse_args(arguments)
    failed = False
    with TemporaryDirectory() as scratch:
        articles, asked = passages(options.data)
        library = options.passages or Path(scratch) / "passages"
        if not library.exists():
            ingest_articles(articles, library)
        sets = [("passages", puts(asked, options.half), library)]
        if options.library:
            sets.append(("news", news_puts(options.data, options.half), options.library))
        for name, made, folder in sets:
            for kind, number, share in shares(made[: options.most], folder):
                print(f"{name:10} {kind:10} {number:5} {share:.3f}", flush=True)
                failed |= kind == "invented" and share > MOST_ANSWERED
                failed |= kind == "original" and share < LEAST_ORIGINALS
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""Questions with sentences that answer them and others that look alike, to train the model for relevance.

    python -m tools.relevance_examples --data ../shared/data --out FILE

The source is SQuAD 2.0 (CC BY-SA 4.0): its paragraphs are one library, and beside the sentence with the
answer stand those of the same paragraph and the best that the library's own search finds elsewhere. Questions
that were written to have no answer in their paragraph have none among their sentences either.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, open_library
from assistant.retrieval.relevance import passage
from assistant.retrieval.retrieve import gather
from assistant.retrieval.sentence_ranking import weights
from ingest import Article, ingest_articles, split_sentences
from tools.entailment_examples import KEPT_BACK
from tools.squad_library import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.retrieval.open_libraries import OpenLibrary

SEED = 6
ANSWERED, UNANSWERABLE = 3600, 2400
"""Questions that are drawn of each kind."""
WITHOUT = 0.15
"""Share of the answered ones from which the sentences that answer are left out: then none does."""
UNTITLED = 0.1
"""Share whose sentences are without the page's title."""
TOGETHER = 6
"""Sentences of a question, the right ones among them."""
ELSEWHERE = 3
"""Of these, how many of other paragraphs at most."""


@dataclass(frozen=True, slots=True)
class RelevanceExample:
    """A question, sentences, and the places of those that answer it; `kept` is only measured on."""

    question: str
    passages: tuple[str, ...]
    right: tuple[int, ...]
    kept: bool


def examples(data: Path, folder: Path) -> Iterator[RelevanceExample]:
    """Yield the examples in a random order that is always the same; the library is made in `folder`."""
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    articles = [
        Article(text=item["context"], title=item["title"], origin=f"squad#{number}")
        for number, item in enumerate(items)
    ]
    ingest_articles(articles, folder)
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    asked = [
        (each, article) for item, article in zip(items, articles, strict=True) for each in item["questions"]
    ]
    chance.shuffle(asked)
    answered = [pair for pair in asked if pair[0]["answers"]][:ANSWERED]
    drawn = [*answered, *[pair for pair in asked if not pair[0]["answers"]][:UNANSWERABLE]]
    chance.shuffle(drawn)
    opened = open_library(folder)
    for question, article in drawn:
        yield _example(question, article, opened, chance)
    close_libraries()


def _example(
    question: dict[str, Any], article: Article, opened: OpenLibrary, chance: random.Random
) -> RelevanceExample:
    text: str = question["question"]
    title = "" if chance.random() < UNTITLED else article.title
    own = [sentence.text for sentence in split_sentences(article.text)]
    right = [each for each in own if question["answers"] and holds(each, question["answers"])]
    others = [each for each in own if each not in right]
    chance.shuffle(others)
    right = [] if chance.random() < WITHOUT else right[: TOGETHER // 2]
    elsewhere = _elsewhere(text, article, opened)[:ELSEWHERE]
    wrong = [(title, each) for each in others[: TOGETHER - len(right) - len(elsewhere)]]
    wrong += [(title and there, each) for there, each in elsewhere]
    shown = [*((title, each) for each in right), *wrong]
    order = [*range(len(shown))]
    chance.shuffle(order)
    return RelevanceExample(
        text if chance.random() < 0.5 else text.lower().rstrip("? "),
        tuple(passage(*shown[place]) for place in order),
        tuple(place for place, at in enumerate(order) if at < len(right)),
        article.title.replace("_", " ") in KEPT_BACK,
    )


def _elsewhere(text: str, article: Article, opened: OpenLibrary) -> Sequence[tuple[str, str]]:
    """Return title and text of the sentences that the library ranks first in other paragraphs."""
    gathered = gather(understand(text), opened)
    sentences = [(item.hit.article, each) for item in gathered.found for each in item.hit.chunk.sentences]
    scores = weights().score(gathered.rows)
    ranked = [sentences[place] for place in (-scores).argsort(kind="stable")]
    return [(there.title, each.text) for there, each in ranked if there.text != article.text]


def main() -> None:
    """Write the examples, one JSON object a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    count = 0
    with tempfile.TemporaryDirectory() as folder, options.out.open("w", encoding="utf-8") as out:
        for example in examples(options.data, Path(folder)):
            out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    print(f"{count:,} questions")


if __name__ == "__main__":
    main()

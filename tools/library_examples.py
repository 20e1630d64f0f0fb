"""Questions put to a library, with the sentences that the model for relevance would read, to train it on.

    python -m tools.library_examples --data ../shared/data --out FILE

What it reads when somebody asks are sentences of many articles, the best few that the ranking has found;
relevance_examples.py and report_examples.py have those of the article that a question is about. The library
here holds the paragraphs of SQuAD's pages (CC BY-SA 4.0) that the model may learn from and the invented
reports (bench/invented.py). Each question is asked with the article that answers, and some once more as if it
were missing, so that nothing among what is alike answers.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, read_library
from assistant.retrieval.relevance import MOST, passage
from assistant.retrieval.retrieve import gather
from assistant.retrieval.sentence_ranking import weights
from assistant.retrieval.speaking_title import speaking_title
from bench.invented import reports
from ingest import Article, Filters, ingest_articles
from tools.entailment_examples import KEPT_BACK
from tools.example_files import write_examples
from tools.squad_library import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.retrieval.open_libraries import OpenLibrary

SEED = 8
SQUAD, REPORTS = 2200, 2600
"""Questions that are drawn of each."""
WITHOUT = 0.25
"""How often a question that is answered comes once more without its article."""
LOWER = 0.35
"""How often a question is typed in lower case, without its question mark."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question, its article, what answers it (sentences, or strings of SQuAD), and its kind."""

    question: str
    article: Article
    right: tuple[str, ...]
    answers: tuple[str, ...]
    kind: str

    def answered_by(self, article: Article, sentence: str) -> bool:
        """Say whether a sentence answers; sentences may have been split otherwise than they were written."""
        if article.id != self.article.id:
            return False
        told = any(sentence in each or each in sentence for each in self.right)
        return told or bool(self.answers and holds(sentence, self.answers))


def of_squad(data: Path) -> tuple[list[Article], list[Put]]:
    """Return the paragraphs of the pages that may be learned from, and their questions."""
    articles, puts = [], []
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            item: dict[str, Any] = json.loads(line)
            title = item["title"].replace("_", " ")
            if title in KEPT_BACK:
                continue
            article = Article(item["context"], title, f"squad-{number}.txt")
            articles.append(article)
            for each in item["questions"]:
                kind = "told" if each["answers"] else "not told"
                answers = tuple(each["answers"])
                puts.append(Put(each["question"], article, (), answers, kind))
    return articles, puts


def of_reports() -> tuple[list[Article], list[Put]]:
    """Return the invented reports that may be learned from, and their questions."""
    articles, puts = [], []
    for number, each in enumerate(each for each in reports() if not each.kept):
        article = Article(" ".join(each.sentences), each.title, f"report-{number}.txt")
        articles.append(article)
        asked = [(question, "told", places) for question, places in each.asked]
        asked += [(question, "not told", ()) for question in each.not_told]
        asked += [(question, "false premise", ()) for question in each.false_premise]
        for question, kind, places in asked:
            right = tuple(each.sentences[place] for place in places)
            puts.append(Put(question, article, right, (), kind))
    return articles, puts


def example(put: Put, question: str, opened: OpenLibrary, *, without: bool) -> dict[str, Any]:
    """Return what the model would read, with the places of what answers, which is always among it."""
    filters = Filters(without=frozenset([put.article.id])) if without else None
    query = understand(question, limit=len(question))
    gathered = gather(query, opened, filters)
    own = weights().score(gathered.rows)
    every = [(item.hit.article, each.text) for item in gathered.found for each in item.hit.chunk.sentences]
    order = [*np.argsort(-own, kind="stable")]
    right = [place for place in order if put.answered_by(*every[place])]
    # What holds the answer's words elsewhere may answer, too.
    unsure = {
        place for place in order if place not in right and put.answers and holds(every[place][1], put.answers)
    }
    best = [place for place in order[:MOST] if place not in unsure]
    if right and not set(right) & set(best):
        best = [*best[: MOST - 1], right[0]]
    return {
        "question": query.brief or query.text,
        "passages": [passage(speaking_title(every[place][0]), every[place][1]) for place in best],
        "right": [at for at, place in enumerate(best) if place in right],
        "kind": "left out" if without else put.kind,
        "of": put.article.title,
        "kept": False,
    }


def examples(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the examples, in a random order that is always the same."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    (squad, asked), (told, others) = of_squad(data), of_reports()
    puts = [*chance.sample(asked, SQUAD), *chance.sample(others, REPORTS)]
    chance.shuffle(puts)
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest_articles([*squad, *told], library)
        for put in puts:
            question = put.question
            if chance.random() < LOWER:
                question = question.lower().rstrip("? ")
            ways = [False, True] if put.kind == "told" and chance.random() < WITHOUT else [False]
            for without in ways:
                made = read_library(
                    library,
                    lambda opened, put=put, question=question, without=without: example(
                        put, question, opened, without=without
                    ),
                )
                if made["passages"] and (made["right"] or made["kind"] != "told"):
                    yield made
        close_libraries()


if __name__ == "__main__":
    write_examples(__doc__, examples)

"""Fit when sentences found across languages are said to answer: the weights in retrieval/other_languages.py.

    python -m tools.fit_across

On the half of bench/data/other_languages that may be looked at, each question with the text that answers it
in the library and without it, and on invented news kept back from training (bench/invented.py), with the
questions that nobody answers. Prints the weights, and the AUROC by five folds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, read_library
from assistant.retrieval.other_languages import hits_across, ranked_across
from bench.invented import abroad
from bench.languages import ASKED_ON, EXAMPLES, read_reports, read_texts
from bench.metrics import auroc
from ingest import Article, Filters, ingest_articles
from tools.learning import fit_chance

if TYPE_CHECKING:
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.other_languages import Signs

WITH_RULES = ("de", "es", "fr", "it", "nl", "pl", "pt", "ru")
"""The languages that bench.languages measures."""
NAMES = "logit", "own", "chunk"
FOLDS, PENALTY = 5, 0.01


@dataclass(frozen=True, slots=True)
class Put:
    """A question, the text it is about, whether that is left out, and whether the question is answered."""

    question: str
    title: str
    english: bool
    left_out: bool
    answered: bool


def questions() -> tuple[list[Article], list[Put]]:
    """Return the articles of one library, and all questions put to it."""
    texts = read_texts()
    articles = [each.article for each in (*texts, *read_reports())]
    puts = [
        Put(question, each.article.title, english, left_out, not left_out)
        for each in texts
        if not each.kept_back
        for question, english in ((each.question, False), (each.english, True))
        for left_out in (False, True)
    ]
    for number, short in enumerate(abroad()):
        if short.kept and short.language in WITH_RULES:
            text = " ".join(short.sentences)
            articles.append(Article(text, short.title, f"invented-{number}.txt", language=short.language))
            asked = (short.question, False, True), (short.english, True, True)
            untold = ((question, place == 1, False) for place, question in enumerate(short.not_told))
            puts += [
                Put(question, short.title, english, False, answered)
                for question, english, answered in (*asked, *untold)
            ]
    return articles, puts


def signs(put: Put, opened: OpenLibrary) -> Signs:
    """Return the signs that something answers a question."""
    if opened.languages is None:
        raise SystemExit("The library has no second vectors.")
    query = understand(put.question, asked_on=ASKED_ON, limit=len(put.question))
    titles = {each.title: each.id for each in opened.library.articles()}
    filters = Filters(without=frozenset([titles[put.title]])) if put.left_out else None
    hits, middle = hits_across(query, opened, opened.languages, filters, foreign=put.english)
    found = ranked_across(query, hits, opened.languages, middle)[1]
    return found or (-20.0, 0.0, 0.0)


def main() -> None:
    """Print the weights."""
    articles, puts = questions()
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest_articles(EXAMPLES, library)
        ingest_articles(articles, library)
        rows = np.array([read_library(library, lambda opened, put=put: signs(put, opened)) for put in puts])
        close_libraries()
    answered = np.array([each.answered for each in puts])
    titles = sorted({each.title for each in puts})
    fold = np.array([titles.index(each.title) % FOLDS for each in puts])
    chances = np.zeros(len(puts))
    for left_out in range(FOLDS):
        learned = fit_chance(rows[fold != left_out], answered[fold != left_out], NAMES, penalty=PENALTY)
        weights = np.array([learned[name] for name in NAMES])
        chances[fold == left_out] = rows[fold == left_out] @ weights + learned["bias"]
    print(fit_chance(rows, answered, NAMES, penalty=PENALTY))
    for name, english in (("in its language", False), ("in English", True)):
        some = np.array([each.english == english for each in puts])
        told, untold = (chances[some & (answered == kind)].tolist() for kind in (True, False))
        print(f"{name}: {some.sum()} questions, AUROC {auroc(told, untold):.3f}")
        for least in (0.2, 0.3, 0.4, 0.5):
            line = np.log(least / (1 - least))
            above, wrongly = (float(np.mean(np.array(some) > line)) for some in (told, untold))
            print(f"  from {least}: answered rightly or not {above:.2f}, wrongly {wrongly:.2f}")


if __name__ == "__main__":
    main()

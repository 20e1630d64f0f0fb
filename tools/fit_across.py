"""Fit when sentences found across languages are said to answer: the weights in retrieval/other_languages.py.

    python -m tools.fit_across

On the half of bench/data/other_languages that may be looked at and on reports of groups that are easily
mistaken for one another, each question with the text that answers it in the library and without it; and on
other invented news and English reports, with the questions that nobody answers (bench/invented.py), all kept
back from training. Prints the weights, and the AUROC by five folds.
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
from bench.invented import asked_from_abroad, more_abroad
from bench.languages import ASKED_ON, EXAMPLES, read_reports, read_texts
from bench.metrics import auroc
from ingest import Article, Filters, ingest_articles
from tools.learning import fit_chance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.open_libraries import OpenLibrary
    from bench.invented import AskedReport

WITH_RULES = ("de", "es", "fr", "it", "nl", "pl", "pt", "ru")
"""The languages that bench.languages measures."""
FOLDS, PENALTY = 5, 0.01
EVERY = 32
"""Of the texts with several questions one in so many is asked about, of the groups one in half as many."""
NOTHING_READ = -20.0
KINDS = "asked in its language", "asked in English", "English texts, asked in another language"


@dataclass(frozen=True, slots=True)
class Put:
    """A question of a kind, the text it is about, whether that is left out, and whether it is answered."""

    question: str
    title: str
    kind: str
    left_out: bool
    answered: bool


def questions() -> tuple[list[Article], list[Put]]:
    """Return the articles of one library, and all questions put to it."""
    texts = read_texts()
    articles = [each.article for each in (*texts, *read_reports())]
    puts = [
        Put(question, each.article.title, KINDS[english], left_out, not left_out)
        for each in texts
        if not each.kept_back
        for question, english in ((each.question, False), (each.english, True))
        for left_out in (False, True)
    ]
    for number, told in enumerate(each for each in more_abroad("library_questions") if each.kept):
        articles.append(_article(told, f"invented-{number}.txt", told.language))
        if number % EVERY == 0:
            puts += [
                Put(question, told.title, KINDS[question in told.english], False, place is not None)
                for question, place in told.asked
            ]
    for number, told in enumerate(each for each in more_abroad("similar_reports") if each.kept):
        articles.append(_article(told, f"similar-{number}.txt", told.language))
        if number % (EVERY // 2) == 0:
            puts += [
                Put(question, told.title, KINDS[question in told.english], left_out, told_there)
                for question, place in told.asked
                for left_out in ((False, True) if place is not None else (False,))
                for told_there in [place is not None and not left_out]
            ]
    reports = [each for each in asked_from_abroad() if each.kept and each.language in WITH_RULES]
    english = {
        each.title: _article(each, f"report-{number}.txt", "en") for number, each in enumerate(reports)
    }
    puts += [
        Put(question, each.title, KINDS[2], False, place is not None)
        for each in reports
        for question, place in each.asked
    ]
    return [*articles, *english.values()], puts


def _article(told: AskedReport, origin: str, language: str) -> Article:
    return Article(" ".join(told.sentences), told.title, origin, language=language)


def best_logit(put: Put, opened: OpenLibrary) -> list[float]:
    """Return the highest logit of a sentence's answering a question, as a row."""
    if opened.languages is None:
        raise SystemExit("The library has no second vectors.")
    query = understand(put.question, asked_on=ASKED_ON, limit=len(put.question))
    filters = None
    if put.left_out:
        titles = {each.title: each.id for each in opened.library.articles()}
        filters = Filters(without=frozenset([titles[put.title]]))
    hits, middle = hits_across(query, opened, opened.languages, filters, foreign=put.kind == KINDS[1])
    best = ranked_across(query, hits, opened.languages, middle)[1]
    return [NOTHING_READ if best is None else best]


def _fitted(rows: NDArray[np.float64], answered: NDArray[np.bool_]) -> dict[str, float]:
    return fit_chance(rows, answered, ("logit",), penalty=PENALTY)


def _all_made(opened: OpenLibrary) -> None:
    """Give English articles second vectors too."""
    if opened.languages:
        opened.languages.want_all()
        opened.languages.complete()


def main() -> None:
    """Print the weights."""
    articles, puts = questions()
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest_articles(EXAMPLES, library)
        ingest_articles(articles, library)
        read_library(library, _all_made)
        rows = np.array(
            [read_library(library, lambda opened, put=put: best_logit(put, opened)) for put in puts]
        )
        close_libraries()
    answered = np.array([each.answered for each in puts])
    titles = sorted({each.title for each in puts})
    fold = np.array([titles.index(each.title) % FOLDS for each in puts])
    chances = np.zeros(len(puts))
    for left_out in range(FOLDS):
        learned = _fitted(rows[fold != left_out], answered[fold != left_out])
        chances[fold == left_out] = rows[fold == left_out, 0] * learned["logit"] + learned["bias"]
    print(_fitted(rows, answered))
    for name in KINDS:
        some = np.array([each.kind == name for each in puts])
        told, untold = (chances[some & (answered == kind)].tolist() for kind in (True, False))
        print(f"{name}: {some.sum()} questions, AUROC {auroc(told, untold):.3f}")
        for least in (0.2, 0.3, 0.4, 0.5):
            line = np.log(least / (1 - least))
            above, wrongly = (float(np.mean(np.array(some) > line)) for some in (told, untold))
            print(f"  from {least}: answered rightly or not {above:.2f}, wrongly {wrongly:.2f}")


if __name__ == "__main__":
    main()

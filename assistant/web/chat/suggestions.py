"""Questions to begin and to go on with: what the articles tell, asked for; ready-made for the examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.question.fact_questions import fact_question
from assistant.web.chat.examples import examples_folder
from ingest import SourceError, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from assistant.answers import Answer
    from ingest import Article, ArticleSummary, Library

ARTICLES_READ = 120  # newest articles looked at: enough to see what is written about, read in milliseconds
BEGINNING = 6_000  # characters of each: news tells what matters early
EACH = 3  # questions about one article that are tried
BEST_OPENERS = ("How many", "How much", "When", "Where", "What percentage", "Who")
EXAMPLE_QUESTIONS = (
    "How many people were hurt in the ferry fire?",
    "What caused the fire on the Marta Lind?",
    "How much does the restoration of the lighthouse cost?",
    "Who returned the library book after 61 years?",
)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question and the sentence that it was made of: it is a good one if asking it leads there."""

    question: str
    sentence: str | None = None


def candidates(library: Library) -> tuple[Candidate, ...]:
    """Return questions that may be worth asking of a library, best first; none is known to be answered."""
    summaries = library.articles()
    if _are_examples(summaries):
        return tuple(Candidate(question) for question in EXAMPLE_QUESTIONS)
    articles = (library.article(summary.id) for summary in summaries[:ARTICLES_READ])
    return tuple(_in_turn(article.text[:BEGINNING] for article in articles if article is not None))


def following(
    answer: Answer, article_of: Callable[[str, str | None], Article | None]
) -> tuple[Candidate, ...]:
    """Return questions about what else the articles of an answer tell, best first."""
    said, words = {item.quote for item in answer.citations}, _words(answer.question)
    evidence = [*answer.citations, *answer.consulted]
    keys = dict.fromkeys((item.article_id, item.version) for item in evidence)
    articles = (article_of(*key) for key in keys)
    found = _in_turn(article.text[:BEGINNING] for article in articles if article is not None)
    return tuple(item for item in found if item.sentence not in said and _words(item.question) != words)


def _in_turn(texts: Iterable[str]) -> Iterator[Candidate]:
    """Yield the best question of each text, then the second ones: no article is asked about alone."""
    asked: set[str] = set()
    for row in zip_longest(*(_best(text) for text in texts)):
        for candidate in row:
            if candidate and candidate.question not in asked:
                asked.add(candidate.question)
                yield candidate


def _best(text: str) -> list[Candidate]:
    sentences = dict.fromkeys(sentence.text for sentence in split_sentences(text))
    found = [Candidate(asked, sentence) for sentence in sentences if (asked := fact_question(sentence))]
    return sorted(found, key=_rank)[:EACH]


def _rank(candidate: Candidate) -> int:
    """Order by how surely such questions are good ones; what comes early in an article stays before."""
    openers = (place for place, words in enumerate(BEST_OPENERS) if candidate.question.startswith(words))
    return next(openers, len(BEST_OPENERS))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _are_examples(summaries: Sequence[ArticleSummary]) -> bool:
    """Say whether at least half of the articles are the examples."""
    try:
        folder = str(examples_folder())
    except SourceError:
        return False
    return 2 * sum(summary.origin.startswith(folder) for summary in summaries) >= len(summaries) > 0

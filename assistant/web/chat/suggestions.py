"""Questions to begin with: about the names that the articles share, or ready-made for the examples."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.web.chat.examples import examples_folder
from ingest import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest import ArticleSummary, Library

ARTICLES_READ = 120  # newest articles looked at: enough to see what is written about, read in milliseconds
BEGINNING = 2_000  # characters of each: news names its subject early
OFFERED = 12
EXAMPLE_QUESTIONS = (
    "How many people were hurt in the ferry fire?",
    "What caused the fire on the Marta Lind?",
    "How much does the restoration of the lighthouse cost?",
    "Who returned the library book after 61 years?",
)

# Two or more capitalised words inside a sentence: after a small letter or a comma, so that no sentence
# begins with them, and not a weekday or a month.
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+)(?: (?:of |the |de |van )?[A-Z][\w’'-]+)+")
_TIME = re.compile(
    rf"\b(?:{'|'.join(word.title() for word in (*WEEKDAYS, *MONTHS) if word != 'may')}|Mr|Mrs|Ms|Dr)\b"
)


def candidates(library: Library) -> tuple[str, ...]:
    """Return questions that may be worth asking of a library, best first; none is known to be answered."""
    summaries = library.articles()
    if _are_examples(summaries):
        return EXAMPLE_QUESTIONS
    articles = (library.article(summary.id) for summary in summaries[:ARTICLES_READ])
    texts = [article.text[:BEGINNING] for article in articles if article is not None]
    return tuple(f"What do the articles say about {name}?" for name in shared_names(texts)[:OFFERED])


def following(question: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return questions about the names in some evidence that the question did not name, best first."""
    asked = question.casefold()
    names = [name for name in shared_names(quotes) if name.casefold() not in asked]
    return tuple(f"What do the articles say about {name}?" for name in names)


def shared_names(texts: Iterable[str]) -> list[str]:
    """List the names of several words, those in most texts first, then by first appearance."""
    counts: Counter[str] = Counter()
    for text in texts:
        names = dict.fromkeys(re.sub(r"[’']s$", "", name) for name in _NAME.findall(text))
        counts.update(name for name in names if not _TIME.search(name))
    return [name for name, _ in counts.most_common()]


def _are_examples(summaries: Sequence[ArticleSummary]) -> bool:
    """Say whether at least half of the articles are the examples."""
    try:
        folder = str(examples_folder())
    except SourceError:
        return False
    return 2 * sum(summary.origin.startswith(folder) for summary in summaries) >= len(summaries) > 0

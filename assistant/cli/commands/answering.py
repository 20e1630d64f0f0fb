"""`footnote ask`."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from assistant.cli.console import say, say_json, say_strong
from assistant.rendering.render import TERMINAL_WIDTH, answer_text
from ingest import Filters, QuestionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

# Wider lines are hard to read, whatever the terminal offers.
WIDEST = 96
UNDO = "\n`--exact` asks without this limit."
AS_TYPED = "\n`--exact` asks for what was typed."


def ask(
    question: str, *, as_json: bool, asked_on: date | None, filters: Filters | None, out: Path | None = None
) -> int:
    """Answer a question, print the answer and save it; 0 also when the articles don't say."""
    from assistant.ask import answer, stream_answer
    from assistant.cli.live_text import show_live
    from assistant.saving import SAVED_ENDINGS, check_place, save_answer

    if out:
        check_place(out, SAVED_ENDINGS)
    if as_json:
        result = answer(question, asked_on=asked_on, filters=filters)
        say_json(result.to_dict())
    else:
        result = show_live(stream_answer(question, asked_on=asked_on, filters=filters))
        width = min(get_terminal_size((TERMINAL_WIDTH, 24)).columns, WIDEST)
        say_strong(answer_text(result, width=width, strong=True))
        if result.question_filter:
            say(UNDO)
        elif result.corrections:
            say(AS_TYPED)
    if out:
        save_answer(result, out)
    return 0


def filters(
    start: date | None,
    end: date | None,
    *,
    sources: Sequence[str],
    articles: Sequence[str] = (),
    exact: bool = False,
    languages: Sequence[str] = (),
) -> Filters | None:
    """Make the filter that the options ask for; articles without a date pass."""
    if not (start or end or sources or articles or exact or languages):
        return None
    names = frozenset(_known_source(name) for name in sources)
    ids = frozenset(_known_article(article_id) for article_id in articles)
    codes = frozenset(_known_language(code) for code in languages)
    return Filters(start, end, sources=names, article_ids=ids, exact=exact, languages=codes)


def _known_language(code: str) -> str:
    """Return a language's code if an article is in that language."""
    from assistant.retrieval.open_libraries import open_library

    known = {item.language for item in open_library().library.articles() if item.language}
    if code not in known:
        there = f"there are some in {', '.join(sorted(known))}" if known else "leave --language out"
        raise QuestionError(f"No article is known to be in {code!r}; {there}.")
    return code


def _known_article(article_id: str) -> str:
    """Return an article's id if the library has the article."""
    from assistant.retrieval.open_libraries import open_library

    if open_library().library.article(article_id) is None:
        raise QuestionError(f"No article has the id {article_id!r}; `footnote articles` shows the ids.")
    return article_id


def _known_source(name: str) -> str:
    """Return a paper's name as the library writes it."""
    from assistant.retrieval.open_libraries import open_library

    names = open_library().library.sources()
    for known in names:
        if known.casefold() == name.strip().casefold():
            return known
    raise QuestionError(f"No article comes from {name!r}. The library has: {', '.join(names)}.")

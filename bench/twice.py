"""Whether the card of an answer shows the same quotation or the same source twice.

The first questions of data/news are asked of the articles that were found for them. What counts is the HTML
that a reader gets, folded parts too: each quotation is compared with the others of its card in small letters,
each source by its title, paper and date.
"""

from __future__ import annotations

import gzip
import json
import sys
from argparse import ArgumentParser
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant import answer
from assistant.retrieval.open_libraries import close_libraries
from assistant.web.chat.library_service import LibraryService
from assistant.web.html.elements import VOID
from assistant.web.html.turns import whole_html
from bench.news import news_article
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ASKED = 40


class Shown(HTMLParser):
    """Collects the quotations and the names of sources on a card."""

    kinds = {"quote": "quotations", "open-source": "sources"}  # noqa: RUF012  # a table, never changed

    def __init__(self) -> None:
        super().__init__()
        self.quotations: list[str] = []
        self.sources: list[str] = []
        self._open: list[str | None] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a quotation or a source, where the element is one."""
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        kind = next((self.kinds[name] for name in classes if name in self.kinds), None)
        self._open.append(kind)
        if kind:
            self._text = []

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._text.append(data)

    def handle_endtag(self, _: str) -> None:
        """End an element, and keep what it was."""
        kind = self._open.pop()
        if kind:
            getattr(self, kind).append(" ".join("".join(self._text).casefold().split()))


def twice(found: Iterable[str]) -> set[str]:
    """Return what stands there more than once."""
    seen: set[str] = set()
    return {each for each in found if each in seen or seen.add(each)}  # type: ignore[func-returns-value]


def card_of(question: str, asked_on: str, service: LibraryService) -> Shown:
    """Ask a question; return what its card shows."""
    given = answer(question, library=service.library, asked_on=asked_on)
    shown = Shown()
    shown.feed(whole_html(given, service.article, seconds=0.1))
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where anything is shown twice."""
    parser = ArgumentParser(description="The same quotation or source twice on a card.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=int, default=ASKED)
    options = parser.parse_args(arguments)
    raw = _lines(options.data / "news" / "questions.jsonl.gz")[: options.questions]
    wanted = {url for item in raw for url in item["retrieved"]}
    lines = _lines(options.data / "news" / "articles.jsonl.gz")
    articles = [news_article(item) for item in lines if item["url"] in wanted and item["text"].strip()]
    with TemporaryDirectory() as scratch:
        library = Path(scratch) / "library"
        ingest_articles(articles, library)
        service = LibraryService(library)
        cards = [card_of(item["question"], item["asked_on"], service) for item in raw]
        close_libraries()
    quotations = sum(len(card.quotations) for card in cards)
    repeated = [twice(card.quotations) | twice(card.sources) for card in cards]
    print(f"{len(cards)} answers, {quotations} quotations; shown twice: {sum(map(len, repeated))}")
    for told in repeated:
        for text in sorted(told):
            print(f"  {text}")
    return int(any(repeated))


def _lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    sys.exit(main())

"""Pages whose every word is known: is the article read, and can a reader find its sentences on the page?

    python -m bench.built [--pages 100] [--seed 15]

Pages are built as publishing systems build theirs (bench/builtpages.py), with captions, lists of links,
tables, notes, struck words, times and offers. F1 is that of bench.pages: runs of four words, tables by their
values. Chromium shows each page; a sentence is found where its words stand so on the page, struck words and
marks of notes left out. Of a row of a table each name and each value must stand there.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from argparse import ArgumentParser
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.builtpages import PageBuilder
from bench.fragments import following
from bench.pages import as_shown, averages, precision_recall
from ingest import is_row_line, row_values, split_sentences
from ingest.errors import SourceError
from ingest.readers.formats.html_page import html_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

F1_FLOOR = 0.97
PASSED_OVER = "del, s, strike, sup { display: none }"
"""What a reader knows not to be meant: struck words and marks; powers are looked for without this, too."""


@dataclass(slots=True)
class Read:
    """F1 over all pages, sentences in all, and those that nobody finds on their page."""

    f1: float = 0.0
    precision: float = 0.0
    recall: float = 0.0
    sentences: int = 0
    unfound: list[str] = field(default_factory=list)
    worst: list[tuple[float, int, str, str]] = field(default_factory=list)


def squeezed(text: str) -> str:
    """Return the letters and figures of a text: a browser draws quotation marks that are in no text."""
    return re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", text)).casefold()


def shown(page: Page, html: str) -> list[str]:
    """Return what Chromium shows of a page: all of it, and without what is struck."""
    page.set_content(html)
    whole = page.inner_text("body")
    page.add_style_tag(content=PASSED_OVER)
    return [squeezed(whole), squeezed(page.inner_text("body"))]


def is_found(sentence: str, texts: Sequence[str]) -> bool:
    """Say whether a reader finds a sentence in one of the texts."""
    if not is_row_line(sentence):
        return any(squeezed(sentence) in text for text in texts)
    names, values = row_values(sentence)
    return all(any(squeezed(each) in text for text in texts) for each in (*names, *values))


def measure(page: Page, pages: int, seed: int) -> Read:
    """Build pages, read them, and hold what was read against what was built and what is shown."""
    builder = PageBuilder(random.Random(seed))  # noqa: S311  # a choice of pages, no secret
    found, scores = Read(), []
    for number in range(pages):
        built = builder.page(number)
        truth = "\n".join(built.truth)
        try:
            text = html_article(built.html, f"page {number}").text
        except SourceError:
            text = ""
        scores.append(precision_recall(truth, as_shown(text)))
        found.worst.append((min(each or 0.0 for each in scores[-1]), number, truth, text))
        texts = shown(page, built.html)
        for sentence in split_sentences(text):
            found.sentences += 1
            if not is_found(sentence.text, texts):
                found.unfound.append(f"page {number}: {sentence.text}")
    found.f1, found.precision, found.recall = averages(scores)
    found.worst.sort()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 below the floor or with a sentence that nobody finds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--show", type=int, default=0, help="how many of the worst pages to print")
    options = parser.parse_args(arguments)
    with following() as page:
        found = measure(page, options.pages, options.seed)
    print(f"F1 {found.f1:.4f}  precision {found.precision:.4f}  recall {found.recall:.4f}")
    print(f"{len(found.unfound)} of {found.sentences} sentences are not found on their page")
    print("\n".join(found.unfound[:20]))
    for score, number, truth, text in found.worst[: options.show]:
        print(f"--- page {number}: {score:.3f}\n{truth}\n=== was read as\n{text}")
    return int(found.f1 < F1_FLOOR or bool(found.unfound))


if __name__ == "__main__":
    sys.exit(main())

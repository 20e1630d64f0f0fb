"""Do questions find articles in other languages? Short news in five, asked in theirs and in English.

The texts of a language and English articles (the examples) are one library. Right is an answer whose first
quotation has the words that bench/data/languages.txt names.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = Path(__file__).parent / "data" / "languages.txt"
EXAMPLES = Path(__file__).parent.parent / "examples"
LEAST_SAME, LEAST_ENGLISH = 0.80, 0.70


@dataclass(frozen=True, slots=True)
class Asked:
    """A text with a question to it in its language and one in English, and words of what answers both."""

    language: str
    article: Article
    question: str
    english: str
    words: str


def read_texts(path: Path = TEXTS) -> list[Asked]:
    """Read the texts; lines that begin with # are about the file."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if line and not line.startswith("#"):
            language, title, text, question, english, words = line.split("\t")
            article = Article(text, title, f"{language}-{number}.txt")
            found.append(Asked(language, article, question, english, words))
    return found


def right(question: str, words: str, library: Path) -> bool:
    """Say whether the first quotation has the words."""
    found = answer(question, library=library)
    return bool(found.citations) and words in found.citations[0].quote


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each language; exit 1 where one is below what is wanted."""
    parser = ArgumentParser(description="Questions to articles in other languages.")
    parser.add_argument("--only", help="one language, as de")
    options = parser.parse_args(arguments)
    texts: dict[str, list[Asked]] = defaultdict(list)
    for asked in read_texts():
        if options.only in (None, asked.language):
            texts[asked.language].append(asked)
    table = Table("language", "texts", "asked in it", "asked in English", title="First quotation right")
    low = False
    for language, several in texts.items():
        with TemporaryDirectory() as folder:
            library = Path(folder) / "library"
            ingest_articles(EXAMPLES, library)
            ingest_articles([asked.article for asked in several], library)
            same = sum(right(asked.question, asked.words, library) for asked in several) / len(several)
            english = sum(right(asked.english, asked.words, library) for asked in several) / len(several)
        table.add_row(language, str(len(several)), f"{same:.2f}", f"{english:.2f}")
        low = low or same < LEAST_SAME or english < LEAST_ENGLISH
    Console().print(table)
    return int(low)


if __name__ == "__main__":
    sys.exit(main())

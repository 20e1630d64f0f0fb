"""Ten questions about the article that the project started from, each answered by the right sentence."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from ingest import ingest_articles, read_articles, split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = (
    ("Who is the Pentagon's spokesperson?", "Sabrina Singh"),
    ("Does the Pentagon believe that Iran wants a war?", "does not believe that Iran is seeking a war"),
    ("How many American servicemen were killed in the drone attack?", "killed three American servicemen"),
    ("Where was the US base that was attacked?", "on Jordan's border with Syria"),
    ("Who claimed responsibility for the attack?", "claimed responsibility for the attack"),
    ("How many civilians have been killed in Gaza?", "more than 26,600 civilians"),
    ("How many people were injured in the Gaza Strip?", "more than 65,300 others injured"),
    ("When did the strikes on American forces increase in intensity?", "since October 7, 2023"),
    ("What did Nasser Kan'ani say about the Resistance groups?", "do not take orders from"),
    ("Under which pretext did the US send forces to Syria and Iraq?", "under the pretext of fighting"),
)
ASKED_ON = date(2024, 1, 31)
SENTENCES = 15
LEAST_RIGHT = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each question with the first quote; exit 1 unless all are right."""
    parser = ArgumentParser(description="Questions about the seed article.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args(arguments).data
    table = Table("question", "first quote", "right", title="Seed article")
    with TemporaryDirectory() as scratch:
        ingest_articles(data / "seed", scratch)
        right = 0
        for question, wanted in QUESTIONS:
            given = answer(question, library=scratch, asked_on=ASKED_ON)
            quote = given.citations[0].quote if given.citations else "(no answer)"
            right += wanted in quote
            table.add_row(question, quote, "yes" if wanted in quote else "NO")
    Console().print(table)
    article = next(read_articles(data / "seed"))
    facts = (article.published, article.source, len(split_sentences(article.text)))
    print(f"{right} of {len(QUESTIONS)} right; published, source, sentences: {facts}")
    return int(right < LEAST_RIGHT or facts != (date(2024, 1, 30), "Islam Times", SENTENCES))


if __name__ == "__main__":
    sys.exit(main())

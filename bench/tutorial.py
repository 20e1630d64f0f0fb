"""How many articles a second Footnote ingests beside LangChain's tutorial pipeline, on the same articles.

The other side splits into 1,000 characters with 200 shared and stores in Chroma, with what Chroma's default
embedder is: all-MiniLM-L6-v2 in float32, padded to 256 tokens (bench/langchain_tutorial.py). It needs an
environment of its own and a model, which these make:

    python -m venv ../tutorial
    ../tutorial/bin/pip install -c constraints.txt langchain-chroma==1.1.0 onnx==1.23.2
    ../tutorial/bin/pip install -c constraints.txt langchain-text-splitters==1.1.3
    ../tutorial/bin/python tools/minilm_float32.py --folder ../tutorial/minilm
    python -m bench.tutorial --peer-python ../tutorial/bin/python --model ../tutorial/minilm

Both take turns, a few articles each, in processes that stay: whatever else the machine does meets both. The
first turn, with its loading of models, does not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from ingest import Article, Library, ingest_articles
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Took = dict[str, float]

LEAST_RATIO = 2.5
ARTICLES = 60
TURN = 15  # articles; three or four seconds
APART = 100  # every hundredth article of the data set: they come sorted by paper and day
PEER = Path(__file__).with_name("langchain_tutorial.py")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both rates; exit 1 where Footnote is not as much faster as it should be."""
    parser = ArgumentParser(description="Ingestion beside LangChain's tutorial pipeline.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peer-python", type=Path, required=True, help="its interpreter (see the module)")
    parser.add_argument("--model", type=Path, required=True, help="folder that tools/minilm_float32.py wrote")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    options = parser.parse_args(arguments)
    chosen = sample(options.data, options.articles + TURN)
    turns = [chosen[start : start + TURN] for start in range(0, len(chosen), TURN)]
    command = [str(options.peer_python), str(PEER), str(options.model)]
    with (
        TemporaryDirectory() as scratch,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer,  # noqa: S603  # named by who runs it
    ):
        done = list(take_turns(turns, Path(scratch), peer))
    counted = done[1:]
    return show(len(chosen) - TURN, *(add_up(side) for side in zip(*counted, strict=True)))


def sample(data: Path, count: int) -> list[Article]:
    """Return articles from all over the data set."""
    every = iter_source(data / "news" / "articles.jsonl.gz", ReadOptions(64_000_000))
    articles = (item for item in every if isinstance(item, Article))
    return list(islice(articles, 0, APART * count, APART))


def take_turns(
    turns: Sequence[Sequence[Article]], scratch: Path, peer: subprocess.Popen[str]
) -> Iterator[tuple[Took, Took]]:
    """Yield what each turn took Footnote and the other; who comes first changes."""
    for number, articles in enumerate(turns):
        folders = scratch / f"footnote{number}", scratch / f"other{number}"
        if number % 2:
            other = theirs(articles, folders[1], peer)
            yield ours(articles, folders[0]), other
        else:
            yield ours(articles, folders[0]), theirs(articles, folders[1], peer)


def ours(articles: Sequence[Article], library: Path) -> Took:
    """Ingest into a new library."""
    started, worked = time.perf_counter(), time.process_time()
    report = ingest_articles(articles, library)
    took = {"seconds": time.perf_counter() - started, "work": time.process_time() - worked}
    if report.added != len(articles):
        raise SystemExit(f"{report.added} of {len(articles)} articles were added: {report.failed}")
    with Library.open(library) as opened:
        return {**took, "chunks": opened.count()[1]}


def theirs(articles: Sequence[Article], folder: Path, peer: subprocess.Popen[str]) -> Took:
    """Have the other store the same articles in a new folder."""
    source = folder.with_suffix(".jsonl")
    source.write_text("".join(json.dumps({"text": article.text}) + "\n" for article in articles), "utf-8")
    assert peer.stdin is not None
    assert peer.stdout is not None
    print(json.dumps([str(source), str(folder)]), file=peer.stdin, flush=True)
    line = peer.stdout.readline()
    if not line:
        raise SystemExit("The other ended; what it printed above says why.")
    took: Took = json.loads(line)
    return took


def add_up(turns: Sequence[Took]) -> Took:
    """Return the sums over all turns."""
    return {name: sum(turn[name] for turn in turns) for name in turns[0]}


def show(count: int, own: Took, other: Took) -> int:
    """Print both sides and their ratios; return 1 where the ratio of the rates is too small."""
    table = Table("", "articles a second", "processor seconds", "chunks", title=f"{count} news articles")
    for name, side in (("Footnote", own), ("LangChain's tutorial", other)):
        rate = f"{count / side['seconds']:.2f}"
        table.add_row(name, rate, f"{side['work']:.1f}", f"{side['chunks']:,.0f}")
    ratio = other["seconds"] / own["seconds"]
    work = other["work"] / own["work"]
    table.add_row("times as fast", f"{ratio:.2f}, at least {LEAST_RATIO}", f"{work:.2f}", "")
    Console().print(table)
    return int(ratio < LEAST_RATIO)


if __name__ == "__main__":
    sys.exit(main())

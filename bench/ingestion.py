"""What ingesting all news articles costs, beside embedding the same chunks and doing nothing else.

The articles are taken in slices; for each slice one process ingests it into the growing library and
another embeds its chunks alone, so that both meet the same machine. Only the ratio means anything. A
process first does the same with one made-up article, so that the loading of libraries and of the model,
five seconds whatever there is to do, does not count on either side.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, thread_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from ingest import Article, Failure, ingest_articles, library_settings, load_embedder, make_chunks
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from ingest.storage import groups
from ingest.text.chunks import embedding_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SLICES = 5
MOST_RATIO = 1.2
MOST_AGAIN = 0.03  # of the first run, for a second one that finds all of it unchanged
MOST_GROUPING = 0.05  # of the processor time of ingestion, for finding near-duplicates
MOST_PEAK_MB = 1500
BYTES_A_RECORD = 64_000_000
SUMS = ("ingest", "again", "embed", "work", "grouping", "peak_mb", "chunks", "stored_again")
WARM = Article("The bridge is open again. It was closed for a week.", "Bridge open", "bridge.txt")
COUNTS = ("added", "updated", "unchanged", "refused")
"""Each article is counted in one of them; unchanged are exact copies under another address."""


def articles_of(data: Path, number: int, most: int) -> Iterator[Article | Failure]:
    """Yield every fifth article, beginning at `number`, at most `most` in all slices together."""
    every = iter_source(data / "news" / "articles.jsonl.gz", ReadOptions(BYTES_A_RECORD))
    found = (item for item in every if isinstance(item, Article | Failure))
    return islice(islice(found, most), number, None, SLICES)


def ingest_slice(data: Path, number: int, most: int, library: Path) -> dict[str, Any]:
    """Ingest one slice; seconds and counts."""
    sources = list(articles_of(data, number, most))
    with TemporaryDirectory() as scratch:
        ingest_articles(WARM, scratch)
    started, worked = perf_counter(), process_time()
    with grouping_time() as grouping:
        report = ingest_articles([item for item in sources if isinstance(item, Article)], library)
    seconds = perf_counter() - started
    refused = len(report.failed) + sum(isinstance(item, Failure) for item in sources)
    return {
        "seconds": seconds,
        "work": process_time() - worked,
        "grouping": sum(grouping),
        "added": report.added,
        "refused": refused,
        "unchanged": report.unchanged,
        "updated": report.updated,
    }


@contextmanager
def grouping_time() -> Iterator[list[float]]:
    """Collect the seconds of processor time that each call for near-duplicates takes."""
    taken: list[float] = []

    def timed(call: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401  # whatever it takes
        started = thread_time()
        result = call(*arguments)
        taken.append(thread_time() - started)
        return result

    with (
        patch.object(groups, "signature", partial(timed, groups.signature)),
        patch.object(groups, "join", partial(timed, groups.join)),
    ):
        yield taken


def embed_slice(data: Path, number: int, most: int) -> dict[str, Any]:
    """Embed the chunks of one slice and nothing else; seconds and counts."""
    texts = [
        embedding_text(item, chunk)
        for item in articles_of(data, number, most)
        if isinstance(item, Article)
        for chunk in make_chunks(item)
    ]
    embedder = load_embedder(library_settings())
    embedder.embed([WARM.text])
    started = perf_counter()
    embedder.embed(texts)
    return {"seconds": perf_counter() - started, "chunks": len(texts)}


def measure(data: Path, most: int, library: Path) -> dict[str, float]:
    """Run both for every slice, in processes of their own, and add up."""
    total = dict.fromkeys((*SUMS, *COUNTS), 0.0)
    for number in range(SLICES):
        ingested = _child("ingest", data, number, most, library)
        embedded = _child("embed", data, number, most, library)
        repeated = _child("ingest", data, number, most, library)
        total["again"] += repeated["seconds"]
        total["stored_again"] += repeated["added"] + repeated["updated"]
        total["ingest"] += ingested["seconds"]
        total["work"] += ingested["work"]
        total["grouping"] += ingested["grouping"]
        total["embed"] += embedded["seconds"]
        total["peak_mb"] = max(total["peak_mb"], ingested["peak_mb"])
        total["chunks"] += embedded["chunks"]
        for name in COUNTS:
            total[name] += ingested[name]
        print(f"slice {number + 1} of {SLICES}: {ingested} {embedded}", flush=True)
    return total


def _child(what: str, data: Path, number: int, most: int, library: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.ingestion", "--data", str(data), "--library", str(library)]
    command += ["--most", str(most), "--child", what, "--number", str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # this file
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where a floor is crossed or an article is missing."""
    parser = ArgumentParser(description="Ingestion against embedding alone.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the library here")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="articles; all by default")
    parser.add_argument("--child", choices=["ingest", "embed"], help="used by the bench itself")
    parser.add_argument("--number", type=int, default=0, help="used by the bench itself")
    options = parser.parse_args(arguments)
    if options.child:
        return _as_child(options.child, options.data, options.number, options.most, options.library)
    with TemporaryDirectory() as scratch:
        figures = measure(options.data, options.most, options.library or Path(scratch) / "library")
    return show(figures)


def _as_child(what: str, data: Path, number: int, most: int, library: Path) -> int:
    result = (
        ingest_slice(data, number, most, library) if what == "ingest" else embed_slice(data, number, most)
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(json.dumps({**result, "peak_mb": round(peak)}))
    return 0


def show(figures: dict[str, float]) -> int:
    """Print the figures beside their limits; return 1 where one is crossed."""
    ratio = figures["ingest"] / figures["embed"]
    table = Table("measured", "figure", "limit", title="Ingestion of news")
    for name in (*COUNTS, "chunks"):
        table.add_row(name, f"{figures[name]:,.0f}", "")
    table.add_row("ingestion", f"{figures['ingest']:.0f} s", "")
    table.add_row("embedding alone", f"{figures['embed']:.0f} s", "")
    table.add_row("ratio", f"{ratio:.2f}", f"≤ {MOST_RATIO}")
    again = figures["again"] / figures["ingest"]
    table.add_row("second run", f"{again:.3f} of the first", f"≤ {MOST_AGAIN}")
    grouping = figures["grouping"] / figures["work"]
    table.add_row("grouping", f"{grouping:.3f} of the work", f"≤ {MOST_GROUPING}")
    table.add_row("stored by the second run", f"{figures['stored_again']:,.0f}", "= 0")
    table.add_row("peak memory", f"{figures['peak_mb']:,.0f} MB", f"≤ {MOST_PEAK_MB:,}")
    Console().print(table)
    wrong = ratio > MOST_RATIO or again > MOST_AGAIN or grouping > MOST_GROUPING
    return int(wrong or figures["stored_again"] > 0 or figures["peak_mb"] > MOST_PEAK_MB)


if __name__ == "__main__":
    sys.exit(main())

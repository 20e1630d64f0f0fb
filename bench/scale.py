"""A hundred thousand short articles: peak memory, whether the rate holds, and a kill in the middle.

Run it with `python -m bench.scale [--articles 100000]`. The articles are made of sentences of data/news,
drawn anew for each, and a stand-in for the embedder costs next to nothing, so that everything else shows.
The rate is articles a second of processor time, which other programs on the machine hardly change.
"""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import time
import zlib
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from ingest import Article, Library, LibrarySettings, Progress, ingest_articles, split_sentences
from ingest.readers import iter_source
from ingest.readers.items import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_PEAK_MB = 2000
LEAST_RATE = 0.7  # of the rate at the start, at the end
SENTENCES = 6  # of an article: about 120 words, one chunk
FILES = 100
DRAWN_FROM = 1500  # news articles
KILLED_AT = 0.4
SUBJECTS, CHANCE = 300, 0.7  # how far vectors spread around their subject, beside its own spread of 1
SPAN = 0.15  # of all articles: what counts as the start, after the first hundredth, and as the end


class StandIn:
    """An embedder that draws a vector for each text: as many numbers as the bundled one, at no cost.

    Each is one of some hundred subjects and chance. Chroma's graph takes 0.7 ms of processor time for one of
    them, as for the bundled model's vectors of news (34,071); for chance alone it takes twice as long.
    """

    name, dimension = "stand-in", 384

    def __init__(self) -> None:
        self._subjects = np.random.default_rng(SUBJECTS).normal(size=(SUBJECTS, self.dimension))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector for each text, always the same for the same text."""
        rows = np.stack([self._draw(zlib.crc32(text.encode())) for text in texts])
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _draw(self, seed: int) -> NDArray[np.float64]:
        chance = np.random.default_rng(seed).normal(size=self.dimension)
        drawn: NDArray[np.float64] = self._subjects[seed % SUBJECTS] + CHANCE * chance
        return drawn


def write_articles(data: Path, folder: Path, count: int) -> None:
    """Write articles as JSON Lines, a hundred files of them."""
    chance = random.Random(7)  # noqa: S311  # a choice, not a secret
    drawn: list[str] = []
    for number, item in enumerate(iter_source(data / "news" / "articles.jsonl.gz", ReadOptions(64_000_000))):
        if isinstance(item, Article):
            drawn += [each.text for each in split_sentences(item.text) if 40 < len(each.text) < 300]
        if number >= DRAWN_FROM:
            break
    for file in range(FILES):
        with (folder / f"{file:03}.jsonl").open("w") as out:
            for number in range(file * count // FILES, (file + 1) * count // FILES):
                text = " ".join(chance.sample(drawn, SENTENCES))
                url = f"https://paper.example/{number}"
                out.write(json.dumps({"title": f"Story {number}", "text": text, "url": url}) + "\n")


def child(folder: Path, library: Path) -> int:
    """Ingest, printing what has been done after how many seconds."""
    import ingest.pipeline

    ingest.pipeline.load_embedder = lambda _settings: StandIn()  # type: ignore[assignment,attr-defined]

    def tell(progress: Progress) -> None:
        print(json.dumps([progress.done, time.process_time(), time.perf_counter()]), flush=True)

    report = ingest_articles(folder, library, progress=tell, settings=LibrarySettings(library=library))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(json.dumps({**report.to_dict(), "peak_mb": peak}), flush=True)
    return 0


def run(folder: Path, library: Path, kill_at: int | None) -> tuple[list[list[float]], dict[str, Any]]:
    """Run a child, perhaps kill it when so many are done; return its marks and its report."""
    command = [sys.executable, "-m", "bench.scale", "--child", str(folder), "--library", str(library)]
    marks: list[list[float]] = []
    report: dict[str, Any] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # this file
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if isinstance(said, dict):
                report = said
            else:
                marks.append(said)
                if kill_at is not None and said[0] >= kill_at:
                    process.send_signal(signal.SIGKILL)
                    break
    return marks, report


def rate(marks: list[list[float]], first: float, last: float, clock: int) -> float:
    """Return articles a second between two counts, by processor time (1) or by the clock (2)."""
    inside = [mark for mark in marks if first <= mark[0] <= last]
    return (inside[-1][0] - inside[0][0]) / (inside[-1][clock] - inside[0][clock])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where a floor is crossed or an article is missing."""
    parser = ArgumentParser(description="Many short articles.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--child", type=Path, help="used by the bench itself")
    parser.add_argument("--library", type=Path, help="used by the bench itself")
    options = parser.parse_args(arguments)
    if options.child:
        return child(options.child, options.library)
    with TemporaryDirectory() as scratch:
        folder, library = Path(scratch) / "articles", Path(scratch) / "library"
        folder.mkdir()
        write_articles(options.data, folder, options.articles)
        before, _ = run(folder, library, int(options.articles * KILLED_AT))
        after, report = run(folder, library, None)
        with Library.open(library) as opened:
            stored = opened.count()[0]
        return show(options.articles, before, after, report | {"stored": stored})


def show(count: int, before: list[list[float]], after: list[list[float]], report: dict[str, Any]) -> int:
    """Print the table; return 1 where a floor is crossed."""
    table = Table("measured", "figure", "limit", title=f"{count:,} short articles, killed once")
    start = [rate(before, 0.01 * count, (0.01 + SPAN) * count, clock) for clock in (1, 2)]
    end = [rate(after, (1 - SPAN) * count, count, clock) for clock in (1, 2)]
    share = end[0] / start[0]
    table.add_row("stored at the end", f"{report['stored']:,}", f"= {count:,}")
    table.add_row("found stored after the kill", f"{report['unchanged']:,}", "")
    table.add_row("a second of processor time, start", f"{start[0]:,.0f}", "")
    table.add_row("a second of processor time, end", f"{end[0]:,.0f}", f"≥ {LEAST_RATE} × start: {share:.2f}")
    table.add_row("a second by the clock, start and end", f"{start[1]:,.0f} and {end[1]:,.0f}", "")
    table.add_row("peak memory", f"{report['peak_mb']:,.0f} MB", f"≤ {MOST_PEAK_MB:,}")
    Console().print(table)
    return int(share < LEAST_RATE or report["peak_mb"] > MOST_PEAK_MB or report["stored"] != count)


if __name__ == "__main__":
    sys.exit(main())

"""A hundred thousand short articles: peak memory, whether the rate holds, and a kill in the middle.

Run it with `python -m bench.scale [--articles 100000]`. The articles are cut from data/news, four sentences
each, and a stand-in for the embedder costs next to nothing, so that everything else shows.

The rate is articles a second of processor time. A busy machine changes even that, so that the start can't
be compared with an end that comes minutes later: slices of articles go in turns into the large library and
into one that has just begun. What it takes to open and close a library is not part of it.
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
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from ingest import Article, Library, LibrarySettings, Progress, ingest_articles, split_sentences
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MOST_PEAK_MB = 2000
LEAST_RATE = 0.7  # of the rate at the start, at the end
SENTENCES = 4  # of an article: about 80 words, one chunk
SLICES = 20  # folders of articles
TURNS = 3  # slices that are timed, at the start and at the end
WARM = 0.01  # of all articles: what the library that has just begun holds before it is timed
KILLED_AT = 0.4
SUBJECTS, CHANCE = 300, 0.7  # how far vectors spread around their subject, beside its own spread of 1

Mark = tuple[int, float, float]
"""Articles done, seconds of processor time, seconds by the clock."""


class StandIn:
    """An embedder that draws a vector for each text: as many numbers as the bundled one, at no cost.

    Each is one of some hundred subjects and chance. Chroma's graph takes as long for them as for the
    bundled model's vectors of news (34,071); for chance alone it takes twice as long.
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


def pieces(file: Path) -> Iterator[str]:
    """Yield runs of sentences of the articles in a file, none of them twice."""
    met = set()
    for item in iter_source(file, ReadOptions(64_000_000)):
        sentences = [each.text for each in split_sentences(item.text)] if isinstance(item, Article) else []
        usable = [each for each in sentences if 40 < len(each) < 300]  # characters
        for start in range(0, len(usable) - SENTENCES + 1, SENTENCES):
            piece = " ".join(usable[start : start + SENTENCES])
            if piece not in met:
                met.add(piece)
                yield piece


def write_articles(file: Path, folder: Path, count: int) -> list[Path]:
    """Write articles as JSON Lines, one file in each of the folders that are returned."""
    texts = list(islice(pieces(file), count))
    if len(texts) < count:
        sys.exit(f"Only {len(texts):,} articles can be cut from {file}. Ask for no more with --articles.")
    random.Random(7).shuffle(texts)  # noqa: S311  # an order, not a secret
    slices = [(f"{number:02}", count * number // SLICES, count * (number + 1) // SLICES)
              for number in range(SLICES)]  # fmt: skip
    for name, first, last in [*slices, ("warm", count - round(WARM * count), count)]:
        (folder / name).mkdir(parents=True)
        lines = (_line(number, texts[number]) for number in range(first, last))
        (folder / name / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    return [folder / name for name, _, _ in slices]


def _line(number: int, text: str) -> str:
    return (
        json.dumps({"title": f"Story {number}", "text": text, "url": f"https://paper.example/{number}"})
        + "\n"
    )


def child(library: Path, folders: list[Path]) -> int:
    """Ingest, printing what has been done after how many seconds."""
    import ingest.runs.pipeline

    ingest.runs.pipeline.load_embedder = lambda _settings: StandIn()  # type: ignore[assignment,attr-defined]

    def tell(progress: Progress) -> None:
        print(json.dumps([progress.done, time.process_time(), time.perf_counter()]), flush=True)

    report = ingest_articles(folders, library, progress=tell, settings=LibrarySettings(library=library))
    print(json.dumps(report.to_dict()), flush=True)
    return 0


def run(library: Path, folders: Sequence[Path], *, kill_at: int | None = None) -> tuple[list[Mark], Any]:
    """Run a child, perhaps kill it when so many are done; return its marks and its report."""
    command = [sys.executable, "-m", "bench.scale", "--child", str(library), *map(str, folders)]
    marks: list[Mark] = []
    report: dict[str, Any] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # this file
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if isinstance(said, dict):
                report = said
            else:
                marks.append((said[0], said[1], said[2]))
                if kill_at is not None and said[0] >= kill_at:
                    process.send_signal(signal.SIGKILL)
                    break
    return marks, report


def rate(turns: Sequence[Sequence[Mark]]) -> tuple[float, float]:
    """Return articles a second of processor time and by the clock, over several runs.

    Each is counted from its first batch to its last: before it lies the opening, after it the closing.
    """
    done = processor = clock = 0.0
    for marks in turns:
        first = marks[0]
        last = next(mark for mark in marks if mark[0] == marks[-1][0])
        done += last[0] - first[0]
        processor += last[1] - first[1]
        clock += last[2] - first[2]
    return done / processor, done / clock


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where a floor is crossed or an article is missing."""
    parser = ArgumentParser(description="Many short articles.")
    parser.add_argument("folders", nargs="*", type=Path, help="used by the bench itself")
    parser.add_argument("--child", type=Path, help="used by the bench itself")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args(arguments)
    if options.child:
        return child(options.child, options.folders)
    with TemporaryDirectory() as scratch:
        return measure(options.data / "news" / "articles.jsonl.gz", Path(scratch), options.articles)


def measure(news: Path, scratch: Path, count: int) -> int:
    """Fill the large library, then time both, and show what came out."""
    folders = write_articles(news, scratch, count)
    unchanged = fill(scratch, folders, count)
    start, end = in_turns(scratch, folders)
    with Library.open(scratch / "large") as opened:
        stored = opened.count()[0]
    return show(count, stored, unchanged, rate(start), rate(end))


def fill(scratch: Path, folders: Sequence[Path], count: int) -> int:
    """Fill the large library up to what is timed, killed once; return what was found after the kill."""
    run(scratch / "large", folders[:-TURNS], kill_at=round(count * KILLED_AT))
    _, resumed = run(scratch / "large", folders[:-TURNS])
    return int(resumed["unchanged"])


def in_turns(scratch: Path, folders: Sequence[Path]) -> tuple[list[list[Mark]], list[list[Mark]]]:
    """Put slices into the library that has just begun and into the large one, in turns."""
    run(scratch / "small", [scratch / "warm"])
    start, end = [], []
    for early, late in zip(folders[:TURNS], folders[-TURNS:], strict=True):
        start.append(run(scratch / "small", [early])[0])
        end.append(run(scratch / "large", [late])[0])
    return start, end


def show(
    count: int, stored: int, unchanged: int, start: tuple[float, float], end: tuple[float, float]
) -> int:
    """Print the table; return 1 where a floor is crossed."""
    # Of the largest child; Linux counts in KB, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
        1024 if sys.platform != "darwin" else 2**20
    )
    share = end[0] / start[0]
    first, last = 1 - TURNS / SLICES, WARM + TURNS / SLICES
    table = Table("measured", "figure", "limit", title=f"{count:,} short articles, killed once")
    table.add_row("stored at the end", f"{stored:,}", f"= {count:,}")
    table.add_row("found stored after the kill", f"{unchanged:,}", "")
    table.add_row(f"a second of processor time, {WARM:.0%} to {last:.0%}", f"{start[0]:,.0f}", "")
    table.add_row(f"the same, {first:.0%} to 100%", f"{end[0]:,.0f}", f"≥ {LEAST_RATE} × that: {share:.2f}")
    table.add_row("a second by the clock", f"{start[1]:,.0f} and {end[1]:,.0f}", "")
    table.add_row("peak memory", f"{peak:,.0f} MB", f"≤ {MOST_PEAK_MB:,}")
    Console().print(table)
    return int(share < LEAST_RATE or peak > MOST_PEAK_MB or stored != count)


if __name__ == "__main__":
    sys.exit(main())

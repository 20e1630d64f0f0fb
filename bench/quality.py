"""How good retrieval, ranking and abstention are, over every set of the data that fits, with floors.

bench/data/floors.json has a floor and its reason for each figure, and the checksums of the data that the
figures were measured on; figures of other data are shown without being judged.
"""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant.question.query import understand
from assistant.retrieval.confidence import CALIBRATED
from assistant.retrieval.open_libraries import open_library
from assistant.retrieval.retrieve import look
from bench import abstention, marked
from bench.news import first_rank, measure, share_within, slice_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.news import Question

FLOORS_FILE = Path(__file__).parent / "data" / "floors.json"
CHUNKS_AT = (1, 5, 10)


def chunks(library: Path, questions: Sequence[Question]) -> dict[str, float]:
    """Return the share of questions whose answer string is in the first chunks, once they have been read."""
    opened = open_library(library)
    ranks = []
    for question in questions:
        found = look(understand(question.text, asked_on=question.asked_on), opened).chunks
        ranks.append(first_rank([item.hit.chunk.text for item in found], question.answers))
    return {f"news chunk @{k}": share_within(ranks, k) for k in CHUNKS_AT}


def news(library: Path, questions: Sequence[Question]) -> dict[str, float]:
    """Return the shares of questions whose answer string is in what is cited, and in what was ranked."""
    measured = measure(library, questions)
    cited = {f"news cited {k}": share for k, share in measured.shares.items()}
    ranked = {f"news ranked {k}": share for k, share in measured.evidence_shares.items()}
    return {**chunks(library, questions), **cited, **ranked, "news answered": measured.answered}


def checksums(data: Path, names: Sequence[str]) -> dict[str, str]:
    """Return the SHA-256 of each file of the data; empty where it is not there."""
    return {
        name: hashlib.sha256((data / name).read_bytes()).hexdigest() if (data / name).is_file() else ""
        for name in names
    }


def crossed(figures: dict[str, float], floors: dict[str, Any]) -> list[str]:
    """Return the figures that are below their floor."""
    return [name for name, floor in floors.items() if name in figures and figures[name] < floor["least"]]


def show(figures: dict[str, float], floors: dict[str, Any], *, pinned: bool) -> int:
    """Print every figure beside its floor; return 1 where one is crossed."""
    table = Table("measured", "figure", "floor", title="Quality" + ("" if pinned else ", other data"))
    for name, figure in figures.items():
        table.add_row(name, f"{figure:.3f}", f"{floors[name]['least']:.3f}" if name in floors else "")
    Console().print(table)
    below = crossed(figures, floors) if pinned else []
    for name in below:
        print(f"{name} is below its floor: {floors[name]['why']}")
    return int(bool(below))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, print it and draw the reliability plot; exit 1 where a floor is crossed."""
    parser = ArgumentParser(description="Retrieval, ranking and abstention, with floors.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the news library here for the next run")
    parser.add_argument(
        "--plot", type=Path, help="draw the reliability of the probability into this SVG file"
    )
    parser.add_argument("--most", type=int, help="at most so many items of each set, for a quick look")
    options = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "news"
        questions = slice_library(options.data, folder)[: options.most]
        figures |= news(folder, questions)
        series = {
            "news": abstention.news(options.data, folder, questions, options.most),
            "CLAPNQ": abstention.clapnq(options.data, Path(scratch) / "clapnq", options.most),
        }
    for name, (own, others) in series.items():
        figures |= abstention.figures(name.lower(), own, others, CALIBRATED)
    figures |= marked.passages(options.data, options.most)
    figures |= marked.paragraphs(options.data, options.most or 300)
    figures |= marked.claims(options.data, options.most)
    if options.plot:
        abstention.plot(options.plot, series)
    stored = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    pinned = not options.most and checksums(options.data, [*stored["data"]]) == stored["data"]
    return show(figures, stored["floors"], pinned=pinned)


if __name__ == "__main__":
    sys.exit(main())

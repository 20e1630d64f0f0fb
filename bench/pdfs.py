"""The words of PDFs in reading order: our reader beside other libraries, as far as these are installed.

    python -m bench.pdfs FOLDER [--pages 3]

The files are any PDFs. The truth is what `pdftotext -layout` and `pdftotext -raw` say, read side by side: a
run of three words is right if either has it, and to be found if both have it. They differ where columns stand
beside each other; the second figure is F1 against pdftotext's own order. Seconds are of the processor.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import time
import unicodedata
from argparse import ArgumentParser
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Runs = Counter[tuple[str, ...]]

RUN = 3  # words
SLACK = 0.01  # how far below the best library our reader may be
_PARTED = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*\n\s*(?=\w)")


def footnote(path: Path, pages: int) -> list[str]:
    """Read with our reader, before what repeats on pages is taken out."""
    from ingest.readers.formats.pdf_text import open_pdfium, page_text

    document = open_pdfium(path.read_bytes())
    return [page_text(document, number, {}).text for number in range(min(pages, len(document)))]


def pypdf(path: Path, pages: int) -> list[str]:
    """Read with pypdf."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages[:pages]]


def pypdfium2(path: Path, pages: int) -> list[str]:
    """Read with pypdfium2 as it comes."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(path)
    texts = [document[number].get_textpage().get_text_range() for number in range(min(pages, len(document)))]
    return [re.sub("[\ufffe\x02]", "-\n", text) for text in texts]


def pdfminer(path: Path, pages: int) -> list[str]:
    """Read with pdfminer.six."""
    from pdfminer.high_level import extract_text  # type: ignore[import-not-found,unused-ignore]

    return [str(extract_text(path, maxpages=pages))]


def pdfplumber(path: Path, pages: int) -> list[str]:
    """Read with pdfplumber."""
    import pdfplumber as library  # type: ignore[import-not-found,unused-ignore]

    with library.open(path) as document:
        return [page.extract_text() or "" for page in document.pages[:pages]]


READERS: dict[str, Callable[[Path, int], list[str]]] = {
    each.__name__: each for each in (footnote, pypdf, pypdfium2, pdfminer, pdfplumber)
}


def runs_of(pages: Iterable[str]) -> Runs:
    """Return the runs of words of a text, words parted at the ends of lines joined."""
    words = [
        word
        for page in pages
        for word in re.findall(r"\w+", _PARTED.sub("", unicodedata.normalize("NFKC", page)).casefold())
    ]
    return Counter(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def f1(found: Runs, allowed: Runs, wanted: Runs) -> float:
    """Hold runs against those that may be found and those that must."""
    precision = (found & allowed).total() / max(found.total(), 1)
    recall = (found & wanted).total() / max(wanted.total(), 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def told(path: Path, pages: int, *options: str) -> Runs:
    """Return the runs that pdftotext finds."""
    command = ["pdftotext", *options, "-l", str(pages), str(path), "-"]
    out = subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603
    return runs_of([out.decode("utf-8", "replace")])


def measure(files: Sequence[Path], pages: int) -> dict[str, tuple[float, float, float]]:
    """Return each reader's F1 side by side, F1 in pdftotext's own order, and seconds; means over files."""
    logging.disable(logging.CRITICAL)
    names = [name for name in READERS if name == "footnote" or find_spec(name)]
    scores: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    seconds = Counter[str]()
    for path in files:
        layout, raw, order = (told(path, pages, *options) for options in (["-layout"], ["-raw"], []))
        for name in names:
            started = time.process_time()
            try:
                found = runs_of(READERS[name](path, pages))
            except Exception as error:  # noqa: BLE001  # a file that a library can't read is a file without text
                print(f"{name} on {path.name}: {type(error).__name__}")
                found = Counter()
            seconds[name] += time.process_time() - started  # type: ignore[assignment]
            scores[name].append((f1(found, layout | raw, layout & raw), f1(found, order, order)))
    columns: dict[str, Any] = {name: list(zip(*scores[name], strict=True)) for name in names}
    return {name: (mean(columns[name][0]), mean(columns[name][1]), float(seconds[name])) for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a library is better by more than the slack, and 2 without files."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=3, help="of each file, from its first")
    options = parser.parse_args(arguments)
    files = sorted(options.folder.glob("**/*.pdf"))
    if not files:
        print(f"There are no PDFs in {options.folder}.")
        return 2
    found = measure(files, options.pages)
    print(f"{len(files)} files\nreader       side by side  own order  seconds")
    for name, (side, order, seconds) in found.items():
        print(f"{name:<12} {side:.4f}        {order:.4f}     {seconds:.2f}")
    best = max(side for side, *_ in found.values())
    return int(found["footnote"][0] < best - SLACK)


if __name__ == "__main__":
    sys.exit(main())

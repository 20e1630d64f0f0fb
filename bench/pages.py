"""How well the article is found on real web pages: 181 pages with gold text.

Scored as the authors of the pages score: shingles of four words, precision and recall averaged over
pages, F1 of the two averages. A title counts as found where it is not merely the start of the text, a date
where there is one; how each date is checked says bench/pagedates.py.

The gold text has the cells of a table one after another. Ours names the column of each value, so rows are
scored by their values; the F1 of the text as it is stored is printed beside, and is lower for that alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.pagedates import held_against
from ingest.errors import SourceError
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.fields import derived_title
from ingest.readers.formats.html_page import declared_encoding, html_article
from ingest.text.row_lines import is_row_line, row_values

SHINGLE = 4  # words; the length that the authors of the data use
F1_FLOOR = 0.97  # trafilatura 2.0.0 alone has .958
TITLES_FLOOR = 0.95  # share of pages; each has a title
DATES_FLOOR = 0.93  # share of all pages, also of those that state no date
WRONG_CEILING = 0.03  # of the dates found: those that the page contradicts, or that nothing confirms
SECONDS_FLOOR = 0.5  # mean a page; measured 0.1 on two cores


@dataclass(frozen=True, slots=True)
class PageScores:
    """Averages over all pages, pages that gave no article, seconds a page, shares with title and date."""

    f1: float
    precision: float
    recall: float
    refused: tuple[str, ...]
    seconds: float
    titles: float = 1.0
    dates: float = 1.0
    wrong: float = 0.0
    bases: Counter[str] = field(default_factory=Counter)
    f1_stored: float = 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def precision_recall(gold: str, found: str) -> tuple[float | None, float | None]:
    """Return the share of the found that is gold, and of the gold that is found; None without any."""
    wanted, got = shingles(gold), shingles(found)
    both = (wanted & got).total()
    return (both / got.total() if got else None), (both / wanted.total() if wanted else None)


def as_shown(text: str) -> str:
    """Return a text with its tables as pages show them: the names of the columns once, then the values."""
    shown: list[str] = []
    above: list[str] = []
    for line in text.split("\n"):
        if not is_row_line(line):
            shown.append(line)
            continue
        names, values = row_values(line)
        shown += [" ".join(names)] if names != above else []
        shown.append(" ".join(values))
        above = names
    return "\n".join(shown)


def score_pages(folder: Path) -> PageScores:
    """Extract every page in `folder` and score it against ground-truth.json."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    scores, stored, refused, started = [], [], [], time.process_time()
    titles = dates = wrong = 0
    bases: Counter[str] = Counter()
    for key, gold in truth.items():
        data = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        try:
            text = decode_bytes(data, declared=declared_encoding(data))
            article = html_article(text, key, url=gold.get("url"))
            found = article.text
            titles += article.title != derived_title(found)
            if article.published:
                basis, right = held_against(key, article.published, text, gold.get("url"))
                dates += 1
                wrong += not right
                bases[basis.value] += 1
        except SourceError as error:
            found = ""
            refused.append(f"{key}: {error.reason}")
        scores.append(precision_recall(gold["articleBody"], as_shown(found)))
        stored.append(precision_recall(gold["articleBody"], found))
    f1, precision, recall = averages(scores)
    seconds = (time.process_time() - started) / len(truth)
    shares = titles / len(truth), dates / len(truth), wrong / max(dates, 1)
    return PageScores(f1, precision, recall, tuple(refused), seconds, *shares, bases, averages(stored)[0])


def averages(scores: list[tuple[float | None, float | None]]) -> tuple[float, float, float]:
    """Return F1, precision and recall over all pages."""
    precision = statistics.mean(score for score, _ in scores if score is not None)
    recall = statistics.mean(score for _, score in scores if score is not None)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, precision, recall


def failures(scores: PageScores) -> list[str]:
    """Return a line for every floor that is crossed."""
    found = []
    if scores.f1 < F1_FLOOR:
        found.append(f"F1 {scores.f1:.4f} is below {F1_FLOOR}")
    if scores.titles < TITLES_FLOOR:
        found.append(f"titles on {scores.titles:.1%} of the pages, below {TITLES_FLOOR:.0%}")
    if scores.dates < DATES_FLOOR:
        found.append(f"dates on {scores.dates:.1%} of the pages, below {DATES_FLOOR:.0%}")
    if scores.wrong > WRONG_CEILING:
        found.append(f"{scores.wrong:.1%} of the dates are wrong, above {WRONG_CEILING:.0%}")
    if scores.seconds > SECONDS_FLOOR:
        found.append(f"{scores.seconds:.2f} s a page is above {SECONDS_FLOOR}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 1 when a floor is crossed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    scores = score_pages(parser.parse_args(arguments).data / "pages")
    print(
        f"F1 {scores.f1:.4f} ({scores.f1_stored:.4f} with names in rows)  precision {scores.precision:.4f}  "
        f"recall {scores.recall:.4f}"
    )
    print(
        f"titles found {scores.titles:.1%}  dates found {scores.dates:.1%}  of those wrong {scores.wrong:.1%}"
    )
    print(
        "dates held against " + ", ".join(f"{basis}: {count}" for basis, count in scores.bases.most_common())
    )
    print(f"{scores.seconds * 1000:.0f} ms a page, {len(scores.refused)} pages refused")
    crossed = failures(scores)
    print("\n".join([*scores.refused, *crossed]))
    return 1 if crossed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The measurement of article extraction shows 0, 1 and what lies between."""

import gzip
import json
from pathlib import Path

import pytest

from bench.pages import PageScores, failures, main, precision_recall, score_pages

CASES = (
    ("one two three four five", "one two three four five", (1.0, 1.0)),
    ("one two three four five", "six seven eight nine ten", (0.0, 0.0)),
    ("one two three four", "one two three four five", (0.5, 1.0)),
    ("one two three four five", "one two three four", (1.0, 0.5)),
    ("one two three four", "", (None, 0.0)),
    ("", "one two three four", (0.0, None)),
    ("one, two! THREE four", "one two THREE\n\nfour", (1.0, 1.0)),
)


@pytest.mark.parametrize(("gold", "found", "expected"), CASES)
def test_shingles_are_compared(gold: str, found: str, expected: tuple[float | None, float | None]) -> None:
    """Precision and recall over runs of four words, on planted texts."""
    assert precision_recall(gold, found) == expected


DATE = '<meta name="date" content="2024-01-30">'


def _write_pages(folder: Path, gold: str) -> None:
    (folder / "pages" / "html").mkdir(parents=True)
    sentence = "The town council voted on Tuesday to keep the library open for another year. " * 6
    page = (
        f"<html><head><title>T</title>{DATE}</head><body><article><p>{sentence}</p></article></body></html>"
    )
    (folder / "pages" / "html" / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    truth = {"a": {"articleBody": gold or sentence}}
    (folder / "pages" / "ground-truth.json").write_text(json.dumps(truth), "utf-8")


def test_a_perfect_extraction_passes(tmp_path: Path) -> None:
    """One page extracted exactly scores 1 and the command succeeds."""
    _write_pages(tmp_path, "")
    scores = score_pages(tmp_path / "pages")
    assert (scores.f1, scores.precision, scores.recall, scores.refused) == (1.0, 1.0, 1.0, ())
    assert main(["--data", str(tmp_path)]) == 0


def test_a_wrong_extraction_fails(tmp_path: Path) -> None:
    """An article that shares nothing with the gold text scores 0 and the command fails."""
    _write_pages(tmp_path, "entirely other words stand here in the gold text")
    assert score_pages(tmp_path / "pages").f1 == 0
    assert main(["--data", str(tmp_path)]) == 1


def test_every_crossed_floor_is_named() -> None:
    """Each floor is reported when all are crossed."""
    crossed = failures(
        PageScores(f1=0.5, precision=0.5, recall=0.5, refused=(), seconds=9.0, titles=0.5, dates=0.5)
    )
    assert crossed == [
        "F1 0.5000 is below 0.958",
        "titles on 50.0% of the pages, below 95%",
        "dates on 50.0% of the pages, below 85%",
        "9.00 s a page is above 0.5",
    ]

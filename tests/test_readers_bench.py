"""The measurement of article extraction shows 0, 1 and what lies between."""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.pagedates import READ, Basis, held_against
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
DAY = date(2024, 1, 30)
SHOWN = (
    ("https://paper.example/2024/jan/31/a", "", (Basis.ADDRESS, True)),
    ("https://paper.example/2024/02/02/a", "January 30, 2024", (Basis.ADDRESS, False)),
    ("https://paper.example/99/88/a", "Tuesday 30 January 2024", (Basis.WORDS, True)),
    (None, "posted 01/29/24", (Basis.WORDS, True)),
    (None, "posted on Tuesday", (Basis.NOTHING, False)),
    (None, "<script>30 January 2024</script>", (Basis.NOTHING, False)),
)


@pytest.mark.parametrize(("url", "body", "expected"), SHOWN)
def test_a_date_is_held_against_what_the_page_shows(
    url: str | None, body: str, expected: tuple[Basis, bool]
) -> None:
    """The address counts first, then what a visitor reads; what nothing confirms counts as wrong."""
    assert (
        held_against("a", DAY, f"<html><head>{DATE}</head><body><p>{body}</p></body></html>", url) == expected
    )


def test_dates_looked_up_by_eye_are_held_against_what_was_seen() -> None:
    """A page that shows no date counts as right only with the day that somebody has read in its source."""
    key, day = next(iter(READ.items()))
    page = "<html><body><p>posted today</p></body></html>"
    assert held_against(f"{key}0", day, page, None) == (Basis.EYE, True)
    assert held_against(f"{key}0", day + timedelta(1), page, None) == (Basis.EYE, False)


def _write_pages(folder: Path, gold: str) -> None:
    (folder / "pages" / "html").mkdir(parents=True)
    sentence = "The town council voted on Tuesday to keep the library open for another year. " * 6
    page = (
        f"<html><head><title>T</title>{DATE}</head><body><article><p>{sentence}</p></article>"
        "<footer>30 January 2024</footer></body></html>"
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
    crossed = failures(PageScores(0.5, 0.5, 0.5, refused=(), seconds=9.0, titles=0.5, dates=0.5, wrong=0.5))
    assert crossed == [
        "F1 0.5000 is below 0.97",
        "titles on 50.0% of the pages, below 95%",
        "dates on 50.0% of the pages, below 93%",
        "50.0% of the dates are wrong, above 3%",
        "9.00 s a page is above 0.5",
    ]

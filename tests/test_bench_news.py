"""The news bench can show 0 and 1, and everything between: planted cases."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bench.news import Question, contains, first_rank, measure, news_slice, share_within, usable_answers
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Mayor Ilse Brandt opened the new harbour bridge on Friday. The bridge cost 12 million crowns."
ASKED = date(2026, 5, 4)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    article = Article(text=TEXT, title="Bridge opened", origin="bridge.txt", published=ASKED)
    ingest_articles([article], tmp_path / "library")
    return tmp_path / "library"


def test_planted_answer_gives_one(library: Path) -> None:
    """Where the first cited sentence has the answer, every share is 1."""
    figures = measure(library, [Question("Who opened the new harbour bridge?", ASKED, ("Ilse Brandt",))])
    assert figures.shares == {"@1": 1.0, "@3": 1.0, "@5": 1.0}


def test_absent_answer_gives_zero(library: Path) -> None:
    """Where no sentence has the answer, every share is 0."""
    figures = measure(library, [Question("Who opened the new harbour bridge?", ASKED, ("Tom Reed",))])
    assert figures.shares == {"@1": 0.0, "@3": 0.0, "@5": 0.0}
    assert figures.evidence_shares == {"@1": 0.0, "@3": 0.0, "@5": 0.0, "@10": 0.0}


def test_ranks_and_shares() -> None:
    """A share counts the ranks below k; a miss counts as one question without an answer."""
    assert first_rank(["no", "the Bay Area", "bay area"], ["Bay Area"]) == 1
    assert first_rank(["no"], ["Bay Area"]) is None
    assert share_within([0, 1, 4, None], 1) == 0.25
    assert share_within([0, 1, 4, None], 5) == 0.75


def test_typography_does_not_decide() -> None:
    """Curly and straight quotation marks count as the same."""
    assert contains(["He likes M&M's."], ["M&M’s"])


def test_short_and_yes_no_answers_are_left_out() -> None:
    """Answers that chance would find don't count."""
    assert usable_answers(["TX", "yes", "No", "Six", "Texas"]) == ("Six", "Texas")


def test_slice(tmp_path: Path) -> None:
    """The slice has the articles retrieved for early questions, and the questions they can answer."""
    folder = tmp_path / "news"
    folder.mkdir()
    articles = [
        {"url": f"https://x.example/{name}", "title": name, "published": "2023-01-05", "text": text}
        for name, text in (("in", "The seed is sesame."), ("out", "Sesame is late."))
    ]
    questions = [
        {"asked_on": day, "question": text, "answers": [answer], "retrieved": retrieved}
        for day, text, answer, retrieved in (
            ("2023-01-05", "Which seed?", "Sesame", ["https://x.example/in"]),
            ("2023-01-05", "Which nut?", "Almond", []),
            ("2023-06-01", "Which late?", "Sesame", ["https://x.example/out"]),
        )
    ]
    for name, items in (("articles", articles), ("questions", questions)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(item) + "\n" for item in items)
    kept, asked = news_slice(tmp_path)
    assert [article.title for article in kept] == ["in"]
    assert asked == [Question("Which seed?", date(2023, 1, 5), ("Sesame",))]

"""The example articles: complete, readable by every reader, and fit for their questions."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ingest import Article, read_articles, split_sentences

ROOT = Path(__file__).parent.parent
QUESTIONS = json.loads((ROOT / "tests" / "data" / "example_questions.json").read_text("utf-8"))


@pytest.fixture(name="articles", scope="module")
def _articles() -> list[Article]:
    return list(read_articles(ROOT / "examples"))


def test_every_reader_has_an_example() -> None:
    """Text, Markdown, web page, JSON and JSONL are all shown."""
    kinds = {file.suffix for file in (ROOT / "examples").rglob("*") if file.is_file()}
    assert kinds == {".txt", ".md", ".html", ".json", ".jsonl"}


def test_twenty_articles_come_from_three_papers(articles: list[Article]) -> None:
    """Each article says which paper printed it."""
    papers = Counter(article.source for article in articles)
    assert papers == {"Harbour Gazette": 8, "Coast Daily": 7, "Inland Post": 5}


def test_every_example_was_published_in_spring_2026(articles: list[Article]) -> None:
    """Publication dates are read from wherever the file has them."""
    days = sorted(article.published for article in articles if article.published)
    assert (len(days), days[0], days[-1]) == (20, date(2026, 3, 17), date(2026, 5, 25))


def test_texts_have_the_length_of_local_news(articles: list[Article]) -> None:
    """Between 140 and 500 words, and the text begins with the article, not with its heading."""
    assert [a.title for a in articles if not 140 <= len(a.text.split()) <= 500] == []
    assert [article.title for article in articles if article.text.startswith(article.title.rstrip("…"))] == [
        "A fire broke out on the island ferry Marta Lind on Sunday morning, twenty…",
        "The herring festival drew 31,000 visitors to Orrowmere between Thursday and…",
    ]


def test_one_agency_text_is_printed_by_two_papers(articles: list[Article]) -> None:
    """The same text under two titles: neither is an exact copy of the other."""
    texts = Counter(article.text for article in articles)
    printed = [article for article in articles if texts[article.text] == 2]
    assert {(article.source, article.title) for article in printed} == {
        ("Coast Daily", "Ferry passengers to get 180 crowns each"),
        ("Inland Post", "Skellin Line pays passengers after ferry fire"),
    }


def test_every_answer_lies_in_one_sentence_of_an_article(articles: list[Article]) -> None:
    """What answers a question is a sentence as Footnote splits it, an agency's dateline aside."""
    sentences = {
        " ".join(item.text.split()) for article in articles for item in split_sentences(article.text)
    }
    wanted = [item["sentence"] for item in QUESTIONS["answerable"]]
    assert ([part for part in wanted if not any(item.endswith(part) for item in sentences)], len(wanted)) == (
        [],
        20,
    )


def test_there_are_questions_that_the_examples_do_not_answer() -> None:
    """Eight questions look answerable and are not."""
    assert len(set(QUESTIONS["unanswerable"])) == 8

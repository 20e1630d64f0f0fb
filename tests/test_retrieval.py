"""The order of chunks: two rankings fused, recent articles first, no article filling the list."""

from __future__ import annotations

from datetime import date

from assistant.retrieval import PER_ARTICLE, rank_chunks, recency
from ingest import Article, Chunk, Hit, Sentence

TODAY = date(2026, 5, 4)


def hit(
    name: str, *, position: int = 0, published: date | None = None, ranks: tuple[int | None, int | None]
) -> Hit:
    article = Article(text="One sentence.", title=name, origin=name, published=published)
    chunk = Chunk(article.id, article.version, position, (Sentence(0, 13, "One sentence."),))
    return Hit(chunk=chunk, article=article, similarity=0.5, keyword_rank=ranks[0], vector_rank=ranks[1])


def order(*hits: Hit, limit: int = 10) -> list[str]:
    return [found.hit.article.title for found in rank_chunks(hits, asked_on=TODAY, limit=limit)]


def test_both_rankings_count() -> None:
    """A chunk that both indexes found comes before one that only one of them put first."""
    assert order(hit("one", ranks=(0, None)), hit("both", ranks=(3, 3))) == ["both", "one"]


def test_recent_comes_first() -> None:
    """Of two chunks found alike the one published nearer to the question comes first."""
    old = hit("old", published=date(2024, 5, 4), ranks=(1, 1))
    new = hit("new", published=date(2026, 5, 3), ranks=(1, 1))
    assert order(old, new) == ["new", "old"]


def test_unknown_dates_are_kept() -> None:
    """An article of unknown date gets no advantage and is not dropped."""
    assert order(hit("undated", ranks=(0, 0))) == ["undated"]
    assert recency(hit("undated", ranks=(0, 0)).article, TODAY) == 0.0


def test_recency_halves_in_three_weeks() -> None:
    """The prior is 1 on the day, and a third after thirty days, before or after."""
    day = hit("day", published=TODAY, ranks=(0, 0)).article
    month = hit("month", published=date(2026, 4, 4), ranks=(0, 0)).article
    assert recency(day, TODAY) == 1.0
    assert round(recency(month, TODAY), 3) == 0.368


def test_one_article_does_not_fill_the_list() -> None:
    """At most three chunks of one article are read, however well they match."""
    long = [hit("long", position=place, ranks=(place, place)) for place in range(6)]
    assert order(*long, hit("other", ranks=(40, 40))) == ["long"] * PER_ARTICLE + ["other"]


def test_limit() -> None:
    """No more chunks than asked for are returned."""
    assert order(hit("a", ranks=(0, 0)), hit("b", ranks=(1, 1)), limit=1) == ["a"]

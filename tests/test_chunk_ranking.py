"""The order of chunks: two rankings fused, recent articles first, no article filling the list."""

from __future__ import annotations

from collections import Counter
from datetime import date

from assistant.question.query import understand
from assistant.retrieval.chunk_ranking import PER_ARTICLE, rank_chunks, recency
from ingest import Article, Chunk, Hit, Sentence

TODAY = date(2026, 5, 4)


QUESTION = understand("Who opened the harbour bridge?", asked_on=TODAY)
RARITY = dict.fromkeys(QUESTION.words, 1.0)


def hit(  # one for each thing that a hit is ranked by
    name: str,
    *,
    ranks: tuple[int | None, int | None] = (0, 0),
    text: str = "One sentence.",
    position: int = 0,
    published: date | None = None,
    group: str = "",
) -> Hit:
    article = Article(text=text, title=name, origin=name, published=published)
    chunk = Chunk(article.id, article.version, position, (Sentence(0, len(text), text),))
    return Hit(chunk, article, 0.5, keyword_rank=ranks[0], vector_rank=ranks[1], group=group)


def order(*hits: Hit, limit: int = 10, latest: bool = False) -> list[str]:
    found = rank_chunks(hits, QUESTION, rarity=RARITY, limit=limit, latest=latest)
    return [item.hit.article.title for item in found]


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


def test_recency_fades_in_weeks() -> None:
    """The prior is 1 on the day, a fifth after thirty days, before or after, and falls fastest at first."""
    day = hit("day", published=TODAY, ranks=(0, 0)).article
    month = hit("month", published=date(2026, 4, 4), ranks=(0, 0)).article
    assert recency(day, TODAY) == 1.0
    assert round(recency(month, TODAY), 2) == 0.19


def test_one_article_does_not_fill_the_list() -> None:
    """At most eight chunks of one article are looked through, however well they match."""
    long = [hit("long", position=place, ranks=(place, place)) for place in range(PER_ARTICLE + 3)]
    assert Counter(order(*long, hit("other", ranks=(40, 40)))) == {"long": PER_ARTICLE, "other": 1}


def test_limit() -> None:
    """No more chunks than asked for are returned."""
    assert order(hit("a", ranks=(0, 0)), hit("b", ranks=(1, 1)), limit=1) == ["a"]


def test_the_words_of_the_question_count() -> None:
    """Of two chunks found alike the one with more of the question's words comes first."""
    assert order(hit("other"), hit("bridge", text="The harbour bridge is open.")) == ["bridge", "other"]


def test_the_top_of_an_article_counts() -> None:
    """Of two chunks found alike the one nearer to the top of its article comes first."""
    assert order(hit("deep", position=9), hit("top")) == ["top", "deep"]


def test_the_latest_is_asked_for() -> None:
    """The date outweighs a better match only where the latest is asked for."""
    old = hit("old", text="The harbour bridge is open.", published=date(2025, 5, 4))
    new = hit("new", text="The bridge is open.", published=date(2026, 4, 15))
    assert order(old, new) == ["old", "new"]
    assert order(old, new, latest=True) == ["new", "old"]


def test_copies_are_read_once() -> None:
    """A near-duplicate of an article is passed over where it says the same, and kept where it adds."""
    text = "The harbour bridge was opened by the mayor on Monday morning."
    first, copy = (
        hit("first", text=text, group="g"),
        hit("copy", text=text + " Really.", group="g", ranks=(5, 5)),
    )
    added = hit("added", text="Traffic was heavy all afternoon, the police said.", group="g", ranks=(9, 9))
    assert order(first, copy, added) == ["first", "added"]


def test_a_past_period_is_not_all() -> None:
    """A question that mentions the past looks there first, and half as much at what is new."""
    period = understand("Who opened the bridge in May 2023?", asked_on=TODAY).period
    then, new, between = (
        hit("x", published=day, ranks=(0, 0)).article
        for day in (date(2023, 5, 9), date(2026, 5, 4), date(2024, 9, 1))
    )
    assert recency(then, TODAY, period) == 1.0
    assert recency(new, TODAY, period) == 0.5
    assert recency(between, TODAY, period) < 0.01

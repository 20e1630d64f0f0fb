"""Which ranked sentences become the answer, and in what order."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answers import CANNOT_ANSWER, Support
from assistant.question.query import understand
from assistant.quoting.quote_answer import NEAREST, as_evidence, quoted
from assistant.quoting.select import MARGIN, MOST_QUOTES, choose
from assistant.retrieval.found import Ranked, Seen
from ingest import Article, split_sentences

FERRY = Article(
    text=(
        "Six people were hurt, the harbour authority said. The fire began in the engine room. "
        "Divers will search the wreck on Friday. The captain praised her crew. "
        "A new ferry arrives in June. Tickets stay valid until autumn."
    ),
    title="Ferry fire",
    origin="ferry.txt",
    source="Gazette",
    url="https://gazette.example/ferry",
    published=date(2026, 5, 4),
)
COPY = Article(text="Six people were hurt, the harbour authority said.", title="Ferry", origin="copy.txt")


def ranked(*places: int, article: Article = FERRY, best: float = 5.0, step: float = 0.1) -> list[Ranked]:
    sentences = split_sentences(article.text)
    return [Ranked(article, sentences[place], best - step * rank) for rank, place in enumerate(places)]


def seen(question: str, found: list[Ranked], *, answerable: bool = True) -> Seen:
    return Seen(understand(question), tuple(found), 0.9, answerable=answerable, notices=())


def test_decisive_first_then_reading_order() -> None:
    """The best sentence comes first, the others as they stand in the article."""
    assert [item.sentence.text for item in choose(ranked(2, 4, 0))] == [
        "Divers will search the wreck on Friday.",
        "Six people were hurt, the harbour authority said.",
        "A new ferry arrives in June.",
    ]


def test_a_copy_adds_nothing() -> None:
    """A sentence that another paper printed word for word is quoted once."""
    both = ranked(0) + ranked(0, article=COPY, best=4.9)
    assert [item.article for item in choose(both)] == [FERRY]


def test_far_behind_is_left_out() -> None:
    """A sentence far behind the best in score is not shown."""
    assert len(choose(ranked(0, 1, step=MARGIN + 0.1))) == 1


def test_a_reason_follows_the_fact() -> None:
    """To a question for a reason, what follows the decisive sentence is quoted however it scored."""
    far = ranked(0) + ranked(3, 1, best=-9.0)
    assert [item.sentence.text for item in choose(far, why=True)] == [
        "Six people were hurt, the harbour authority said.",
        "The fire began in the engine room.",
    ]
    assert len(choose(far)) == 1


def test_nothing_follows_the_last_sentence() -> None:
    """Where the decisive sentence is the last one read, it stands alone."""
    assert len(choose(ranked(5, 0, step=MARGIN + 1), why=True)) == 1


def test_at_most_five() -> None:
    """However many sentences fit, five are quoted."""
    assert len(choose(ranked(0, 1, 2, 3, 4, 5))) == MOST_QUOTES


def test_an_answer_is_slices_of_its_articles() -> None:
    """Every quote is the text at its span, carries its article's facts and supports its statement."""
    answer = quoted(seen("Who was hurt?", ranked(0, 3)))
    assert [FERRY.text[item.start : item.end] for item in answer.citations] == [
        item.quote for item in answer.citations
    ]
    assert [statement.citations for statement in answer.statements] == [(1,), (2,)]
    assert {statement.support for statement in answer.statements} == {Support.SUPPORTED}
    assert answer.text == (
        "Six people were hurt, the harbour authority said. [1] The captain praised her crew. [2]"
    )
    first = answer.citations[0]
    assert (first.title, first.source, first.published) == ("Ferry fire", "Gazette", date(2026, 5, 4))
    assert (first.article_id, first.version) == (FERRY.id, FERRY.version)


def test_no_answer_offers_the_nearest() -> None:
    """When the articles don't say, nothing is cited and three sentences are offered as the nearest."""
    answer = quoted(seen("Who won?", ranked(0, 1, 2, 3), answerable=False))
    assert (answer.answered, answer.text, answer.citations) == (False, CANNOT_ANSWER, ())
    assert len(answer.consulted) == NEAREST


def test_nothing_found() -> None:
    """With no sentence at all there is no answer and nothing to offer."""
    answer = quoted(seen("Who won?", []))
    assert (answer.answered, answer.consulted) == (False, ())


def test_a_span_that_lies_is_refused() -> None:
    """A sentence that is not in its article can't be cited."""
    stranger = split_sentences("Nine people were hurt, an onlooker claimed today.")[0]
    with pytest.raises(ValueError, match="does not say"):
        Ranked(FERRY, stranger, 1.0).cite(1)


def test_evidence_is_numbered_in_order() -> None:
    """Public evidence keeps the ranking and its scores."""
    found = as_evidence(ranked(1, 0))
    assert [(item.citation.number, item.score) for item in found] == [(1, 5.0), (2, 4.9)]

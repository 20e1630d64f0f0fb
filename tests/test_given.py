"""What callers of the Python functions may write for days, names and conversations, and what is refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from assistant import (
    aanswer,
    answer,
    astream_answer,
    check_statement,
    find_evidence,
    rank_sentences,
    stream_answer,
)
from assistant.question.query import understand
from assistant.web.api.schemas import Ask
from ingest import Article, Filters, FootnoteError, QuestionError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = "How many people were hurt in the ferry fire?"
DAY = date(2024, 3, 1)
WRONG_DAYS: list[Any] = [
    "",
    "1 March 2024",
    "2024-3-1",
    "20240301",
    "2024-02-30",
    "2024-03-01T10:00",
    0,
    b"2024-03-01",
]
WRONG_NAMES: list[Any] = [b"Post", 7, ["Post", None], {"Post": True}, [b"Post"]]
WRONG_HISTORIES: list[Any] = [
    [{"role": "user", "content": "Who won?"}],
    [{"question": "Who won?", "answer": "Ann did."}],
    [("Who won?",)],
    [("Who won?", "Ann did.", "Really?")],
    [("Who won?", None)],
    ["no"],
    "Who won?",
    {"Who won?": "Ann did."},
    None,
    7,
]


def _never_read(**arguments: Any) -> list[Callable[[], object]]:
    """Return the four functions whose errors have to come before anything is read from what they return."""
    return [
        lambda: answer(QUESTION, **arguments),
        lambda: stream_answer(QUESTION, **arguments),
        lambda: astream_answer(QUESTION, **arguments),
        lambda: find_evidence(QUESTION, **arguments),
        lambda: asyncio.run(aanswer(QUESTION, **arguments)),
    ]


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        "2024-03-01",
        datetime(2024, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2024, 3, 1, 0, 30, tzinfo=UTC),
        datetime(2024, 3, 1),  # noqa: DTZ001  # as many write it
    ],
)
def test_a_day_may_be_a_date_a_datetime_or_iso_text(written: date | str) -> None:
    """Each of them is the same day, in filters, for a question and for a statement."""
    filters = Filters(published_from=written, published_to=written)
    assert filters == Filters(DAY, DAY)
    assert filters.allows(Article(text="A.", title="A", origin="a", published=DAY))
    assert not filters.allows(Article(text="A.", title="A", origin="a", published=date(2024, 3, 2)))
    assert understand(QUESTION, asked_on=written).asked_on == DAY
    told = ["The minister resigned on Friday."]
    assert (
        check_statement("The minister resigned on 1 March 2024.", told, published=written).support
        == "supported"
    )


@pytest.mark.parametrize("written", WRONG_DAYS)
def test_a_day_that_is_none_is_refused_where_it_is_given(written: Any) -> None:
    """The error names the argument and says how a day is written."""
    calls: list[tuple[str, Callable[[], object]]] = [
        ("published_from", lambda: Filters(published_from=written)),
        ("published_to", lambda: Filters(published_to=written)),
        ("published", lambda: check_statement("It rained.", ["It rained."], published=written)),
        *(("asked_on", call) for call in _never_read(asked_on=written)),
    ]
    for name, call in calls:
        with pytest.raises(QuestionError, match=f'^{name} is no day.*"2024-03-01"'):
            call()


@pytest.mark.parametrize(
    "written", ["usatoday.com", ["usatoday.com"], ("usatoday.com",), {"usatoday.com"}, iter(["usatoday.com"])]
)
def test_one_name_alone_is_a_source_and_any_collection_is_several(written: Any) -> None:
    """A bare string is one source or article, never its letters."""
    assert Filters(sources=written) == Filters(sources=frozenset({"usatoday.com"}))
    assert Filters(article_ids="abc", without="def") == Filters(article_ids=["abc"], without=("def",))
    assert Filters(sources=None, article_ids=None) == Filters()


def test_languages_are_codes() -> None:
    """A code alone or several; a name, as "German", is refused with how to write it."""
    assert Filters(languages="de") == Filters(languages={"de"})
    german = Article(text="A.", title="A", origin="a", language="de")
    assert Filters(languages=["de", "fr"]).allows(german)
    assert not Filters(languages="fr").allows(german)
    assert not Filters(languages="de").allows(replace(german, language=None))
    for wrong in ("German", "DE", "", ["de", "deutsch"]):
        with pytest.raises(QuestionError, match=r"^languages can't be used.*as \["):
            Filters(languages=wrong)


@pytest.mark.parametrize("written", WRONG_NAMES)
def test_names_that_are_no_strings_are_refused(written: Any) -> None:
    """Sources, articles and sentences: the error names the argument."""
    for name in ("sources", "article_ids", "without", "languages"):
        with pytest.raises(QuestionError, match=f"^{name} can't be used"):
            Filters(**{name: written})
    for call in (
        lambda: rank_sentences(QUESTION, written),
        lambda: check_statement("It rained.", written),
        lambda: check_statement("It rained.", ["It rained."], context=written),
    ):
        with pytest.raises(QuestionError, match="can't be used"):
            call()


def test_days_in_the_wrong_order_and_a_word_for_yes_are_refused() -> None:
    """No article is of both; a filter that lets nothing through would be silence."""
    with pytest.raises(QuestionError, match="later than published_to"):
        Filters(published_from="2024-03-02", published_to="2024-03-01")
    with pytest.raises(QuestionError, match="undated"):
        Filters(undated="no")  # type: ignore[arg-type]


@pytest.mark.parametrize("written", WRONG_HISTORIES)
def test_a_conversation_that_is_no_pairs_is_refused(written: Any) -> None:
    """Messages as chat services have them, single texts, and text alone: the error shows how to write it."""
    for call in _never_read(history=written):
        with pytest.raises(QuestionError, match=r"history can't be used\. Write it as pairs"):
            call()


def test_the_other_arguments_are_looked_at_before_anything_is_searched() -> None:
    """A folder in bytes, filters as a dict, a limit that is none, an empty question: refused at the call."""
    for call in _never_read(library=b"library"):
        with pytest.raises(SettingsError, match="can't be bytes"):
            call()
    for call in _never_read(filters={"sources": ["Post"]}):
        with pytest.raises(QuestionError, match="filters can't be used"):
            call()
    wrong_limits: list[Any] = [0, -1, 2.5, "10", True, None]
    for limit in wrong_limits:
        with pytest.raises(QuestionError, match="limit can't be used"):
            find_evidence(QUESTION, limit=limit)
    with pytest.raises(QuestionError, match="question is empty"):
        stream_answer(" ")
    with pytest.raises(FootnoteError):
        check_statement(b"It rained.", ["It rained."])  # type: ignore[arg-type]


def test_one_sentence_alone_is_ranked_and_checked_as_one() -> None:
    """A bare string is a sentence, not a list of letters; so is a title given as context."""
    sentence = "Six people were hurt in the ferry fire."
    assert rank_sentences(QUESTION, sentence) == rank_sentences(QUESTION, [sentence])
    alone = check_statement("Six were hurt.", sentence, context="The ferry fire")
    assert alone == check_statement("Six were hurt.", [sentence], context=["The ferry fire"])


def test_programs_write_days_and_names_like_python_callers() -> None:
    """Over HTTP and MCP too a single name may stand without a list, and a day is one of ISO 8601."""
    given = Ask.model_validate({"question": QUESTION, "sources": "Post", "published_from": "2024-03-01"})
    assert (given.sources, given.published_from) == (["Post"], DAY)

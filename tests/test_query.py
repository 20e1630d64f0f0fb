"""Questions: what they ask for, and which ones can't be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.answer_kind import Kind, kind_of
from assistant.question.query import MOST_CHARACTERS, by_then, understand, without_month
from ingest import QuestionError, content_stems, stems

KINDS = (
    ("How many people were hurt in the fire?", Kind.NUMBER),
    ("How old was she?", Kind.NUMBER),
    ("How long does the journey take?", Kind.DURATION),
    ("How many years was the library closed?", Kind.DURATION),
    ("By how much time were the clocks moved?", Kind.DURATION),
    ("How strong was the wind?", Kind.MEASURE),
    ("What was the final score of the match?", Kind.NUMBER),
    ("How did the council vote on the school?", Kind.NUMBER),
    ("How much did the new pier cost?", Kind.MONEY),
    ("What sum will the town pay?", Kind.MONEY),
    ("When does the bridge open?", Kind.TIME),
    ("In which year was the school founded?", Kind.TIME),
    ("Who leads the council?", Kind.PERSON),
    ("Which former mayor was laid to rest?", Kind.PERSON),
    ("Where did the ferry catch fire?", Kind.PLACE),
    ("Which coastal town lost its ferry?", Kind.PLACE),
    ("What did the harbour authority say about the delay?", Kind.QUOTATION),
    ("Why was the vote postponed?", Kind.REASON),
    ("How did the fire start?", Kind.REASON),
    ("What sparked the fire?", Kind.REASON),
    ("What was the cause of the fire?", Kind.REASON),
    ("When did the fire start?", Kind.TIME),
    ("Which company built the boat?", Kind.NAME),
    ("Is the harbour open?", Kind.OTHER),
    ("What happened when the bridge opened?", Kind.NAME),
    ("Who opened the bridge when the mayor was ill?", Kind.PERSON),
    ("The mayor died on Monday. When was he born?", Kind.TIME),
    ("In what year did the woman who built it die?", Kind.TIME),
    ("Which town has the man, whose boat sank, left?", Kind.PLACE),
    ("Which virus is the World Health Organization (WHO) watching?", Kind.NAME),
)

UNREADABLE = ("", "   ", "\x00\x01", "\n\n\n", "🙂", "?!…", "\u202e")


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_kind(question: str, kind: Kind) -> None:
    """The wording of a question tells the kind of answer that fits."""
    assert kind_of(question) == kind


def test_words_and_names() -> None:
    """A query has content stems in order, and the stems of names and numbers among them."""
    query = understand("Who told José that 26 ferries burned?", asked_on=date(2026, 5, 4))
    assert query.words == ("told", "jose", "26", "ferri", "burn")
    assert query.names == frozenset({"jose", "26"})
    assert query.asked_on == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Mayor Ana Ruiz say about the ferry?", "ruiz"),
        ("How did the harbour authority react?", "author"),
        ("What did she say?", ""),
        ("Who said it?", ""),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str) -> None:
    """A question for what somebody said names the speaker, by the last word; a pronoun names nobody."""
    assert understand(question).speaker == speaker


def test_a_period_and_nothing_else() -> None:
    """What happened last week is told by the articles of that week; with a subject it need not be."""
    asked_on = date(2026, 5, 6)
    bare = understand("What happened in the news last week?", asked_on=asked_on).period
    about = understand("What happened to the ferry last week?", asked_on=asked_on).period
    assert bare is not None
    assert about is not None
    assert (bare.of_articles, about.of_articles) == (True, False)


def test_names_asked_about_stay_the_subject() -> None:
    """A follow-up keeps the names of the questions before it, apart from those of answers."""
    history = [("How many were hurt in Aldport?", "Six, said Tom Reed.")]
    query = understand("Who was the captain?", history)
    assert query.subject == frozenset({"aldport"})
    assert {"tom", "reed", "hurt"} <= query.context


def test_what_is_counted() -> None:
    """The stems after "how many" are what a number in the answer has to stand before."""
    assert understand("How many otters were counted?").counted == frozenset({"otter", "count"})
    assert understand("Who counted the otters?").counted == frozenset()


def test_only_stop_words() -> None:
    """A question of nothing but stop words is asked, with no word that could be found."""
    assert understand("Who was it?").words == ()


@pytest.mark.parametrize("question", UNREADABLE)
def test_unreadable(question: str) -> None:
    """A question without a word is refused with what to do."""
    with pytest.raises(QuestionError, match="Ask something about your articles"):
        understand(question)


def test_too_long() -> None:
    """A question over the limit is refused with both lengths."""
    with pytest.raises(QuestionError, match=r"4,001 characters; the limit is 4,000"):
        understand("x" * (MOST_CHARACTERS + 1))


def test_a_leaning_question_takes_the_one_before() -> None:
    """A short question with a pronoun and no name is searched together with the one before."""
    history = (("Who is the captain of the Marigold?", "Ana Ruiz [1]"),)
    leaning = understand("How old is she?", history)
    assert leaning.search_text == "Who is the captain of the Marigold? How old is she? Ana Ruiz"
    assert (leaning.text, leaning.words[0]) == ("How old is she?", "old")
    assert leaning.context == {"captain", "marigold", "ana", "ruiz"}


def test_the_kind_asked_for_goes_on() -> None:
    """“And in Lisbon?” asks for the kind of answer that the question before did."""
    history = (("How many people live in Porto?", "240,000 [1]"),)
    assert understand("And in Lisbon?", history).kind is Kind.NUMBER


def test_a_question_that_stands_alone_does_not_lean() -> None:
    """A question with names of its own is searched as it is."""
    history = (("Who is the captain of the Marigold?", "Ana Ruiz [1]"),)
    question = "How old is Tom Reed of Orrowmere?"
    assert understand(question, history).search_text == question


def test_a_month_that_was_read_is_no_word_to_look_for() -> None:
    """What the calendar has read is not looked for as a word: "in March" is no march; a year stays."""
    query = understand("How did the council vote in March?", asked_on=date(2026, 6, 1))
    assert (query.words, query.search_text) == (("council", "vote"), "How did the council vote ?")
    assert "2019" in understand("Who led the council in 2019?", asked_on=date(2026, 6, 1)).words


def test_what_is_no_text_is_refused() -> None:
    """A question that is not a string is a QuestionError, like any other that can't be read."""
    with pytest.raises(QuestionError, match="must be text, not NoneType"):
        understand(None)  # type: ignore[arg-type]  # that is the point


def test_colours_copied_from_a_terminal_are_no_words() -> None:
    """A question that was copied with the terminal's own signs is asked without them."""
    copied = understand("Who \x1b[31mclaimed\x1b[0m it?\x07", asked_on=date(2026, 6, 1))
    assert copied == understand("Who claimed it?", asked_on=date(2026, 6, 1))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(question: str) -> None:
    """Whatever is typed, there is a query without control characters or a QuestionError."""
    try:
        query = understand(question)
    except QuestionError:
        return
    assert query.text
    assert not any(ord(character) < ord(" ") for character in query.text)


def test_a_month_is_one_that_the_articles_know_of() -> None:
    """Where all articles are older than the latest March, that of their time is meant; "last week" stays."""
    asked = understand("What was signed in March?", asked_on="2026-11-29")
    known = by_then(asked, lambda: date(2023, 4, 30)).period
    assert known is not None
    assert (known.first, known.last) == (date(2023, 3, 1), date(2023, 3, 31))
    assert by_then(asked, lambda: date(2026, 5, 1)) == asked
    lately = understand("What was signed last week?", asked_on="2026-11-29")
    assert by_then(lately, lambda: date(2023, 4, 30)) == lately


def test_a_premise_leaves_the_month_out() -> None:
    """Articles of March hardly write it: their day tells it."""
    assert without_month(understand("What law did Ruiz sign in March?")) == "What law did Ruiz sign ?"
    assert without_month(understand("Who won in 2019?")) == "Who won in 2019?"


def test_short_forms_of_not_carry_no_content() -> None:
    """With an apostrophe or without; a word of its own, as in New Haven, is none of them."""
    assert content_stems("Why isn't it, why didnt they, whats this") == []
    assert content_stems("New Haven") == stems("New Haven")

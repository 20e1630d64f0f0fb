"""Statements that a writer tied to no sentence, or to the wrong one: what they may be given to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant import Support
from assistant.question.query import understand
from assistant.retrieval.found import Ranked
from assistant.writing.closeness import close
from assistant.writing.material import select_material
from assistant.writing.statement_stream import WholeStatement
from assistant.writing.verify import CERTAIN_ELSEWHERE, ECHOES, Checked, Checker
from ingest import Article, split_sentences

CONCERT = Article(
    title="Concert",
    text=(
        "The singer Ada Brook returned on Saturday to the Lyric Theatre in Leeds. "
        "The venue has three levels and room for nine hundred people. "
        "Tickets cost £40. "
        "The show will be repeated in May."
    ),
    origin="concert.txt",
)


@pytest.fixture
def checker() -> Checker:
    spans = split_sentences(CONCERT.text)
    return Checker(
        select_material([Ranked(CONCERT, span, 5.0 - at) for at, span in enumerate(spans)], characters=4000)
    )


@pytest.mark.parametrize(
    ("question", "text", "echoes"),
    [
        ("Tickets for which venue cost £40?", "Tickets for which venue cost £40 is known.", True),
        (
            "Tickets for which venue cost £40?",
            "The venue, for which tickets cost £40, has three levels.",
            False,
        ),
        (
            "The week when tickets cost £40 ended in which theatre of Leeds?",
            "The week ended in which theatre, the Lyric.",
            True,
        ),
        ("Which venue has three levels?", "The venue has three levels.", False),
        ("Who sang when the venue opened?", "Ada Brook sang when the venue opened.", False),
        ("Did the venue say why the show is in May?", "The venue did not say why the show is in May.", False),
    ],
)
def test_a_statement_that_repeats_what_was_asked_says_nothing(
    question: str, text: str, *, echoes: bool
) -> None:
    """The asking word in its place between the question's own words is no answer."""
    spans = split_sentences(CONCERT.text)
    material = select_material([Ranked(CONCERT, span, 5.0) for span in spans], characters=4000)
    checked = Checker(material, understand(question)).check(WholeStatement(0, text, ("a2", "a3")))
    assert (checked.reason == ECHOES) is echoes


def told(checker: Checker, text: str, *keys: str) -> Checked:
    return checker.check(WholeStatement(0, text, keys))


def test_a_statement_said_nearly_word_by_word_finds_its_sentence(checker: Checker) -> None:
    """A writer who names no sentence, or the wrong one, is helped where one surely says it."""
    for keys in ((), ("a3",)):
        found = told(checker, "The show will be repeated in May.", *keys)
        assert (found.support, found.keys) == (Support.SUPPORTED, ("a4",))


def test_what_is_only_likely_has_to_be_named(checker: Checker) -> None:
    """The same loose words pass where the writer names the sentence, and not where it is only like them."""
    loose = "People get another chance in May."
    named, unnamed = told(checker, loose, "a4"), told(checker, loose)
    assert named.score < CERTAIN_ELSEWHERE
    assert (named.support, unnamed.support) == (Support.SUPPORTED, Support.UNSUPPORTED)


@pytest.mark.parametrize(
    "fragment",
    [
        "The Lyric Theatre.",
        "Ada Brook, Saturday",
        "Lyric Theatre: “Ada Brook”",
        "The singer Ada Brook's return to Leeds.",
        "A cut in the tickets",
        "“Tickets,” “levels,” “people”",
        "The article says that the show in May.",
    ],
)
def test_a_fragment_is_given_to_no_sentence(checker: Checker, fragment: str) -> None:
    """Without a verb it says something only to the question, so nothing can be found that says it."""
    assert told(checker, fragment).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    "whole",
    [
        "The tickets cost £40.",
        "Tickets cost £40.",
        "The show will be repeated in May.",
        "At least 12 died in the fire.",
        "Flight 370 left at noon.",
        "In total, 300 attended the show.",
        "The sentence was handed down in March.",
    ],
)
def test_a_whole_sentence_is_no_fragment(whole: str) -> None:
    """Verbs that look like nouns count where a noun can't stand."""
    text = f"{CONCERT.text} At least 12 died in the fire. Flight 370 left at noon. "
    text += "In total, 300 attended the show. The sentence was handed down in March."
    article = replace(CONCERT, text=text)
    material = select_material(
        [Ranked(article, span, 5.0) for span in split_sentences(text)], characters=4000
    )
    assert told(Checker(material), whole).support is Support.SUPPORTED


@pytest.mark.parametrize(
    "frame", ["", "The article says that ", "The articles also mention that ", "According to the article, "]
)
def test_a_frame_around_what_is_said_is_left_out(checker: Checker, frame: str) -> None:
    """That the article says so is what the check is for; the score is the same with and without."""
    found = told(checker, f"{frame}the show will be repeated in May.")
    assert (found.keys, found.score) == (("a4",), told(checker, "the show will be repeated in May.").score)


def test_the_same_words_in_another_order_are_not_the_same() -> None:
    """What is given to a sentence has its words as they stand there, not put around other ones."""
    carnival = (
        "Another city with a large carnival is Mobile, which in 1703 became the first town to celebrate it, "
        "says the tourist board of New Orleans."
    )
    assert close("Mobile in 1703 became the first town to celebrate carnival.", carnival)
    wrong = "New Orleans is the city of carnival, which celebrates first."
    assert not close(wrong, carnival)
    article = replace(CONCERT, text=carnival)
    material = select_material(
        [Ranked(article, span, 5.0) for span in split_sentences(carnival)], characters=4000
    )
    assert told(Checker(material), wrong).keys == ()


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("How many people does the theatre in Leeds hold?", ("a2",)),
        ("How many people does the swimming pool of Bristol hold?", ()),
    ],
)
@pytest.mark.parametrize(
    ("text", "anyway"),
    [
        ("The venue has room for nine hundred people.", False),
        ("The Leeds venue has room for nine hundred people.", True),
        ("The venue has three levels and room for nine hundred people.", True),
    ],
)
def test_the_thing_that_was_asked_about_is_that_of_the_article(
    question: str, keys: tuple[str, ...], text: str, *, anyway: bool
) -> None:
    """“The venue” of an answer is the question's; an article on another one does not tell of it.

    A name says which it is, and what stands there word by word is told whatever was asked.
    """
    spans = split_sentences(CONCERT.text)
    material = select_material([Ranked(CONCERT, span, 5.0) for span in spans], characters=4000)
    keys = ("a2",) if anyway else keys
    assert Checker(material, understand(question)).check(WholeStatement(0, text, ())).keys[-1:] == keys


@pytest.mark.parametrize(
    "meta", ["The article will be repeated in May.", "The answer is that the show will be repeated in May."]
)
def test_what_is_told_of_the_answer_or_the_article_is_given_to_no_sentence(
    checker: Checker, meta: str
) -> None:
    """Small models take the words around the articles for what those tell of."""
    assert told(checker, meta).keys == ()


def test_what_would_be_is_not_what_is() -> None:
    """A sentence that says it under a condition is none that surely says so."""
    would = "A win on Sunday would give Brook his third crown in Leeds."
    assert not close("Brook has his third crown in Leeds.", would)
    assert close("A win would give Brook his third crown in Leeds.", would)


@pytest.mark.parametrize(
    ("asked_on", "text", "keys"),
    [
        (date(2026, 3, 20), "The new show will be repeated in May.", ("a4",)),
        (date(2027, 3, 20), "The new show will be repeated in May.", ()),
        (date(2027, 3, 20), "The show will be repeated in May.", ("a4",)),
        (date(2027, 3, 20), "Currently, the show will be repeated in May.", ()),
        (date(2027, 3, 20), "New shows will be repeated in May.", ()),
        (date(2027, 3, 20), "The new Brook show will be repeated in May.", ()),
        (date(2026, 4, 1), "The new show will be repeated in May.", ("a4",)),
        (date(2026, 4, 2), "The new show will be repeated in May.", ()),
    ],
)
def test_an_old_article_does_not_tell_what_is_so_now(
    asked_on: date, text: str, keys: tuple[str, ...]
) -> None:
    """What was new or current then may not be so when it is asked: nobody said that it is this article."""
    text_then = CONCERT.text.replace("The show", "The new show")
    told_then = replace(CONCERT, text=text_then, published=date(2026, 3, 1))
    material = select_material(
        [Ranked(told_then, span, 5.0) for span in split_sentences(text_then)], characters=4000
    )
    query = understand("Will the show in the theatre of Leeds come again?", asked_on=asked_on)
    assert Checker(material, query).check(WholeStatement(0, text, ())).keys == keys


def test_what_is_told_of_the_question_is_given_to_no_sentence(checker: Checker) -> None:
    """No article is about the question; where the writer cites one, as of a ballot, it is checked as ever."""
    text = "The question is asking about the show that will be repeated in May."
    assert told(checker, text).support is Support.UNSUPPORTED
    assert told(checker, text.removeprefix("The question is asking about ")).keys == ("a4",)


def test_the_sentence_that_has_the_name_is_cited_too(checker: Checker) -> None:
    """Where a name stands only in the sentence before, both are what the statement rests on."""
    assert told(checker, "The Lyric Theatre has room for nine hundred people.", "a2").keys == ("a1", "a2")
    assert told(checker, "The venue has room for nine hundred people.", "a2").keys == ("a2",)

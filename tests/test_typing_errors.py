"""A word that no article has is taken for the one that was meant, and the reader is told; nothing else is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from assistant import answer
from assistant.question.query import understand
from assistant.question.typing_errors import put_right
from assistant.retrieval.open_libraries import open_library
from assistant.store.conversations import Conversations
from assistant.web.api.operations import Programs
from assistant.web.api.schemas import Ask
from assistant.web.chat.library_service import LibraryService
from assistant.web.html.turns import answer_html
from ingest import Article, Filters, ingest_articles
from ingest.text.edits import edits, is_slip, one_edit_away

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = (
    Article(
        "The thieves drove off in a stolen tractor. Inspector Marta Zelensky found the accommodation of the "
        "gang near the boreal forest. The committee paid for the damage.",
        "Tractor stolen",
        "tractor.txt",
        source="Harbour Gazette",
    ),
    Article(
        "The ferry Aurora sank in a storm off Los Angeles. The government promised help to the passengers. "
        "A Kestrel rescued nobody. Inflation was blamed for old engines.",
        "Ferry sinks",
        "ferry.txt",
        source="Inland Post",
    ),
    Article("The museum of the valley opened a hall for minerals.", "Museum", "museum.txt"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep three articles."""
    folder = tmp_path_factory.mktemp("library")
    ingest_articles(list(ARTICLES), folder)
    return folder


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("What did the theives drive off in?", "theives", "thieves"),
        ("What did Zelenksy find of the gang?", "Zelenksy", "Zelensky"),
        ("Who paid for the accomodation of the gang?", "accomodation", "accommodation"),
        ("what sank off los angelas in a storm", "angelas", "Angeles"),
        ("what did the goverment promise to the passengers", "goverment", "government"),
        ("what was blamed on infaltion", "infaltion", "Inflation"),
        ("what did the commitee pay", "commitee", "committee"),
        ("which ferry sank off losangeles", "losangeles", "Los Angeles"),
        ("whose rooms were near the borealforest", "borealforest", "boreal forest"),
    ],
)
def test_a_typing_error_is_put_right_and_told(library: Path, question: str, typed: str, meant: str) -> None:
    """The answer is that of the question without the error; what was typed and what was meant are told."""
    given = answer(question, library=library)
    assert [(item.typed, item.meant) for item in given.corrections] == [(typed, meant)]
    assert given.question == question
    assert given.notices[0] == f"No article has “{typed}”: asked for “{meant}”."
    right = answer(question.replace(typed, meant), library=library)
    assert (given.citations, given.confidence) == (right.citations, right.confidence)
    assert right.corrections == ()


@pytest.mark.parametrize(
    "question",
    [
        "When did the Borealis sink?",
        "when did the borealis sink in a storm",
        "What did the “theives” drive off in?",
        "What did the 'theives' drive off in?",
        "Who is Zelinska?",
        "What did Zelda find of the gang?",
        "How fast is the Kestrel5?",
        "Who flew the KESTRAL?",
        "What did the Harbour Gazete-Tribune say?",
        "Who stole a stollen.example tractor?",
        "Who launched a vessel in a storm?",
        "who is thegang",
        "who saw the gang near thedamage",
        "who is losangeles",
        "Which minerals has the museum?",
        "Wer hat den Traktor gestohlen und wohin fuhren die Diebe damals?",
    ],
)
def test_what_is_no_typing_error_is_left_alone(library: Path, question: str) -> None:
    """Words that an article has, other words, names of something else, quoted and odd words stay."""
    assert answer(question, library=library).corrections == ()


@pytest.mark.parametrize(
    "question",
    [
        "who made the bogus claim about the bank",
        "are there vegan meals on the train to the desert",
        "who heard the wailing at the station",
        "why couldnt the couldn family pay",
    ],
)
def test_a_rare_word_is_no_typing_error(tmp_path: Path, question: str) -> None:
    """What is in a dictionary was meant, though articles have only what looks like it."""
    text = (
        "The bank paid a bonus, its rivals claim. The train to Vegas crosses the desert and serves meals. "
        "Passengers heard that they were waiting at the station. The Couldn family could not pay."
    )
    ingest_articles([Article(text, "Notes", "a.txt")], tmp_path)
    assert answer(question, library=tmp_path).corrections == ()


def test_what_was_typed_can_be_asked_for(library: Path) -> None:
    """`exact` asks for the words as they are, also over HTTP and MCP."""
    text = "What did the theives drive off in?"
    assert answer(text, library=library, filters=Filters(exact=True)).corrections == ()
    programs = Programs(LibraryService(library))
    for exact, corrected in ((True, []), (False, [("theives", "thieves")])):
        asked = asyncio.run(programs.ask(Ask.model_validate({"question": text, "exact": exact})))
        assert [(item.typed, item.meant) for item in asked.corrections] == corrected


def test_the_chat_tells_it_and_keeps_it(library: Path, tmp_path: Path) -> None:
    """The page shows what was asked for with the way to ask otherwise; a kept answer has it again."""
    given = answer("What did the theives drive off in?", library=library)
    page = str(answer_html(given, [], [], seconds=0.1))
    assert "No article has “theives”" in page
    assert "askAll" in page
    kept = Conversations(tmp_path)
    conversation, _ = kept.keep(None, given, seconds=0.1)
    again = kept.get(conversation)
    assert again is not None
    assert again.turns[0].answer == given


def test_a_follow_up_keeps_what_it_took(library: Path) -> None:
    """In a question that leans on the one before, only the word with the error changes."""
    history = [("What did the thieves drive off in?", "The thieves drove off in a stolen tractor.")]
    asked = understand("And who paid for their accomodation?", history)
    right = put_right(asked, None, open_library(library).library)
    assert right.asked == asked.text
    assert right.context == asked.context
    assert right.text == "And who paid for their accommodation?"
    assert "accommod" in right.words
    assert set(asked.words) - {"accomod"} <= set(right.words)


WORD = st.text(alphabet="abcde", min_size=1, max_size=6)


@drawn(one=WORD, other=WORD)
def test_edits_are_counted_alike_from_both_sides(one: str, other: str) -> None:
    """The distance is symmetric, 0 for equals only, and 1 for exactly what one edit makes."""
    assert edits(one, other, 9) == edits(other, one, 9)
    assert (edits(one, other, 9) == 0) == (one == other)
    assert edits(one, other, 1) == min(2, edits(one, other, 9))
    if one[0] == other[0] and one != other:
        assert (other in set(one_edit_away(one))) == (edits(one, other, 1) == 1)


def test_common_slips() -> None:
    """Letters turned round, doubled or not, and vowels for vowels are slips; another letter is none."""
    for typed in ("theives", "thieeves", "thievvs", "thiaves"):
        assert is_slip(typed, "thieves") == (typed != "thievvs")
    assert is_slip("comittee", "committee")
    assert not is_slip("thrives", "thieves")

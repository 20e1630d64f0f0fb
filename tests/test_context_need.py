"""A question behind a conversation: what stands by itself is answered as alone, what leans is not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant import answer, find_evidence
from assistant.question.context_need import Need, need_of, points_back
from assistant.question.query import reworded, understand
from assistant.question.remarks import NOTICES, Remark, remark_in
from assistant.retrieval.context_choice import Tries, goes_on
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from assistant import Answer
    from assistant.retrieval.retrieve import Look

ARTICLES = (
    Article(
        "Nine people were hurt when a fire broke out on the ferry Marigold on Sunday. The ferry was built in "
        "1974. Captain Ana Ruíz said that the pumps had worked.",
        "Ferry fire",
        "ferry.txt",
        source="Harbour Gazette",
        published=date(2026, 5, 4),
    ),
    Article(
        "The swing bridge was closed for nine weeks because two bearings had cracked in the frost. Repairs "
        "cost 310,000 crowns.",
        "Bridge opens again",
        "bridge.txt",
        source="Coast Daily",
        published=date(2026, 4, 11),
    ),
    Article(
        "Two men were arrested on Friday after a robbery at the savings bank in Tollbrook. Nobody was hurt.",
        "Robbery in Tollbrook",
        "robbery.txt",
        source="Inland Post",
        published=date(2026, 5, 1),
    ),
    Article(
        "The maker sold 1,200 pumps of the type K40 in January and 1,950 in February. In March sales fell to "
        "800. The pump L70 sold 300 pieces in January.",
        "Sales of the pump K40",
        "pumps.txt",
        source="Trade Letter",
        published=date(2026, 4, 1),
    ),
    Article(
        "The council of Orrowmere voted to keep the school in Alder Street. The mayor, Pavel Dorn, wanted to "
        "close it. He is 61 years old.",
        "School stays",
        "school.txt",
        source="Coast Daily",
        published=date(2026, 3, 22),
    ),
    Article(
        "Fishermen throw the first herring of the season at the town hall in April. They sell the rest at "
        "the harbour market.",
        "Herring day",
        "herring.txt",
        source="Harbour Gazette",
        published=date(2026, 4, 20),
    ),
)
STANDING = (
    "Why was the bridge closed?",
    "who was arrested after the robbery at the bank",
    "how much did the repairs of the swing bridge cost",
    "When do they throw herring at the town hall?",
    "how many pumps of the type k40 were sold in january",
    "Did the council of Orrowmere keep the school?",
    "who discovered the element polonium",
    "how long do they boil eggs in finland",
)
FERRY, SCHOOL = "How many people were hurt in the ferry fire?", "Who is the mayor of Orrowmere?"
PUMPS = "How many pumps of the type K40 were sold in January?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conversation") / "library"
    ingest_articles(list(ARTICLES), folder)
    return folder


def told(*questions: str, library: Path) -> tuple[tuple[str, str], ...]:
    """A conversation: the questions with the answers that they get."""
    history: tuple[tuple[str, str], ...] = ()
    for question in questions:
        history += ((question, answer(question, library=library, history=history).text),)
    return history


def quotes(given: Answer) -> list[str]:
    return [citation.quote for citation in given.citations]


@pytest.mark.parametrize("question", STANDING)
def test_what_stands_by_itself_is_answered_as_if_asked_alone(library: Path, question: str) -> None:
    """Behind other subjects the same is quoted, consulted and thought probable; or nothing, as alone."""
    alone = answer(question, library=library)
    for before in ((FERRY, "When was the ferry built?"), (SCHOOL, "How old is he?")):
        behind = answer(question, library=library, history=told(*before, library=library))
        assert (quotes(behind), behind.consulted) == (quotes(alone), alone.consulted)
        assert (behind.answered, behind.confidence) == (alone.answered, alone.confidence)


def looked(text: str) -> Look:
    """Return what a search of 900 chunks finds whose best chunk has a text, and its article nothing else."""
    article = SimpleNamespace(title=text, text=text)
    chunk = SimpleNamespace(hit=SimpleNamespace(chunk=SimpleNamespace(text=text), article=article))
    rarity = {"made": 3.0, "game": 3.5, "die": 2.5, "mani": 1.5, "tax": 4.0, "king": 4.0, "rsv": 6.0}
    return cast("Look", SimpleNamespace(chunks=[chunk], rarity=rarity, total=900))


@pytest.mark.parametrize(
    ("question", "together", "alone", "taken"),
    [
        ("how many died", "Nine died at the tax office of the king.", "Many died in the flood.", True),
        ("how many died", "Nine drowned as the king came for his tax.", "Many died in the flood.", True),
        ("how many died", "Many died in the snow.", "Many died in the flood.", False),
        ("what is rsv", "The king raised the tax.", "RSV is a virus.", False),
    ],
)
def test_what_goes_on_is_told_by_what_both_searches_find(
    question: str, together: str, alone: str, taken: bool
) -> None:
    """Common words and much of the conversation found with them; not a rare word that is found alone."""
    query = understand(question, [("why did the king tax the game", "He was in debt.")])
    tries = Tries(looked(together), looked(alone), (0.7, 0.6), told_of=True, least=0.3)
    assert goes_on(query, tries) is taken


def test_where_both_searches_find_the_same_an_answer_is_better_than_none() -> None:
    query = understand("how many died", [("why did the king tax the game", "He was in debt.")])
    both = looked("Nine died at the tax office of the king.")
    assert not goes_on(query, Tries(both, both, (0.2, 0.6), told_of=True, least=0.3))


def test_a_new_subject_is_not_answered_from_the_old_one(library: Path) -> None:
    """A question about a bridge behind two about a ferry is answered from the bridge alone."""
    history = told(FERRY, "When was the ferry built?", library=library)
    given = answer("Why was the bridge closed?", library=library, history=history)
    assert {citation.title for citation in given.citations} == {"Bridge opens again"}


def test_what_leans_is_answered_from_what_it_leans_on(library: Path) -> None:
    """Pronouns and questions of few words are taken with what was asked before."""
    ferry, school = told(FERRY, library=library), told(SCHOOL, library=library)
    assert "built in 1974" in " ".join(quotes(answer("When was it built?", library=library, history=ferry)))
    assert "61" in " ".join(quotes(answer("How old is he?", library=library, history=school)))


def test_a_follow_up_leans_on_the_latest_subject(library: Path) -> None:
    """Behind two subjects a follow-up is about the second; the first is not brought in again."""
    history = told(FERRY, "Why was the bridge closed?", library=library)
    given = answer("And how much did it cost?", library=library, history=history)
    assert {citation.title for citation in given.citations} == {"Bridge opens again"}


def test_what_was_talked_about_before_the_latest_subject_does_not_come_back() -> None:
    """Behind two questions on the bridge a third takes nothing of the ferry."""
    said = [
        ("When was the ferry Borealis built?", "The ferry was built in 1974."),
        ("Why was the swing bridge closed?", "Two bearings had cracked."),
        ("And how much did it cost?", "It cost two million euros."),
    ]
    taken = understand("Who paid for that?", said)
    assert {"swing", "bridg"} <= taken.context
    assert not {"ferri", "boreali"} & taken.context


def test_a_typing_error_that_is_put_right_is_read_so_in_a_question_that_goes_on() -> None:
    query = understand("why was it clsoed", [("Who built the swing bridge?", "Tern Lines.")])
    mended = reworded(query, {"clsoed": "closed"})
    assert mended.brief.startswith("why was it closed")
    assert "bridge" in mended.brief


@pytest.mark.parametrize("question", ["In February?", "And in February?", "what about February?"])
@pytest.mark.parametrize("before", [PUMPS, "How many pumps of the type K40 were sold?"])
def test_another_month(library: Path, question: str, before: str) -> None:
    """A month alone asks the question before for that month."""
    given = answer(question, library=library, history=told(before, library=library), asked_on="2026-04-20")
    assert "1,950 in February" in quotes(given)[0]


NEEDS = {
    Need.NOTHING: (
        "what is a blue moon",
        "What is calentado?",
        "what is rsv",
        "Who won the presidential election in France?",
        "Why did the captain of the Marigold leave her ship?",
        "How many people were hurt when Aurora caught fire and where was it built?",
    ),
    Need.PERHAPS: (
        "Why was the bridge closed?",
        "who won the war of the grand alliance",
        "when do they throw fish at pike place market",
        "Harbour Gazette archive",
        "what was the cause",
        "What is known?",
        "what was stolen",
        "what is planned",
        "what is new",
        "what were the injuries",
        "what is an example",
        'what is "inflation"',
        "what is inflation",
        "And why did Ana Ruíz leave the harbour?",
        "Who gave the museum its lamp?",
        "Which teams lost because they came late?",
        "Who lost his life in the crash?",
        "What team won its first title?",
    ),
    Need.CONTEXT: (
        "Why?",
        "And who was injured?",
        "In February?",
        "How many did it kill?",
        "Which school did they close?",
        "What did she say about the mayor of Orrowmere?",
        "ok thanks, and the other one?",
        "Who chose it?",
        "What company made it?",
        "Who paid for them?",
        "Who told her about the fire?",
        "Which countries use it?",
    ),
}


@pytest.mark.parametrize("need", list(Need))
def test_what_the_words_tell(need: Need) -> None:
    """Names and enough words stand alone; a pronoun that means nobody in the question does not."""
    assert {need_of(text) for text in NEEDS[need]} == {need}


def test_who_is_meant_within_the_question() -> None:
    """A pronoun points back only where nothing before it could be meant; what is asked for can't be."""
    assert not points_back("Why did the captain leave her ship?")
    assert not points_back("Is there a bridge this week?")
    assert points_back("How many crowns did it cost?")
    assert points_back("Was this decided in May?")
    assert points_back("Who else was there?")


def test_an_object_that_is_named_nowhere_needs_the_conversation() -> None:
    """Who wants something abolished is no "it"; what the question itself names may be."""
    asked = "Why do people want to abolish it?", "What do scientists say about it?", "who will fetch them"
    assert {need_of(text) for text in asked} == {Need.CONTEXT}
    alone = (
        "Are hiking poles worth it?",
        "How do farmers grow rice and harvest it?",
        "Does Medicare pay for it?",
        "Should you wash chicken before you cook it?",
    )
    assert Need.CONTEXT not in {need_of(text) for text in alone}


REMARKS = {
    Remark.WORDING: (
        "say it shorter",
        "Can you summarise that, please?",
        "TL;DR",
        "translate it into German",
    ),
    Remark.SOURCES: (
        "give me the source",
        "Where did you get that from?",
        "source?",
        "what's your source?",
    ),
    Remark.DOUBT: ("why do you say that?", "Are you sure?", "How do you know that?", "That's wrong."),
    Remark.COURTESY: ("thanks", "ok thanks"),
    Remark.TASK: (
        "tell me a joke",
        "Can you write me a short poem about the ferry?",
        "write a thank you note",
        "please draft a birthday card for my mother",
    ),
}
SEARCHED = (
    "What is the source of the Danube?",
    "Give me a summary of the ferry fire",
    "Are you sure the bridge is closed?",
    "How do you know a tree is dead?",
    "Is it true that the ferry burned?",
    "who said that?",
    "tell me more",
    "more people",
    "what is a reference?",
    "in Lisbon?",
    "write about the ferry fire",
    "Write a letter about the ferry fire",
    "tell me a fact about the bridge",
    "who wrote a thank-you note to the mayor",
    "give me a list of songs",
    "tell me some protest songs",
    "Tell me a Beatles song about a yellow submarine",
)


@pytest.mark.parametrize("remark", list(Remark))
def test_remarks_on_the_answer_are_not_searched(library: Path, remark: Remark) -> None:
    """A remark is told apart from questions, and the reader is told what the page can do instead."""
    assert {remark_in(text) for text in REMARKS[remark]} == {remark}
    text = REMARKS[remark][0]
    given = answer(text, library=library, history=told(FERRY, library=library))
    assert (given.answered, given.consulted, given.notices) == (False, (), (NOTICES[remark],))
    assert find_evidence(text, library=library) == []


def test_questions_that_begin_like_remarks_are_searched() -> None:
    """Only the whole text makes a remark, and none takes long to be told from one."""
    assert not any(remark_in(text) for text in SEARCHED)
    assert not remark_in("can you please say it shorter " * 200)

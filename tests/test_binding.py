"""What a question binds, binds: a name, a model, a year or a place that the articles lack makes no answer."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant import answer, find_evidence
from assistant.language.spellings import Spelled
from assistant.question.demands import demands
from assistant.retrieval.bound_times import in_year
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.retrieval.found import Ranked

ARTICLES = (
    Article(
        "The maker of the Tarn 4 tractor called back 310 machines on Monday. Their brakes can lock in the "
        "cold. A new brake for the Tarn 4 costs 95 euros.",
        "Tractors called back",
        "tractor.txt",
        source="Valley Post",
        published=date(2025, 11, 4),
    ),
    Article(
        "The ferry Marigold ran onto a sandbank near Whitmere. Captain Ana Ruiz brought all 64 passengers "
        "ashore. The ship was built in 1988 by the Bremen yard. Two of its Hagen engines failed.",
        "Ferry on a sandbank",
        "ferry.txt",
        source="Valley Post",
        published=date(2025, 6, 12),
    ),
    Article(
        "Senator Joan Hartley won the primary in Delmont with 58 percent of the vote. Hartley said that she "
        "would lower the tax on diesel. Her rival Peter Oakes said that he would raise it.",
        "Hartley wins in Delmont",
        "primary.txt",
        source="The Ledger",
        published=date(2024, 3, 6),
    ),
    Article(
        "The law of Carovia forbids plastic bags from May on. Shops that break Carovia's law pay 400 crowns. "
        "The law of Ostland forbids plastic cups.",
        "Plastic forbidden",
        "law.txt",
        source="The Ledger",
        published=date(2025, 2, 20),
    ),
    Article(
        "At the 2023 Golden Reel awards the film Low Tide won best picture. Its director Ilse Brandt thanked "
        "the town of Whitmere.",
        "Golden Reel for Low Tide",
        "film.txt",
        source="The Ledger",
        published=date(2023, 3, 14),
    ),
    Article(
        "The World Cheese Board moved its seat from Geneva to Turin. The WCB has 41 members. American "
        "dairies sent 12 tons of cheddar to the fair.",
        "Cheese board moves",
        "cheese.txt",
        source="Valley Post",
        published=date(2025, 9, 1),
    ),
    Article(
        "The Lindqvist Bridge in Sörby was closed because of rust. Engineer Björn Åkesson found cracks in "
        "two bearings. The Covid-19 clinic at its foot stays open.",
        "Bridge closed",
        "bridge.txt",
        source="Valley Post",
        published=date(2025, 1, 15),
    ),
    Article(
        "The orchard at Fennick was planted in 1921. Its apples are pressed by the cooperative, which pays "
        "the growers 30 cents a kilo.",
        "An old orchard",
        "orchard.txt",
        source="Valley Post",
    ),
    Article(
        "The harbour of Skelling handled 812 ships last year. Most of them carried timber.",
        "A busy harbour",
        "harbour.txt",
        source="Valley Post",
        published=date(2025, 3, 1),
    ),
)

OTHERS = (
    "How many Tarn 6 tractors were called back?",
    "What does a new brake for the Tarn 5 cost?",
    "what does a new brake for the tarn 5 cost",
    "Why was the Tarn 40 called back?",
    "Where did the ferry Petunia run onto a sandbank?",
    "How many passengers were on the ferry Petunia?",
    "Who is the captain of the Petunia?",
    "How many passengers did Captain Luis Ortega bring ashore?",
    "Who built the ferry Snowdrop?",
    "who built the ferry snowdropia",
    "When was the ferry Snowdrop built?",
    "Which sandbank near Oakmere did the ferry run onto?",
    "Who won the primary in Penbrook?",
    "When did Hartley win Penbrook?",
    "How many percent of the vote did Miriam Stroud win in Delmont?",
    "What did Stroud say about the tax on diesel?",
    "What did Oakes win in Delmont in 1996?",
    "What does the law of Norvania forbid?",
    "What do shops pay that break Norvania's law?",
    "Which bags does Norvanian law forbid?",
    "What did Hollis say about the law of Carovia?",
    "Which film won best picture at the 2019 Golden Reel awards?",
    "Which film won best picture in 2026?",
    "Which film won best picture at the Golden Reel awards in May 2027?",
    "Who won the primary in Delmont in 2023?",
    "Who won the primary in Delmont in September?",
    "Which film won best picture at the Silver Palm awards?",
    "Who directed the film High Noonday?",
    "What did Marta Quill thank Whitmere for?",
    "How many members has the World Butter Guild?",
    "Where did the World Sausage Board move its seat?",
    "How many tons of cheddar did Peruvian dairies send to the fair?",
    "Why was the Vandermeer Bridge closed?",
    "Why was the bridge in Gothby closed?",
    "What did engineer Nils Rask find in the bearings?",
    "When was the orchard at Dunwick planted?",
    "What are the growers of Dunwick paid for a kilo of apples?",
    "Is the Covid-23 clinic open?",
)

TRUE = (
    ("How many Tarn 4 tractors were called back?", "310"),
    ("what does a new brake for the tarn 4 cost", "95"),
    ("How many Tarn-4 tractors were called back?", "310"),
    ("Why were the Tarn tractors called back?", "brakes"),
    ("Where did the ferry Marigold run onto a sandbank?", "Whitmere"),
    ("where did the marigold run onto a sandbank", "Whitmere"),
    ("Where did the Marigold's captain bring the passengers?", "ashore"),
    ("How many passengers were on the Marigold?", "64"),
    ("When was the Marigold built?", "1988"),
    ("How many of the Marigold's engines failed?", "Two"),
    ("when was the ferry marigld built", "1988"),
    ("Who brought the passengers of the ferry Marigold ashore?", "Ruiz"),
    ("What did Captain Ana Ruíz do with the passengers?", "ashore"),
    ("Who won the primary in Delmont?", "Hartley"),
    ("who won the primary in delmont", "Hartley"),
    ("How many percent of the vote did Joan Hartley win?", "58"),
    ("How many percent of the vote did Mrs Hartley win?", "58"),
    ("How many percent did J. Hartley win in the primary?", "58"),
    ("What did Hartley say about the tax on diesel?", "lower"),
    ("What did Peter Oakes say about the tax on diesel?", "raise"),
    ("Who won the 2024 primary in Delmont?", "Hartley"),
    ("Who won the primary in Delmont in March?", "Hartley"),
    ("How many ships did the harbour of Skelling handle in 2024?", "812"),
    ("Were over 1,000 Tarn 4 tractors called back?", "310"),
    ("How many Tarn 4 tractors were called back on November 3?", "310"),
    ("What does the law of Carovia forbid?", "bags"),
    ("What does Carovia's law forbid?", "bags"),
    ("What does the law of Ostland forbid?", "cups"),
    ("Which film won best picture at the 2023 Golden Reel awards?", "Low Tide"),
    ("WHICH FILM WON BEST PICTURE AT THE GOLDEN REEL AWARDS?", "Low Tide"),
    ("Which Film Won Best Picture At The Golden Reel Awards?", "Low Tide"),
    ("At which awards did Low Tide win best picture?", "Golden Reel"),
    ("How many members has the World Cheese Board?", "41"),
    ("How many members has the WCB?", "41"),
    ("How many tons of cheddar did U.S. dairies send to the fair?", "12"),
    ("How many tons of cheddar did dairies from America send to the fair?", "12"),
    ("Why was the Lindqvist Bridge closed?", "rust"),
    ("Why was the bridge in Sorby closed?", "rust"),
    ("What did Bjorn Akesson find?", "cracks"),
    ("Is the Covid 19 clinic open?", "open"),
    ("When was the orchard at Fennick planted?", "1921"),
    ("What are Fennick's growers paid for a kilo of apples?", "30"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of a few articles on different matters."""
    folder = tmp_path_factory.mktemp("binding") / "library"
    ingest_articles(ARTICLES, folder)
    return folder


@pytest.mark.parametrize("question", OTHERS)
def test_another_thing_of_the_same_kind_is_no_answer(question: str, library: Path) -> None:
    """What the articles say of another ferry, tractor, law or year does not answer."""
    assert not answer(question, library=library).answered


@pytest.mark.parametrize(("question", "wanted"), TRUE)
def test_the_thing_itself_is_answered(question: str, wanted: str, library: Path) -> None:
    """A name is met in each of the forms in which people write it."""
    given = answer(question, library=library)
    assert given.answered
    assert any(wanted in citation.quote for citation in given.citations), given.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What does a new brake for the Tarn 5 cost?", "Your articles tell of “Tarn 4”, not of “Tarn 5”."),
        (
            "How many passengers were on the ferry Petunia?",
            "Your articles tell of “Marigold”, not of “Petunia”.",
        ),
        ("When was the orchard at Dunwick planted?", "No article names “Dunwick”."),
        ("Who built the yacht Nightshade?", "No article names “Nightshade”."),
    ],
)
def test_the_answer_says_what_is_lacking(question: str, told: str, library: Path) -> None:
    """Where what is asked about is not in the articles, a notice says so, and the nearest is shown."""
    given = answer(question, library=library)
    assert told in given.notices
    assert given.consulted


@pytest.mark.parametrize(
    ("published", "text", "of_2024"),
    [
        (date(2025, 1, 20), "The mill burnt down.", True),
        (date(2025, 3, 20), "The mill burnt down.", False),
        (date(2025, 3, 20), "The mill burnt down last year.", True),
        (date(2025, 3, 20), "The mill burnt down on 30 December.", True),
        (date(2025, 3, 20), "The mill burnt down in February, the worst fire of the past years.", False),
        (date(2025, 3, 20), "The mill burnt down in May 2024.", True),
        (date(2024, 6, 1), "The mill burnt down.", True),
    ],
)
def test_an_article_of_the_year_after_has_to_say_that_it_tells_of_the_last(
    published: date, text: str, *, of_2024: bool
) -> None:
    """By the year, "last year", a month that is yet to come, or by being printed within a month."""
    (asked,) = (each for each in demands("When did the mill burn down in 2024?") if each.year)
    item = cast("Ranked", SimpleNamespace(article=SimpleNamespace(published=published)))
    assert in_year(asked, Spelled(text), item) is of_2024


def test_evidence_is_what_meets_the_question(library: Path) -> None:
    """A sentence about the other law is no evidence, however near its words are."""
    quotes = [
        item.citation.quote for item in find_evidence("What does the law of Carovia forbid?", library=library)
    ]
    assert quotes
    assert not any("Ostland" in quote for quote in quotes)


def test_a_later_speaker_does_not_speak_for_another(library: Path) -> None:
    """What the rival said is not quoted as what the senator said."""
    given = answer("What did Hartley say about the tax on diesel?", library=library)
    assert "Hartley said" in given.citations[0].quote
    assert not any("Oakes said" in citation.quote for citation in given.citations)


def test_what_may_be_either_is_not_bound() -> None:
    """Of "A or B" each would do, and "True or false" names nothing."""
    assert demands("Is the seat in Turin or Geneva?") == ()
    assert [item.text for item in demands("Hartley won. True or false?")] == ["Hartley"]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("us", "The U.S. Senate met."),
        ("american", "The U.S. Senate met."),
        ("nato", "The North Atlantic Treaty Organization met."),
        ("covid-19", "The Covid 19 clinic"),
        ("akesson", "Björn Åkesson's find"),
        ("joe", "Joseph Lind"),
    ],
)
def test_a_word_is_known_in_its_forms(word: str, text: str) -> None:
    """Dots, demonyms, acronyms, hyphens, diacritics and nicknames do not make another word."""
    assert Spelled(text).has(word)


def test_only_one_letter_may_be_wrong() -> None:
    """A typing error is forgiven where nobody has the word as it is written, another word is not."""
    text = Spelled("The ferry Marigold of Whitmere")
    assert not text.has("marigld")
    assert text.has("marigld", typed=True)
    assert not text.has("marina", typed=True)


@pytest.mark.parametrize(
    "question",
    [
        "did anybody die in the accident",
        "how many firefighters came",
        "what did the paramedics do",
        "was a toddler hurt",
        "are goalkeepers paid more",
        "cheapest ferry ticket",
        "who had the easiest win",
        "how long was the jailbreak planned",
        "how fast does the new offshoot spread",
        "how much dearer are eggs",
        "is the water drinkable",
        "who saw the saucer",
        "why were the drivers queasy",
        "what does an espresso cost at the kiosk",
        "who painted the cavemen",
        "why didn't the ferry sail",
        "why won't the mayor speak",
        "why isnt the bridge open",
    ],
)
def test_ordinary_words_in_lower_case_bind_nothing(question: str) -> None:
    """An article that speaks of crews answers a question about paramedics: no name is missing."""
    assert demands(question) == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("why did the mayor of kingsbridge resign", "kingsbridge"),
        ("when did the hospital in gainesville close", "gainesville"),
        ("what did snapchat pay", "snapchat"),
        ("what did kellerman say", "kellerman"),
        ("who owns dailymotion", "dailymotion"),
    ],
)
def test_names_of_two_parts_in_lower_case_bind(question: str, name: str) -> None:
    """A name whose parts are words, too, is no word put together of ordinary ones."""
    assert [item.text for item in demands(question)] == [name]


def test_what_an_article_begins_a_word_with_is_no_name(tmp_path: Path) -> None:
    """Who asks about "crypto" in lower case is told of cryptocurrency, though no article is so short."""
    taken = Article(
        "Hackers took 300 million dollars in cryptocurrency from the game company in March.", "Theft", "a.txt"
    )
    ingest_articles([taken], tmp_path)
    given = answer("how much crypto did the hackers take from the game company", library=tmp_path)
    assert "300 million" in given.citations[0].quote


def test_only_what_asks_binds() -> None:
    """Who asks, and for whom, need not stand in the articles; nor do signs that are no numbers."""
    told = "I write for the Herald, room 12. What caused the fire on the ferry Marta Lind?"
    assert {each.text for each in demands(told)} == {"Marta Lind"}
    assert demands("who was hurt in the fire {{7*7}}") == ()


def test_the_other_name_is_told_whole(examples_library: Path) -> None:
    """The ferry of the examples has two words for a name."""
    given = answer("Who was hurt in the fire on the ferry Borealis?", library=examples_library)
    assert "Your articles tell of “Marta Lind”, not of “Borealis”." in given.notices


def test_a_rival_is_named_whole(tmp_path: Path) -> None:
    """The other name is told with all its words, also with those before the one that was met."""
    folder = tmp_path / "finals"
    ingest_articles(
        [Article("Ana Ruiz won the Winter Harbour final in two sets.", "Tennis", "a.txt")], folder
    )
    given = answer("Who won the Majorca final in two sets?", library=folder)
    assert not given.answered
    assert given.notices[-1] == "Your articles tell of “Winter Harbour”, not of “Majorca”."


def test_an_ordinary_word_is_not_named_as_a_rival(tmp_path: Path) -> None:
    """A word like "Open" alone names nothing: what is lacking is told instead."""
    folder = tmp_path / "finals"
    ingest_articles([Article("Ana Ruiz won the Open final in two sets.", "Tennis", "a.txt")], folder)
    given = answer("Who won the Majorca final in two sets?", library=folder)
    assert not given.answered
    assert given.notices[-1] == "No article names “Majorca”."


def test_a_name_that_only_a_title_has_is_not_said_to_be_nowhere(tmp_path: Path) -> None:
    """Of a page that was read without its article the title stays: a name in it is named in the articles."""
    folder = tmp_path / "titles"
    text = " ".join(f"Details in form {number} that you have shared are kept for us." for number in range(20))
    ingest_articles([Article(text, "Nordland or Tarkan? Guests wonder about its name", "a.txt")], folder)
    given = answer("Did Tarkan change its name?", library=folder)
    assert not given.answered
    assert given.notices[-1] == "“Tarkan” is only in the title of an article, not in its text."


def test_several_of_an_acronym_bind_no_more_than_one(tmp_path: Path) -> None:
    """An article on members of parliament may leave out "MPs", as one on football leaves out "NFL"."""
    folder = tmp_path / "jobs"
    text = "Members of parliament earned 17 million pounds from second jobs over the past three years."
    night = Article("MPs sat until midnight on Monday and went home by bus.", "A long night", "b.txt")
    ingest_articles([Article(text, "Second jobs", "a.txt"), night], folder)
    given = answer("How much did MPs earn from second jobs over the past three years?", library=folder)
    assert given.answered


def test_a_name_typed_small_beside_one_that_is_known(library: Path) -> None:
    """Capitals are given to names that the articles have; one that none has is asked for all the same."""
    given = answer("when did the marigold leave quindrell for whitmere", library=library)
    assert not given.answered

"""What is shown for different shapes of question, and what a sentence needs beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.question.query import understand
from assistant.question.question_form import Shape
from assistant.quoting.quote_answer import quoted
from assistant.quoting.select import MARGIN, MOST_LISTED, MOST_QUOTES, NEWEST_MARGIN, choose
from assistant.retrieval.found import Ranked, Seen
from ingest import Article, split_sentences

if TYPE_CHECKING:
    from assistant.question.query import Query

SCHOOL = Article(
    text=(
        "Councillor Ebba Stroyle had voted for the closure in March. “The sum was wrong,” she said. "
        "The two women met on Monday. They agreed on nothing. The school stays open. "
        "Parents sang in the street. Drums were beaten all day. A band played outside. "
        "Fennholt sent a letter. Orrowmere kept quiet."
    ),
    title="School stays open",
    origin="school.txt",
    source="Post",
    published=date(2026, 4, 21),
)
OLDER = Article(
    text="The council of Orrowmere will close the school.",
    title="School closes",
    origin="older.txt",
    source="Post",
    published=date(2026, 3, 17),
)


def ranked(*places: int, article: Article = SCHOOL, best: float = 5.0, step: float = 0.1) -> list[Ranked]:
    sentences = split_sentences(article.text)
    return [Ranked(article, sentences[place], best - step * rank) for rank, place in enumerate(places)]


def seen(query: Query, found: list[Ranked]) -> Seen:
    return Seen(query, tuple(found), 0.9, answerable=True, notices=())


def texts(chosen: list[Ranked]) -> list[str]:
    return [item.sentence.text for item in chosen]


def test_questions_and_retold_posts_come_later() -> None:
    """A sentence that asks, and one that tells what was posted, are not put before one that answers."""
    article = Article(
        text="How did the ferry burn? “Divers burned it,” reads the post. A cable set the ferry on fire.",
        title="x",
        origin="x",
    )
    chosen = choose(ranked(0, 1, 2, article=article))
    assert texts(chosen)[0] == "A cable set the ferry on fire."


def test_a_heading_that_asks_is_not_quoted() -> None:
    """What only asks is left out where something tells, and what comes after it is shown before the rest."""
    article = Article(
        text="How did the ferry burn?\n\nA cable set it on fire. Fire raged all night. The ferry was old.",
        title="x",
        origin="x",
    )
    chosen = choose([*ranked(0, 3, article=article), *ranked(1, 2, article=article, best=2.9)])
    assert texts(chosen) == ["The ferry was old.", "A cable set it on fire.", "Fire raged all night."]
    assert texts(choose(ranked(0, article=article))) == ["How did the ferry burn?"]


def test_what_is_not_known_comes_later() -> None:
    """That somebody does not know is said after what somebody knows, however well it fits the question."""
    article = Article(
        text="The company did not know how the ferry had caught fire. A cable set it on fire.",
        title="x",
        origin="x",
    )
    chosen = choose(ranked(0, 1, article=article, best=9.0, step=4.5))
    assert texts(chosen)[0] == "A cable set it on fire."
    assert len(chosen) == 2


def test_links_within_the_text_are_not_quoted() -> None:
    """A link to another article is no sentence of this one."""
    article = Article(
        text="GRAPHICS:Why the ferry burned, in six pictures\n\nA cable set it on fire.",
        title="x",
        origin="x",
    )
    assert texts(choose(ranked(0, 1, article=article))) == ["A cable set it on fire."]


def test_a_sentence_that_leans_brings_the_one_before() -> None:
    """What can't be understood alone is shown with the sentence before, however that scored."""
    chosen = choose([*ranked(3), *ranked(2, best=-9.0)])
    assert texts(chosen) == ["They agreed on nothing.", "The two women met on Monday."]


def test_a_question_explains_nothing() -> None:
    """A heading that asks is not brought along by the sentence below it."""
    page = Article(text="When do the clocks change?\n\nThis happens on 5 November.", title="x", origin="x")
    assert texts(choose([*ranked(1, article=page), *ranked(0, article=page, best=-9.0)])) == [
        "This happens on 5 November."
    ]


def test_a_question_is_no_reason() -> None:
    """What follows the fact is left out where it only asks, though a reason is asked for."""
    page = Article(text="The word was chosen for its contrast. Do you know it?", title="x", origin="x")
    assert texts(choose(ranked(0, 1, article=page), why=True)) == ["The word was chosen for its contrast."]


def test_a_place_and_an_agency_explain_nothing() -> None:
    """What stands before the first sentence of a report is not brought along, nor what follows a film."""
    report = Article(
        text="New York CNN —\n\nThey agreed on nothing.\n\nHear why 02:29 - Source: CNN",
        title="x",
        origin="x",
    )
    everything = [*ranked(1, article=report), *ranked(0, 2, article=report, best=-9.0)]
    assert texts(choose(everything, why=True)) == ["They agreed on nothing."]


def test_a_clear_pronoun_needs_no_neighbour() -> None:
    """Where it is clear who "she" is, her name in brackets is enough."""
    chosen = choose([*ranked(1), *ranked(0, best=-9.0)])
    assert texts(chosen) == ["“The sum was wrong,” she said."]


def test_a_list_is_longer() -> None:
    """A question for several things gets more sentences than one for a fact."""
    everything = ranked(0, 2, 4, 5, 6, 7, 8, 9)
    assert len(choose(everything)) == MOST_QUOTES
    assert len(choose(everything, shape=Shape.LIST)) == MOST_LISTED


def test_the_latest_comes_first() -> None:
    """A question for the latest shows the newest of the good sentences first."""
    both = [*ranked(0, article=OLDER), *ranked(4, best=4.5)]
    assert texts(choose(both))[0] == "The council of Orrowmere will close the school."
    assert texts(choose(both, shape=Shape.LATEST))[0] == "The school stays open."


def test_both_sides_of_a_comparison() -> None:
    """Each side of a comparison gets its best sentence before others of one side."""
    sides = (frozenset({"fennholt"}), frozenset({"orrowmer"}))
    chosen = choose(ranked(4, 5, 6, 7, 0, 8, 9), sides=sides, shape=Shape.COMPARE)
    assert {"Fennholt sent a letter.", "Orrowmere kept quiet."} <= set(texts(chosen))
    assert len(chosen) == MOST_QUOTES


def test_a_side_of_a_comparison_is_about_what_is_compared() -> None:
    """Each side gets a sentence with a word of what is compared, before one that scored better."""
    article = Article(
        text="Rents rose in March. In April the comet came. Rents fell a little in April. Rents are high. "
        "Rent is paid monthly. Rents grow. Renting is hard.",
        title="x",
        origin="x",
    )
    sides = (frozenset({"march"}), frozenset({"april"}))
    ordered = ranked(0, 1, 3, 4, 5, 6, 2, article=article)
    chosen = choose(ordered, sides=sides, shape=Shape.COMPARE, about=frozenset({"rent"}))
    assert {"Rents rose in March.", "Rents fell a little in April."} <= set(texts(chosen))
    assert len(chosen) == MOST_QUOTES


def test_a_headline_is_not_cited_first() -> None:
    """A headline gives way to a sentence that scored a little less."""
    article = Article(text="Six hurt in ferry fire\n\nSix people were hurt, it said.", title="x", origin="y")
    chosen = choose(ranked(0, 1, article=article, step=0.5))
    assert texts(chosen)[0] == "Six people were hurt, it said."


def test_a_quote_reads_well() -> None:
    """A citation carries its decisive words, and who the pronoun is, outside of the quote."""
    query = understand("What did she say?")
    answer = quoted(seen(query, ranked(1)))
    (citation,) = answer.citations
    assert [citation.quote[start:end] for start, end in citation.emphasis] == []
    assert citation.referent == "Ebba Stroyle"
    assert citation.referent not in citation.quote


def test_who_else_printed_it() -> None:
    """Near-duplicates of an article are named, not quoted again."""
    copy = Article(text=SCHOOL.text, title="Copy", origin="copy.txt", source="Daily")
    sentences = split_sentences(SCHOOL.text)
    both = [Ranked(SCHOOL, sentences[4], 5.0, "g"), Ranked(copy, sentences[4], 4.9, "g")]
    (citation,) = quoted(seen(understand("Who knows?"), both)).citations
    assert (citation.source, citation.also_in) == ("Post", ("Daily",))


def test_a_correction_comes_first() -> None:
    """Where the best sentence has been corrected by its own paper, the correction is quoted before it."""
    first, later = (
        Article(
            text=f"{number} people were hurt in the fire on the ferry Marta Lind, the harbour said.",
            title="Ferry Marta Lind burns",
            origin=number,
            source="Post",
            published=date(2026, 5, day),
        )
        for number, day in (("Nine", 3), ("Six", 4))
    )
    both = [*ranked(0, article=first), *ranked(0, article=later, best=1.5)]
    query = understand("How many people were hurt?")
    answer = quoted(seen(query, both))
    assert [item.published for item in answer.citations] == [date(2026, 5, 4), date(2026, 5, 3)]
    (conflict,) = answer.conflicts
    assert (conflict.citations, conflict.values) == ((1, 2), ("Six people", "Nine people"))
    assert conflict.superseded is True
    assert [item.support for item in answer.statements] == [Support.SUPPORTED, Support.CONFLICTING]


def _about(*sentences: str, published: date | None = None) -> Article:
    return Article(text=" ".join(sentences), title="x", origin=sentences[0], published=published)


def test_what_a_sentence_loses_for_telling_little() -> None:
    """One that retells a post is behind a plain one up to 3 worse, a label up to 1.5, the unsaid up to 5."""
    post = _about("“Divers burned it,” reads the post.", "A cable set the ferry on fire.")
    unsaid = _about("It is not known how the ferry fire had started.", "A cable set the ferry on fire.")
    for article, least, most in ((post, 2.5, 3.5), (unsaid, 4.5, 5.5)):
        for step, first in ((least, 1), (most, 0)):
            chosen = choose(ranked(0, 1, article=article, step=step))
            assert texts(chosen)[0] == split_sentences(article.text)[first].text


def test_what_lies_far_behind_the_best_is_not_shown() -> None:
    """What answers much worse than the best is left out, also where the newest comes first."""
    article = _about("A cable set the ferry on fire.", "Six people were hurt on board.")
    for shape, margin in ((Shape.PLAIN, MARGIN), (Shape.LATEST, NEWEST_MARGIN)):
        assert len(choose(ranked(0, 1, article=article, step=margin - 0.1), shape=shape)) == 2
        assert len(choose(ranked(0, 1, article=article, step=margin + 0.1), shape=shape)) == 1


def test_the_latest_of_articles_without_a_date_comes_last() -> None:
    """Where the newest is asked for, an unknown day is older than any."""
    old = _about("The council will close the school.", published=date(2026, 3, 1))
    undated = _about("The school stays open for now.")
    pool = [*ranked(0, article=undated), *ranked(0, article=old)]
    assert choose(pool, shape=Shape.LATEST) == [pool[1], pool[0]]


def test_neighbours_are_added_only_while_there_is_room() -> None:
    """Five sentences are five, though the first of them leans on one that is not among them."""
    places = (1, 4, 5, 6, 7, 0)
    chosen = choose(ranked(*places, step=0.1))
    assert len(chosen) == MOST_QUOTES

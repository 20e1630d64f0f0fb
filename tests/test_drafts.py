"""A draft held against a library: what agrees, what differs and how, what is not found, what has no claim."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant import (
    DraftCheck,
    DraftChecked,
    DraftSplit,
    DraftState,
    DraftStatement,
    DraftTooLongError,
    StatementHeld,
    Support,
    Verdict,
    acheck_draft,
    astream_check,
    check_draft,
    stream_check,
)
from assistant.drafting.candidates import CheckedSentence
from assistant.drafting.differing import MOST_EXCHANGES, other_values
from assistant.drafting.draft_statements import draft_statements, without_markup
from assistant.drafting.no_claim import claims_none, is_opinion
from assistant.retrieval.found import Ranked
from ingest import Article, Filters, LibraryError, QuestionError, Sentence, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

FERRY = Article(
    text=(
        "Six people were hurt when the ferry Marigold caught fire on Sunday. "
        "Captain Ana Ruíz steered the ship onto a sandbank. "
        "The harbour authority closed the pier until Friday. "
        "The ferry was carrying 120 passengers and 14 cars."
    ),
    title="Ferry fire",
    origin="ferry.txt",
    source="Gazette",
    url="https://gazette.example/ferry",
    published=date(2026, 5, 4),
)
EARLIER = Article(
    text="Nine people were hurt when the ferry Marigold caught fire. The mayor visited the harbour.",
    title="Fire on the ferry Marigold",
    origin="earlier.txt",
    source="Gazette",
    published=date(2026, 5, 3),
)
SCHOOL = Article(
    text=(
        "The council voted to close Alder School by eleven votes to eight. "
        "The school was built in 1911. It has 96 pupils. "
        "“We will not give up,” said Tom Reed, who leads the parents' group. "
        "The council rejected a plan to sell the building."
    ),
    title="Council votes to close Alder School",
    origin="school.txt",
    source="Post",
    published=date(2026, 3, 1),
)
TEXTS = {each.id: each.text for each in (FERRY, EARLIER, SCHOOL)}

AGREEING = (
    "Six people were hurt when the ferry Marigold caught fire.",
    "The captain of the ship, Ana Ruíz, steered it onto a sandbank.",
    "The pier was closed until Friday by the harbour authority.",
    "**The ferry** was carrying [120 passengers](https://other.example/).",
    "The council voted by eleven votes to eight to close Alder School.",
)
DIFFERING = (
    ("The council voted to close Alder School by twelve votes to eight.", "number", "twelve", "eleven"),
    ("The school was built in 1921.", "date", "1921", "1911"),
    ("Captain Maria Costa steered the ship onto a sandbank.", "name", "Maria Costa", "Ana Ruíz"),
    ("The harbour authority did not close the pier.", "denial", None, None),
    ("“We will not give up,” said Karl Wood, who leads the parents' group.", "name", "Karl Wood", "Tom Reed"),
    ("The council did not reject a plan to sell the building.", "denial", None, None),
)
NOT_FOUND = (
    "The museum bought a painting by Vermeer.",
    "The ferry Marigold was built in Norway.",
    "Tom Reed is a dentist.",
)
NO_CLAIMS = (
    "Who will pay for the repair?",
    "# What we know so far",
    "Please check the figures.",
    "Add a photo of the pier here.",
    "The school fight",
    "## Harbour news",
    "I think the council acted too fast.",
    "The closure is a disgrace.",
    "Ferries should be inspected more often.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts") / "library"
    ingest_articles([FERRY, EARLIER, SCHOOL], folder)
    return folder


def only(check: DraftCheck) -> DraftStatement:
    """Return the statement of a draft of one."""
    (statement,) = check.statements
    return statement


@pytest.mark.parametrize("text", AGREEING)
def test_what_an_article_says_agrees(library: Path, text: str) -> None:
    """A statement that a sentence carries agrees, and cites that sentence."""
    check = check_draft(text, library=library)
    statement = only(check)
    assert statement.state is DraftState.AGREES
    assert statement.citations[0] == 1
    assert statement.score is not None
    assert statement.score > 0.5


@pytest.mark.parametrize(("text", "about", "draft", "source"), DIFFERING)
def test_what_an_article_says_otherwise_differs(
    library: Path, text: str, about: str, draft: str | None, source: str | None
) -> None:
    """A number, date, name or negation that a sentence about the same has otherwise is told in words."""
    check = check_draft(text, library=library)
    statement = only(check)
    found = [(each.about, each.draft, each.source) for each in statement.differences]
    assert (statement.state, found) == (DraftState.DIFFERS, [(about, draft, source)])
    assert "the draft" in statement.reason
    assert statement.citations


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_no_article_says_is_not_found(library: Path, text: str) -> None:
    """A statement that nothing carries and nothing denies is not found, and cites nothing."""
    statement = only(check_draft(text, library=library))
    assert (statement.state, statement.citations) == (DraftState.NOT_FOUND, ())


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_claims_nothing_is_an_opinion(library: Path, text: str) -> None:
    """Questions, headings, orders and opinions are not held against the articles' facts."""
    check = check_draft(text, library=library)
    assert only(check).state is DraftState.OPINION
    assert (check.checkable, check.share) == (0, None)


def test_a_foreign_statement_is_not_checked(library: Path) -> None:
    """What is in another language is neither found nor not found."""
    statement = only(check_draft("Le conseil a décidé de fermer l'école en juillet.", library=library))
    assert statement.state is DraftState.UNCHECKED_LANGUAGE


def test_a_report_corrected_by_its_own_source_does_not_carry_a_statement(library: Path) -> None:
    """What a paper wrote first and corrected a day later differs, and the correction is cited first."""
    check = check_draft("Nine people were hurt when the ferry Marigold caught fire.", library=library)
    statement = only(check)
    assert statement.state is DraftState.DIFFERS
    assert statement.reason == "it was corrected later: the source says Six, the draft Nine"
    assert [check.citations[number - 1].published for number in statement.citations] == [
        date(2026, 5, 4),
        date(2026, 5, 3),
    ]


def test_a_statement_that_another_article_denies_says_so(library: Path) -> None:
    """Where one source says so and another not, both are cited and the second is named as against it."""
    check = check_draft("Six people were hurt when the ferry Marigold caught fire.", library=library)
    statement = only(check)
    assert statement.state is DraftState.AGREES
    assert [check.citations[number - 1].quote[:4] for number in statement.against] == ["Nine"]
    assert set(statement.against) < set(statement.citations)


def test_offsets_are_those_of_the_draft_and_quotes_are_slices(library: Path) -> None:
    """Every statement is a slice of the draft as it was given, every quote one of its article."""
    draft = "\n\n".join([*AGREEING, *(row[0] for row in DIFFERING), "Ünïcode 🚢 first. " + NOT_FOUND[0]])
    check = check_draft(draft, library=library)
    assert check.text == draft
    assert all(draft[item.start : item.end] == item.text for item in check.statements)
    assert [item.start for item in check.statements] == sorted(item.start for item in check.statements)
    assert all(TEXTS[item.article_id][item.start : item.end] == item.quote for item in check.citations)
    assert sum(check.counts.values()) == len(check.statements)


def test_events_come_in_order_with_each_sentence_once(library: Path) -> None:
    """The stream tells how many there are, then each statement with its new sentences, then all."""
    draft = " ".join(AGREEING[:2] + NOT_FOUND[:1])
    events = list(stream_check(draft, library=library))
    held = [event for event in events if isinstance(event, StatementHeld)]
    assert isinstance(events[0], DraftSplit)
    assert isinstance(events[-1], DraftChecked)
    assert [event.done for event in held] == [1, 2, 3] == list(range(1, events[0].total + 1))
    assert tuple(event.statement for event in held) == events[-1].check.statements
    assert tuple(each for event in held for each in event.citations) == events[-1].check.citations


def test_both_flavours_say_the_same_and_tell_how_far_they_are(library: Path) -> None:
    """`acheck_draft` gives what `check_draft` gives; both call `progress` after each statement."""
    seen: list[tuple[int, int]] = []
    draft = f"{AGREEING[0]} {NOT_FOUND[0]}"
    given = check_draft(draft, library=library, progress=lambda done, total: seen.append((done, total)))
    again = asyncio.run(
        acheck_draft(draft, library=library, progress=lambda done, total: seen.append((done, total)))
    )
    assert given == again
    assert seen == [(1, 2), (2, 2)] * 2


def test_a_check_can_be_left_at_any_time(library: Path) -> None:
    """Closing the stream ends the check: no further statement is begun."""

    async def first() -> int:
        stream = astream_check("\n\n".join([AGREEING[0]] * 40), library=library)
        count = 0
        async for event in stream:
            count += isinstance(event, StatementHeld)
            if count:
                break
        await stream.aclose()
        return len([task for task in asyncio.all_tasks() if task is not asyncio.current_task()])

    assert asyncio.run(first()) == 0


def test_filters_say_which_articles_may_carry_a_statement(library: Path) -> None:
    """With a filter only the articles that it lets through can agree."""
    ask = AGREEING[0]
    assert only(check_draft(ask, library=library, filters=Filters(sources="Post"))).state is (
        DraftState.NOT_FOUND
    )
    assert only(check_draft(ask, library=library, filters=Filters("2026-05-04"))).against == ()


def test_relative_days_are_those_of_the_draft_where_its_day_is_given(tmp_path: Path) -> None:
    """The words "last year" in a draft of 2026 is not the last year of an article of 2020."""
    told = "Skiff Line carried 212,000 passengers last year."
    article = Article(
        text=told, title="Passengers", origin="skiff.txt", published=date(2020, 2, 1), source="Post"
    )
    ingest_articles([article], tmp_path / "library")
    own = only(check_draft(told, library=tmp_path / "library"))
    later = only(check_draft(told, library=tmp_path / "library", written_on="2026-03-01"))
    assert (own.state, later.state is DraftState.AGREES) == (DraftState.AGREES, False)


def test_sentences_carry_a_statement_together_but_lend_no_names(library: Path) -> None:
    """What two sentences of an article say is found; a name of one is not put into what the other says."""
    both = check_draft("The school was built in 1911 and has 96 pupils.", library=library)
    assert only(both).state is DraftState.AGREES
    assert len(only(both).citations) > 1
    mixed = check_draft("Tom Reed steered the ship onto a sandbank.", library=library)
    assert only(mixed).state is not DraftState.AGREES


def test_the_result_as_json_is_plain_and_has_stable_codes(library: Path) -> None:
    """`to_json` has the codes, the counts, the share, spans and ISO dates."""
    plain = json.loads(check_draft(f"{AGREEING[4]} {NOT_FOUND[0]}", library=library).to_json())
    assert [item["state"] for item in plain["statements"]] == ["agrees", "not_found"]
    assert plain["counts"] == {
        "agrees": 1,
        "differs": 0,
        "not_found": 1,
        "opinion": 0,
        "unchecked_language": 0,
    }
    assert (plain["checkable"], plain["share"]) == (2, 0.5)
    assert plain["citations"][0]["published"] == "2026-03-01"


def test_markdown_shows_every_statement_and_runs_nothing(library: Path) -> None:
    """Hostile text in a draft comes out escaped: no tag, no image, no link of its own."""
    draft = "<img src=x onerror=alert(1)> ![a](https://evil.example/a.png) was <b>built</b> in 1921."
    written = check_draft(draft, library=library).to_markdown()
    assert "\\<img" in written
    assert "\\!\\[" in written or "!\\[" in written
    assert "<img" not in written.replace("\\<img", "")


@pytest.mark.parametrize("text", ["", "   \n\n", "***", "```\nprint('hello')\n```"])
def test_a_draft_without_words_is_refused(library: Path, text: str) -> None:
    """Nothing to check is an error that says so."""
    with pytest.raises(QuestionError, match="no words"):
        check_draft(text, library=library)


def test_a_statement_full_of_numbers_takes_no_minutes() -> None:
    """However many values a statement and a sentence have, only so many exchanges are tried."""
    tried: list[str] = []

    class Counting(CheckedSentence):
        def check(self, statement: str) -> Verdict:
            tried.append(statement)
            return self.verdict

    told = "They counted " + ", ".join(f"{number} cats" for number in range(1000, 1100)) + "."
    few = "They counted " + ", ".join(f"{number} cats" for number in range(2000, 2004)) + "."
    many = "They counted " + ", ".join(f"{number} cats" for number in range(2000, 2100)) + "."
    sentence = Sentence(0, len(told), told)
    item = Ranked(Article(text=told, title="Cats", origin="cats.txt"), sentence, 1.0)
    unsupported = Verdict(Support.UNSUPPORTED, 0.1, "no")
    assert other_values(many, [Counting(item, told, (), unsupported)]) is None
    assert len(tried) == 0
    assert other_values(few, [Counting(item, told, (), unsupported)]) is None
    assert len(tried) == MOST_EXCHANGES


def test_what_is_no_text_is_refused(library: Path) -> None:
    """A draft is a string."""
    with pytest.raises(QuestionError, match="must be text, not bytes"):
        check_draft(b"The ferry", library=library)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="filters"):
        check_draft("The ferry.", library=library, filters="Post")  # type: ignore[arg-type]


def test_a_long_draft_is_refused_with_both_numbers(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is a setting, and the error has the length and the limit."""
    monkeypatch.setenv("FOOTNOTE_MAX_DRAFT_CHARACTERS", "100")
    with pytest.raises(DraftTooLongError) as raised:
        check_draft("The ferry burnt. " * 10, library=library)
    assert (raised.value.characters, raised.value.limit) == (170, 100)
    assert "FOOTNOTE_MAX_DRAFT_CHARACTERS" in str(raised.value)


def test_without_a_library_the_error_says_so(tmp_path: Path) -> None:
    """A folder without a library is an error before anything is checked."""
    with pytest.raises(LibraryError):
        check_draft("The ferry burnt.", library=tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## Fire on the *Marigold*", "Fire on the Marigold"),
        ("- **Six** people were [hurt](https://a.example)[^1].", "Six people were hurt."),
        ("> 1. It cost 3 * 4 crowns.", "It cost 3 * 4 crowns."),
        ("snake_case_words stay.", "snake_case_words stay."),
    ],
)
def test_markup_is_not_part_of_what_a_statement_says(text: str, says: str) -> None:
    """Marks of Markdown are left out of the words that are checked, and nothing else is."""
    assert without_markup(text) == says


def test_a_pronoun_stands_for_the_person_named_before() -> None:
    """What is checked of "she …" names her, while the statement stays as it was written."""
    first, second = draft_statements("Mrs Ana Ruíz is the captain. She steered the ship onto a sandbank.")
    assert second.text == "She steered the ship onto a sandbank."
    assert "Ana Ruíz" in second.says
    assert first.says == first.text


@pytest.mark.parametrize(
    "text",
    [
        "Open water surrounds the island.",
        "Work begins on 13 April.",
        "Six hurt in ferry fire",
        "The council, which met on Monday, closed the school.",
        "Nine skippers left their nets.",
        "“Who will pay?” asked the mayor.",
    ],
)
def test_a_claim_is_not_taken_for_something_else(text: str) -> None:
    """Sentences that begin like orders, headlines with a verb, and reported questions are checked."""
    (drafted,) = draft_statements(text)
    assert claims_none(drafted) is None
    assert not is_opinion(drafted.says)

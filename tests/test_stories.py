"""Tables of a story: what happened when, who said what, and these as text, CSV, Markdown and Word."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from test_taking_along import footnotes

from assistant import Citation, Happening, Saying, Timeline, WhoSaidWhat, save_table, timeline, who_said_what
from assistant.rendering.story_tables import days_text, grid_of, grid_text, table_csv
from assistant.stories.attribution import spoken_in
from assistant.stories.event_day import day_of_saying, event_day
from assistant.stories.page_updates import Updates, updates_of
from ingest import Article, QuestionError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

PUBLISHED = date(2026, 5, 6)  # a Wednesday

DAYS = [
    ("A fire broke out on Sunday.", "2026-05-03", "on Sunday"),
    ("Six people were hurt, the authority said on Monday.", "2026-05-04", "on Monday"),
    # The day of the event, not that of the words about it.
    ("The ship sank on Sunday, the owner said on Tuesday.", "2026-05-03", "on Sunday"),
    ("Tugs will pull it off the sand on Friday.", "2026-05-08", "on Friday"),
    ("The board is expected to meet on 13 June.", "2026-06-13", "13 June"),
    ("Work begins on 13 May.", "2026-05-13", "13 May"),
    ("It was last inspected in November 2025.", "2025-11-01", "November 2025"),
    ("Six people were hurt in Sunday's fire.", "2026-05-03", "Sunday"),
    # What is to come is told by the verb beside the date, before it or behind it.
    ("On Friday, the board will meet.", "2026-05-08", "Friday"),
    ("The Reds host the Blues, both games set for 1 p.m. Saturday.", "2026-05-09", "Saturday"),
    ("Those expected to sign met on Monday.", "2026-05-04", "Monday"),
    ("A 12th ballot could take place as early as Thursday.", "2026-05-07", "Thursday"),
    ("As of Tuesday, nobody had called.", "2026-05-05", "Tuesday"),
    ("It fell since Hamre took over in 2019.", "2019-01-01", "2019"),
    ("It could suffer from his resignation in March.", "2026-03-01", "March"),
]
UNDATED = [
    "Nobody was hurt.",
    "It has been closed since Monday.",  # no day of an event, the beginning of a state
    "The panel looked into the Jan. 6 attack.",  # names another event
    "Critics of the 2020 election spoke.",
    "The ship had left before Sunday.",
    "It opened at 9 a.m.",
    "Unlike last winter, the harbour froze.",  # compares
    "It sold more than in 2019.",
    "It was the first since Ebba Stroyle in 2019.",
    "He told the “Today” show so.",
    "He spoke on BBC Radio 4’s Today programme.",
    "Shops were full on Black Friday.",
    "In June of that year, he left.",
    "The two teams met last on Thursday.",  # six days ago, or the day after of a page that was updated
    "The Reds face the Blues on Saturday.",  # no verb tells which
    "He left the Qatar 2022 Study Group.",
    "She lost her post on Thursday for what she did in March.",
    "It was after a Fourth of July parade.",
    "The sum was paid each July 1.",
    "Next came October JOLTS, a survey.",
]


@pytest.mark.parametrize(("text", "day", "words"), DAYS)
def test_the_day_of_an_event_is_what_its_sentence_says(text: str, day: str, words: str) -> None:
    """Days are worked out from the day of publication, and the words that say when are kept."""
    found = event_day(text, PUBLISHED)
    assert found is not None
    assert (found.days.first.isoformat(), words.endswith(text[found.start : found.end])) == (day, True)


@pytest.mark.parametrize("text", UNDATED)
def test_other_days_are_no_day_of_the_event(text: str) -> None:
    """What limits, compares or names something else dates nothing."""
    assert event_day(text, PUBLISHED) is None


def test_without_a_day_of_publication_only_whole_dates_count() -> None:
    """“On Sunday” is no day where nobody knows which one."""
    assert event_day("A fire broke out on Sunday.", None) is None
    found = event_day("A fire broke out on 3 May 2026.", None)
    assert found is not None
    assert found.days == (date(2026, 5, 3), date(2026, 5, 3))


RANGES = [
    ("It was closed from 3 to 5 May 2026.", "2026-05-03", "2026-05-05"),
    ("It was closed on Monday and Tuesday.", "2026-05-04", "2026-05-05"),
    ("Snow fell from Monday into Tuesday.", "2026-05-04", "2026-05-05"),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_two_days_that_are_joined_are_one_stretch(text: str, first: str, last: str) -> None:
    """The second of them is no day of its own; years that are joined are too long for an event."""
    found = event_day(text, PUBLISHED)
    assert found is not None
    assert found.days == (date.fromisoformat(first), date.fromisoformat(last))
    assert event_day("Prices rose between 2020 and 2021.", PUBLISHED) is None


def test_tonight_in_words_that_run_over_sentences_is_no_day() -> None:
    """A quotation that began earlier in its paragraph goes on, whatever mark closes it."""
    said = "And tonight we are late,” she said on Tuesday."
    found = event_day(said, PUBLISHED, paragraph="“It is cold. ")
    assert found is not None
    assert said[found.start : found.end] == "Tuesday"
    assert event_day("We leave tonight.", PUBLISHED, paragraph='He said: "It is cold. ') is None
    assert event_day("We leave tonight.", PUBLISHED, paragraph="“It is cold,'' he said. ") is not None


def page(text: str, title: str = "The fire", url: str = "https://g.example/fire") -> Article:
    return Article(text=text, title=title, origin="g", url=url, published=PUBLISHED)


def test_pages_that_were_written_on_later_are_known_by_what_they_tell() -> None:
    """Two days after its own that a page tells as past; one, or the word "live", is only a hint."""
    later = "It burnt on May 9. The last flames were put out on 12 May."
    assert updates_of(page(later)) is Updates.LATER
    assert updates_of(page("It burnt on May 9. The board will meet on 12 May.")) is Updates.MAYBE
    assert updates_of(page("It burnt.", "Live updates: the fire")) is Updates.MAYBE
    assert updates_of(page("It burnt. This story has been updated.")) is Updates.MAYBE
    assert updates_of(page("It burnt on May 3. The board will meet on 12 May.")) is Updates.NO_SIGN


def test_pages_that_were_written_on_later_leave_days_of_the_week_open() -> None:
    """Nobody can tell from which day "on Monday" is counted there; whole dates stay."""
    assert event_day("It burnt on Monday.", PUBLISHED, updates=Updates.LATER) is None
    assert event_day("It burnt on May 3.", PUBLISHED, updates=Updates.LATER) is not None
    assert event_day("It burnt on Friday.", PUBLISHED, updates=Updates.MAYBE) is None
    assert event_day("It burnt on Friday.", PUBLISHED) is not None


def test_words_have_a_day_of_their_own() -> None:
    """“Said on Monday” is when it was said."""
    assert day_of_saying("The ship sank on Sunday, the owner said on Tuesday.", PUBLISHED) == date(2026, 5, 5)
    assert day_of_saying("The ship sank on Sunday, the owner said.", PUBLISHED) is None


BEFORE = ("Mayor Ebba Stroyle spoke in the town hall.", "Kurt Lindqvist, who leads the union, listened.")
SPOKEN = [
    ("“We are late,” said Ebba Stroyle.", "Ebba Stroyle", None, ["We are late,"]),
    ("Stroyle said that the school stays.", "Ebba Stroyle", None, []),
    ("The harbour master, Jorun Eskeland, said it was over.", "Jorun Eskeland", "the harbour master", []),
    ("According to Kurt Lindqvist, nobody was asked.", "Kurt Lindqvist", None, []),
    ("The director, Bertil Okonjo-Hale, said so.", "Bertil Okonjo-Hale", "the director", []),
    ("The director Joseph Gordon-Levitt wrote it down.", "Joseph Gordon-Levitt", "the director", []),
    ("County Fire Chief Brad Ventura said it was out.", "Brad Ventura", "County Fire Chief", []),
    ("The French state broadcaster said it was out.", "The French state broadcaster", None, []),
    ("The harbour authority said on Monday that six were hurt.", "The harbour authority", None, []),
    # Neither a part of a longer name nor the name nearest to the verb.
    ("“No,” said Rep. Liz Hamre of Ohio.", "Liz Hamre", None, ["No,"]),
    ("Rep. Adam Brisk, R-Ill., a critic of President Don Gray said it was sad.", "Adam Brisk", None, []),
    ("Azmoun, who plays for the German team Bayer Leverkusen, posted: “No.”", "Azmoun", None, ["No."]),
    ("Ian Sams, an aide, said the inquiry was late.", "Ian Sams", "an aide", []),
    ("The head of the Food Programme said it was late.", "The head of the Food Programme", None, []),
    ("Stroyle’s family said it was late.", "Stroyle’s family", None, []),
    ("It was late, a U.S. official said.", "a U.S. official", None, []),
    ("Ann Hamre and Tom Brisk announced that they would leave.", "Ann Hamre and Tom Brisk", None, []),
    ("Shifa Hospital in Leeds, where many had fled, said it was late.", "Shifa Hospital", None, []),
    ("It was late, according to officials who saw it.", "officials", None, []),
    ("A resident of flood-hit Knott County says so.", "A resident of flood-hit Knott County", None, []),
    ("It comes a day after the bank said it was late.", "the bank", None, []),
    ("The bank’s General Counsel Ryne Miller said so.", "Ryne Miller", "the bank’s General Counsel", []),
]
UNSPOKEN = [
    "Stroyle walked home.",
    "A French judge denied the motion.",
    "Lindqvist has not said anything.",
    "It is said that nobody came.",
    "They said that it was over.",  # nobody can tell who
    "“Who said that?” was all.",
    "Lindqvist reported very little income.",  # no words
    "The Reds claimed a place in the final.",
    "Sanctions announced by the council bite.",
    "That was the year he claimed he had no money.",
    "No team said they were late.",
]


@pytest.mark.parametrize(("text", "speaker", "role", "words"), SPOKEN)
def test_speakers_are_named_as_the_article_does(
    text: str, speaker: str, role: str | None, words: list[str]
) -> None:
    """In full where only the surname stands there, with what they are, and their own words marked."""
    found = spoken_in(text, BEFORE)
    assert found is not None
    assert (found.speaker, found.role, [text[slice(*span)] for span in found.words]) == (speaker, role, words)


@pytest.mark.parametrize("text", UNSPOKEN)
def test_where_nobody_can_be_named_there_is_no_speaker(text: str) -> None:
    """No words without a speaker."""
    assert spoken_in(text, BEFORE) is None


def test_a_timeline_of_the_examples_is_in_order_and_word_for_word(examples_library: Path) -> None:
    """Each day comes from words in the quoted sentence, the earliest first; the fire is on its day."""
    found = timeline("the ferry fire", library=examples_library)
    days = [each.first for each in found.happenings]
    assert days == sorted(days)
    assert found.articles >= 4
    texts = {found.citations[each.citations[0] - 1].quote: each for each in found.happenings}
    fire = next(each for quote, each in texts.items() if quote.startswith("A fire broke out"))
    assert (fire.first, fire.last) == (date(2026, 5, 3), date(2026, 5, 3))
    assert all(
        each.said is None or found.citations[each.citations[0] - 1].quote[slice(*each.said)]
        for each in found.happenings
    )
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()


def test_who_said_what_of_the_examples(examples_library: Path) -> None:
    """Those who speak in the articles about the fire are there with their words."""
    found = who_said_what("the ferry fire", library=examples_library)
    said = {each.speaker: found.citations[each.citation - 1].quote for each in found.sayings}
    assert "never left the engine room" in said["Ruud Tambling"]
    assert {"Aldo Brisk", "Jorun Eskeland", "Skellin Line"} <= set(said)


def test_limits_and_topics_without_articles(examples_library: Path) -> None:
    """As many rows as asked for; a topic that nobody wrote about has none; an empty one is an error."""
    assert len(timeline("the ferry fire", library=examples_library, limit=3).happenings) == 3
    nothing = timeline("the volcano of Zanzibar", library=examples_library)
    assert (nothing.happenings, nothing.articles) == ((), 0)
    with pytest.raises(QuestionError):
        who_said_what(" ", library=examples_library)


def cited(number: int, quote: str) -> Citation:
    return Citation(
        number, quote, 5, 5 + len(quote), "a1", "v1", "A | title", "Gazette", "https://g.example/a", PUBLISHED
    )


TABLE = Timeline(
    "fire",
    (
        Happening(date(2026, 5, 3), date(2026, 5, 3), (1, 2), (14, 20)),
        Happening(PUBLISHED, PUBLISHED, (3,)),
    ),
    (cited(1, "It burnt on a Sunday."), cited(2, "On Sunday it burnt."), cited(3, "=1+1 | <b>")),
    2,
    ("A notice.",),
)
SAID = WhoSaidWhat(
    "fire", (Saying("Ann Lee", 1, PUBLISHED, "a nurse", ((1, 3),)),), (cited(1, "“No,” said Ann."),), 1
)

WRITTEN_DAYS = [
    (("2026-05-03", "2026-05-03"), "3 May 2026"),
    (("2026-05-01", "2026-05-31"), "May 2026"),
    (("2026-01-01", "2026-12-31"), "2026"),
    (("2026-09-01", "2026-11-30"), "September to November 2026"),
    (("2026-05-01", "2026-05-07"), "1 May 2026 to 7 May 2026"),
]


@pytest.mark.parametrize(("days", "text"), WRITTEN_DAYS)
def test_days_are_written_as_exactly_as_they_are_known(days: tuple[str, str], text: str) -> None:
    """A day, a month, a year, or from one to another."""
    first, last = (date.fromisoformat(day) for day in days)
    assert days_text(first, last) == text


def test_markdown_escapes_and_says_what_is_only_the_day_of_publication() -> None:
    """Pipes and tags of articles are text; other sentences that say so are named."""
    text = TABLE.to_markdown()
    assert "| 3 May 2026 | “It burnt on a Sunday.” Gazette, 6 May 2026: A \\| title Also:" in text
    assert "| reported 6 May 2026 | “\\=1+1 \\| \\<b\\>”" in text
    assert TABLE._repr_markdown_() == text


def test_csv_has_every_sentence_with_its_place_and_no_formula() -> None:
    """Days as ISO 8601, a row for each sentence; what a spreadsheet would work out is text."""
    rows = list(csv.DictReader(io.StringIO(table_csv(TABLE))))
    assert [(row["from"], row["said"], row["quote"]) for row in rows] == [
        ("2026-05-03", "Sunday", "It burnt on a Sunday."),
        ("2026-05-03", "", "On Sunday it burnt."),
        ("2026-05-06", "", "'=1+1 | <b>"),
    ]
    (row,) = csv.DictReader(io.StringIO(table_csv(SAID)))
    assert (row["speaker"], row["role"], row["day"], row["start"]) == (
        "Ann Lee",
        "a nurse",
        "2026-05-06",
        "5",
    )


def test_a_terminal_shows_rows_and_their_sources() -> None:
    """Who and when stand above the sentence; at the end it says how many rows of how many articles."""
    text = grid_text(grid_of(SAID))
    assert "Ann Lee, a nurse · 6 May 2026\n" in text
    assert "1 row from 1 article." in text
    assert "Your articles don't say anything" in grid_text(grid_of(Timeline("x")))


def test_word_has_a_table_with_footnotes(tmp_path: Path) -> None:
    """A row for each happening, a footnote for each sentence."""
    save_table(TABLE, tmp_path / "t.docx")
    data = (tmp_path / "t.docx").read_bytes()
    (table,) = docx.Document(io.BytesIO(data)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["When", "What"],
        ["3 May 2026", "“It burnt on a Sunday.”"],
        ["reported 6 May 2026", "“=1+1 | <b>”"],
    ]
    assert len(footnotes(data)) == 3


@pytest.mark.parametrize("ending", [".csv", ".md", ".json"])
def test_tables_are_saved_by_their_ending(tmp_path: Path, ending: str) -> None:
    """Text in UTF-8; another ending is refused."""
    save_table(SAID, tmp_path / f"t{ending}")
    assert "Ann Lee" in (tmp_path / f"t{ending}").read_text("utf-8-sig")
    with pytest.raises(SourceError):
        save_table(SAID, tmp_path / "t.pdf")


def test_the_commands_print_and_save(
    footnote: Footnote, examples_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`footnote timeline` and `footnote who-said-what` print the table, or JSON, and write a file."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(examples_library))
    ran = footnote("timeline", "ferry fire", "--out", tmp_path / "t.csv")
    assert (ran.code, "3 May 2026" in ran.out, (tmp_path / "t.csv").exists()) == (0, True, True)
    plain = json.loads(footnote("who-said-what", "ferry fire", "--json", "--limit", "2").out)
    assert len(plain["sayings"]) == 2
    assert footnote("timeline", "ferry fire", "--out", tmp_path / "t.pdf").code == 1

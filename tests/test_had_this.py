"""Whether something was reported already: first report, later ones, copies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest

from assistant import had_this
from assistant.rendering.report_list import NOT_HAD, reports_text
from ingest import Filters, QuestionError, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

LEAD = (
    "A fire broke out on the ferry Aurora on Sunday morning, twenty minutes after she had left the harbour "
    "of Fennholt with 143 passengers, and six of them were taken to the county hospital with burns."
)
MORE = (
    "The captain put the ship on a sandbank, and eleven fishing boats took everybody off within an hour. The "
    "harbour authority praised the crew. Tugs are to pull the ferry free at high water, and the island's "
    "shop has food for four days. The board that looks into accidents has sent two people to the island."
)
FOLLOWED = "The fire on the ferry Aurora began at a cracked fuel pipe, the accident board said on Saturday."
SIX = "Six hurt as ferry Aurora burns"
OTHER = "The town library of Fennholt opens an hour later from June on, the council decided on Tuesday."


@pytest.fixture(name="library", scope="module")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("had")
    rows = [
        ("Fire on ferry: six in hospital", "2026-05-03", "Gazette", f"{LEAD} {MORE}"),
        (SIX, "2026-05-04", "Post", f"{LEAD} {MORE} Sailings are off."),
        ("Cracked pipe set ferry Aurora on fire", "2026-05-09", "Daily", FOLLOWED),
        ("Library to open later", "2026-05-06", "Post", OTHER),
    ]
    lines = ["|".join(row).replace('"', '""') for row in rows]
    file = folder / "news.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(dict(zip(("title", "published", "source", "text"), line.split("|"), strict=True)))
            for line in lines
        )
    )
    ingest_articles(file, folder / "library")
    return folder / "library"


def test_the_first_report_comes_first_and_copies_belong_to_it(library: Path) -> None:
    """A headline in other words finds the first report with its copy, then the later one."""
    found = had_this("Ferry Aurora catches fire, six in hospital", library=library)
    assert found.first is not None
    assert (found.first.source, found.citations[-1].source) == ("Gazette", "Daily")
    assert [(each.printed, [copy.source for copy in each.copies]) for each in found.reports] == [
        (False, ["Post"]),
        (False, []),
    ]


def test_a_pasted_paragraph_is_found_in_its_words(library: Path) -> None:
    """Whoever printed it is told to have it in these words, and the sentence is a slice of the article."""
    found = had_this(f"“{LEAD}”", library=library)
    assert (found.reports[0].printed, found.citations[0].quote) == (True, LEAD)
    assert "First report, in these words:" in reports_text(found)
    assert "copy: Post, 4 May 2026: Six hurt as ferry Aurora burns" in reports_text(found)
    assert "- **First report, in these words:** “" in found.to_markdown()
    assert found._repr_markdown_() == found.to_markdown()


SCATTERED = "On the ferry eleven people took the captain to the harbour of the county, the board said."
CHANGED = LEAD.replace("Sunday", "Monday").replace("burns", "bad burns")


@pytest.mark.parametrize(("text", "printed"), [(SCATTERED, False), (CHANGED, True)])
def test_words_that_stand_somewhere_in_order_are_not_these_words(
    library: Path, text: str, *, printed: bool
) -> None:
    """A copy with two words changed is one; a sentence made of an article's words is none."""
    found = had_this(text, library=library)
    assert any(each.printed for each in found.reports) is printed


def test_what_nobody_reported_is_said_so(library: Path) -> None:
    """Other news of the same town, or of another ship, is no report of it."""
    for text in (
        "Mayor of Fennholt resigns over unpaid taxes",
        "Cruise ship Borealis sinks off Iceland, 300 saved",
    ):
        found = had_this(text, library=library)
        assert (found.reports, found.first, reports_text(found)) == ((), None, NOT_HAD)


def test_filters_leave_out_earlier_reports(library: Path) -> None:
    """With a paper given, its own report is the first."""
    found = had_this("Ferry Aurora burns, six hurt", library=library, filters=Filters(sources="Post"))
    assert [item.source for item in found.citations] == ["Post"]
    assert found.reports[0].copies == ()


@pytest.mark.parametrize("text", ["", " ?! ", "word " * 3000])
def test_a_text_must_have_words_and_an_end(library: Path, text: str) -> None:
    """Nothing and far too much are refused in a sentence."""
    with pytest.raises(QuestionError):
        had_this(text, library=library)


def test_the_command_prints_it(footnote: Footnote, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As text and as JSON."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(library))
    assert "First report:" in footnote("had-this", "Ferry Aurora catches fire, six in hospital").out
    assert json.loads(footnote("had-this", "Cruise ship Borealis sinks", "--json").out)["reports"] == []


def test_reports_are_saved_as_word(
    footnote: Footnote, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked for, a row for each report with its copies, and a footnote to each article."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(library))
    saved = library.parent / "had.docx"
    assert footnote("had-this", LEAD, "--out", saved).code == 0
    word = docx.Document(str(saved))
    assert LEAD in [each.text for each in word.paragraphs]
    (row,) = ([cell.text for cell in row.cells] for row in word.tables[0].rows[1:])
    assert row == ["First report, in these words", "3 May 2026", f"“{LEAD}”", f"Post, 4 May 2026: {SIX}"]
    nothing = library.parent / "nothing.docx"
    footnote("had-this", "Cruise ship Borealis sinks", "--out", nothing)
    assert docx.Document(str(nothing)).paragraphs[-1].text == NOT_HAD
    assert footnote("had-this", LEAD, "--out", library.parent / "had.xls").code == 1

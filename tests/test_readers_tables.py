"""Tables as rows: a row of data is a sentence of columns and values, layouts stay text, sizes are bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from assistant import answer
from ingest import Article, Library, ingest_articles, read_articles, split_sentences
from ingest.readers.common import table_grid, table_rows
from ingest.readers.common.table_grid import Cell
from ingest.readers.common.table_rows import table_lines
from ingest.readers.formats.fragments import fragment_text
from ingest.readers.formats.html_page import html_article
from ingest.readers.formats.markdown import markdown_article

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as Word

SENTENCE = (
    "The council of the harbour town decided on Monday to rebuild the old pier after the storm in spring."
)
SCORERS = (
    "<table><caption>Top scorers of 2024.</caption><tr><th>Player</th><th>Club</th><th>Goals</th></tr>"
    "<tr><td>Ann Lee</td><td>St. Mary Rovers</td><td>12</td></tr>"
    "<tr><td>Bob Ray</td><td>City</td><td>9</td></tr></table>"
)


OVERHEAD = (
    "<table><thead><tr><td rowspan=2></td><th colspan=2>People</th></tr><tr><th>2019</th><th>2020</th></tr>"
    "</thead><tr><th colspan=3>North</th></tr><tr><th>Aville</th><td>5,300</td><td>5,400</td></tr>"
    "<tr><th>Btown</th><td colspan=2>not counted</td></tr></table>"
)


def rows_of(*lines: str) -> str:
    """Return a table of HTML, each line a row, cells between bars and with `!` for a name."""
    rows = (
        "".join(f"<th>{cell[1:]}</th>" if cell[:1] == "!" else f"<td>{cell}</td>" for cell in line.split("|"))
        for line in lines
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def page(body: str) -> str:
    """Return a page with a text around a part."""
    text = f"<p>{SENTENCE}</p>" * 3
    return (
        f"<html><head><title>Season</title></head><body><article>{text}{body}{text}</article></body></html>"
    )


TABLES = {
    "a caption begins each row": (
        SCORERS,
        ["Top scorers of 2024 — Player: Ann Lee; Club: St. Mary Rovers; Goals: 12",
         "Top scorers of 2024 — Player: Bob Ray; Club: City; Goals: 9"],
    ),
    "a heading right above is a caption": (
        "<h3>Medals</h3>" + rows_of("!Country|!Gold", "Norway|16"),
        ["Medals", "Medals — Country: Norway; Gold: 16"],
    ),
    "a cell over several rows is said in each": (
        rows_of("!Year|!Event|!Winner", "2020|Men|Ray", "Women|Lee").replace("<td>2", "<td rowspan=2>2"),
        ["Year: 2020; Event: Men; Winner: Ray", "Year: 2020; Event: Women; Winner: Lee"],
    ),
    "names of columns may stand over others, and groups across": (
        OVERHEAD,
        ["North — Aville — People 2019: 5,300; People 2020: 5,400",
         "North — Btown — People 2019 – People 2020: not counted"],
    ),
    "a name that nothing marks is told by the numbers below": (
        rows_of("Country|Gold", "Norway|16", "Peru|2"),
        ["Country: Norway; Gold: 16", "Country: Peru; Gold: 2"],
    ),
    "two columns of names and values are one record": (
        rows_of("!Built|3 May 1990", "!Height|80 m", "!Engineers|Ann Lee<br>Bob Ray"),
        ["Built: 3 May 1990; Height: 80 m; Engineers: Ann Lee, Bob Ray"],
    ),
    "values with stops, questions and semicolons stay one sentence": (
        rows_of("!Song|!Video|!Sold", "Help! The Boats|Yes|5; 6", "Who? Me|No|7"),
        ["Song: Help! The Boats; Video: Yes; Sold: 5, 6", "Song: Who? Me; Video: No; Sold: 7"],
    ),
    "scripts in cells are none of their words": (
        rows_of("!Country|!Gold", "Norway<script>var x = 1</script>|16"),
        ["Country: Norway; Gold: 16"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_each_row_of_a_table_is_a_sentence(name: str) -> None:
    """Columns are named by th, thead, bold words or what stands below; a row is one sentence by itself."""
    html, lines = TABLES[name]
    for text in (html_article(page(html), "o").text, fragment_text(html).strip()):
        said = [each.text for each in split_sentences(text) if each.text != SENTENCE]
        assert said == lines


LAYOUTS = {
    "prose in cells": rows_of(f"!Left|!{SENTENCE * 6}", f"{SENTENCE}|{SENTENCE}"),
    "a table within": rows_of("!A|!B", f"{rows_of('a')}|2"),
    "marked as layout": rows_of("!Country|!Gold", "Norway|16").replace(
        "<table", '<table role="presentation"'
    ),
    "a calendar": rows_of("!M|!T|!W|!T|!F|!S|!S", "1|2|3|4|5|6|7", "8|9|10|11|12|13|14"),
    "a list of links": rows_of("!News|!More", "<a href=/a>Ferry sold</a>|<a href=/b>Pier sinks</a>").replace(
        "News</th><th>More", "<a href=/x>N</a></th><th><a href=/y>M</a>"
    ),
    "two rows without names": rows_of("Open|Closed", "Monday|Sunday"),
    "a form": rows_of("!Name|!Age", "<input>|12"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_table_for_layout_makes_no_rows(name: str) -> None:
    """What is no table of data is read as the text that it is, as before."""
    assert ": " not in fragment_text(LAYOUTS[name])


def test_tables_of_markdown_are_rows() -> None:
    """The heading above is the caption; without numbers or names the cells stand as they are written."""
    text = "# Season\n\n## Medals\n\n|Country|Gold|\n|--|--|\n|Norway|16|\n|Peru|2|\n\nThat was all.\n"
    written = markdown_article(text, "o").text
    assert (
        written
        == "Medals\n\nMedals — Country: Norway; Gold: 16\n\nMedals — Country: Peru; Gold: 2\n\nThat was all."
    )


def test_csv_in_a_document_is_a_table() -> None:
    """A code block that says that it is CSV has rows; one that doesn't stays as it is written."""
    block = '```csv\nCountry,Gold\n"Korea, South",16\nPeru,2\n```\n'
    rows = markdown_article(f"## Medals\n\n{block}", "o").text.split("\n\n")
    assert rows[1:] == ["Medals — Country: Korea, South; Gold: 16", "Medals — Country: Peru; Gold: 2"]
    assert "Peru,2" in markdown_article(block.replace("csv", "text"), "o").text


def test_tables_of_word_are_rows_with_merged_cells(tmp_path: Path) -> None:
    """Bold names, a caption above, cells merged downwards and across."""

    def fill(document: Word) -> None:
        document.add_paragraph(SENTENCE)
        document.add_paragraph("Races of the year", style="Caption")
        table = document.add_table(4, 3)
        cells = (
            "Year",
            "Event",
            "Winner",
            "2020",
            "Men",
            "Ray",
            "",
            "Women",
            "Lee",
            "2021",
            "called off",
            "",
        )
        for cell, text in zip((cell for row in table.rows for cell in row.cells), cells, strict=True):
            cell.text = text
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 1).merge(table.cell(3, 2))

    document = docx.Document()
    fill(document)
    document.save(str(tmp_path / "a.docx"))
    (found,) = (each for each in read_articles(tmp_path / "a.docx") if isinstance(each, Article))
    assert found.text.split("\n\n")[2:] == [
        "Races of the year — Year: 2020; Event: Men; Winner: Ray",
        "Races of the year — Year: 2020; Event: Women; Winner: Lee",
        "Races of the year — Year: 2021; Event – Winner: called off",
    ]


def test_a_wide_row_goes_on_in_lines_that_say_what_it_is_about() -> None:
    """No line is longer than can be quoted, and each has the row's name."""
    heads = [
        Cell("Player", heads=True),
        *(Cell(f"Match number {number}", heads=True) for number in range(60)),
    ]
    lines = table_lines([heads, [Cell("Ann Lee"), *(Cell(str(number)) for number in range(60))]]) or []
    assert len(lines) > 2
    assert all(line.startswith("Player: Ann Lee; Match number ") for line in lines)
    assert max(map(len, lines)) < 2 * table_rows.LONGEST_LINE
    assert lines[-1].endswith("Match number 59: 59")


def test_a_table_of_any_size_costs_no_more_than_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand columns, spans of millions and names longer than all values stay within bounds."""
    wide = [[Cell(f"n{number}", heads=True) for number in range(100_000)], [Cell("1")] * 100_000]
    assert sum(map(len, table_lines(wide) or [])) < 5_000_000
    spanned = [[Cell("a", heads=True, columns=1000, rows=10_000), Cell("b", heads=True)]] * 5_000
    assert table_lines(spanned) is None
    monkeypatch.setattr(table_rows, "MOST_WRITTEN", 2_000)
    names = [Cell("n" * 90, heads=True), Cell("m" * 90, heads=True)]
    lines = table_lines([names, *([Cell("1"), Cell("2")] for _ in range(1_000))]) or []
    assert len(lines) == 1_000
    assert lines[0].startswith("nnn")
    assert lines[-1] == "1 | 2"


def test_pages_of_hostile_tables_end_as_text() -> None:
    """Tables nested to the parser's depth and spans beyond any number end as text, or as no article."""
    nested = "<table><tr><td>" * 300 + SENTENCE + "</td></tr></table>" * 300
    spans = (
        '<table><tr><th colspan="99999999999">a</th><th rowspan="-1">b</th></tr><tr><td>1</td></tr></table>'
    )
    for html in (nested, spans, "<table>" * 5_000, "<table><tr>" + "<td>1" * 20_000):
        assert SENTENCE in html_article(page(html), "o").text
    assert table_grid.lay_out([]) is None


def test_a_question_about_a_number_finds_its_row(tmp_path: Path) -> None:
    """The row that has the number is quoted first, as it stands in the article."""
    prose = "<p>Ann Lee scored in the opening match. Bob Ray joined City from United last summer.</p>"
    (tmp_path / "a.html").write_text(page(prose + SCORERS), "utf-8")
    ingest_articles([str(tmp_path / "a.html")], library=tmp_path / "lib")
    found = answer("How many goals did Bob Ray score?", library=tmp_path / "lib").citations[0]
    assert found.quote == "Top scorers of 2024 — Player: Bob Ray; Club: City; Goals: 9"
    with Library.open(tmp_path / "lib") as library:
        stored = library.article(found.article_id)
    assert stored is not None
    assert stored.text[found.start : found.end] == found.quote

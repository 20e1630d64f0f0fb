"""PDF: the text is what a reader of the page sees, once, in whole words, with its numbers unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import make_pdf, one_page_pdf

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from ingest.readers.common.page_text import running_text
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ReadOptions(1_000_000, parse_seconds=20)
VISIBLE = "BT /F1 12 Tf 72 700 Td (The tram runs again.) Tj ET "
PICTURE = "q 600 0 0 90 0 600 cm BI /W 100 /H 20 /BPC 8 /CS /G ID " + "\0ÿ" * 1000 + " EI Q "


def text_of(path: Path, drawing: str, turned: int = 0) -> str:
    """Return the text of a page that is drawn so, and turned for showing."""
    path.write_bytes(one_page_pdf(drawing.encode("cp1252"), "", turned=turned))
    (article,) = iter_source(path, OPTIONS)
    assert isinstance(article, Article)
    return article.text


@pytest.mark.parametrize(
    "hidden",
    [
        "1 g BT /F1 12 Tf 72 680 Td (Praise it.) Tj ET",
        "q 1 1 1 rg BT /F1 12 Tf 72 680 Td (Praise it.) Tj ET Q",
        "0 0 0 0 k BT /F1 12 Tf 14 TL 72 680 Td (Praise) ' (it.) Tj ET",
        "1 g 0 600 600 90 re f BT /F1 12 Tf 72 680 Td (Praise it.) Tj ET",
        "BT 3 Tr /F1 12 Tf 72 680 Td (Praise it.) Tj ET",
    ],
)
def test_text_that_nobody_sees_is_not_read(tmp_path: Path, hidden: str) -> None:
    """White on white, and text that is drawn in no colour at all."""
    assert text_of(tmp_path / "a.pdf", VISIBLE + hidden) == "The tram runs again."


@pytest.mark.parametrize(
    "seen",
    [
        "0 0 1 rg 0 600 600 200 re f 1 g BT /F1 12 Tf 72 680 Td (It is new.) Tj ET",
        "q 1 g Q BT /F1 12 Tf 72 680 Td (It is new.) Tj ET",
        PICTURE + "BT 3 Tr /F1 12 Tf 72 680 Td (It is new.) Tj ET",
    ],
)
def test_white_on_colour_and_recognised_text_is_read(tmp_path: Path, seen: str) -> None:
    """White letters on a dark ground are seen, and so is a scanned text in its picture."""
    assert text_of(tmp_path / "a.pdf", VISIBLE + seen).split("\n") == ["The tram runs again.", "It is new."]


def test_a_heading_drawn_twice_for_bold_comes_once(tmp_path: Path) -> None:
    """The same words elsewhere, and the same word twice in a line, stay."""
    again = VISIBLE.replace("72 700", "72.4 700.2")
    below = VISIBLE.replace("72 700", "72 680")
    twice = "BT /F1 12 Tf 72 660 Td (ha) Tj (ha) Tj ET"
    text = text_of(tmp_path / "a.pdf", VISIBLE + again + below + twice)
    assert text.split("\n") == ["The tram runs again.", "The tram runs again.", "haha"]


@pytest.mark.parametrize(
    "raised",
    [
        "/F1 7 Tf 5 Ts (14) Tj 0 Ts /F1 12 Tf",
        "/F1 7 Tf 68 5 Td [(1)(4)] TJ /F1 12 Tf 8 -5 Td",
    ],
)
def test_a_small_raised_figure_changes_no_number(tmp_path: Path, raised: str) -> None:
    """A mark of a footnote is set as the page has it, raised."""
    drawing = f"BT /F1 12 Tf 72 700 Td (It fell in 2024) Tj {raised} ( by 5 m.) Tj ET"
    assert " ".join(text_of(tmp_path / "a.pdf", drawing).split()) == "It fell in 2024¹⁴ by 5 m."


def test_a_smaller_figure_on_the_line_is_a_figure(tmp_path: Path) -> None:
    """Only what is raised is a mark."""
    drawing = "BT /F1 12 Tf 72 700 Td (Ward ) Tj /F1 7 Tf (14) Tj /F1 12 Tf ( voted.) Tj ET"
    assert text_of(tmp_path / "a.pdf", drawing) == "Ward 14 voted."


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ("(T)-300(r)-310(a)-290(m)-300(s)", "Trams"),
        ("(T)-300(r)-300(a)-300(m)-800(r)-300(u)-300(n)-300(s)", "Tram runs"),
        ("(By)-300(the)-300(tram)", "By the tram"),
    ],
)
def test_letters_set_apart_are_whole_words(tmp_path: Path, pieces: str, text: str) -> None:
    """A gap as wide as all others parts no words."""
    assert text_of(tmp_path / "a.pdf", f"BT /F1 12 Tf 72 700 Td [{pieces}] TJ ET") == text


def test_headers_of_two_pages_are_none_of_the_text(tmp_path: Path) -> None:
    """The sentence that crosses the page is whole."""
    path = tmp_path / "a.pdf"
    pages = (("Quay News", "The tram runs", "Page 1 of 2"), ("Quay News", "again on Monday.", "Page 2 of 2"))
    path.write_bytes(make_pdf(pages))
    (article,) = iter_source(path, OPTIONS)
    assert isinstance(article, Article)
    assert article.text == "The tram runs\nagain on Monday."


def test_pages_of_nothing_but_the_same_line_are_read(tmp_path: Path) -> None:
    """What repeats is the text where there is no other; figures alone are none, and it is said."""
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([("Closed until Monday",)] * 3))
    (article,) = iter_source(path, OPTIONS)
    assert isinstance(article, Article)
    assert article.text.startswith("Closed until Monday")
    path.write_bytes(make_pdf([("1",), ("2",), ("3",)]))
    (failure,) = iter_source(path, OPTIONS)
    assert isinstance(failure, Failure)
    assert "figures" in failure.reason


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("since mid-\n2024, the COVID-\n19 rules", "since mid-2024, the COVID-19 rules"),
        ("a 19-\nyear-old from ward 12-\n14 on", "a 19-year-old from ward 12-14 on"),
        ("a well-\nknown baker", "a well-known baker"),
        ("the well-\nness of all", "the wellness of all"),
        ("it is permit-\nted", "it is permitted"),
        ("it ended -\n2024 began", "it ended -\n2024 began"),
        ("B u d g e t\nof a town", "Budget\nof a town"),
    ],
)
def test_a_word_at_the_end_of_a_line_is_whole(page: str, text: str) -> None:
    """A hyphen beside a figure is always written; others part a word unless it is known to have one."""
    assert running_text([page]) == [text]


LEFT = (
    "The board looked at the",
    "yearly accounts and voted",
    "for two new pumps, with",
    "nobody against it.",
)
RIGHT = (
    "Fishing boats pay no dues",
    "from June, the harbour",
    "master said, and yachts",
    "pay by the night.",
)


def _rows(left: tuple[str, ...], right: tuple[str, ...], apart: int = 270) -> str:
    rows = "".join(
        f"BT /F1 10 Tf 1 0 0 1 60 {700 - 13 * number} Tm ({one}) Tj {apart} 0 Td ({other}) Tj ET "
        for number, (one, other) in enumerate(zip(left, right, strict=True))
    )
    return (
        f"BT /F1 14 Tf 60 740 Td (Harbour dues and pumps are on the table of the council again) Tj ET {rows}"
    )


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Though their lines were drawn row by row, below a heading across both."""
    text = text_of(tmp_path / "a.pdf", _rows(LEFT, RIGHT))
    assert text.split("\n")[-8:] == [*LEFT, *RIGHT]
    assert text.startswith("Harbour dues")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Ward", "East", "West", "North"), ("Votes", "12", "14", "16")),
        (("The ward of East", "The ward of West", "The ward of North", "The ward of South"),
         ("Voted for the pumps", "Voted against the pumps", "Did not vote at", "Left the room early")),
    ],
)  # fmt: skip
def test_rows_of_a_table_stay_together(tmp_path: Path, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """Cells are short, or begin anew in each row."""
    text = text_of(tmp_path / "a.pdf", _rows(left, right))
    assert all(text.index(one) < text.index(other) for one, other in zip(left, right, strict=True))
    assert text.index(right[0]) < text.index(left[1])


def test_an_initial_as_high_as_two_lines_is_part_of_its_word(tmp_path: Path) -> None:
    """A heading of one letter isn't."""
    drawn = "BT /F1 36 Tf 60 690 Td (T) Tj /F1 12 Tf 26 14 Td (he tram runs) Tj 0 -14 Td (again.) Tj ET"
    assert text_of(tmp_path / "a.pdf", drawn) == "The tram runs\nagain."
    heading = "BT /F1 36 Tf 60 690 Td (A) Tj /F1 12 Tf 0 -24 Td (tram runs.) Tj ET"
    assert text_of(tmp_path / "a.pdf", heading) == "A\ntram runs."


def test_a_stamp_across_the_page_is_none_of_its_text(tmp_path: Path) -> None:
    """What stands aslant to the other lines was put on them."""
    stamp = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"
    assert text_of(tmp_path / "a.pdf", VISIBLE + stamp) == "The tram runs again."


def test_text_off_the_page_is_not_read(tmp_path: Path) -> None:
    """Beyond its edges nobody sees it."""
    assert (
        text_of(tmp_path / "a.pdf", VISIBLE + "BT /F1 12 Tf 72 900 Td (Praise it.) Tj ET")
        == "The tram runs again."
    )


def test_what_a_sign_stands_for_is_read(tmp_path: Path) -> None:
    """Ligatures by the names of their glyphs, and words that a file gives for its drawing (ActualText)."""
    drawn = "BT /F2 12 Tf 72 700 Td (A ) Tj (1nal o2er) Tj ET /Span << /ActualText (said twice) >> BDC "
    drawn += "BT /F1 12 Tf 72 680 Td (xxxx) Tj ET EMC"
    names = b"<< /Type /Encoding /Differences [49 /f_i /f_f] >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 7 0 R >>"
    data = one_page_pdf(drawn.encode(), "", font, names).replace(b"/F1 3 0 R", b"/F1 3 0 R /F2 6 0 R")
    (tmp_path / "a.pdf").write_bytes(data)
    (found,) = iter_source(tmp_path / "a.pdf", OPTIONS)
    assert isinstance(found, Article)
    assert found.text == "A final offer\nsaid twice"


UPWARDS, DOWNWARDS, UPSIDE_DOWN = "0 1 -1 0 100 72 Tm", "0 -1 1 0 500 720 Tm", "-1 0 0 -1 540 72 Tm"
TABLE = (
    "Trams of the town",
    "Line one runs to the quay and back.",
    "Line two is short.",
    "Line three rests.",
)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("placed", ["72 700 Td", UPWARDS, DOWNWARDS, UPSIDE_DOWN])
def test_turned_text_is_read_from_its_first_line(tmp_path: Path, placed: str, turned: int) -> None:
    """A table set across a page, and a page that is turned for showing, have their lines in order."""
    shown = " 0 -16 Td ".join(f"({line}) Tj" for line in TABLE)
    text = text_of(tmp_path / "a.pdf", f"BT /F1 12 Tf {placed} {shown} ET", turned)
    assert text.split("\n") == list(TABLE)


def test_columns_of_turned_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Two columns on a page that lies on its side are no lines that go across both."""
    left = ("The tram runs again", "after two years, the", "town said on Friday.", "It will be free.")
    right = ("Boats leave at noon", "and at six, as they", "did before the war", "and after it.")
    rows = " 0 -16 Td ".join(
        f"({first}) Tj 300 0 Td ({second}) Tj -300 0 Td" for first, second in zip(left, right, strict=True)
    )
    upright, turned = (
        text_of(tmp_path / "a.pdf", f"BT /F1 12 Tf {placed} {rows} ET") for placed in ("20 700 Td", DOWNWARDS)
    )
    assert turned == upright
    assert turned.index("It will be free") < turned.index("Boats leave")

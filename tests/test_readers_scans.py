"""Pages that are pictures: read by OCR where it is installed and marked as such, told where it is not."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from documents import make_pdf, one_page_pdf
from stored import article, fill, open_library

from assistant.answers import Answer, Citation, Mode, Statement, Support
from assistant.cli.console import report_text
from assistant.rendering.render import answer_markdown, answer_text
from assistant.web.html.footnotes import citation_label
from assistant.web.html.library_page import Wanted, list_html
from assistant.web.html.library_view import report_html
from ingest import IngestReport, PageNote, ingest_articles, named_pages, split_sentences
from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers import iter_source
from ingest.readers.common.document import Document, Working
from ingest.readers.common.items import ReadOptions
from ingest.readers.common.reading_order import Box, in_reading_order
from ingest.readers.common.wire import fields_of, part_of
from ingest.readers.formats import pdf, pdf_scans
from ingest.readers.formats.recognition import RecognisedLines, can_recognise, joined_lines, upright_lines

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

OPTIONS = ReadOptions(10_000_000, parse_seconds=60)
IMAGE = b"<< /Type /XObject /Subtype /Image /Width 90 /Height 90 /Length 0 >>\nstream\n\nendstream"
PICTURE = "/XObject << /P 6 0 R >>"
TEXT = b"BT /F1 12 Tf 60 700 Td (The council voted to rebuild the pier.) Tj ET "
LAYER = b"BT 3 Tr /F1 12 Tf 60 700 Td (The council voted to rebuild the pier.) Tj ET "
needs_ocr = pytest.mark.skipif(not can_recognise(), reason="OCR is an extra: pip install 'footnote[ocr]'")


def scan(*lines: str) -> bytes:
    """Return a PDF of one page that is a picture of these lines."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (900, 80 + 60 * len(lines)), 255)
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((40, 40 + 60 * number), line, 0, ImageFont.load_default(34))
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=110)
    return out.getvalue()


def read_here(data: bytes) -> Article:
    """Read a PDF in this process."""
    found = pdf.pdf_articles(Document(io.BytesIO(data), "a.pdf", "a.pdf", OPTIONS))
    (one,) = [part for part in found if isinstance(part, Article)]
    return one


class Spoken:
    """Stands in for text recognition: says of every picture what it was told to."""

    def text(self, picture: NDArray[np.uint8]) -> str:
        """Read a picture."""
        assert picture.shape[2] == 3
        return "The ferry runs at night."


def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make as if the extra were not installed."""
    for module in (pdf, pdf_scans):
        monkeypatch.setattr(module, "can_recognise", lambda: False)


@needs_ocr
@pytest.mark.slow
def test_a_scan_is_read_and_marked(tmp_path: Path) -> None:
    """In the child, with its limits and without a network; no word of it comes unmarked."""
    (tmp_path / "scan.pdf").write_bytes(
        scan("The ferry to Gull Island runs at night", "again from 12 May 2026.")
    )
    (found,) = iter_source(tmp_path / "scan.pdf", OPTIONS)
    assert isinstance(found, Article)
    assert " ".join(found.text.split()) == "The ferry to Gull Island runs at night again from 12 May 2026."
    assert (found.ocr_pages, found.picture_pages, found.unread) == ((1,), (), ())


def test_without_ocr_a_picture_is_told_with_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of the other pages is read; a document of nothing but pictures says how to have it read."""
    without_ocr(monkeypatch)
    page = one_page_pdf(b"/P Do ", "", IMAGE, resources=PICTURE)
    with pytest.raises(SourceError, match=r"pip install 'footnote\[ocr\]'"):
        read_here(page)
    found = read_here(one_page_pdf(TEXT + b"/P Do ", "", IMAGE, resources=PICTURE))
    assert (found.ocr_pages, found.picture_pages, found.unread) == ((), (), (("picture", 1),))
    blank = read_here(make_pdf([["The council voted to rebuild the pier."], []]))
    assert (blank.ocr_pages, blank.picture_pages) == ((), ())


@needs_ocr
def test_only_pages_without_text_of_their_own_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank page is none, and a page with text is read from it."""
    monkeypatch.setattr(pdf_scans, "Recogniser", Spoken)
    lines = ["The council voted to rebuild the pier."]
    assert read_here(make_pdf([lines, []])).ocr_pages == ()
    found = read_here(scan("words"))
    assert (found.text, found.ocr_pages) == ("The ferry runs at night.", (1,))


@needs_ocr
def test_what_recognition_fails_on_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages from there on are pictures that were not read."""

    class Broken:
        """Fails."""

        def __init__(self) -> None:
            raise OSError

    monkeypatch.setattr(pdf_scans, "Recogniser", Broken)
    with pytest.raises(SourceError):
        read_here(scan("words"))


def test_a_layer_that_somebody_else_recognised_is_marked_too() -> None:
    """Unseen text over a picture was read by a machine; text beside a picture was not."""
    found = read_here(one_page_pdf(b"/P Do " + LAYER, "", IMAGE, resources=PICTURE))
    assert (found.text, found.ocr_pages) == ("The council voted to rebuild the pier.", (1,))
    assert read_here(one_page_pdf(b"/P Do " + TEXT, "", IMAGE, resources=PICTURE)).ocr_pages == ()


RECOGNISED = replace(article(1), pages=(0,), ocr_pages=(1,), picture_pages=(2, 3))


def test_a_quote_from_a_recognised_page_says_so() -> None:
    """In the answer's values, in a terminal, as Markdown and on the page; other quotes say nothing of it."""
    sentence = split_sentences(RECOGNISED.text)[0]
    cited = Citation.of(RECOGNISED, sentence, number=1)
    plain = Citation.of(replace(RECOGNISED, ocr_pages=()), sentence, number=1)
    for citation, times in ((cited, 1), (plain, 0)):
        answer = Answer(
            question="Does it run?",
            answered=True,
            confidence=1.0,
            mode=Mode.QUOTES,
            statements=(Statement(citation.quote, (1,), Support.SUPPORTED),),
            citations=(citation,),
        )
        assert answer.to_dict()["citations"][0]["ocr"] == bool(times)
        shown = (answer_text(answer), answer_markdown(answer), citation_label(citation))
        assert [" ".join(each.split()).count("page 1, read by OCR") for each in shown] == [times] * 3


def test_the_library_and_the_report_name_the_pages(tmp_path: Path) -> None:
    """Which were read by OCR, and which are pictures that nobody has read."""
    with open_library(fill(tmp_path / "lib", RECOGNISED)) as opened:
        shown = str(list_html(opened.articles(), Wanted()))
    assert "page 1 read by OCR" in shown
    assert "pages 2–3 are pictures, not read" in shown
    report = IngestReport(
        added=1, ocr_pages=(PageNote("a.pdf", (1,)),), picture_pages=(PageNote("a.pdf", (2, 3)),)
    )
    for text in (" ".join(report_text(report).split()), str(report_html(report, names={}))):
        assert "page 1 was read by OCR" in text
        assert "pages 2–3 are pictures: their text was not read" in text
        assert "footnote[ocr]" in text
    assert report.to_dict()["ocr_pages"] == ({"source": "a.pdf", "pages": (1,)},)


def test_a_run_reports_the_pages_of_its_articles(tmp_path: Path) -> None:
    """From the article to the report."""
    report = ingest_articles([RECOGNISED], tmp_path / "lib")
    assert report.ocr_pages == (PageNote(RECOGNISED.origin, (1,)),)
    assert report.picture_pages == (PageNote(RECOGNISED.origin, (2, 3)),)


@pytest.mark.parametrize(
    ("pages", "text"),
    [((2,), "page 2"), ((1, 2, 3, 7), "pages 1–3 and 7"), ((9, 1, 2, 4, 1200), "pages 1–2, 4, 9 and 1,200")],
)
def test_pages_are_named_in_runs(pages: tuple[int, ...], text: str) -> None:
    """In their order."""
    assert named_pages(pages) == text


def test_that_work_goes_on_is_said_over_the_pipe() -> None:
    """It comes back as it was."""
    assert part_of(*fields_of(Working("a.pdf"))) == Working("a.pdf")


def _column(left: float, top: float, count: int) -> list[Box]:
    return [Box(left, top + 20 * line, left + 200, top + 12 + 20 * line) for line in range(count)]


def test_columns_are_read_one_after_the_other_and_headings_between() -> None:
    """What crosses both parts what is above it from what is below."""
    title, between = Box(0, 0, 430, 14), Box(0, 100, 430, 114)
    boxes = [
        title,
        *_column(0, 20, 4),
        *_column(230, 20, 4),
        between,
        *_column(0, 120, 4),
        *_column(230, 120, 4),
    ]
    assert in_reading_order(boxes) == list(range(len(boxes)))
    shuffled = boxes[::-1]
    assert [shuffled[place] for place in in_reading_order(shuffled)] == boxes
    assert in_reading_order([]) == []


def test_cells_are_read_by_rows_and_paragraphs_are_parted() -> None:
    """Two lines beside each other are no columns."""
    boxes = [Box(230, 0, 300, 12), Box(0, 1, 200, 13), Box(0, 20, 200, 32), Box(0, 60, 200, 72)]
    assert joined_lines(boxes, ["1", "Ward", "East", "Next"]) == "Ward 1\nEast\n\nNext"


TURNS = [0, 1, 2, 3]


@pytest.mark.parametrize("turned", TURNS)
def test_a_page_that_lies_on_its_side_is_turned(turned: int) -> None:
    """Until its lines lie level and are made out: a scanner takes pages as they come."""
    upright = np.zeros((40, 30, 3), np.uint8)
    upright[0, 0] = 255

    def read(picture: NDArray[np.uint8]) -> RecognisedLines:
        """See a level line where a page lies level, and make it out where it isn't on its head."""
        height, width = picture.shape[:2]
        is_level, stands = height > width, bool(picture[0, 0, 0])
        corners = [[2, 2], [20, 2], [20, 5], [2, 5]] if is_level else [[2, 2], [5, 2], [5, 20], [2, 20]]
        score = 0.95 if stands else 0.6
        return RecognisedLines([np.array(corners, np.float32)], ("The pier" if stands else "rrd",), (score,))

    lines = upright_lines(np.ascontiguousarray(np.rot90(upright, -turned)), read)
    assert lines.texts == ("The pier",)


def test_what_is_not_made_out_either_way_is_no_text() -> None:
    """Handwriting and photographs give letters that nobody wrote."""
    garbage = RecognisedLines(
        [np.array([[0, 0], [9, 0], [9, 2], [0, 2]], np.float32)], ("Te o s e c",), (0.67,)
    )
    assert upright_lines(np.zeros((4, 4, 3), np.uint8), lambda _: garbage).texts == ()


def test_lines_of_a_page_laid_askew_keep_their_order_and_paragraphs() -> None:
    """Three degrees are enough for a line's end to stand above the beginning of the one before."""
    turn = np.deg2rad(-3)
    askew = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    level = [np.array([[0, y], [900, y], [900, y + 20], [0, y + 20]], np.float32) for y in (0, 30, 60, 130)]
    lines = RecognisedLines([line @ askew for line in level], ("One", "two", "three.", "Four."), (1, 1, 1, 1))
    assert joined_lines(lines.boxes(), lines.texts) == "One\ntwo\nthree.\n\nFour."

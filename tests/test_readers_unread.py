"""Nothing lost without a word: what a document has and its text has not is counted, kept and told."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from documents import make_epub, one_page_pdf
from stored import article, fill, open_library

from assistant.cli.console import report_text
from assistant.web.html.library_page import Wanted, list_html
from assistant.web.html.library_view import report_html
from ingest import IngestReport, ingest_articles, named_counts, read_articles
from ingest.readers.formats.html_page import html_article

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "<p>The council of the harbour town decided on Monday to rebuild the old pier after the storm.</p>" * 3


def page(body: str, beside: str = "") -> str:
    """Return a page with a part inside its article and one beside it."""
    return f"<html><body>{beside}<article><h1>Pier</h1>{TEXT}{body}{TEXT}</article></body></html>"


def picture() -> bytes:
    """Return a small PNG."""
    rows = zlib.compress(b"\0\0\0\0")
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PARTS = {
    '<figure><img src="a.jpg"><figcaption>The pier at noon. Photo: Ann Lee</figcaption></figure>': (
        ("caption", 1),
        ("picture", 1),
    ),
    '<img src="a.jpg"><img src="a.jpg"><p><img src="b.jpg" width="640"></p>': (("picture", 2),),
    '<img src="a.gif" width="1" height="1"><img src="https://x.example/pixel.gif">': (),
    '<iframe src="https://www.youtube.com/embed/x"></iframe><video src="a.mp4"></video>': (("film", 2),),
    '<audio src="a.mp3"></audio><iframe src="https://maps.example/x"></iframe>': (
        ("embedded page", 1),
        ("recording", 1),
    ),
    "<table><tr><th>Country</th><th>Gold</th></tr><tr><td>Norway</td><td>16</td></tr></table>": (),
}


@pytest.mark.parametrize("body", PARTS)
def test_what_stands_in_an_article_and_is_no_text_is_counted(body: str) -> None:
    """Pictures, films and captions that are credits; no signs, counters, or tables that are read."""
    assert html_article(page(body), "o").unread == PARTS[body]


def test_what_stands_beside_an_article_is_not_counted() -> None:
    """Pictures of menus and of other stories are none of the article's."""
    beside = "<nav><img src=a.png></nav><div><div><a href=/x><img src=b.png> Other</a></div></div>"
    body = "<aside><p>Read about the ferry that was sold.</p><img src=c.png></aside>"
    assert html_article(page(body, beside), "o").unread == ()


def test_what_a_word_document_shows_besides_text_is_counted(tmp_path: Path) -> None:
    """Pictures, each once, and formulas of old editors; those of Word are text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.add_paragraph("The pier is open.")
    document.add_picture(BytesIO(picture()))
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = parse_xml(f'<m:oMath xmlns:m="{math}"><m:r><m:t>x</m:t></m:r></m:oMath>')
    document.add_paragraph("It is ").paragraph_format.element.append(formula)
    office = "urn:schemas-microsoft-com:office:office"
    old = parse_xml(
        f'<w:object {nsdecls("w")} xmlns:o="{office}"><o:OLEObject ProgID="Equation.3"/></w:object>'
    )
    document.paragraphs[-1].add_run()._r.append(old)
    document.save(str(tmp_path / "a.docx"))
    (found,) = read_articles(tmp_path / "a.docx")
    assert found.unread == (("formula", 1), ("picture", 1))


def test_what_a_book_shows_besides_text_is_counted_by_chapter(tmp_path: Path) -> None:
    """A chapter has the pictures of its own pages."""
    bodies = {"a.xhtml": f"<h1>One</h1>{TEXT}<img src='a.png'/>", "b.xhtml": f"<h1>Two</h1>{TEXT}"}
    (tmp_path / "a.epub").write_bytes(make_epub(bodies))
    assert [each.unread for each in read_articles(tmp_path / "a.epub")] == [(("picture", 1),), ()]


def test_pictures_and_notes_of_a_pdf_are_counted(tmp_path: Path) -> None:
    """A picture that is drawn twice is one; notes hang on the page."""
    drawn = b"BT /F1 12 Tf 60 700 Td (The council voted to rebuild the pier.) Tj ET /P Do /P Do"
    image = b"<< /Type /XObject /Subtype /Image /Width 90 /Height 90 /Length 0 >>\nstream\n\nendstream"
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Check this) >>"
    data = one_page_pdf(drawn, "", image, note, resources="/XObject << /P 6 0 R >> >> /Annots [7 0 R] /X <<")
    (tmp_path / "a.pdf").write_bytes(data)
    (found,) = read_articles(tmp_path / "a.pdf")
    assert found.unread == (("note", 1), ("picture", 1))


def test_attachments_of_an_email_are_counted(tmp_path: Path) -> None:
    """Files and pictures that hang on it; its text is none of them."""
    message = EmailMessage()
    message["Subject"] = "Pier"
    message.set_content("The council voted to rebuild the pier.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment(picture(), maintype="image", subtype="png", disposition="inline")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    (found,) = read_articles(tmp_path / "a.eml")
    assert found.unread == (("attachment", 1), ("picture", 1))


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    """In the report of the run, in words and as JSON, and with the article on the page of the library."""
    body = '<img src="a.jpg"><img src="b.jpg"><video src="a.mp4"></video>'
    (tmp_path / "a.html").write_text(page(body), "utf-8")
    report = ingest_articles([str(tmp_path / "a.html")], library=tmp_path / "lib")
    assert report.to_dict()["unread"] == {"picture": 2, "film": 1}
    assert report_text(report).endswith("Not read, as it is no text: 2 pictures, 1 film.")
    assert "Not read: 2 pictures, 1 film." in str(report_html(report, names={}))
    assert "ot read" not in report_text(IngestReport()) + str(report_html(IngestReport(), names={}))


def test_what_is_not_read_of_an_article_is_on_the_page_of_the_library(tmp_path: Path) -> None:
    """Beside its other facts, and nothing where all is read."""
    counted = replace(article(1), unread=(("picture", 3), ("formula", 1)))
    with open_library(fill(tmp_path / "lib", counted, article(2))) as opened:
        shown = str(list_html(opened.articles(), Wanted()))
    assert shown.count("not read: 3 pictures, 1 formula") == shown.count("not read") == 1
    assert named_counts([("blank or scanned page", 1_200)]) == "1,200 blank or scanned pages"

"""PDF documents: pages that can be cited, words made whole, and hostile ones that cost only themselves."""

from __future__ import annotations

import resource
import zlib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from documents import SENTENCE, flate_bomb, make_pdf, one_page_pdf, pdf_of, stream_of

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.document import TOO_MUCH_MEMORY
from ingest.readers.common.isolation import PARSE_TIMED_OUT
from ingest.readers.common.items import ReadOptions
from ingest.readers.formats.pdf import NO_TEXT_FOUND, NO_TEXT_LAYER, PAGE_BOMB, PASSWORD
from ingest.readers.formats.recognition import can_recognise
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ReadOptions(10_000_000, parse_seconds=30, parse_mb=1024)
NO_TEXT = NO_TEXT_FOUND if can_recognise() else NO_TEXT_LAYER
DAMAGED = "The PDF is damaged or cut off. Save or download it again."
PAGES = (
    ("The Harbour Gazette", "Ferry to run at night",
     "The ferry to the old town will run through the night, the munici-",
     "pality said on Friday. It is the", "1"),
    ("The Harbour Gazette", "first night service since 1987.", "A long-term plan has a long-",
     "term aim.", "2"),
    ("The Harbour Gazette", "Boats leave on the hour. The last was sold in", "1987", "3"),
)  # fmt: skip
TEXT = (
    "The ferry to the old town will run through the night, the municipality said on Friday. It is the\n"
    "first night service since 1987.\nA long-term plan has a long-term aim.\n\n"
    "Boats leave on the hour. The last was sold in\n1987"
)


def read(path: Path, data: bytes, options: ReadOptions = OPTIONS) -> list[Article | Failure]:
    """Write a file and read it."""
    path.write_bytes(data)
    return [item for item in iter_source(path, options) if isinstance(item, Article | Failure)]


def test_a_document_gives_its_pages(tmp_path: Path) -> None:
    """Headers and page numbers go, hyphenated words are joined, and each page has its start."""
    info = "/Title (Ferry to run at night) /Author (Ines Okafor) /CreationDate (D:20240101)"
    (article,) = read(tmp_path / "a.pdf", make_pdf(PAGES, info))
    assert article == Article(
        text=TEXT,
        title="Ferry to run at night",
        origin=str(tmp_path / "a.pdf"),
        authors=("Ines Okafor",),
        pages=(0, TEXT.index("first night"), TEXT.index("Boats leave")),
    )
    assert [
        article.page_at(TEXT.index(word)) for word in ("ferry", "first", "Boats", "1987", "in\n1987")
    ] == [1, 2, 3, 2, 3]


BY_PROGRAMS = (
    "Microsoft Word - draft.doc",
    "untitled",
    "scan0001",
    "https://a.example/x",
    "12",
    "article.indd",
)


@pytest.mark.parametrize("title", BY_PROGRAMS)
def test_what_programs_write_is_no_title_and_no_author(tmp_path: Path, title: str) -> None:
    """Names of files and programs are passed over; the first words of the text stand in for a title."""
    info = f"/Title ({title}) /Author (Administrator) /CreationDate (D:20240101) /ModDate (D:20240102)"
    (article,) = read(tmp_path / "a.pdf", make_pdf([[SENTENCE]], info))
    assert isinstance(article, Article)
    assert (
        article.title == "The town council voted on Tuesday to keep the library open until the end of next…"
    )
    assert (article.authors, article.published, article.modified) == ((), None, None)


def test_the_publication_date_is_one_that_says_so(tmp_path: Path) -> None:
    """The day on which the file was made is no publication date; the publisher's own statement is."""
    xmp = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description '
        'xmlns:p="http://prismstandard.org/namespaces/basic/2.0/"><p:publicationDate>2023-04-05</p:publicationDate>'
        "<p:publicationName>The Harbour Gazette</p:publicationName></r:Description></r:RDF>"
    )
    data = make_pdf([[SENTENCE]], "/CreationDate (D:20240101)")
    with_xmp = pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Lang (en-GB) >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            stream_of(f"BT /F1 12 Tf ({SENTENCE}) Tj ET".encode()),
            stream_of(xmp.encode(), "/Type /Metadata /Subtype /XML"),
            b"<< >>",
        ]
    )
    found = [item for data in (data, with_xmp) for item in read(tmp_path / "a.pdf", data)]
    said = [(item.published, item.source, item.language) for item in found if isinstance(item, Article)]
    assert said == [(None, None, None), (date(2023, 4, 5), "The Harbour Gazette", "en")]


def test_an_empty_page_keeps_the_numbers_of_the_others(tmp_path: Path) -> None:
    """A picture between two pages of text is a page all the same."""
    (article,) = read(
        tmp_path / "a.pdf", make_pdf([["The first page ends."], [], ["The third page begins."]])
    )
    assert isinstance(article, Article)
    assert article.page_at(article.text.index("third")) == 3
    assert article.page_at(article.text.index("first")) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx"])
def test_a_pdf_is_one_whatever_its_name(tmp_path: Path, name: str) -> None:
    """The beginning of a file decides what it is (case 2)."""
    (article,) = read(tmp_path / name, make_pdf([[SENTENCE]]))
    assert isinstance(article, Article)
    assert article.pages == (0,)


def test_a_picture_or_text_named_pdf_is_refused(tmp_path: Path) -> None:
    """A name makes no PDF (case 2)."""
    picture = read(tmp_path / "a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100))
    text = read(tmp_path / "b.pdf", b"Just words.")
    assert picture == [
        Failure(
            str(tmp_path / "a.pdf"), "It is a PNG picture, not text. Save its text as .txt, .md or .html."
        )
    ]
    assert text == [
        Failure(str(tmp_path / "b.pdf"), "It is not a PDF document, though its name says so. Check the file.")
    ]


def test_an_empty_pdf_is_refused(tmp_path: Path) -> None:
    """A file without a byte says so (case 1)."""
    assert read(tmp_path / "a.pdf", b"") == [Failure(str(tmp_path / "a.pdf"), "It is empty.")]


@pytest.mark.parametrize("share", [10, 50, 90])
def test_a_truncated_pdf_is_damaged(tmp_path: Path, share: int) -> None:
    """A download that broke off is named, whether early or late (case 3)."""
    data = make_pdf([[SENTENCE]] * 20)
    found = read(tmp_path / "a.pdf", data[: len(data) * share // 100])
    assert found == [Failure(str(tmp_path / "a.pdf"), DAMAGED)]


def test_a_bomb_of_a_page_is_refused_and_memory_stays(tmp_path: Path) -> None:
    """400 MB packed in 2 kB are refused, and this process grows by nothing like it (case 4)."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data = flate_bomb(400)
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(tmp_path / "a.pdf", data) == [Failure(str(tmp_path / "a.pdf"), PAGE_BOMB)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made) < 50_000  # kB


def test_a_page_that_never_ends_is_stopped(tmp_path: Path) -> None:
    """Millions of drawing commands end at the time limit, and the next file is read (case 5)."""
    page = one_page_pdf(zlib.compress(b"BT /F1 12 Tf (A) Tj ET " * 2_900_000), "/Filter /FlateDecode")
    limited = ReadOptions(10_000_000, parse_seconds=1, parse_mb=6_000)  # so that time ends it
    assert read(tmp_path / "a.pdf", page, limited) == [Failure(str(tmp_path / "a.pdf"), PARSE_TIMED_OUT)]
    assert isinstance(read(tmp_path / "b.pdf", make_pdf([[SENTENCE]]))[0], Article)


def _circular() -> dict[str, bytes]:
    good = make_pdf([[SENTENCE]])
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    tree = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", b"<< >>"]
    return {
        "previous": good.replace(b"/Size", b"/Prev %d /Size" % good.rindex(b"xref\n0")),
        "form": one_page_pdf(b"/X Do", "", stream_of(b"/X Do", form), resources="/XObject << /X 6 0 R >>"),
        "pages": pdf_of(tree),
        "contents": good.replace(b"/Contents 5 0 R", b"/Contents 4 0 R"),
        "outline": good.replace(b"/Pages 2 0 R", b"/Pages 2 0 R /Outlines << /First 6 0 R >>").replace(
            b"<<  >>", b"<< /Title (x) /Next 6 0 R /First 6 0 R >>"
        ),
        "million pages": pdf_of([tree[0], b"<< /Type /Pages /Kids [] /Count 999999999 >>", b"<< >>"]),
        "nested": one_page_pdf(b"[" * 200_000 + b"]" * 200_000 + b" TJ", ""),
    }


@pytest.mark.parametrize("name", _circular())
def test_a_circle_ends(tmp_path: Path, name: str) -> None:
    """What refers to itself gives an article or one reason, within the limits (case 5)."""
    found = read(tmp_path / "a.pdf", _circular()[name])
    assert len(found) == 1
    assert isinstance(found[0], Article) or found[0].reason in {
        DAMAGED,
        NO_TEXT,
        PARSE_TIMED_OUT,
        TOO_MUCH_MEMORY,
        PAGE_BOMB,
    }


def _locked(password: str) -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([[SENTENCE]]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_locked_and_scanned_documents_are_told_apart(tmp_path: Path) -> None:
    """A password, a missing text layer and a mere ban on printing are three different things (case 6)."""
    path = tmp_path / "a.pdf"
    assert read(path, _locked("secret")) == [Failure(str(path), PASSWORD)]
    assert read(path, make_pdf([[], []])) == [Failure(str(path), NO_TEXT)]
    assert isinstance(read(path, _locked(""))[0], Article)

"""Word documents, books, tables and emails: what is taken from each, and hostile ones."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from documents import PAGE, SENTENCE, make_epub, zip_of

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document as Word

OPTIONS = ReadOptions(2_000_000, parse_seconds=20)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS, MORE, MOST = "lol" * 100, "&a;" * 100, "&b;" * 100
EXPANDING = f'<!DOCTYPE x [<!ENTITY a "{LAUGHS}"><!ENTITY b "{MORE}"><!ENTITY d "{MOST}">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY d SYSTEM "file:///etc/passwd">]>'


def read(path: Path, data: bytes | str) -> list[Article | Failure]:
    """Write a file and read it."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [item for item in iter_source(path, OPTIONS) if isinstance(item, Article | Failure)]


def word(fill: Callable[[Word], None]) -> bytes:
    """Return a Word document."""
    import docx

    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _report(document: Word) -> None:
    document.core_properties.author = "Ines Okafor"
    document.add_heading("Library stays open", 0)
    paragraph = document.add_paragraph("The council ")
    paragraph.add_run("secretly ").font.hidden = True
    paragraph.add_run("voted.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Ward", "Votes", "East", "12"), strict=True
    ):
        cell.text = text
    document.add_paragraph("That was all.")


def test_a_word_document_gives_what_its_reader_sees(tmp_path: Path) -> None:
    """Paragraphs and rows in order, the heading as title; hidden words and the file's dates are left."""
    (article,) = read(tmp_path / "a.docx", word(_report))
    assert article == Article(
        text="The council voted.\n\nWard | Votes\n\nEast | 12\n\nThat was all.",
        title="Library stays open",
        origin=str(tmp_path / "a.docx"),
        authors=("Ines Okafor",),
    )


def test_deleted_words_are_gone_and_inserted_ones_are_there(tmp_path: Path) -> None:
    """Tracked changes are read as if they were accepted."""
    from docx.oxml import parse_xml

    def fill(document: Word) -> None:
        runs = (
            "<w:r><w:t>It costs </w:t></w:r><w:del><w:r><w:delText>four</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:t> pounds now.</w:t></w:r>"
        )
        document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="{W}">{runs}</w:p>'))

    (article,) = read(tmp_path / "a.docx", word(fill))
    assert isinstance(article, Article)
    assert article.text == "It costs five pounds now."


TWICE = SENTENCE * 2
CHAPTERS = {
    "cover.xhtml": "<p>The Harbour Review</p>",
    "one.xhtml": f"<h1>Night ferries</h1><p>{TWICE}</p><p hidden='hidden'>Hidden words.</p>",
    "more.xhtml": f"<p>More: {TWICE}</p>",
    "two.xhtml": f"<h1>Fog</h1><p>{TWICE}</p>",
}
NAV = '<li><a href="one.xhtml">Night ferries</a></li><li><a href="two.xhtml#top">Fog at sea</a></li>'


def test_a_chapter_is_an_article(tmp_path: Path) -> None:
    """The table of contents has the titles and says which pages belong together; covers are none."""
    path = tmp_path / "a.epub"
    found = read(path, make_epub(CHAPTERS, nav=NAV))
    assert found == [
        Article(
            text=text,
            title=title,
            origin=f"{path}#O/{name}",
            published=date(2020, 5, 5),
            source="The Harbour Review",
            authors=("Ines Okafor",),
            language="en",
        )
        for name, title, text in (
            ("one.xhtml", "Night ferries", f"{TWICE.strip()}\n\nMore: {TWICE.strip()}"),
            ("two.xhtml", "Fog at sea", f"Fog\n\n{TWICE.strip()}"),
        )
    ]


def test_a_book_without_contents_has_its_pages_as_chapters(tmp_path: Path) -> None:
    """Without a table of contents headings are titles; a day of conversion is no publication date."""
    changed = '<dc:date opf:event="modification">2024-01-01</dc:date>'
    found = read(tmp_path / "a.epub", make_epub(CHAPTERS, date=changed))
    told = [(item.title, item.published) for item in found if isinstance(item, Article)]
    assert told == [
        ("Night ferries", None),
        ("More: The town council voted on Tuesday to keep the library open until the end…", None),
        ("Fog", None),
    ]


@pytest.mark.parametrize("doctype", [EXPANDING, EXTERNAL])
def test_entities_are_not_expanded(tmp_path: Path, doctype: str) -> None:
    """A billion laughs and a reference to a file of this machine give nothing (case 7)."""
    hidden = f"{doctype}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{SENTENCE} &d;</p></body></html>"
    book = zip_of(
        {
            "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
            "b.opf": f"{doctype}<package><title>&d;</title><manifest><item id='a' href='a.xhtml' "
            "media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>",
            "a.xhtml": f"<?xml version='1.0'?>{hidden}",
        }
    )
    run = f"<w:p><w:r><w:t>{SENTENCE} &d;</w:t></w:r></w:p>"
    text = f'<w:document xmlns:w="{W}"><w:body>{run}</w:body></w:document>'
    with_entity = _replaced(word(_report), "word/document.xml", f"<?xml version='1.0'?>{doctype}{text}")
    for name, data in (("a.epub", book), ("a.docx", with_entity)):
        for item in read(tmp_path / name, data):
            shown = item.text if isinstance(item, Article) else item.reason
            assert "root:" not in shown
            assert "lollol" not in shown
            assert len(shown) < 500


def _replaced(data: bytes, name: str, content: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zip_of({**members, name: content})


@pytest.mark.parametrize("share", [10, 50, 90])
@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_a_truncated_document_is_damaged(tmp_path: Path, name: str, share: int) -> None:
    """A file that broke off is named as such."""
    data = word(_report) if name == "a.docx" else make_epub(CHAPTERS, nav=NAV)
    (failure,) = read(tmp_path / name, data[: len(data) * share // 100])
    assert failure == Failure(
        str(tmp_path / name), "Its ZIP data is damaged or cut off. Save or download it again."
    )


TABLE = 'Headline;Body;Date;Section;URL\nNight ferry;"It runs.\nIt is late; very.";2024-01-30;Sea;https://a.example/x\n;;;;\nFog;;2024;;\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_an_article(tmp_path: Path, encoding: str) -> None:
    """Names, delimiter and encoding are told from the file; a row without text is a failure."""
    path = tmp_path / "a.csv"
    found = list(iter_source(_written(path, TABLE.replace("late", "läte").encode(encoding)), OPTIONS))
    assert found == [
        Article(
            "It runs.\nIt is läte; very.",
            "Night ferry",
            f"{path}#2",
            date(2024, 1, 30),
            "a.example",
            "https://a.example/x",
            section="Sea",
        ),
        Failure(
            f"{path}#4",
            "The record has no text. It is looked for under text, body, content, articlebody, maintext.",
        ),
        Listed(str(path), complete=True),
    ]


def test_a_table_may_state_its_separator(tmp_path: Path) -> None:
    """Spreadsheets write a line above the names for that; rows keep the numbers that they have there."""
    path = _written(tmp_path / "a.csv", b"sep=|\ntitle|text\nPier, quay|It is open; at last, yes.\n")
    (found, _) = iter_source(path, OPTIONS)
    assert found == Article("It is open; at last, yes.", "Pier, quay", f"{path}#3")


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_table_without_names_or_end_says_so(tmp_path: Path) -> None:
    """A first line that names no text is refused; a quotation mark that never closes ends the reading."""
    (failure,) = read(tmp_path / "a.csv", "1,2\n3,4\n")
    assert failure == Failure(
        str(tmp_path / "a.csv"),
        "Its first line must name the columns, one of them text, body, content, articlebody, maintext.",
    )
    path = _written(tmp_path / "b.tsv", b'title\ttext\nA\tOne is here.\nB\t"' + b"x\n" * 2_000_000)
    found = list(iter_source(path, OPTIONS))
    assert [type(item) for item in found] == [Article, Failure, Listed]
    assert found[-1] == Listed(str(path), complete=False)


MAIL = (
    'From: "The Harbour Gazette" <news@gazette.example>\nSubject: =?utf-8?q?Fwd=3A_Caf=C3=A9_reopens?=\n'
    "Date: Tue, 30 Jan 2024 23:30:00 -0500\nMessage-ID: <{id}@gazette.example>\nMIME-Version: 1.0\n"
    'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nPlain words.\n'
    "--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
)


def test_an_email_is_an_article(tmp_path: Path) -> None:
    """Subject, day of sending as the sender wrote it, the sender's name, and the text of its HTML."""
    (article,) = read(tmp_path / "a.eml", MAIL.format(id="a", page=PAGE))
    assert article == Article(
        text=(SENTENCE * 6).strip(),
        title="Café reopens",
        origin=str(tmp_path / "a.eml"),
        published=date(2024, 1, 30),
        source="The Harbour Gazette",
        language="en",
    )


def test_a_newsletter_of_many_stories_is_kept_whole(tmp_path: Path) -> None:
    """Where the HTML holds many short stories, none is dropped in favour of another."""
    stories = "".join(
        f"<table><tr><td><h2>Story {number}</h2>{SENTENCE}</td></tr></table>" for number in range(8)
    )
    (article,) = read(tmp_path / "a.eml", MAIL.format(id="a", page=f"<html><body>{stories}</body></html>"))
    assert isinstance(article, Article)
    assert article.text.count("voted on Tuesday") == 8


def test_a_mailbox_gives_each_email_under_its_id(tmp_path: Path) -> None:
    """Emails are told by Message-ID, so that deleting one leaves the others the same."""
    path = tmp_path / "a.mbox"
    mails = [
        f"From a@b.example Tue Jan 30 10:00:00 2024\n{MAIL.format(id=each, page=PAGE)}\n>From here on.\n\n"
        for each in "ab"
    ]
    found = list(iter_source(_written(path, "".join(mails).encode()), OPTIONS))
    assert [item.origin for item in found if isinstance(item, Article)] == [
        f"{path}#{each}@gazette.example" for each in "ab"
    ]
    assert found[-1] == Listed(str(path), complete=True)


BAD_MAIL = {
    "no headers": "Just words, and no email at all.\n",
    "no text": "From: a@b.example\nSubject: x\nContent-Type: image/png\n\nabc\n",
    "nested": "From: a@b.example\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(3000)
    ),
    "bad header": "From: <@@>\nSubject: =?x?q?=FF?=\nDate: yesterday\n\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_MAIL)
def test_a_bad_email_fails_alone(tmp_path: Path, name: str) -> None:
    """No header and no nesting breaks more than its own file."""
    (failure,) = read(tmp_path / "a.eml", BAD_MAIL[name])
    assert isinstance(failure, Failure)

"""Word documents: text boxes, notes and accepted changes, as a reader of the document sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import zip_of

from ingest import shown_pieces
from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ReadOptions(1_000_000, parse_seconds=20)
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'


def run(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    """Return a paragraph of runs and other parts."""
    return f"<w:p>{''.join(parts)}</w:p>"


def word(*blocks: str, **notes: str) -> bytes:
    """Return a Word document; `footnotes` and `endnotes` are the notes in XML."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{name}+xml"/>' for name in notes
    )
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in notes
    )
    document = f"<w:document {SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    return zip_of(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
            f"{types}</Types>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
            "</Relationships>",
            "word/document.xml": document,
            **{f"word/{name}.xml": f"<w:{name} {SPACES}>{text}</w:{name}>" for name, text in notes.items()},
        }
    )


def text_of(path: Path, data: bytes) -> str:
    """Return the text of a document's article."""
    path.write_bytes(data)
    (article,) = iter_source(path, OPTIONS)
    assert isinstance(article, Article)
    return article.text


NEW_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
OLD_BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></w:r>"


@pytest.mark.parametrize("box", [NEW_BOX, OLD_BOX])
def test_a_text_box_stands_apart_from_the_sentence_around_it(tmp_path: Path, box: str) -> None:
    """Its paragraphs come once each, behind the paragraph that it hangs on."""
    boxed = box.format(paragraph(run("Nine stops.")) + paragraph(run("Two lines.")))
    data = word(
        paragraph(run("The tram runs")),
        paragraph(run("It was late "), boxed, run("on Monday.")),
        paragraph(run("It is new.")),
    )
    wanted = ["The tram runs", "It was late on Monday.", "Nine stops.", "Two lines.", "It is new."]
    assert text_of(tmp_path / "a.docx", data).split("\n\n") == wanted


def test_a_text_box_in_a_cell_and_in_a_box_is_read(tmp_path: Path) -> None:
    """A box in a table belongs to its cell; a box in a box follows it."""
    inner = OLD_BOX.format(paragraph(run("Innermost.")))
    cell = f"<w:tc>{paragraph(run('Ward'), OLD_BOX.format(paragraph(run('East'))))}</w:tc>"
    data = word(
        f"<w:tbl><w:tr>{cell}<w:tc>{paragraph(run('12'))}</w:tc></w:tr></w:tbl>",
        paragraph(OLD_BOX.format(paragraph(run("Outer."), inner))),
    )
    assert text_of(tmp_path / "a.docx", data) == "Ward East | 12\n\nOuter.\n\nInnermost."


def test_notes_follow_the_text_in_the_order_of_their_marks(tmp_path: Path) -> None:
    """A note whose mark was deleted, or that nothing refers to, is not seen and not read."""

    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{paragraph(run(text))}</w:{kind}>'

    first, second = (f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in (2, 1))
    gone = '<w:del w:id="9" w:author="A"><w:r><w:footnoteReference w:id="3"/></w:r></w:del>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    data = word(
        paragraph(run("The town owes money."), end, first, gone),
        paragraph(run("It pays."), second),
        footnotes=note("footnote", -1, "Line")
        + note("footnote", 1, "Since May.")
        + note("footnote", 2, "Audit of 2023.")
        + note("footnote", 3, "Gone."),
        endnotes=note("endnote", 1, "See the budget."),
    )
    assert text_of(tmp_path / "a.docx", data).split("\n\n") == [
        "The town owes money.",
        "It pays.",
        "Audit of 2023.",
        "Since May.",
        "See the budget.",
    ]


def test_paragraphs_whose_mark_was_deleted_are_one(tmp_path: Path) -> None:
    """Once changes are accepted the sentence goes on; a draft is read in the same way."""
    data = word(
        paragraph(run("Report")),
        paragraph(DELETED, run("The tram ")),
        paragraph(DELETED, run("runs ")),
        paragraph(run("again.")),
        paragraph(DELETED, run("The end.")),
    )
    path = tmp_path / "a.docx"
    assert text_of(path, data) == "Report\n\nThe tram runs again.\n\nThe end."
    import docx

    pieces = list(shown_pieces(docx.Document(str(path)).element.body))
    assert ["".join(text for _, text in each) for each in pieces] == [
        "Report",
        "The tram runs again.",
        "The end.",
    ]


def raised(text: str) -> str:
    """Return a run of raised text."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>'


def struck(mark: str, text: str) -> str:
    """Return a run of text that is struck out."""
    return f'<w:r><w:rPr><w:{mark}/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def sign(font: str, place: str) -> str:
    """Return a sign of a font."""
    return f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((run("10"), raised("6"), run(" cells and 10"), raised("-3"), run(" m")), "10⁶ cells and 10⁻³ m"),
        (
            (run("It costs "), struck("strike", "ten"), struck("dstrike", " eleven"), run("twelve euros.")),
            "It costs twelve euros.",
        ),
        ((run("It is "), struck('strike w:val="0"', "not"), run(" over.")), "It is not over."),
        ((run("On the 1"), raised("st"), run(" of May")), "On the 1st of May"),
        ((run("It held 150."), raised("12"), run(" They left.")), "It held 150.¹² They left."),
        (
            (run("where n "), sign("Symbol", "F0B3"), run(" 5 "), sign("Symbol", "006D"), run("m")),
            "where n ≥ 5 μm",
        ),
        ((run("Bergen "), sign("Wingdings", "F0E0"), run(" Oslo")), "Bergen → Oslo"),
        ((run("It is here"), sign("Wingdings", "F028"), sign("Webdings", "F0E0"), run(".")), "It is here."),
        (
            (
                run("In "),
                f"<w:r><w:ruby><w:rt>{run('kyo')}</w:rt><w:rubyBase>{run('京')}</w:rubyBase></w:ruby></w:r>",
                run(" it rains."),
            ),
            "In 京 it rains.",
        ),
    ],
)
def test_signs_and_small_figures_stand_as_they_are_seen(
    tmp_path: Path, parts: tuple[str, ...], expected: str
) -> None:
    """A power changes no number, a symbol font's sign is no gap; reading aids and struck words go."""
    path = tmp_path / "a.docx"
    assert text_of(path, word(paragraph(run("Report.")), paragraph(*parts))).split("\n\n")[-1] == expected
    import docx

    *_, last = shown_pieces(docx.Document(str(path)).element.body)
    assert "".join(text for _, text in last) == expected

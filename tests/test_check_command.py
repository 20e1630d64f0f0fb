"""`footnote check`: drafts as text, Markdown and Word, the exit codes, and the copy with comments."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from assistant import DraftCheck, DraftState, DraftStatement
from assistant.drafting.word_comments import commented_word
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from running import Footnote

SCHOOL = Article(
    text=(
        "The council voted to close Alder School by eleven votes to eight. "
        "The school was built in 1911. It has 96 pupils."
    ),
    title="Council votes to close Alder School",
    origin="school.txt",
    source="Post",
    published=date(2026, 3, 1),
)
RIGHT = "The council voted to close Alder School by eleven votes to eight."
WRONG = "The school was built in 1921."
UNKNOWN = "The museum bought a painting by Vermeer."
DRAFT = f"# The school\n\n{RIGHT} {WRONG}\n\n- {UNKNOWN}\n\nWhat now?\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check") / "library"
    ingest_articles([SCHOOL], folder)
    return folder


@pytest.fixture(autouse=True)
def _library(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(filled))


@pytest.fixture(name="draft")
def _draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, "utf-8")
    return path


def commented(document: Document) -> list[tuple[str, str]]:
    """Return the commented words of a document with what is said of them, in the order of the text."""
    said = {str(each.comment_id): each.text for each in document.comments}
    found: dict[str, str] = {}
    still_open: list[str] = []
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            still_open.append(element.get(qn("w:id")))
            found[still_open[-1]] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            still_open.remove(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for key in still_open:
                found[key] += element.text or ""
    return [(words, said[key]) for key, words in found.items()]


def test_the_report_names_each_state_and_its_sentence(footnote: Footnote, draft: Path) -> None:
    """Every statement has its state in words, the sentence with source and date, and the sum comes last."""
    ran = footnote("check", draft)
    assert (ran.code, ran.err) == (0, "")
    assert "✓ AGREES: The council voted" in ran.out
    assert "≠ DIFFERS: The school was built in 1921.\n  the source says 1911, the draft 1921" in ran.out
    assert "Post, 1 March 2026: Council votes to close Alder School" in ran.out
    assert "? NOT FOUND: - The museum bought" in ran.out
    assert ran.out.rstrip().endswith("Of 3 checkable statements 1 agrees (33%).")


def test_json_has_codes_and_places(footnote: Footnote, draft: Path) -> None:
    """`--json` prints what `to_dict` gives."""
    plain = json.loads(footnote("check", draft, "--json").out)
    assert [item["state"] for item in plain["statements"]] == [
        "opinion",
        "agrees",
        "differs",
        "not_found",
        "opinion",
    ]
    assert all(DRAFT.strip()[item["start"] : item["end"]] == item["text"] for item in plain["statements"])


@pytest.mark.parametrize(("share", "code"), [("0.3", 0), ("0.5", 3), ("0", 0), ("2", 2), ("much", 2)])
def test_the_exit_code_says_whether_enough_agrees(
    footnote: Footnote, draft: Path, share: str, code: int
) -> None:
    """3 where a smaller share agrees than is wanted, 2 for what is no share, 0 otherwise."""
    assert footnote("check", draft, "--fail-under", share).code == code


def test_nothing_to_check_fails_nothing(footnote: Footnote, tmp_path: Path) -> None:
    """A draft of questions alone has no share to be too small."""
    (tmp_path / "asks.txt").write_text("Who pays? When?")
    assert footnote("check", tmp_path / "asks.txt", "--fail-under", "1").code == 0


def test_standard_input_is_a_draft_too(footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads the draft from standard input, text or Word."""
    for data in (RIGHT.encode(), word_of(RIGHT)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        ran = footnote("check", "-", "--fail-under", "1")
        assert (ran.code, ran.out.splitlines()[0][:9]) == (0, "✓ AGREES:")


def test_options_limit_the_articles(footnote: Footnote, draft: Path) -> None:
    """Outside of a period nothing agrees; an unknown paper is an error that names those there are."""
    assert "1 agrees (33%)" in footnote("check", draft).out
    assert "0 agree (0%)" in footnote("check", draft, "--from", "2026-05-01").out
    refused = footnote("check", draft, "--source", "Times")
    assert (refused.code, refused.err) == (1, "No article comes from 'Times'. The library has: Post.\n")
    assert footnote("check", draft, "--from", "2026-05-02", "--to", "2026-05-01").code == 2


def word_of(*paragraphs: str) -> bytes:
    """Return a Word document with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


BAD = [
    ("empty.txt", b"", "It is empty."),
    ("blank.md", b" \n\n ", "It is empty."),
    ("signs.txt", b"*** --- ***", "There is no text in it."),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "a PNG picture, not text"),
    ("bytes.md", bytes(range(256)) * 8, "binary data, not text"),
    ("page.txt", b"<!doctype html><p>The school.</p>", "Drafts are read from"),
    ("paper.pdf", b"%PDF-1.7 x", "Drafts are read from"),
    ("torn.docx", b"PK\x03\x04 torn", "ZIP data is damaged"),
    ("text.docx", b"The school was built in 1911.", "It is not a Word document"),
    ("none.docx", word_of("", " "), "There is no text in it."),
]


@pytest.mark.parametrize(("name", "data", "told"), BAD)
def test_a_file_that_is_no_draft_is_told_in_a_sentence(
    footnote: Footnote, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    """Empty, binary, damaged and other files: exit code 1, one friendly line, no traceback."""
    (tmp_path / name).write_bytes(data)
    ran = footnote("check", tmp_path / name)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_wrong_paths_are_told(footnote: Footnote, tmp_path: Path) -> None:
    """What is not there, a folder, and a file over the limit."""
    assert "It does not exist. Check the path." in footnote("check", tmp_path / "none.txt").err
    assert "It does not exist. Check the path." in footnote("check", tmp_path / "none.pdf").err
    assert "It is a folder. Name a file." in footnote("check", tmp_path).err


def test_a_huge_draft_is_refused(footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both limits hold: of the file in bytes, of the text in characters."""
    (tmp_path / "huge.txt").write_text("The school. " * 10_000)
    assert "the limit is 100,000" in footnote("check", tmp_path / "huge.txt").err
    monkeypatch.setenv("FOOTNOTE_MAX_FILE_MB", "1")
    (tmp_path / "more.txt").write_text("The school. " * 100_000)
    assert "It is larger than 1 MB." in footnote("check", tmp_path / "more.txt").err


def test_a_copy_of_the_word_file_has_comments_at_the_statements(footnote: Footnote, tmp_path: Path) -> None:
    """Each comment spans exactly its statement, across bold words, links, tables and glued sentences."""
    document = docx.Document()
    document.core_properties.author = "Ines"
    document.add_heading("The school", 1)
    line = document.add_paragraph(f"{RIGHT} The school ")
    line.add_run("was built").bold = True
    line.add_run(f" in 1921.{UNKNOWN} {RIGHT}")
    linked(document.add_paragraph(), "The school has ", "69 pupils", ".")
    document.add_table(1, 2).cell(0, 1).text = UNKNOWN
    hidden = document.add_paragraph("Who? ").add_run("The school was built in 1931.")
    hidden.font.hidden = True
    path, out = tmp_path / "draft.docx", tmp_path / "checked.docx"
    document.save(str(path))
    before = path.read_bytes()
    ran = footnote("check", path, "--out", out)
    assert (ran.code, path.read_bytes()) == (0, before)
    marked = docx.Document(str(out))
    assert [paragraph.text for paragraph in marked.paragraphs] == [
        paragraph.text for paragraph in document.paragraphs
    ]
    found = commented(marked)
    assert [words for words, _ in found] == [WRONG, UNKNOWN, "The school has 69 pupils.", UNKNOWN]
    assert found[0][1].startswith("Differs: the source says 1911, the draft 1921")
    assert "“The school was built in 1911.” Post, 1 March 2026" in found[0][1]
    assert found[1][1].startswith("Not found: ")
    assert {each.author for each in marked.comments} == {"Footnote"}
    assert [run.text for run in marked.paragraphs[1].runs if run.bold] == ["was built"]
    assert marked.core_properties.author == "Ines"


def linked(paragraph: Any, before: str, words: str, after: str) -> None:
    """Add a sentence with a link in it."""
    paragraph.add_run(before)
    link = OxmlElement("w:hyperlink")
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = words
    link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(after)


def test_a_text_becomes_a_word_file_with_comments(footnote: Footnote, draft: Path, tmp_path: Path) -> None:
    """Without a Word file a new one has the text, line by line, with the same comments."""
    out = tmp_path / "checked.docx"
    assert footnote("check", draft, "--out", out).code == 0
    marked = docx.Document(str(out))
    assert [paragraph.text for paragraph in marked.paragraphs] == [
        line for line in DRAFT.splitlines() if line.strip()
    ]
    assert [words for words, _ in commented(marked)] == [WRONG, f"- {UNKNOWN}"]


def test_a_copy_never_takes_the_place_of_the_draft(footnote: Footnote, tmp_path: Path) -> None:
    """Nor is it anything but a Word file in a folder that there is."""
    path = tmp_path / "draft.docx"
    path.write_bytes(word_of(RIGHT))
    assert "It is the draft itself." in footnote("check", path, "--out", path).err
    assert "end its name in .docx" in footnote("check", path, "--out", tmp_path / "a.txt").err
    assert "no such folder" in footnote("check", path, "--out", tmp_path / "none" / "a.docx").err


def test_what_xml_can_not_hold_moves_no_comment() -> None:
    """Control characters and half characters of a draft become signs; the comments stay where they belong."""
    text = "A\x00b \ud800 said.\tThe school <b>sank</b> & burnt."
    start = text.index("The")
    statement = DraftStatement(text[start:], start, len(text), DraftState.NOT_FOUND, "no\x00where")
    made = docx.Document(io.BytesIO(commented_word(DraftCheck(text, (statement,)))))
    assert commented(made) == [("The school <b>sank</b> & burnt.", "Not found: nowhere")]


def test_another_document_than_the_checked_one_is_refused() -> None:
    """Comments are never put into a text that was not checked."""
    with pytest.raises(ValueError, match="not the document"):
        commented_word(DraftCheck("The school burnt."), word_of("The museum."))

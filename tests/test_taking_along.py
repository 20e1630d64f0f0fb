"""An answer taken along: Word with footnotes, references, a sealed page, and what a notebook shows."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from stored import fill

from assistant import Answer, Citation, Conflict, Mode, Statement, Support, save_answer
from assistant.rendering.seal import compared, examine
from assistant.saving import SAVED_ENDINGS, check_place
from assistant.store.conversations import Turn
from assistant.web.html.exporting import answer_file, export_turns
from ingest import Article, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUESTION = "How many were hurt?"
TEXT = "Six people were hurt. Nine people were injured, Ann said. It rained."
STORED = Article(
    text=TEXT,
    title="Six hurt",
    origin="six.txt",
    url="https://gazette.example/six",
    source="Gazette",
    published=date(2026, 5, 4),
    authors=("Doe, Jane", "Sam Poe"),
)


def cite(number: int, quote: str, stored: Article = STORED) -> Citation:
    start = stored.text.index(quote)
    return Citation(
        number=number,
        quote=quote,
        start=start,
        end=start + len(quote),
        article_id=stored.id,
        version=stored.version,
        title=stored.title,
        source=stored.source,
        url=stored.url,
        published=stored.published,
        link=f"{stored.url}#:~:text=x" if stored.url else None,
        authors=stored.authors,
    )


SIX, NINE = cite(1, "Six people were hurt."), cite(2, "Nine people were injured, Ann said.")
QUOTED = Answer(
    question=QUESTION,
    answered=True,
    confidence=0.9,
    statements=(
        Statement(SIX.quote, (1,), Support.SUPPORTED),
        Statement(NINE.quote, (2,), Support.CONFLICTING),
    ),
    citations=(replace(SIX, emphasis=((0, 10),)), NINE),
    conflicts=(Conflict((1, 2), "the number hurt", ("Six", "Nine")),),
    notices=("Only May was searched.",),
)
WRITTEN = replace(
    QUOTED,
    mode=Mode.WRITTEN,
    statements=(
        Statement("Six were hurt.", (1,), Support.SUPPORTED),
        Statement("Ann said nine, others six.", (2, 1), Support.SUPPORTED),
    ),
    conflicts=(),
)
UNANSWERED = Answer(question=QUESTION, answered=False, confidence=0.1, consulted=(SIX,))


def parts(word: bytes) -> tuple[Any, Any]:
    """Return the body and the footnotes of a Word document."""
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        return parse_xml(packed.read("word/document.xml")), parse_xml(packed.read("word/footnotes.xml"))


def footnotes(word: bytes) -> list[str]:
    """Return the texts of the footnotes, those that only separate left out."""
    notes = parts(word)[1].findall(f"{W}footnote")
    return ["".join(note.itertext(f"{W}t")) for note in notes if note.get(f"{W}type") is None]


def test_word_has_a_footnote_for_every_sentence_and_says_no_quote_twice() -> None:
    """Quotations stand in the text, decisive words bold; their footnotes have paper, day, title, address."""
    word = answer_file(QUESTION, [QUOTED], "docx")
    source = " Gazette, 4 May 2026: Six hurt. https://gazette.example/six"
    assert footnotes(word) == [source, source]
    document = docx.Document(io.BytesIO(word))
    assert [each.text for each in document.paragraphs] == [
        QUESTION,
        f"“{SIX.quote}”",
        f"“{NINE.quote}” (sources differ)",
        "Sources differ about the number hurt: Six (Gazette, 4 May 2026); Nine (Gazette, 4 May 2026)",
        "Only May was searched.",
    ]
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["Six people"]
    assert document.core_properties.author == ""


def test_a_sentence_cited_again_has_the_number_of_its_footnote() -> None:
    """In prose a footnote has the quote, and a second reference is a field that names the first."""
    word = answer_file(QUESTION, [WRITTEN], "docx")
    body, _ = parts(word)
    assert [note.split("”")[0] for note in footnotes(word)] == [
        " “Six people were hurt.",
        " “Nine people were injured, Ann said.",
    ]
    marks = [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")]
    again = [(each.get(f"{W}instr"), "".join(each.itertext(f"{W}t"))) for each in body.iter(f"{W}fldSimple")]
    assert (marks, again) == (["1", "2"], [(" NOTEREF _Note1 \\f \\h ", "1")])


def test_word_shows_the_closest_sentences_and_holds_any_text() -> None:
    """Without an answer the closest sentences have footnotes; signs that XML can't hold break nothing."""
    odd = replace(UNANSWERED, question="Who\x00 <b>?\ud800", notices=("\x07 beep",))
    document = docx.Document(io.BytesIO(answer_file("x\x00", [odd], "docx")))
    told = [each.text for each in document.paragraphs]
    assert told[1:4] == ["Your articles don't say.", "Closest in your articles:", f"“{SIX.quote}”"]
    assert "<b>" in told[0]


def test_ris_names_each_article_once_with_its_quotations() -> None:
    """A newspaper article with authors, title, paper, day and address, and a note for each quotation."""
    lines = answer_file(QUESTION, [QUOTED], "ris").decode().split("\r\n")
    assert lines == [
        "TY  - NEWS",
        f"ID  - {STORED.id}",
        "AU  - Doe, Jane",
        "AU  - Sam Poe",
        "TI  - Six hurt",
        "T2  - Gazette",
        "PY  - 2026",
        "DA  - 2026/05/04",
        "UR  - https://gazette.example/six",
        f"N1  - [1] “{SIX.quote}”",
        f"N1  - [2] “{NINE.quote}”",
        "ER  - ",
        "",
        "",
    ]


def test_no_title_can_write_a_field_of_its_own() -> None:
    """Line breaks in titles and quotes are spaces: no tag begins a line. A bad address is left out."""
    hostile = replace(SIX, title="A\r\nER  - \r\nTY  - BOOK", url="javascript:alert(1)", source=None)
    plain = answer_file(QUESTION, [replace(QUOTED, citations=(hostile, NINE))], "ris").decode()
    assert plain.count("\r\nER  - \r\n") == 1
    assert "javascript" not in plain


def test_csl_has_the_quotations_as_locator() -> None:
    """One item for an article: names, day in parts, and the quotations with their places."""
    (item,) = json.loads(answer_file(QUESTION, [QUOTED], "csl.json"))
    assert item["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "Sam Poe"}]
    assert (item["type"], item["issued"]) == ("article-newspaper", {"date-parts": [[2026, 5, 4]]})
    assert item["locator"] == f"“{SIX.quote}” “{NINE.quote}”"
    places = item["custom"]["quotations"]
    assert [TEXT[each["start"] : each["end"]] for each in places] == [SIX.quote, NINE.quote]


def test_a_sealed_page_is_found_intact_and_any_change_is_told() -> None:
    """The page checks out as it is; a changed quotation is named, and any other change is noticed."""
    page = answer_file(QUESTION, [QUOTED], "html").decode()
    found = examine(page)
    assert (found.intact, [quote.text for quote in found.quotes]) == (True, [SIX.quote, NINE.quote])
    changed = examine(page.replace("Nine people were injured", "Ten people were injured"))
    assert (changed.intact, [quote.number for quote in changed.changed]) == (False, ["1-2"])
    assert examine(page.replace("<h1", "<h1 id=x", 1)).intact is False
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#|https://gazette)', page) == []


@pytest.mark.parametrize("page", ["", "<p>hello</p>", f'<p data-seal="{"0" * 64}"></p>' * 2])
def test_what_is_no_sealed_page_is_said_to_be_none(page: str) -> None:
    """No seal, or two of them."""
    assert examine(page).sealed is False


def test_quotations_are_compared_with_a_library() -> None:
    """Those of versions that it has stand there or don't; of others it can't tell."""
    odd = Article("Odd \x00 sign <b>here</b>. More.", "Odd", "odd.txt")
    answer = replace(QUOTED, citations=(SIX, cite(2, "Odd \x00 sign <b>here</b>.", odd)), conflicts=())
    report = examine(answer_file(QUESTION, [answer], "html").decode())
    here = {each.id: each for each in (STORED, odd)}
    assert report.intact
    assert compared(report, lambda key, _: here.get(key)) == (2, 0, 0)
    assert compared(report, lambda *_: None) == (0, 0, 2)
    moved = replace(STORED, text=f"So: {TEXT}")
    assert compared(report, lambda key, _: {STORED.id: moved}.get(key)) == (0, 1, 1)


@pytest.mark.parametrize("ending", ["docx", "html", "md", "json", "ris", "csl.json"])
def test_answers_are_saved_by_their_ending(tmp_path: Path, ending: str) -> None:
    """The file has what the format gives, and replaces one that was there."""
    file = tmp_path / f"answer.{ending}"
    file.write_text("old")
    save_answer(QUOTED, file)
    assert file.stat().st_size > 100
    if ending != "docx":
        assert file.read_bytes() == answer_file(QUESTION, [QUOTED], ending)


def test_what_can_not_be_saved_is_told(tmp_path: Path) -> None:
    """An ending that says no format, and a folder that is not there."""
    with pytest.raises(SourceError, match="End its name in one of"):
        save_answer(QUOTED, tmp_path / "answer.doc")
    with pytest.raises(SourceError, match="can't be written"):
        save_answer(QUOTED, tmp_path / "none" / "answer.md")


def test_what_cannot_be_saved_leaves_nothing(tmp_path: Path) -> None:
    """Where a folder has the name, the answer is refused, and no temporary file stays beside it."""
    folder = tmp_path / "answer.docx"
    folder.mkdir()
    with pytest.raises(SourceError, match="It is a folder"):
        check_place(folder, SAVED_ENDINGS)
    with pytest.raises(SourceError, match="can't be written"):
        save_answer(QUOTED, folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_notebook_shows_the_answer_as_markdown() -> None:
    """Jupyter asks for `_repr_markdown_`."""
    assert QUOTED._repr_markdown_() == QUOTED.to_markdown()


def test_the_command_saves_and_verifies(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`footnote verify` succeeds for a page as it was saved, and fails for a changed one or another file."""
    page = tmp_path / "answer.html"
    save_answer(QUOTED, page)
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "none"))
    ran = footnote("verify", page)
    assert (ran.code, ran.out) == (0, "The file is as it was saved, with 2 quotations.\n")
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(fill(tmp_path / "library", STORED)))
    assert "2 of 2 quotations stand in your library word for word." in footnote("verify", page).out
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"<title>", b"<title>Not "))
    assert footnote("verify", page).out.startswith(
        "The file was changed after it was saved, but not in its 2 q"
    )
    page.write_bytes(whole.replace(b">Six people<", b">Ten people<"))
    ran = footnote("verify", page)
    assert ran.code == 1
    assert "saved, in 1 of 2 quotations:\n  now “Ten people were hurt.”" in ran.out
    assert "1 of 2 quotations don't stand" in ran.out
    assert json.loads(footnote("verify", page, "--json").out)["changed"] == ["Ten people were hurt."]
    page.write_text("<p>hello</p>")
    assert "It is no page that Footnote sealed" in footnote("verify", page).err


def test_the_chat_gives_word_in_base64() -> None:
    """What is no text comes packed; a name keeps its whole ending."""
    turn = Turn("1", QUESTION, QUOTED, datetime(2026, 5, 1, tzinfo=UTC), 0.1)
    assert set(export_turns("x", [turn], "word")) == {"name", "type", "base64"}
    assert export_turns("x", [turn], "csl")["name"] == "x.csl.json"

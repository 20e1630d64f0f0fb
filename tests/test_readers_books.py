"""EPUB: which parts of a book are its chapters, under which titles, in any script."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from documents import SENTENCE, make_epub

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.readers.common.items import Item

OPTIONS = ReadOptions(1_000_000, parse_seconds=20)
LONG = SENTENCE * 3
JAPANESE = "市議会は火曜日に図書館を年末まで残すことを決めた。" * 4


def read(path: Path, data: bytes) -> list[Item]:
    """Write a book and return what was read, without the end of its list."""
    path.write_bytes(data)
    return [item for item in iter_source(path, OPTIONS) if not isinstance(item, Listed)]


def told(items: list[Item]) -> list[tuple[str, str, str]]:
    """Return place, title and last word of each chapter."""
    return [
        (item.origin.partition("#")[2], item.title, item.text.split()[-1])
        for item in items
        if isinstance(item, Article)
    ]


def entry(target: str, title: str, below: str = "") -> str:
    """Return an entry of a table of contents, and those below it."""
    return f'<li><a href="{target}">{title}</a>{f"<ol>{below}</ol>" if below else ""}</li>'


def test_chapters_of_one_page_are_cut_at_their_anchors(tmp_path: Path) -> None:
    """An anchor may be the heading, lie in it, or be missing; a later page goes on with the last chapter."""
    body = (
        f'<p>Copyright.</p><h2 id="c1">Fire</h2><p>{LONG}One.</p>'
        f'<section><h2><a name="c2"></a>Flood</h2><p>{LONG}Two.</p></section>'
    )
    nav = entry("all.xhtml#c1", "Fire") + entry("all.xhtml#c2", "Flood") + entry("all.xhtml#no", "Frost")
    found = read(tmp_path / "a.epub", make_epub({"all.xhtml": body, "more.xhtml": "<p>Three.</p>"}, nav=nav))
    assert told(found) == [("O/all.xhtml#c1", "Fire", "One."), ("O/all.xhtml#c2", "Flood", "Three.")]
    assert all(isinstance(item, Article) and item.text.startswith(SENTENCE) for item in found)


def test_sections_of_a_chapter_are_no_chapters(tmp_path: Path) -> None:
    """Entries below the one of a chapter lead into the same article."""
    body = f'<h1>Fire</h1><p>{LONG}</p><h2 id="s1">Day</h2><p>{LONG}</p><h2 id="s2">Night</h2><p>{LONG}</p>'
    nav = entry("one.xhtml", "Fire", entry("one.xhtml#s1", "Day") + entry("one.xhtml#s2", "Night"))
    (article,) = read(tmp_path / "a.epub", make_epub({"one.xhtml": body}, nav=nav))
    assert isinstance(article, Article)
    assert article.title == "Fire"
    assert "Night" in article.text


def test_only_the_table_of_contents_makes_titles(tmp_path: Path) -> None:
    """Lists of pages and landmarks lead into chapters too, with labels that are no titles."""
    pages = entry("one.xhtml", "17") + entry("two.xhtml", "18")
    toc = "<nav xmlns:e='http://www.idpf.org/2007/ops' e:type='toc'><ol>"
    nav = f"</ol></nav>{toc}{entry('one.xhtml', 'Fire')}"
    bodies = {"one.xhtml": f"<p>{LONG}</p>", "two.xhtml": f"<p>{LONG}Two.</p>"}
    found = read(tmp_path / "a.epub", make_epub(bodies, nav=pages + nav))
    assert told(found) == [("O/one.xhtml", "Fire", "Two.")]


def test_a_chapter_without_spaces_is_not_too_short(tmp_path: Path) -> None:
    """Japanese has no spaces to count words by; a half title stays too short."""
    bodies = {"half.xhtml": "<p>図書館の物語</p>", "one.xhtml": f"<p>{JAPANESE}</p>"}
    found = read(
        tmp_path / "a.epub", make_epub(bodies, nav=entry("half.xhtml", "表") + entry("one.xhtml", "一"))
    )
    assert [title for _, title, _ in told(found)] == ["一"]


def test_a_page_is_found_under_any_form_of_its_name(tmp_path: Path) -> None:
    """é may be one character in the list of pages and two in the archive; a page that lacks is named."""
    name = unicodedata.normalize("NFD", "été.xhtml")
    data = make_epub({name: f"<p>{LONG}</p>", "b.xhtml": f"<p>{LONG}</p>"})
    for other in ("O/b.xhtml", "O/c.xhtml"), (f"O/{name}", "O/" + unicodedata.normalize("NFC", name)):
        data = _renamed(data, *other)
    article, failure = read(tmp_path / "a.epub", data)
    assert isinstance(article, Article)
    assert article.origin.endswith("#O/" + unicodedata.normalize("NFC", name))
    assert not isinstance(failure, Article)
    assert "O/b.xhtml" in str(failure)


def _renamed(data: bytes, old: str, new: str) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(new if name == old else name, before.read(name))
    return out.getvalue()


def test_a_page_that_is_not_in_the_reading_order_stands_apart(tmp_path: Path) -> None:
    """Answers to questions are no part of the chapter that they lie behind."""
    pages = {
        "a.xhtml": f"<h1>Fire</h1><p>{LONG}One.</p>",
        "key.xhtml": f"<h1>Answers</h1><p>{LONG}Key.</p>",
        "b.xhtml": f"<p>{LONG}Two.</p>",
    }
    found = read(tmp_path / "a.epub", make_epub(pages, nav=entry("a.xhtml", "Fire"), apart="key.xhtml"))
    assert told(found) == [("O/a.xhtml", "Fire", "Two."), ("O/key.xhtml", "Answers", "Key.")]

"""Books and magazines as EPUB: one article a chapter, because a chapter is what has a title and is cited.

Magazines put each of their articles into a chapter, too. The book's name is the chapter's source.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes, one_line
from ingest.readers.common.document import Entered
from ingest.readers.common.fields import Metadata, authors_of, language_code
from ingest.readers.common.items import Listed
from ingest.readers.common.members import leads_out
from ingest.readers.common.stated_dates import parse_published
from ingest.readers.common.unread import as_unread, unread_in_fragment
from ingest.readers.formats.fragments import parse_page_fragment
from ingest.readers.formats.html_page import declared_encoding
from ingest.readers.formats.plain_text import build_article
from ingest.report import Failure

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from ingest.readers.common.document import Document, DocumentPart

MOST_CHAPTERS = 20_000
LEAST_CHAPTER_WORDS = 20  # covers, half titles and dedications have fewer; they are no chapters
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document"}
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NO_PAGE = "The book names this page but does not hold it. Download it again."
_DAMAGED = "The EPUB is damaged: {} can't be found or read in it. Download it again."


_MARK = "\ue000"  # of no meaning in Unicode: put where a chapter begins within a page, and taken out again
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_Part = tuple[str, "str | None", list[str], Counter[str]]
_UNSPACED_WORD = 2  # characters of a word in Thai, Burmese, Khmer, Japanese and Chinese, about


def _member_bytes(archive: zipfile.ZipFile, name: str, *, max_bytes: int) -> bytes:
    """Return a part of a document; raise SourceError with no name if it is too large."""
    with archive.open(name) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceError(name, "It is larger than FOOTNOTE_MAX_FILE_MB allows. Split it, or raise that.")
    return data


@dataclass(frozen=True, slots=True)
class _Files:
    """The members of a book, found under any form of their names: é may be one character or two."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    max_bytes: int

    def read(self, name: str) -> bytes:
        """Return a member; raise KeyError if there is none."""
        found = self.names.get(unicodedata.normalize("NFC", name), name)
        return _member_bytes(self.archive, found, max_bytes=self.max_bytes)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says: the names of the pages in reading order, and the book's data.

    `titles` has for each page that the table of contents names where on it chapters begin, and their titles;
    the place is empty for the page's start. Pages apart are not in the reading order, such as
    answers to questions: each is a chapter behind all others.
    """

    known: Metadata
    pages: tuple[str, ...]
    apart: frozenset[str]
    titles: dict[str, dict[str, str]]


def epub_articles(archive: zipfile.ZipFile, document: Document) -> Iterator[DocumentPart]:
    """Yield the chapters; pages that the table of contents doesn't name belong to the one before."""
    if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
        raise SourceError(document.origin, "It is locked by its publisher (DRM) and can't be read here.")
    names = {unicodedata.normalize("NFC", name): name for name in archive.namelist()}
    files = _Files(archive, names, document.options.max_bytes)
    book = _book(files, document)
    for number, pages in enumerate(_chapters(book)):
        if number < document.start:
            continue
        origin = f"{document.origin}#{pages[0]}"
        if document.depth == 0:
            yield Entered(number, origin)
        missing = [page for page in pages if page not in names]
        yield from (Failure(f"{document.origin}#{page}", _NO_PAGE) for page in missing)
        for place, title, written, unread in _parts(files, pages, book):
            text = clean_text("\n\n".join(written)).strip()
            if _words(text) < LEAST_CHAPTER_WORDS:
                continue
            known = Metadata(
                title,
                book.known.published,
                book.known.title,
                None,
                book.known.authors,
                None,
                book.known.language,
                dated_by="the book's metadata",
                unread=as_unread(unread),
            )
            yield build_article(_without(text, title), f"{document.origin}#{place}", known=known)
    yield Listed(document.origin, complete=True)


def _parts(files: _Files, pages: list[str], book: _Book) -> Iterator[_Part]:
    """Yield place, title, texts and what is not read of each chapter that begins on the pages; mostly one."""
    place, title, texts, unread = pages[0], None, list[str](), Counter[str]()
    for page in pages:
        begins = book.titles.get(page, {})
        pieces, heading, of_page = _page(files, page, [anchor for anchor in begins if anchor])
        if page == pages[0]:
            title = begins.get("") or heading if len(pieces) > 1 else next(iter(begins.values()), heading)
        texts.append(pieces[0][1])
        unread.update(of_page)
        for anchor, text in pieces[1:]:
            yield place, title, texts, unread
            place, title, texts, unread = f"{page}#{anchor}", begins[anchor], [text], Counter()
    yield place, title, texts, unread


def _words(text: str) -> int:
    """Count words, also in scripts that set no spaces between them."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // _UNSPACED_WORD


def _without(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if rest and title and one_line(first).casefold() == title.casefold() else text


def _chapters(book: _Book) -> list[list[str]]:
    chapters: list[list[str]] = []
    for name in book.pages:
        if not chapters or not book.titles or name in book.titles or name in book.apart:
            chapters.append([name])
        else:
            chapters[-1].append(name)
    return chapters


def _page(
    files: _Files, name: str, anchors: list[str]
) -> tuple[list[tuple[str, str]], str | None, Counter[str]]:
    """Return the visible text of a page, cut where its anchors are, its first heading, what is not read.

    The first piece is what stands before all anchors; a page with fewer than two is not cut.
    """
    try:
        data = files.read(name)
    except KeyError:
        return [("", "")], None, Counter()
    html = decode_bytes(data, declared=declared_encoding(data)).replace(_MARK, "")
    found: list[str] = []

    def mark(tree: Any) -> None:  # noqa: ANN401
        wanted = set(anchors)
        for element in list(tree.iter()):
            if (anchor := element.get("id") or element.get("name")) in wanted:
                wanted.discard(anchor)
                found.append(anchor)
                _mark_before(element)

    tree, text = parse_page_fragment(html, prepare=mark if len(anchors) > 1 else None)
    if tree is None:
        return [("", "")], None, Counter()
    headings = (
        one_line("".join(found.itertext()).replace(_MARK, "")) for found in tree.iter("h1", "h2", "h3")
    )
    heading = next((heading[:300] for heading in headings if heading), None)
    pieces = text.split(_MARK)
    if len(pieces) != len(found) + 1:  # a mark in what is hidden, or written by the book itself
        return [("", text.replace(_MARK, ""))], heading, unread_in_fragment(tree)
    return list(zip(["", *found], pieces, strict=True)), heading, unread_in_fragment(tree)


def _mark_before(element: Any) -> None:  # noqa: ANN401
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + _MARK
    elif parent is not None:
        parent.text = (parent.text or "") + _MARK


def _book(files: _Files, document: Document) -> _Book:
    container = _xml(files, "META-INF/container.xml", document)
    root = next((found.get("full-path") for found in container.iter("{*}rootfile")), None) or ""
    if not root or leads_out(root):
        raise SourceError(document.origin, _DAMAGED.format("its list of contents"))
    package = _xml(files, root, document)
    folder = posixpath.dirname(root)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    references = [ref for ref in package.iter("{*}itemref") if ref.get("idref") in items]
    references.sort(key=lambda ref: ref.get("linear") == "no")
    spine = [items[ref.get("idref")] for ref in references]
    pages = tuple(
        dict.fromkeys(
            _place(folder, item.get("href"))
            for item in spine[:MOST_CHAPTERS]
            if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
        )
    )
    if not pages:
        raise SourceError(document.origin, _DAMAGED.format("its reading order"))
    apart = frozenset(
        _place(folder, items[ref.get("idref")].get("href")) for ref in references if ref.get("linear") == "no"
    )
    return _Book(_known(package), pages, apart, _titles(files, items, folder, document))


def _known(package: Any) -> Metadata:  # noqa: ANN401  # lxml has no types
    """Read Dublin Core. A date marked as one of creation or change is no publication date."""
    dates = [
        found.text
        for found in package.iter("{http://purl.org/dc/elements/1.1/}date")
        if found.get("{http://www.idpf.org/2007/opf}event") in {None, "publication", "original-publication"}
    ]
    creators = [found.text or "" for found in package.iter("{http://purl.org/dc/elements/1.1/}creator")]
    return Metadata(
        title=_first_text(package, "title"),
        published=next((day for text in dates if (day := parse_published(text))), None),
        authors=tuple(dict.fromkeys(name for written in creators for name in authors_of(written))),
        language=language_code(_first_text(package, "language")),
    )


def _first_text(package: Any, name: str) -> str | None:  # noqa: ANN401
    found = package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
    return next((text[:300] for one in found if (text := one_line(one.text or ""))), None)


def _titles(
    files: _Files, items: dict[str, Any], folder: str, document: Document
) -> dict[str, dict[str, str]]:
    """Return what the table of contents says of each page: EPUB 3, else EPUB 2."""
    for item in items.values():
        place = _place(folder, item.get("href"))
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        try:
            tree = _xml(files, place, document)
        except SourceError:
            continue
        if found := _by_page(_entries(tree), posixpath.dirname(place)):
            return found
    return {}


def _by_page(entries: list[tuple[int, str, str]], folder: str) -> dict[str, dict[str, str]]:
    """Sort the entries by page. Of a page only the uppermost count: sections are no chapters of their own."""
    depths: dict[str, int] = {}
    for depth, target, _ in entries:
        place = _place(folder, target)
        depths[place] = min(depth, depths.get(place, depth))
    found: dict[str, dict[str, str]] = {}
    for depth, target, label in entries:
        place, title = _place(folder, target), one_line(label)[:300]
        if title and depth == depths[place]:
            found.setdefault(place, {}).setdefault(unquote(target.partition("#")[2]), title)
    return found


def _entries(tree: Any) -> list[tuple[int, str, str]]:  # noqa: ANN401
    """Return depth, target and label of each entry; lists of pages and landmarks are no contents."""
    navs = list(tree.iterfind(".//{*}nav"))
    if navs:
        nav = next((nav for nav in navs if "toc" in (nav.get(_TYPE) or "").split()), navs[0])
        return [
            (sum(1 for _ in link.iterancestors("{*}ol")), link.get("href"), "".join(link.itertext()))
            for link in nav.iterfind(".//{*}a[@href]")
        ]
    return [
        (
            sum(1 for _ in point.iterancestors("{*}navPoint")),
            point.find("{*}content").get("src") or "",
            "".join(point.find("{*}navLabel").itertext()),
        )
        for point in tree.iter("{*}navPoint")
        if point.find("{*}content") is not None and point.find("{*}navLabel") is not None
    ]


def _place(folder: str, link: str | None) -> str:
    """Return the member that a link of a page in that folder leads to."""
    place = posixpath.normpath(posixpath.join(folder, unquote((link or "").split("#", 1)[0])))
    return unicodedata.normalize("NFC", place)


def _xml(files: _Files, name: str, document: Document) -> Any:  # noqa: ANN401
    """Parse a part: no entities, no network, nothing huge."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(files.read(name), parser)
    except (KeyError, etree.XMLSyntaxError, ValueError):
        raise SourceError(document.origin, _DAMAGED.format(name)) from None

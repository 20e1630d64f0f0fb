"""Books and magazines as EPUB: one article a chapter, because a chapter is what has a title and is cited.

Magazines put each of their articles into a chapter, too. The book's name is the chapter's source.
"""

from __future__ import annotations

import posixpath
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
from ingest.readers.formats.fragments import parse_page_fragment
from ingest.readers.formats.html_page import declared_encoding
from ingest.readers.formats.plain_text import build_article
from ingest.readers.formats.zips import member_bytes

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from ingest.readers.common.document import Document, DocumentPart

MOST_CHAPTERS = 20_000
LEAST_CHAPTER_WORDS = 20  # covers, half titles and dedications have fewer; they are no chapters
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document"}
_DAMAGED = "The EPUB is damaged: {} can't be found or read in it. Download it again."


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says: the names of the pages in reading order, and the book's data."""

    known: Metadata
    pages: tuple[str, ...]
    titles: dict[str, str]


def epub_articles(archive: zipfile.ZipFile, document: Document) -> Iterator[DocumentPart]:
    """Yield the chapters; pages that the table of contents doesn't name belong to the one before."""
    if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
        raise SourceError(document.origin, "It is locked by its publisher (DRM) and can't be read here.")
    book = _book(archive, document)
    for number, names in enumerate(_chapters(book)):
        if number < document.start:
            continue
        origin = f"{document.origin}#{names[0]}"
        if document.depth == 0:
            yield Entered(number, origin)
        read = [_page(archive, name, document) for name in names]
        text = clean_text("\n\n".join(page for page, _ in read)).strip()
        if len(text.split()) < LEAST_CHAPTER_WORDS:
            continue
        title = book.titles.get(names[0]) or read[0][1]
        known = Metadata(
            title, book.known.published, book.known.title, None, book.known.authors, None, book.known.language
        )
        yield build_article(_without(text, title), origin, known=known)
    yield Listed(document.origin, complete=True)


def _without(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if rest and title and one_line(first).casefold() == title.casefold() else text


def _chapters(book: _Book) -> list[list[str]]:
    chapters: list[list[str]] = []
    for name in book.pages:
        if not chapters or not book.titles or name in book.titles:
            chapters.append([name])
        else:
            chapters[-1].append(name)
    return chapters


def _page(archive: zipfile.ZipFile, name: str, document: Document) -> tuple[str, str | None]:
    """Return the visible text of a page and its first heading."""
    try:
        data = member_bytes(archive, name, max_bytes=document.options.max_bytes)
    except KeyError:
        return "", None
    tree, text = parse_page_fragment(decode_bytes(data, declared=declared_encoding(data)))
    if tree is None:
        return "", None
    headings = (one_line("".join(found.itertext())) for found in tree.iter("h1", "h2", "h3"))
    return text, next((heading[:300] for heading in headings if heading), None)


def _book(archive: zipfile.ZipFile, document: Document) -> _Book:
    container = _xml(archive, "META-INF/container.xml", document)
    root = next((found.get("full-path") for found in container.iter("{*}rootfile")), None) or ""
    if not root or leads_out(root):
        raise SourceError(document.origin, _DAMAGED.format("its list of contents"))
    package = _xml(archive, root, document)
    folder = posixpath.dirname(root)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    spine = [items[ref.get("idref")] for ref in package.iter("{*}itemref") if ref.get("idref") in items]
    pages = tuple(
        dict.fromkeys(
            _place(folder, item.get("href"))
            for item in spine[:MOST_CHAPTERS]
            if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
        )
    )
    if not pages:
        raise SourceError(document.origin, _DAMAGED.format("its reading order"))
    return _Book(_known(package), pages, _titles(archive, items, folder, document))


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
    archive: zipfile.ZipFile, items: dict[str, Any], folder: str, document: Document
) -> dict[str, str]:
    """Return the titles of the table of contents by the page that each leads to: EPUB 3, else EPUB 2."""
    for item in items.values():
        place = _place(folder, item.get("href"))
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        try:
            tree = _xml(archive, place, document)
        except SourceError:
            continue
        if found := dict(_nav_titles(tree, posixpath.dirname(place))):
            return found
    return {}


def _nav_titles(tree: Any, folder: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    seen = set()
    links = [(link.get("href"), "".join(link.itertext())) for link in tree.iterfind(".//{*}nav//{*}a[@href]")]
    points = [
        (point.find("{*}content").get("src"), "".join(point.find("{*}navLabel").itertext()))
        for point in tree.iter("{*}navPoint")
        if point.find("{*}content") is not None and point.find("{*}navLabel") is not None
    ]
    for target, label in links or points:
        place = _place(folder, target)
        if place not in seen and (title := one_line(label)[:300]):
            seen.add(place)
            yield place, title


def _place(folder: str, link: str | None) -> str:
    """Return the member that a link of a page in that folder leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote((link or "").split("#", 1)[0])))


def _xml(archive: zipfile.ZipFile, name: str, document: Document) -> Any:  # noqa: ANN401
    """Parse a part: no entities, no network, nothing huge."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(member_bytes(archive, name, max_bytes=document.options.max_bytes), parser)
    except (KeyError, etree.XMLSyntaxError, ValueError):
        raise SourceError(document.origin, _DAMAGED.format(name)) from None

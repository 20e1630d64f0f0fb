"""PDF documents: the text of every page, and, read by pypdf, what the document surely says of itself."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, one_line
from ingest.readers.common.document import Working
from ingest.readers.common.fields import authors_of, canonical_url, derived_title, host_of, language_code
from ingest.readers.common.page_text import joined_pages, running_text
from ingest.readers.common.stated_dates import parse_published
from ingest.readers.common.unread import as_unread
from ingest.readers.formats.pdf_glyphs import composed_glyphs
from ingest.readers.formats.pdf_scans import can_recognise, read_pictures
from ingest.readers.formats.pdf_text import PageText, open_pdfium, page_text
from ingest.readers.formats.pdf_unread import shows_picture, unread_in_pdf
from ingest.readers.formats.plain_text import split_lead, split_title
from ingest.report import HOW_TO_READ_PICTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.readers.common.document import Document

MOST_PDF_PAGES = 5000  # a bound Bible has 1,500; hostile page trees claim millions

PASSWORD = "It is locked with a password. Save it again without one."  # noqa: S105
NO_TEXT_LAYER = f"It has no text layer: its pages are pictures or blank. {HOW_TO_READ_PICTURES}"
NO_TEXT_FOUND = "It has no text layer, and OCR has found no text on its pages."
PAGE_BOMB = "It is refused: a page of it unpacks to far more than a page holds, as bombs do. Save it again."
_ONLY_NUMBERS = "It has no text but figures, such as numbers of pages. Check that it is the file you meant."
# One sign for two or three letters is how a page was set, and no letter that anybody looks for.
_LIGATURES = str.maketrans(
    {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
)
_DAMAGED = "The PDF is damaged or cut off. Save or download it again."
_LOCKED = "It is encrypted in a way that is not read here. Save it again without encryption."

# Titles that programs put in by themselves: names of files and of programs, or nothing at all.
_NO_TITLE = re.compile(
    r"untitled.*|microsoft (?:word|powerpoint|excel).*|powerpoint presentation|(?:https?|file):.*|[\W\d_]*"
    r"|.*\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|txt|html?)"
    r"|(?:layout|slide|page|scan|img|doc|document)[\s_-]*\d*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:admin\w*|user\w*|owner|author|unknown|anonymous|root|guest|default|microsoft.*|adobe.*|.*@.*|\W*|.*\d{2,}.*)",
    re.IGNORECASE,
)
_PUBLISHED = ("publicationDate", "coverDate")  # PRISM; other dates are of the file
_PRISM = "{http://prismstandard.org/namespaces/"


def pdf_articles(document: Document) -> Iterator[Article | Working]:
    """Yield the article of a PDF, with the offsets at which its pages start."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it can't read, we report
    data = document.data()
    reader = _opened(data, document.origin)
    drawn = list(_pages(data, reader, document.origin))
    pages = [clean_text(page.text.translate(_LIGATURES)) for page in drawn]
    layers = {number for number, page in enumerate(drawn) if page.is_layer}
    pictures = _pictures(reader, pages)
    read: dict[int, str] = {}
    for part in read_pictures(data, document.origin, sorted(pictures)):
        if isinstance(part, Working):
            yield part
        else:
            read[part.number] = clean_text(part.text)
    pages = [read.get(number) or page for number, page in enumerate(pages)]
    recognised = layers | {number for number, text in read.items() if text}
    unread = unread_in_pdf(reader)
    unread["picture"] -= len(recognised)
    yield replace(
        _article(_running(pages, pictures, document.origin), _Said(reader), document),
        unread=as_unread(unread),
        ocr_pages=tuple(sorted(number + 1 for number in recognised)),
        picture_pages=tuple(sorted(number + 1 for number in pictures - set(read))),
    )


def _pictures(reader: Any, pages: list[str]) -> set[int]:  # noqa: ANN401
    """Return the pages, from 0, that are pictures: those with nothing else but what repeats on every page."""
    bare = {number for number, page in enumerate(running_text(pages)) if not _has(str.isalnum, page)}
    return {
        number
        for number in bare
        if shows_picture(reader.pages[number]) or (can_recognise() and not _has(str.isalnum, pages[number]))
    }


def _running(pages: list[str], pictures: set[int], origin: str) -> list[str]:
    """Return the pages without what repeats; raise SourceError if there are no words on any."""
    running = running_text(pages)
    if any(_has(str.isalnum, page) for page in running):
        return running
    if not any(_has(str.isalpha, page) for page in pages):
        figures = any(_has(str.isalnum, page) for page in pages) and not pictures
        raise SourceError(
            origin, _ONLY_NUMBERS if figures else NO_TEXT_FOUND if can_recognise() else NO_TEXT_LAYER
        )
    return pages  # nothing but what repeats: then that is the text


def _has(kind: Callable[[str], bool], page: str) -> bool:
    return any(map(kind, page))


def _article(pages: list[str], said: _Said, document: Document) -> Article:
    """Take title and label off the first page with text, and join the pages."""
    first = next(number for number, page in enumerate(pages) if page.strip())
    title, rest = said.title, pages[first]
    if title:
        rest = _without(rest, title)
    else:
        title, rest = split_title(rest)
    lead = split_lead(rest)
    if lead.text.strip() or any(page.strip() for page in pages[first + 1 :]):
        pages[first] = lead.text
    text, starts = joined_pages(pages)
    url = canonical_url(document.url)
    return Article(
        text=text,
        title=title or derived_title(text),
        origin=document.origin,
        published=said.published or lead.published,
        source=said.source or lead.source or host_of(url),
        url=url,
        authors=said.authors,
        language=said.language,
        pages=starts,
        dated_by="the PDF's metadata" if said.published else "the first line" if lead.published else None,
    )


def _without(page: str, title: str) -> str:
    """Drop the first lines of a page if they are the title."""
    lines = page.lstrip().split("\n")
    for count in range(1, min(4, len(lines)) + 1):
        if one_line(" ".join(lines[:count])).casefold() == title.casefold():
            return "\n".join(lines[count:]).lstrip("\n")
    return page


def _opened(data: bytes, origin: str) -> Any:  # noqa: ANN401  # pypdf's reader
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        # Many documents forbid printing with an owner's password, and open with an empty one.
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(origin, PASSWORD)
        count = len(reader.pages)
    except (DependencyError, NotImplementedError):  # ciphers and handlers that pypdf has not
        raise SourceError(origin, _LOCKED) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise SourceError(origin, _DAMAGED) from None
    if count > MOST_PDF_PAGES:
        raise SourceError(origin, f"It has more than {MOST_PDF_PAGES:,} pages. Split it.")
    return reader


def _pages(data: bytes, reader: Any, origin: str) -> Iterator[PageText]:  # noqa: ANN401
    """Yield the text of every page; a damaged one is empty, and a document of nothing else is damaged."""
    from pypdf.errors import LimitReachedError

    document = _tried(lambda: open_pdfium(data))
    sound = 0
    for number, page in enumerate(reader.pages):
        try:
            _unpack(page)
            found = page_text(document, number, composed_glyphs(page))
            sound += 1
        except MemoryError:
            raise
        except LimitReachedError:
            raise SourceError(origin, PAGE_BOMB) from None
        except Exception:  # noqa: BLE001  # damaged pages break the parser in any way
            found = PageText("", is_layer=False)
        yield found
    if reader.pages and not sound:
        raise SourceError(origin, _DAMAGED)


def _unpack(page: Any) -> None:  # noqa: ANN401
    """Unpack a page's drawing once within pypdf's limits, which pdfium has not."""
    contents = page["/Contents"].get_object() if "/Contents" in page else []
    for part in contents if isinstance(contents, list) else [contents]:
        part.get_object().get_data()


class _Said:
    """What the document says of itself, as far as it can be believed.

    The date of creation is the day on which a file was made, which may be years after the article: it
    is not taken. A publication date is one that says so (PRISM).
    """

    def __init__(self, reader: Any) -> None:  # noqa: ANN401
        info = _tried(lambda: reader.metadata) or {}
        title = one_line(str(info.get("/Title") or ""))[:300]
        self.title = None if _NO_TITLE.fullmatch(title) or len(title) < 4 else title  # noqa: PLR2004
        names = authors_of(str(info.get("/Author") or ""))
        self.authors = tuple(name for name in names if not _NO_AUTHOR.fullmatch(name))
        self.language = language_code(_tried(lambda: str(reader.trailer["/Root"].get("/Lang") or "")))
        prism = _tried(lambda: _prism(reader)) or {}
        dates = (parse_published(prism.get(name)) for name in _PUBLISHED)
        self.published = next((day for day in dates if day), None)
        self.source = one_line(prism.get("publicationName", "")) or None


def _prism(reader: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the fields of PRISM, which publishers of newspapers and journals write."""
    from lxml import etree  # type: ignore[import-untyped]

    stream = reader.trailer["/Root"].get("/Metadata")
    if stream is None:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(stream.get_object().get_data(), parser)
    found: dict[str, str] = {}
    for element in root.iter():
        pairs = [(element.tag, element.text), *element.attrib.items()]
        for name, value in pairs:
            if isinstance(name, str) and name.startswith(_PRISM) and value:
                found.setdefault(name.rsplit("}", 1)[-1], str(value).strip())
    return found


def _tried(get: Any) -> Any:  # noqa: ANN401
    try:
        return get()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # metadata may be broken where the text is not
        return None

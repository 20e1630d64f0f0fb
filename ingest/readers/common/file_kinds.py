"""Every kind of file that is read, in one table: its names, how it begins, and which file reads it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.files import is_blank, looks_like_page, refuse_binary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.readers.common.document import Document, DocumentPart

    Reader = Callable[[Document], Iterator[DocumentPart]]

_HOME = "ingest.readers."
_PDF_WITHIN = 1024  # bytes: readers of PDF accept that much before the header (ISO 32000-2, annex C.2)
_TAR_AT = 257  # where POSIX puts the word `ustar`


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `reader` is `<room>.<file>:<function>` in readers/, imported when first needed.

    `isolated` formats have parsers that hostile files can keep busy or blow up: they run in a child
    process. `counted` says that a file of it is one article, which an archive is not.
    """

    kind: str
    suffixes: tuple[str, ...]
    reader: str
    magic: bytes = b""
    at: int = 0
    isolated: bool = False
    counted: bool = True

    def begins(self, head: bytes) -> bool:
        """Say whether a file that begins so is one for sure."""
        return bool(self.magic) and head.startswith(self.magic, self.at)

    def load(self) -> Reader:
        """Import the function that reads it."""
        home, name = self.reader.split(":")
        reader: Reader = getattr(import_module(_HOME + home), name)
        return reader


_PAGE = Format("a web page", (".html", ".htm", ".xhtml"), "formats.html_page:page_articles")
_PDF = Format("a PDF document", (".pdf",), "formats.pdf:pdf_articles", magic=b"%PDF-", isolated=True)
_ZIP = Format(
    "a ZIP archive", (".zip",), "formats.zips:zip_articles", magic=b"PK\x03\x04", isolated=True, counted=False
)
FORMATS = (
    Format("a text", (".txt",), "formats.plain_text:plain_articles"),
    Format("a text", (".md", ".markdown"), "formats.markdown:markdown_articles"),
    _PAGE,
    Format("a JSON document", (".json",), "formats.json_records:json_articles", counted=False),
    Format("JSON Lines", (".jsonl", ".ndjson"), "formats.json_records:lines_articles"),
    Format(
        "a feed", (".rss", ".atom", ".xml"), "web.saved_feeds:feed_articles", isolated=True, counted=False
    ),
    Format("a table", (".csv", ".tsv"), "formats.csv_tables:table_articles", isolated=True, counted=False),
    _PDF,
    # DOCX and EPUB are ZIP archives: what such a file is, zips.py says from what is in it.
    Format("a Word document", (".docx",), "formats.zips:zip_articles", magic=_ZIP.magic, isolated=True),
    Format("a book", (".epub",), "formats.zips:zip_articles", magic=_ZIP.magic, isolated=True, counted=False),
    Format("an email", (".eml",), "formats.mail:mail_articles", isolated=True),
    Format("a mailbox", (".mbox",), "formats.mail:mailbox_articles", isolated=True, counted=False),
    Format(
        "a web archive",
        (".warc",),
        "formats.warc:warc_articles",
        magic=b"WARC/",
        isolated=True,
        counted=False,
    ),
    _ZIP,
    Format(
        "a TAR archive",
        (".tar", ".tgz"),
        "formats.tars:tar_articles",
        magic=b"ustar",
        at=_TAR_AT,
        isolated=True,
        counted=False,
    ),
)

SUFFIXES = frozenset(suffix for each in FORMATS for suffix in each.suffixes)
"""The names' ends that are read, each also with `.gz` behind."""

LINES = frozenset({".jsonl", ".ndjson"})
UNCOUNTED = frozenset(suffix for each in FORMATS if not each.counted for suffix in each.suffixes)
_MAY_BE_PAGES = ("formats.plain_text", "formats.markdown", "web.saved_feeds")
_NAMED = [each.suffixes[0] for each in FORMATS]
TYPES_READ = f"{', '.join(_NAMED[:-1])} and {_NAMED[-1]}, each also as .gz"
"""The formats as messages list them."""


def suffix_of(name: str | PurePath) -> str:
    """Return the suffix that says what a file is, in lower case: .jsonl for a.JSONL.gz."""
    last = PurePath(name).name.lower()
    return PurePath(last.removesuffix(".gz")).suffix


def is_read(path: PurePath) -> bool:
    """Say whether files of that name are read."""
    return suffix_of(path) in SUFFIXES


def format_of(head: bytes, name: str, origin: str) -> Format:
    """Return what a file is, by how it begins and then by its name; raise SourceError if not read.

    The beginning decides wherever it can: a picture named .pdf is refused, a PDF named .txt is read.
    """
    if is_blank(head):
        raise SourceError(origin, "It is empty.")
    suffix = suffix_of(name)
    named = next((each for each in FORMATS if suffix in each.suffixes), FORMATS[0])
    if named is _PDF and _PDF.magic in head[:_PDF_WITHIN]:
        return _PDF
    if found := next((each for each in FORMATS if each.begins(head)), None):
        return named if named.begins(head) else _ZIP if found.magic == _ZIP.magic else found
    refuse_binary(head, origin)
    if named.magic:
        raise SourceError(origin, f"It is not {named.kind}, though its name says so. Check the file.")
    return _PAGE if named.reader.startswith(_MAY_BE_PAGES) and looks_like_page(head) else named

"""A draft in a file: its whole text as it stands, and of a Word document its bytes too, for a copy."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes
from ingest.readers.common.dispatch import articles_of_bytes
from ingest.readers.common.file_kinds import format_of, suffix_of
from ingest.readers.common.files import SNIFFED_BYTES, open_unpacked, read_limited, unpacked
from ingest.readers.common.folders import shown_path
from ingest.readers.common.items import ReadOptions
from ingest.readers.formats.docx import shown_pieces
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

WORD = ".docx"
_TEXTS = frozenset({".txt", ".text", ".md", ".markdown", ""})
NOT_READ = "Drafts are read from text, Markdown and Word files (.txt, .md, .docx)."
STANDARD_INPUT = "standard input"
BETWEEN = "\n\n"
"""What stands between two paragraphs of a Word document in its text."""
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft: its text and, where it is a Word document, the document itself."""

    text: str
    word: bytes | None = None


def read_draft_file(path: Path) -> DraftFile:
    """Read a draft.

    Raises:
        SourceError: it is not there, too large, of another kind, damaged, or has no text.
    """
    from ingest.settings import library_settings

    origin = shown_path(path)
    if path.is_dir():
        raise SourceError(origin, "It is a folder. Name a file.")
    if suffix_of(path) not in {*_TEXTS, WORD}:
        raise SourceError(origin, NOT_READ if path.exists() else "It does not exist. Check the path.")
    options = ReadOptions.of(library_settings())
    with open_unpacked(path, origin) as stream:
        return _draft(read_limited(stream, origin, options.max_bytes), suffix_of(path), origin, options)


def read_draft_stream(stream: IO[bytes]) -> DraftFile:
    """Read a draft from standard input: text, Markdown, or a Word document as it begins like one."""
    from ingest.settings import library_settings

    options = ReadOptions.of(library_settings())
    data = read_limited(stream, STANDARD_INPUT, options.max_bytes)
    try:
        with unpacked(io.BytesIO(data)) as inner:
            data = read_limited(inner, STANDARD_INPUT, options.max_bytes)
    except (OSError, EOFError, zlib.error):
        raise SourceError(STANDARD_INPUT, "Its gzip data is damaged or cut off.") from None
    return _draft(data, WORD if data.startswith(_ZIP) else ".txt", STANDARD_INPUT, options)


def _draft(data: bytes, suffix: str, origin: str, options: ReadOptions) -> DraftFile:
    if data.startswith(_ZIP):
        _refuse_unsound(data, origin, options)
        return DraftFile(_with_words(_word_text(data, origin), origin), data)
    name = f"draft{suffix or '.txt'}"
    if format_of(data[:SNIFFED_BYTES], name, origin).kind != "a text":
        raise SourceError(origin, NOT_READ)
    return DraftFile(_with_words(clean_text(decode_bytes(data)), origin))


def _refuse_unsound(data: bytes, origin: str, options: ReadOptions) -> None:
    """Let a child process with limits read it first: what harms a parser harms that one."""
    for part in articles_of_bytes(data, f"draft{WORD}", options, origin=origin):
        if isinstance(part, Failure):
            raise SourceError(origin, part.reason)


def _word_text(data: bytes, origin: str) -> str:
    import docx

    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError(origin, NOT_READ) from error
    return BETWEEN.join("".join(piece for _, piece in pieces) for pieces in shown_pieces(body))


def _with_words(text: str, origin: str) -> str:
    if not any(character.isalnum() for character in text):
        raise SourceError(origin, "There is no text in it. Check that it is the file you meant.")
    return text

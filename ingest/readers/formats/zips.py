"""ZIP archives, and the two kinds of document that are ZIP archives inside: DOCX and EPUB."""

from __future__ import annotations

import os
import stat
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.document import Document, Entered, parts_of
from ingest.readers.common.files import unpacked
from ingest.readers.common.items import Listed
from ingest.readers.common.members import (
    IS_LINK,
    LEADS_OUT,
    is_member,
    leads_out,
    own_name,
    refuse_bomb,
    refuse_depth,
)
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.document import DocumentPart

_ENCRYPTED = 0x1  # bit of a member's flags
PASSWORD = "It is locked with a password. Save it again without one."  # noqa: S105
_DAMAGED = "Its ZIP data is damaged or cut off. Save or download it again."
_OTHER_PACKING = "It is packed in a way that is not read. Pack it again with Deflate."
_OTHERS = (
    ("xl/workbook.xml", "an Excel workbook. Save it as .csv."),
    ("ppt/presentation.xml", "a PowerPoint presentation. Save it as PDF."),
    ("content.xml", "an OpenDocument file. Save it as .docx or PDF."),
)


def zip_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the articles of what a ZIP archive turns out to be."""
    with open_zip(document) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            from ingest.readers.formats.docx import docx_article

            yield docx_article(archive, document.origin)
        elif "META-INF/container.xml" in names and "META-INF/MANIFEST.MF" not in names:
            from ingest.readers.formats.epub import epub_articles

            yield from epub_articles(archive, document)
        elif kind := next((kind for name, kind in _OTHERS if name in names), None):
            raise SourceError(document.origin, f"It is {kind}")
        else:
            yield from _members(archive, document)


@contextmanager
def open_zip(document: Document) -> Iterator[zipfile.ZipFile]:
    """Open the archive if it is sound and no bomb."""
    refuse_depth(document)
    stream = document.random_access()
    packed = stream.seek(0, os.SEEK_END)
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            refuse_bomb(document, members=len(infos), unpacked=total, packed=packed)
            yield archive
    except (zipfile.BadZipFile, EOFError):
        raise SourceError(document.origin, _DAMAGED) from None
    except (RuntimeError, NotImplementedError) as error:
        reason = PASSWORD if "password" in str(error) else _OTHER_PACKING
        raise SourceError(document.origin, reason) from None


def _members(archive: zipfile.ZipFile, document: Document) -> Iterator[DocumentPart]:
    taken = set[str]()
    for number, info in enumerate(archive.infolist()):
        name = own_name(info.filename, taken)
        if number < document.start or info.is_dir() or not is_member(info.filename, document):
            continue
        origin = f"{document.origin}#{name}"
        if document.depth == 0:
            yield Entered(number, origin)
        if reason := _refused(info):
            yield Failure(origin, reason)
            continue
        yield from _member(archive, info, document, name)
    yield Listed(document.origin, complete=True)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, document: Document, name: str
) -> Iterator[DocumentPart]:
    try:
        with archive.open(info) as stream:
            inner = document.member(unpacked(stream), name)
            yield from (part for part in parts_of(inner) if not isinstance(part, Listed))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        reason = PASSWORD if "password" in str(error) else _DAMAGED
        yield Failure(f"{document.origin}#{name}", reason)


def _refused(info: zipfile.ZipInfo) -> str | None:
    if leads_out(info.filename):
        return LEADS_OUT
    if stat.S_ISLNK(info.external_attr >> 16):
        return IS_LINK
    return PASSWORD if info.flag_bits & _ENCRYPTED else None

"""TAR archives, read from front to back; nothing of them is written anywhere."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.document import Entered, parts_of
from ingest.readers.common.files import read_limited, unpacked
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

    from ingest.readers.common.document import Document, DocumentPart

_DAMAGED = "Its TAR data is damaged or cut off; what came before is read. Pack it again."


def tar_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the articles of the members, in the order in which they lie."""
    refuse_depth(document)
    total, taken = 0, set[str]()
    try:
        # Without an encoding of its own: names are bytes, shown as text later.
        with tarfile.open(fileobj=document.stream, mode="r|", errors="surrogateescape") as archive:
            for number, info in enumerate(archive):
                total += info.size
                refuse_bomb(document, members=number, unpacked=total, packed=total)
                name = own_name(info.name, taken)
                if number >= document.start and is_member(info.name, document) and not info.isdir():
                    if document.depth == 0:
                        yield Entered(number, f"{document.origin}#{name}")
                    yield from _member(archive, info, document, name)
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
    except tarfile.TarError:
        raise SourceError(document.origin, _DAMAGED) from None
    yield Listed(document.origin, complete=True)


def _member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, document: Document, name: str
) -> Iterator[DocumentPart]:
    origin = f"{document.origin}#{name}"
    if leads_out(info.name):
        yield Failure(origin, LEADS_OUT)
    elif info.issym() or info.islnk():
        yield Failure(origin, IS_LINK)
    elif (stream := archive.extractfile(info)) is not None:
        try:
            data = read_limited(stream, origin, document.options.max_bytes)
        except SourceError as error:
            yield Failure(origin, error.reason)
            return
        inner = document.member(unpacked(io.BytesIO(data)), name)
        yield from (part for part in parts_of(inner) if not isinstance(part, Listed))

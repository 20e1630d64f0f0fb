"""What is said over the pipe to the child that reads hostile files: JSON, checked field by field.

Nothing of it is ever run or unpickled: a parser that a document has taken over can send wrong text,
and nothing worse.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from ingest.article import Article
from ingest.audience import group_names
from ingest.errors import SettingsError
from ingest.readers.common.document import Entered, Working
from ingest.readers.common.exported import Exported, SourceGroups
from ingest.readers.common.items import Listed
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.readers.common.document import DocumentPart

_LENGTH = struct.Struct(">I")
READY = "ready"
"""What the child sends once it has started and can be asked."""

END = "end"
"""What the child sends when a file has come to its end."""

OUT_OF_MEMORY = 77
"""The exit code of a child that had no memory left even to say so."""

_KINDS = {
    "article": Article,
    "exported": Exported,
    "source": SourceGroups,
    "failure": Failure,
    "listed": Listed,
    "entered": Entered,
    "working": Working,
}
_NAMES: dict[type[object], str] = {kind: name for name, kind in _KINDS.items()}


def send(stream: IO[bytes], kind: str, fields: Mapping[str, Any]) -> None:
    """Write one message: its length in four bytes, and JSON."""
    text = json.dumps([kind, fields], default=date.isoformat, ensure_ascii=False)
    data = text.encode("utf-8", "surrogatepass")  # names of files may have lone ones
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes], max_bytes: int) -> tuple[str, dict[str, Any]]:
    """Read one message.

    Raises:
        EOFError: The other side is gone.
        ValueError: It is too long, or no message.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > max_bytes:
        raise ValueError("a message over the limit")
    message: Any = json.loads(_exactly(stream, length).decode("utf-8", "surrogatepass"))
    if not isinstance(message, list) or [type(part) for part in message] != [str, dict]:
        raise ValueError("no message")
    return message[0], message[1]


def fields_of(part: DocumentPart) -> tuple[str, dict[str, Any]]:
    """Return what `send` takes for something that was read."""
    fields = asdict(part)
    if isinstance(part, Exported | SourceGroups):
        fields["groups"] = sorted(part.groups)
    return _NAMES[type(part)], fields


def part_of(kind: str, fields: Mapping[str, Any]) -> DocumentPart:
    """Return what was read from a message; raise ValueError for anything that it can't be."""
    if kind == "article":
        return _article(fields)
    if kind in {"exported", "source"}:
        return _exported(kind, fields)
    if kind == "failure":
        return Failure(_text(fields["source"]), _text(fields["reason"]))
    if kind == "listed":
        return Listed(_text(fields["source"]), complete=fields["complete"] is True)
    if kind == "entered":
        return Entered(_number(fields["number"]), _text(fields["origin"]))
    if kind == "working":
        return Working(_text(fields["origin"]))
    raise ValueError("no kind of message")


def _article(fields: Mapping[str, Any]) -> Article:
    pages = tuple(_number(page) for page in fields["pages"])
    return Article(
        text=_text(fields["text"]),
        title=_text(fields["title"]),
        origin=_text(fields["origin"]),
        published=_day(fields["published"]),
        source=_maybe(fields["source"]),
        url=_maybe(fields["url"]),
        authors=tuple(_text(name) for name in fields["authors"]),
        modified=_day(fields["modified"]),
        language=_maybe(fields["language"]),
        section=_maybe(fields["section"]),
        pages=pages,
        dated_by=_maybe(fields["dated_by"]),
        unread=tuple((_text(kind), _number(count)) for kind, count in fields["unread"]),
        ocr_pages=tuple(_number(page) for page in fields["ocr_pages"]),
        picture_pages=tuple(_number(page) for page in fields["picture_pages"]),
    )


def _exported(kind: str, fields: Mapping[str, Any]) -> Exported | SourceGroups:
    try:
        groups = group_names([_text(name) for name in fields["groups"]])
    except SettingsError as error:
        raise ValueError(str(error)) from None
    place = _text(fields["place"])
    if kind == "exported":
        return Exported(_article(fields["article"]), place, groups)
    return SourceGroups(place, _text(fields["source"]), groups)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004  # one class of errors for a wrong message
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("no number")
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        block = stream.read(size - len(data))
        if not block:
            raise EOFError
        data += block
    return bytes(data)

"""Pages of a PDF that are pictures, read by text recognition (OCR) where it is installed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.common.document import Working
from ingest.readers.formats.pdf_pictures import pictures_of
from ingest.readers.formats.recognition import Recogniser, can_recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["ReadPicture", "can_recognise", "read_pictures"]

MOST_OCR_PAGES = 500  # of one document; a page takes seconds, and the others are told as not read


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What was read on a page, from 0; nothing where it shows no text."""

    number: int
    text: str


def read_pictures(data: bytes, origin: str, pages: Sequence[int]) -> Iterator[ReadPicture | Working]:
    """Yield what is read on these pages of a PDF, and between them that it goes on; nothing without OCR.

    Where recognition fails, the pages from there on are not read: they are told as pictures.
    """
    if not pages or not can_recognise():
        return
    yield Working(origin)  # loading the models takes memory and time of its own
    try:
        recogniser: Recogniser | None = None  # blank pages need none
        for number, picture in pictures_of(data, pages[:MOST_OCR_PAGES]):
            if picture is not None:
                recogniser = recogniser or Recogniser()
            yield ReadPicture(number, recogniser.text(picture) if recogniser and picture is not None else "")
            yield Working(origin)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # the text of the other pages stays
        return

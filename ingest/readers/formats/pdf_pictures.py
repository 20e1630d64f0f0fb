"""pypdfium2: pages of a PDF as pictures, for text recognition; loaded only where a page needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

_DOTS = 150 / 72  # pixels for a point: finer print is read no better, and takes longer
_SHORTEST, _LONGEST = 1200, 2000  # pixels of the longer side, whatever size the page claims
_BLANK = 24  # of 255: a page on which no two places differ by more has nothing on it


def pictures_of(data: bytes, pages: Sequence[int]) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
    """Yield these pages (from 0), each with its picture (height, width, 3); None for a blank one."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in pages:
            try:
                page = document[number]
                longer = max(page.get_size())
                wanted = min(max(longer * _DOTS, _SHORTEST), _LONGEST)
                bitmap = page.render(scale=wanted / longer, rev_byteorder=True)
                picture = bitmap.to_numpy()[:, :, :3]
            except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
                yield number, None
                continue
            blank = int(picture.max()) - int(picture.min()) < _BLANK
            yield number, None if blank else picture.copy()
    finally:
        document.close()

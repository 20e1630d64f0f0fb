"""Counting the articles of the sources ahead of reading, for the total of the progress.

Counting must cost next to nothing beside reading, so it looks at names and line ends only. Where those
don't tell (a .json file may hold one article or thousands) it gives None, and progress has no total.
It meets the files that the readers meet: the same names, the same links, regular files alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.file_kinds import LINES, UNCOUNTED, is_read, suffix_of
from ingest.readers.common.files import open_unpacked
from ingest.readers.common.folders import files_of
from ingest.readers.sources import is_address, is_folder, split_glob
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BLOCK_BYTES = 1 << 20
MOST_COUNTED_BYTES = 4 << 30
"""Bytes that are gone through in all, unpacked: some ten seconds of unpacking, about a million articles."""


class _Unknown(Exception):  # noqa: N818  # no error: it only ends the counting
    """The number can't be known, or nobody wants it any more."""


def count_articles(
    sources: Iterable[str | Path | Article],
    *,
    stopped: Callable[[], bool] = lambda: False,
    most_bytes: int = MOST_COUNTED_BYTES,
) -> int | None:
    """Return how many articles and failures the sources will give, or None where that can't be known.

    `stopped` is asked again and again; once it says yes, counting ends with None.
    """
    counter = _Counter(stopped, most_bytes)
    try:
        return sum(counter.source(source) for source in sources)
    except (_Unknown, SourceError):  # the reader will say what is wrong with it
        return None


class _Counter:
    def __init__(self, stopped: Callable[[], bool], most_bytes: int) -> None:
        self._stopped = stopped
        self._left = most_bytes

    def source(self, source: str | Path | Article) -> int:
        self._go_on()
        if isinstance(source, Article) or not str(source).strip():
            return 1
        if is_address(source):  # what a feed or site lists is known when it is read
            raise _Unknown
        path = Path(source)
        if not is_folder(path) and split_glob(path):  # a glob is gone through when it is read
            raise _Unknown
        if not is_folder(path):
            return self._file(path)
        return sum(self._file(found) for found in files_of(path, is_read)) or 1  # an empty one is a failure

    def _file(self, found: Path | Failure) -> int:
        """Count what a file gives; one that can't be read gives one failure."""
        self._go_on()
        if isinstance(found, Failure):
            return 1
        suffix = suffix_of(found)
        if suffix in UNCOUNTED:
            raise _Unknown
        return self._lines(found) if suffix in LINES else 1

    def _lines(self, file: Path) -> int:
        """Count lines as the reader will meet them: a last one without a line end counts too."""
        lines, last = 0, b"\n"
        with open_unpacked(file, file.name) as stream:
            while block := stream.read(BLOCK_BYTES):
                self._left -= len(block)
                self._go_on()
                lines += block.count(b"\n")
                last = block[-1:]
        return lines + (last != b"\n")

    def _go_on(self) -> None:
        if self._stopped() or self._left < 0:
            raise _Unknown

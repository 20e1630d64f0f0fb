"""From a path to articles: which reader takes a file, and going on past what can't be read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.dispatch import articles_of_file
from ingest.readers.common.exported import Exported, article_of
from ingest.readers.common.file_kinds import LINES, SUFFIXES, TYPES_READ, is_read, suffix_of
from ingest.readers.common.folders import LEAVES, MISSING, files_of, shown_path
from ingest.readers.common.globs import WILDCARDS, compiled, is_wanted
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.readers.common.items import Item

__all__ = [
    "LINES",
    "SUFFIXES",
    "TYPES_READ",
    "found_files",
    "is_address",
    "is_folder",
    "is_read",
    "iter_source",
    "read_articles",
    "suffix_of",
]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # one slash: a Path folds two into one


def read_articles(path_or_url: str | Path) -> Iterator[Article]:
    """Yield the articles of a file, a folder or an address, one at a time.

    Single files and records that can't be read are passed over; `iter_source` names them. For which groups
    articles of an export are is not in what is yielded: ingest the file itself to have that kept.

    Raises:
        SourceError: The source gave no article at all.
    """
    from ingest.settings import library_settings

    failure, found = None, False
    options = ReadOptions.of(library_settings())
    for item in iter_source(path_or_url, options):
        if isinstance(item, Failure):
            failure = failure or item
        elif isinstance(item, Article | Exported):
            found = True
            yield article_of(item)
    if not found:
        failure = failure or Failure(str(path_or_url), "It holds no articles.")
        raise SourceError(failure.source, failure.reason)


def iter_source(source: str | Path, options: ReadOptions) -> Iterator[Item]:
    """Yield every article of a file, folder or glob, and a Failure with its reason for all that isn't one.

    Never raises for what it reads. Nothing is held longer than its turn: a file of millions of records
    passes through line by line. `options.max_bytes` limits a file, of JSON Lines a line, after unpacking.
    """
    if not str(source).strip():
        yield Failure(repr(str(source)), "Nothing is named. Give the path of a file or folder.")
    elif is_address(source):
        from ingest.readers.web.web_source import iter_address

        yield from iter_address(str(source), options)
    else:
        path = Path(source)
        for found in found_files(path, options):
            if not isinstance(found, Path):
                yield found
            elif found is path:
                yield from articles_of_file(path, options)
            else:
                yield from (item for item in articles_of_file(found, options) if not isinstance(item, Listed))


def is_address(source: str | Path) -> bool:
    """Say whether a source is an address of the web, or of anything else with a scheme, and no path."""
    return _ADDRESS.match(str(source)) is not None


def split_glob(path: Path) -> tuple[Path, str] | None:
    """Split `news/**/*.pdf` into the folder and the glob below it; None for a path that is there."""
    try:
        if path.exists() or not WILDCARDS.search(str(path)):
            return None
    except (OSError, ValueError):
        return None
    parts = path.parts
    first = next(number for number, part in enumerate(parts) if WILDCARDS.search(part))
    return Path(*parts[:first]), "/".join(parts[first:])


def found_files(source: Path, options: ReadOptions) -> Iterator[Path | Failure | Listed]:
    """Yield the files that a path or glob leads to, a Failure for what can't be used, and a folder's end.

    A file that is named itself has no end: it is the whole source.
    """
    if is_folder(source):
        yield from _folder(source, options)
    elif (split := split_glob(source)) is not None:
        yield from _folder(split[0], options, pattern=split[1])
    elif not is_read(source):
        yield _wrong_type(source)
    else:
        yield source


def _folder(folder: Path, options: ReadOptions, pattern: str = "") -> Iterator[Path | Failure | Listed]:
    """Find the files of a folder; files of other types are passed over, as folders have them."""
    named = shown_path(folder / pattern)
    empty = complete = True
    passed: Counter[str] = Counter()
    for path in files_of(folder, _wanted(folder, options, pattern, passed), deepest=_depth(pattern)):
        empty = False
        complete = complete and not (isinstance(path, Failure) and path.reason != LEAVES)
        yield path
    if empty and (pattern or options.include or options.exclude):
        yield Failure(named, f"No file of a type that is read matches. Read are {TYPES_READ}.")
    elif empty:
        yield Failure(named, f"The folder has no files to read. Read are {TYPES_READ}.")
    yield Listed(named, complete=complete, passed=passed)


def _wanted(folder: Path, options: ReadOptions, pattern: str, passed: Counter[str]) -> Callable[[Path], bool]:
    """Return what says whether a file in the folder is to be read; it counts what is of another type."""
    root = folder.resolve()

    def wanted(path: Path) -> bool:
        below = path.relative_to(folder if path.is_relative_to(folder) else root).as_posix()
        named = not pattern or compiled(pattern).fullmatch(below) is not None
        chosen = named and is_wanted(below, options.include, options.exclude)
        if chosen and not is_read(path):
            passed[path.suffix.lower()] += 1
        return chosen and is_read(path)

    return wanted


def _depth(pattern: str) -> int | None:
    """Return how many folders deep a glob can lead; None for any depth."""
    return None if not pattern or "**" in pattern else pattern.count("/")


def is_folder(path: Path) -> bool:
    """Say whether it is a folder; a path that no system can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _wrong_type(path: Path) -> Failure:
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    reason = f"Files of this type are not read. Read are {TYPES_READ}." if there else MISSING
    return Failure(shown_path(path), reason)

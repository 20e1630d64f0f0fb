"""From a path to articles: which reader takes a file, and going on past what can't be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.decoding import WIDE_MARKS, decode_bytes
from ingest.readers.files import HEAD, MEGABYTE, lines_of, open_unpacked, read_limited, refuse_binary
from ingest.readers.folders import files_of, shown_path
from ingest.readers.html import declared_encoding, html_article
from ingest.readers.items import ReadOptions
from ingest.readers.markdown import markdown_article
from ingest.readers.plain import plain_article
from ingest.readers.records import articles_of_json, articles_of_lines
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.items import Item

LINES = frozenset({".jsonl", ".ndjson"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN = frozenset({".md", ".markdown"})
SUFFIXES = frozenset({".txt", ".json"}) | LINES | PAGES | MARKDOWN
TYPES_READ = ".txt, .md, .html, .json and .jsonl, each also as .gz"

_ADDRESS = re.compile(r"https?:/", re.IGNORECASE)  # one slash: a Path folds two into one
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def read_articles(path_or_url: str | Path) -> Iterator[Article]:
    """Yield the articles of a file or a folder, one at a time.

    Single files and records that can't be read are passed over; `iter_source` names them.

    Raises:
        SourceError: The source gave no article at all.
    """
    from ingest.settings import library_settings

    failure, found = None, False
    options = ReadOptions(max_bytes=library_settings().max_file_mb * MEGABYTE)
    for item in iter_source(path_or_url, options):
        if isinstance(item, Failure):
            failure = failure or item
        elif isinstance(item, Article):
            found = True
            yield item
    if not found:
        failure = failure or Failure(str(path_or_url), "It holds no articles.")
        raise SourceError(failure.source, failure.reason)


def iter_source(source: str | Path, options: ReadOptions) -> Iterator[Item]:
    """Yield every article of a file or folder, and a Failure with its reason for all that isn't one.

    Never raises for what it reads. Nothing is held longer than its turn: a file of millions of records
    passes through line by line. `options.max_bytes` limits a file, of JSON Lines a line, after unpacking.
    """
    if not str(source).strip():
        yield Failure(repr(str(source)), "Nothing is named. Give the path of a file or folder.")
    elif _ADDRESS.match(str(source)):
        reason = "Fetching web pages comes with a later version; save the page and ingest the file."
        yield Failure(str(source), reason)
    elif is_folder(path := Path(source)):
        yield from _folder(path, options.max_bytes)
    elif not is_read(path):
        yield _wrong_type(path)
    else:
        yield from _file(path, options.max_bytes)


def _folder(folder: Path, max_bytes: int) -> Iterator[Article | Failure]:
    """Read the files of a folder; files of other types are passed over, as folders have them."""
    empty = True
    for path in files_of(folder, is_read):
        empty = False
        if isinstance(path, Failure):
            yield path
        else:
            yield from _file(path, max_bytes)
    if empty:
        yield Failure(shown_path(folder), f"The folder has no files to read. Read are {TYPES_READ}.")


def _file(path: Path, max_bytes: int) -> Iterator[Article | Failure]:
    origin, empty = shown_path(path), True
    try:
        for item in _articles(path, origin, max_bytes):
            empty = False
            yield item
        if empty:  # an empty list in JSON, or nothing but empty lines
            yield Failure(origin, "It holds no articles.")
    except SourceError as error:
        yield Failure(origin, error.reason)


def _articles(path: Path, origin: str, max_bytes: int) -> Iterator[Article | Failure]:
    suffix = suffix_of(path)
    with open_unpacked(path, origin) as stream:
        head = stream.read(HEAD)
        refuse_binary(head, origin)
        stream.seek(0)
        if suffix in LINES and not head.startswith(WIDE_MARKS):
            yield from articles_of_lines(lines_of(stream, origin, max_bytes), origin)
            return
        data = read_limited(stream, origin, max_bytes)
    yield from _whole(data, origin, suffix)


def _whole(data: bytes, origin: str, suffix: str) -> Iterator[Article | Failure]:
    """Read a file that is one document. A page that is named .txt is still a page."""
    text = decode_bytes(data, declared=declared_encoding(data))
    if suffix in LINES:
        yield from articles_of_lines((line.encode("utf-8", "replace") for line in text.split("\n")), origin)
    elif suffix == ".json":
        yield from articles_of_json(text, origin)
    elif suffix in PAGES or _PAGE_START.match(text, 0, HEAD):
        yield html_article(text, origin)
    else:
        yield markdown_article(text, origin) if suffix in MARKDOWN else plain_article(text, origin)


def is_folder(path: Path) -> bool:
    """Say whether it is a folder; a path that no system can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_read(path: Path) -> bool:
    """Say whether files of that name are read."""
    return suffix_of(path) in SUFFIXES


def suffix_of(path: Path) -> str:
    """Return the suffix that says what a file is, in lower case: .jsonl for a.JSONL.gz."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _wrong_type(path: Path) -> Failure:
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    reason = f"Files of this type are not read. Read are {TYPES_READ}." if there else _MISSING
    return Failure(shown_path(path), reason)


_MISSING = "It does not exist. Check the path."

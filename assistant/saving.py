"""Answers and tables saved to files: Word, Markdown, HTML, JSON, CSV, and what reference managers read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.rendering.story_files import TABLE_ENDINGS, table_file
from assistant.web.html.exporting import TYPES, answer_file
from ingest import SourceError, put_in_place

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat

SAVED_ENDINGS = tuple(f".{ending}" for ending, _ in TYPES.values())
"""What the name of a saved answer ends in: it says the format."""


def save_answer(answer: Answer, path: Path | str) -> None:
    """Write an answer to a file, in the format that the ending of its name says.

    `.docx` is a Word document with footnotes, `.html` a page that `footnote verify` can check, `.ris` and
    `.csl.json` are the cited articles for reference managers, `.md` and `.json` what `to_markdown` and
    `to_dict` have. An existing file is replaced, whole or not at all.

    Raises:
        SourceError: the ending is none of these, or the file can't be written.
    """
    file = Path(path)
    write_file(file, answer_file(answer.question, [answer], ending_of(file, SAVED_ENDINGS)[1:]))


def save_table(table: Timeline | WhoSaidWhat | HadThis, path: Path | str) -> None:
    """Write a timeline, who said what, or reports: `.docx`, `.csv`, `.md` or `.json`, by its ending.

    Raises:
        SourceError: the ending is none of these, or the file can't be written.
    """
    file = Path(path)
    write_file(file, table_file(table, ending_of(file, TABLE_ENDINGS)))


def check_place(file: Path, endings: tuple[str, ...] = ()) -> None:
    """Refuse a file that could not be written, before any work is done for it.

    Raises:
        SourceError: its ending is none of some endings, or its folder is not there, or it is a folder.
    """
    if endings:
        ending_of(file, endings)
    if not file.parent.is_dir():
        raise SourceError(str(file), "There is no such folder. Make it first.")
    if file.is_dir():
        raise SourceError(str(file), "It is a folder. Name a file.")


def ending_of(file: Path, endings: tuple[str, ...]) -> str:
    """Return which of some endings a file has, the longest that fits; raise SourceError if it has none."""
    fitting = [ending for ending in endings if file.name.casefold().endswith(ending)]
    if not fitting:
        raise SourceError(
            str(file), f"Its ending says no format. End its name in one of {', '.join(endings)}."
        )
    return max(fitting, key=len)


def write_file(file: Path, data: bytes) -> None:
    """Write a file beside its place and move it there whole.

    Raises:
        SourceError: it can't be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=file.suffix, delete=False) as kept:
            fresh = Path(kept.name)
            try:
                kept.write(data)
                kept.close()
                fresh.chmod(_usual_mode())
                put_in_place(fresh, file)
            finally:
                fresh.unlink(missing_ok=True)  # still there where it could not be written or moved
    except OSError as error:
        raise SourceError(str(file), f"It can't be written: {error.strerror}.") from None


def _usual_mode() -> int:
    """Return the rights that a new file has: temporary ones are readable for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

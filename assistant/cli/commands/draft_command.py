"""`footnote check`."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from assistant.cli.commands.answering import WIDEST
from assistant.cli.console import say, say_json
from assistant.rendering.draft_text import check_text
from assistant.rendering.render import TERMINAL_WIDTH
from ingest import SourceError, put_in_place, read_draft_file, read_draft_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from assistant.vocabulary.drafts import DraftCheck
    from ingest import DraftFile, Filters

BELOW = 3
"""Exit code where fewer statements agree than `--fail-under` wants."""
_STANDARD_INPUT = "-"
_WORD = ".docx"


def check(
    file: str,
    *,
    as_json: bool,
    out: Path | None,
    fail_under: float | None,
    written_on: date | None,
    filters: Filters | None,
) -> int:
    """Check a draft and print what was found; 3 where fewer agree than wanted."""
    from assistant.drafting.check_draft import check_draft

    draft = _read(file)
    _refuse_out(file, out)
    with _progress(shown=not as_json and sys.stderr.isatty()) as tell:
        found = check_draft(draft.text, filters=filters, written_on=written_on, progress=tell)
    if out is not None:
        _write(out, found, draft)
    if as_json:
        say_json(found.to_dict())
    else:
        width = min(get_terminal_size((TERMINAL_WIDTH, 24)).columns, WIDEST)
        say(check_text(found, width=width))
        if out is not None:
            say(f"\nWritten with comments: {out}")
    share = found.share
    return BELOW if fail_under is not None and share is not None and share < fail_under else 0


def _read(file: str) -> DraftFile:
    return read_draft_stream(sys.stdin.buffer) if file == _STANDARD_INPUT else read_draft_file(Path(file))


def _refuse_out(file: str, out: Path | None) -> None:
    if out is None:
        return
    if out.suffix.lower() != _WORD:
        raise SourceError(str(out), "The copy with comments is a Word document: end its name in .docx.")
    if file != _STANDARD_INPUT and out.exists() and out.samefile(file):
        raise SourceError(str(out), "It is the draft itself. Name another file for the copy.")
    if not out.parent.is_dir():
        raise SourceError(str(out), "There is no such folder. Make it first.")


def _write(out: Path, found: DraftCheck, draft: DraftFile) -> None:
    """Write the copy beside its place and move it there whole."""
    from assistant.drafting.word_comments import commented_word

    made = commented_word(found, draft.word)
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, suffix=_WORD, delete=False) as kept:
            kept.write(made)
        put_in_place(Path(kept.name), out)
    except OSError as error:
        raise SourceError(str(out), f"It can't be written: {error.strerror}.") from None


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Checking …", total=None)

        def tell(done: int, total: int) -> None:
            said = f"Checking {done:,} of {total:,} statements"
            bar.update(task, description=said, completed=done, total=total)

        yield tell

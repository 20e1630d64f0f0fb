"""What the command line prints: reports, lists, JSON, and the progress of an ingestion."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.language.calendar_words import written_date
from assistant.rendering.render import BOLD, NO_DATE, NOT_BOLD, printable
from ingest import named_counts, page_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ingest import ArticleSummary, IngestReport, Progress

# Failures listed one by one; the rest are counted, `--json` has them all.
LISTED_FAILURES = 20
LISTED_TYPES = 6  # of files that were passed over
LINE = 80  # characters
LONGEST_TITLE = 100  # characters of a title in the list of articles; `--json` has all of it
# JSON escapes C0 controls itself; these would still reach the terminal: DEL, C1, direction overrides.
_RISKY = re.compile("[\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def say(text: str, *, error: bool = False) -> None:
    """Print text that may come from articles; what the terminal can't show is replaced, never fatal."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(printable(text).encode(encoding, "replace").decode(encoding) + "\n")


def say_strong(text: str) -> None:
    """Print text whose only escape sequences are ours for bold, which a pipe or file does not get."""
    pieces = re.split(f"({re.escape(BOLD)}|{re.escape(NOT_BOLD)})", text)
    encoding = sys.stdout.encoding or "utf-8"
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    kept = [printable(piece) if place % 2 == 0 else piece for place, piece in enumerate(pieces)]
    shown = "".join(kept if bold else kept[::2])  # every second piece is one of our escape sequences
    sys.stdout.write(shown.encode(encoding, "replace").decode(encoding) + "\n")


def say_json(value: Any, *, indent: int | None = 2) -> None:  # noqa: ANN401  # any JSON value
    """Print a value as JSON that is safe to look at in a terminal.

    Where the terminal or pipe doesn't take UTF-8, letters beyond ASCII become escapes: a replaced one
    would make a quotation that stands in no article.
    """
    unicode = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    say(json_line(value, indent=indent, ascii_only=not unicode))


def json_line(value: Any, *, indent: int | None = None, ascii_only: bool = False) -> str:  # noqa: ANN401  # any JSON value
    """Return JSON: letters stay letters unless told otherwise, control characters are escapes."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    escaped = _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return escaped.encode("utf-8", "replace").decode()


def report_text(report: IngestReport) -> str:
    """Say what an ingestion did, and which sources it could not use and why."""
    counts = f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged"
    counts += f", {report.removed:,} removed" if report.removed else ""
    stored = f"{report.chunks:,} chunk{'' if report.chunks == 1 else 's'} stored in {report.seconds:,.1f} s"
    lines = [f"{counts}, {len(report.failed):,} failed; {stored}."]
    lines += [_named(failure.source, failure.reason) for failure in report.failed[:LISTED_FAILURES]]
    more = len(report.failed) - LISTED_FAILURES
    lines += [f"  … and {more:,} more; --json lists them all."] if more > 0 else []
    for kept in report.kept:
        those = "1 article is" if kept.articles == 1 else f"{kept.articles:,} articles are"
        lines.append(_named(kept.source, f"{those} kept, though not found: {kept.reason}."))
    lines += [_passed_over(report.passed_over)] if report.passed_over else []
    not_read = f"  Not read, as it is no text: {named_counts(report.unread.items())}."
    lines += [textwrap.fill(not_read, LINE, subsequent_indent="    ")] if report.unread else []
    notes = page_notes(report)
    lines += [_named(note.source, said) for note, said in notes[:LISTED_FAILURES]]
    more = len(notes) - LISTED_FAILURES
    lines += (
        [f"  … and {more:,} more documents with pictures of text; --json lists them all."] if more > 0 else []
    )
    return "\n".join(lines)


def _named(source: str, reason: str) -> str:
    """Put what is said of a source behind its name, or below it where both don't fit into a line."""
    line = f"  {source}: {reason}"
    if len(line) <= LINE:
        return line
    return f"  {source}:\n" + textwrap.fill(reason, LINE, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _passed_over(files: Mapping[str, int]) -> str:
    """Name the types of files that are not read, the most frequent first."""
    count = sum(files.values())
    kinds = [f"{number:,} {kind or 'without a type'}" for kind, number in files.items()]
    shown = ", ".join(kinds[:LISTED_TYPES]) + (", …" if len(kinds) > LISTED_TYPES else "")
    those = (
        "1 file of a type that is not read was"
        if count == 1
        else f"{count:,} files of types that are not read were"
    )
    return textwrap.fill(f"  {those} passed over: {shown}.", LINE, subsequent_indent="    ")


def article_line(article: ArticleSummary) -> str:
    """Return one line of the list of articles."""
    published = written_date(article.published) if article.published else NO_DATE
    source = f"{article.source}, " if article.source else ""
    audience = f"  [for {', '.join(article.groups)}]" if article.groups else ""
    group = f"  [group {article.group}]" if article.group else ""
    title = " ".join(article.title.split())
    title = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"
    return f"{article.id}  {title} ({' '.join(f'{source}{published}'.split())}){group}{audience}"


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show how far an ingestion is, with its rate and an honest time to go, or nothing at all."""
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading …", total=None)

        def tell(progress: Progress) -> None:
            handled = progress.done + progress.failed
            bar.update(task, description=progress_text(progress), completed=handled, total=progress.total)

        yield tell


def progress_text(progress: Progress) -> str:
    """Say how far it is: "Reading 212 of 1,340 articles, 9 a second, about 2 min left"."""
    handled = progress.done + progress.failed
    of = f" of {progress.total:,}" if progress.total is not None else ""
    parts = [f"Reading {handled:,}{of} articles"]
    if rate := progress.rate:
        parts.append(f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute")
    if progress.seconds_left:
        parts.append(time_left(progress.seconds_left))
    return ", ".join(parts)


def time_left(seconds: float) -> str:
    """Say how long it still takes, no more exactly than it can be known."""
    minute, hour = 60, 3600
    if seconds < minute:
        return "less than a minute left"
    if seconds < hour:
        return f"about {round(seconds / minute)} min left"
    return f"about {seconds / hour:.1f} h left"

"""`footnote verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.console import say, say_json
from assistant.rendering.render import one_line
from assistant.rendering.seal import LARGEST_PAGE, compared, examine
from ingest import FootnoteError, Library, SourceError, library_settings

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.rendering.seal import SealReport

NOT_SEALED = "It is no page that Footnote sealed: it has no seal, or more than one."


def verify(file: Path, *, as_json: bool) -> int:
    """Check a sealed page; 0 if it is as it was saved and the library says nothing else, 1 otherwise."""
    report = examine(_read(file))
    if not report.sealed:
        raise SourceError(str(file), NOT_SEALED)
    same, other, unknown = _compared(report)
    if as_json:
        quotes = {"quotes": len(report.quotes), "changed": [quote.text for quote in report.changed]}
        library = {"same": same, "other": other, "unknown": unknown}
        say_json({"intact": report.intact, **quotes, "library": library})
    else:
        say(_told(report, same, other))
    return 0 if report.intact and not other else 1


def _read(file: Path) -> str:
    """Read a page with the line ends that it has."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise SourceError(str(file), f"It can't be read: {error.strerror}.") from None
    if len(data) > LARGEST_PAGE:
        raise SourceError(str(file), f"It is larger than {LARGEST_PAGE // 1_000_000} MB. {NOT_SEALED}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise SourceError(str(file), NOT_SEALED) from None


def _compared(report: SealReport) -> tuple[int, int, int]:
    """Compare with the library; without one it can tell of no quotation."""
    try:
        with Library.open(library_settings().library) as library:
            return compared(report, lambda article, version: library.article(article, version=version))
    except FootnoteError:
        return 0, 0, len(report.quotes)


def _told(report: SealReport, same: int, other: int) -> str:
    count = len(report.quotes)
    quotes = f"{count:,} quotation{'' if count == 1 else 's'}"
    if report.intact:
        lines = [f"The file is as it was saved, with {quotes}."]
    elif report.changed:
        lines = [f"The file was changed after it was saved, in {len(report.changed):,} of {quotes}:"]
        lines += [f"  now “{one_line(quote.text)}”" for quote in report.changed]
    else:
        lines = [f"The file was changed after it was saved, but not in its {quotes}."]
    if same:
        lines.append(f"{same:,} of {quotes} stand in your library word for word.")
    if other:
        lines.append(f"{other:,} of {quotes} don't stand in your library as the file has them.")
    return "\n".join(lines)

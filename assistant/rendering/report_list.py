"""Who has reported something already, as Markdown and as text for a terminal. Values in, text out."""

from __future__ import annotations

import csv
import io
import textwrap
from typing import TYPE_CHECKING

from assistant.language.calendar_words import written_date
from assistant.rendering.render import (
    NO_DATE,
    TERMINAL_WIDTH,
    cited_markdown,
    escape_markdown,
    footnote_text,
    one_line,
)
from assistant.rendering.story_tables import SOURCE_COLUMNS, safe_cells, source_cells

if TYPE_CHECKING:
    from assistant.vocabulary.story_reports import HadThis, Printing, Report

TITLE = "Have we had this?"
NOT_HAD = "Your articles have not reported this."
FIRST, LATER = "First report", "Later"
WORD_FOR_WORD = "in these words"


def reports_text(found: HadThis, *, width: int = TERMINAL_WIDTH) -> str:
    """Return the reports for a terminal, each with its nearest sentence and its copies."""
    blocks = [] if found.reports else [NOT_HAD]
    for place, report in enumerate(found.reports):
        lines = [
            f"{report_heading(place, report)}:",
            footnote_text(found.citations[report.citation - 1], " ", width),
        ]
        lines += [
            textwrap.fill(f"    copy: {named_copy(each)}", width, subsequent_indent="    ")
            for each in report.copies
        ]
        blocks.append("\n".join(lines))
    blocks += [textwrap.fill(one_line(notice), width) for notice in found.notices]
    return "\n\n".join(blocks)


def reports_markdown(found: HadThis) -> str:
    """Return the reports as a list in Markdown, all text from articles escaped."""
    lines = [] if found.reports else [NOT_HAD]
    for place, report in enumerate(found.reports):
        cited = cited_markdown(found.citations[report.citation - 1])
        lines.append(f"- **{report_heading(place, report)}:** {cited}")
        lines += [f"  - copy: {escape_markdown(named_copy(each))}" for each in report.copies]
    lines += [f"\n*{escape_markdown(notice)}*" for notice in found.notices]
    return "\n".join(lines) + "\n"


def reports_csv(found: HadThis) -> str:
    """Return the reports as CSV (RFC 4180): a row for each report and each copy, days as ISO 8601."""
    made = io.StringIO()
    write = csv.writer(made)
    write.writerow(["report", "is", "in these words", *SOURCE_COLUMNS])
    for place, report in enumerate(found.reports):
        kind, printed = LATER if place else FIRST, "yes" if report.printed else ""
        source = source_cells(found.citations[report.citation - 1])
        write.writerow(safe_cells([str(place + 1), kind, printed, *source]))
        for each in report.copies:
            named = ["", each.source or "", f"{each.published or ''}", each.title, "", each.url or ""]
            rest = ["", each.article_id, "", "", ""]
            write.writerow(safe_cells([str(place + 1), "Copy", "", *named, *rest]))
    return made.getvalue()


def report_heading(place: int, report: Report) -> str:
    """Return what a report is: the first or a later one, and whether it has the very words."""
    name = LATER if place else FIRST
    return f"{name}, {WORD_FOR_WORD}" if report.printed else name


def named_copy(printing: Printing) -> str:
    """Name a copy by paper, day and title."""
    day = written_date(printing.published) if printing.published else NO_DATE
    paper = f"{one_line(printing.source)}, " if printing.source else ""
    return f"{paper}{day}: {one_line(printing.title)}"

"""Timelines and tables of who said what as Markdown, CSV and text for a terminal. Values in, text out."""

from __future__ import annotations

import csv
import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTHS, written_date
from assistant.language.day_ranges import DAY, months, years
from assistant.rendering.render import (
    NO_DATE,
    TERMINAL_WIDTH,
    cited_markdown,
    escape_markdown,
    footnote_text,
    one_line,
    source_line,
)
from assistant.vocabulary.story_reports import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.answers import Citation
    from assistant.vocabulary.story_reports import WhoSaidWhat

NOTHING = "Your articles don't say anything that fits."
REPORTED = "reported"
"""What stands before a day of publication, where a sentence says no day itself."""
# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be written: each row has its first cells as text, then the sentences that say so."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Citation, ...]], ...]
    summary: str
    notices: tuple[str, ...]


def grid_of(table: Timeline | WhoSaidWhat) -> Grid:
    """Return a table's rows in words."""
    cited = {item.number: item for item in table.citations}
    rows: list[tuple[tuple[str, ...], tuple[Citation, ...]]]
    if isinstance(table, Timeline):
        rows = [
            ((days_text(each.first, each.last, reported=each.said is None),), _cited(cited, each.citations))
            for each in table.happenings
        ]
        columns: tuple[str, ...] = ("When", "What")
        title = f"Timeline: {one_line(table.topic)}"
    else:
        rows = [
            ((_who(each.speaker, each.role), _day(each.day)), (cited[each.citation],))
            for each in table.sayings
        ]
        columns = ("Who", "When", "What")
        title = f"Who said what: {one_line(table.topic)}"
    articles = f"{table.articles:,} article{'' if table.articles == 1 else 's'}"
    summary = f"{len(rows):,} row{'' if len(rows) == 1 else 's'} from {articles}."
    return Grid(title, columns, tuple(rows), summary if rows else NOTHING, table.notices)


def days_text(first: date, last: date, *, reported: bool = False) -> str:
    """Write days as a reader would: a day, a month, a year, or from one to another."""
    if first == last:
        return f"{REPORTED} {written_date(first)}" if reported else written_date(first)
    if (first, last) == tuple(months(first.year, first.month)):
        return f"{MONTHS[first.month - 1].title()} {first.year}"
    if (first, last) == tuple(years(first.year)):
        return str(first.year)
    if first.day == 1 and (last + DAY).day == 1 and first.year == last.year:
        return f"{MONTHS[first.month - 1].title()} to {MONTHS[last.month - 1].title()} {last.year}"
    return f"{written_date(first)} to {written_date(last)}"


def _who(speaker: str, role: str | None) -> str:
    return f"{one_line(speaker)}, {one_line(role)}" if role else one_line(speaker)


def _day(day: date | None) -> str:
    return written_date(day) if day else NO_DATE


def _cited(cited: dict[int, Citation], numbers: Sequence[int]) -> tuple[Citation, ...]:
    return tuple(cited[number] for number in numbers)


def markdown_table(grid: Grid) -> str:
    """Return a table in Markdown; the first sentence of a row is quoted, others that say so are linked."""
    lines = [f"| {' | '.join(grid.columns)} |", f"|{'---|' * len(grid.columns)}"] if grid.rows else []
    for cells, citations in grid.rows:
        first, *others = citations
        also = f" Also: {'; '.join(_named(item) for item in others)}" if others else ""
        shown = [escape_markdown(cell) for cell in cells]
        lines.append(f"| {' | '.join([*shown, f'{cited_markdown(first)}{also}'])} |")
    blocks = [f"## {escape_markdown(grid.title)}", "\n".join(lines), grid.summary]
    blocks += [f"*{escape_markdown(notice)}*" for notice in grid.notices]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _named(citation: Citation) -> str:
    return escape_markdown(source_line(citation))


def grid_text(grid: Grid, *, width: int = TERMINAL_WIDTH) -> str:
    """Return a table for a terminal: each row under its first cells."""
    blocks = [textwrap.fill(one_line(grid.title), width)]
    for cells, citations in grid.rows:
        first, *others = citations
        lines = [textwrap.fill(" · ".join(cells), width), footnote_text(first, " ", width)]
        lines += [
            textwrap.fill(f"    also {source_line(item)}", width, subsequent_indent="    ") for item in others
        ]
        blocks.append("\n".join(lines))
    blocks += [grid.summary, *(textwrap.fill(one_line(notice), width) for notice in grid.notices)]
    return "\n\n".join(blocks)


def table_csv(table: Timeline | WhoSaidWhat) -> str:
    """Return a table as CSV (RFC 4180): a row for each sentence, word for word, days as ISO 8601."""
    cited = {item.number: item for item in table.citations}
    made = io.StringIO()
    write = csv.writer(made)
    if isinstance(table, Timeline):
        write.writerow(["row", "from", "to", "said", *SOURCE_COLUMNS])
        for row, each in enumerate(table.happenings, start=1):
            for place, number in enumerate(each.citations):
                quote = cited[number].quote
                said = quote[slice(*each.said)] if each.said and not place else ""
                write.writerow(
                    safe_cells(
                        [str(row), f"{each.first}", f"{each.last}", said, *source_cells(cited[number])]
                    )
                )
    else:
        write.writerow(["speaker", "role", "day", *SOURCE_COLUMNS])
        for saying in table.sayings:
            day = f"{saying.day}" if saying.day else ""
            source = source_cells(cited[saying.citation])
            write.writerow(safe_cells([saying.speaker, saying.role or "", day, *source]))
    return made.getvalue()


SOURCE_COLUMNS = (
    "quote",
    "paper",
    "published",
    "title",
    "authors",
    "address",
    "link",
    "article",
    "version",
    "start",
    "end",
)


def source_cells(item: Citation) -> list[str]:
    """Return what a row says of a sentence and its article, in the order of `SOURCE_COLUMNS`."""
    published = f"{item.published}" if item.published else ""
    named = [item.quote, item.source or "", published, item.title, "; ".join(item.authors)]
    return [
        *named,
        item.url or "",
        item.link or "",
        item.article_id,
        item.version,
        f"{item.start}",
        f"{item.end}",
    ]


def safe_cells(cells: list[str]) -> list[str]:
    """Return cells that no spreadsheet takes for formulas."""
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]

"""`footnote timeline`, `footnote who-said-what` and `footnote had-this`."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from assistant.cli.commands.answering import WIDEST
from assistant.cli.console import say, say_json
from assistant.rendering.render import TERMINAL_WIDTH
from assistant.rendering.story_files import TABLE_ENDINGS
from assistant.rendering.story_tables import grid_of, grid_text
from assistant.saving import check_place, save_table

STANDARD_INPUT = "-"

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.vocabulary.story_reports import Timeline, WhoSaidWhat
    from ingest import Filters


def timeline(topic: str, *, as_json: bool, out: Path | None, limit: int, filters: Filters | None) -> int:
    """Print and save what happened in a story."""
    from assistant.stories.tables import timeline as made

    _check(out)
    _show(made(topic, filters=filters, limit=limit), as_json=as_json, out=out)
    return 0


def who_said_what(topic: str, *, as_json: bool, out: Path | None, limit: int, filters: Filters | None) -> int:
    """Print and save who said what about a story."""
    from assistant.stories.tables import who_said_what as made

    _check(out)
    _show(made(topic, filters=filters, limit=limit), as_json=as_json, out=out)
    return 0


def had_this(text: str, *, as_json: bool, out: Path | None, filters: Filters | None) -> int:
    """Print and save who has reported something already."""
    from assistant.rendering.report_list import reports_text
    from assistant.stories.had_this import MOST_CHARACTERS
    from assistant.stories.had_this import had_this as found_of

    _check(out)
    found = found_of(sys.stdin.read(MOST_CHARACTERS + 1) if text == STANDARD_INPUT else text, filters=filters)
    if as_json:
        say_json(found.to_dict())
    else:
        say(reports_text(found, width=min(get_terminal_size((TERMINAL_WIDTH, 24)).columns, WIDEST)))
    if out:
        save_table(found, out)
    return 0


def _check(out: Path | None) -> None:
    if out:
        check_place(out, TABLE_ENDINGS)


def _show(table: Timeline | WhoSaidWhat, *, as_json: bool, out: Path | None) -> None:
    if as_json:
        say_json(table.to_dict())
    else:
        width = min(get_terminal_size((TERMINAL_WIDTH, 24)).columns, WIDEST)
        say(grid_text(grid_of(table), width=width))
    if out:
        save_table(table, out)

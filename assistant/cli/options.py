"""Options that several commands have, so that they are called and explained alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

ANSWER_FILE = "Also write it to a file, by its ending: .docx, .html, .md, .json, .ris, .csl.json."
TABLE_FILE = "Also write it to a file, by its ending: .docx, .csv, .md, .json."

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write it as 2026-05-04") from None


def day_option(name: str, text: str) -> typer.models.OptionInfo:
    """Return an option that takes a day."""
    option: typer.models.OptionInfo = typer.Option(name, parser=_day, metavar="DATE", help=text)
    return option


From = Annotated[date | None, day_option("--from", "Only articles from this day on, or undated.")]
To = Annotated[date | None, day_option("--to", "Only articles up to this day, or undated.")]
Papers = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="PAPER", help="Only articles of this paper; repeatable."),
]
Tongues = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only articles in this language, as de; repeatable."),
]


def check_period(start: date | None, end: date | None) -> None:
    """Refuse a period that ends before it begins."""
    if start and end and start > end:
        raise typer.BadParameter(f"--from {start} is later than --to {end}; no article can be of both.")

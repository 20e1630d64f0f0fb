"""The commands for work on a story and with saved answers: their names and options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import TABLE_FILE, AsJson, From, Papers, To, Tongues, check_period

Topic = Annotated[
    str, typer.Argument(metavar="TOPIC", help="What the story is about, in a few words in quotation marks.")
]
TableFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=TABLE_FILE)]
Rows = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="The most rows.")]


def add_work_commands(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command()(verify)
    app.command()(timeline)
    app.command(name="who-said-what")(who_said_what)
    app.command(name="had-this")(had_this)
    app.command(name="watch-questions")(watch_questions)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A page that `footnote ask --out` saved.")],
    as_json: AsJson = False,
) -> None:
    """Check whether an HTML page is as it was saved. Its quotations are compared with the library too."""
    from assistant.cli.commands import verifying

    raise typer.Exit(verifying.verify(file, as_json=as_json))


def timeline(  # noqa: PLR0913, PLR0917  # its options
    topic: Topic,
    as_json: AsJson = False,
    out: TableFile = None,
    limit: Rows = 100,
    start: From = None,
    end: To = None,
    source: Papers = None,
    language: Tongues = None,
) -> None:
    """List what happened in a story, by day. Each row is a sentence that says when."""
    check_period(start, end)
    from assistant.cli.commands import answering, stories

    filters = answering.filters(start, end, sources=source or [], languages=language or [])
    raise typer.Exit(stories.timeline(topic, as_json=as_json, out=out, limit=limit, filters=filters))


def who_said_what(  # noqa: PLR0913, PLR0917  # its options
    topic: Topic,
    as_json: AsJson = False,
    out: TableFile = None,
    limit: Rows = 100,
    start: From = None,
    end: To = None,
    source: Papers = None,
    language: Tongues = None,
) -> None:
    """List who said what about a story. Each row is a sentence that names its speaker."""
    check_period(start, end)
    from assistant.cli.commands import answering, stories

    filters = answering.filters(start, end, sources=source or [], languages=language or [])
    raise typer.Exit(stories.who_said_what(topic, as_json=as_json, out=out, limit=limit, filters=filters))


def watch_questions(
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="QUESTION", help="Keep this question; repeatable.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="ID", help="Forget this question; repeatable.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the kept questions.")] = False,
    feed: Annotated[
        Path | None, typer.Option("--feed", metavar="FILE", help="Write the changes as an Atom feed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the kept questions again. Only answers that changed are told, with the old and the new sentence."""
    from assistant.cli.commands import watching

    done = watching.watch_questions(add or [], remove or [], listing=listing, feed=feed, as_json=as_json)
    raise typer.Exit(done)


def had_this(  # noqa: PLR0913, PLR0917  # its options
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help="A headline or paragraph in quotation marks; - for standard input."
        ),
    ],
    as_json: AsJson = False,
    out: TableFile = None,
    start: From = None,
    end: To = None,
    source: Papers = None,
    language: Tongues = None,
) -> None:
    """Find out whether something was reported already. Later reports and copies follow the first."""
    check_period(start, end)
    from assistant.cli.commands import answering, stories

    filters = answering.filters(start, end, sources=source or [], languages=language or [])
    raise typer.Exit(stories.had_this(text, as_json=as_json, out=out, filters=filters))

"""The commands of the queue, for libraries in PostgreSQL: their names and options."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.options import AsJson  # noqa: TC001  # typer reads it from the signatures


class Only(StrEnum):
    """The kinds of jobs as the command line has them."""

    FETCH = "fetch"
    READ = "read"
    STORE = "store"


def add_queue_commands(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command()(work)
    app.command()(queue)


def work(
    only: Annotated[
        list[Only] | None,
        typer.Option("--only", help="Only jobs of this kind; repeatable. store also ends runs."),
    ] = None,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End once nothing is left to do.")
    ] = False,
) -> None:
    """Do the jobs of the queue until Ctrl-C or SIGTERM. Any number may work, on any number of machines."""
    from assistant.cli.commands import queue

    raise typer.Exit(queue.work(only or list(Only), until_empty=until_empty))


def queue(
    as_json: AsJson = False,
    retry: Annotated[bool, typer.Option("--retry", help="Have parked jobs done again.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget parked jobs.")] = False,
) -> None:
    """Say how many jobs wait, run and were parked. Parked are those that were given up."""
    if retry and forget:
        raise typer.BadParameter("--retry and --forget don't go together.")
    from assistant.cli.commands import queue as queue_commands

    if retry or forget:
        raise typer.Exit(queue_commands.release(again=retry))
    raise typer.Exit(queue_commands.show(as_json=as_json))

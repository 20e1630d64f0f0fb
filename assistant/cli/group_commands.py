"""The command `footnote group`: for whom articles are."""

from __future__ import annotations

from typing import Annotated

import typer

group_commands = typer.Typer(
    help="Articles for the people of some groups alone; all others are for everybody.", no_args_is_help=True
)


@group_commands.command("set")
def set_groups(
    what: Annotated[
        list[str], typer.Argument(metavar="WHAT", help="Ids of articles, and sources as they were ingested.")
    ],
    group: Annotated[
        list[str] | None, typer.Option(metavar="GROUP", help="Only people of this group; repeatable.")
    ] = None,
) -> None:
    """Say for whom articles are: for everybody if no group is named. A source stands for all of its own."""
    from assistant.cli.commands import grouping

    raise typer.Exit(grouping.set_groups(what, group or []))


@group_commands.command("list")
def list_groups() -> None:
    """List the groups: how many articles each has, its sources and its people."""
    from assistant.cli.commands import grouping

    raise typer.Exit(grouping.list_groups())

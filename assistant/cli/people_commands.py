"""The commands `footnote user` and `footnote token`: their names and options."""

from __future__ import annotations

from typing import Annotated

import typer

THEIR_GROUPS = "Sees the articles of this group too; repeatable."
UserName = Annotated[str, typer.Argument(metavar="NAME", help="The name that they sign in with.")]

user_commands = typer.Typer(help="Who may sign in, once the chat is served to others.", no_args_is_help=True)
tokens = typer.Typer(help="What programs sign in with.", no_args_is_help=True)


@user_commands.command("add")
def add_user(
    name: UserName,
    admin: Annotated[bool, typer.Option("--admin", help="May add and remove articles.")] = False,
    group: Annotated[list[str] | None, typer.Option(metavar="GROUP", help=THEIR_GROUPS)] = None,
) -> None:
    """Add somebody, or change a password. It is asked for, or read from a pipe."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.add_user(name, admin=admin, groups=group))


@user_commands.command("remove")
def remove_user(name: UserName) -> None:
    """Remove somebody with all tokens."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.remove_user(name))


@user_commands.command("groups")
def set_groups(
    name: UserName,
    group: Annotated[list[str] | None, typer.Option(metavar="GROUP", help=THEIR_GROUPS)] = None,
) -> None:
    """Say in which groups somebody is; none if none is named."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.set_groups(name, group or []))


@user_commands.command("list")
def list_users() -> None:
    """List who may sign in."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.list_users())


@tokens.command("add")
def add_token(
    name: UserName, about: Annotated[str, typer.Option(metavar="WORDS", help="What it is for.")] = ""
) -> None:
    """Make a token for a program of somebody. It is shown once."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.add_token(name, about))


@tokens.command("remove")
def remove_token(token_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take a token back: whoever has it is no longer let in."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.remove_token(token_id))


@tokens.command("list")
def list_tokens() -> None:
    """List the tokens by id."""
    from assistant.cli.commands import accounts as commands

    raise typer.Exit(commands.list_tokens())

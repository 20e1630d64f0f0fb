"""`footnote user` and `footnote token`."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from assistant.cli.console import say
from assistant.store.conversations import Conversations
from assistant.web.access.people import People
from ingest import SettingsError, group_names, library_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.web.access.people import Account

NOBODY = "Nobody has been added: the chat is for this machine alone and asks nobody to sign in."


def add_user(name: str, *, admin: bool, groups: Sequence[str] | None = None) -> int:
    """Add a person, or give one another password, typed twice or piped in."""
    named = group_names(groups) if groups else None
    _people().add(name.casefold(), _password(), admin=admin, groups=named)
    say(f"{name.casefold()} may sign in{' as an administrator' if admin else ''}.")
    return 0


def remove_user(name: str) -> int:
    """Remove a person with all tokens and conversations."""
    _people().remove(name.casefold())
    Conversations.of_person(library_settings().library, name.casefold()).destroy()
    say(f"{name.casefold()} may not sign in any more; the conversations are deleted.")
    return 0


def set_groups(name: str, groups: Sequence[str]) -> int:
    """Say in which groups a person is from now on."""
    named = group_names(groups)
    _people().set_groups(name.casefold(), named)
    whose = f"in these groups now: {', '.join(sorted(named))}" if named else "in no group now"
    say(f"{name.casefold()} is {whose}.")
    return 0


def list_users() -> int:
    """List who may sign in."""
    accounts = _people().known().accounts.values()
    say("\n".join(map(_line, accounts)) or NOBODY)
    return 0


def add_token(person: str, about: str) -> int:
    """Make a token for a program and print it, this once."""
    token = _people().add_token(person.casefold(), about)
    say("Keep it: it is not shown again.", error=True)
    say(token)
    return 0


def remove_token(token_id: str) -> int:
    """Make a token worthless."""
    _people().remove_token(token_id)
    say(f"The token {token_id} is worthless now.")
    return 0


def list_tokens() -> int:
    """List the tokens by their ids, never themselves."""
    tokens = _people().known().tokens
    say("\n".join(f"{item.id}  {item.person}  {item.about}" for item in tokens) or "There are no tokens.")
    return 0


def _line(account: Account) -> str:
    groups = f"  groups: {', '.join(account.groups)}" if account.groups else ""
    return f"{account.name}{'  administrator' if account.admin else ''}{groups}"


def _people() -> People:
    return People(library_settings().library)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise SettingsError("These are two different passwords. Run the command again.")
    return password

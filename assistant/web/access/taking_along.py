"""Taking along who may use a library, and what was chosen for it, when it is copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.web.access.people import People
from assistant.web.access.saved_settings import load_settings, save_settings, settings_document
from ingest import DatabaseAddress, place_of

if TYPE_CHECKING:
    from ingest import LibraryLocation

KEY_LEFT = (
    "The key that was typed on the page of settings stays where it is: a database keeps none. Give every "
    "front end its key as a variable, such as OPENAI_API_KEY."
)
STAY_AWAY = (
    "Removed at the target before, so they are not copied, nor what they kept: {names}. `footnote user add` "
    "lets them in again."
)


def removed_there(source: LibraryLocation, target: LibraryLocation) -> tuple[str, ...]:
    """Return who of the people of a library was removed at another: they stay away, and what they kept."""
    return tuple(name for name in People(target).known().removed if name in People(source).known().accounts)


def copy_access(source: LibraryLocation, target: LibraryLocation) -> list[str]:
    """Copy people, tokens and settings; return in sentences what has to be told.

    Who or what is at the target already stays as it is there, and who was removed there stays away.
    Sessions don't go along: people sign in anew.
    """
    gone = removed_there(source, target)
    told = [STAY_AWAY.format(names=", ".join(gone))] if gone else []
    People(target).take_over(People(source).known())
    saved = load_settings(source)
    if settings_document(source).stamp() is None or settings_document(target).stamp() is not None:
        return told
    if saved.key and isinstance(place_of(target), DatabaseAddress):
        told, saved = [*told, KEY_LEFT], replace(saved, key=None)
    save_settings(target, saved)
    return told

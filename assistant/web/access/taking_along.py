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


def copy_access(source: LibraryLocation, target: LibraryLocation) -> str:
    """Copy people, tokens and settings; return what has to be told, if anything.

    Who or what is at the target already stays as it is there. Sessions don't go along: people sign in anew.
    """
    People(target).take_over(People(source).known())
    told, saved = "", load_settings(source)
    if settings_document(source).stamp() is None or settings_document(target).stamp() is not None:
        return told
    if saved.key and isinstance(place_of(target), DatabaseAddress):
        told, saved = KEY_LEFT, replace(saved, key=None)
    save_settings(target, saved)
    return told

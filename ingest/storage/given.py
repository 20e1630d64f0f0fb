"""Days, names and languages as callers write them, or the error that says how to write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ingest.audience import group_names
from ingest.errors import QuestionError, SettingsError

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def as_day(value: date | str | None, name: str) -> date | None:
    """Return a day that is given as a date, as text like 2024-03-01, or as a datetime, in its own time zone.

    Raises:
        QuestionError: it is none of these; the message has `name`, which the caller knows it by.
    """
    try:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value is None:
            return value
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # 2024-02-30, or the "not a time" of a table
        pass
    raise QuestionError(f'{name} is no day. Write it as datetime.date(2024, 3, 1) or "2024-03-01".')


def as_names(value: str | Iterable[str] | None, name: str) -> frozenset[str]:
    """Return names as a set; a single string is one name.

    Raises:
        QuestionError: they are no strings; the message has `name`, which the caller knows them by.
    """
    return frozenset(as_texts(value, name, 'Write ["One", "Another"], or "One" alone.'))


def as_languages(value: str | Iterable[str] | None, name: str) -> frozenset[str]:
    """Return codes of languages as a set; a single string is one code.

    Raises:
        QuestionError: one is no code of two or three letters; the message has `name`.
    """
    codes = as_names(value, name)
    if not all(map(is_language_code, codes)):
        raise QuestionError(f'{name} can\'t be used. Write codes of languages (ISO 639-1), as ["de", "fr"].')
    return codes


def as_groups(value: str | Iterable[str], name: str) -> frozenset[str]:
    """Return names of groups as a set; a single string is one name.

    Raises:
        QuestionError: one can't be the name of a group; the message has `name`.
    """
    try:
        return group_names(as_names(value, name))
    except SettingsError as error:
        raise QuestionError(f"{name} can't be used. {error}") from None


def is_language_code(text: str) -> bool:
    """Say whether a text has the form of a language's code: two letters, or three where it has no shorter."""
    return _LANGUAGE.fullmatch(text) is not None


def as_texts(value: str | Iterable[str] | None, name: str, how: str) -> tuple[str, ...]:
    """Return texts in order, a single string as the only one.

    Raises:
        QuestionError: they are no strings; the message has `name`, and `how` to write them.
    """
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes | bytearray):
        texts = tuple(value)
        if all(isinstance(text, str) for text in texts):
            return texts
    raise QuestionError(f"{name} can't be used: it has to be strings. {how}")

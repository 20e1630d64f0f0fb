"""An answer back from the plain values that `Answer.to_dict` gave, so that a kept one can be shown again."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.answers import Answer, Citation, Conflict, Mode, Statement, Support, Writing

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


def answer_of(plain: dict[str, Any]) -> Answer:
    """Make the answer again; fields that this version does not know are left out.

    Raises:
        ValueError: the values make no answer.
    """
    try:
        return _made(Answer, plain)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no answer can be made of what was kept: {error}") from error


def _made(kind: Callable[..., Made], plain: dict[str, Any]) -> Made:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # dataclasses only
    return kind(**{name: _value(name, value) for name, value in plain.items() if name in known})


def _value(name: str, value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if value is None:
        return None
    if name in _PARTS and value and isinstance(value[0], dict):  # a statement's citations are numbers
        return tuple(_made(_PARTS[name], part) for part in value)
    if name == "writing":
        return _made(Writing, value)
    if name in _SIMPLE:
        return _SIMPLE[name](value)
    return _fixed(value)


def _fixed(value: Any) -> Any:  # noqa: ANN401
    return tuple(_fixed(item) for item in value) if isinstance(value, list) else value


_PARTS: dict[str, Callable[..., Any]] = {
    "statements": Statement,
    "citations": Citation,
    "consulted": Citation,
    "conflicts": Conflict,
}
_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "published": date.fromisoformat,
    "support": Support,
    "mode": Mode,
}

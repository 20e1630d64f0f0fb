"""Raised figures, as in powers and marks of notes, in plain text: glued to a number they would change it."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")


def raised(text: str) -> str:
    """Return digits, signs and n as the raised ones of Unicode, one for one: "-6" becomes "⁻⁶"."""
    return text.translate(_RAISED)

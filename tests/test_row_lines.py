"""Lines that are rows of tables, told from prose."""

from __future__ import annotations

import pytest

from ingest.text.row_lines import is_row_line, row_line, row_values

PROSE = (
    "He asked for three things: rope, tar; and time.",
    "The rule is: never wait; his brother's was: never run.",
    "Nothing here.",
    "Video: Yes",
    "The mayor said that it was over. The rest is history for all: a; Second: b",
)


@pytest.mark.parametrize("line", PROSE)
def test_prose_with_colons_is_no_row(line: str) -> None:
    """A row has two columns, each with a short name."""
    assert not is_row_line(line)


def test_a_row_is_read_back_as_it_was_written() -> None:
    """Its names come back with what stands before them, and its values."""
    line = row_line(("Medals", ""), [("Country", "Norway"), ("Gold", "16")])
    assert is_row_line(line)
    assert row_values(line) == (["Medals", "Country", "Gold"], ["Norway", "16"])


def test_names_in_small_letters_are_names_where_the_first_one_is() -> None:
    """Tables write their heads in any case; prose begins with a capital."""
    assert is_row_line("who: Zoë; paid: 4")
    assert not is_row_line("Who: Zoë; paid: 4")

"""Links to rows of tables: they lead to cells that stand side by side on the page."""

from __future__ import annotations

from assistant.rendering.fragment_resolution import Directive, folded_text, resolve_fragment
from assistant.rendering.links import text_fragment_link

URL = "https://gazette.example/a"
ROWS = (
    "Top scorers — Player: Ann Lee; Club: Rovers; Goals: 12",
    "Top scorers — Player: Bob Ray; Club: City; Goals: 9",
)
TEXT = "Ann Lee scored twice. Bob Ray joined City.\n\n" + "\n\n".join(ROWS) + "\n\nThat was all."
CELLS = ("ann lee", "rovers", "12", "bob ray", "city", "9")
SHOWN = "\n\n".join(("ann lee scored twice. bob ray joined city.", "player", "club", "goals", *CELLS))


def link(row: str, text: str = TEXT) -> str | None:
    """Return the link to a row."""
    start = text.rindex(row)
    return text_fragment_link(URL, text, start, start + len(row), title="Scorers")


def test_a_link_to_a_row_names_cells_and_no_columns() -> None:
    """The value and the one beside it are on the page; the row as it is written isn't."""
    assert link(ROWS[0]) == f"{URL}#:~:text=Ann%20Lee,-Rovers"
    assert link(ROWS[1]) == f"{URL}#:~:text=Bob%20Ray,-City"


def test_the_cells_are_found_in_the_table_and_not_in_the_text_above() -> None:
    """A name stands in the text too, but not beside what its row has."""
    found = resolve_fragment(SHOWN, Directive(folded_text("Bob Ray"), suffix="city"))
    assert found is not None
    assert found[0] == SHOWN.index("bob ray\n\ncity")


def test_a_row_that_begins_as_one_above_is_found_by_its_further_cells() -> None:
    """The first two cells that stand side by side nowhere above lead there."""
    assert link(ROWS[1], f"{ROWS[1].replace('9', '8')}\n\n{ROWS[1]}") == f"{URL}#:~:text=City,-9"


def test_a_row_that_stands_above_as_well_is_opened_at_the_top() -> None:
    """No fragment is better than one that leads to another row."""
    assert link(ROWS[1], f"{ROWS[1]}\n\n{ROWS[1]}") == URL

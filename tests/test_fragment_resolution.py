"""Where a browser goes for a text fragment; tests/browser holds the same cases against the browser."""

from __future__ import annotations

import pytest
from fragmentcases import CASES

from assistant.rendering.fragment_resolution import (
    Directive,
    folded_text,
    laid_out,
    page_text,
    resolve_fragment,
)


@pytest.mark.parametrize(("text", "directive", "marked"), CASES)
def test_directives_lead_where_the_browser_goes(text: str, directive: Directive, marked: str | None) -> None:
    """What is found is what Chromium marks."""
    page = page_text(text).folded
    found = resolve_fragment(page, directive.folded())
    assert (page[slice(*found)] if found else None) == (folded_text(marked) if marked else None)


def test_pages_show_white_space_as_one_space() -> None:
    """Spaces and tabs collapse, line breaks and empty lines stay, whatever blanks surround them."""
    text = "A  b\t c \n  d \n \n E\xa0f  g"
    assert laid_out(text) == "A b c\nd\n\nE f g"
    page = page_text(text)
    assert page.folded == "a b c\nd\n\ne f g"
    for sign in "bcdEfg":
        start = text.index(sign)
        assert page.folded[slice(*page.span(start, start + 1))] == sign.lower()


def test_folding_goes_part_by_part() -> None:
    """The folded parts of a text make up the folded whole, so that places can be counted."""
    text = "Ça – „Über“ ﬁnal Œuvre, naïve"
    assert "".join(map(folded_text, (text[:7], text[7:15], text[15:]))) == folded_text(text)


def test_signs_with_a_meaning_are_encoded() -> None:
    """A hyphen, comma or ampersand of the words can't be taken for the directive's own, nor other letters."""
    directive = Directive("a-b, c", "d & é", prefix="e-", suffix="-f")
    assert directive.encoded() == "e%2D-,a%2Db%2C%20c,d%20%26%20%C3%A9,-%2Df"

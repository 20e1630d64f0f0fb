"""Quoted mail, signatures, and lines of format=flowed: an email is cited for what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_readers_mail import raw, read

from ingest.readers.formats.mail_quotes import unflowed, without_quoted_parts, without_quotes

if TYPE_CHECKING:
    from pathlib import Path

OWN = "The pier is open."
QUOTED = (
    f"{OWN}\n\nOn Mon, 29 Jan 2024 at 10:00, Bo <b@x.example> wrote:\n> The pier is shut.\n>\n> For good.",
    f"{OWN}\n\nAm 29.01.2024 um 10:00 schrieb Bo Ek\n<b@x.example>:\n\n> Zu.",
    f"{OWN}\n\n-- \nInes Okafor\nHarbour desk",
    f"{OWN}\n\nFrom: Bo Ek <b@x.example>\nSent: Monday\nTo: Ines\nSubject: Pier\n\nThe pier is shut.",
    f"{OWN}\n\nVon: Bo\n\nGesendet: Montag\n\nBetreff: Pier\n\nZu.",
    f"{OWN}\n\n-----Original Message-----\nFrom: Bo\n\nThe pier is shut.",
)
WHOLE = (
    f"{OWN}\n\n> The tram runs again.\n> The school has a new roof.",  # signs of a list
    "> The pier is shut.",  # there is nothing else
    f"{OWN}\n\n--\n" + "More.\n" * 20 + "End.",  # no signature is so long
    f"{OWN} On Monday she wrote: it is not shut.",
)
PARTS = (
    '<div class="gmail_quote"><div>On Mon Bo wrote:</div><blockquote>Shut.</blockquote></div>',
    '<blockquote type="cite">Shut.</blockquote>',
    '<div class="moz-cite-prefix">On Mon Bo wrote:</div><blockquote type="cite">Shut.</blockquote>',
)


@pytest.mark.parametrize("text", QUOTED)
def test_what_others_wrote_is_not_quoted_as_the_emails(text: str) -> None:
    """Nor is the signature."""
    assert without_quotes(text, is_reply=False, is_forward=False) == OWN


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_no_quotation_stays(text: str) -> None:
    """Without a line that says who wrote it, the sign of quoting may stand for anything."""
    assert without_quotes(text, is_reply=False, is_forward=False) == text


def test_a_reply_quotes_without_saying_whom() -> None:
    """Its answers stand between the quoted lines; what is forwarded is what an email is about."""
    assert (
        without_quotes("> Is it open?\nYes.\n> Since when?\nMay.", is_reply=True, is_forward=False)
        == "Yes.\nMay."
    )
    assert "Shut." in without_quotes("See:\n---Original Message---\nShut.", is_reply=False, is_forward=True)


@pytest.mark.parametrize("part", PARTS)
def test_parts_that_programs_mark_as_quoted_are_left_out(part: str) -> None:
    """A forwarded message is marked alike and stays, and so does a quotation that is all there is."""
    assert "Shut" not in without_quoted_parts(f"<p>{OWN}</p>{part}")
    forwarded = part.replace("Shut.", "---- Forwarded message ---- Shut.")
    assert "Shut" in without_quoted_parts(f"<p>{OWN}</p>{forwarded}")
    assert "Shut" in without_quoted_parts(part)


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    """Lines that end with a space go on; added spaces go; a signature and another depth of quoting don't."""
    body = b"The office \nsaid so on \nFriday.\n From here it goes.\n-- \nInes"
    (found,) = read(tmp_path / "a.eml", raw("text/plain; format=flowed", body))
    assert found.text == "The office said so on Friday.\nFrom here it goes."
    assert unflowed("市議 \n会は", delsp=True) == "市議会は"
    assert unflowed("> one \n> two\n>> three \nfour") == "> one two\n>> three \nfour"

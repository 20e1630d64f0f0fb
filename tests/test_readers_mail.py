"""Emails: which of their parts are text, in which letters, and what around the text is none of it."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ReadOptions(1_000_000, parse_seconds=20)
JAPANESE = "市議会は火曜日に図書館を残すことを決めた。"


def read(path: Path, data: bytes) -> list[Article]:
    """Write a mail or mailbox and return its articles; nothing of it may fail."""
    path.write_bytes(data)
    items = list(iter_source(path, OPTIONS))
    assert not [item for item in items if isinstance(item, Failure)]
    return [item for item in items if isinstance(item, Article)]


def mail(subject: str = "Tram") -> EmailMessage:
    """Return an email without a body."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Quay News <news@quay.example>"
    message["Subject"] = subject
    return message


def raw(kind: str, body: bytes) -> bytes:
    """Return an email of one part, byte for byte."""
    return b"From: news@quay.example\nSubject: Tram\nContent-Type: " + kind.encode() + b"\n\n" + body


def test_all_text_parts_are_read_in_order(tmp_path: Path) -> None:
    """Programs cut a text where a picture stands in it; attached files are none of it."""
    message = mail()
    message.set_content("The tram runs again.")
    message.add_attachment(b"\x89PNG", "image", "png")
    message.add_attachment("Nine stops are new.", disposition="inline")
    message.add_attachment("Secret notes.", filename="notes.txt")
    (article,) = read(tmp_path / "a.eml", bytes(message))
    assert article.text == "The tram runs again.\n\nNine stops are new."


def test_the_plain_text_counts_where_the_page_has_none(tmp_path: Path) -> None:
    """Some newsletters are a picture as a page, and have their text beside it."""
    message = mail()
    message.set_content("The tram runs again.")
    message.add_alternative("<html><body><img src='a.png'></body></html>", subtype="html")
    (article,) = read(tmp_path / "a.eml", bytes(message))
    assert article.text == "The tram runs again."


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_messages_in_a_message_are_articles_of_their_own(tmp_path: Path, name: str) -> None:
    """Digests and forwarded messages keep what each of their messages says of itself."""
    inner = mail("Bridge")
    inner.set_content("The bridge is closed.")
    innermost = mail("Ferry")
    innermost.set_content("The ferry sails.")
    inner.add_attachment(innermost)
    outer = mail("Fwd: news")
    outer.set_content("See below.")
    outer.add_attachment(inner)
    data = bytes(outer).replace(b"\r\n", b"\n")
    if name.endswith("mbox"):
        data = b"From a@b.example Tue Jan 30 10:00:00 2024\n" + data
    articles = read(tmp_path / name, data)
    assert [(article.title, article.text) for article in articles] == [
        ("news", "See below."),
        ("Bridge", "The bridge is closed."),
        ("Ferry", "The ferry sails."),
    ]
    assert len({article.origin for article in articles}) == len(articles)


def test_a_digest_without_words_of_its_own_gives_its_messages(tmp_path: Path) -> None:
    """In a digest every part is a message, also where it doesn't say so."""
    data = b"".join(
        b"--b\n\nFrom: a@b.example\nSubject: %s\n\nThe %s is here.\n\n" % (each, each)
        for each in (b"tram", b"ferry")
    )
    path = tmp_path / "a.eml"
    articles = read(path, raw('multipart/digest; boundary="b"', data + b"--b--\n"))
    assert [article.text for article in articles] == ["The tram is here.", "The ferry is here."]
    assert Listed(str(path), complete=True) in list(iter_source(path, OPTIONS))


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=us-ascii"])
def test_a_page_in_an_email_declares_its_own_letters(tmp_path: Path, kind: str) -> None:
    """The header of the part says nothing, or what programs write without looking."""
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź śpi.</p></body></html>'
    (article,) = read(tmp_path / "a.eml", raw(kind, page.encode("iso-8859-2")))
    assert article.text == "Łódź śpi."


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=iso-2022-jp"])
def test_japanese_of_seven_bits_is_read(tmp_path: Path, kind: str) -> None:
    """It is sound UTF-8 as well, but only its escapes give it a meaning."""
    (article,) = read(tmp_path / "a.eml", raw(kind, JAPANESE.encode("iso-2022-jp")))
    assert article.text == JAPANESE


def test_an_escape_that_begins_no_letters_changes_nothing() -> None:
    """Colours of a terminal and stray escapes leave UTF-8 as it is."""
    assert decode_bytes("\x1b[1mCafé\x1b[0m".encode()) == "\x1b[1mCafé\x1b[0m"
    assert decode_bytes("Café \x1b$B".encode()) == "Café \x1b$B"


def test_what_newsletters_put_around_their_text_is_none_of_it(tmp_path: Path) -> None:
    """The hidden line for the list of mails, the link to a browser, and all from the way out on are cut."""
    page = (
        "<div style='display:none'>Nine stops and more</div><p><a>View this email in your browser</a></p>"
        "<p>The tram runs again.</p><p>Members can view their seats online.</p>"
        "<p>You are receiving this newsletter because you signed up.</p>"
        "<p>Unsubscribe | Preferences</p><p>Quay News, 4 Hill Road</p>"
    )
    (article,) = read(tmp_path / "a.eml", raw("text/html", page.encode()))
    assert article.text == "The tram runs again.\n\nMembers can view their seats online."


def test_a_story_about_leaving_a_list_stays(tmp_path: Path) -> None:
    """The words alone are no furniture, nor is an email that has nothing else."""
    story = b"Half of the readers unsubscribe within a year.\n\nYou receive what you pay for."
    (article,) = read(tmp_path / "a.eml", raw("text/plain", story))
    assert article.text == story.decode()
    (article,) = read(tmp_path / "b.eml", raw("text/plain", b"To unsubscribe, write to us."))
    assert article.text == "To unsubscribe, write to us."


@pytest.mark.parametrize(
    "line",
    [
        "From the quay at 18:40 a tram left.",
        "From Monday 18:40 on it runs.",
        "From noon on Friday 12:00 it runs.",
    ],
)
def test_a_line_of_the_text_begins_no_email(tmp_path: Path, line: str) -> None:
    """A mail begins with a sender and a day, and its first header follows."""
    start = "From a@b.example Tue Jan 30 10:00:00 2024\nSubject: {}\nFrom: a@b.example\n\n"
    body = f"The tram runs.\n\n{line}\nIt is new.\n\n"
    articles = read(tmp_path / "a.mbox", (start.format("One") + body + start.format("Two") + body).encode())
    assert [article.title for article in articles] == ["One", "Two"]
    assert all(article.text == body.strip() for article in articles)

"""Newsletters as they come: single emails (.eml) and mailboxes (.mbox), parsed by Python itself."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.decoding import one_line
from ingest.readers.common.document import Entered
from ingest.readers.common.fields import Metadata, canonical_url, host_of, language_code
from ingest.readers.common.items import Listed
from ingest.readers.common.stated_dates import parse_published
from ingest.readers.common.unread import as_unread
from ingest.readers.formats.mail_furniture import without_furniture
from ingest.readers.formats.mail_parts import nested_messages, shown_parts, unread_parts
from ingest.readers.formats.mail_quotes import without_quotes
from ingest.readers.formats.plain_text import build_article
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from ingest.article import Article
    from ingest.readers.common.document import Document, DocumentPart

# The line before an email in a mailbox has a sender and a day with a time, and a header follows it; many
# programs leave lines of the text alone that begin with the same word.
_START = re.compile(
    rb"From \S+(?: at \S+)?\s+(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s|\d).*\d\d:\d\d", re.IGNORECASE
)
_FIRST_HEADER = re.compile(rb">?From |[!-9;-~]{1,100}:")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_PREFIXES = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:re\s*:\s*)?(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
_ID = re.compile(r"[^\s<>#]{3,200}")
_BROKEN = "The email can't be parsed ({kind}). Save it alone as text."
_TOO_LARGE = "An email in it is larger than FOOTNOTE_MAX_FILE_MB. Raise that to read it."
_NO_HEADERS = "It has none of an email's headers, such as From and Subject. Check that it is one."


def mail_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the article of an email, and those of the messages in it."""
    message = _parsed(document.data())
    if not any(message.get(name) for name in ("From", "Subject", "Date", "Received")):
        raise SourceError(document.origin, _NO_HEADERS)
    yield from _articles(message, document.origin)
    if next(nested_messages(message), None) is not None:
        yield Listed(document.origin, complete=True)


def mailbox_articles(document: Document) -> Iterator[DocumentPart]:
    """Yield the article of every email in a mailbox.

    An email is told by its Message-ID, so that it is the same one when mail before it is deleted.
    """
    seen: set[str] = set()
    for number, data in enumerate(_messages(document)):
        origin = f"{document.origin}#{number + 1}"
        if number < document.start:
            continue
        yield Entered(number, origin)
        if isinstance(data, Failure):
            yield data
            continue
        try:
            message = _parsed(data)
            found = _ID.search(str(message.get("Message-ID") or ""))
            if found and found[0] not in seen:
                seen.add(found[0])
                origin = f"{document.origin}#{found[0]}"
            yield from _articles(message, origin)
        except SourceError as error:
            yield Failure(origin, error.reason)
        except Exception as error:  # noqa: BLE001  # one bad email never stops the others
            yield Failure(origin, _BROKEN.format(kind=type(error).__name__))
    yield Listed(document.origin, complete=True)


def _articles(message: EmailMessage, origin: str) -> Iterator[DocumentPart]:
    """Yield the article of a message and those of the messages in it, of a digest for example.

    A message without text of its own is an error only where there are none in it.
    """
    within = list(nested_messages(message))
    try:
        yield _article(message, origin)
    except SourceError:
        if not within:
            raise
    for number, each in enumerate(within, start=1):
        try:
            yield from _articles(each, f"{origin}#{number}")
        except SourceError as error:
            yield Failure(f"{origin}#{number}", error.reason)


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _article(message: EmailMessage, origin: str) -> Article:
    text, page = _body(message, origin)
    subject = _PREFIXES.sub("", one_line(_header(message, "Subject")))[:300]
    known = Metadata(
        title=subject or (page.title if page else None),
        published=parse_published(_header(message, "Date").split(" (")[0]),
        source=_sender(message),
        url=canonical_url(_header(message, "Archived-At").strip(" <>")),
        dated_by="the email's header",
        unread=as_unread(Counter(dict(page.unread if page else ())) | unread_parts(message)),
        language=language_code(_header(message, "Content-Language")) or (page.language if page else None),
    )
    return build_article(text, origin, known=known)


def _header(message: EmailMessage, name: str) -> str:
    """Return a header as text; one that can't be parsed is empty."""
    try:
        return str(message.get(name) or "")
    except Exception:  # noqa: BLE001  # the standard library raises whatever it stumbles over
        return ""


def _sender(message: EmailMessage) -> str | None:
    """Return the name of the sender, else the host of its address."""
    try:
        first = message["From"].addresses[0]
        name, host = one_line(first.display_name), first.domain
    except Exception:  # noqa: BLE001  # no sender, or none that can be parsed
        return None
    return name[:300] or host_of(canonical_url(f"https://{host}/")) or None


def _body(message: EmailMessage, origin: str) -> tuple[str, Article | None]:
    """Return the text that the email shows, and the page that was found in it, if one was."""
    shown = shown_parts(message, origin)
    if not shown:
        raise SourceError(origin, "The email has no text. Save its attachments and ingest those.")
    text = "\n\n".join(text.strip() for text, _ in shown)
    is_forward = _FORWARD.match(_header(message, "Subject")) is not None
    is_reply = not is_forward and bool(message.get("In-Reply-To") or message.get("References"))
    text = without_quotes(text, is_reply=is_reply, is_forward=is_forward)
    return without_furniture(text), next((page for _, page in shown if page), None)


def _messages(document: Document) -> Iterator[bytes | Failure]:
    """Split a mailbox (RFC 4155): an email begins after an empty line with `From `, a name and a time."""
    limit = document.options.max_bytes
    lines: list[bytes] = []
    size, blank = 0, True
    line = document.stream.readline(limit)
    while line:
        following = document.stream.readline(limit)
        if blank and _START.match(line) and _FIRST_HEADER.match(following):
            if lines:
                yield _joined(lines, size, document)
            lines, size = [], 0
        else:
            size += len(line)
            if size <= limit:
                lines.append(line)
        blank = not line.strip()
        line = following
    if lines:
        yield _joined(lines, size, document)


def _joined(lines: list[bytes], size: int, document: Document) -> bytes | Failure:
    if size > document.options.max_bytes:
        return Failure(document.origin, _TOO_LARGE)
    return _QUOTED.sub(rb"\1", b"".join(lines))

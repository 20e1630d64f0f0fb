"""What an email shows: its text parts in order, each in its best version, and the messages within it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes
from ingest.readers.formats.fragments import fragment_text
from ingest.readers.formats.html_page import declared_encoding, html_article
from ingest.readers.formats.mail_quotes import unflowed, without_quoted_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from ingest.article import Article

_ARTICLE_SHARE = 0.6
"""Of the words that a part shows: an extraction that finds fewer took one story of several for all."""

_KINDS = {"image": "picture", "video": "film", "audio": "recording", "application": "attachment"}
_Shown = list[tuple[str, "Article | None"]]


def shown_parts(part: Any, origin: str) -> _Shown:  # noqa: ANN401  # a message or a part of one
    """Return the text of each part that the email shows, and the page found in it, if one was.

    Of alternatives the last one in HTML counts, as long as there is a word in it: some newsletters have
    a picture there, and their text beside it. Attachments and parts with a file name are not shown.
    """
    kind = part.get_content_type()
    if part.is_multipart() and kind.startswith("multipart/"):
        versions = [shown_parts(child, origin) for child in part.get_payload()]
        if kind != "multipart/alternative":
            return [shown for version in versions for shown in version]
        pages = [
            version
            for child, version in zip(part.get_payload(), versions, strict=True)
            if version and _has_page(child)
        ]
        return next(reversed(pages), next((version for version in versions if version), []))
    if kind not in {"text/html", "text/plain"} or part.is_attachment() or part.get_filename():
        return []
    text, page = _shown_text(part, kind, origin)
    return [(text, page)] if any(character.isalnum() for character in text) else []


def nested_messages(part: Any) -> Iterator[EmailMessage]:  # noqa: ANN401
    """Yield the messages of a digest and those that were forwarded whole; not the ones within these."""
    if not part.is_multipart():
        return
    for child in part.get_payload():
        if part.get_content_type() == "message/rfc822":
            yield child
        else:
            yield from nested_messages(child)


def unread_parts(part: Any) -> Counter[str]:  # noqa: ANN401
    """Count the files and pictures that hang on an email; those of messages within it are theirs."""
    counts: Counter[str] = Counter()
    if part.is_multipart() and part.get_content_type().startswith("multipart/"):
        for child in part.get_payload():
            counts.update(unread_parts(child))
    elif part.get_content_type() != "message/rfc822":
        if part.is_attachment() or (part.get_filename() and part.get_content_maintype() != "image"):
            counts["attachment"] += 1
        elif part.get_content_maintype() in _KINDS:
            counts[_KINDS[part.get_content_maintype()]] += 1
    return counts


def _has_page(part: Any) -> bool:  # noqa: ANN401
    return any(each.get_content_type() == "text/html" for each in part.walk())


def _shown_text(part: Any, kind: str, origin: str) -> tuple[str, Article | None]:  # noqa: ANN401
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset()
    if kind != "text/html":
        text = decode_bytes(data, declared=declared)
        if str(part.get_param("format") or "").lower() == "flowed":
            text = unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
        return clean_text(text), None
    if declared in {None, "us-ascii", "ascii"}:  # what programs write without looking
        declared = declared_encoding(data) or declared
    content = without_quoted_parts(decode_bytes(data, declared=declared))
    shown = clean_text(fragment_text(content))
    try:
        page = html_article(content, origin)
    except SourceError:
        return shown, None
    whole = len(page.text.split()) >= _ARTICLE_SHARE * len(shown.split())
    return (page.text if whole else shown), page

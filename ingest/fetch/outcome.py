"""What comes of fetching: a document, or an error that says whether trying again can help."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import SourceError


class FetchError(SourceError):
    """A document can't be fetched.

    `temporary` says that it may succeed later; `refused` that Footnote declined, so that asking again
    at once is of no use; `silent` that nothing answered; `retry_after` is what the server asked to wait.
    """

    def __init__(
        self,
        source: str,
        reason: str,
        *,
        temporary: bool = False,
        refused: bool = False,
        silent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(source, reason)
        self.temporary = temporary
        self.refused = refused
        self.silent = silent
        self.retry_after = retry_after

    def named(self, source: str) -> FetchError:
        """Return the same about another address: the one that the user knows."""
        return FetchError(
            source, self.reason, temporary=self.temporary, refused=self.refused, silent=self.silent
        )


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What a server said to one request; names of headers are in lower case, the body is unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of an address: status 200, 304 (not changed since the validators) or 410 (gone).

    `requested` is the address that was asked for, `url` the one that answered after redirects.
    """

    requested: str
    url: str
    status: int
    data: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise a version of a document by (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

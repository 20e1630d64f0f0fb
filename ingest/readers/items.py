"""What reading a source yields besides articles, and how it is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.article import Article
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that its server says has not changed since it was read (HTTP 304); nothing was read."""

    origin: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that its server says is gone for good (HTTP 410)."""

    origin: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The end of a source that lists its articles, when it could be read to its end.

    `complete` says that what was not yielded is not there any more: so it is with a folder, an
    archive or a sitemap, and not with a feed, which names only its newest.
    """

    source: str
    complete: bool


Item = Article | Failure | Unchanged | Gone | Listed


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise a version of a document by (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


class Memory(Protocol):
    """What was fetched before, by address; kept in the library."""

    def recall(self, url: str) -> Validators | None:
        """Return the validators of an address whose article is stored, or None."""

    def remember(self, url: str, validators: Validators) -> None:
        """Keep the validators of an address, from when its article is stored."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a source is read.

    `max_bytes` limits one document, unpacked. `include` and `exclude` are globs: of paths below a
    folder, of members of an archive, of addresses in a feed or sitemap; what matches no `include`
    (if there are any) or matches an `exclude` is passed over. `memory` is None where nothing is to
    be compared with earlier visits.
    """

    max_bytes: int
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    memory: Memory | None = None

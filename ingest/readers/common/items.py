"""What reading a source yields besides articles, and how it is to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.article import Article
from ingest.fetch import Fetcher, Manners
from ingest.fetch.allowed_hosts import AllowedHosts
from ingest.readers.common.exported import Exported, SourceGroups
from ingest.readers.common.files import MEGABYTE
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.fetch.outcome import Validators
    from ingest.settings import LibrarySettings


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
    archive or a sitemap, and not with a feed, which names only its newest. `passed` counts a folder's
    files of types that are not read, by the end of their names.
    """

    source: str
    complete: bool
    passed: Mapping[str, int] = field(default_factory=dict, compare=False)


Item = Article | Exported | SourceGroups | Failure | Unchanged | Gone | Listed


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
    be compared with earlier visits. `fetcher` is shared by the sources of a run, so that they are polite
    together; without one an address gets its own. `parse_seconds` and `parse_mb` are what a parser of
    PDFs, archives and the like may use for one document.
    """

    max_bytes: int
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    memory: Memory | None = None
    fetcher: Fetcher | None = None
    parse_seconds: int = 60
    parse_mb: int = 1024

    @classmethod
    def of(cls, settings: LibrarySettings) -> ReadOptions:
        """Return the options that the settings name."""
        return cls(
            max_bytes=settings.max_file_mb * MEGABYTE,
            fetcher=fetcher_of(settings),
            parse_seconds=settings.parse_seconds,
            parse_mb=settings.parse_mb,
        )


def fetcher_of(settings: LibrarySettings) -> Fetcher:
    """Return a fetcher with the manners that the settings name; raise SettingsError for a wrong host."""
    allowed = AllowedHosts.parse(settings.allow_hosts)
    return Fetcher(Manners(float(settings.fetch_seconds), settings.fetch_pause, allowed))

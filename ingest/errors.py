"""What can go wrong, class by class. Every message says what happened and what to do."""

from __future__ import annotations


class FootnoteError(Exception):
    """Base of every error that Footnote raises on purpose; its text is fit to show to a user."""


class SourceError(FootnoteError):
    """A file, folder or record can't be read as an article; `source` names it, `reason` says why."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class LibraryError(FootnoteError):
    """The library can't be opened or used: missing, unwritable, or on a full disk."""


class LibraryAwayError(LibraryError):
    """The database that the library is in gives no answer now; the same may be asked again in a moment."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library; the message names it."""


class LibraryDamagedError(LibraryError):
    """The library's files are damaged; the message says which and names the repair.

    `fault` is what is wrong alone, for where a repair is named anyway.
    """

    def __init__(self, message: str, fault: object = None) -> None:
        super().__init__(message)
        self.fault = message if fault is None else str(fault)


class SettingsError(FootnoteError):
    """A setting is wrong, or does not fit the library (for example another embedder)."""


class QuestionError(FootnoteError):
    """What was asked can't be used: an empty or too long question, or one given with a day that is none."""

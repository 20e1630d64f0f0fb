"""What a reader is told when something fails."""

from __future__ import annotations

import logging

from ingest import FootnoteError

logger = logging.getLogger(__name__)

WENT_WRONG = (
    "Something went wrong inside Footnote. Your library is unharmed. "
    "Try again; if it happens again, the log of the program says more."
)


def calm(error: BaseException) -> str:
    """Return what a user is told of an error: our own errors say it themselves, the rest goes to the log."""
    if isinstance(error, FootnoteError):
        return str(error)
    logger.error("An event of the chat failed", exc_info=error)
    return WENT_WRONG

"""Keys out of texts: what a provider says may repeat the key that it was sent."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Forms of keys and of what carries them, known or not: OpenAI's and its kin's, bearer tokens, parameters.
_KEY_LIKE = re.compile(
    r"\b(?:sk|pk|gsk|xai|hf|key)[-_][A-Za-z0-9_*.-]{6,}"
    r"|(?<=Bearer )[^\s\"',]+"
    r"|(?<=[?&])(?:api[-_]?key|key|token|access_token)=[^\s&\"']+"
    r"|(?<=://)[^/\s@]+:[^/\s@]+(?=@)",
    re.IGNORECASE,
)
SHOWN_END = 4  # the last characters, by which an owner knows which key it is
LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.http2", "openai._base_client")


def masked(key: str) -> str:
    """Return a key as it may be shown: sk-…1234."""
    return f"{'sk-' if key.startswith('sk-') else ''}…{key[-SHOWN_END:] if len(key) > 3 * SHOWN_END else ''}"


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a text without the secrets and without whatever looks like a key."""
    for secret in sorted((known for known in secrets if known), key=len, reverse=True):
        text = text.replace(secret, masked(secret))
    return _KEY_LIKE.sub(lambda found: masked(found.group()), text)


class Redaction(logging.Filter):
    """Takes keys out of what the libraries under a provider's client log."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without keys."""
        record.msg, record.args = redacted(record.getMessage(), self.secrets), ()
        return True


_redaction = Redaction()


def guard_logs(secrets: Iterable[str]) -> None:
    """From now on, keep these secrets out of the logs of the libraries that carry them."""
    # A new set: another thread may be going through the old one.
    _redaction.secrets = _redaction.secrets | {secret for secret in secrets if secret}
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_redaction)  # adding it twice adds it once

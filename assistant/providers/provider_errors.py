"""What can go wrong with a provider, told from its exceptions, in words that never repeat theirs.

Exceptions are told apart by status, code and name, so that no provider's package is imported here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from http import HTTPStatus
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from assistant.providers.retry_after import wait_of

if TYPE_CHECKING:
    from collections.abc import Collection


class FaultKind(StrEnum):
    """Faults that differ in what a user can do, or in whether trying again can help."""

    KEY = "it refused the key. Correct it in the environment or in .env"
    FORBIDDEN = "the key may not use this model. Correct FOOTNOTE_MODEL or the key"
    QUOTA = "the account has no credit left"
    RATE = "it had too many requests"
    OVERFLOW = "the question does not fit into what it reads at once. Lower FOOTNOTE_MODEL_CONTEXT"
    PARAMETER = "it does not take a parameter that was sent"
    REQUEST = "it refused the request. Check FOOTNOTE_MODEL and OPENAI_BASE_URL"
    MODEL = "there is no such model. Correct FOOTNOTE_MODEL or OPENAI_BASE_URL"
    UNNAMED = "it does not say which model it has. Name it in FOOTNOTE_MODEL"
    SEVERAL = "it has several models. Choose one in FOOTNOTE_MODEL"
    SERVER = "its server failed"
    DEADLINE = "it took longer than FOOTNOTE_MODEL_SECONDS allows"
    CONNECTION = "it could not be reached. Check the network and OPENAI_BASE_URL"
    GARBLED = "it sent something that is no answer. Check OPENAI_BASE_URL"
    TOO_LARGE = "it sent more than any answer has"
    FILTER = "its filter stopped the answer"
    DECLINED = "it declined to answer"
    EMPTY = "it wrote nothing"
    CUT = "the connection ended before the answer did"
    REPEATS = "the model said the same again and again"
    LENGTH = "the answer reached the limit of FOOTNOTE_MODEL_TOKENS"
    UNKNOWN = "it failed"


RETRIED = frozenset({FaultKind.RATE, FaultKind.SERVER, FaultKind.CONNECTION})
"""Faults that may be gone a moment later. Credit, keys and what is sent stay as they are."""

OVERFLOWED = re.compile(
    r"context.?(?:length|size|window)|maximum.{0,20}tokens|too many (?:input )?tokens|prompt is too long"
    r"|exceed\w*.{0,30}(?:context|tokens)|reduce the length",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(
    r"insufficient_(?:\w+_)?(?:quota|balance|credits?|funds)|billing_\w+|payment_required|exceeded_current_quota\w*"
)
"""Codes, not sentences: any 429 of OpenAI links to its page of billing, and 502s name load balancers."""

_SPENT = re.compile(r"(?:credit )?balance is too low|insufficient (?:balance|credits?|funds)", re.IGNORECASE)
"""What some say with a 400 and no code of its own."""

_PARAMETERS = re.compile(
    r"temperature|max_tokens|max_completion_tokens|stream_options|unsupported_", re.IGNORECASE
)
_RATES = re.compile(r"rate_?limit|too_many_requests")
_STATUS = {
    HTTPStatus.UNAUTHORIZED: FaultKind.KEY,
    HTTPStatus.FORBIDDEN: FaultKind.FORBIDDEN,
    HTTPStatus.NOT_FOUND: FaultKind.MODEL,
    HTTPStatus.REQUEST_TIMEOUT: FaultKind.SERVER,
    HTTPStatus.CONFLICT: FaultKind.SERVER,
}
_TOO_LONG = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_DEEPEST = 6
STATUS_DIGITS = 3
_NAMES = {
    "ReplyTooLargeError": FaultKind.TOO_LARGE,
    "ContextOverflowError": FaultKind.OVERFLOW,
    "APITimeoutError": FaultKind.DEADLINE,
    "TimeoutException": FaultKind.DEADLINE,
    "APIConnectionError": FaultKind.CONNECTION,
    "TransportError": FaultKind.CONNECTION,
    "TimeoutError": FaultKind.DEADLINE,
    "OSError": FaultKind.CONNECTION,
    "APIResponseValidationError": FaultKind.GARBLED,
}


class ProviderFault(Exception):  # noqa: N818  # it is told to users as a notice, not raised to them
    """A provider did not give an answer; `wait` are the seconds after which it may be asked again."""

    def __init__(self, kind: FaultKind, *, wait: float | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.wait = wait


def fault_of(error: BaseException) -> ProviderFault:
    """Tell what an exception of a provider's client means."""
    if isinstance(error, ProviderFault):
        return error
    status = getattr(error, "status_code", None)
    said = _said(error)
    if isinstance(status, int) or getattr(error, "body", None):
        codes = _codes(error)
        if not isinstance(status, int):  # an error within a stream, which says what its status would be
            status = next(
                (int(code) for code in codes if code.isdecimal() and len(code) == STATUS_DIGITS), None
            )
        told = _kind_of(status, codes, said)
        return ProviderFault(
            told, wait=wait_of(getattr(error, "response", None), said, limited=told is FaultKind.RATE)
        )
    classes = (base for each in reversed(_chain(error)) for base in type(each).__mro__)
    named = [kind for base in classes if (kind := _NAMES.get(base.__name__))]
    # What a client raises where the provider's answer has not the form that it expects.
    if not named and isinstance(
        error, JSONDecodeError | LookupError | TypeError | ValueError | AttributeError
    ):
        named = [FaultKind.OVERFLOW if OVERFLOWED.search(said) else FaultKind.GARBLED]
    return ProviderFault(named[0] if named else FaultKind.UNKNOWN)


def _chain(error: BaseException) -> list[BaseException]:
    """Return an exception and what it was raised from; clients wrap, and the innermost knows most."""
    chain = [error]
    while chain[-1].__cause__ is not None and len(chain) < _DEEPEST:
        chain.append(chain[-1].__cause__)
    return chain


def _kind_of(status: int | None, codes: Collection[str], said: str) -> FaultKind:
    if status == HTTPStatus.PAYMENT_REQUIRED or any(_NO_CREDIT.fullmatch(code) for code in codes):
        return FaultKind.QUOTA
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status is None and any(map(_RATES.search, codes))):
        return FaultKind.RATE
    if status in _STATUS:
        return _STATUS[HTTPStatus(status)]
    overflows = (status is None or status in _TOO_LONG) and OVERFLOWED.search(said)
    if overflows or status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return FaultKind.OVERFLOW
    if status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FaultKind.SERVER
    return _refused(said)


def _refused(said: str) -> FaultKind:
    if _SPENT.search(said):
        return FaultKind.QUOTA
    return FaultKind.PARAMETER if _PARAMETERS.search(said) else FaultKind.REQUEST


def _codes(error: BaseException) -> tuple[str, ...]:
    """Return the codes and types of an error, in lower case: its own and those of its body."""
    body: Any = getattr(error, "body", None)
    body = body if isinstance(body, dict) else {}
    inner = body["error"] if isinstance(body.get("error"), dict) else {}
    found = [getattr(error, name, None) for name in ("code", "type")]
    found += [part.get(name) for part in (body, inner) for name in ("code", "type", "status")]
    return tuple(str(code).lower() for code in found if isinstance(code, str | int))


def _said(error: BaseException) -> str:
    """Return what the provider said, to be searched and never shown."""
    body: Any = getattr(error, "body", None)
    return f"{getattr(error, 'code', '')} {getattr(error, 'type', '')} {error} {body}"[:4000]

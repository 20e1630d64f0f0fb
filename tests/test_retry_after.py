"""When a provider may be asked again: every form in which it says so, and how it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from assistant.providers.retry_after import in_words, wait_of

LATER = datetime.now(tz=UTC) + timedelta(days=10)
DAYS = 864_000.0  # when the file was read; the tests may run some time later
FORMS = {
    "seconds": ({"Retry-After": "3"}, 3.0),
    "fraction": ({"Retry-After": "0.5"}, 0.5),
    "milliseconds": ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
    "date": ({"Retry-After": format_datetime(LATER, usegmt=True)}, DAYS),
    "date that has passed": ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    "negative": ({"Retry-After": "-5"}, 0.0),
    "nothing": ({}, None),
    "garbled": ({"Retry-After": "soon"}, None),
    "empty": ({"Retry-After": ""}, None),
    "not a number": ({"Retry-After": "nan"}, None),
    "endless": ({"Retry-After": "1e999"}, None),
    "minutes": ({"x-ratelimit-reset-requests": "6m0s"}, 360.0),
    "fractions of seconds": ({"x-ratelimit-reset-tokens": "2m59.56s"}, 179.56),
    "small": ({"x-ratelimit-reset-tokens": "20ms"}, 0.02),
    "hours": ({"x-ratelimit-reset-requests": "1h2m3s"}, 3_723.0),
    "Retry-After wins": ({"retry-after": "2", "x-ratelimit-reset-requests": "6m0s"}, 2.0),
    "the limit that was reached": (
        {
            "x-ratelimit-remaining-requests": "99",
            "x-ratelimit-reset-requests": "6m0s",
            "x-ratelimit-remaining-tokens": "0",
            "x-ratelimit-reset-tokens": "7.66s",
        },
        7.66,
    ),
    "the longer one": ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-reset-tokens": "1s"}, 360.0),
    "seconds of a draft": ({"RateLimit-Reset": "50"}, 50.0),
    "since 1970": ({"x-ratelimit-reset": str(LATER.timestamp())}, DAYS),
    "milliseconds since 1970": ({"X-RateLimit-Reset": str(LATER.timestamp() * 1000)}, DAYS),
    "ISO": ({"anthropic-ratelimit-requests-reset": LATER.isoformat()}, DAYS),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_read(name: str) -> None:
    """Whatever the form, the seconds are the same; what is none is passed over."""
    headers, wait = FORMS[name]
    found = wait_of(SimpleNamespace(headers=headers), "slow down", limited=True)
    assert found == (None if wait is None else pytest.approx(wait, abs=7_200 if wait == DAYS else 1e-6))


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("Please try again in 1.5s. Visit the page.", 1.5),
        ("Please try again in 6m0s.", 360.0),
        ("Please retry in 340ms", 0.34),
        ("Try again in a moment, at 5s intervals.", None),
    ],
)
def test_the_sentence_of_an_error_counts_where_no_header_does(said: str, wait: float | None) -> None:
    """It names the time for this very request, which a reset does not."""
    assert wait_of(None, said, limited=True) == wait
    response = SimpleNamespace(headers={"x-ratelimit-reset-tokens": "9s"})
    assert wait_of(response, said, limited=True) == (9.0 if wait is None else wait)


def test_a_reset_means_nothing_where_no_limit_was_reached() -> None:
    """OpenAI sends the times of its limits with whatever it sends."""
    response = SimpleNamespace(headers={"x-ratelimit-reset-requests": "6m0s"})
    assert wait_of(response, "", limited=False) is None
    assert wait_of(SimpleNamespace(headers={"retry-after": "2"}), "", limited=False) == 2.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (9, "9 seconds"),
        (89.5, "90 seconds"),
        (91, "2 minutes"),
        (360, "6 minutes"),
        (5_401, "2 hours"),
        (86_400, "24 hours"),
        (200_000, "3 days"),
    ],
)
def test_a_wait_in_words_is_never_too_short(seconds: float, words: str) -> None:
    """Rounded up, in the unit that a person would use."""
    assert in_words(seconds) == words

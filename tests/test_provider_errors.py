"""Every fault of a provider, through the real client: an answer all the same, why, and no key anywhere."""

from __future__ import annotations

import json
import logging
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from faultserver import KEY, FaultServer, Raw, Says, error
from writing import FIRE, QUESTION, written_by

from assistant import Mode, Support, answer
from assistant.providers.provider_errors import FaultKind
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday."
BEGUN = [f"{SIX[:-1]} [a1]. The pi"]
LATER = format_datetime(datetime.now(tz=UTC) + timedelta(days=1), usegmt=True)  # whenever the test runs
# What OpenAI says with every ordinary 429, and what a load balancer sends for a server that is away.
LIMITED = (
    "Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, "
    "Requested 2000. You can increase your rate limit by adding a payment method to your account at "
    "https://platform.openai.com/account/billing."
)
AWAY = b"<html>502 Bad Gateway: the load balancer gives no credit to this backend</html>"
SPENT = "Your credit balance is too low to access the API. Go to Plans & Billing."
ECHO = f"Incorrect API key provided: {KEY}. Bearer {KEY}"
PACKED = {"content-encoding": "gzip"}

# The reply, how often it is asked for, and what the reader is told.
REFUSED: dict[str, tuple[Says | Raw, int, FaultKind | None]] = {
    "key echoed": (error(401, ECHO, "invalid_api_key"), 1, FaultKind.KEY),
    "forbidden": (error(403, ECHO), 1, FaultKind.FORBIDDEN),
    "no such model": (error(404, "no such model"), 1, FaultKind.MODEL),
    "rate, soon": (error(429, "slow down", retry_after="0"), 3, FaultKind.RATE),
    "rate, garbled": (error(429, "slow down", retry_after="soon"), 3, FaultKind.RATE),
    "rate, in 100 s": (error(429, "slow down", retry_after="100"), 1, FaultKind.RATE),
    "rate, by date": (error(429, "slow down", retry_after=LATER), 1, FaultKind.RATE),
    "no credit": (error(429, "You exceeded your quota", "insufficient_quota"), 1, FaultKind.QUOTA),
    "rate, of OpenAI": (error(429, LIMITED, "rate_limit_exceeded", retry_after="0"), 3, FaultKind.RATE),
    "rate, reset in 6 min": (
        error(429, LIMITED, "rate_limit_exceeded", x_ratelimit_reset_tokens="6m0s"),
        1,
        FaultKind.RATE,
    ),
    "rate, reset in 20 ms": (error(429, LIMITED, x_ratelimit_reset_requests="20ms"), 3, FaultKind.RATE),
    "rate, in words": (error(429, f"{LIMITED} Please try again in 6m0s."), 1, FaultKind.RATE),
    "payment required": (error(402, "Insufficient Balance"), 1, FaultKind.QUOTA),
    "billing not active": (error(429, "Check your details", "billing_not_active"), 1, FaultKind.QUOTA),
    "spent, with a 400": (error(400, SPENT), 1, FaultKind.QUOTA),
    "load balancer": (Raw(502, AWAY, {"content-type": "text/html"}), 3, FaultKind.SERVER),
    "billing page is down": (error(503, "See our billing page for credits"), 3, FaultKind.SERVER),
    "error event, limited": (Says([], after='{"error": {"message": "x", "code": 429}}'), 3, FaultKind.RATE),
    "error event, no credit": (
        Says([], after='{"error": {"message": "x", "code": "insufficient_quota"}}'),
        1,
        FaultKind.QUOTA,
    ),
    "error event without error": (
        Says([], after='{"object": "error", "message": "x", "code": 401}'),
        1,
        FaultKind.KEY,
    ),
    "server error": (error(500, "boom"), 3, FaultKind.SERVER),
    "server error, with a reset": (
        error(500, "boom", x_ratelimit_reset_requests="6m0s"),
        3,
        FaultKind.SERVER,
    ),
    "bad gateway": (Raw(502, b"<html>Bad gateway</html>"), 3, FaultKind.SERVER),
    "error as an answer": (Raw(200, {"error": {"message": ECHO, "code": 401}}), 1, FaultKind.KEY),
    "other content type": (Raw(200, b"It is sunny.", {"content-type": "text/plain"}), 1, None),
    "overloaded": (error(503, "overloaded"), 3, FaultKind.SERVER),
    "gateway timeout": (Raw(504, b"<html>"), 3, FaultKind.SERVER),
    "overflow": (error(400, "too long", "context_length_exceeded"), 4, FaultKind.OVERFLOW),
    "bad parameter": (error(400, "Unsupported value: temperature"), 2, FaultKind.PARAMETER),
    "bad request": (error(400, "no"), 1, FaultKind.REQUEST),
    "redirect": (Raw(302, b"", {"location": "http://127.0.0.1:9/"}), 1, FaultKind.REQUEST),
    "page": (Raw(200, b"<html>Sign in</html>", {"content-type": "text/html"}), 1, None),
    "bad JSON": (Raw(200, b"{bad"), 1, None),
    "byte order mark": (Raw(200, b"\xef\xbb\xbf{}"), 1, None),
    "no choices": (Raw(200, {"id": "1", "choices": []}), 1, None),
    "huge event": (
        Raw(200, b"data: " + b"x" * 20_000_000, {"content-type": "text/event-stream"}),
        1,
        FaultKind.TOO_LARGE,
    ),
    "packed": (Raw(200, b"\x1f\x8b", PACKED), 1, FaultKind.TOO_LARGE),
    "nothing": (Says([]), 1, FaultKind.EMPTY),
    "spaces": (Says([" \n "]), 1, FaultKind.EMPTY),
    "null": (Says([None]), 1, FaultKind.EMPTY),
    "declined": (Says([None], refusal="I can't."), 1, FaultKind.EMPTY),
    "filter at once": (Says([""], finish="content_filter"), 1, FaultKind.FILTER),
    "error event": (Says([], after='{"error": {"message": "boom"}}'), 3, FaultKind.SERVER),
    "same again": (Says(["Dogs barked. "], endless=True, pause=0.001), 1, FaultKind.REPEATS),
}
# What comes after the beginning of an answer, and what the reader is told.
BROKEN: dict[str, tuple[Says | Raw, FaultKind]] = {
    "close": (Says(BEGUN, after="close"), FaultKind.CUT),
    "cut": (Says(BEGUN, after="cut"), FaultKind.CUT),
    "error event": (Says(BEGUN, after='{"error": {"message": "boom"}}'), FaultKind.SERVER),
    "bad JSON": (Says(BEGUN, after="{bad"), FaultKind.GARBLED),
    "length": (Says(BEGUN, finish="length"), FaultKind.LENGTH),
    "filter": (Says(BEGUN, finish="content_filter"), FaultKind.FILTER),
}
# What only the time limit ends.
SLOW: dict[str, Says | Raw] = {
    "hang before headers": Raw(hang=True),
    "stall": Says(BEGUN, after="hang"),
    "drip": Says(["a ", "b "], endless=True, pause=0.3),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "library"
    ingest_articles([FIRE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("FOOTNOTE_CHECK", "local")  # requests are counted; test_judge.py has the judge
    monkeypatch.setattr("assistant.providers.retry.FIRST_PAUSE", 0.01)
    with written_by(monkeypatch) as server:
        yield server


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_before_any_text_means_quotations(
    server: FaultServer, library: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer is in quotations and says why; the key is in no answer and no log."""
    caplog.set_level(logging.DEBUG)
    reply, tries, kind = REFUSED[name]
    server.script = [reply]

    given = answer(QUESTION, library=library)

    assert (given.mode, given.answered, len(server.asked)) == (Mode.QUOTES, True, tries)
    told = " ".join(given.notices)
    assert told.startswith("No written answer from scripted: ")
    assert kind is None or kind.value in told
    assert KEY not in json.dumps(given.to_dict()) + caplog.text
    assert set(server.keys) == {f"Bearer {KEY}"}


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"retry_after": "300"}, "5 minutes"),
        ({"retry_after": LATER}, "24 hours"),
        ({"x_ratelimit_reset_requests": "6m0s"}, "6 minutes"),
        ({"x_ratelimit_reset_requests": "1h30m", "x_ratelimit_reset_tokens": "20ms"}, "90 minutes"),
    ],
    ids=["seconds", "date", "reset", "the longer one"],
)
def test_a_wait_that_is_too_long_is_told(
    server: FaultServer, library: Path, headers: dict[str, str], told: str
) -> None:
    """Nobody is kept waiting for minutes; the message says when it can be asked again."""
    server.script = [error(429, LIMITED, "rate_limit_exceeded", **headers)]
    (notice,) = answer(QUESTION, library=library).notices
    assert notice == (
        f"No written answer from scripted: it had too many requests; it can be asked again in {told}. "
        "These are quotations instead."
    )


def test_a_wait_that_the_time_does_not_allow_is_not_begun(
    server: FaultServer, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With less time left than the provider asks for, the reader is told so, and not that it was slow."""
    monkeypatch.setenv("FOOTNOTE_MODEL_SECONDS", "5")
    server.script = [error(429, LIMITED, retry_after="9")]
    (notice,) = answer(QUESTION, library=library).notices
    assert (FaultKind.RATE.value in notice, "in 9 seconds" in notice, len(server.asked)) == (True, True, 1)


def test_the_time_that_a_provider_names_is_kept_to(server: FaultServer, library: Path) -> None:
    """The second request comes after the wait that the first one's reply asked for."""
    server.script = [error(429, LIMITED, x_ratelimit_reset_tokens="1.2s"), Says([f"{SIX[:-1]} [a1]."])]
    begun = time.monotonic()
    given = answer(QUESTION, library=library)
    assert (given.mode, len(server.asked), time.monotonic() - begun >= 1.2) == (Mode.WRITTEN, 2, True)


@pytest.mark.parametrize("name", BROKEN)
def test_what_had_arrived_is_kept_and_marked(server: FaultServer, library: Path, name: str) -> None:
    """Whole statements stay, the last one is marked as broken off, nothing is asked for twice."""
    reply, kind = BROKEN[name]
    server.script = [reply]

    given = answer(QUESTION, library=library)

    assert (given.mode, given.incomplete, len(server.asked)) == (Mode.WRITTEN, True, 1)
    assert [(item.text, item.support) for item in given.statements] == [
        (SIX, Support.SUPPORTED),
        ("The pi", Support.UNSUPPORTED),
    ]
    assert given.notices == (f"The answer is incomplete: {kind.value}.",)


@pytest.mark.parametrize("name", SLOW)
def test_the_total_time_is_limited(
    server: FaultServer, library: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever drips or hangs ends after FOOTNOTE_MODEL_SECONDS, and its connection with it."""
    answer(QUESTION, library=library)  # what has to be loaded is, so that the time goes to the model alone
    server.left.clear()
    monkeypatch.setenv("FOOTNOTE_MODEL_SECONDS", "2")
    server.script = [SLOW[name]]

    given = answer(QUESTION, library=library)

    assert FaultKind.DEADLINE.value in " ".join(given.notices)
    assert server.left.wait(120)  # at once; a busy machine is slow


def test_an_endless_answer_is_cut(
    server: FaultServer, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that ignores its limit is left, its connection closed."""
    monkeypatch.setenv("FOOTNOTE_MODEL_TOKENS", "16")
    server.script = [Says([f"{SIX[:-1]} [a1]. ", *(f"Word{number} " for number in range(300))], pause=0.001)]
    given = answer(QUESTION, library=library)
    assert (given.mode, given.incomplete) == (Mode.WRITTEN, True)
    assert FaultKind.LENGTH.value in given.notices[0]


@pytest.mark.parametrize(
    "reply",
    [
        error(401, ECHO),
        error(500, "boom"),
        Raw(200, b"<html>"),
        Raw(200, {"choices": []}),
        Says([None]),
        Raw(hang=True),
        error(429, "You exceeded your quota", "insufficient_quota"),
        error(400, "too long", "context_length_exceeded"),
        Raw(200, b"\x1f\x8b", PACKED),
        Raw(200, b'{"choices": [{"index": 0, "mess'),
        Says(["Nineteen ferries"], finish="length"),
    ],
    ids=[
        "key",
        "server",
        "page",
        "no choices",
        "null",
        "hang",
        "quota",
        "overflow",
        "packed",
        "cut",
        "length",
    ],
)
def test_a_fault_while_a_statement_is_put_right_leaves_it_unsupported(
    server: FaultServer,
    library: Path,
    reply: Raw | Says,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The request that isn't streamed fails in the same ways; the answer stands without it, without a key."""
    caplog.set_level(logging.DEBUG)
    answer(QUESTION, library=library)  # what has to be loaded is
    if reply == Raw(hang=True):  # else there is time, however busy the machine
        monkeypatch.setenv("FOOTNOTE_MODEL_SECONDS", "4")
    server.asked.clear()
    server.script = [Says([f"{SIX[:-1]} [a1]. Nineteen ferries sank [a2]."]), reply]
    given = answer(QUESTION, library=library)
    assert [item.support for item in given.statements] == [Support.SUPPORTED, Support.UNSUPPORTED]
    assert (given.incomplete, "stream" in server.asked[-1] and server.asked[-1]["stream"]) == (False, False)
    assert KEY not in json.dumps(given.to_dict()) + caplog.text


@pytest.mark.parametrize("where", ["refused", "unknown", "tls", "proxy"])
def test_a_server_that_is_not_there_means_quotations(
    library: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens, no such name, no TLS, no proxy: quotations and a sentence."""
    monkeypatch.setattr("assistant.providers.retry.FIRST_PAUSE", 0.01)
    with written_by(monkeypatch) as server, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{free.getsockname()[1]}"
        address = {
            "refused": f"http://{nobody}/v1",
            "unknown": "http://no-such-host.invalid/v1",
            "tls": server.address.replace("http:", "https:"),
            "proxy": "http://provider.example/v1",
        }[where]
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        if where == "proxy":
            monkeypatch.setenv("HTTP_PROXY", f"http://{nobody}")
        given = answer(QUESTION, library=library)
    assert (given.mode, server.asked) == (Mode.QUOTES, [])
    assert FaultKind.CONNECTION.value in " ".join(given.notices)


def test_a_retry_that_succeeds_is_an_answer(server: FaultServer, library: Path) -> None:
    """After a fault that passes, the answer is as if nothing had been."""
    server.script = [error(503, "busy"), error(429, "slow", retry_after="0"), Says([f"{SIX[:-1]} [a1]."])]
    given = answer(QUESTION, library=library)
    assert (given.mode, given.notices, len(server.asked)) == (Mode.WRITTEN, (), 3)


def test_parameters_that_are_refused_are_left_out(server: FaultServer, library: Path) -> None:
    """A server that takes no temperature is asked without, and the answer is written."""
    server.script = [error(400, "Unsupported parameter: 'temperature'"), Says([f"{SIX[:-1]} [a1]."])]
    given = answer(QUESTION, library=library)
    assert (given.mode, ["temperature" in request for request in server.asked]) == (
        Mode.WRITTEN,
        [True, False],
    )


def test_a_new_key_is_used_at_once(
    server: FaultServer, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is read for each question."""
    server.script = [Says([f"{SIX[:-1]} [a1]."])]
    answer(QUESTION, library=library)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another-0987654321")
    answer(QUESTION, library=library)
    assert server.keys == [f"Bearer {KEY}", "Bearer sk-another-0987654321"]

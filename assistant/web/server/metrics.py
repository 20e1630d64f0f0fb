"""What is counted and timed of the server, and its log: numbers, kinds and ids, never words of anybody."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.web.chat.gate import Gate
    from ingest import QueueState

TYPE = "text/plain; version=0.0.4; charset=utf-8"
# From a keyword hit to a model that thinks for a minute.
BUCKETS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 30, 60, 120)
# What a path may be called in a metric: anything else is `page`, so that nobody fills the memory with names.
REQUEST_KINDS = (
    "/api/ask",
    "/api/check",
    "/api/search",
    "/api/articles",
    "/v1/chat/completions",
    "/v1/models",
    "/mcp",
    "/sign-in",
)

requests_log = logging.getLogger("footnote.requests")


class Metrics:
    """The counters of one server."""

    def __init__(self, gate: Gate, queue: Callable[[], QueueState | None] = lambda: None) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_QueueGauges(queue))
        kinds = ("kind", "status")
        self.requests = Counter("footnote_requests", "Requests.", kinds, registry=self._registry)
        self.answers = Counter("footnote_answers", "Answers.", ("outcome",), registry=self._registry)
        self.seconds = Histogram(
            "footnote_answer_seconds", "Time to a whole answer.", buckets=BUCKETS, registry=self._registry
        )
        inside = Gauge(
            "footnote_questions",
            "Questions, searches and checks under way or waiting.",
            registry=self._registry,
        )
        inside.set_function(lambda: gate.inside)

    def answered(self, outcome: str, seconds: float) -> None:
        """Count an answer: answered, not_answered, left, failed or busy."""
        self.answers.labels(outcome).inc()
        if outcome in {"answered", "not_answered"}:
            self.seconds.observe(seconds)

    def page(self) -> bytes:
        """Return all of it in the format of Prometheus."""
        return generate_latest(self._registry)


class _QueueGauges:
    """What is in the queue of a library in a database, asked whenever somebody reads the metrics."""

    def __init__(self, queue: Callable[[], QueueState | None]) -> None:
        self._queue = queue

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; none where there is no queue, or its database is away."""
        try:
            state = self._queue()
        except FootnoteError:
            return
        if state is None:
            return
        jobs = GaugeMetricFamily("footnote_queue_jobs", "Jobs of the queue.", labels=("state",))
        for name, count in (
            ("waiting", state.waiting),
            ("running", state.running),
            ("parked", state.parked),
        ):
            jobs.add_metric([name], count)
        yield jobs
        yield GaugeMetricFamily("footnote_queue_workers", "Workers that are alive.", state.workers)


class Watched:
    """Counts every request and, where wanted, writes a line of JSON for it. Plain ASGI."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        status, begun, request_id = 0, time.perf_counter(), secrets.token_hex(6)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            kind = request_kind(scope["path"])
            self.metrics.requests.labels(kind, str(status or 499)).inc()
            if requests_log.isEnabledFor(logging.INFO):
                took = round((time.perf_counter() - begun) * 1000)
                known = {"id": request_id, "kind": kind, "status": status or 499, "ms": took}
                requests_log.info(json.dumps({"at": round(time.time(), 3), **known}))


def request_kind(path: str) -> str:
    """Return what kind of request a path is; no path is repeated, it may hold anything."""
    return next((kind for kind in REQUEST_KINDS if path == kind or path.startswith(f"{kind}/")), "page")


def write_log() -> None:
    """Write a line of JSON for each request to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    requests_log.addHandler(handler)
    requests_log.setLevel(logging.INFO)
    requests_log.propagate = False

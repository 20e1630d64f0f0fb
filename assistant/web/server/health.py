"""What monitors ask: is it alive, is it ready for questions, and its metrics."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from assistant.web.server.metrics import TYPE
from ingest import (
    DatabaseAddress,
    FootnoteError,
    QueueState,
    kept_store,
    library_settings,
    place_of,
    queue_counts,
)

if TYPE_CHECKING:
    from assistant.web.chat.gate import Gate
    from assistant.web.chat.service import ChatService
    from assistant.web.server.metrics import Metrics

# No postponed annotations in this file: FastAPI reads them.


def health_routes(service: "ChatService", gate: "Gate", metrics: "Metrics") -> APIRouter:
    """Return the endpoints; they are no part of what programs are offered."""
    api = APIRouter(include_in_schema=False)

    @api.api_route("/healthz", methods=["GET", "HEAD"])
    async def alive() -> Response:
        return PlainTextResponse("ok")

    @api.api_route("/readyz", methods=["GET", "HEAD"])
    def ready() -> Response:
        if gate.closed:
            return PlainTextResponse("ending", 503)
        place = place_of(service.library)
        shared = isinstance(place, DatabaseAddress)
        try:
            service.overview()
            away = service.unreachable()
            if isinstance(place, DatabaseAddress):
                kept_store(place).exists()
            queue = queue_counts(place)
        except FootnoteError:
            return PlainTextResponse("the library can't be used" + "\ndatabase: away" * shared, 503)
        # Questions are answered all the same; who asks here may be anybody, so no address is named.
        told = "ok, but the vector server can't be used" if away else "ok"
        if shared:
            told += "\ndatabase: reachable"
            if library_settings().chroma:
                told += f"\nvector server: {'away' if away else 'reachable'}"
            told += _queue_line(queue)
        return PlainTextResponse(told)

    @api.get("/metrics")
    def counted() -> Response:
        return Response(metrics.page(), media_type=TYPE)

    return api


def _queue_line(queue: QueueState | None) -> str:
    """Say how the queue is, without a number: who asks may be anybody. Questions are answered anyway."""
    if queue is None:
        return ""
    left = queue.waiting + queue.running
    state = "empty" if not left else "at work" if queue.workers else "waits, and nobody works on it"
    return f"\nqueue: {state}{', some jobs were given up' if queue.parked else ''}"

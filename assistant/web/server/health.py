"""What monitors ask: is it alive, is it ready for questions, and its metrics."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from assistant.web.server.metrics import TYPE
from ingest import DatabaseAddress, FootnoteError, kept_store, library_settings, place_of

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
        except FootnoteError:
            return PlainTextResponse("the library can't be used" + "\ndatabase: away" * shared, 503)
        # Questions are answered all the same; who asks here may be anybody, so no address is named.
        told = "ok, but the vector server can't be used" if away else "ok"
        if shared:
            told += "\ndatabase: reachable"
            if library_settings().chroma:
                told += f"\nvector server: {'away' if away else 'reachable'}"
        return PlainTextResponse(told)

    @api.get("/metrics")
    def counted() -> Response:
        return Response(metrics.page(), media_type=TYPE)

    return api

"""Which paths are served: those that the page and programs use. The framework has more; they stay shut.

Among those are doors for uploading, for calling events by name, for files, and for passing requests on. Each
checks something of its own, and each has been broken before; what is not there can't be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

EVENTS = "/gradio_api"
SERVED_PATHS = frozenset(
    {
        "",
        "/healthz",
        "/readyz",
        "/metrics",
        "/mcp",
        "/config",
        "/theme.css",
        "/favicon.ico",
        "/manifest.json",
        "/robots.txt",
        f"{EVENTS}/info",
        f"{EVENTS}/upload",
        f"{EVENTS}/upload_progress",
        f"{EVENTS}/component_server",
        f"{EVENTS}/queue/join",
        f"{EVENTS}/queue/data",
        f"{EVENTS}/cancel",
        f"{EVENTS}/reset",
    }
)
WITHIN = ("/api/", "/v1/", "/assets/", "/static/", f"{EVENTS}/heartbeat/")


class Doors:
    """Answers 404 for every other path. Plain ASGI, so that streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not is_open(scope["path"]):
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 404, "headers": headers})
            await send({"type": "http.response.body", "body": b"There is nothing here."})
        else:
            await self.app(scope, receive, send)


def is_open(path: str) -> bool:
    """Say whether something of ours is there; a path with steps up is none of ours."""
    return ".." not in path.split("/") and (path.rstrip("/") in SERVED_PATHS or path.startswith(WITHIN))

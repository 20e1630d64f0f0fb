"""The web application: endpoints for programs and the chat, behind layers that are all our own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from assistant.settings import answer_settings
from assistant.web.api import http_api, openai_api
from assistant.web.api.change_feed import feed_routes
from assistant.web.api.mcp_server import McpServer
from assistant.web.api.operations import Programs
from assistant.web.chat.gate import Gate, Gated
from assistant.web.chat.handlers import Handlers
from assistant.web.chat.page import asset, build_page, theme
from assistant.web.html.shell import MEGABYTE
from assistant.web.server import health
from assistant.web.server.allowed_paths import Doors
from assistant.web.server.error_replies import Caught
from assistant.web.server.metrics import Metrics, Watched
from assistant.web.server.security_headers import middleware
from ingest import __version__, library_settings, place_of, queue_counts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from assistant.web.access.layers import Access
    from assistant.web.chat.service import ChatService

STYLES = ("library.css", "drafts.css", "kept.css", "stories.css", "settings.css", "style.css")
DESCRIPTION = (
    "Answers questions about a collection of articles, with footnotes to the exact source sentences. "
    "What has a schema of its own is offered over MCP at /mcp too."
)


class Site:
    """Everything that is served at one address."""

    def __init__(self, service: ChatService, *, inbox: Path, hosts: Sequence[str], access: Access) -> None:
        self.gate = gate = Gate()
        self._access = access
        metrics = Metrics(gate, lambda: queue_counts(place_of(service.library)))
        gated = Gated(service, gate, metrics.answered)
        programs = Programs(gated)
        self.handlers = Handlers.make(gated, inbox=inbox, settings=answer_settings(), people=access.people)
        self._mcp = McpServer(programs)
        self.app = FastAPI(
            title="Footnote",
            version=__version__,
            description=DESCRIPTION,
            openapi_url=http_api.SCHEMA_PATH,
            docs_url=None,  # its scripts come from another site
            redoc_url=None,
            middleware=[
                Middleware(Watched, metrics=metrics),
                *middleware(*hosts),
                Middleware(Caught),
                *access.layers(),
                Middleware(Doors),
                Middleware(CORSMiddleware, allow_origins=[]),  # else Gradio gives permissions of its own
            ],
            lifespan=self._lifespan,
        )
        http_api.explain_errors(self.app)
        self.app.router.routes.append(self._mcp.route)
        endpoints = [
            http_api.api_routes(programs),
            feed_routes(gated),
            openai_api.openai_routes(gated),
            health.health_routes(service, gate, metrics),
        ]
        known = [*self.app.routes, *(route for router in endpoints for route in router.routes)]
        for router in (*endpoints, http_api.Nothing(known).router()):
            self.app.include_router(router)
        self._mount()

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async with self._mcp.running():
            yield

    def _mount(self) -> None:
        import gradio as gr

        megabytes = library_settings().max_file_mb
        page = build_page(self.handlers, max_file_mb=megabytes, sign_out=self._access.needed())
        options: dict[str, Any] = {
            "path": "/",
            "footer_links": [],
            "run_history": False,
            "enable_monitoring": False,
            "pwa": False,
            "mcp_server": False,
            "ssr_mode": False,
            "max_file_size": megabytes * MEGABYTE,
            "favicon_path": str(Path(__file__).parents[1] / "static" / "favicon.svg"),
            "app_kwargs": {"docs_url": None, "redoc_url": None, "openapi_url": None},
            "theme": theme(),
            # Gradio's own `css` rewrites selectors
            "head": f"<style>{''.join(asset(name) for name in STYLES)}</style>",
        }
        gr.mount_gradio_app(self.app, page, **options)
        page.is_running = True  # what its `launch` says to the parts that ask

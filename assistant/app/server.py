"""Serve the chat: privacy first, then Gradio."""

from __future__ import annotations

import atexit
import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import SettingsError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.app.service import ChatService

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
PORT = 7860
PORTS_TRIED = 100
NAP = 3_600  # seconds; Ctrl-C wakes it
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Read by Gradio when it is imported, so they are set before. It must not report anything, look for newer
# versions, keep a history of runs or serve anything but this page.
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_ALLOWED_PATHS": "",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def launch(library: Path, *, host: str = HOST, port: int | None = PORT, open_browser: bool = True) -> None:
    """Serve the chat for a library until it is interrupted.

    The next free port is taken where `port` is in use; any free one for 0 or None.

    Raises:
        SettingsError: the host is not this machine's own, or no port is free.
    """
    from assistant.app.libraryservice import LibraryService
    from assistant.app.uploads import ended_by_signal, keep_alive, remove_inbox

    try:
        with ended_by_signal():
            page = serve(LibraryService(library), host=host, port=port, open_browser=open_browser)
            print(f"Footnote is open at {page.local_url} – press Ctrl-C to end it.", flush=True)  # noqa: T201  # the command's own output
            while page.is_running:
                keep_alive()
                time.sleep(NAP)
    except KeyboardInterrupt:
        return  # the way to end it; open browsers are not waited for
    finally:
        remove_inbox()


def serve(
    service: ChatService, *, host: str = HOST, port: int | None = PORT, open_browser: bool = False
) -> gr.Blocks:
    """Start serving and return at once; `close()` of the result ends it."""
    if host not in LOOPBACK:
        raise SettingsError(
            f"The chat has no log-in yet, so only this machine is served: {host!r} can't be used. Use {HOST}."
        )
    inbox = prepare()
    from assistant.app.handlers import Handlers
    from assistant.app.headers import middleware
    from assistant.app.page import asset, build_page, theme
    from assistant.app.shell import MEGABYTE
    from assistant.settings import answer_settings
    from ingest import library_settings

    megabytes = library_settings().max_file_mb
    handlers = Handlers.make(service, inbox=inbox, settings=answer_settings())
    page = build_page(handlers, max_file_mb=megabytes)
    atexit.register(handlers.desk.removals.flush)
    options: dict[str, Any] = {
        "server_name": host,
        "inbrowser": open_browser,
        "prevent_thread_lock": True,
        "quiet": True,
        "share": False,
        "ssr_mode": False,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "pwa": False,
        "mcp_server": False,
        "max_file_size": megabytes * MEGABYTE,
        "favicon_path": Path(__file__).with_name("favicon.svg"),
        "app_kwargs": {
            "middleware": middleware(host),
            "docs_url": None,
            "redoc_url": None,
            "openapi_url": None,
        },
        "theme": theme(),
        # Gradio's own `css` rewrites selectors
        "head": f"<style>{asset('library.css')}{asset('style.css')}</style>",
    }
    page.launch(server_port=free_port(host, port or 0), **options)
    return page


def free_port(host: str, first: int) -> int:
    """Return the first free port from `first` on; any free one for 0."""
    import socket

    for port in range(first, first + PORTS_TRIED) if first else [0]:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    raise SettingsError(
        f"No port from {first} to {first + PORTS_TRIED - 1} is free. Name another one with FOOTNOTE_PORT."
    )


def prepare() -> Path:
    """Set what must be set before Gradio is imported; return its private folder for uploads."""
    from assistant.app.uploads import INBOX, make_inbox

    os.environ.update(QUIET)
    inbox = make_inbox()
    os.environ[INBOX] = str(inbox)
    for name in ("httpx", "httpcore"):  # they log every address at INFO
        logging.getLogger(name).setLevel(logging.WARNING)
    return inbox

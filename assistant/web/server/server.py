"""Serve the chat and the endpoints for programs: privacy first, then the rest; end in order."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import time
import webbrowser
from concurrent.futures import wait
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from assistant.settings import ChosenSettings, answer_settings, choose
from assistant.web.server.memory import give_back, share_heaps
from ingest import DatabaseAddress, SettingsError, place_of

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from anyio.from_thread import BlockingPortal

    from assistant.web.access.saved_settings import SavedHere
    from assistant.web.chat.service import ChatService
    from assistant.web.server.site import Site
    from ingest import LibraryLocation

HOST = "127.0.0.1"
PORT = 7860
PORT_TAKEN = (
    "Port {port} of {host} can't be used; perhaps Footnote is open there already: http://{host}:{port}. "
    "End what uses it, or name another port with --port or FOOTNOTE_PORT; --port 0 takes any that is free."
)
KEEP_ALIVE_SECONDS = (
    75  # seconds without a request; clients end after 5 or 60, and a question sent just then was lost
)
NAP = 1.0  # seconds; a signal that the system gives to another thread, as under a debugger, does not wake it
KEPT = 3_600  # seconds after which others are shown again that the uploads are in use
STEP = 0.01  # seconds between two looks whether it has started
FINISHING_SECONDS = 10.0  # seconds that answers under way have when the chat is ended
CLOSING_SECONDS = 5.0  # seconds for the rest

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


def launch(
    library: LibraryLocation, *, host: str = HOST, port: int | None = PORT, open_browser: bool = True
) -> None:
    """Serve the chat for a library until it is interrupted.

    Any free port is taken for 0 or None.

    Raises:
        SettingsError: the host is not this machine's own, or the port is in use.
    """
    from assistant.web.chat.library_service import LibraryService
    from assistant.web.chat.uploads import keep_alive, remove_inbox
    from assistant.web.server.shutdown import ended_by_signal

    served, grace = None, FINISHING_SECONDS
    share_heaps()
    try:
        with ended_by_signal():
            served = serve(LibraryService(library), host=host, port=port, open_browser=open_browser)
            print(f"Footnote is open at {served.local_url} – press Ctrl-C to end it.", flush=True)  # noqa: T201  # the command's own output
            while served.is_running:
                keep_alive()
                until = time.monotonic() + KEPT
                while served.is_running and time.monotonic() < until:
                    time.sleep(NAP)
                    served.rest()
    except KeyboardInterrupt:
        return  # the way to end it; open browsers are not waited for
    except SystemExit:
        if isinstance(place_of(library), DatabaseAddress):  # others answer meanwhile
            grace += answer_settings().model_seconds
        raise
    finally:
        if served:
            served.close(grace=grace)
        remove_inbox()


class Served:
    """A chat that is being served, in a thread of its own."""

    def __init__(self, site: Site, *, host: str, port: int, saved: SavedHere | None = None) -> None:
        import uvicorn

        from assistant.web.server.slow_clients import limit_headers

        shown = f"[{host}]" if ":" in host else host
        self.local_url = f"http://{shown}:{port}/"
        self._site = site
        self._saved = saved
        config = uvicorn.Config(
            site.app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            ws="none",  # nothing of ours speaks it, and what isn't there can't be broken
            timeout_graceful_shutdown=1,  # what takes longer is open pages; answers were waited for before
        )
        limit_headers(config)
        self._server = uvicorn.Server(config)
        self._thread = ExitStack()
        self._portal: BlockingPortal | None = None
        self._serving: Future[None] | None = None
        self._rested_after = 0

    @property
    def is_running(self) -> bool:
        """Whether requests are answered."""
        return self._server.started and self._serving is not None and not self._serving.done()

    def start(self) -> Served:
        """Return when requests are answered."""
        from anyio.from_thread import start_blocking_portal

        self._portal = self._thread.enter_context(start_blocking_portal(name="footnote-server"))
        self._serving = self._portal.start_task_soon(self._serve)
        while not self._server.started:
            if self._serving.done():
                self._thread.close()
                raise SettingsError(f"The chat can't be served at {self.local_url}. Name another address.")
            time.sleep(STEP)
        return self

    def rest(self) -> None:
        """Give memory back where nobody asks, and see what was chosen at another front end."""
        if self._saved:
            self._saved.look()
        gate = self._site.gate
        if not gate.inside and gate.asked != self._rested_after:
            self._rested_after = gate.asked
            give_back()

    def close(self, *, grace: float = FINISHING_SECONDS) -> None:
        """Take nothing more, wait a while for the answers under way, cancel what is left, and end."""
        self._site.handlers.adding.end()
        if self._portal and self.is_running:
            with suppress(TimeoutError):
                self._portal.start_task_soon(self._finish, grace).result(grace + 5)
        self._server.should_exit = True
        ended = self._serving is not None and bool(wait([self._serving], timeout=CLOSING_SECONDS).done)
        self._site.handlers.desk.removals.flush()
        choose(ChosenSettings())  # what was chosen for one chat is nothing to the next
        if ended:
            self._thread.close()  # else it ends with the program: nobody is kept waiting for it

    async def _finish(self, grace: float) -> None:
        """Wait for the answers under way, and until they are kept."""
        if self._saved and self._saved.shared:  # who comes now is for those; what is connected here stays so
            for listening in self._server.servers:
                listening.close()
        began = time.monotonic()
        # Before the first wait: an answer whose page leaves meanwhile is made all the same.
        keeping = asyncio.ensure_future(self._site.handlers.finish(grace))
        await self._site.gate.drain(grace)
        await asyncio.wait([keeping], timeout=max(1.0, grace - (time.monotonic() - began)))
        keeping.cancel()

    async def _serve(self) -> None:
        with suppress(SystemExit):  # it says so where the address can't be used
            await self._server.serve()


def serve(
    service: ChatService, *, host: str = HOST, port: int | None = PORT, open_browser: bool = False
) -> Served:
    """Start serving and return at once; `close()` of the result ends it."""
    from assistant.web.access.layers import Access, hosts_of, names_of
    from assistant.web.access.saved_settings import SavedHere

    saved = SavedHere(service.library)
    saved.look()
    settings = answer_settings()
    access = Access(service.library, host=host, quota_mb=settings.upload_mb, names=names_of(settings))
    hosts = hosts_of(host, settings)
    inbox = prepare()
    from assistant.web.server.metrics import write_log
    from assistant.web.server.site import Site

    if settings.log == "json":
        write_log()
    site = Site(service, inbox=inbox, hosts=hosts, access=access)
    served = Served(site, host=host, port=free_port(host, port or 0), saved=saved).start()
    atexit.register(site.handlers.desk.removals.flush)
    if open_browser:
        webbrowser.open(served.local_url)
    return served


def free_port(host: str, port: int) -> int:
    """Return the port if it is free, any free one for 0.

    Raises:
        SettingsError: it is in use. Another one is never taken in its place: bookmarks lead to this one.
    """
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise SettingsError(
                f"There is no port {port}. --port and FOOTNOTE_PORT take 1 to 65535."
            ) from error
        except OSError as error:
            raise SettingsError(PORT_TAKEN.format(port=port, host=host)) from error
        return int(probe.getsockname()[1])


def prepare() -> Path:
    """Set what must be set before Gradio is imported; return its private folder for uploads."""
    from assistant.web.chat.uploads import INBOX, make_inbox
    from assistant.web.server.shutdown import end_quietly

    end_quietly()
    os.environ.update(QUIET)
    inbox = make_inbox()
    os.environ[INBOX] = str(inbox)
    for name in ("httpx", "httpcore"):  # they log every address at INFO
        logging.getLogger(name).setLevel(logging.WARNING)
    return inbox

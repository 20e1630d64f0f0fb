"""The layer that asks who is there: sign-in page, cookies, tokens, and what only an admin may do."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.store.conversations import DEFAULT_USER
from assistant.web.access.people import Person
from assistant.web.access.sign_in_pages import TOO_MANY, WRONG
from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.web.access.sessions import Sessions
    from assistant.web.access.sign_in_pages import SignInPages
    from assistant.web.access.throttle import Throttle

logger = logging.getLogger(__name__)
T = TypeVar("T")

COOKIE = "footnote_session"
COOKIE_SECONDS = 7 * 86_400
LOCAL = Person(DEFAULT_USER, admin=True)
"""Who sits at the machine, where nobody has to sign in."""

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
PATHS_WITHOUT_SIGN_IN = frozenset({"/healthz", "/readyz", "/favicon.ico"})  # they say nothing of the library
PROGRAMS = ("/api/", "/v1/", "/mcp", "/metrics")
ADMIN_PATHS = ("/gradio_api/upload", "/metrics")
DOOR_METHODS = ("GET", "HEAD", "POST")
MOST_FORM = 4_096  # bytes of a sign-in
FORM_SECONDS = 30.0  # until they have arrived
RETRY_SECONDS = "2"  # that a program waits where nobody can be let in: a database is away for some seconds
HASHED_AT_ONCE = 2  # each takes 64 MiB and a processor
NOT_KEPT = {"cache-control": "no-store", "vary": "accept-language"}  # the language may be chosen anew
NEEDED = "Sign in first. Programs send a token: Authorization: Bearer fn_…; `footnote token add` makes one."
CLOSED = "Nobody can be let in at the moment. Whoever runs Footnote finds the reason in its log."
NOT_ADMIN = "Only an administrator may do this."


class Guard:
    """Lets in who has signed in. Plain ASGI, so that streams pass through untouched."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        sessions: Sessions,
        pages: SignInPages,
        throttle: Throttle,
        needed: Callable[[], bool],
        threads: Executor | None = None,
    ) -> None:
        self.app = app
        self.people = sessions.people
        self.sessions = sessions
        self.pages = pages
        self.throttle = throttle
        self.needed = needed
        self._threads = threads
        self._hashing = asyncio.Semaphore(HASHED_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, for whoever it is from."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":  # nothing here speaks WebSocket
            return await send({"type": "websocket.close", "code": 1008})
        try:
            person, answer = await self._admit(Request(scope, receive))
        except FootnoteError:  # what it says names a file or a database, and this may be a stranger
            logger.exception("Nobody can be let in")
            person, answer = None, _refused(503, CLOSED)
        if answer:
            return await answer(scope, receive, send)
        return await self._pass(person, scope, receive, send)

    async def _admit(self, request: Request) -> tuple[Person | None, Response | None]:
        """Return who is asking, and what is answered at once instead of being passed on."""
        if _path(request) in PATHS_WITHOUT_SIGN_IN:
            return None, None
        if not await self._run(self.needed):
            return LOCAL, None
        if _path(request) in {SIGN_IN, SIGN_OUT}:
            return None, await self._door(request)
        person = await self._run(self._who, request)
        return person, _refusal(person, request)

    async def _run(self, work: Callable[..., T], *values: object) -> T:
        """Do what asks where people and sessions are kept; a database may take its time."""
        if self._threads is None:
            return work(*values)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *values)

    async def _pass(self, person: Person | None, scope: Scope, receive: Receive, send: Send) -> None:
        state: dict[str, Any] = scope.setdefault("state", {})
        state["person"] = person
        await self.app(scope, receive, send)

    def _who(self, request: Request) -> Person | None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _path(request).startswith(PROGRAMS):
            return self.people.by_token(token.strip())
        cookie = request.cookies.get(COOKIE)
        return self.sessions.person(cookie) if cookie else None

    async def _door(self, request: Request) -> Response:
        if request.method not in DOOR_METHODS:
            return Response(status_code=405, headers={"allow": ", ".join(DOOR_METHODS)})
        posted = request.method == "POST"
        if _path(request) == SIGN_OUT:
            return await self._sign_out(request) if posted else await self._sign_out_page(request)
        return await self._sign_in(request) if posted else await self._sign_in_page(request)

    async def _sign_in_page(
        self, request: Request, trouble: str = "", *, wait: int = 0, status: int = 200
    ) -> HTMLResponse:
        page = await self._run(self.pages.sign_in, _accepted(request), trouble, wait)
        return HTMLResponse(page, status, NOT_KEPT)

    async def _sign_out_page(self, request: Request) -> HTMLResponse:
        return HTMLResponse(await self._run(self.pages.sign_out, _accepted(request)), headers=NOT_KEPT)

    async def _sign_in(self, request: Request) -> Response:
        form = await _form(request)
        name, password = form.get("name", "").strip().casefold(), form.get("password", "")
        address = address_of(request)
        if wait := ceil(await self._run(self.throttle.begin, name, address)):
            page = await self._sign_in_page(request, TOO_MANY, wait=wait, status=429)
            page.headers["retry-after"] = str(wait)
            return page
        async with self._hashing:
            account = await asyncio.to_thread(self.people.check, name, password)
        if account is None:
            return await self._sign_in_page(request, WRONG, status=401)
        await self._run(self.throttle.succeeded, name, address)
        response = RedirectResponse("/", 303)
        secret = await self._run(self.sessions.begin, account)
        _set_cookie(response, request, secret, seconds=COOKIE_SECONDS)
        return response

    async def _sign_out(self, request: Request) -> Response:
        await self._run(self.sessions.end, request.cookies.get(COOKIE, ""))
        response = RedirectResponse(SIGN_IN, 303)
        _set_cookie(response, request, "", seconds=0)
        return response


def person_of(request: Request) -> Person:
    """Return who asks, as this layer noted; without a note nothing is done for anybody."""
    person = request.scope["state"]["person"]
    if not isinstance(person, Person):
        raise TypeError("nobody has signed in")
    return person


def _set_cookie(response: Response, request: Request, secret: str, *, seconds: int) -> None:
    response.set_cookie(
        COOKIE, secret, max_age=seconds, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )


def _refusal(person: Person | None, request: Request) -> Response | None:
    if person is None:
        return _stranger(request)
    admins_only = _path(request).rstrip("/") in ADMIN_PATHS
    return _refused(403, NOT_ADMIN) if admins_only and not person.admin else None


def _stranger(request: Request) -> Response:
    if request.method == "GET" and _path(request) == "/":
        return RedirectResponse(SIGN_IN, 303)
    return _refused(401, NEEDED)


def _refused(status: int, message: str) -> Response:
    headers = {401: {"www-authenticate": "Bearer"}, 503: {"retry-after": RETRY_SECONDS}}.get(status)
    kind = "server_error" if status == HTTPStatus.SERVICE_UNAVAILABLE else "invalid_request_error"
    error = {"message": message, "type": kind, "param": None, "code": None}
    return JSONResponse({"error": error}, status, headers)


def _accepted(request: Request) -> str:
    return ",".join(request.headers.getlist("accept-language"))


def _path(request: Request) -> str:
    """Return the path that is served; that of `request.url` is put together with the name of the host."""
    path: str = request.scope["path"]
    return path


async def _form(request: Request) -> dict[str, str]:
    body = b""
    try:
        async with asyncio.timeout(FORM_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_FORM:
                    return {}
    except (ClientDisconnect, TimeoutError):
        return {}
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:  # more fields than any form of ours has
        return {}
    return {name: values[0] for name, values in fields.items()}


def address_of(request: Request) -> str:
    """Return where a try comes from; of IPv6 the network, whose addresses are all one's own.

    An IPv4 address that a socket for both writes as IPv6 is what it is: else all of them were one network.
    """
    host = request.client.host if request.client else ""
    try:
        known = ip_address(host)
    except ValueError:
        return host
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))

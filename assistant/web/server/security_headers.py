"""What the server tells browsers to refuse: other sites' content, framing, other host names."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio builds its templates with `new Function` and styles elements inline, so these two stay allowed;
# of scripts inside the page only those that the server wrote run, which are named by their hashes, and no
# `on…` attribute does. Nothing may be loaded from or sent to another host.
POLICY = (
    "default-src 'self'; "
    "script-src 'self'{scripts} 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self'; "
    "object-src 'none'; "
    "frame-ancestors 'none'; "
    "form-action 'self'; "
    "base-uri 'self'; "
)
# Scripts with their text in the page: what the server's own templates wrote, never anything of an article.
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Other sites learn nothing. With "no-referrer" browsers would send the form for signing in with "null" as
    # its origin, which `OwnPagesOnly` has to refuse.
    (b"referrer-policy", b"same-origin"),
)


class SecurityHeaders:
    """Adds the headers to every answer. Plain ASGI, so that streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        held: Message | None = None
        body = b""

        async def send_with_headers(message: Message) -> None:
            nonlocal held, body
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
                if _is_page(message):
                    held = message  # until its scripts are known
                else:
                    message["headers"].append(policy())
                    await send(message)
            elif held is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    held["headers"].append(policy(body))
                    await send(held)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        return await self.app(scope, receive, send_with_headers)


def policy(page: bytes = b"") -> tuple[bytes, bytes]:
    """Return the policy as a header, with the scripts that stand in a page allowed by their hashes."""
    hashes = [f" 'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in _INLINE.findall(page)]
    return b"content-security-policy", POLICY.format(scripts="".join(hashes)).encode()


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FOREIGN = frozenset({b"cross-site", b"same-site"})  # same-site: another port of this machine


class OwnPagesOnly:
    """Refuses requests that change something when a page from elsewhere sends them.

    A browser lets any page post a form here, an upload too; it only hides the answer. It says where the
    page comes from, though. Programs that aren't browsers say nothing and pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] in CHANGING and _is_foreign(dict(scope["headers"])):
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": b"Only Footnote's own page may do this."})
        else:
            await self.app(scope, receive, send)


def _is_foreign(headers: dict[bytes, bytes]) -> bool:
    """Say whether the browser names another place than the one that is asked."""
    origin = headers.get(b"origin")
    host = origin.partition(b"://")[2].lower() if origin is not None else None
    return headers.get(b"sec-fetch-site") in FOREIGN or host not in {None, headers.get(b"host", b"").lower()}


def middleware(*hosts: str) -> list[Middleware]:
    """Return the layers around the app. Other host names are refused: no page elsewhere can pose as us."""
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    allowed = list(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", *hosts]))
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=allowed)
    return [Middleware(SecurityHeaders), trusted, Middleware(OwnPagesOnly)]

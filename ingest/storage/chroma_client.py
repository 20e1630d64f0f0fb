"""chromadb's client of a server, with time limits, TLS and errors of our own.

As it comes it waits for ever, obeys the proxies of the environment, and builds the embedding function
that a stored configuration names once somebody asks for a collection (CVE-2026-45829).
"""

from __future__ import annotations

import json
import ssl
import time
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
from chromadb import Collection
from chromadb.api.base_http_client import BaseHTTPClient
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings, System

from ingest.errors import FootnoteError, LibraryError, SettingsError
from ingest.storage.vectors import vectors_damaged, without_functions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.types import Collection as CollectionModel

    from ingest.storage.chroma_address import ChromaAddress

CONNECT_SECONDS = 3.0
MOST_BYTES = 256 * 2**20  # of one reply: a page of 5,000 vectors of 3,072 numbers in digits
BUSY_PAUSES = (0.5, 2.0)  # seconds before a request is made again that came too soon
AWAY_REST, LONGEST_REST = 10.0, 60.0
"""A server that was away is left alone for so many times as long as it took to learn that, in seconds."""
SHORTEST_REST = 1.0

_GATEWAY = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class ChromaClient:
    """One server. Safe to use from many threads; nothing is asked before the first call.

    `seconds` is the longest that one request may take. A server that is away is not asked again at once;
    `fault` says why it can't be used just now.
    """

    def __init__(self, address: ChromaAddress, *, seconds: float) -> None:
        self._session = _Session(address, seconds)
        self._api = _Api(address.url, self._session)
        self._address = address

    @property
    def fault(self) -> str | None:
        """Why the server could not be used when it was asked last."""
        return self._session.fault

    @property
    def most(self) -> int:
        """How many records one request may bring or ask for."""
        with self.asking():
            said = self._api.get_max_batch_size()
        limits = [limit for limit in (said, self._address.most) if limit and limit > 0]
        return min(limits, default=100)

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Turn what chromadb raises on a reply of another form into our error."""
        try:
            yield
        except FootnoteError:
            raise
        except Exception as error:  # noqa: BLE001  # it takes replies apart without looking
            raise self._session.away(f"its reply can't be read: {type(error).__name__}") from None

    def ping(self) -> None:
        """Raise `LibraryError` where the server can't be used now."""
        with self.asking():
            self._api.heartbeat()

    def collection(self, name: str) -> Collection:
        """Open a collection, or raise `LibraryDamagedError` where there is none of that name."""
        with self.asking():
            tenant, database = self._where()
            return self._opened(self._api.get_collection(name, tenant, database))

    def create(self, name: str, configuration: CreateCollectionConfiguration) -> Collection:
        """Make a collection."""
        with self.asking():
            tenant, database = self._where()
            model = self._api.create_collection(
                name, configuration=configuration, tenant=tenant, database=database
            )
            return self._opened(model)

    def drop(self, name: str) -> None:
        """Delete a collection; raise `LibraryDamagedError` where there is none of that name."""
        with self.asking():
            tenant, database = self._where()
            self._api.delete_collection(name, tenant, database)

    def _opened(self, model: CollectionModel) -> Collection:
        return Collection(client=self._api, model=without_functions(model), embedding_function=None)

    def _where(self) -> tuple[str, str]:
        tenant, database = self._address.tenant, self._address.database
        if tenant is None or database is None:  # Cloud's key knows them
            known = self._api.get_user_identity()
            tenant = tenant or known.tenant
            database = database or next(iter(known.databases or []), None)
        if tenant is None or database is None:
            raise SettingsError(
                "The key of Chroma Cloud opens several databases. Set CHROMA_DATABASE to one."
            )
        return tenant, database


class _Api(FastAPI):
    """The requests that chromadb knows, over a session of ours."""

    def __init__(self, url: str, session: _Session) -> None:
        # Not FastAPI's own: that makes a session which obeys the environment's proxies.
        settings = Settings(_env_file=None, chroma_otel_granularity=None)  # type: ignore[call-arg]  # as in vectors.py
        BaseHTTPClient.__init__(self, System(settings))
        self._session = session
        self._api_url = f"{url}/api/v2"


class _Session(httpx.Client):
    """Requests with a limit of time and size, whose failures are our errors."""

    def __init__(self, address: ChromaAddress, seconds: float) -> None:
        super().__init__(
            headers={**dict(address.headers), "Content-Type": "application/json"},
            timeout=httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)),
            verify=_trusted(address),
            trust_env=False,
            follow_redirects=False,
        )
        self._name = address.url
        self._secrets = [value.rpartition(" ")[2] for _, value in address.headers]
        self._seconds = seconds
        self._rests_until = 0.0
        self.fault: str | None = None

    def request(self, method: str, url: httpx.URL | str, **values: Any) -> httpx.Response:  # noqa: ANN401  # as httpx has it
        """Make a request; a server that is away is left alone for a moment, a busy one is asked again."""
        if self.fault is not None and time.monotonic() < self._rests_until:
            raise self.away(self.fault)
        for pause in (*BUSY_PAUSES, None):
            response = self._tried(method, url, values)
            if response.status_code != HTTPStatus.TOO_MANY_REQUESTS or pause is None:
                break
            time.sleep(pause)
        self._check(response)
        return response

    def _tried(self, method: str, url: httpx.URL | str, values: Mapping[str, Any]) -> httpx.Response:
        begun = time.monotonic()
        try:
            try:
                response = self._read(method, url, values)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                # Most likely a connection from before the server was started anew. All that is asked of it
                # may be asked twice.
                response = self._read(method, url, values)
            if response.status_code in _GATEWAY:
                raise httpx.NetworkError(f"status {response.status_code}")
        except httpx.HTTPError as error:
            taken = time.monotonic() - begun
            rest = min(max(taken * AWAY_REST, SHORTEST_REST), LONGEST_REST)
            self.fault = self._reason(error)
            self._rests_until = time.monotonic() + rest
            raise self.away(self.fault) from None  # the error holds the request, and that the token
        self.fault = None
        return response

    def _read(self, method: str, url: httpx.URL | str, values: Mapping[str, Any]) -> httpx.Response:
        ends = time.monotonic() + self._seconds
        with self.stream(method, url, **values) as response:
            content = bytearray()
            for block in response.iter_bytes():
                content += block
                if time.monotonic() > ends:
                    raise httpx.ReadTimeout("")
                if len(content) > MOST_BYTES:
                    raise httpx.NetworkError(f"a reply of more than {MOST_BYTES >> 20} MB")
        kind = response.headers.get("content-type", "")
        return httpx.Response(
            response.status_code,
            content=bytes(content),
            headers={"content-type": kind},
            request=response.request,
        )

    def _check(self, response: httpx.Response) -> None:
        """Raise what a status means for a library."""
        status = response.status_code
        if response.is_success:
            return
        if status in _REFUSED:
            raise LibraryError(
                f"The Chroma server {self._name} refuses the token ({status}). Set FOOTNOTE_CHROMA_TOKEN "
                "(CHROMA_API_KEY for Chroma Cloud) to a valid one."
            )
        said = self._said(response)
        if said is None:
            if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                raise self.away("the proxy before it takes no request of 16 MB")
            raise self.away(f"what answers there is no Chroma server: status {status}")
        kind, message = said
        if status == HTTPStatus.TOO_MANY_REQUESTS or kind in ("QuotaError", "RateLimitError"):
            raise self.away(f"it is busy, or a quota is used up: {message}")
        raise vectors_damaged(message)

    def _said(self, response: httpx.Response) -> tuple[str, str] | None:
        """Return the kind of an error and its sentence, as Chroma words them; None for another server's."""
        with suppress(ValueError):
            body = json.loads(response.content)
            if isinstance(body, dict) and isinstance(body.get("error"), str):
                return body["error"], self._masked(str(body.get("message", ""))[:300])
        return None

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text

    def _reason(self, error: httpx.HTTPError) -> str:
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection within {CONNECT_SECONDS:g} s"
        if isinstance(error, httpx.TimeoutException):
            return f"no answer within {self._seconds:g} s"
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return "its certificate is not trusted; FOOTNOTE_CHROMA_CA names the CA that made it"
        return self._masked(str(error)) or type(error).__name__

    def away(self, reason: str) -> LibraryError:
        """Return the error for a server that can't be used."""
        return LibraryError(
            f"The Chroma server {self._name} can't be used ({reason}). What is stored is safe. See that it "
            "runs, and that FOOTNOTE_CHROMA names it; the next run goes on where this one stopped."
        )


def _trusted(address: ChromaAddress) -> ssl.SSLContext | bool:
    if address.ca is None:
        return True
    try:
        return ssl.create_default_context(cafile=address.ca)
    except (OSError, ssl.SSLError):
        raise SettingsError(
            f"FOOTNOTE_CHROMA_CA: {str(address.ca)!r} is no file of certificates (PEM). Name another one."
        ) from None

"""httpcore: one GET over one connection, to an IP address that was checked, within time and size.

httpcore is the part of httpx that speaks HTTP. It has no cookies, no redirects, no proxies, no user
names from .netrc and reads no environment, so there is nothing of that to switch off. A connection
serves one request: what was resolved and checked for it can't be used for another.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import httpcore

from ingest.fetch.outcome import FetchError, HttpReply
from ingest.fetch.unpacking import UnpackedTooLargeError, Unpacker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ingest.fetch.allowed_hosts import AllowedHosts
    from ingest.fetch.deadline import Watch
    from ingest.fetch.web_address import Address

OK = 200
_SLICE = 0.5  # seconds of one wait for bytes: how soon a stop is noticed
_LONGEST_CONNECT = 10.0  # seconds for one IP address; a host that is up answers in well under one
_MEGABYTE = 1_000_000


def resolved(host: str, port: int) -> list[str]:
    """Ask the system for all IP addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def dialled(ip: str, port: int, seconds: float) -> socket.socket:
    """Open a connection to an IP address."""
    return socket.create_connection((ip, port), seconds)


@cache
def _trusted() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


@dataclass(frozen=True)
class HttpLine:
    """Makes requests; `resolve` and `dial` are the two places where the network is touched."""

    allowed: AllowedHosts
    resolve: Callable[[str, int], list[str]] = resolved
    dial: Callable[[str, int, float], socket.socket] = dialled
    trust: Callable[[], ssl.SSLContext] = field(default=_trusted)

    def get(self, address: Address, headers: Mapping[str, str], *, watch: Watch, max_bytes: int) -> HttpReply:
        """Ask for an address once; the body is read for status 200 alone. Raise FetchError for any fault."""
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        sent: list[tuple[str | bytes, str | bytes]] = [("Host", address.authority), *headers.items()]
        sent.append(("Connection", "close"))
        connection = httpcore.HTTPConnection(
            url.origin,
            ssl_context=self.trust() if address.scheme == "https" else None,
            network_backend=_Checked(self, address, watch),
        )
        try:
            with connection, connection.stream("GET", url, headers=sent) as response:
                told = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                body = _body(response.iter_stream(), told, max_bytes) if response.status == OK else b""
                return HttpReply(response.status, told, body)
        except UnpackedTooLargeError:
            reason = f"It is larger than {max_bytes / _MEGABYTE:g} MB. {_LARGER}"
            raise FetchError(address.text, reason) from None
        except ValueError as error:
            raise FetchError(address.text, f"What its server sent is {error}. Try again later.") from None
        except httpcore.ConnectError:
            reason = "Its server can't be reached. Check the address, and try again later."
            raise FetchError(address.text, reason, temporary=True, silent=True) from None
        except (httpcore.ProtocolError, httpcore.NetworkError):
            reason = "Its server broke off or answered in no form of HTTP. Try again later."
            raise FetchError(address.text, reason, temporary=True) from None


_LARGER = "Fetch a smaller one, or raise FOOTNOTE_MAX_FILE_MB."


def _body(stream: Iterable[bytes], told: Mapping[str, str], max_bytes: int) -> bytes:
    length = told.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise UnpackedTooLargeError
    unpacker = Unpacker(told.get("content-encoding", ""), max_bytes)
    parts, packed = [], 0
    for piece in stream:
        packed += len(piece)
        if packed > max_bytes:
            raise UnpackedTooLargeError
        parts.append(unpacker.feed(piece))
    if packed:
        unpacker.end()
    return b"".join(parts)


class _Checked(httpcore.NetworkBackend):
    """Resolves once, checks every IP address, and connects to one of those and to nothing else."""

    def __init__(self, line: HttpLine, address: Address, watch: Watch) -> None:
        self._line = line
        self._address = address
        self._watch = watch

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.NetworkStream:
        """Connect to the first IP address of the host that answers."""
        if (host, port) != (self._address.host, self._address.port):  # one parser: it can't differ
            raise FetchError(self._address.text, "The address is read in two ways.", refused=True)
        fault: OSError | None = None
        for ip in self._line.allowed.check_resolved(self._address, self._found(host, port)):
            seconds = min(self._watch.left(), _LONGEST_CONNECT)
            try:
                return _Stream(self._line.dial(ip, port, seconds), self._address, self._watch)
            except OSError as error:
                fault = error
        raise httpcore.ConnectError(str(fault))

    def _found(self, host: str, port: int) -> list[str]:
        if ":" in host or host.rpartition(".")[2].isdigit():
            return [host]
        try:
            found = self._line.resolve(host, port)
        except (OSError, UnicodeError) as error:
            again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            reason = "Its host is not known. Check the address, and the connection to the Internet."
            raise FetchError(self._address.text, reason, temporary=again, silent=True) from None
        if not found:
            raise httpcore.ConnectError("no address")
        return found


class _Stream(httpcore.NetworkStream):
    """A socket that is watched: no wait is longer than the request may take."""

    def __init__(self, connected: socket.socket, address: Address, watch: Watch) -> None:
        self._socket = connected
        self._address = address
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # the watch decides
        """Return the next bytes; raise FetchError when the time is over."""
        while True:
            self._socket.settimeout(min(self._watch.left(), _SLICE))
            try:
                return self._socket.recv(max_bytes)
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.ReadError(str(error)) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send all of it."""
        self._socket.settimeout(self._watch.left())
        try:
            self._socket.sendall(buffer)
        except OSError as error:
            raise httpcore.WriteError(str(error)) from None

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Encrypt, and check that the certificate is for the host of the address."""
        try:
            self._socket.settimeout(min(self._watch.left(), _LONGEST_CONNECT))
            self._socket = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError:
            self.close()
            reason = "Its certificate can't be trusted, so it is not read. Check the address."
            raise FetchError(self._address.text, reason) from None
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from None
        return self

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # httpcore's interface
        """Return nothing but whether the connection is encrypted."""
        return self._socket if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket) else None

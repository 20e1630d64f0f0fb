"""An address of the web, parsed once: what is checked is what is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from ingest.fetch.hostnames import plain_host
from ingest.fetch.outcome import FetchError

PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 4000  # characters; browsers and servers refuse longer ones
_SHOWN = 200  # characters of an address that can't be parsed, in a message

_FORM = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?)?")
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
_KEPT = "/?:@!$&'()*+,;=~%[]-._"  # what stays as it is in path and query; the rest is percent-encoded
_FOLDED = re.compile(r"(https?):/(?=[^/])", re.IGNORECASE)  # a Path makes one slash of two


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address without a fragment; `host` is a name in ASCII or an IP address."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Return the host, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """Return scheme, host and port: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def text(self) -> str:
        """Return the whole address."""
        return self.site + self.target

    @property
    def path(self) -> str:
        """Return the target without its query."""
        return self.target.partition("?")[0]

    def join(self, reference: str) -> Address:
        """Return the address that a redirect or link on this one means, parsed like any other."""
        try:
            joined = urljoin(self.text, reference.strip(" \t\r\n"))
        except ValueError:
            raise FetchError(self.text, "It leads to an address that can't be read.", refused=True) from None
        return parse_address(joined)


def parse_address(written: str) -> Address:
    """Parse an address; raise FetchError, with `refused`, for all that is no plain http or https address."""
    text = _FOLDED.sub(r"\1://", written.strip(" \t\r\n"), count=1)
    try:
        return _parsed(text)
    except ValueError as error:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise FetchError(shown, str(error), refused=True) from None


def _parsed(text: str) -> Address:
    if len(text) > LONGEST_ADDRESS:
        raise ValueError(f"The address is longer than {LONGEST_ADDRESS:,} characters. Check it.")
    if _FORBIDDEN.search(text):
        raise ValueError("The address has characters that no address can have. Check it.")
    form = _FORM.fullmatch(text)
    if not form or form[1].lower() not in PORTS:
        raise ValueError("Only http and https addresses are fetched. Name a file by its path.")
    scheme, authority = form[1].lower(), form[2] or ""
    if "@" in authority:
        raise ValueError("The address has a user name in it. Footnote signs in nowhere; leave it out.")
    parts = _AUTHORITY.fullmatch(authority)
    if not parts or not parts[1]:
        raise ValueError("The address has no host that can be read. Check it.")
    port = int(parts[2]) if parts[2] else PORTS[scheme]
    if not 0 < port < 1 << 16:
        raise ValueError("The address has a port that can't be. Check it.")
    target = _encoded(_without_dots(form[3] or "/")) + _encoded(form[4] or "")
    return Address(scheme, plain_host(parts[1]), port, target)


def _encoded(part: str) -> str:
    """Percent-encode what browsers encode; what is encoded already stays as it is."""
    return quote(part, safe=_KEPT)


def _without_dots(path: str) -> str:
    """Take `.` and `..` out of a path (RFC 3986, 5.2.4), so that robots.txt speaks of what is fetched."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)

"""Which hosts, ports and IP addresses may be connected to: the public web, and what a setting opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from ingest.errors import SettingsError
from ingest.fetch.hostnames import plain_host
from ingest.fetch.outcome import FetchError
from ingest.fetch.web_address import PORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.fetch.web_address import Address

WEB_PORTS = frozenset(PORTS.values())

# IANA's special-purpose registries: what is no place on the public Internet. Written out, because
# Python's own lists (`is_global`, asked as well) differ from version to version.
_CLOSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = ip_network("64:ff9b::/96")  # stands for the IPv4 address in its last 32 bits (RFC 6052)
# What a name in the setting may lead to besides public addresses: this machine and private networks,
# but never link-local ones, where clouds keep their secrets. Those open only when written as numbers.
_OPENABLE = tuple(
    ip_network(network)
    for network in (
        "127.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"
    )
)  # fmt: skip
_METADATA = frozenset(
    ip_address(each)
    for each in ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23")
)
_ENTRY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s/@]+)(?::([0-9]{1,5}))?")


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Say whether it is an address of the public Internet."""
    if isinstance(ip, IPv6Address) and ip in _NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
    if ip in _METADATA or any(ip.version == network.version and ip in network for network in _CLOSED):
        return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The hosts of `FOOTNOTE_ALLOW_HOSTS`, as (host, port); 0 stands for the usual ports."""

    entries: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, written: str) -> AllowedHosts:
        """Read `intranet.example, 10.0.0.5:8080, [fd00::1]`; raise SettingsError for what is none."""
        entries = set()
        for entry in filter(None, re.split(r"[,\s]+", written)):
            found = _ENTRY.fullmatch(entry)
            try:
                host = plain_host(found[1]) if found else ""
            except ValueError:
                host = ""
            if not found or not host:
                reason = "write names or addresses, with a port where it is not 80 or 443, and commas between"
                raise SettingsError(f"FOOTNOTE_ALLOW_HOSTS can't be read: {reason}.")
            entries.add((host, int(found[2] or 0)))
        return cls(frozenset(entries))

    def names(self, address: Address) -> bool:
        """Say whether the setting names the host of an address with its port."""
        usual = address.port in WEB_PORTS and (address.host, 0) in self.entries
        return usual or (address.host, address.port) in self.entries

    def check(self, address: Address) -> None:
        """Refuse an address by what it says, before anything is asked; raise FetchError."""
        if self.names(address):
            return
        if address.port not in WEB_PORTS:
            reason = f"Only ports 80 and 443 are fetched, not {address.port}. {_OPEN}"
            raise FetchError(address.text, reason, refused=True)
        if is_number(address.host):
            if not is_public(ip_address(address.host)):
                raise _private(address)
        elif "." not in address.host or address.host.endswith(".localhost"):
            raise _private(address)

    def check_resolved(self, address: Address, found: Sequence[str]) -> tuple[str, ...]:
        """Return the IP addresses of a host if every one may be connected to; raise FetchError otherwise."""
        ips = [ip_address(each) for each in found]
        named = self.names(address)
        literal = named and is_number(address.host)
        if not all(literal or is_public(ip) or (named and _is_openable(ip)) for ip in ips):
            raise _private(address)
        return tuple(str(ip) for ip in ips)


def is_number(host: str) -> bool:
    """Say whether a host is an IP address and no name."""
    return ":" in host or host.rpartition(".")[2].isdigit()


def _is_openable(ip: IPv4Address | IPv6Address) -> bool:
    inside = any(ip.version == network.version and ip in network for network in _OPENABLE)
    return inside and ip not in _METADATA


def _private(address: Address) -> FetchError:
    return FetchError(address.text, f"It is not on the public Internet. {_OPEN}", refused=True)


_OPEN = "If the server is yours, name it in FOOTNOTE_ALLOW_HOSTS."

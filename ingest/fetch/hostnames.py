"""The host in an address: a name in ASCII or a number in its plain form. Odd forms are refused.

Every system reads `2130706433`, `0x7f.1` or `127.1` in its own way, so that what was checked need not
be what is connected to. A name that mixes alphabets is made to look like another one.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address

LONGEST_HOST = 253  # characters (RFC 1035)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a last label of this form makes it an IPv4 address (WHATWG URL)
# Alphabets with letters that look alike; more than one of them in a label is a disguise.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET"})


def plain_host(written: str) -> str:
    """Return the host as it is resolved and shown, IPv6 without brackets; raise ValueError with a reason."""
    if written.startswith("["):
        return _ipv6(written)
    host = written.lower()
    if not host.isascii() or "xn--" in host:
        host = _in_ascii(host)
    host = host.removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(host)
    if len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("Its host is not a name that a host can have. Check the address.")
    return host


def _ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        raise ValueError("Its host is a number in an odd form. Write it as 192.0.2.1.") from None


def _ipv6(written: str) -> str:
    try:
        return str(IPv6Address(written.removeprefix("[").removesuffix("]").replace("%", "-")))  # no zones
    except AddressValueError:
        raise ValueError("Its host in brackets is no IPv6 address. Check the address.") from None


def _in_ascii(host: str) -> str:
    """Return an international name as it is asked for (IDNA 2008)."""
    import idna

    if unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host):
        raise ValueError("Its host has characters that stand for others. Write it in plain letters.")
    try:
        ascii_host = idna.encode(unicodedata.normalize("NFC", host)).decode("ascii").lower()
        shown = idna.decode(ascii_host)
    except (UnicodeError, IndexError):  # idna's errors are UnicodeErrors
        raise ValueError("Its host is no name that international names allow. Check the address.") from None
    for label in shown.split("."):
        if len(_alphabets(label) & _ALIKE) > 1:
            raise ValueError("Its host mixes alphabets to look like another name. Check who sent it.")
    return ascii_host


def _alphabets(label: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in label if letter.isalpha()}

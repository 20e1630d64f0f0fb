"""Addresses: one parser, and every odd way of writing a host refused before anything is asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SettingsError
from ingest.fetch import FetchError, parse_address
from ingest.fetch.allowed_hosts import AllowedHosts, is_public
from ingest.fetch.hostnames import plain_host

PLAIN = (
    ("https://example.com", "https://example.com/"),
    ("HTTP://Example.COM:80/a?b=c#d", "http://example.com/a?b=c"),
    ("https://example.com:443/", "https://example.com/"),
    ("https:/example.com/x", "https://example.com/x"),  # a Path folds two slashes into one
    ("  https://example.com./x  ", "https://example.com/x"),
    ("https://bücher.example/straße?q=é", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A9"),
    ("https://example.com/a b%20c", "https://example.com/a%20b%20c"),
    ("https://example.com/a/../b/./c/..", "https://example.com/b/"),
    ("http://[2606:4700::0:1111]/", "http://[2606:4700::1111]/"),
    ("http://example.com:8080/", "http://example.com:8080/"),
)


@pytest.mark.parametrize(("written", "text"), PLAIN)
def test_an_address_has_one_form(written: str, text: str) -> None:
    """Case, usual ports, fragments, dots and characters outside ASCII are brought into one form."""
    assert parse_address(written).text == text
    assert parse_address(text).text == text


ODD_HOSTS = (
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.1.2/",
    "http://①②⑦.⓪.⓪.①/",
    "http://ⓛocalhost/",
    "http://%6cocalhost/",
    "http://[::1/",
    "http://[::1%25lo]/",
    "http://[127.0.0.1]/",
)


@pytest.mark.parametrize("written", ODD_HOSTS)
def test_odd_forms_of_hosts_are_refused(written: str) -> None:
    """Numbers in other bases or fewer parts, and letters that stand for others, are refused (case 18)."""
    with pytest.raises(FetchError) as caught:
        parse_address(written)
    assert caught.value.refused


OTHER_SCHEMES = (
    "file:///etc/passwd",
    "ftp://example.com/a",
    "gopher://example.com/_a",
    "data:text/html,<p>a",
    "javascript:alert(1)",
    "jar:https://example.com/a.jar!/b",
    r"\\server\share",
    "//server/share",
    "http:///etc/passwd",
    "dict://example.com:11111/",
)


@pytest.mark.parametrize("written", OTHER_SCHEMES)
def test_only_http_and_https_are_addresses(written: str) -> None:
    """Every other scheme, and a path of a network share, is refused (case 22)."""
    with pytest.raises(FetchError) as caught:
        parse_address(written)
    assert caught.value.refused


CONFUSING = (
    "http://good@127.0.0.1/",
    "http://good:secret@example.com/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://exam\x00ple.com/",
    "http://example.com/\r\nHost: internal",
    "http://exam\tple.com/",
    "http://\u0435xample.com/",  # a Cyrillic e before Latin letters
    "http://xn--xample-2of.com/",  # the same in ASCII
    "http://examp\u017fe.com/",  # a long s, which stands for s
    "http://example.com:x/",
    "http://example.com:99999/",
    "http://exa mple.com/",
    "http://a..example/",
    "http://-a.example/",
)


@pytest.mark.parametrize("written", CONFUSING)
def test_addresses_that_two_parsers_read_in_two_ways_are_refused(written: str) -> None:
    """User names, backslashes, control characters and mixed alphabets are refused (case 23)."""
    with pytest.raises(FetchError) as caught:
        parse_address(written)
    assert caught.value.refused


def test_what_follows_the_host_is_never_taken_for_it() -> None:
    """An @ in path, query or fragment belongs there; a single name is no host of the web (case 23)."""
    for written in (
        "http://example.com/@127.0.0.1",
        "http://example.com?@127.0.0.1",
        "http://example.com#@127.0.0.1",
    ):
        assert parse_address(written).host == "example.com"
    with pytest.raises(FetchError):
        AllowedHosts().check(parse_address("http://good#@127.0.0.1/"))


def test_a_message_names_no_endless_address() -> None:
    """What can't be parsed is shown in its first characters alone."""
    with pytest.raises(FetchError) as caught:
        parse_address("http://example.com/" + "a" * 10_000)
    assert len(str(caught.value)) < 400


@given(st.text())
def test_any_text_is_an_address_or_refused(written: str) -> None:
    """No text breaks the parser, and what it accepts is accepted again, unchanged."""
    try:
        address = parse_address(written)
    except FetchError:
        return
    assert parse_address(address.text) == address


@given(st.text("abc./:@[]%0127x\\#?-é。", max_size=20))
def test_a_host_is_a_name_or_a_plain_number(written: str) -> None:
    """Whatever stands behind `http://`, the host is lower-case ASCII, and a number only in its plain form."""
    try:
        host = parse_address(f"http://{written}").host
    except FetchError:
        return
    assert host.isascii()
    assert host == host.lower()
    if ":" in host or host.rpartition(".")[2].isdigit():
        assert str(ip_address(host)) == host


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_public_that_python_calls_private(ip: IPv4Address | IPv6Address) -> None:
    """What is let through is global for `ipaddress` too, and no multicast; a mapped address never is."""
    if is_public(ip):
        assert ip.is_global
        assert {ip.is_multicast, ip.is_loopback, ip.is_link_local, ip.is_private} == {False}
    mapped = IPv6Address(f"::ffff:{ip}") if ip.version == 4 else IPv6Address("::ffff:8.8.8.8")
    assert not is_public(mapped)


@given(st.ip_addresses(v=4))
def test_a_translated_address_is_as_public_as_what_it_stands_for(ip: IPv4Address) -> None:
    """64:ff9b::/96 stands for an IPv4 address, and is judged by it."""
    assert is_public(IPv6Address(int(IPv6Address("64:ff9b::")) + int(ip))) == is_public(ip)


PRIVATE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "100.100.100.200", "169.254.169.254", "169.254.170.2", "168.63.129.16", "192.0.0.192",
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "fe80::1",
    "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1",
    "2002:7f00:1::", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("written", PRIVATE)
def test_private_ranges_are_not_public(written: str) -> None:
    """Loopback, private, shared, link-local, metadata and translated ranges are closed (case 19)."""
    assert not is_public(ip_address(written))


@pytest.mark.parametrize("written", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_rest_is_public(written: str) -> None:
    """Ordinary addresses of the Internet may be connected to."""
    assert is_public(ip_address(written))


def test_the_setting_opens_what_it_names_and_nothing_else() -> None:
    """A host is opened with its usual ports, or with the one that is written."""
    allowed = AllowedHosts.parse("intranet, 10.0.0.5:8080 [fd00::1],WIKI.example:81")
    opened = (
        "http://intranet/",
        "https://intranet/",
        "http://10.0.0.5:8080/",
        "http://[fd00::1]/",
        "http://wiki.example:81/",
    )
    for written in opened:
        allowed.check(parse_address(written))
    for written in (
        "http://intranet:22/",
        "http://10.0.0.5/",
        "http://10.0.0.6:8080/",
        "http://wiki.example:82/",
    ):
        with pytest.raises(FetchError):
            allowed.check(parse_address(written))


def test_a_named_host_may_lead_inside_but_not_to_metadata() -> None:
    """A name of the setting may resolve to private addresses; link-local ones open only as numbers."""
    allowed = AllowedHosts.parse("intranet.example,169.254.1.1")
    named = parse_address("http://intranet.example/")
    assert allowed.check_resolved(named, ["10.0.0.5", "127.0.0.1"]) == ("10.0.0.5", "127.0.0.1")
    for inside in ("169.254.169.254", "fd00:ec2::254", "0.0.0.1"):
        with pytest.raises(FetchError):
            allowed.check_resolved(named, ["10.0.0.5", inside])
    assert allowed.check_resolved(parse_address("http://169.254.1.1/"), ["169.254.1.1"]) == ("169.254.1.1",)


@pytest.mark.parametrize("written", ["http://intranet", "a:b", "127.1", "::1", "a/b", "x@y"])
def test_a_setting_that_names_no_host_is_refused(written: str) -> None:
    """What can't be a host in FOOTNOTE_ALLOW_HOSTS stops with a sentence that names the variable."""
    with pytest.raises(SettingsError, match="FOOTNOTE_ALLOW_HOSTS"):
        AllowedHosts.parse(written)


def test_names_are_as_long_as_names_may_be() -> None:
    """Labels have up to 63 characters and a host up to 253."""
    assert plain_host("a" * 63 + ".example") == "a" * 63 + ".example"
    for wrong in ("a" * 64 + ".example", "a." * 127 + "example"):
        with pytest.raises(ValueError, match="not a name"):
            plain_host(wrong)

"""The one fetcher: which addresses it refuses, wherever they are named, and whom it believes to be who."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest
from newssite import LIMIT, PUBLIC, Network, Reply, Site, failure, html, redirect

from ingest.fetch import Fetcher, FetchError, Manners, parse_address
from ingest.fetch.allowed_hosts import AllowedHosts
from ingest.fetch.connection import HttpLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = html("<p>Hello</p>")


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with Site() as site:
        site.pages["/"] = PAGE
        yield site


INSIDE = (
    "http://127.0.0.1:{port}/", "http://127.0.0.1/", "http://localhost:{port}/", "http://localhost/",
    "http://localhost./", "http://a.localhost/", "http://[::1]/", "http://0.0.0.0/",
    "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://127.1/",
    "http://017700000001/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/",
    "http://100.100.100.200/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/",
    "http://100.64.0.1/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://intranet/",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_nothing_inside_is_connected_to(url: str, site: Site) -> None:
    """Loopback, private and metadata addresses are refused however they are written (cases 18, 19)."""
    network = Network(site.port, ips=("127.0.0.1",))
    fetcher = Fetcher(Manners(), line=HttpLine(AllowedHosts(), network.resolve, network.dial))
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(parse_address(url.format(port=site.port)), max_bytes=LIMIT, asked=True)
    assert (caught.value.refused, network.dialled, site.connections) == (True, [], 0)


@pytest.mark.parametrize("hops", [1, 5])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:{port}/", "//127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"]
)
def test_no_redirect_leads_inside(hops: int, status: int, inside: str, site: Site) -> None:
    """A public address that redirects to a private one is refused at that hop, first or fifth (case 20)."""
    for hop in range(1, hops):
        site.pages[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    site.pages[f"/{hops}"] = redirect(inside.format(port=site.port), status)
    error = failure(site.public(), "http://news.example/1")
    assert (error.refused, error.source) == (True, "http://news.example/1")
    assert (site.connections, "127.0.0.1" in str(error), "10.0.0.1" in str(error)) == (hops, False, False)


def test_redirects_end(site: Site) -> None:
    """A circle is told at once, and more than five redirects are not followed (case 20)."""
    site.pages |= {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(1, 9)}
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "5 times" in failure(site.fetcher(), f"{site.url}/1").reason
    assert "circle" in failure(site.fetcher(), f"{site.url}/a").reason
    site.pages["/f"] = redirect("file:///etc/passwd")
    assert "http and https" in failure(site.fetcher(), f"{site.url}/f").reason


def test_a_page_that_names_another_address_does_not_lead_there(site: Site) -> None:
    """A refresh in the head of a page and a Refresh header are not followed (case 20)."""
    refresh = html("<p>Hello</p>", f"<meta http-equiv=refresh content='0;url={site.url}/secret'>")
    site.pages["/r"] = Reply(refresh.body, headers={"Refresh": f"0;url={site.url}/secret"})
    site.fetcher().fetch(parse_address(f"{site.url}/r"), max_bytes=LIMIT, asked=True)
    assert site.asked == ["/r"]


def test_a_name_is_resolved_once_and_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A name that answers public first and loopback afterwards gets no second question (case 21)."""
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    network = Network(site.port)
    line = HttpLine(AllowedHosts(), lambda *_: answers.pop(0), network.dial)
    found = Fetcher(Manners(), line=line).fetch(
        parse_address("http://rebinding.example/"), max_bytes=LIMIT, asked=True
    )
    assert (found.data, network.dialled, len(answers)) == (PAGE.body, [(PUBLIC, 80)], 2)
    assert site.headers[0]["Host"] == "rebinding.example"


def test_every_request_checks_again(site: Site) -> None:
    """A redirect to the same name asks for its address again, and a private answer is refused (case 21)."""
    site.pages["/1"] = redirect("/2")
    answers = [[PUBLIC], ["127.0.0.1"]]
    network = Network(site.port)
    line = HttpLine(AllowedHosts(), lambda *_: answers.pop(0), network.dial)
    error = failure(Fetcher(Manners(), line=line), "http://rebinding.example/1")
    assert (error.refused, network.dialled) == (True, [(PUBLIC, 80)])


@pytest.mark.parametrize("ips", [(PUBLIC, "127.0.0.1"), ("10.0.0.1", PUBLIC), (PUBLIC, "::1")])
def test_one_private_address_among_several_refuses_the_name(ips: tuple[str, ...], site: Site) -> None:
    """Of a name with mixed addresses none is connected to (case 21)."""
    network = Network(site.port, ips=ips)
    fetcher = Fetcher(Manners(), line=HttpLine(AllowedHosts(), network.resolve, network.dial))
    assert failure(fetcher, "http://mixed.example/").refused
    assert (network.dialled, site.connections) == ([], 0)


@pytest.mark.parametrize("port", [22, 25, 6379, 7860, 8000, 8080, 11434, 65_535])
def test_only_the_ports_of_the_web_are_asked(port: int, site: Site) -> None:
    """Other services, Footnote's own chat among them, are refused by their port (case 24)."""
    network = Network(site.port)
    fetcher = Fetcher(Manners(), line=HttpLine(AllowedHosts(), network.resolve, network.dial))
    assert failure(fetcher, f"http://news.example:{port}/").refused
    opened = AllowedHosts.parse(f"news.example:{port}")
    fetcher = Fetcher(Manners(allowed=opened), line=HttpLine(opened, network.resolve, network.dial))
    fetcher.fetch(parse_address(f"http://news.example:{port}/"), max_bytes=LIMIT, asked=True)
    assert network.dialled == [(PUBLIC, port)]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="nothing here makes certificates")
def test_a_certificate_must_be_trusted_and_for_the_name_in_the_address(site: Site, tmp_path: Path) -> None:
    """Over https the name of the address is what is asked for and checked, not the IP address."""
    certificate, names = _certificate("news.example", tmp_path), []
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, tmp_path / "key.pem")
    secure.sni_callback = lambda _, name, __: names.append(name)
    site.secure(secure)
    network = Network(site.port)
    trusting = HttpLine(
        AllowedHosts(), network.resolve, network.dial, lambda: ssl.create_default_context(cafile=certificate)
    )
    fetcher = Fetcher(Manners(pause=0.0), line=trusting)
    found = fetcher.fetch(parse_address("https://news.example/"), max_bytes=LIMIT, asked=True)
    assert (found.data, names, network.dialled) == (PAGE.body, ["news.example"], [(PUBLIC, 443)])
    assert "certificate" in failure(fetcher, "https://other.example/").reason
    assert "certificate" in failure(site.public(), "https://news.example/").reason


def _certificate(host: str, folder: Path) -> Path:
    """Make a certificate for a host that nobody has signed."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made


def test_a_server_that_speaks_no_tls_is_told(site: Site) -> None:
    """Plain HTTP on the port of https ends in a reason."""
    assert failure(site.public(), "https://news.example/").reason.startswith("Its server can't be reached")

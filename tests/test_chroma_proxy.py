"""The proxy before a Chroma server, in the very words of docs/security.md."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromaserver import free_port, wait_for
from stored import article, assert_whole, fill, open_library, search

from ingest import LibraryError
from ingest.storage.chroma_address import ChromaAddress
from ingest.storage.chroma_client import ChromaClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromaserver import ChromaServer

ROOT = Path(__file__).parent.parent
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
OPENSSL = shutil.which("openssl")
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TOKEN = "a-long-random-token"  # noqa: S105  # the page's

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="needs nginx and openssl")


@pytest.fixture(name="proxy", scope="module")
def _proxy(tmp_path_factory: pytest.TempPathFactory, chroma_server: ChromaServer) -> Iterator[Proxy]:
    """Start nginx with the page's configuration; only files and ports are those of this test."""
    folder = tmp_path_factory.mktemp("proxy")
    _make_certificate(folder / "vectors")
    port = free_port()
    (printed,) = re.findall(r"^```nginx\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for written, ours in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/nginx/", f"{folder}/"),
        ("http://127.0.0.1:8000", chroma_server.url),
    ):
        assert printed.count(written) >= 1
        printed = printed.replace(written, ours)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors.log;\nevents {{}}\n"
    )
    whole += f"http {{\naccess_log {folder}/requests.log;\n{temporary}{printed}}}\n"
    (folder / "nginx.conf").write_text(whole)
    started = subprocess.Popen(
        [str(NGINX), "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield Proxy(f"https://127.0.0.1:{port}", folder)
    finally:
        started.terminate()
        started.wait()


class Proxy:
    """Where the proxy listens, and its folder with certificates and logs."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder


def _make_certificate(file: Path) -> None:
    subprocess.run(
        [
            str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=vectors", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", f"{file}.key", "-out", f"{file}.crt",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def test_a_library_works_through_the_proxy(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the token and the authority everything works as without a proxy, and the log has no token."""
    monkeypatch.setattr("ingest.storage.search.SCAN_UP_TO", 0)
    monkeypatch.setenv("FOOTNOTE_CHROMA", proxy.url)
    monkeypatch.setenv("FOOTNOTE_CHROMA_TOKEN", TOKEN)
    monkeypatch.setenv("FOOTNOTE_CHROMA_CA", str(proxy.folder / "vectors.crt"))
    stored = [article(number) for number in range(5)]
    library = fill(tmp_path / "lib", *stored)
    assert_whole(library, {each.id: each.version for each in stored})
    monkeypatch.setenv("FOOTNOTE_CHROMA_TOKEN", "a-wrong-token")
    with open_library(library) as reader:
        assert article(0) in [hit.article for hit in search(reader, "harbour number0")]
        assert "can't be used just now" in reader.notices[0]
    logged = "".join(file.read_text() for file in proxy.folder.glob("*.log"))
    assert ("POST /api/v2/" in logged, TOKEN in logged, "harbour" in logged) == (True, False, False)


def test_only_who_has_token_and_authority_comes_through(proxy: Proxy, tmp_path: Path) -> None:
    """Each one that lacks something is told what, in our error."""
    right = (("Authorization", f"Bearer {TOKEN}"),)
    wrong = (("Authorization", f"Bearer {TOKEN}-"),)
    ours = proxy.folder / "vectors.crt"
    _make_certificate(tmp_path / "others")
    told = {
        "token": [ChromaAddress(proxy.url, (), ours), ChromaAddress(proxy.url, wrong, ours)],
        "FOOTNOTE_CHROMA_CA": [
            ChromaAddress(proxy.url, right, None),
            ChromaAddress(proxy.url, right, tmp_path / "others.crt"),
        ],
    }
    for words, addresses in told.items():
        for address in addresses:
            client = ChromaClient(address, seconds=10)
            with pytest.raises(LibraryError, match=words) as refused:
                client.ping()
            assert TOKEN not in str(refused.value)
            client.close()
    entering = ChromaClient(ChromaAddress(proxy.url, right, ours), seconds=10)
    entering.ping()
    entering.close()


def test_nobody_resets_the_server_or_sees_its_other_pages(proxy: Proxy) -> None:
    """Even with the token only what a library needs is passed on."""
    import httpx

    with httpx.Client(verify=False, trust_env=False, headers={"Authorization": f"Bearer {TOKEN}"}) as client:  # noqa: S501  # what is tested is the path
        assert client.post(f"{proxy.url}/api/v2/reset").status_code == 403
        assert client.get(f"{proxy.url}/docs").status_code == 404
        assert client.get(f"{proxy.url}/openapi.json").status_code == 404
        assert client.get(f"{proxy.url}/api/v2/heartbeat").status_code == 200

"""Which servers are asked, what they are told, and what becomes of whatever they answer."""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from chromafront import Asked, Cloud, Reply, answering, passed_on
from chromaserver import free_port
from somevectors import ids_of, random_vectors
from stored import article, assert_whole, fill, open_library, prepare, search

from ingest import LibraryError, LibrarySettings, SettingsError
from ingest.settings import library_settings
from ingest.storage import chroma_client
from ingest.storage.chroma_address import ChromaAddress, chroma_addresses
from ingest.storage.chroma_client import ChromaClient
from ingest.storage.chroma_collections import ChromaCollections

if TYPE_CHECKING:
    from pathlib import Path

    from chromaserver import ChromaServer

TOKEN = "chroma-token-0123456789"  # noqa: S105  # of no server


def _addresses(written: str, **settings: str) -> tuple[ChromaAddress, ...]:
    return chroma_addresses(LibrarySettings(chroma=written, **settings))  # type: ignore[arg-type]  # read by pydantic


@pytest.mark.parametrize(
    "written",
    [
        "http://vectors.internal",
        "http://10.0.0.5:8000",
        "http://127.0.0.1.nip.io:8000",
        "https://user:word@vectors.internal",
        "https://token@vectors.internal",
        "https://vectors.internal?token=word",
        "vectors.internal:8000",
        "file:///srv/chroma",
        "https://",
        "https://[::1",
        "https://host:port",
    ],
)
def test_addresses_that_give_something_away_are_refused(written: str) -> None:
    """Nothing goes unencrypted to another machine, and secrets have settings of their own."""
    with pytest.raises(SettingsError) as refused:
        _addresses(written)
    assert "FOOTNOTE_CHROMA" in str(refused.value)
    assert "word" not in str(refused.value).replace("password", "")


@pytest.mark.parametrize(
    "written", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1", "https://v.internal/chroma/"]
)
def test_addresses_of_this_machine_and_encrypted_ones_are_taken(written: str) -> None:
    """What is asked is the address as it was written."""
    (address,) = _addresses(written)
    assert (address.url, address.headers) == (written.rstrip("/"), ())


def test_cloud_needs_a_key_and_takes_the_names_of_its_own_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMA_API_KEY, CHROMA_TENANT and CHROMA_DATABASE; a server may be named several times."""
    with pytest.raises(SettingsError, match="CHROMA_API_KEY"):
        _addresses("cloud")
    monkeypatch.setenv("CHROMA_API_KEY", TOKEN)
    monkeypatch.setenv("CHROMA_TENANT", "t")
    first, second = _addresses("cloud, cloud")
    assert first == second
    assert (first.tenant, first.database, first.most) == ("t", None, 300)
    assert first.url.startswith("https://")


def test_no_secret_is_shown_by_settings_or_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by their repr nor in the error about a token that has a line break."""
    monkeypatch.setenv("FOOTNOTE_CHROMA_TOKEN", TOKEN)
    monkeypatch.setenv("FOOTNOTE_CHROMA", "https://vectors.internal")
    settings = library_settings()
    shown = f"{settings!r}{chroma_addresses(settings)!r}{settings.model_dump()}"
    assert (TOKEN in shown, chroma_addresses(settings)[0].headers[0][1]) == (False, f"Bearer {TOKEN}")
    with pytest.raises(SettingsError) as refused:
        _addresses("https://vectors.internal", chroma_token=f"{TOKEN}\nX: y")
    assert TOKEN not in str(refused.value)


def test_an_authority_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    """A file that is not there or holds no certificate."""
    (tmp_path / "no.pem").write_text("nothing")
    for file in (tmp_path / "no.pem", tmp_path / "gone.pem"):
        with pytest.raises(SettingsError, match="FOOTNOTE_CHROMA_CA"):
            ChromaClient(ChromaAddress("https://127.0.0.1:1", ca=file), seconds=1)


HOSTILE = {
    "never ends": Reply(body=b" " * 65536, endless=True),
    "drips": Reply(pause=0.05, endless=True),
    "another server's page": Reply(body=b"<html>hello</html>"),
    "a page that is not found": Reply(404, b"<html>nothing</html>"),
    "not text": Reply(body=b"\xff\xfe\x00"),
    "another form": Reply(body=b'{"ids": 3}'),
    "a list": Reply(body=b"[1, 2]"),
    "null": Reply(body=b"null"),
    "sends elsewhere": Reply(302, headers={"location": "http://127.0.0.1:1/"}),
    "a gateway": Reply(502, b"bad gateway"),
    "too large": Reply(413, b"<html>too large</html>"),
    "forbidden": Reply(403, b"no"),
    "an error without words": Reply(500, b'{"error": "InternalError"}'),
    "a busy server": Reply(429, b'{"error": "RateLimitError", "message": "slow down"}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_server_answers_is_our_error_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never another exception, never without an end; and the message names the server."""
    monkeypatch.setattr(chroma_client, "BUSY_PAUSES", (0.01,))
    monkeypatch.setattr(chroma_client, "MOST_BYTES", 2**20)
    begun = time.monotonic()
    with answering(lambda _: HOSTILE[name]) as address:
        home = ChromaCollections([ChromaAddress(address)], seconds=0.5)
        with pytest.raises(LibraryError, match=r"Chroma server|footnote doctor"):
            home.open("footnote-0123456789abcdef")
        with pytest.raises(LibraryError):
            home.make("footnote-0123456789abcdef")
        home.close()
    assert time.monotonic() - begun < 20


def test_a_silent_server_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs the limit of time once; whoever asks again at once is told without waiting."""
    asked: list[Asked] = []

    def silent(request: Asked) -> Reply:
        asked.append(request)
        return Reply(pause=5.0, endless=True)

    monkeypatch.setattr(chroma_client, "SHORTEST_REST", 60.0)
    with answering(silent) as address:
        client = ChromaClient(ChromaAddress(address), seconds=0.3)
        for _ in range(5):
            with pytest.raises(LibraryError, match=r"no answer within"):
                client.ping()
        client.close()
    assert (len(asked), client.fault) == (1, "no answer within 0.3 s")


def test_nobody_listening_is_told_at_once() -> None:
    """The reason is the system's own."""
    client = ChromaClient(ChromaAddress(f"http://127.0.0.1:{free_port()}"), seconds=5)
    with pytest.raises(LibraryError, match="refused"):
        client.ping()
    client.close()


def test_proxies_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, chroma_server: ChromaServer
) -> None:
    """Vectors don't go through a proxy that somebody set for web pages, nor does a wrong one do harm."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    client = ChromaClient(ChromaAddress(chroma_server.url), seconds=30)
    client.ping()
    client.close()


def test_a_token_that_is_echoed_is_masked(caplog: pytest.LogCaptureFixture) -> None:
    """Proxies put what they refuse into their pages, and servers into their errors."""
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []

    def echoing(asked: Asked) -> Reply:
        given = {name.lower(): value for name, value in asked.headers.items()}["authorization"]
        seen.append(given)
        body = json.dumps({"error": "InternalError", "message": f"can't use {given}"}).encode()
        return Reply(401 if len(seen) > 1 else 500, body)

    with answering(echoing) as address:
        client = ChromaClient(ChromaAddress(address, (("Authorization", f"Bearer {TOKEN}"),)), seconds=5)
        told = []
        for _ in range(2):
            with pytest.raises(LibraryError) as refused:
                client.ping()
            told += [str(refused.value), repr(refused.value), repr(refused.value.__cause__)]
        client.close()
    assert seen == [f"Bearer {TOKEN}"] * 2
    assert "refuses the token (401)" in told[3]
    assert TOKEN not in " ".join(told) + caplog.text + repr(client)


def test_nothing_but_ids_and_vectors_is_sent(
    tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No text, no title, no address, no name of an embedder."""
    bodies: list[bytes] = []

    def noting(asked: Asked) -> Reply:
        bodies.append(asked.path.encode() + asked.body)
        return passed_on(chroma_server, asked)

    with answering(noting) as address:
        monkeypatch.setenv("FOOTNOTE_CHROMA", address)
        fill(tmp_path / "lib", article(0), article(1))
    sent = b" ".join(bodies)
    assert article(0).id.encode() in sent
    assert not [word for word in (b"harbour", b"mayor", b"file0", b"words") if word in sent]


def test_the_quotas_of_chroma_cloud_are_kept(
    tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storing, searching, examining and removing never ask for more than 300 records."""
    cloud = Cloud(chroma_server)
    monkeypatch.setattr("ingest.storage.search.SCAN_UP_TO", 0)
    monkeypatch.setenv("CHROMA_API_KEY", cloud.key)
    monkeypatch.setenv("FOOTNOTE_CHROMA", "cloud,cloud")
    articles = [article(number) for number in range(320)]
    with answering(cloud) as address:
        monkeypatch.setattr("ingest.storage.chroma_address.CLOUD_ADDRESS", address)
        library = fill(tmp_path / "lib", *articles)
        with open_library(library) as reader:
            hit = search(reader, prepare(articles[7]).chunks[0].text, limit=400)[0]
            assert (hit.article, hit.vector_rank) == (articles[7], 0)
        with open_library(library, write=True) as writer:
            assert writer.remove([each.id for each in articles[5:]]) == 315
        assert_whole(library, {each.id: each.version for each in articles[:5]})
        monkeypatch.setenv("CHROMA_API_KEY", "ck-another")
        with pytest.raises(LibraryError, match="CHROMA_API_KEY"):
            open_library(library, write=True)
    assert cloud.refused == []


def test_a_busy_cloud_is_asked_again(chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two refusals for coming too soon are waited out; a quota that is used up is told."""
    monkeypatch.setattr(chroma_client, "BUSY_PAUSES", (0.01, 0.01))
    cloud = Cloud(chroma_server)
    with answering(cloud) as address:
        home = ChromaCollections(
            [ChromaAddress(address, (("X-Chroma-Token", cloud.key),), None, None, None, 300)]
        )
        name = home.next_name(None)  # type: ignore[arg-type]  # of no library
        index = home.make(name)
        cloud.busy = 2
        index.upsert(["a", "b"], random_vectors(2))
        assert ids_of(index) == {"a", "b"}
        cloud.records = 1
        with pytest.raises(LibraryError, match="Quota exceeded"):
            index.upsert(["c", "d"], np.ones((2, 8), np.float32))
        index.close()
        home.drop([name])
        home.close()

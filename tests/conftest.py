"""No test reaches the network, the user's library or the user's settings."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts
from running import Launched, Ran

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromaserver import ChromaServer
    from postgres import PostgresServer
    from running import Footnote

    from ingest.database_address import DatabaseAddress, LibraryLocation

ROOT = Path(__file__).parent.parent
OWN_VARIABLES = ("FOOTNOTE_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_", "GRADIO_", "CHROMA_", "OTEL_", "HF_")
FOR_TESTS = ("FOOTNOTE_BROWSER", "FOOTNOTE_SCREENSHOTS")
MEMORY = Path("/dev/shm")  # noqa: S108  # Linux has a file system in memory there
ROOM = 1 << 30  # bytes; a run has some 100 MB at a time
LOOPBACK = ["127.0.0.1", "::1", "localhost"]

# The machine may be busy: how long an example takes, or making one, says nothing about the code. And a run
# that was green stays green: new examples are tried by `pytest --hypothesis-profile=explore`.
settings.register_profile(
    "footnote", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("footnote"), derandomize=False, max_examples=500)
settings.load_profile("footnote")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own before anything reads settings, started processes included."""
    browsers = Path.home() / ".cache" / "ms-playwright"
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(browsers))
    for name in list(os.environ):
        if name.startswith(OWN_VARIABLES) and name not in FOR_TESTS:
            del os.environ[name]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a job in the background: tests press Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # A library is synced to the disk again and again, 5,000 times in one test: memory has no need of waiting.
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    home = tempfile.TemporaryDirectory(prefix="footnote-tests-")
    config.add_cleanup(home.cleanup)
    os.environ.update(HOME=home.name, USERPROFILE=home.name, FOOTNOTE_LIBRARY=f"{home.name}/library")
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no process is at its last one long after the others."""
    long = {each.path for each in items if {"slow", "browser"} & {mark.name for mark in each.iter_markers()}}
    items.sort(key=lambda item: item.path not in long)  # the order within them stays random


def pytest_runtest_setup() -> None:
    """Let a test connect to this machine and to nothing else."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test a library folder of its own and no .env; close what it opened."""
    from assistant.settings import AnswerSettings
    from ingest.settings import LibrarySettings

    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setitem(LibrarySettings.model_config, "env_file", None)
    monkeypatch.setitem(AnswerSettings.model_config, "env_file", None)
    yield
    if opened := sys.modules.get("assistant.retrieval.open_libraries"):
        opened.close_libraries()
    if kept := sys.modules.get("ingest.storage.postgresql.kept_store"):
        kept.close_kept_stores()


@pytest.fixture(scope="session")
def examples_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of the example articles, made with the bundled embedder once a run."""
    from ingest import LibrarySettings, ingest_articles

    folder = tmp_path_factory.mktemp("examples") / "library"
    report = ingest_articles(ROOT / "examples", settings=LibrarySettings(library=folder))
    assert report.failed == ()
    return folder


@pytest.fixture(scope="session")
def served_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the chat over three articles in memory, once a run; return its address."""
    from browser.running import served

    with served("fake", tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """Run a Chroma server, once a run; who kills it starts it again."""
    from chromaserver import ChromaServer

    server = ChromaServer(tmp_path_factory.mktemp("chroma") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture(name="footnote")
def _footnote(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Footnote:
    """Return the command, run in this process."""
    from assistant.cli.main import main

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        return Ran(stopped.value.code, *capsys.readouterr())

    return run


@pytest.fixture(name="launched")
def _launched(monkeypatch: pytest.MonkeyPatch) -> Launched:
    """Keep the chat from being served, and note how it would have been."""
    import assistant.web

    launched = Launched([])
    monkeypatch.setattr(assistant.web, "launch", launched)
    return launched


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Return a PostgreSQL server of this run."""
    from postgres import PostgresServer, binaries

    if binaries() is None:
        pytest.skip("no PostgreSQL is installed here (apt-get install --no-install-recommends postgresql)")
    pytest.importorskip("psycopg", reason="the extra footnote[postgresql] is not installed")
    server = PostgresServer()
    yield server
    server.destroy()


@pytest.fixture
def database(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> DatabaseAddress:
    """Return the address of a library to be made, with a cache folder of the test's own."""
    monkeypatch.setenv("FOOTNOTE_CACHE", str(tmp_path / "cache"))
    return postgres_server.library()


@pytest.fixture(params=["folder", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> LibraryLocation:
    """Return where a library is to be made: in a folder in one run, in a database in the other."""
    if request.param == "folder":
        return tmp_path / "lib"
    address: DatabaseAddress = request.getfixturevalue("database")
    return address


@pytest.fixture(params=["folder", "postgresql", "postgresql and chroma"])
def any_place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LibraryLocation:
    """Return the same, and a database with a server for vectors: for tests of searching."""
    if request.param == "folder":
        return tmp_path / "lib"
    if request.param == "postgresql and chroma":
        server: ChromaServer = request.getfixturevalue("chroma_server")
        monkeypatch.setenv("FOOTNOTE_CHROMA", server.url)
    address: DatabaseAddress = request.getfixturevalue("database")
    return address

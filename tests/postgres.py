"""A real PostgreSQL for tests: a server of the installed binaries, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.database_address import DatabaseAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSWORD = "correct horse/battery"  # noqa: S105  # of a server that lives for one run; it has to be quoted
_STARTED_WITHIN = 20.0
# Nothing here has to survive a power cut, and a kill leaves what the system has already.
_QUICK = (
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "shared_buffers=32MB",
    "-c",
    "max_connections=80",
)


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


class PostgresServer:
    """One server on a free port of this machine."""

    def __init__(self) -> None:
        programs = binaries()
        assert programs is not None
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="footnote-postgres-", dir="/tmp"))  # short
        self._user = "nobody" if os.geteuid() == 0 else None  # initdb refuses root
        if self._user:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        secret = self._folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o644)
        data = str(self._folder / "data")
        options = (
            "-U",
            "footnote",
            "-A",
            "scram-sha-256",
            "--pwfile",
            str(secret),
            "-E",
            "UTF8",
            "--locale=C",
        )
        self._run("initdb", "-D", data, *options, "--no-sync", "--no-instructions")
        self._server: subprocess.Popen[bytes] | None = None
        self._made = 0
        self.start()
        import psycopg

        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE news")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        where = ("-D", str(self._folder / "data"), "-k", str(self._folder), "-p", str(self.port))
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", *where, "-h", "127.0.0.1", *_QUICK],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd="/",
            )
        deadline = time.monotonic() + _STARTED_WITHIN
        while self._run_quietly("pg_isready", "-h", "127.0.0.1", "-p", str(self.port)):
            assert time.monotonic() < deadline, (self._folder / "log").read_text("utf-8")
            time.sleep(0.05)

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server, cutting off who is connected; `immediate` is as a crash."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
            self._server.wait(20)
            self._server = None

    def destroy(self) -> None:
        """Stop the server and delete all of it."""
        self.stop(immediate=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def library(self) -> DatabaseAddress:
        """Return the address of a library that is not there yet; all of them are in one database."""
        self._made += 1
        return DatabaseAddress.parse(f"{self.conninfo('news')}?library=desk{self._made}")

    def conninfo(self, database: str) -> str:
        """Return the address of a database."""
        from urllib.parse import quote

        return f"postgresql://footnote:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        done = self._completed(program, arguments)
        assert done.returncode == 0, done.stderr

    def _run_quietly(self, program: str, *arguments: str) -> int:
        return self._completed(program, arguments).returncode

    def _completed(self, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
        command = [str(self._programs / program), *arguments]
        return subprocess.run(command, capture_output=True, user=self._user, cwd="/", check=False)

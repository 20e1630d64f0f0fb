"""The servers of `bench.outage`, each on a machine of its own, and when each of them was away."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from bench.namespaces import NETWORK, NOBODY, free_port
from ingest import DatabaseAddress

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Mapping

    from bench.namespaces import Machine

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
PASSWORD = "of a server/that lives for one run"  # noqa: S105  # as it says; it has to be quoted
TOKEN = "a-long-random-token"  # noqa: S105  # of docs/security.md
STARTED_WITHIN = 120.0
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")


@dataclass
class Away:
    """One time that a server was away, in seconds of `time.monotonic`."""

    begun: float
    ended: float = float("inf")


class Server:
    """A server that is killed and started again; `away` has each time from a kill until it answered."""

    def __init__(self, name: str, machine: Machine) -> None:
        self.name = name
        self.machine = machine
        self.away: list[Away] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and don't wait for it."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Say whether it can be used."""
        raise NotImplementedError

    @property
    def is_up(self) -> bool:
        """Whether it has answered since it was started last."""
        return not self.away or self.away[-1].ended < float("inf")

    def kill(self) -> None:
        """End it as a power cut does."""
        self.goes()
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def goes(self) -> None:
        """Note that it is away from now on."""
        if self.is_up:
            self.away.append(Away(time.monotonic()))

    def look(self) -> None:
        """Note that it is back, if it is."""
        if not self.is_up and self.answers():
            self.away[-1].ended = time.monotonic()

    def wait(self) -> None:
        """Wait until it can be used."""
        until = time.monotonic() + STARTED_WITHIN
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name} does not start; see {self.machine.folder}")
            time.sleep(0.1)
        self.look()

    def was_away(self, begun: float, ended: float, grace: float) -> bool:
        """Say whether it was away for some of a time, or had been until shortly before."""
        return any(each.begun <= ended and begun <= each.ended + grace for each in self.away)

    def end(self) -> int:
        """Tell it to end; return its exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        return self.process.wait(STARTED_WITHIN)


class Database(Server):
    """PostgreSQL, which is crashed by `pg_ctl -m immediate`."""

    def __init__(self, machine: Machine, programs: Path) -> None:
        super().__init__("PostgreSQL", machine)
        self._programs = programs
        self._data = machine.folder / "data"
        self._port = free_port()
        if os.geteuid() == 0:  # whom initdb refuses
            os.chown(machine.folder, pwd.getpwnam(NOBODY).pw_uid, -1)
        secret = machine.folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o644)
        options = ("-U", "footnote", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C")
        self._run("initdb", "-D", self._data, *options, "--no-instructions")
        with (self._data / "pg_hba.conf").open("a") as allowed:
            allowed.write(f"host all all {NETWORK}.0/24 scram-sha-256\n")

    @property
    def library(self) -> str:
        """The address of the library."""
        where = f"{self.machine.address}:{self._port}"
        return f"postgresql://footnote:{quote(PASSWORD, safe='')}@{where}/postgres?library=desk"

    @property
    def address(self) -> DatabaseAddress:
        """The same, taken apart."""
        return DatabaseAddress.parse(self.library)

    def start(self) -> None:
        """Start it as a service is."""
        options = f"-h {self.machine.address} -p {self._port} -k {self.machine.folder}"
        log = self.machine.folder / "log"
        self._run("pg_ctl", "-D", self._data, "-o", options, "-l", log, "-W", "start")

    def crash(self) -> None:
        """Stop it at once, cutting everybody off; what it had not written, its log brings back."""
        self.goes()
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def answers(self) -> bool:
        """Say whether it takes connections."""
        import psycopg

        try:
            psycopg.connect(self.address.conninfo, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def end(self) -> int:
        """Stop it, and all that is connected."""
        self._run("pg_ctl", "-D", self._data, "-m", "fast", "stop")
        return 0

    def _run(self, program: str, *arguments: str | Path) -> None:
        self.machine.run([self._programs / program, *arguments], as_nobody=True)


class Vectors(Server):
    """A Chroma server behind nginx, in the words of docs/security.md; only Chroma is killed."""

    def __init__(self, machine: Machine) -> None:
        super().__init__("Chroma", machine)
        self.folder = machine.folder / "chroma"
        self._inner, self._outer = free_port(), free_port()
        self.url = f"https://{machine.address}:{self._outer}"
        self.authority = machine.folder / "vectors.crt"
        self._make_certificate()
        (machine.folder / "nginx.conf").write_text(self._configuration())
        self._proxy = machine.start(
            [str(NGINX), "-p", machine.folder, "-c", machine.folder / "nginx.conf"], log="proxy.log"
        )

    def start(self) -> None:
        """Start Chroma."""
        program = Path(sys.executable).parent / "chroma"
        where = ("--path", self.folder, "--host", "127.0.0.1", "--port", str(self._inner))
        self.process = self.machine.start([program, "run", *where])

    def lose_everything(self) -> None:
        """Delete its folder, as a disk that is lost; it must not be running."""
        shutil.rmtree(self.folder)

    def answers(self) -> bool:
        """Say whether it answers through the proxy."""
        return self.ask("/api/v2/heartbeat") is not None

    def collections(self) -> list[str]:
        """Return the names of its collections."""
        found = self.ask("/api/v2/tenants/default_tenant/databases/default_database/collections")
        return [each["name"] for each in found or []]

    def ask(self, path: str) -> list[dict[str, str]] | None:
        """Ask it for something; None where it gives no answer."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        try:
            with httpx.Client(verify=str(self.authority), trust_env=False, headers=headers) as client:
                answer = client.get(self.url + path)
        except httpx.HTTPError:
            return None
        return answer.json() if answer.status_code == httpx.codes.OK else None

    def end(self) -> int:
        """End it and its proxy."""
        self._proxy.terminate()
        self._proxy.wait()
        return super().end()

    def _make_certificate(self) -> None:
        names = f"subjectAltName=IP:{self.machine.address}"
        files = ("-keyout", self.machine.folder / "vectors.key", "-out", self.authority)
        whole = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=vectors")
        self.machine.run(["openssl", "req", *whole, "-addext", names, *files])

    def _configuration(self) -> str:
        folder, page = self.machine.folder, (ROOT / "docs" / "security.md").read_text("utf-8")
        (printed,) = re.findall(r"^```nginx\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
        for written, ours in (
            ("listen 443 ssl;", f"listen {self.machine.address}:{self._outer} ssl;"),
            ("/etc/nginx/", f"{folder}/"),
            ("http://127.0.0.1:8000", f"http://127.0.0.1:{self._inner}"),
        ):
            printed = printed.replace(written, ours)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        own = f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors.log;\n"
        return f"{own}events {{}}\nhttp {{\naccess_log off;\n{temporary}{printed}}}\n"


class Footnote(Server):
    """A process of `footnote`: a front end or a worker, which a service manager starts again at once."""

    def __init__(
        self,
        name: str,
        machine: Machine,
        arguments: Iterable[str],
        settings: Mapping[str, str],
        answers: Callable[[Footnote], bool],
    ) -> None:
        super().__init__(name, machine)
        self._arguments = list(arguments)
        self._settings = settings
        self._answers = answers
        self._before = 0
        self.last_words: list[str] = []
        """What it said last, each time that it ended by itself."""
        self._lock = threading.RLock()  # who kills it is not who sees to it that it runs

    def start(self) -> None:
        """Start it as systemd would."""
        log = self.machine.folder / "log"
        self._before = log.stat().st_size if log.exists() else 0
        own = {"FOOTNOTE_CACHE": str(self.machine.folder / "cache"), **self._settings}
        self.process = self.machine.start([*COMMAND, *self._arguments], settings=own)

    def said(self) -> bytes:
        """Return what it has said since it was started."""
        return (self.machine.folder / "log").read_bytes()[self._before :]

    def answers(self) -> bool:
        """Say whether it can be used."""
        return self._answers(self)

    def kill_and_start(self) -> None:
        """Kill it, and start it again as a service manager does."""
        with self._lock:
            self.kill()
            self.start()

    def see_to_it(self) -> bool:
        """Start it again where it has ended by itself, and note that it is back; say whether it had ended."""
        with self._lock:
            ended = self.process is not None and self.process.poll() is not None
            if ended:
                self.last_words.append((self.said().decode().splitlines() or [""])[-1])
                self.goes()
                self.start()
            self.look()
            return ended


def front_end(name: str, machine: Machine, settings: Mapping[str, str]) -> tuple[Footnote, str]:
    """Return a front end that is not started yet, and its address."""
    port = free_port()
    address = f"http://{machine.address}:{port}"
    own = {**settings, "FOOTNOTE_HOST": machine.address, "FOOTNOTE_MODEL": "none"}

    def answers(_: Footnote) -> bool:
        try:
            return httpx.get(f"{address}/healthz", trust_env=False, timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    return Footnote(name, machine, ["chat", "--no-browser", "--port", str(port)], own, answers), address


def worker(name: str, machine: Machine, settings: Mapping[str, str]) -> Footnote:
    """Return a worker that is not started yet."""
    own = {**settings, "FOOTNOTE_THREADS": "1"}
    return Footnote(name, machine, ["work"], own, lambda it: b"Working on the queue" in it.said())


STOPPED = {0, -signal.SIGTERM, 128 + signal.SIGTERM}
"""Exit codes of a program of ours that was told to end."""

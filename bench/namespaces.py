"""Several machines on this one: network namespaces, each with an address of its own, joined by a bridge.

`ip` of iproute2 makes them, and only root may. Where it may not, all machines are this one, which is said.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

NETWORK = "10.77.0"
NOT_ALLOWED = "Network namespaces can't be made here ({reason}), so all servers are on one host."
NOBODY = "nobody"


@dataclass(frozen=True)
class Machine:
    """One machine: its address, its folder, and the namespace that it is, if it is one."""

    address: str
    folder: Path
    namespace: str = ""

    def start(
        self,
        command: Sequence[str | Path],
        *,
        settings: Mapping[str, str] | None = None,
        log: str = "log",
        as_nobody: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program there, which is the process that is returned; what it says goes into a log."""
        own = {**os.environ, "HOME": str(self.folder), **(settings or {})}
        with (self.folder / log).open("ab") as said:
            return subprocess.Popen(  # noqa: S603  # our own
                [*self._inside(as_nobody=as_nobody), *map(str, command)],
                env=own,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,  # Ctrl-C is for the bench, which then ends all of them
            )

    def run(self, command: Sequence[str | Path], *, as_nobody: bool = False) -> None:
        """Run a program there to its end; it must succeed."""
        inside = [*self._inside(as_nobody=as_nobody), *map(str, command)]
        done = subprocess.run(inside, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603  # our own
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

    def _inside(self, *, as_nobody: bool) -> list[str]:
        inside = ["ip", "netns", "exec", self.namespace] if self.namespace else []
        if as_nobody and os.geteuid() == 0:
            # Each of the two becomes the next program, so that a signal reaches that.
            inside += ["setpriv", f"--reuid={NOBODY}", "--regid=65534", "--clear-groups"]
        return inside


@contextmanager
def machines(names: Sequence[str], folder: Path) -> Iterator[dict[str, Machine]]:
    """Lend a machine of each name, with a folder each; `ours` is this one, seen from the others."""
    made: list[Sequence[str]] = []
    try:
        try:
            found = _namespaces(names, folder, made)
        except _RefusedError as error:
            print(NOT_ALLOWED.format(reason=error), flush=True)
            found = {name: Machine("127.0.0.1", _made(folder / name)) for name in (*names, "ours")}
        yield found
    finally:
        for undo in reversed(made):
            subprocess.run(undo, capture_output=True, check=False)  # noqa: S603  # of `ip` alone


class _RefusedError(Exception):
    """What the system doesn't allow."""


def _namespaces(names: Sequence[str], folder: Path, made: list[Sequence[str]]) -> dict[str, Machine]:
    if shutil.which("ip") is None:
        raise _RefusedError("iproute2 is not installed")
    tag = f"fn{os.getpid() % 100_000}"
    _ip("link", "add", tag, "type", "bridge")
    made.append(("ip", "link", "del", tag))
    _ip("addr", "add", f"{NETWORK}.1/24", "dev", tag)
    _ip("link", "set", tag, "up")
    found = {"ours": Machine(f"{NETWORK}.1", _made(folder / "ours"))}
    for number, name in enumerate(names, start=2):
        namespace, wire = f"{tag}-{name}", f"{tag}v{number}"
        _ip("netns", "add", namespace)
        made.append(("ip", "netns", "del", namespace))
        _ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", namespace)
        made.append(("ip", "link", "del", wire))
        _ip("link", "set", wire, "master", tag, "up")
        _ip("-n", namespace, "addr", "add", f"{NETWORK}.{number}/24", "dev", "eth0")
        for each in ("eth0", "lo"):
            _ip("-n", namespace, "link", "set", each, "up")
        found[name] = Machine(f"{NETWORK}.{number}", _made(folder / name), namespace)
    return found


def _ip(*arguments: str) -> None:
    command = ["ip", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # the system's
    if done.returncode:
        raise _RefusedError(done.stderr.strip() or f"ip {arguments[0]}")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def free_port() -> int:
    """Return a port that nobody listens on here; in a namespace hardly anybody listens at all."""
    with socket.socket() as taken:
        taken.bind(("", 0))
        port: int = taken.getsockname()[1]
        return port

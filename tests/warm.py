"""Processes for tests that begin with everything imported: forks of one that has imported it once a run.

A chat takes three seconds of a processor to start, and all but half a second of them are imports.
`start(script, …)` does what `subprocess.Popen([sys.executable, script, …])` would: the fork runs the script
as `__main__`, with the environment, the folder and the standard error of the moment.

Run as a program it is the process that forks: `warm.py SOCKET`.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

HERE = Path(__file__).parent
IMPORTED = ("crashing", "fakechat", "assistant.web.server.server", "chromadb.cli.cli", "gradio", "tantivy")
_CHUNK = 1 << 16
_FILES = 4  # its socket, and the three standard streams
_LONGEST = 300.0  # seconds until something that doesn't end fails its test


class Started:
    """A process that was started, like one of `subprocess`."""

    def __init__(self, told: socket.socket, stdin: IO[str], stdout: IO[str]) -> None:
        told.settimeout(_LONGEST)
        self._told = told.makefile()
        self.stdin, self.stdout = stdin, stdout
        self.returncode: int | None = None
        self.pid = int(self._told.readline())
        told.close()

    def wait(self) -> int:
        """Wait for its end; return its exit code, or the number of a signal below zero."""
        if self.returncode is None:
            self.returncode = int(self._told.readline())
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell it that no more comes, wait for its end, and close its pipes."""
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.wait()
        self.stdout.close()
        self._told.close()


def start(script: Path, *arguments: str | Path, cwd: Path | None = None, out: Path | None = None) -> Started:
    """Start a script in a process of its own; what it prints is added to `out`, where that is given."""
    told, telling = socket.socketpair()
    (reads, stdin), (stdout, writes) = os.pipe(), os.pipe()
    if out:
        os.close(writes)
        writes = os.open(out, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    command = [str(script), *map(str, arguments)]
    request = json.dumps([command, dict(os.environ), str(cwd or Path.cwd())])
    socket.send_fds(_source(), [f"{request}\n".encode()], [telling.fileno(), reads, writes, 2])
    telling.close()
    os.close(reads)
    os.close(writes)
    return Started(told, os.fdopen(stdin, "w"), os.fdopen(stdout))


@cache
def _source() -> socket.socket:
    """Return the socket of the process that forks, started now."""
    ours, theirs = socket.socketpair()
    paths = os.pathsep.join([str(HERE), str(HERE.parent)])
    process = subprocess.Popen(
        [sys.executable, __file__, str(theirs.fileno())],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
        start_new_session=True,  # Ctrl-C is for the tests, which then end it
    )
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)  # the first of the two: its end
    return ours


def _command(requests: socket.socket) -> Sequence[str] | None:
    """Fork for each request; return in the fork what it is to run, and None here once there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        said, files, *_ = socket.recv_fds(requests, _CHUNK, _FILES)
        while said and not said.endswith(b"\n"):
            said += requests.recv(_CHUNK)
        if not said:
            return None
        if not os.fork():
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            command, environment, folder = json.loads(said)
            return _forked(command, environment, folder, files)
        for each in files:
            os.close(each)


def _forked(
    command: Sequence[str], environment: Mapping[str, str], folder: str, files: Sequence[int]
) -> Sequence[str]:
    """Fork once more: this process tells the number of the other and its exit code, and ends with it."""
    if pid := os.fork():
        telling = os.fdopen(files[0], "w", buffering=1)
        for each in files[1:]:
            os.close(each)
        with suppress(BrokenPipeError):
            print(pid, file=telling)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=telling)
        os._exit(0)
    for number, each in enumerate(files[1:]):
        os.dup2(each, number)
    for each in files:
        os.close(each)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    return command


if __name__ == "__main__":
    for _name in IMPORTED:
        __import__(_name)
    gc.freeze()
    if _given := _command(socket.socket(fileno=int(sys.argv[1]))):
        sys.argv = list(_given)
        sys.path[0] = str(Path(_given[0]).parent)
        runpy.run_path(_given[0], run_name="__main__")

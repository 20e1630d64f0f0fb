"""What a process that reads hostile files may use: processor time, memory, and nothing beside."""

from __future__ import annotations

import os
import sys
from typing import Any

try:
    import resource
except ImportError:  # Windows: the parent's clock is the only limit there
    resource = None  # type: ignore[assignment]

# Events of Python's audit (PEP 578) that no parser has a use for: connections, programs, other processes.
_REFUSED = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.truncate", "os.kill",
    "shutil.", "urllib.Request", "ftplib.", "smtplib.", "pty.spawn",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than that, from now on."""
    if resource:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (_below(wanted, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold the user's articles


def limit_time(seconds: int) -> None:
    """Let this process compute for that many seconds more; then the system ends it."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (_below(wanted, hard), hard))


def _below(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def refuse_effects() -> None:
    """Refuse connections, programs and writing for the rest of this process.

    It guards against features of a parser that fetch, run or write what a document names; it is no
    prison for machine code.
    """
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"a document may not cause {event}")
    if event == "open":
        _, mode, flags = arguments
        writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else flags & _WRITING
        if writes:
            raise PermissionError("a document may not write a file")

"""Memory that answers needed goes back to the system when nobody asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from assistant.web.server import server
from assistant.web.server.memory import _glibc, give_back

MEGABYTE = 1_000_000
STATUS = Path("/proc/self/status")


def _own_memory() -> int:
    found = re.search(r"RssAnon:\s+(\d+) kB", STATUS.read_text("utf-8"))
    assert found is not None
    return int(found[1]) * 1000


@pytest.mark.skipif(
    _glibc("malloc_trim") is None or not STATUS.exists(), reason="only Linux with glibc can give memory back"
)
def test_freed_memory_is_given_back() -> None:
    """What lies freed below something in use stays with the process until it is given back."""
    blocks = [np.ones(64_000, dtype=np.uint8) for _ in range(2_000)]
    in_use = blocks.pop()
    before = _own_memory()
    blocks.clear()
    assert give_back()
    assert before - _own_memory() > 100 * MEGABYTE
    assert in_use.all()


THREADS = """
import re, sys
from pathlib import Path
from threading import Barrier, Thread
from assistant.web.server.memory import share_heaps
if sys.argv[1] == "shared":
    assert share_heaps()
import numpy as np
AT_ONCE = 12
together, kept = Barrier(AT_ONCE), []
def answer():
    together.wait()
    used = [np.ones(800_000, dtype=np.uint8) for _ in range(10)]
    together.wait()
    kept.append(np.ones(2_000, dtype=np.uint8))  # what is remembered of it, above all that
    together.wait()
for _ in range(3):
    threads = [Thread(target=answer) for _ in range(AT_ONCE)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(len(set(re.findall(r"^([0-9a-f]+)000000-", Path("/proc/self/maps").read_text(), re.MULTILINE))))
"""


@pytest.mark.skipif(_glibc("mallopt") is None, reason="only glibc has heaps for threads")
def test_threads_share_heaps() -> None:
    """Many threads at once do not get a heap each, which would keep what was used in it."""
    heaps = [
        int(
            subprocess.run(
                [sys.executable, "-c", THREADS, how], capture_output=True, text=True, check=True
            ).stdout
        )
        for how in ("shared", "alone")
    ]
    assert heaps[0] < heaps[1]


def test_only_a_rest_after_questions_gives_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody is answered, and when nobody has asked since, nothing is done."""
    given: list[int] = []
    gate = SimpleNamespace(inside=1, asked=1)
    monkeypatch.setattr(server, "give_back", lambda: given.append(gate.asked))
    served = server.Served(cast("Any", SimpleNamespace(app=None, gate=gate)), host="127.0.0.1", port=0)
    served.rest()
    gate.inside = 0
    served.rest()
    served.rest()
    gate.asked = 2
    served.rest()
    assert given == [1, 2]

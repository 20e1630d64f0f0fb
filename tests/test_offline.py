"""With default settings nothing connects to anywhere but this machine, native code included."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
import sys
from assistant import answer
from ingest import ingest_articles
report = ingest_articles(sys.argv[1])
assert report.added == 1, report
assert answer("When did the harbour open?").answered
"""
_CONNECT = re.compile(r"connect\(\d+, \{sa_family=(AF_\w+)(.*?)\}, \d+\)")
_INSIDE = re.compile(r'127\.|"::1"')


def outside(log: str) -> list[str]:
    """Return the connections of a log of strace that leave this machine."""
    return [
        where
        for family, where in _CONNECT.findall(log)
        if family in ("AF_INET", "AF_INET6") and not _INSIDE.search(where)
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace here")
@pytest.mark.parametrize("what", ["ingest and ask", "chat"])
def test_nothing_leaves_this_machine(tmp_path: Path, what: str) -> None:
    """Ingesting, asking, and a chat that is opened, loaded and asked for its page connect to nobody else."""
    story = tmp_path / "story.txt"
    story.write_text("About the harbour\n\nThe harbour opened on Monday. Nobody came.", "utf-8")
    own = {"HOME": str(tmp_path), "FOOTNOTE_LIBRARY": str(tmp_path / "library"), "PATH": os.environ["PATH"]}
    program = tmp_path / "program.py"
    program.write_text(PROGRAM if what == "ingest and ask" else CHAT, "utf-8")
    log = tmp_path / "log"
    done = subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=connect",
            "-o",
            str(log),
            sys.executable,
            str(program),
            str(story),
        ],
        env=own | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert outside(log.read_text("utf-8")) == []
    assert ("CHAT SERVED" in done.stdout) is (what == "chat")


CHAT = """
import os, re, subprocess, sys, time, urllib.request
code = "from assistant.cli.main import main; main()"
subprocess.run([sys.executable, "-c", code, "ingest", sys.argv[1]], check=True)
chat = subprocess.Popen([sys.executable, "-c", code, "chat", "--no-browser", "--port", "0"],
                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
for line in chat.stdout:
    if found := re.search(r"http://[\\d.]+:\\d+", line):
        break
page = urllib.request.urlopen(found[0], timeout=300).read()
assert b"<html" in page.lower(), page[:200]
time.sleep(3)
chat.terminate()
try:
    chat.communicate(timeout=300)
finally:
    chat.kill()  # strace waits for all that were started
print("CHAT SERVED")
"""


def test_a_connection_that_leaves_is_seen() -> None:
    """The harness itself: addresses of others are told from our own."""
    log = (
        '1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = 0\n'
        '1 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
        '1 connect(4, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = -1 ENOENT (No such file)\n'
    )
    assert outside(log) == [', sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")']

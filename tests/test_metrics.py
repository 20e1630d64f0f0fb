"""What somebody who watches the server sees under load: numbers that add up, and no word of anybody."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent
CODE = "from assistant.cli.main import main; main()"
MARK = "xyzzyplugh"  # in every question, name and path that is sent; in no library
ASKING, EACH = 8, 3
LONGEST = 240


@pytest.mark.slow
def test_log_and_metrics_add_up_and_hold_no_content(tmp_path: Path, examples_library: Path) -> None:
    """Many ask at once, wrongly too, while metrics are read; both have counts and kinds alone (case 71)."""
    own = {"FOOTNOTE_LIBRARY": str(examples_library), "FOOTNOTE_LOG": "json", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CODE, "chat", "--no-browser", "--port", "0"]
    log = tmp_path / "log"
    with (
        log.open("w") as written,
        subprocess.Popen(
            command, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=written, text=True
        ) as process,
    ):
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        with httpx.Client(base_url=found[0], timeout=LONGEST, trust_env=False) as client:
            with ThreadPoolExecutor(ASKING) as pool:
                list(pool.map(lambda number: _ask(client, number), range(ASKING * EACH)))
            metrics = client.get("/metrics").text
        process.send_signal(signal.SIGTERM)
        process.wait(LONGEST)
    counted = {
        name: float(value) for name, value in re.findall(r"^(\w+\{.+\}) ([\d.]+)$", metrics, re.MULTILINE)
    }
    asked = ASKING * EACH
    assert counted['footnote_requests_total{kind="/api/ask",status="200"}'] == asked
    assert counted['footnote_requests_total{kind="/api/ask",status="422"}'] == asked
    answers = [value for name, value in counted.items() if name.startswith("footnote_answers_total")]
    assert sum(answers) == asked
    assert len([name for name in counted if name.startswith("footnote_requests_total")]) < 10
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {tuple(line) for line in lines} == {("at", "id", "kind", "status", "ms")}
    assert [line["status"] for line in lines if line["kind"] == "/api/ask"].count(200) == asked
    assert "footnote_answer_seconds_bucket" in metrics
    assert MARK not in metrics + log.read_text("utf-8")


def _ask(client: httpx.Client, number: int) -> None:
    question = f"Who was hurt in the ferry fire, {MARK}{number}?"
    client.post("/api/ask", json={"question": question}, headers={"x-name": MARK}).raise_for_status()
    client.post("/api/ask", json={"question": question, MARK: number})
    client.get(f"/{MARK}/{number}", params={MARK: number})
    client.get(f"/api/articles/{MARK}{number}")
    client.get("/metrics")

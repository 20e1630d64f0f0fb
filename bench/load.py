"""Fifty people asking while articles are added: answers lost, how long they took, what memory is left.

    python -m bench.load [--minutes 5] [--users 50] [--reading 20] [--library FOLDER]

A chat is served in a process of its own, on a copy of a library of news (by default one of the first 300
articles, made for it), while `footnote ingest` adds all the others in another. Each person asks over HTTP,
waits for the answer, reads for a while (exponentially distributed) and asks again. Memory is compared
before and after, both times at rest after the same questions, and then once more in a chat that is started
anew on the library as it has become: what the articles that were added need, any chat needs, and what the
other has beyond it has not come back. Processor time for an answer is given too: it says what another
machine can serve, which the seconds on a busy one don't.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx

from bench.ingestion import articles_of
from ingest import Article, Library, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
ARTICLES = 300
WARM_UP = 250
"""Questions before memory is looked at. It grows until everything that is kept or reused
has been needed once: 485 MB after 50 questions, 582 after 200, 595 after 350, 605 after 500."""
AGAIN = 50  # more of them once nobody writes, before both looks: the vector index is read only then
REST = 15.0  # seconds for what was used to be given back
MOST_SECONDS = 3.0  # 95th percentile
MOST_GROWTH = 0.10  # of memory
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Outcome:
    """What came of the questions."""

    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Memory:
    """Megabytes at rest: before, after, and of a chat started anew on what the library has become."""

    before: float
    after: float
    anew: float
    added: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came of it, and return 1 where a target was missed."""
    parser = ArgumentParser(description="Answers, times and memory under load.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="a library of news to begin with; it is copied")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--reading", type=float, default=20, help="mean seconds between answer and question")
    options = parser.parse_args(arguments)
    questions = _questions(options.data)
    with TemporaryDirectory(prefix="footnote-load-") as scratch:
        library = Path(scratch) / "library"
        if options.library:
            shutil.copytree(options.library, library)
        else:
            found = articles_of(options.data, 0, 5 * ARTICLES)
            ingest_articles([item for item in found if isinstance(item, Article)], library)
        with _chat(library) as (process, address):
            with _ingesting(library, options.data):  # what serves readers meanwhile is part of what is used
                asyncio.run(_ask_all(address, questions[:WARM_UP]))
            asyncio.run(_ask_all(address, questions[:AGAIN]))  # and what serves them when nobody writes
            before, worked, chunks = _resting(process), _worked(process), _chunks(library)
            with _ingesting(library, options.data):
                outcome = asyncio.run(_people(address, questions, options))
            worked = (_worked(process) - worked) / max(len(outcome.seconds), 1)
            asyncio.run(_ask_all(address, questions[:AGAIN]))
            after, added = _resting(process), _chunks(library) - chunks
        with _chat(library) as (process, address):
            asyncio.run(_ask_all(address, questions[:WARM_UP]))
            asyncio.run(_ask_all(address, questions[:AGAIN]))
            anew = _resting(process)
    return _report(outcome, worked, Memory(before, after, anew, added))


def _questions(data: Path) -> list[str]:
    with gzip.open(data / "news" / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in lines]
    random.Random(1).shuffle(questions)  # noqa: S311  # an order, no secret
    return questions


@contextmanager
def _chat(library: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    own = {"FOOTNOTE_LIBRARY": str(library), "FOOTNOTE_MODEL": "none", "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, "chat", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        assert process.stdout is not None
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            if found is None:
                raise SystemExit("the chat did not start")
            yield process, found[0]
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def _ingesting(library: Path, data: Path) -> Iterator[None]:
    own = {"FOOTNOTE_LIBRARY": str(library), "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, "ingest", str(data / "news" / "articles.jsonl.gz")]
    with subprocess.Popen(  # noqa: S603  # our own
        command, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield
            if process.poll() is not None:
                print("the ingestion ENDED EARLY")
        finally:
            process.terminate()  # which a job in the background doesn't ignore, as it may Ctrl-C
            process.communicate(timeout=120)


async def _people(address: str, questions: Sequence[str], options: object) -> Outcome:
    minutes, users, reading = (getattr(options, name) for name in ("minutes", "users", "reading"))
    outcome, end = Outcome(), time.monotonic() + 60 * minutes

    async def person(number: int) -> None:
        chance = random.Random(number)  # noqa: S311  # moments, no secrets
        await asyncio.sleep(chance.uniform(0, reading))
        while time.monotonic() < end:
            await _ask(client, chance.choice(questions), outcome)
            await asyncio.sleep(
                min(chance.expovariate(1 / reading) if reading else 0, end - time.monotonic())
            )

    async with httpx.AsyncClient(base_url=address, timeout=120, trust_env=False) as client:
        await asyncio.gather(*(person(number) for number in range(users)))
    return outcome


async def _ask_all(address: str, questions: Sequence[str]) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=300, trust_env=False) as client:
        await asyncio.gather(*(_ask(client, question, Outcome()) for question in questions))


async def _ask(client: httpx.AsyncClient, question: str, outcome: Outcome) -> None:
    started = time.monotonic()
    try:
        answer = (await client.post("api/ask", json={"question": question})).raise_for_status().json()
        answer["answered"]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        outcome.lost.append(f"{type(error).__name__}: {error}")
    else:
        outcome.seconds.append(time.monotonic() - started)


def _resting(process: subprocess.Popen[str]) -> float:
    """Return megabytes of memory of its own, after a rest; files that are mapped are the system's."""
    time.sleep(REST)
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) / 1000  # type: ignore[index]


def _worked(process: subprocess.Popen[str]) -> float:
    """Return the seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _chunks(library: Path) -> int:
    with Library.open(library) as opened:
        return opened.count()[1]


def _report(outcome: Outcome, worked: float, memory: Memory) -> int:
    times = sorted(outcome.seconds) or [0.0]
    late = times[int(0.95 * (len(times) - 1))]
    print(f"{len(times)} answers, {len(outcome.lost)} lost; {worked:.2f} s of processor time each")
    print(f"seconds: median {median(times):.2f}, 95th percentile {late:.2f}, slowest {times[-1]:.2f}")
    growth, kept = memory.after / memory.before - 1, memory.after / memory.anew - 1
    change = f"{memory.before:.0f} MB before, {memory.after:.0f} MB after ({growth:+.1%})"
    print(f"memory at rest: {change}, with {memory.added} chunks added")
    print(f"  started anew on the same library {memory.anew:.0f} MB, so {kept:+.1%} beyond what it needs")
    for error in outcome.lost[:5]:
        print(f"  {error}")
    return int(bool(outcome.lost) or late > MOST_SECONDS or growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())

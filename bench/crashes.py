"""kill -9 at 50 random points of an ingestion: what was acknowledged must be there, whole.

Run it with `python -m bench.crashes [--kills 50] [--seed 1]`. State accumulates over all kills. After
each: the library opens, holds every acknowledged article complete, finds each of its sentences'
chunks through both indexes, shows nothing that was never stored; at the end a full run converges.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
CHILD = TESTS / "crashing.py"
ARTICLES = 40  # that the child chooses from; each in one of three editions
EDITIONS = 3
LONGEST = 3.0  # seconds that a child may live: it stores some thirty batches in that time


def main(arguments: list[str] | None = None) -> int:
    """Run the kills, print one line for each, and return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="footnote-crashes-"))
    try:
        return _run(folder / "library", options.kills, options.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(path: Path, kills: int, seed: int) -> int:
    sys.path.insert(0, str(TESTS))
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    ever: dict[str, str] = {}
    broken, acknowledged_in_all = 0, 0
    for kill in range(kills):
        acknowledged = kill_at_random(path, seed * 1000 + kill, chance.uniform(0, LONGEST))
        acknowledged_in_all += len(acknowledged)
        started = time.perf_counter()
        faults = faults_of(path, ever, acknowledged)
        broken += bool(faults)
        seconds = time.perf_counter() - started
        print(
            f"kill {kill + 1:2}: {len(acknowledged):3} acknowledged, {len(ever):2} live, "
            f"checked in {seconds:.1f} s: {'; '.join(faults) or 'whole'}"
        )
    converged = _converges(path)
    print(f"{kills} kills, {acknowledged_in_all} acknowledged, {broken} broken, converges: {converged}")
    return 0 if broken == 0 and converged else 1


def kill_at_random(path: Path, seed: int, seconds: float) -> dict[str, str]:
    """Let a process store articles, kill it, and return which versions it acknowledged last."""
    command = [sys.executable, str(CHILD), str(path), "many", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  # our own
        assert child.stdout is not None
        child.stdout.readline()  # it is ready, and imports are no part of what is tested
        time.sleep(seconds)
        child.kill()
        lines = child.stdout.read().split("\n")[:-1]
    return {line.split()[0]: line.split()[1] for line in lines}


def faults_of(path: Path, ever: dict[str, str], acknowledged: dict[str, str]) -> list[str]:
    """Check a library after a crash, and bring `ever` (what is live) up to date."""
    from stored import article, assert_whole, open_library

    with open_library(path, write=True, create=True) as library:
        found = library.versions()
    possible = {
        (each.id, each.version)
        for number in range(ARTICLES)
        for each in (article(number, edition=edition) for edition in range(EDITIONS))
    }
    faults = [f"{key} is missing" for key in (ever | acknowledged) if key not in found]
    faults += [f"{key} was never stored like this" for key in found.items() if key not in possible]
    # One batch may have become live without its acknowledgement being read; anything more is a fault.
    expected = ever | acknowledged
    newer = [key for key in found if found[key] != expected.get(key)]
    faults += [f"{len(newer)} articles changed unacknowledged"] if len(newer) > BATCH else []
    try:
        assert_whole(path, found)
    except AssertionError as error:
        faults.append(str(error).split("\n", 1)[0] or "an article is not whole")
    ever.clear()
    ever.update(found)
    return faults


BATCH = 3  # articles that the child stores at once


def _converges(path: Path) -> bool:
    from stored import article, assert_whole, fill

    everything = [article(number) for number in range(ARTICLES)]
    fill(path, *everything)
    expected = {each.id: each.version for each in everything}
    return assert_whole(path, expected) == expected


if __name__ == "__main__":
    sys.exit(main())

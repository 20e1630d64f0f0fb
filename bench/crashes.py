"""kill -9 at 300 random moments: what was acknowledged is there, whole, and what was removed is gone.

Run it with `python -m bench.crashes [--kills 300] [--seed 1] [--minutes 60]`. A process stores, updates
and removes articles, or repairs a library whose index was taken away, and is killed; state accumulates.
After each kill: the library opens, holds every acknowledged version, shows nothing that was never
stored, finds each chunk by its own words and its own vector, and no file has a word of what was removed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
CHILD = TESTS / "crashing.py"
ARTICLES = 40  # that the child chooses from; each in one of three editions
EDITIONS = 3
BATCH = 3  # articles that the child stores at once
MOST_SAID = 40  # lines that a child says before it is killed: up to seven batches, however busy the machine
LONGEST = 0.3  # seconds that it lives on after that: several times what a batch takes
MENDING = 1.5  # seconds that a repair is given at most
REPAIRS = 0.15  # share of kills that hit a repair


@dataclass
class Said:
    """What a child said before it was killed."""

    stored: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        """Take in one line."""
        word, key, *version = line.split()
        if word == "removing":
            self.uncertain.add(key)
        elif word == "removed":
            self.stored.pop(key, None)
            self.uncertain.discard(key)
            self.removed.add(key)
        elif word == "storing":
            self.uncertain |= self.removed & {key}
            self.removed.discard(key)
        else:
            self.stored[key] = version[0]
            self.uncertain.discard(key)


def main(arguments: list[str] | None = None) -> int:
    """Run the kills, print one line for each, and return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="end earlier, after so many minutes")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    folder = Path(tempfile.mkdtemp(prefix="footnote-crashes-"))
    try:
        return _run(folder / "library", options.kills, options.seed, time.monotonic() + 60 * options.minutes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(path: Path, kills: int, seed: int, end: float) -> int:
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    live: dict[str, str] = {}
    done, broken, acknowledged, removed = 0, 0, 0, 0
    while done < kills and time.monotonic() < end:
        repairing = bool(live) and chance.random() < REPAIRS
        if repairing:
            shutil.rmtree(path / chance.choice(("vectors", "keywords")))
        task = ("mend" if repairing else "many", seed * 1000 + done)
        lines = 0 if repairing else chance.randrange(MOST_SAID)
        seconds = chance.uniform(0, MENDING if repairing else LONGEST)
        said = kill_at_random(path, *task, lines=lines, seconds=seconds)
        done, acknowledged = done + 1, acknowledged + len(said.stored)
        removed += len(said.removed)
        faults = faults_of(path, live, said)
        broken += bool(faults)
        print(
            f"kill {done:3} of {'a repair' if repairing else 'writing '}: {len(said.stored):2} acknowledged, "
            f"{len(said.removed)} removed, {len(live):2} live: {'; '.join(faults) or 'whole'}",
            flush=True,
        )
    converged = _converges(path)
    print(
        f"{done} kills, {acknowledged} acknowledged, {removed} removed, {broken} broken, "
        f"converges: {converged}"
    )
    return 0 if broken == 0 and converged else 1


def kill_at_random(path: Path, task: str, seed: int, *, lines: int, seconds: float) -> Said:
    """Let a process work until it has said so much, and for some time more; kill it; return what it said."""
    command = [sys.executable, str(CHILD), str(path), task, str(seed)]
    said = Said()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  # our own
        assert child.stdout is not None
        child.stdout.readline()  # it is ready, and imports are no part of what is tested
        heard = [child.stdout.readline() for _ in range(lines)]
        time.sleep(seconds)
        child.kill()
        heard += child.stdout.read().splitlines(keepends=True)
    for line in heard:
        if line.endswith("\n"):  # else it was cut off with the process
            said.hear(line)
    return said


def faults_of(path: Path, live: dict[str, str], said: Said) -> list[str]:
    """Check a library after a crash, and bring `live` up to date."""
    from stored import article, assert_whole, open_library

    with open_library(path, write=True, create=True) as library:
        found = library.versions()
    expected = {key: version for key, version in (live | said.stored).items() if key not in said.removed}
    possible = {
        (each.id, each.version)
        for number in range(ARTICLES)
        for each in (article(number, edition=edition) for edition in range(EDITIONS))
    }
    missing = expected.keys() - found.keys() - said.uncertain
    faults = [f"{key} is missing" for key in missing]
    faults += [f"{key} was never stored like this" for key in found.items() if key not in possible]
    # One batch may have become live without its acknowledgement being read; anything more is a fault.
    newer = [key for key in found if found[key] != expected.get(key)]
    faults += [f"{len(newer)} articles changed unacknowledged"] if len(newer) > BATCH else []
    faults += _left_behind(path, {article(number).id: number for number in range(ARTICLES)}, found)
    try:
        assert_whole(path, found)
    except AssertionError as error:
        faults.append(str(error).split("\n", 1)[0] or "an article is not whole")
    live.clear()
    live.update(found)
    return faults


def _left_behind(path: Path, numbers: dict[str, int], found: dict[str, str]) -> list[str]:
    """Look into every file for words of articles that are not in the library."""
    content = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
    return [
        f"words of {key} are left in a file"
        for key, number in numbers.items()
        if key not in found and f"place{number} complained".encode() in content
    ]


def _converges(path: Path) -> bool:
    from stored import article, assert_whole, fill

    everything = [article(number) for number in range(ARTICLES)]
    fill(path, *everything)
    expected = {each.id: each.version for each in everything}
    return assert_whole(path, expected) == expected


if __name__ == "__main__":
    sys.exit(main())

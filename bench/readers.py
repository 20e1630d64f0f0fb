"""Two ingestions and ten readers at once: no error, the second told who writes, readers see what is new.

    python -m bench.readers [--minutes 5]

Ten processes search without pause for whatever was acknowledged last. One process stores articles; two
seconds in, another tries to. Reported: errors, how long the second waited, how late readers saw an
article, and how long searches took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
READERS = 10
REFUSED_WITHIN = 2.5  # seconds: two of waiting for the lock, and what opening takes
SEEN_WITHIN = 1.0
START = """
import json, sys, time
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from ingest import FootnoteError
from stored import article, open_library, prepare, search
path, said, seconds = Path({path!r}), Path({said!r}), {seconds}
"""
WRITER = """
end, number = time.time() + seconds, 0
with open_library(path, write=True, wait=10) as library:
    while time.time() < end:
        library.put([prepare(article(number + each)) for each in range(3)])
        number += 3
        fresh = said.with_name("fresh")
        fresh.write_text(json.dumps([number - 1, time.time()]))
        fresh.replace(said)
        time.sleep(0.2)
print(json.dumps(number))
"""
SECOND = """
started = time.time()
try:
    open_library(path, write=True, wait=2.0)
    print(json.dumps(["not refused", 0]))
except FootnoteError as error:
    print(json.dumps([str(error), time.time() - started]))
"""
READER = """
end, late, times, errors, seen = time.time() + seconds, [], [], [], -1
with open_library(path) as library:
    while time.time() < end:
        try:
            number, moment = json.loads(said.read_text())
            wanted = prepare(article(number)).chunks[0]
            started = time.time()
            found = {hit.chunk.id for hit in search(library, wanted.text)}
            times.append(time.time() - started)
            if number != seen:
                while wanted.id not in found and time.time() < moment + 10:
                    found = {hit.chunk.id for hit in search(library, wanted.text)}
                late.append(time.time() - max(moment, started))
                seen = number
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        time.sleep(0.05)
print(json.dumps([len(times), max(times), max(late, default=0), errors, library.notices]))
"""


def main(arguments: list[str] | None = None) -> int:
    """Run it, print what came of it, and return 1 where a target was missed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    seconds = 60 * parser.parse_args(arguments).minutes
    sys.path.insert(0, str(TESTS))
    from stored import article, fill

    with tempfile.TemporaryDirectory(prefix="footnote-readers-") as folder:
        path, said = Path(folder) / "library", Path(folder) / "said"
        fill(path, article(0))
        said.write_text(json.dumps([0, time.time()]))

        def start(program: str) -> subprocess.Popen[str]:
            names = {"tests": str(TESTS), "root": str(TESTS.parent), "path": str(path), "said": str(said)}
            code = START.format(seconds=seconds, **names) + program
            return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)  # noqa: S603

        working = [start(WRITER), *(start(READER) for _ in range(READERS))]
        time.sleep(max(5.0, seconds / 3))
        second = start(SECOND)
        told, waited = json.loads(second.communicate()[0])
        results = [json.loads(each.communicate()[0]) for each in working]
    return _report(results[0], results[1:], told, waited)


def _report(stored: int, readers: list[list[object]], told: str, waited: float) -> int:
    searches = sum(int(str(each[0])) for each in readers)
    slowest = max(float(str(each[1])) for each in readers)
    late = max(float(str(each[2])) for each in readers)
    errors = [error for each in readers for error in (*each[3], *each[4])]  # type: ignore[misc]
    print(f"{stored} articles stored, {searches} searches by {len(readers)} readers, {len(errors)} errors")
    print(f"second writer after {waited:.1f} s: {told}")
    print(f"a new article was found at most {late:.2f} s after it was safe; slowest search {slowest:.2f} s")
    for error in errors[:5]:
        print(f"  {error}")
    refused = "is being written by process" in told and waited <= REFUSED_WITHIN
    return int(bool(errors) or not refused or late > SEEN_WITHIN)


if __name__ == "__main__":
    sys.exit(main())

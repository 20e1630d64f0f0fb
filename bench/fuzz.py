"""Any bytes at every door: no crash, and no time without bound. `python -m bench.fuzz --minutes 10`.

Each door gets an equal share of the time. What is found is printed with the example that hypothesis
made as small as it could. A slow input is tried again before it counts, with the seconds of processor time
that it takes: on a busy machine any input is slow now and then. The suite runs the same properties for a
moment (tests/test_fuzz.py).
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWEST = 10.0  # seconds that one input of a few kilobytes may take on a busy machine
MOST_WORK = 2.0  # seconds of processor time that it may take of this process

PIECES = st.sampled_from(
    [
        *(b"<p>", b"<div><div>", b"</", b"<!--", b"]]>", b"<script>", b"<style>p{", b"&#x0;", b"&amp;&lt"),
        *(b"---\n", b"title: &a [*a]\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\x1b[2J", b"\r\n\r\n"),
        *(
            b"# ",
            b"[x](http://a)",
            b"![",
            b"```",
            b"\xe2\x80\xae",
            b"Mr. ",
            b'."',
            b"1.000,5 Mio. ",
            b"\x1f\x8b",
        ),
        *(b'{"text": "', b"[[1]]", b"[s1,s2]", b"[s\xef\xbc\x91]", b"<meta charset=utf-7>", b"2026-13-45"),
    ]
)
BYTES = st.lists(st.one_of(PIECES, st.binary(max_size=60)), max_size=60).map(b"".join)
TEXTS = BYTES.map(lambda content: content.decode("utf-8", "surrogateescape"))


def read(content: bytes, ending: str) -> None:
    """Read a file and split what comes of it into sentences that are slices."""
    from ingest import FootnoteError, read_articles, split_sentences

    with tempfile.TemporaryDirectory() as folder, suppress(FootnoteError):
        file = Path(folder) / f"story{ending}"
        file.write_bytes(content)
        for article in read_articles(file):
            for sentence in split_sentences(article.text):
                assert article.text[sentence.start : sentence.end] == sentence.text


def markers(text: str) -> None:
    """Read a model's text whole and in pieces; how it is cut changes nothing of what comes out."""
    from assistant.writing.citation_markers import MarkerReader
    from assistant.writing.model_markup import Text

    def words(pieces: list[str]) -> str:
        reader = MarkerReader(("s1", "s2"))
        items = [item for piece in pieces for item in reader.feed(piece)] + reader.close()
        return "".join(item.text for item in items if isinstance(item, Text))

    assert words([text]) == words([text[start : start + 3] for start in range(0, len(text), 3)])


def setting(text: str) -> None:
    """Put any text into every setting: it is taken, or refused in a sentence without the value."""
    from assistant.settings import AnswerSettings
    from ingest import FootnoteError, settings_error
    from ingest.settings import LibrarySettings

    for kind in (LibrarySettings, AnswerSettings):
        make: Callable[..., object] = kind
        for name in kind.model_fields:
            try:
                make(**{name: text})
            except FootnoteError:
                continue
            except ValueError as error:
                settings_error(error)


def filters(text: str) -> None:
    """Search with any text as question, paper and article."""
    from ingest import Filters, FootnoteError

    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from stored import article, fill, open_library, search

    path = Path(_scratch().name) / "library"
    if not path.exists():
        fill(path, *(article(number) for number in range(5)))
    with open_library(path) as library, suppress(FootnoteError):
        search(library, text, filters=Filters(sources=frozenset({text}), article_ids=frozenset({text})))
        search(library, text)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="footnote-fuzz-")


DOORS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
    "text": (read, (BYTES, st.sampled_from([".txt", ".md"]))),
    "html": (read, (BYTES, st.just(".html"))),
    "records": (read, (BYTES, st.sampled_from([".json", ".jsonl", ".xml", ".gz"]))),
    "markers": (markers, (TEXTS,)),
    "settings": (setting, (TEXTS,)),
    "filters": (filters, (TEXTS,)),
}


@dataclass
class Tried:
    """How many inputs a door has had, and which took longest."""

    number: int = 0
    seconds: float = 0.0
    slowest: tuple[object, ...] = ()

    def take(self, seconds: float, values: tuple[object, ...]) -> None:
        """Count one."""
        self.number += 1
        if seconds > self.seconds:
            self.seconds, self.slowest = seconds, values

    def again(self, act: Callable[..., None]) -> float:
        """Return the seconds of processor time that the slowest takes when it is tried again."""
        started = time.process_time()
        act(*self.slowest)
        return time.process_time() - started


def checked(door: str, *, examples: int, found: Tried) -> Callable[[], None]:
    """Return a run of so many examples, which notes how long the slowest took."""
    act, strategies = DOORS[door]

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def run(values: tuple[object, ...]) -> None:
        started = time.perf_counter()
        act(*values)
        found.take(time.perf_counter() - started, values)

    return run


def main(arguments: list[str] | None = None) -> int:
    """Give each door its share of the time; return 1 if anything crashed or took too long."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all doors together")
    parser.add_argument("--doors", nargs="*", choices=list(DOORS), default=list(DOORS))
    options = parser.parse_args(arguments)
    share = 60 * options.minutes / len(options.doors)
    return int(sum(_broken(door, share) for door in options.doors) > 0)


def _broken(door: str, seconds: float) -> bool:
    end, tried, fault = time.monotonic() + seconds, Tried(), ""
    while time.monotonic() < end and not fault:
        try:
            checked(door, examples=100, found=tried)()
        except Exception as error:  # noqa: BLE001  # whatever it is, it was found
            fault = f"{type(error).__name__}: {error} {getattr(error, '__notes__', '')}"
    worked = tried.again(DOORS[door][0]) if tried.seconds > 1 else tried.seconds
    if tried.seconds > SLOWEST or worked > MOST_WORK:
        print(f"  the slowest: {tried.slowest!r:.2000}")
    again = f"slowest {tried.seconds:5.2f} s, {worked:5.2f} s of processor time when tried again"
    print(f"{door:9} {tried.number:6} inputs, {again} {fault}", flush=True)
    return bool(fault) or worked > MOST_WORK


if __name__ == "__main__":
    sys.exit(main())

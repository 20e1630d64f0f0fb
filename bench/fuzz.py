"""Any bytes at every door: no crash, and no time without bound. `python -m bench.fuzz --minutes 10`.

Each door gets an equal share of the time. What is found is printed with the example that hypothesis
made as small as it could. The suite runs the same properties for a moment (tests/test_fuzz.py).
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWEST = 10.0  # seconds that one input of a few kilobytes may take on a busy machine

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
    from assistant.markers import Reader
    from assistant.markup import Text

    def words(pieces: list[str]) -> str:
        reader = Reader(("s1", "s2"))
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


def checked(door: str, *, examples: int, found: list[float]) -> Callable[[], None]:
    """Return a run of so many examples, which notes how long the slowest took."""
    act, strategies = DOORS[door]

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def run(values: tuple[object, ...]) -> None:
        started = time.perf_counter()
        act(*values)
        found.append(time.perf_counter() - started)

    return run


def main(arguments: list[str] | None = None) -> int:
    """Give each door its share of the time; return 1 if anything crashed or took too long."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    share = 60 * parser.parse_args(arguments).minutes / len(DOORS)
    broken = 0
    for door in DOORS:
        end, times = time.monotonic() + share, [0.0]
        fault = ""
        while time.monotonic() < end and not fault:
            try:
                checked(door, examples=100, found=times)()
            except Exception as error:  # noqa: BLE001  # whatever it is, it was found
                fault = f"{type(error).__name__}: {error} {getattr(error, '__notes__', '')}"
        broken += bool(fault) or max(times) > SLOWEST
        print(f"{door:9} {len(times) - 1:6} inputs, slowest {max(times):5.2f} s {fault}", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())

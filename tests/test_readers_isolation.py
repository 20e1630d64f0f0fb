"""The child that reads hostile files: ended when it must be, replaced, and never believed blindly."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from documents import SENTENCE, make_pdf, one_page_pdf, tar_of, zip_of
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common import isolation, wire
from ingest.readers.common.document import TOO_MUCH_MEMORY, Entered
from ingest.readers.common.isolation import ENDED, PARSE_TIMED_OUT, end_children, read_isolated
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.readers.common.document import DocumentPart

OPTIONS = ReadOptions(60_000_000, parse_seconds=20)
GOOD = make_pdf([[SENTENCE]])


@pytest.fixture(autouse=True)
def _no_children() -> Iterator[None]:
    yield
    end_children()


def _slow() -> bytes:
    import zlib

    return one_page_pdf(zlib.compress(b"BT /F1 12 Tf (A) Tj ET " * 2_900_000), "/Filter /FlateDecode")


def outcome(path: Path, options: ReadOptions = OPTIONS) -> list[str]:
    """Return what reading gives, in short."""
    return [
        item.reason if isinstance(item, Failure) else "listed" if isinstance(item, Listed) else "article"
        for item in iter_source(path, options)
    ]


def test_a_child_serves_many_files(tmp_path: Path) -> None:
    """Starting Python costs more than reading: one process reads file after file."""
    path = tmp_path / "a.pdf"
    path.write_bytes(GOOD)
    assert outcome(path) == ["article"]
    first = isolation._idle[0]
    assert outcome(path) == ["article"]
    assert isolation._idle == [first]


def test_a_child_that_dies_is_replaced(tmp_path: Path) -> None:
    """Its file fails with a reason; a new process reads the next one."""
    path = tmp_path / "a.pdf"
    path.write_bytes(GOOD)
    assert len(list(read_isolated(path, "a", OPTIONS))) == 1
    isolation._idle[0]._process.kill()
    assert outcome(path) == ["article"]


def test_memory_has_a_limit(tmp_path: Path) -> None:
    """A row of 30 million fields needs more than the limit; the file fails and the next is read."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"title,text\n" + b"," * 30_000_000 + b"\n")
    assert outcome(path, ReadOptions(60_000_000, parse_mb=256)) == [TOO_MUCH_MEMORY]
    (tmp_path / "b.pdf").write_bytes(GOOD)
    assert outcome(tmp_path / "b.pdf") == ["article"]


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_hostile_member_fails_alone(tmp_path: Path, pack: Any) -> None:
    """The other members of its archive are read, those before it once."""
    path = tmp_path / ("a.zip" if pack is zip_of else "a.tar.gz")
    path.write_bytes(pack({"1.txt": SENTENCE.encode(), "2.pdf": _slow(), "3.txt": SENTENCE.encode()}))
    assert outcome(path, ReadOptions(60_000_000, parse_seconds=1, parse_mb=6_000)) == [
        "article",
        PARSE_TIMED_OUT,
        "article",
        "listed",
    ]


def test_reading_may_end_early(tmp_path: Path) -> None:
    """Whoever takes one article of an archive and goes leaves no child with half a file."""
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({f"{number}.txt": SENTENCE for number in range(1000)}))
    found = iter_source(path, OPTIONS)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert isolation._idle == []


def test_the_child_has_no_secrets_and_no_effects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given none of our variables, and in it nothing is fetched, started or written."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    (tmp_path / "a.pdf").write_bytes(GOOD)
    assert outcome(tmp_path / "a.pdf") == ["article"]
    pid = isolation._idle[0]._process.pid
    if (own := Path(f"/proc/{pid}/environ")).exists():  # where there is no /proc the command alone is held
        assert b"secret" not in own.read_bytes()
    code = (
        "import socket, subprocess, os\nfrom ingest.readers.common.process_limits import refuse_effects\n"
        "refuse_effects()\n"
        "for effect in (lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "    lambda: subprocess.run(['true']),\n"
        "    lambda: open('x.txt', 'w'), lambda: os.open('x.txt', os.O_CREAT | os.O_WRONLY),\n"
        "    lambda: os.system('true'), lambda: os.remove('a.pdf')):\n"
        "    try: effect()\n    except PermissionError as error: print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.count("a document may not") == 6, told.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_nonsense_from_a_child_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that says something else than it may is not listened to any longer."""
    (tmp_path / "a.pdf").write_bytes(GOOD)
    monkeypatch.setattr(wire, "part_of", lambda *_: (_ for _ in ()).throw(ValueError("nonsense")))
    assert outcome(tmp_path / "a.pdf") == [ENDED]


PARTS: tuple[DocumentPart, ...] = (
    Article("Text “x” \U0001f6a2.", "Title", "o", date(2024, 1, 30), "S", "https://a.example/", ("A", "B"),
            date(2024, 2, 1), "en", "World", (0, 3)),
    Article("t", "t", "o"),
    Failure("o\udc80", "Because."),
    Listed("o", complete=True),
    Entered(3, "o#3"),
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_what_is_sent_arrives(part: DocumentPart) -> None:
    """Every kind of message comes back as it was."""
    pipe = io.BytesIO()
    wire.send(pipe, *wire.fields_of(part))
    pipe.seek(0)
    assert wire.part_of(*wire.receive(pipe, 10_000)) == part


FALSE: tuple[object, ...] = (
    [], {}, "x", None, ["article"], ["article", []], [1, {}], ["end", {}, {}], {"a": 1},
)  # fmt: skip


@pytest.mark.parametrize("message", FALSE)
def test_what_is_no_message_is_refused(message: object) -> None:
    """Anything but a kind and its fields is an error of one class."""
    data = json.dumps(message).encode()
    with pytest.raises(ValueError, match="message"):
        wire.receive(io.BytesIO(struct.pack(">I", len(data)) + data), 10_000)


def test_a_message_over_the_limit_is_not_read() -> None:
    """The length is looked at before anything is taken into memory; a cut-off message is an end."""
    with pytest.raises(ValueError, match="over the limit"):
        wire.receive(io.BytesIO(b"\xff\xff\xff\xff"), 10_000)
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(b"\x00\x00\x00\x05ab"), 10_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "text", "title", "origin", "published", "source", "url", "authors", "modified", "language", "section",
    "pages", "reason", "complete", "number",
)  # fmt: skip


KINDS = st.sampled_from(["article", "failure", "listed", "entered", "other"])


@given(KINDS, st.fixed_dictionaries(dict.fromkeys(FIELDS, JSON)))
def test_false_fields_give_an_error_or_a_sound_value(kind: str, fields: dict[str, Any]) -> None:
    """Whatever stands in the fields, there comes a value of the right types or one of three errors."""
    try:
        part = wire.part_of(kind, fields)
    except (ValueError, KeyError, TypeError):
        return
    if isinstance(part, Article):
        assert type(part.text) is str
        assert all(type(page) is int for page in part.pages)

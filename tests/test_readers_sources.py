"""Files and folders: what is read, what is refused by what it is, and that the rest goes on."""

import gzip
import io
import os
import tracemalloc
from datetime import date
from pathlib import Path
from random import Random

import pytest

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers import iter_source, read_articles
from ingest.readers.common.files import lines_of
from ingest.readers.common.items import ReadOptions
from ingest.report import Failure

LIMIT = 1_000_000  # bytes
TEXT = "The council met on Monday. It voted to keep the library open."
TITLE = "The council met on Monday"
PAGE = (
    f"<!doctype html><html><head><title>Page</title></head><body><article><p>{TEXT * 5}</p></article></body>"
)
READ = (
    ".txt, .md, .html, .json, .jsonl, .rss, .csv, .pdf, .docx, .epub, .eml, .mbox, .warc, .zip and .tar, "
    "each also as .gz"
)
DATA = Path(__file__).parents[2] / "shared" / "data"


def read(source: Path | str) -> list[Article | Failure]:
    """Read a source under the limit of these tests."""
    found = iter_source(source, ReadOptions(LIMIT))
    return [item for item in found if isinstance(item, Article | Failure)]


def article(path: Path, text: str = TEXT, record: int | None = None) -> Article:
    """Return the article that a file with `text` must give."""
    origin = str(path) if record is None else f"{path}#{record}"
    return Article(text, TITLE, origin)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder with one article of every type, and what must not be read."""
    root = tmp_path / "articles"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "a.txt").write_text(TEXT, "utf-8")
    (root / "b" / "c.md").write_text(TEXT, "utf-8")
    (root / "b" / "d.JSON").write_text(f'{{"text": "{TEXT}"}}', "utf-8")
    (root / "b" / "e.jsonl.gz").write_bytes(gzip.compress(f'{{"text": "{TEXT}"}}\n'.encode()))
    (root / "f.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    for unread in (".hidden.txt", ".git/x.txt", "notes.odt", "picture.png"):
        (root / unread).write_text("not read", "utf-8")
    return root


def test_a_folder_is_read_in_order(folder: Path) -> None:
    """All types at all depths, sorted; hidden files and other types are passed over."""
    assert read(folder) == [
        article(folder / "a.txt"),
        article(folder / "f.txt.gz"),
        article(folder / "b" / "c.md"),
        article(folder / "b" / "d.JSON"),
        article(folder / "b" / "e.jsonl.gz", record=1),
    ]


def test_a_relative_path_has_an_absolute_origin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file is the same article from wherever it is named."""
    monkeypatch.chdir(folder)
    assert read("b/../a.txt") == [article(folder / "a.txt")]


BINARY = (
    (b"\x89PNG\r\n\x1a\n...", "a PNG picture"),
    (b"{\\rtf1 ...", "an RTF document"),
    (gzip.compress(gzip.compress(b"text")), "a gzip archive inside another"),
    (b"\x00\x01\x02\x03 text " * 10, "binary data"),
    (bytes(range(256)) * 10, "binary data"),
    (Random(7).randbytes(3000), "binary data"),  # noqa: S311  # packed or encrypted: control bytes by chance
)


@pytest.mark.parametrize(("data", "kind"), BINARY, ids=[kind for _, kind in BINARY])
def test_a_file_is_refused_by_what_it_is(tmp_path: Path, data: bytes, kind: str) -> None:
    """A picture or archive named .txt is named as what it is (case 2)."""
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    assert read(path) == [Failure(str(path), f"It is {kind}, not text. Save its text as .txt, .md or .html.")]


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.txt.gz"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """Nothing in it is said in words, for every type (case 1)."""
    path = tmp_path / name
    path.write_bytes(data)
    assert read(path) == [Failure(str(path), "It is empty.")]


@pytest.mark.parametrize(
    ("name", "data"), [("a.json", "[]"), ("a.json", '{"items": []}'), ("a.jsonl", "\n" * 9000)]
)
def test_a_file_without_records_is_a_failure(tmp_path: Path, name: str, data: str) -> None:
    """An export of nothing is not passed over in silence."""
    path = tmp_path / name
    path.write_text(data, "utf-8")
    assert read(path) == [Failure(str(path), "It holds no articles.")]


def test_a_page_named_txt_is_a_page(tmp_path: Path) -> None:
    """HTML is read as HTML whatever its name, and packed files whatever theirs."""
    path = tmp_path / "page.txt"
    path.write_bytes(gzip.compress(PAGE.encode()))
    (found,) = read(path)
    assert found == Article(TEXT * 5, "Page", str(path))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.html"])
def test_marked_encodings_are_read(tmp_path: Path, name: str, encoding: str) -> None:
    """A byte order mark decides the encoding of every type (case 9)."""
    text = {"a.txt": TEXT, "a.html": PAGE}.get(name, f'{{"text": "{TEXT}"}}')
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert [isinstance(item, Article) and item.text[: len(TEXT)] for item in read(path)] == [TEXT]


def test_a_packed_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    """200 MB packed in 200 kB are refused without being unpacked (case 8)."""
    path = tmp_path / "bomb.txt.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for _ in range(200):
            packed.write(b"a" * 1_000_000)
    tracemalloc.start()
    items = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    reason = "It is larger than 1 MB. Split it, or raise FOOTNOTE_MAX_FILE_MB."
    assert items == [Failure(str(path), reason)]
    assert peak < 10 * LIMIT


def test_a_record_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    """In JSON Lines the limit is a line's; the file itself may be larger and the next line is read."""
    path = tmp_path / "a.jsonl"
    lines = [f'{{"text": "{TEXT}"}}', f'{{"text": "{"x" * LIMIT}"}}', f'{{"text": "{TEXT}"}}']
    path.write_text("\n".join(lines), "utf-8")
    reason = "The record is larger than 1 MB. Split it, or raise FOOTNOTE_MAX_FILE_MB."
    expected = [article(path, record=1), Failure(f"{path}#2", reason), article(path, record=3)]
    assert read(path) == expected


def test_an_endless_record_ends_the_reading() -> None:
    """A line many times over the limit is given up, not unpacked to its end."""
    stream = io.BytesIO(b"a\n" + b"x" * 1000 + b"\nb\n")
    reason = (
        "The record is larger than 1e-05 MB. Split it, or raise FOOTNOTE_MAX_FILE_MB. Reading stopped there."
    )
    assert list(lines_of(stream, "f", 10)) == [b"a\n", Failure("f#2", reason)]
    assert stream.tell() < 100


def test_a_cut_off_archive_keeps_what_came_before(tmp_path: Path) -> None:
    """Records before the damage are read, and the damage is named."""
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress(b"".join(b'{"text": "%s %d"}\n' % (TEXT.encode(), n) for n in range(1, 5000)))
    path.write_bytes(packed[: len(packed) // 2])
    *before, last = read(path)
    assert last == Failure(str(path), "Its gzip data is damaged or cut off. Pack it again.")
    assert before[0] == article(path, f"{TEXT} 1", record=1)


def test_many_records_are_never_held_together(tmp_path: Path) -> None:
    """50 MB of records pass through in a few."""
    path = tmp_path / "many.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for number in range(500):
            packed.write(b'{"text": "%d %s"}\n' % (number, b"word " * 20_000))
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in iter_source(path, ReadOptions(LIMIT)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 5_000_000) == (500, True)


LEAVES = "The link leads out of the folder and is not followed. Name its target itself to read it."


def test_links_out_of_a_folder_are_not_followed(folder: Path) -> None:
    """Links to elsewhere, to nothing and to themselves are failures; those within no copies (case 10)."""
    (folder.parent / "secret.txt").write_text("secret", "utf-8")
    (folder / "b" / "g.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "b" / "h.txt").symlink_to(folder / "nowhere.txt")
    (folder / "b" / "i.txt").symlink_to(folder / "b" / "i.txt")
    (folder / "b" / "j.txt").symlink_to(folder / "a.txt")
    (folder / "b" / "out").symlink_to(folder.parent)
    (folder / "b" / "up").symlink_to(folder)
    bad = [Failure(str(folder / "b" / name), LEAVES) for name in ("g.txt", "h.txt", "i.txt", "out")]
    assert [item for item in read(folder) if isinstance(item, Failure)] == bad
    assert sum(isinstance(item, Article) for item in read(folder)) == 5


def test_a_link_to_a_hidden_file_within_is_read(folder: Path) -> None:
    """Folders that are swapped by links, as containers mount them, are read once."""
    (folder / "linked.txt").symlink_to(folder / ".git" / "x.txt")
    (folder / ".git" / "x.txt").write_text(TEXT, "utf-8")
    assert [item for item in read(folder) if "linked" in str(item)] == [article(folder / "linked.txt")]


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe that nobody writes to does not hang the run (case 10)."""
    os.mkfifo(tmp_path / "pipe.txt")
    reason = "It is not a regular file. Copy its content into one."
    assert read(tmp_path) == [Failure(str(tmp_path / "pipe.txt"), reason)]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_named(folder: Path) -> None:
    """A file and a folder without permission are failures, and the rest is read (case 10)."""
    (folder / "a.txt").chmod(0)
    (folder / "b").chmod(0)
    items = read(folder)
    (folder / "b").chmod(0o700)
    assert [item for item in items if isinstance(item, Failure)] == [
        Failure(str(folder / "a.txt"), "It can't be read: permission denied. Change its permissions."),
        Failure(str(folder / "b"), "The folder can't be read: Permission denied. Change its permissions."),
    ]


def test_a_name_that_is_not_unicode_has_a_storable_origin(tmp_path: Path) -> None:
    """Bytes of a file's name that are no UTF-8 are written out."""
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(TEXT, "utf-8")
    assert read(tmp_path) == [article(tmp_path / "caf\\xe9.txt")]


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    """The failure stands where the article would have been."""
    (folder / "a.txt").write_bytes(b"%!PS-Adobe-3.0")
    outcomes = [isinstance(item, Article) for item in read(folder)]
    assert outcomes == [False, True, True, True, True]


WHOLE = (
    ("", "''", "Nothing is named. Give the path of a file or folder."),
    ("/no/such.txt", "/no/such.txt", "It does not exist. Check the path."),
    ("/no/such.odt", "/no/such.odt", "It does not exist. Check the path."),
    ("/dev/zero", "/dev/zero", f"Files of this type are not read. Read are {READ}."),
    ("/no/\0.txt", "/no/\0.txt", "It can't be read: embedded null byte. Check the file and its disk."),
    ("/" + "x" * 300 + ".txt", "/" + "x" * 300 + ".txt",
     "It can't be read: File name too long. Check the file and its disk."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "named", "reason"), WHOLE, ids=range(len(WHOLE)))
def test_a_source_that_gives_nothing_is_an_error(source: str, named: str, reason: str) -> None:
    """`iter_source` yields the failure, `read_articles` raises it."""
    assert read(source) == [Failure(named, reason)]
    with pytest.raises(SourceError) as error:
        list(read_articles(source))
    assert (error.value.source, error.value.reason) == (named, reason)


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    """An empty folder, or one of other types, is not a silent success."""
    (tmp_path / "a.odt").write_text("x", "utf-8")
    assert read(tmp_path) == [Failure(str(tmp_path), f"The folder has no files to read. Read are {READ}.")]


def test_read_articles_passes_over_what_fails(folder: Path) -> None:
    """Some articles are a success; only none at all is an error."""
    (folder / "a.txt").write_bytes(b"")
    assert len(list(read_articles(folder))) == 4


def test_the_size_limit_comes_from_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FOOTNOTE_MAX_FILE_MB decides what `read_articles` refuses."""
    path = tmp_path / "a.txt"
    path.write_text("word " * 300_000, "utf-8")
    assert len(list(read_articles(path))) == 1
    monkeypatch.setenv("FOOTNOTE_MAX_FILE_MB", "1")
    with pytest.raises(SourceError, match="larger than 1 MB"):
        list(read_articles(path))


@pytest.mark.skipif(not DATA.exists(), reason="needs the evaluation data beside the repository")
def test_the_first_article_is_read() -> None:
    """The article that the project started from gives its date, paper and text."""
    (found,) = read_articles(DATA / "seed")
    assert (found.published, found.source) == (date(2024, 1, 30), "Islam Times")
    assert found.text.startswith("The Pentagon said on Monday")

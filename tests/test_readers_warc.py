"""Web archives: each page under its address, and nothing that the crawl adds taken for the article's."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest
from documents import PAGE, warc_record

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.readers.common.items import Item

OPTIONS = ReadOptions(1_000_000, parse_seconds=20)
URL = "https://gazette.example/{}"
CHUNKED = "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"


def read(path: Path, data: bytes, options: ReadOptions = OPTIONS) -> list[Item]:
    """Write a web archive and read it."""
    path.write_bytes(data)
    return list(iter_source(path, options))


def addresses(items: list[Item]) -> list[str | None]:
    """Return the addresses of articles."""
    return [item.url for item in items if isinstance(item, Article)]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_are_articles_under_their_addresses(tmp_path: Path, name: str) -> None:
    """Pictures, errors and redirects are passed over; the day of the crawl is no publication date."""
    records = (
        warc_record(URL.format("one"), PAGE.encode()),
        warc_record(URL.format("a.png"), b"\x89PNG", "Content-Type: image/png"),
        warc_record(URL.format("gone"), PAGE.encode(), status="404 Not Found"),
        warc_record(URL.format("empty"), b""),
        warc_record("dns:gazette.example", b"1.2.3.4", "Content-Type: text/dns"),
        warc_record(URL.format("two?utm_source=x"), PAGE.encode()),
    )
    data = b"".join(gzip.compress(record) if name.endswith("gz") else record for record in records)
    items = read(tmp_path / name, data)
    assert addresses(items) == [URL.format("one"), URL.format("two")]
    first = items[0]
    assert isinstance(first, Article)
    assert (first.published, first.source, first.origin) == (None, "gazette.example", f"{tmp_path / name}#1")
    assert items[-1] == Listed(str(tmp_path / name), complete=True)


def test_packed_and_chunked_answers_are_unpacked(tmp_path: Path) -> None:
    """Some crawlers store answers as they came over the wire."""
    packed = gzip.compress(PAGE.encode())
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    assert addresses(read(tmp_path / "a.warc", warc_record(URL.format("x"), body, CHUNKED))) == [
        URL.format("x")
    ]


@pytest.mark.parametrize("encoding", ["br", "BR"])
def test_pages_packed_with_brotli_are_read(tmp_path: Path, encoding: str) -> None:
    """What browsers that crawl store; packed bombs and damage fail alone."""
    import brotli  # type: ignore[import-untyped]

    headers = f"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: {encoding}"
    packed = brotli.compress(PAGE.encode())
    bodies = (
        packed,
        PAGE.encode(),
        packed[:-9],
        os.urandom(100),
        brotli.compress(b"<p>" + b"x" * 20_000_000, quality=1),
    )
    data = b"".join(warc_record(URL.format(number), body, headers) for number, body in enumerate(bodies))
    found = read(tmp_path / "a.warc", data)
    assert addresses(found) == [URL.format(0), URL.format(1)]
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert len(reasons) == 3
    assert "larger than" in reasons[2]


def test_an_answer_whose_chunks_the_crawler_joined_is_read(tmp_path: Path) -> None:
    """The header is left as it was; whatever stands there, the pages behind it are read."""
    headers = "Content-Type: text/html\r\nTransfer-Encoding: chunked"
    bodies = (PAGE.encode(), b"4\r\n<p>T\r\nzz", b"ff\r\n<p>T", PAGE.encode())
    data = b"".join(warc_record(URL.format(number), body, headers) for number, body in enumerate(bodies))
    found = read(tmp_path / "a.warc", data)
    assert addresses(found) == [URL.format(0), URL.format(3)]
    assert sum(isinstance(item, Failure) for item in found) == 2
    assert isinstance(found[-1], Listed)


@pytest.mark.parametrize("days", [("2025-01-01", "2025-03-01"), ("2025-03-01", "2025-01-01")])
def test_of_a_page_met_twice_the_later_state_counts(tmp_path: Path, days: tuple[str, str]) -> None:
    """The day of the record decides, not its place; an answer without a page replaces none."""
    page, url = PAGE.replace("</article>", "<p>It is {}.</p></article>"), URL.format("x")
    data = b"".join(warc_record(url, page.format(day).encode(), on=day) for day in days)
    gone = warc_record(url, b"Gone", status="404 Not Found", on="2025-04-01")
    articles = [item for item in read(tmp_path / "a.warc", data + gone) if isinstance(item, Article)]
    assert ["2025-03-01" in article.text for article in articles] == [True]


def test_large_and_packed_bombs_fail_alone(tmp_path: Path) -> None:
    """A page over the limit, before or after unpacking, is a failure, and the next one is read (case 8)."""
    bomb = gzip.compress(b"<html>" + b"a" * 50_000_000)
    records = (
        warc_record(URL.format("large"), b"a" * 2_000_000),
        warc_record(URL.format("bomb"), bomb, "Content-Type: text/html\r\nContent-Encoding: gzip"),
        warc_record(URL.format("fine"), PAGE.encode()),
    )
    items = read(tmp_path / "a.warc", b"".join(records))
    assert addresses(items) == [URL.format("fine")]
    reasons = [item.reason for item in items if isinstance(item, Failure)]
    assert reasons == ["The page is larger than FOOTNOTE_MAX_FILE_MB. Raise that to read it."] * 2


def test_a_canonical_address_counts_on_its_own_site_only(tmp_path: Path) -> None:
    """A page can't put itself under another site's name; `<base href>` has no say (case 15)."""
    heads = (
        '<link rel="canonical" href="https://www.gazette.example/real">',
        '<link rel="canonical" href="https://famous.example/x"><meta property="og:url" content="https://x.example/y">',
        '<link rel="canonical" href="javascript:alert(1)"><base href="https://famous.example/">',
        '<base href="https://famous.example/"><link rel="canonical" href="/real">',
    )
    pages = [PAGE.replace("<head>", f"<head>{head}").encode() for head in heads]
    data = b"".join(warc_record(URL.format(number), page) for number, page in enumerate(pages))
    expected = ["https://www.gazette.example/real", URL.format(1), URL.format(2), URL.format("real")]
    assert addresses(read(tmp_path / "a.warc", data)) == expected


@pytest.mark.parametrize("share", [10, 50, 90])
def test_a_truncated_crawl_does_not_claim_its_end(tmp_path: Path, share: int) -> None:
    """What came before the break is read; that something is missing is said."""
    data = b"".join(warc_record(URL.format(number), PAGE.encode()) for number in range(20))
    items = read(tmp_path / "a.warc.gz", gzip.compress(data)[: -1 * (100 - share) - 20])
    assert any(isinstance(item, Failure) for item in items)
    assert not any(isinstance(item, Listed) for item in items)

#!/usr/bin/env bash
# FastWARC 2.0.1: with auto_decode, one page that says gzip and isn't packed takes the rest of the archive with it.
#
# Guess before: a body that can't be unpacked raises an error when it is read, as a wrong chunk header does; the next
# turn of the loop gives the next record. (Crawlers that unpack a page and keep its headers are common; warcio
# hands such a body out as it is.)
# Seen: reading the body raises, and so does asking for the next record, and every time after that: the pages behind
# it are out of reach in that pass, even for a caller that catches the error. After a wrong `chunked` the
# iterator goes on. It doesn't depend on whether the archive itself is compressed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet FastWARC==2.0.1 warcio==1.8.1
"$folder/venv/bin/python" - <<'PYTHON'
import io

import warcio.archiveiterator
from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"<html><body>Hello</body></html>"


def archive(header: tuple[str, str], *, gzip: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for name, extra in (("one", []), ("mislabelled", [header]), ("three", []), ("four", [])):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *extra], protocol="HTTP/1.1")
        url = f"http://example.org/{name}"
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(PAGE), http_headers=headers))
    return out.getvalue()


def steps(data: bytes) -> list[str]:
    """Return what each of six turns gives; a caller that lets no error end it."""
    records, seen = ArchiveIterator(io.BytesIO(data), parse_http=True, auto_decode="all"), []
    for _ in range(6):
        try:
            record = next(records)
        except StopIteration:
            seen.append("end")
            break
        except OSError as error:
            seen.append(f"next: {error}")
            continue
        name = record.headers["WARC-Target-URI"].rpartition("/")[2]
        try:
            seen.append(f"{name}: {'read' if record.reader.read() == PAGE else 'something else'}")
        except OSError as error:
            seen.append(f"{name}: {str(error)[:20]}")
    return seen


for gzip in (True, False):
    chunked = steps(archive(("Transfer-Encoding", "chunked"), gzip=gzip))
    packed = steps(archive(("Content-Encoding", "gzip"), gzip=gzip))
    print(f"archive compressed: {gzip}", f"says chunked: {chunked}", f"says gzip:    {packed}", sep="\n  ")
    assert [step.split(":")[0] for step in chunked] == ["one", "mislabelled", "three", "four", "end"]
    assert [step.split(":")[0] for step in packed] == ["one", "mislabelled", "next", "next", "next", "next"]

with_warcio = warcio.archiveiterator.ArchiveIterator(io.BytesIO(archive(("Content-Encoding", "gzip"), gzip=True)))
bodies = [record.content_stream().read() for record in with_warcio]
print("warcio:", bodies)
assert bodies == [PAGE] * 4
PYTHON

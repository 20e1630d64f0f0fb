#!/usr/bin/env bash
# warcio 1.8.1 with Brotli 1.0.9, 1.1.0 and 1.2.1: installing the package `brotli` makes brotli pages unreadable.
#
# Guess before: content_stream() unpacks what a server packed; for `Content-Encoding: br` it needs the package
# `brotli`, which it imports if it is there.
# Seen: without the package the page comes packed, without a word. With it, content_stream() raises AttributeError on
# each such page: warcio sets an attribute on brotli's Decompressor, a type in C that takes none, in all three
# versions alike. (warcio's own extra asks for `brotlipy`, another package that is imported by the same name.)
# `brotli` itself arrives unasked, as an extra of HTTP clients.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet warcio==1.8.1
cat > "$folder/read.py" <<'PYTHON'
import io
from importlib.metadata import version

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"hello hello hello"
PACKED = bytes.fromhex("1b1000f88d946ede445586966c206f014f1c601c")

out = io.BytesIO()
writer = WARCWriter(out, gzip=True)
for kind, body in ((None, PAGE), ("br", PACKED), (None, PAGE)):
    fields = [("Content-Type", "text/plain"), *([("Content-Encoding", kind)] if kind else [])]
    headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
    url = "http://example.org/"
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
out.seek(0)
seen = []
for record in ArchiveIterator(out):
    try:
        body = record.content_stream().read()
        seen.append("page" if body == PAGE else "packed" if body == PACKED else repr(body))
    except AttributeError as error:
        seen.append(f"AttributeError: {error}")
try:
    import brotli
except ModuleNotFoundError:
    print("no brotli:", seen)
    assert seen == ["page", "packed", "page"]
else:
    assert brotli.decompress(PACKED) == PAGE
    print("brotli", version("brotli"), seen)
    assert seen == ["page", "AttributeError: 'brotli.Decompressor' object has no attribute 'unused_data'", "page"]
PYTHON
"$folder/venv/bin/python" "$folder/read.py"
for version in 1.0.9 1.1.0 1.2.1; do
    "$folder/venv/bin/pip" install --quiet "brotli==$version"
    "$folder/venv/bin/python" "$folder/read.py"
done

#!/usr/bin/env bash
# httpx 0.28.1: of a gzip body of several members only the first is read, and the response looks whole.
#
# Guess before: a gzip file may be several put one behind the other (RFC 1952, 2.2), and every reader of gzip goes on to
# the next: gunzip, Python's gzip module, urllib3. Where a client doesn't, it raises a DecodingError.
# Seen: `content` and what is streamed end with the first member: three of nine lines here, status 200 and no error,
# although all the bytes of Content-Length came. bgzip writes a member for every 64 KB, and days of a log that
# were packed one by one and put together are such a body. With `Content-Encoding: zstd`, httpx goes
# on to the next frame.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'httpx[zstd]==0.28.1' zstandard==0.25.0 urllib3==2.8.0
"$folder/venv/bin/python" - <<'PYTHON'
import gzip
import http.server
import threading

import httpx
import urllib3
import zstandard

PARTS = [b"".join(b"day %d, line %d\n" % (day, line) for line in (1, 2, 3)) for day in (1, 2, 3)]
PACKED = {
    "gzip": b"".join(map(gzip.compress, PARTS)),
    "zstd": b"".join(map(zstandard.compress, PARTS)),
}
assert gzip.decompress(PACKED["gzip"]) == b"".join(PARTS)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind = self.path.strip("/")
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Encoding", kind)
        self.send_header("Content-Length", str(len(PACKED[kind])))
        self.end_headers()
        self.wfile.write(PACKED[kind])

    def log_message(self, *_: object) -> None:
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/"

with httpx.Client(trust_env=False) as client:
    whole = client.get(address + "gzip")
    with client.stream("GET", address + "gzip") as response:
        streamed = list(response.iter_lines())
    frames = client.get(address + "zstd")
other = urllib3.PoolManager().request("GET", address + "gzip")
seen = {
    "httpx, gzip": whole.content.count(b"\n"),
    "httpx, gzip, streamed": len(streamed),
    "httpx, zstd": frames.content.count(b"\n"),
    "urllib3, gzip": other.data.count(b"\n"),
}
for name, lines in seen.items():
    print(f"  {name:22} {lines} of 9 lines")
assert whole.status_code == 200 and whole.num_bytes_downloaded == len(PACKED["gzip"])
assert whole.content == PARTS[0]
assert seen == {"httpx, gzip": 3, "httpx, gzip, streamed": 3, "httpx, zstd": 9, "urllib3, gzip": 9}, seen
PYTHON

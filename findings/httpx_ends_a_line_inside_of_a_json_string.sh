#!/usr/bin/env bash
# httpx 0.28.1 (with ollama 0.6.3): iter_lines() ends lines at U+0085 and U+2028 too, which JSON has inside of strings.
#
# Guess before: iter_lines() gives what stands between line feeds, so that a stream of JSON, one value a line, is read
# by json.loads(line); JSON lets no line feed into a string, and a text of any characters passes.
# Seen: lines are those of str.splitlines(): U+0085, U+2028 and U+2029 end one as well. JSON allows all three in a
# string as they are (RFC 8259, 7), and json.dumps(ensure_ascii=False) writes them so: one value becomes two halves. A
# streamed chat with the client of ollama breaks off with a JSONDecodeError in the middle of an answer that quotes such
# a text; not streamed, the same answer arrives. (U+0085 is what an old page's "…" becomes when read as Latin-1.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet httpx==0.28.1 ollama==0.6.3
"$folder/venv/bin/python" - <<'PYTHON'
import http.server
import json
import threading

import httpx
import ollama

TEXTS = {"plain": "They said: wait, then go.", "U+0085": "They said: wait\x85 then go.", "U+2028": "Said:\u2028wait."}


def message(text: str, done: bool) -> bytes:
    value = {"model": "m", "message": {"role": "assistant", "content": text}, "done": done}
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = TEXTS[asked["messages"][0]["content"]]
        parts = [("One moment. ", False), (text, False), ("", True)] if asked["stream"] else [(text, True)]
        body = b"".join(message(*part) for part in parts)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = ollama.Client(f"http://127.0.0.1:{server.server_port}", trust_env=False)


def told(name: str, *, stream: bool) -> tuple[list[str], str]:
    """Return the texts that arrived, and the error that ended them."""
    texts: list[str] = []
    try:
        answer = client.chat("m", [{"role": "user", "content": name}], stream=stream)
        for part in answer if stream else [answer]:
            texts.append(part["message"]["content"])
    except json.JSONDecodeError as error:
        return texts, type(error).__name__
    return texts, "none"


for name, text in TEXTS.items():
    lines = list(httpx.Response(200, content=message(text, False)).iter_lines())
    streamed, at_once = told(name, stream=True), told(name, stream=False)
    print(f"  {name:7} {len(lines)} lines of one; streamed {streamed[0]}, error {streamed[1]}; at once {at_once[1]}")
    assert message(text, False).count(b"\n") == 1 and at_once == ([text], "none")
    assert len(list(httpx.Response(200, content=message("a\u2029b", False)).iter_lines())) == 2
    if name == "plain":
        assert len(lines) == 1 and streamed == (["One moment. ", text, ""], "none"), streamed
    else:
        assert len(lines) == 2 and streamed == (["One moment. "], "JSONDecodeError"), streamed
PYTHON

#!/usr/bin/env bash
# langchain-text-splitters 1.1.3: with lengths in words or tokens, every second chunk begins at -1.
#
# Guess before: add_start_index=True gives the place at which a chunk begins in its text, whatever the pieces are
# measured with: text[start:start + len(chunk)] is the chunk. It is what a citation is made of.
# Seen: the place is searched for, from where the last chunk ended, less the overlap; the end is counted in characters
# and the overlap in what `length_function` counts. An overlap of 10 words is 10 characters then: the search begins
# behind the chunk, and `start_index` is -1. The search after that begins at the top of the text, so the next chunk is
# found again. In characters, or without overlap, all are right. Python takes -1 for a place: text[-1:] is the last
# letter, and nothing fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet langchain-text-splitters==1.1.3
"$folder/venv/bin/python" - <<'PYTHON'
from collections.abc import Callable

from langchain_text_splitters import RecursiveCharacterTextSplitter

TEXT = " ".join(f"On day {day} the ferry left the harbour with {day * 7 % 40} passengers." for day in range(90))


def words(text: str) -> int:
    return len(text.split())


def starts(size: int, overlap: int, length: Callable[[str], int]) -> list[int]:
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=overlap, length_function=length, add_start_index=True
    )
    chunks = splitter.create_documents([TEXT])
    places = [chunk.metadata["start_index"] for chunk in chunks]
    for place, chunk in zip(places, chunks, strict=True):
        assert place == -1 or TEXT[place:].startswith(chunk.page_content)
    return places


seen = {
    "characters, overlap 50": starts(200, 50, len),
    "words, overlap 10": starts(40, 10, words),
    "words, no overlap": starts(40, 0, words),
}
for name, places in seen.items():
    print(f"  {name:24} {places[:8]}")
assert -1 not in seen["characters, overlap 50"] + seen["words, no overlap"]
counted = seen["words, overlap 10"]
assert len(counted) > 20 and set(counted[1::2]) == {-1} and -1 not in counted[::2], counted
PYTHON

#!/usr/bin/env bash
# chromadb 1.5.9: upsert() puts a record's new metadata over the old ones, and what the new ones lack stays.
#
# Guess before: upsert is insert or replace: afterwards the record is what was passed, as if it had been deleted and
# added. update() is the call that changes parts.
# Seen: of a record that exists only the keys that were passed change. A note that the new version no longer has stays,
# and filters find the article by it; a text that isn't passed stays beside a new vector that was made of another. None
# as a key's value takes the key away, so that whoever writes has to know the keys of the old version. The same calls
# into an empty collection give another result. add() of an id that exists does nothing and says nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet chromadb==1.5.9
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import chromadb
from chromadb.config import Settings

client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
articles = client.create_collection("articles", embedding_function=None)


def stored(name: str) -> tuple[dict[str, object], str | None, list[float]]:
    found = articles.get(ids=[name], include=["metadatas", "documents", "embeddings"])
    return found["metadatas"][0], found["documents"][0], found["embeddings"][0].tolist()


articles.add(
    ids=["a"], embeddings=[[1, 0]], documents=["First."], metadatas=[{"section": "news", "correction": "Wrong day."}]
)
for name in ("a", "new"):
    articles.upsert(ids=[name], embeddings=[[0, 1]], metadatas=[{"section": "sport"}])
    print(f"  upserted {name!r:6}", stored(name))
assert stored("new") == ({"section": "sport"}, None, [0, 1])
assert stored("a") == ({"section": "sport", "correction": "Wrong day."}, "First.", [0, 1])
assert articles.get(where={"correction": "Wrong day."})["ids"] == ["a"]

articles.upsert(ids=["a"], embeddings=[[0, 1]], metadatas=[{"section": "sport", "correction": None}])
print("  with None     ", stored("a"))
assert stored("a")[0] == {"section": "sport"}

articles.add(ids=["a"], embeddings=[[1, 1]], documents=["Third."])
print("  added again   ", stored("a"))
assert stored("a")[1:] == ("First.", [0, 1])
PYTHON

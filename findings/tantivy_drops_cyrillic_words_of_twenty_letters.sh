#!/usr/bin/env bash
# tantivy 0.27.0 (Python): the default analyzers drop words of 40 bytes, which is 20 letters of Cyrillic or Greek.
#
# Guess before: very long tokens are dropped to keep rubbish out of the index; no word that a dictionary has is that
# long. What holds for English holds for Russian.
# Seen: the limit counts bytes of UTF-8 and goes by the same number in every script: 39 Latin letters pass, of Greek and
# Cyrillic 19. The Russian word for a sight (21 letters) is neither indexed nor searched, and a query for it finds
# nothing without an error; the same goes for a run of 14 Chinese characters, which is one token. `en_stem` has the
# same filter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tantivy==0.27.0
"$folder/venv/bin/python" - <<'PYTHON'
import tantivy


def found(word: str, analyzer: str) -> bool:
    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name=analyzer).build()
    index = tantivy.Index(schema)
    writer = index.writer()
    writer.add_document(tantivy.Document(text=f"x {word} x"))
    writer.commit()
    index.reload()
    return index.searcher().search(index.parse_query(word, ["text"]), 1).count == 1


RUSSIAN = "достопримечательность"
WORDS = {
    "39 Latin letters": "a" * 39,
    "40 Latin letters": "a" * 40,
    "19 Cyrillic letters": RUSSIAN[:19],
    "достопримечательность (a sight)": RUSSIAN,
    "ηλεκτροεγκεφαλογράφημα (EEG)": "ηλεκτροεγκεφαλογράφημα",
    "13 Chinese characters": "国" * 13,
    "14 Chinese characters": "国" * 14,
}
seen = {analyzer: [found(word, analyzer) for word in WORDS.values()] for analyzer in ("default", "en_stem")}
for name, *each in zip(WORDS, *seen.values(), strict=True):
    print(f"  {name:35} {dict(zip(seen, each, strict=True))}")
assert all(each == [True, False, True, False, False, True, False] for each in seen.values()), seen
PYTHON

#!/usr/bin/env bash
# SQLite 3.54.1 (apsw 3.54.1.0), FTS5: a word that stands in half of the rows or more has no say in the ranking.
#
# Guess before: bm25() ranks like Lucene's BM25: a common word counts less than a rare one, and still counts. With
# half of the rows having it, the row that has it five times gets some third of what a rare word gives.
# Seen: the weight of a word is log((N - n + .5) / (n + .5)), without Lucene's "1 +", and where that isn't above
# zero FTS5 puts 0.000001. A word in 50 of 100 rows has 80,000 times less to say than one in 48, however often it
# stands in a row: from there on it orders rows only among those that have nothing else. In a library about one
# subject that is the word of the subject. tantivy 0.27.0, with Lucene's formula, gives .29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apsw==3.54.1.0 tantivy==0.27.0
"$folder/venv/bin/python" - <<'PYTHON'
import apsw
import tantivy

ROWS = 100


def rows(having: int) -> list[str]:
    """Return texts of five words, of which so many have `storm`; the first has it five times, the last has `bridge`."""
    first, others = "storm storm storm storm storm", ["a storm at the coast"] * (having - 1)
    return [first, *others, *["calm weather at the coast"] * (ROWS - having - 1), "a bridge at the coast"]


def with_fts5(texts: list[str], word: str) -> float:
    database = apsw.Connection(":memory:")
    database.execute("create virtual table texts using fts5(text)")
    database.executemany("insert into texts values(?)", [(text,) for text in texts])
    found = database.execute("select bm25(texts) from texts(?) order by rank limit 1", (word,))
    return -next(found)[0]


def with_tantivy(texts: list[str], word: str) -> float:
    schema = tantivy.SchemaBuilder().add_text_field("text").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    index.reload()
    hits = index.searcher().search(tantivy.Query.term_query(schema, "text", word), 1).hits
    return hits[0][0]


print("SQLite", apsw.sqlite_lib_version(), "— best row of `storm` : row of `bridge`")
shares = {}
for having in (10, 30, 48, 50, 60):
    texts = rows(having)
    shares[having] = tuple(score(texts, "storm") / score(texts, "bridge") for score in (with_fts5, with_tantivy))
    print(f"  {having} of {ROWS} rows have it: FTS5 {shares[having][0]:.7f}, tantivy {shares[having][1]:.4f}")
assert shares[48][0] > 0.01 and all(shares[having][0] < 1e-6 for having in (50, 60)), shares
assert all(tantivy_share > 0.1 for _, tantivy_share in shares.values()), shares
PYTHON

#!/usr/bin/env bash
# SQLite 3.54.1 (apsw 3.54.1.0), FTS5 with the porter tokenizer: "popul*" finds "population", and "populati*" doesn't.
#
# Guess before: a prefix query finds every row that has a word beginning so. The stemmer only adds to it: the index
# has shorter words, and what `x*` finds, a shorter prefix finds as well. Search while somebody types is built on it.
# Seen: the index has "popul", and the prefix goes through the stemmer as if it were a word. Where a prefix ends within
# the suffix, the stemmer leaves it alone, longer than the stem: no row begins so. The word is found for its first
# letters, lost for up to five more, and there again when it is whole, as 9 of these 13 words are. Without the
# stemmer all prefixes find it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apsw==3.54.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import apsw

WORDS = (
    "population happiness nationalisation negotiations reliability activities effectiveness electricity organisation"
    " councillors agreement ferries harbours"
).split()


def lost(tokenizer: str) -> dict[str, list[str]]:
    """Return, for each word, its prefixes of three letters or more that don't find it."""
    database = apsw.Connection(":memory:")
    database.execute(f"create virtual table texts using fts5(text, tokenize='{tokenizer}')")
    database.executemany("insert into texts values(?)", [(word,) for word in WORDS])
    missing = {}
    for word in WORDS:
        prefixes = [word[:length] for length in range(3, len(word) + 1)]
        asked = "select 1 from texts(?) where text = ?"
        missing[word] = [each for each in prefixes if not list(database.execute(asked, (f"{each}*", word)))]
    return missing


print("SQLite", apsw.sqlite_lib_version())
seen = lost("porter")
for word, prefixes in seen.items():
    print(f"  {word:16} lost at {prefixes}")
assert seen["population"] == ["popula", "populat", "populati", "populatio"], seen
assert seen["happiness"] == ["happin", "happine", "happines"], seen
assert sum(bool(prefixes) for prefixes in seen.values()) == 9
assert not any(word in prefixes for word, prefixes in seen.items())
assert not any(lost("unicode61").values())
PYTHON

#!/usr/bin/env bash
# tantivy 0.27.0 (Python): the places of a snippet's hits count bytes, so that a slice of it shows another word.
#
# Guess before: fragment() is a Python string and highlighted() gives `start` and `end` in it, so that
# fragment[start:end] is the word that was found, as with the ranges of other Python libraries.
# Seen: the numbers are places in the fragment's UTF-8. Each ä or é in front moves the mark by one letter, each curly
# quotation mark by two: behind two of these and one Å, what is marked for "ferry" is " burn". Nothing fails, and English
# without typographic marks looks right. to_html() marks the right word. set_max_num_chars() counts bytes as well: a
# fragment of Greek has half as many letters as one of English.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tantivy==0.27.0
"$folder/venv/bin/python" - <<'PYTHON'
import tantivy


def snippet(text: str, wanted: str, longest: int = 150) -> tantivy.Snippet:
    schema = tantivy.SchemaBuilder().add_text_field("text", stored=True).build()
    index = tantivy.Index(schema)
    writer = index.writer()
    writer.add_document(tantivy.Document(text=text))
    writer.commit()
    index.reload()
    searcher, query = index.searcher(), index.parse_query(wanted, ["text"])
    generator = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
    generator.set_max_num_chars(longest)
    return generator.snippet_from_doc(searcher.doc(searcher.search(query, 1).hits[0][1]))


EXPECTED = {
    "The mayor said the harbour ferry burned down.": "ferry",
    "The mayor of Åre said the harbour ferry burned down.": "erry ",
    "“Help,” the mayor of Åre said, and the harbour ferry burned down.": " burn",
}
for text, expected in EXPECTED.items():
    found = snippet(text, "ferry")
    (place,) = found.highlighted()
    sliced = found.fragment()[place.start : place.end]
    in_bytes = found.fragment().encode()[place.start : place.end].decode()
    print(f"  {sliced!r:9} of {found.to_html()}")
    assert sliced == expected and in_bytes == "ferry" and "<b>ferry</b>" in found.to_html(), sliced

english = len(snippet("ship " * 60, "ship", 100).fragment())
greek = len(snippet("πλοίο " * 60, "πλοίο", 100).fragment())
print(f"  fragments of at most 100: {english} letters of English, {greek} of Greek")
assert english > 90 and greek < 60
PYTHON

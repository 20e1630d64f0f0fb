#!/usr/bin/env bash
# trafilatura 2.3.1: words in <time>, <label> and <output> are cut out of their sentence, and <q> breaks it in two.
#
# Guess before: what stands in a paragraph of the main text is its text. Inline elements only mark it up: <time> gives
# a day for machines, <q> puts quotation marks around words.
# Seen: of "The vote is set for <time>5 May</time> in the town hall" there remains "The vote is set for in the town
# hall". <label> and <output> lose their words as well; <data>, <meter> and <abbr>, which mark words up in the same
# way, keep them. <q> is taken for a block of its own: a new line begins behind its words, in the middle of the
# sentence, and no quotation mark is left to show that they are somebody's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet trafilatura==2.3.1 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import trafilatura

PAGE = """<html><body><article><h1>The council meets</h1>
<p>The council met in the old hall on Monday and spoke for a long time about the budget for roads and schools.</p>
<p>The vote is set for {} in the town hall, and all seven members of the council have said that they will come.</p>
<p>After the break the members heard a report on the state of the bridges and went home late in the evening.</p>
</article></body></html>"""


def around(element: str) -> list[str]:
    text = trafilatura.extract(PAGE.format(f"<{element}>5 May</{element}>"), include_comments=False)
    lines = [line for line in text.splitlines() if "vote" in line or "5 May" in line or "town hall" in line]
    return [line.partition(" in the town hall")[0] for line in lines]


ELEMENTS = ("span", "data", "meter", "abbr", "time", "label", "output", "q")
seen = {element: around(element) for element in ELEMENTS}
for element, lines in seen.items():
    print(f"  {element:7} {lines}")
assert all(seen[element] == ["The vote is set for 5 May"] for element in ("span", "data", "meter", "abbr"))
assert all(seen[element] == ["The vote is set for"] for element in ("time", "label", "output"))
first, second = seen["q"]
assert first == "The vote is set for 5 May" and second.startswith("in the town hall"), seen["q"]
PYTHON

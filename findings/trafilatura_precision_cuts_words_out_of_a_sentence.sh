#!/usr/bin/env bash
# trafilatura 2.3.1, favor_precision=True: words in a <span class="link"> are cut out of their sentence.
#
# Guess before: asked for precision, it leaves out more blocks that may not belong to the article: menus, teasers, lists
# of links. A paragraph that it keeps is kept whole.
# Seen: the paragraph is kept and the words are not: "The harbour office that the ferry carried 412 passengers" is what
# remains of "The harbour office has reported that …", a sentence that nobody wrote. No mark shows the gap. Publishing
# systems write such spans around linked words and names. "bottom" for a class does the same; an <a>, <em> or <strong>
# of the class, and a span of another class with "link" in it, keep their words, and without the option so do all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet trafilatura==2.3.1 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import trafilatura

PAGE = """<html><body><article><h1>The ferry stays</h1>
<p>The council voted on Monday to keep the old ferry in service until the new bridge opens late in the autumn.</p>
<p>The harbour office {} that the ferry carried 412 passengers in May, more than in any month before.</p>
<p>The mayor said that the town would pay for the repairs listed in a survey made by divers during the winter.</p>
</article></body></html>"""
WHOLE = "The harbour office has reported that the ferry carried 412 passengers in May"
CUT = "The harbour office that the ferry carried 412 passengers in May"


def told(element: str, **options: bool) -> str:
    page = PAGE.format(f"<{element}>has reported</{element.split()[0]}>")
    text = trafilatura.extract(page, include_comments=False, **options)
    return next(line for line in text.splitlines() if "harbour" in line).partition(",")[0]


CUTTING = ('span class="link"', 'span class="bottom"')
OTHER_CLASSES = ("span", 'span class="link-inline"', 'span class="entity-link"')
KEEPING = (*OTHER_CLASSES, 'a href="/x" class="link"', 'em class="link"', 'strong class="link"')
for element in (*CUTTING, *KEEPING):
    print(f"  {element:26} {told(element, favor_precision=True)}")
    assert told(element) == WHOLE, element
    assert told(element, favor_precision=True) == (CUT if element in CUTTING else WHOLE), element
PYTHON

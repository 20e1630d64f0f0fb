#!/usr/bin/env bash
# markdown-it-py 4.3.0: the visible text of <https://…> is decoded, so it is no longer the address, nor one at all.
#
# Guess before: an autolink is shown as it was written, since CommonMark makes the address itself the link's label. Only
# the `href` is normalized.
# Seen: the label's percent codes are decoded and its punycode is turned into letters, while the `href` stays: "%20"
# becomes a space and "%C3%A9" a letter, so that whoever copies the label, or takes the text of the page, gets an
# address with a space in it; "%26" and "%2F" stay as they are. commonmark.py 0.9.1 shows what was written. The
# preset "commonmark" is no different, and there is no option, only a method to override (normalizeLinkText).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet markdown-it-py==4.3.0 commonmark==0.9.1
"$folder/venv/bin/python" - <<'PYTHON'
import re
from html import unescape

import commonmark
from markdown_it import MarkdownIt

LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
ADDRESSES = (
    "https://example.org/annual%20report%20caf%C3%A9.pdf?a=b%26c",
    "https://xn--mnchen-3ya.example/",
)
for address in ADDRESSES:
    source = f"See <{address}>."
    for name, render in (("markdown-it-py", MarkdownIt("commonmark").render), ("commonmark", commonmark.commonmark)):
        href, label = map(unescape, LINK.search(render(source)).groups())
        print(f"  {name:15} href {href}\n  {'':15} text {label}")
        assert href == address
        assert (label == address) == (name == "commonmark"), label
shown = unescape(MarkdownIt("commonmark").render(f"<{ADDRESSES[0]}>"))
assert ">https://example.org/annual report café.pdf?a=b%26c<" in shown, shown
PYTHON

#!/usr/bin/env bash
# feedparser 6.0.14: the caption of a photo (media:description) becomes the entry's summary or its content.
#
# Guess before: what stands inside <media:content> is about the photo and stays with it, in `media_content`; summary and
# content are the article's own. So it is with <media:title>, which leaves the title alone.
# Seen: if the photo comes first, its caption is the summary, and the article's description moves to `content`. If the
# description comes first, the caption is `content[0]`, which readers prefer to the summary as the full text; even in
# front of the <content:encoded> behind it. An entry with a photo and no text of its own has a summary. In
# `media_content` there is only the address. Only a text/plain among text/html tells the caption apart, and an Atom
# summary has that type as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'PYTHON'
import feedparser

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>
<item><title>A bridge opens</title>{}</item></channel></rss>"""
PHOTO = """<media:content url="http://example.org/gulls.jpg"><media:title>Gulls</media:title>
<media:description>Gulls over the quay.</media:description></media:content>"""
TEASER = "<description>The bridge opened.</description>"
WHOLE = "<content:encoded>The bridge opened on Monday, in the rain.</content:encoded>"

CAPTION, SHORT, LONG = "Gulls over the quay.", "The bridge opened.", "The bridge opened on Monday, in the rain."
CASES = {
    "description": (TEASER, SHORT, []),
    "description, photo": (TEASER + PHOTO, SHORT, [CAPTION]),
    "photo, description": (PHOTO + TEASER, CAPTION, [SHORT]),
    "description, photo, content": (TEASER + PHOTO + WHOLE, SHORT, [CAPTION, LONG]),
    "photo": (PHOTO, CAPTION, []),
}
for name, (inside, summary, content) in CASES.items():
    feed = feedparser.parse(FEED.format(inside).encode())
    entry = feed.entries[0]
    seen = entry.summary, [each.value for each in entry.get("content", [])]
    print(f"  {name:30} summary {seen[0]!r}, content {seen[1]}")
    assert seen == (summary, content), seen
    assert not feed.bozo and entry.title == "A bridge opens"
    assert entry.get("media_content", [{"url": "http://example.org/gulls.jpg"}]) == [
        {"url": "http://example.org/gulls.jpg"}
    ]

entry = "<entry><title>y</title><summary>z</summary></entry>"
atom = feedparser.parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entry}</feed>')
assert atom.entries[0].summary_detail.type == "text/plain"
PYTHON

#!/usr/bin/env bash
# feedparser 6.0.14: ISO dates by day of the year or by week become other days, up to a year away.
#
# Guess before: ISO 8601 writes 1 July 2024 in three ways, `2024-07-01`, `2024-183` and `2024-W27-1`. feedparser, which
# has templates for the day of the year, reads the second as well; a form that it doesn't know gives no
# `updated_parsed`.
# Seen: `2024-183` becomes June of the next year (month 18), `2024-W27-1` becomes November. Without the hyphen the
# first, `2024183`, is right. Nothing says so: `bozo` is unset, and a reader that trusts `updated_parsed` sorts the
# article to where nobody looks for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'PYTHON'
import feedparser

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>x</title>
<item><title>y</title><dc:date>{}</dc:date></item></channel></rss>"""
EXPECTED = {
    "2024-07-01": (2024, 7, 1),
    "2024183": (2024, 7, 1),
    "2024-183": (2025, 6, 1),
    "2024-W27-1": (2024, 11, 1),
}
for written, expected in EXPECTED.items():
    feed = feedparser.parse(FEED.format(written).encode())
    read = tuple(feed.entries[0].updated_parsed[:3])
    print(f"  {written:20} {read}, bozo {feed.bozo}")
    assert read == expected and not feed.bozo, read
PYTHON

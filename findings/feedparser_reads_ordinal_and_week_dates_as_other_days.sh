#!/usr/bin/env bash
# feedparser 6.0.14: ISO dates by day of the year or by week become other days, up to a year away.
#
# Guess before: what isn't among the known forms gives no `updated_parsed`; ISO 8601's two other forms of the day
# 2024-07-01, `2024-183` and `2024-W27-1`, are read or refused. A day that doesn't exist is refused.
# Seen: `2024-183` becomes June of the next year (month 18), `2024-W27-1` November; without its hyphen the first,
# `2024183`, is right. `2024-02-30` becomes 1 March, whereas `30 Feb 2024` gives none. "10:30 PM" behind an ISO
# date is read as half past ten in the morning. Nothing says so: `bozo` is unset.
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
    "2024-07-01": (2024, 7, 1, 0),
    "2024183": (2024, 7, 1, 0),
    "2024-183": (2025, 6, 1, 0),
    "2024-W27-1": (2024, 11, 1, 0),
    "2024-02-30": (2024, 3, 1, 0),
    "30 Feb 2024": None,
    "2024-07-01 10:30 PM": (2024, 7, 1, 10),
}
for written, expected in EXPECTED.items():
    feed = feedparser.parse(FEED.format(written).encode())
    parsed = feed.entries[0].get("updated_parsed")
    read = tuple(parsed[:4]) if parsed else None
    print(f"  {written:20} {read}, bozo {feed.bozo}")
    assert read == expected and not feed.bozo, read
PYTHON

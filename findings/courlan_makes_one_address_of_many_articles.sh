#!/usr/bin/env bash
# courlan 1.4.0: clean_url() drops a query that has no "=", so that all articles of such a site are one address.
#
# Guess before: clean_url() takes what says where a reader came from (utm_source, fbclid) out of an address and leaves
# the rest, above all what says which page it is. Only strict=True goes further.
# Seen: a query without "=" goes as a whole, strict or not: story?4711 and story?4712 are both "story". So do parameters
# whose value is empty, and of those with a value `cid`, `ref`, `source` and `session`, whatever they mean there; the
# order of the rest changes. A crawler that asks with these addresses for what it has seen takes the second
# article for the first. A ";" in the path becomes "%3B", which is another path (RFC 3986, 2.2).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet courlan==1.4.0
"$folder/venv/bin/python" - <<'PYTHON'
from courlan import clean_url

SITE = "https://example.org/"
EXPECTED = {
    "story?id=4711&utm_source=mail": "story?id=4711",
    "story?4711": "story",
    "story?4712": "story",
    "story?show": "story",
    "story?section=": "story",
    "story?z=1&cid=4711": "story?z=1",
    "story?source=4711&id=3": "story?id=3",
    "story?z=1&a=2": "story?a=2&z=1",
    "story;id=4711": "story%3Bid=4711",
}
for path, expected in EXPECTED.items():
    found = clean_url(SITE + path).removeprefix(SITE)
    print(f"  {path:30} {found}")
    assert found == expected, found
PYTHON

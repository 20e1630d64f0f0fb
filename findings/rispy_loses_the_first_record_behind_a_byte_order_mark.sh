#!/usr/bin/env bash
# rispy 0.10.0: of a RIS file with a byte order mark the first record is missing, and nothing says so.
#
# Guess before: a file that begins with U+FEFF is read like any other, or its first line is refused by an error that
# shows it: what can't be read in a list of references must not be missing from it.
# Seen: load(path, encoding="utf-8") returns the other records: two of three, none of one. Lines before the first `TY`
# that it recognises are passed over, and all of the first record is before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet rispy==0.10.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from pathlib import Path

import rispy


def titles(records: int, encoding: str) -> list[str]:
    names = ("One", "Two", "Three")[:records]
    Path("export.ris").write_text("".join(f"TY  - NEWS\nTI  - {name}\nER  - \n\n" for name in names), encoding)
    return [record["title"] for record in rispy.load(Path("export.ris"), encoding="utf-8")]


seen = {encoding: [titles(records, encoding) for records in (1, 3)] for encoding in ("utf-8", "utf-8-sig")}
print(seen)
assert seen == {"utf-8": [["One"], ["One", "Two", "Three"]], "utf-8-sig": [[], ["Two", "Three"]]}
PYTHON

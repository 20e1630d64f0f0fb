#!/usr/bin/env bash
# pandoc 3.9 (pypandoc_binary 1.17): a full date in a RIS file is no date, and a year alone is one.
#
# Guess before: RIS writes a date as `2024/03/05/`, in `DA`, `Y1` or (older files) `PY`; pandoc's reader makes
# `[2024, 3, 5]` of each, as it does of a BibTeX entry, and takes `PY` where nothing better is there.
# Seen: only a year of four digits is understood. A full date in `PY` leaves "issued" there but empty, so that the
# year is lost too; so does one in `Y1`, even beside a good `PY`, if it stands first. `DA` isn't read at all. The
# day, which is what a reference to a newspaper needs, is lost on the way over RIS and kept over CSL-JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pypandoc_binary==1.17
"$folder/venv/bin/python" - <<'PYTHON'
import json
import subprocess

import pypandoc


def issued(dates: str) -> object:
    record = f"TY  - NEWS\nID  - a\nTI  - A bridge opens\nT2  - The Paper\n{dates}\nER  - \n"
    command = [pypandoc.get_pandoc_path(), "-f", "ris", "-t", "csljson"]
    ran = subprocess.run(command, input=record, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)[0].get("issued")


def parts(*found: list[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": list(found)}


EXPECTED = {
    "PY  - 2024": parts([2024]),
    "PY  - 2024\nDA  - 2024/03/05/": parts([2024]),
    "DA  - 2024/03/05/": None,
    "PY  - 2024/03/05/": parts(),
    "Y1  - 2024/03/05/": parts(),
    "PY  - 2024\nY1  - 2024/03/05/": parts([2024]),
    "Y1  - 2024/03/05/\nPY  - 2024": parts(),
}
print("pandoc", pypandoc.get_pandoc_version())
seen = {dates: issued(dates) for dates in EXPECTED}
for dates, found in seen.items():
    print(f"  {dates.replace(chr(10), ', '):40} {found}")
assert seen == EXPECTED
PYTHON

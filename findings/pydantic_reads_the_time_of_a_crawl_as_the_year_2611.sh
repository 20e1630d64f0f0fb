#!/usr/bin/env bash
# pydantic 2.14.3: the time stamp of a web archive is read as a day in 2611, and "2024" as the first of January 1970.
#
# Guess before: a `datetime` takes ISO 8601. `20240305`, the form without hyphens, is 5 March, as in Python's own
# fromisoformat(); what is no such date ("2024" alone, the 14 digits of a web archive's index) is refused.
# Seen: text made of digits alone counts seconds since 1970, or milliseconds from some length on: 20240305 is a day in
# August 1970, 20241105120000 one in June 2611, "2024" half an hour after midnight in 1970. Nothing is refused, and
# `after: datetime` given a year lets everything through, as a `before` lets nothing. A `date` refuses all of them.
# Strict mode changes nothing where the value comes as JSON; the JSON schema says "date-time".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pydantic==2.14.3
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date, datetime

import pydantic
from pydantic import TypeAdapter, ValidationError

EXPECTED = {
    "2024-03-05": ("2024-03-05 00:00:00", "2024-03-05"),
    "20240305": ("1970-08-23 06:18:25+00:00", "refused"),
    "20241105120000": ("2611-06-02 01:12:00+00:00", "refused"),
    "2024": ("1970-01-01 00:33:44+00:00", "refused"),
    "2024-03": ("refused", "refused"),
}


def read(kind: type[date], text: str) -> str:
    try:
        return str(TypeAdapter(kind).validate_python(text))
    except ValidationError:
        return "refused"


def in_strict_json(text: str) -> str:
    try:
        return str(TypeAdapter(datetime).validate_json(f'"{text}"', strict=True))
    except ValidationError:
        return "refused"


print("pydantic", pydantic.VERSION)
for text, expected in EXPECTED.items():
    seen = read(datetime, text), read(date, text)
    print(f"  {text:16} datetime {seen[0]:27} date {seen[1]}")
    assert seen == expected, seen
    assert not text.isdigit() or in_strict_json(text) == expected[0]
assert datetime.fromisoformat("20240305") == datetime(2024, 3, 5)
assert TypeAdapter(datetime).json_schema() == {"type": "string", "format": "date-time"}
PYTHON

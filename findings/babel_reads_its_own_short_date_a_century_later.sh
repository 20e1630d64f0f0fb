#!/usr/bin/env bash
# babel 2.18.0: parse_date() reads "15.01.98", which format_date() writes for a day in 1998, as a day in 2098.
#
# Guess before: two digits of a year are read as strptime's %y reads them (69 to 99 are of the last century), or by a
# window around today; what format_date() wrote in a locale, parse_date() reads back in the same.
# Seen: "20" is put before them, always. In each of the 379 locales whose short date has two digits (American English,
# German, Spanish, Italian among them) 1998 comes back as 2098; in the other 703 the day stays. The same day written
# out ("Jan 15, 1998"), format "medium" given to both functions, is an IndexError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
from collections import Counter
from datetime import date, datetime

from babel.dates import format_date, parse_date
from babel.localedata import locale_identifiers

DAY = date(1998, 1, 15)


def again(locale: str) -> tuple[str, str]:
    written = format_date(DAY, "short", locale)
    return written, str(parse_date(written, locale, "short"))


EXPECTED = {
    "en_US": ("1/15/98", "2098-01-15"),
    "de": ("15.01.98", "2098-01-15"),
    "es": ("15/1/98", "2098-01-15"),
    "en_GB": ("15/01/1998", "1998-01-15"),
    "fr": ("15/01/1998", "1998-01-15"),
}
for locale, expected in EXPECTED.items():
    seen = again(locale)
    print(f"  {locale:6} {seen[0]:11} read as {seen[1]}")
    assert seen == expected, seen
counted = Counter(again(locale)[1] for locale in locale_identifiers())
print(" ", dict(counted))
assert counted == {"1998-01-15": 703, "2098-01-15": 379}, counted
assert datetime.strptime("15.01.98", "%d.%m.%y").date() == DAY
try:
    parse_date(format_date(DAY, "medium", "en_US"), "en_US", "medium")
except IndexError as error:
    print("  Jan 15, 1998: IndexError:", error)
else:
    raise AssertionError("read after all")
PYTHON

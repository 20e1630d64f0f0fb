#!/usr/bin/env bash
# psycopg 3.3.9 (PostgreSQL 18.7 as PGlite 0.5.17): the product of two parameters must fit into 16 bits.
#
# Guess before: a Python int arrives as an integer, as psycopg 2 wrote it into the statement, and page * size is worked
# out as it would be with the numbers written there; only a result over 2^31 is out of range.
# Seen: each parameter is sent with the smallest type that holds its value, and PostgreSQL calculates in the types it is
# given: smallint times smallint is smallint. `offset %s * %s` for page 300 of 200 rows fails, and for page 100 it
# works, so that tests with small numbers pass. With a literal on one side it is an integer. The other way round,
# `generate_series(%s, %s)` works only with a number over 32,767: for two small ones no function is the best match, as
# `@> array[%s]` finds no operator. A ClientCursor, which writes the numbers into the statement, has none of this.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "psycopg[binary]==3.3.9"
npm install --silent --no-fund --no-audit --legacy-peer-deps --prefix "$folder" \
    @electric-sql/pglite@0.5.17 @electric-sql/pglite-socket@0.2.17
node "$folder/node_modules/@electric-sql/pglite-socket/dist/scripts/server.js" --path="$folder/.s.PGSQL.5432" \
    > "$folder/log" 2>&1 &
server=$!
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
import time

import psycopg

for _ in range(300):
    try:
        connection = psycopg.connect(f"host={sys.argv[1]} user=postgres dbname=postgres", autocommit=True)
        break
    except psycopg.OperationalError:
        time.sleep(0.2)
else:
    sys.exit("The server did not start.")


def asked(statement: str, *numbers: int, kind: type[psycopg.Cursor] = psycopg.Cursor) -> object:
    try:
        return kind(connection).execute(statement, numbers).fetchone()
    except psycopg.Error as error:
        return type(error).__name__


def row(statement: str, *numbers: int) -> tuple[object, object]:
    seen = asked(statement, *numbers), asked(statement, *numbers, kind=psycopg.ClientCursor)
    print(f"  {statement:55} {numbers!s:14} {seen[0]!s:25} written in: {seen[1]}")
    return seen


PAGE = "select x from generate_series(1, 99999) x offset %s * %s limit 1"
EXPECTED = {
    (PAGE, 100, 200): ((20001,), (20001,)),
    (PAGE, 300, 200): ("NumericValueOutOfRange", (60001,)),
    ("select 300 * %s", 200): ((60000,), (60000,)),
    ("select %s + %s", 32767, 1): ("NumericValueOutOfRange", (32768,)),
    ("select generate_series(%s, %s)", 1, 3): ("AmbiguousFunction", (1,)),
    ("select generate_series(%s, %s)", 1, 40000): ((1,), (1,)),
    ("select array[1, 2] @> array[%s]", 1): ("UndefinedFunction", (True,)),
}
print("psycopg", psycopg.__version__, "PostgreSQL", connection.info.parameter_status("server_version"))
seen = {case: row(*case) for case in EXPECTED}
assert seen == EXPECTED, seen
PYTHON

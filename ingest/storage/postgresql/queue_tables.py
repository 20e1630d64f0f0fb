"""The tables of the queue, beside those of the record: runs of `footnote ingest --queue`, and their jobs.

A job is `waiting`, `running` (then `worker` is the number of whoever does it, whose session holds the
advisory lock of that number), `done`, or `parked`: given up, with the reason. `articles` is how many it
stands for. `key` is the same whenever the same job is put there again, so that it is there once.
"""

from __future__ import annotations

QUEUE_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client integer,
    whole boolean NOT NULL DEFAULT false,
    choice text NOT NULL,
    begun timestamptz NOT NULL DEFAULT now(),
    ended timestamptz,
    report text
);
CREATE TABLE IF NOT EXISTS jobs (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run bigint NOT NULL REFERENCES runs (row) ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('fetch', 'read', 'store', 'finish')),
    rank smallint NOT NULL,
    key text COLLATE "C" NOT NULL,
    source text NOT NULL,
    what text NOT NULL,
    host text COLLATE "C",
    payload bytea,
    articles integer NOT NULL,
    failed integer NOT NULL DEFAULT 0,
    state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked')),
    worker integer,
    tries integer NOT NULL DEFAULT 0,
    deaths integer NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT now(),
    reason text,
    result text,
    UNIQUE (run, key)
);
CREATE INDEX IF NOT EXISTS waiting_jobs ON jobs (rank, row) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS running_jobs ON jobs (worker) WHERE state = 'running';
CREATE UNIQUE INDEX IF NOT EXISTS one_fetch_a_host ON jobs (host) WHERE state = 'running';
CREATE INDEX IF NOT EXISTS jobs_of_run ON jobs (run, state);
CREATE INDEX IF NOT EXISTS open_runs ON runs (client) WHERE client IS NOT NULL
"""

ARE_THERE = "SELECT to_regclass(?) IS NOT NULL"
"""Asks whether a schema has the tables; the value is `schema.jobs`."""

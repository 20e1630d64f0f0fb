"""The record's tables in PostgreSQL. Text compares by its code points (COLLATE "C"), as in SQLite.

Two columns more than in a file make many writers possible. `writer` is the number of whoever has still work
to do on a row: storing it, or cleaning up what it replaced; NULL once that is done. `changed` is the
generation at which an article became live, was retired or was removed: what a copy that knows generation g
lacks is all with `changed > g`, since generations are committed in their order.
"""

from __future__ import annotations

from ingest.storage.postgresql import guard

FORMAT = 2
"""Of these tables; a library with a smaller one is migrated by the next who writes."""

LONGEST_KEY = 2000
"""Bytes that a name or an address may have to stand in an index; PostgreSQL takes 2,700."""

MIGRATIONS: dict[int, str] = {2: guard.TABLES}
"""Statements that bring tables to a format from the one before it, by the number of the newer one."""

TABLES = (
    """
CREATE TABLE meta (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);
CREATE SEQUENCE writers AS integer CYCLE;
CREATE TABLE articles (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'live', 'retired', 'removed')),
    writer integer,
    changed bigint NOT NULL DEFAULT 0,
    title text NOT NULL,
    origin text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    source text COLLATE "C",
    url text COLLATE "C",
    authors text NOT NULL,
    added text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    characters integer NOT NULL,
    text text NOT NULL,
    modified text COLLATE "C",
    language text,
    section text,
    pages text NOT NULL DEFAULT '[]',
    signature bytea,
    kin text COLLATE "C",
    dated_by text,
    unread text NOT NULL DEFAULT '{}',
    ocr_pages text NOT NULL DEFAULT '[]',
    picture_pages text NOT NULL DEFAULT '[]',
    UNIQUE (id, version)
);
CREATE UNIQUE INDEX one_live_version ON articles (id) WHERE state = 'live';
CREATE UNIQUE INDEX one_pending_version ON articles (id) WHERE state = 'pending';
CREATE INDEX live_articles ON articles (published, id) WHERE state = 'live';
CREATE INDEX live_sources ON articles (source) WHERE state = 'live';
CREATE INDEX articles_in_work ON articles (writer) WHERE writer IS NOT NULL;
CREATE INDEX articles_by_change ON articles (changed, row);
CREATE INDEX articles_by_content ON articles (content);
CREATE INDEX articles_by_origin ON articles USING hash (origin) WHERE state = 'live';
CREATE INDEX live_kin ON articles (kin) WHERE state = 'live' AND kin IS NOT NULL;
CREATE TABLE chunks (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    article bigint NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    position integer NOT NULL,
    spans bytea NOT NULL,
    vector bytea NOT NULL
);
CREATE INDEX chunks_by_article ON chunks (article);
CREATE TABLE gone (
    changed bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    PRIMARY KEY (changed, id, version)
);
CREATE TABLE bands (
    key bigint NOT NULL,
    article bigint NOT NULL,
    PRIMARY KEY (key, article)
);
CREATE TABLE sources (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    patterns text NOT NULL
);
CREATE TABLE places (
    source bigint NOT NULL REFERENCES sources (row) ON DELETE CASCADE,
    article text COLLATE "C" NOT NULL,
    origin text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    PRIMARY KEY (source, article)
);
CREATE INDEX places_by_holder ON places (holder);
CREATE INDEX places_by_origin ON places USING hash (origin);
CREATE TABLE validators (url text COLLATE "C" PRIMARY KEY, etag text, last_modified text);
ALTER TABLE chunks ALTER COLUMN vector SET STORAGE EXTERNAL;
"""
    + guard.TABLES
)

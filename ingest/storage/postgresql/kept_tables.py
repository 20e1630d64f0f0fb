"""The tables of what front ends keep beside a record in PostgreSQL, in the same schema.

They are made by whoever first keeps something, before there is a record if need be. `owner` is the key of a
person (see assistant/store/conversations.py); moments that people see are text in ISO form, others seconds
since 1970.
"""

from __future__ import annotations

KEPT_FORMAT = 1
"""Of these tables; those with a smaller one are migrated by the next who uses them."""

KEPT_MIGRATIONS = {
    1: """
CREATE TABLE IF NOT EXISTS documents (
    name text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, content text NOT NULL);
CREATE TABLE IF NOT EXISTS conversations (
    owner text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, title text NOT NULL,
    found_by text NOT NULL, changed text COLLATE "C" NOT NULL, PRIMARY KEY (owner, id));
CREATE TABLE IF NOT EXISTS turns (
    owner text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, conversation text COLLATE "C" NOT NULL,
    position integer NOT NULL, question text NOT NULL, answer text NOT NULL,
    asked text COLLATE "C" NOT NULL, seconds double precision NOT NULL, words text NOT NULL,
    good integer, reason text, rated text COLLATE "C", PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, conversation) REFERENCES conversations ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS turns_of ON turns (owner, conversation, position);
CREATE TABLE IF NOT EXISTS kept_questions (
    owner text COLLATE "C" NOT NULL, id text COLLATE "C" PRIMARY KEY, question text NOT NULL,
    kept text COLLATE "C" NOT NULL, asked text COLLATE "C" NOT NULL, answer text NOT NULL);
CREATE INDEX IF NOT EXISTS kept_questions_of ON kept_questions (owner);
CREATE TABLE IF NOT EXISTS answer_changes (
    id text COLLATE "C" PRIMARY KEY,
    question text COLLATE "C" NOT NULL REFERENCES kept_questions ON DELETE CASCADE,
    found text COLLATE "C" NOT NULL, kind text NOT NULL, before text NOT NULL, after text NOT NULL);
CREATE INDEX IF NOT EXISTS answer_changes_of ON answer_changes (question);
CREATE TABLE IF NOT EXISTS kept_follow_ups (
    question text COLLATE "C" PRIMARY KEY REFERENCES kept_questions ON DELETE CASCADE,
    words text NOT NULL, history text NOT NULL);
CREATE TABLE IF NOT EXISTS seen (owner text COLLATE "C" PRIMARY KEY, moment text COLLATE "C" NOT NULL);
CREATE TABLE IF NOT EXISTS under_way (
    owner text COLLATE "C" NOT NULL, turn text COLLATE "C" NOT NULL, seen timestamptz NOT NULL,
    PRIMARY KEY (owner, turn));
CREATE TABLE IF NOT EXISTS sessions (
    key text COLLATE "C" PRIMARY KEY, name text COLLATE "C" NOT NULL, password text COLLATE "C" NOT NULL,
    begun double precision NOT NULL, used double precision NOT NULL);
CREATE INDEX IF NOT EXISTS sessions_by_use ON sessions (used);
CREATE TABLE IF NOT EXISTS tries (
    key text COLLATE "C" PRIMARY KEY, tries integer NOT NULL, last double precision NOT NULL);
CREATE INDEX IF NOT EXISTS tries_by_time ON tries (last)
"""
}
"""Statements that bring the tables to a format from the one before it, by the number of the newer one."""

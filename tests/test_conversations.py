"""Conversations kept on disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED, NOT_ANSWERED, file_of

from assistant.answers import Mode, Statement, Support
from assistant.store.answers_json import answer_of
from assistant.store.conversations import Conversations
from assistant.store.file_shelf import FILE_FORMAT, FileShelf
from assistant.watching.kept_questions import KeptQuestions
from ingest import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.answers import Answer
    from ingest import LibraryLocation

OLDER = """
CREATE TABLE conversations (id TEXT PRIMARY KEY, title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    seconds REAL NOT NULL, words TEXT NOT NULL, good INTEGER, reason TEXT, rated TEXT);
CREATE INDEX turns_of ON turns (conversation, position);
CREATE TABLE kept_questions (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, kept TEXT NOT NULL, asked TEXT NOT NULL,
    answer TEXT NOT NULL);
CREATE TABLE changes_seen (one INTEGER PRIMARY KEY CHECK (one = 1), moment TEXT NOT NULL);
PRAGMA user_version = 1;
"""
"""A file as format 1 had it."""

FULL = replace(
    ANSWERED,
    mode=Mode.WRITTEN,
    notices=("A notice.",),
    citations=(
        replace(ANSWERED.citations[0], emphasis=((0, 3), (4, 10)), referent="the ferry", page=2),
        replace(ANSWERED.citations[1], also_in=("Coast Daily",)),
        ANSWERED.citations[2],
    ),
    statements=(
        *ANSWERED.statements,
        Statement("It sank.", (), Support.UNSUPPORTED, 0.1, "not said", "It sank!"),
    ),
)


@pytest.fixture
def kept(place: LibraryLocation) -> Conversations:
    return Conversations(place)


@pytest.fixture
def filed(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


def _assert_purged(kept: Conversations) -> None:
    """Look for what was deleted in the files of a folder; those of a database are its own."""
    if isinstance(kept.shelf, FileShelf):
        assert all(b"Xanadu" not in file.read_bytes() for file in file_of(kept).parent.iterdir())


@pytest.mark.parametrize("given", [ANSWERED, NOT_ANSWERED, FULL])
def test_answer_comes_back_as_it_was(given: Answer) -> None:
    """An answer survives being written as JSON and read again, to the last field."""
    assert answer_of(json.loads(json.dumps(given.to_dict()))) == given


def test_fields_of_a_newer_version_are_left_out() -> None:
    """A kept answer with more than this version knows is still shown."""
    assert answer_of(ANSWERED.to_dict() | {"mood": "sunny"}) == ANSWERED
    with pytest.raises(ValueError, match="no answer can be made"):
        answer_of({"question": 3})


def test_conversation_is_resumed_after_a_restart(kept: Conversations, place: LibraryLocation) -> None:
    """Turns come back in order with question, answer and time, from another start of the program."""
    first, one = kept.keep(None, ANSWERED, seconds=0.5)
    again, two = kept.keep(first, NOT_ANSWERED, seconds=0.25)
    assert again == first
    resumed = Conversations(place).get(first)
    assert resumed is not None
    assert [(turn.id, turn.answer, turn.seconds) for turn in resumed.turns] == [
        (one, ANSWERED, 0.5),
        (two, NOT_ANSWERED, 0.25),
    ]
    assert resumed.title == ANSWERED.question


def test_conversations_are_listed_latest_first_and_found_by_any_word(kept: Conversations) -> None:
    """A search finds words of title, question, answer and quotes, in any case; every word counts."""
    ferry, _ = kept.keep(None, ANSWERED, seconds=0)
    chess, _ = kept.keep(None, NOT_ANSWERED, seconds=0)
    kept.rename(chess, "  Szövegek\nÁrvíz ")
    assert [item.id for item in kept.listed()] == [chess, ferry]
    kept.keep(ferry, NOT_ANSWERED, seconds=0)
    assert [(item.id, item.turns) for item in kept.listed()] == [(ferry, 2), (chess, 1)]
    found = {words: [item.id for item in kept.listed(words)] for words in ("ÁRVÍZ", "dock NINE", "nine %")}
    assert found == {"ÁRVÍZ": [chess], "dock NINE": [ferry], "nine %": []}


def test_names_are_kept_short_and_never_empty(kept: Conversations) -> None:
    """A title is one line of at most 120 characters; an empty one changes nothing."""
    key, _ = kept.keep(None, replace(ANSWERED, question="why " * 100), seconds=0)
    kept.rename(key, "  ")
    title = kept.listed()[0].title
    assert (len(title) <= 120, title.endswith("why…")) == (True, True)


def test_half_a_character_is_kept_as_a_sign_for_it(kept: Conversations) -> None:
    """A question with half a surrogate pair is kept, found and shown."""
    odd = replace(ANSWERED, question="Why \ud83d?", notices=("\0 \udc00",))
    key, turn = kept.keep(None, odd, seconds=0)
    kept.rename(key, "\udc00 new")
    kept.rate(turn, good=True, reason="\ud83d")
    assert [item.title for item in kept.listed("why \ud83d")] == ["? new"]
    assert len(kept.cited()) == 3


def test_deleted_conversation_is_gone_from_the_file(kept: Conversations) -> None:
    """Nothing of a deleted conversation is left on disk, and the others stay."""
    key, _ = kept.keep(None, replace(ANSWERED, question="Where is Xanadu?"), seconds=0)
    other, _ = kept.keep(None, NOT_ANSWERED, seconds=0)
    kept.delete(key)
    assert [item.id for item in kept.listed()] == [other]
    _assert_purged(kept)


def test_edited_question_replaces_what_followed(kept: Conversations) -> None:
    """A question asked again takes the place of its turn and of what came after, in its conversation only."""
    key, first = kept.keep(None, replace(ANSWERED, question="Where is Xanadu?"), seconds=0)
    _, second = kept.keep(key, NOT_ANSWERED, seconds=0)
    kept.keep(key, NOT_ANSWERED, seconds=0)
    other, elsewhere = kept.keep(None, ANSWERED, seconds=0)
    _, third = kept.keep(key, ANSWERED, seconds=0, replacing=second)
    _, fourth = kept.keep(other, NOT_ANSWERED, seconds=0, replacing=first)
    now = kept.get(key), kept.get(other)
    turns = [[turn.id for turn in item.turns] for item in now if item]
    assert turns == [[first, third], [elsewhere, fourth]]
    kept.keep(key, NOT_ANSWERED, seconds=0, replacing=first)
    assert kept.listed()[0].title == NOT_ANSWERED.question
    _assert_purged(kept)


def test_thumbs_are_kept_with_their_reason(kept: Conversations) -> None:
    """Rated answers are listed with the reason; a thumb can be turned over and taken back."""
    _, first = kept.keep(None, ANSWERED, seconds=0)
    _, second = kept.keep(None, NOT_ANSWERED, seconds=0)
    kept.rate(first, good=False, reason=" wrong ferry ")
    kept.rate(second, good=True)
    assert [(turn.id, turn.good, turn.reason) for turn in kept.rated()] == [
        (second, True, ""),
        (first, False, "wrong ferry"),
    ]
    kept.rate(second, good=None)
    assert [turn.id for turn in kept.rated()] == [first]


def test_users_see_only_their_own(kept: Conversations, place: LibraryLocation) -> None:
    """What one person has, another neither reads nor changes, whatever id they name."""
    others = Conversations.of_person(place, "ada")
    key, turn = kept.keep(None, ANSWERED, seconds=0)
    others.keep(key, NOT_ANSWERED, seconds=0, replacing=turn, turn=turn)
    others.rename(key, "theirs")
    others.rate(turn, good=False)
    mine, theirs = kept.get(key), others.get(key)
    assert mine is not None
    assert theirs is not None
    assert [(each.answer, each.good) for each in mine.turns] == [(ANSWERED, None)]
    assert ([each.answer for each in theirs.turns], theirs.title) == ([NOT_ANSWERED], "theirs")
    assert [len(each.cited()) for each in (kept, others)] == [3, 0]
    others.delete(key)
    assert (len(kept.listed()), others.listed()) == (1, [])
    others.destroy()
    assert (kept.turn(turn), others.turn(turn)) == ((key, mine.turns[0]), None)


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Another user has another file, whatever the name; files are readable for nobody else."""
    mine, other = Conversations(tmp_path), Conversations(tmp_path, user="../../etc")
    mine.keep(None, ANSWERED, seconds=0)
    assert (len(mine.listed()), other.listed(), other.get("x")) == (1, [], None)
    assert file_of(mine).parent == file_of(other).parent
    assert (file_of(mine).stat().st_mode & 0o777, file_of(mine).parent.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )


def test_a_file_of_an_older_footnote_is_read(filed: Conversations) -> None:
    """What was kept before rows named their owner is there, is found, and is added to."""
    file_of(filed).parent.mkdir()
    with sqlite3.connect(file_of(filed)) as db:
        db.executescript(OLDER)
        now = "2026-05-04T10:00:00+00:00"
        db.execute("INSERT INTO conversations VALUES ('c', 'Árvíz', ?)", [now])
        told = json.dumps(ANSWERED.to_dict())
        row = ["t", "c", 1, ANSWERED.question, told, now, 0.5, "ferry", None, None, None]
        db.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO kept_questions VALUES ('q', 'Who?', ?, ?, ?)", [now, now, told])
        db.execute("INSERT INTO changes_seen VALUES (1, ?)", [now])
    db.close()
    assert [item.id for item in filed.listed("árvíz FERRY")] == ["c"]
    questions = KeptQuestions(file_of(filed).parent.parent, conversations=filed)
    assert (questions.names(), questions.seen_until()) == ({"Who?": "q"}, datetime.fromisoformat(now))
    filed.keep("c", NOT_ANSWERED, seconds=0)
    assert (len(filed.cited()), filed.listed()[0].turns) == (3, 2)


def test_file_that_cant_be_used_is_told(filed: Conversations) -> None:
    """A newer file, or one that is no database, is left alone with a sentence that says what to do."""
    filed.keep(None, ANSWERED, seconds=0)
    with sqlite3.connect(file_of(filed)) as db:
        db.execute(f"PRAGMA user_version = {FILE_FORMAT + 1}")
    db.close()
    with pytest.raises(LibraryError, match=r"a newer Footnote wrote it.*library is unharmed"):
        filed.listed()
    file_of(filed).write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(LibraryError, match="can be moved away"):
        filed.keep(None, ANSWERED, seconds=0)

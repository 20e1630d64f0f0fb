"""Conversations kept on disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED, NOT_ANSWERED

from assistant.answers import Mode, Statement, Support
from assistant.store.answers_json import answer_of
from assistant.store.conversations import CONVERSATIONS_FORMAT, Conversations
from ingest import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.answers import Answer

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
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


@pytest.mark.parametrize("given", [ANSWERED, NOT_ANSWERED, FULL])
def test_answer_comes_back_as_it_was(given: Answer) -> None:
    """An answer survives being written as JSON and read again, to the last field."""
    assert answer_of(json.loads(json.dumps(given.to_dict()))) == given


def test_fields_of_a_newer_version_are_left_out() -> None:
    """A kept answer with more than this version knows is still shown."""
    assert answer_of(ANSWERED.to_dict() | {"mood": "sunny"}) == ANSWERED
    with pytest.raises(ValueError, match="no answer can be made"):
        answer_of({"question": 3})


def test_conversation_is_resumed_after_a_restart(kept: Conversations, tmp_path: Path) -> None:
    """Turns come back in order with question, answer and time, from another start of the program."""
    first, one = kept.keep(None, ANSWERED, seconds=0.5)
    again, two = kept.keep(first, NOT_ANSWERED, seconds=0.25)
    assert again == first
    resumed = Conversations(tmp_path).get(first)
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
    key, turn = kept.keep(None, replace(ANSWERED, question="Why \ud83d?"), seconds=0)
    kept.rename(key, "\udc00 new")
    kept.rate(turn, good=True, reason="\ud83d")
    assert [item.title for item in kept.listed("why")] == ["? new"]


def test_deleted_conversation_is_gone_from_the_file(kept: Conversations) -> None:
    """Nothing of a deleted conversation is left on disk, and the others stay."""
    key, _ = kept.keep(None, replace(ANSWERED, question="Where is Xanadu?"), seconds=0)
    other, _ = kept.keep(None, NOT_ANSWERED, seconds=0)
    kept.delete(key)
    assert [item.id for item in kept.listed()] == [other]
    assert all(b"Xanadu" not in file.read_bytes() for file in kept.file.parent.iterdir())


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
    assert all(b"Xanadu" not in file.read_bytes() for file in kept.file.parent.iterdir())


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


def test_users_see_only_their_own(tmp_path: Path) -> None:
    """Another user has another file, whatever the name; files are readable for nobody else."""
    mine, other = Conversations(tmp_path), Conversations(tmp_path, user="../../etc")
    mine.keep(None, ANSWERED, seconds=0)
    assert (len(mine.listed()), other.listed(), other.get("x")) == (1, [], None)
    assert mine.file.parent == other.file.parent
    assert (mine.file.stat().st_mode & 0o777, mine.file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_file_that_cant_be_used_is_told(kept: Conversations) -> None:
    """A newer file, or one that is no database, is left alone with a sentence that says what to do."""
    kept.keep(None, ANSWERED, seconds=0)
    with sqlite3.connect(kept.file) as db:
        db.execute(f"PRAGMA user_version = {CONVERSATIONS_FORMAT + 1}")
    db.close()
    with pytest.raises(LibraryError, match=r"a newer Footnote wrote it.*library is unharmed"):
        kept.listed()
    kept.file.write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(LibraryError, match="can be moved away"):
        kept.keep(None, ANSWERED, seconds=0)

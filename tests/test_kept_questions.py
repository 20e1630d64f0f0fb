"""Kept questions: only answers that changed are told; saved answers know when their articles did."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Event
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from assistant import (
    Answer,
    AnswerChange,
    Change,
    Citation,
    KeptQuestions,
    Outdating,
    Statement,
    Support,
    outdated,
)
from assistant.rendering.change_feed import change_text, changes_feed
from assistant.watching.changes import change_of, decisive
from ingest import Article, QuestionError, ingest_articles, work_on_queue

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

    from ingest import DatabaseAddress, IngestReport

HURT = "How many people were hurt in the fire on the Aurora?"
NINE = "Nine people were hurt in the fire on the ferry Aurora, the harbour authority said."
SIX = "Six people were hurt in the fire on the ferry Aurora, the harbour authority said."
OTHER = "The museum in Fennholt bought a lighthouse lamp for its collection of old lamps."


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: About {name}\ndate: 2026-05-03\n---\n\n{text}\n")


@pytest.fixture(name="news")
def _news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write(folder, ferry=NINE, museum=OTHER)
    ingest_articles(folder, tmp_path / "library")
    return folder


def sync(news: Path) -> None:
    ingest_articles(news, news.parent / "library", sync=True)


def test_only_a_changed_answer_is_told(news: Path) -> None:
    """Nothing new and other news tell nothing; a correction is told once, with both sentences."""
    kept = KeptQuestions(news.parent / "library")
    question = kept.keep(HURT)
    assert kept.keep(f" {HURT.upper()}").id == question.id
    assert kept.ask_again() == []
    write(news, council="The council of Fennholt met on Monday and voted for a new bridge.")
    sync(news)
    assert kept.ask_again() == []
    write(news, ferry=SIX)
    sync(news)
    (change,) = kept.ask_again()
    assert change.before is not None
    assert change.after is not None
    assert (change.kind, change.before.quote, change.after.quote) == (Change.CHANGED, NINE, SIX)
    assert (kept.ask_again(), kept.changes()) == ([], [change])
    assert kept.listed()[0].answer.citations[0].quote == SIX


def test_answers_that_come_and_go_are_told(news: Path) -> None:
    """From not said to said, and back when the article is removed."""
    kept = KeptQuestions(news.parent / "library")
    kept.keep("Who opened the new bridge in Orrowmere?")
    write(news, bridge="Mayor Ebba Stroyle opened the new bridge in Orrowmere on Saturday.")
    sync(news)
    assert [(each.kind, each.before) for each in kept.ask_again()] == [(Change.ANSWERED, None)]
    (news / "bridge.md").unlink()
    sync(news)
    assert [(each.kind, each.after) for each in kept.ask_again()] == [(Change.GONE, None)]
    assert kept.remove(kept.listed()[0].id)
    assert (kept.listed(), kept.changes(), kept.remove("nothing")) == ([], [], False)


def test_a_question_must_be_one(news: Path) -> None:
    """An empty one is refused and not kept."""
    kept = KeptQuestions(news.parent / "library")
    with pytest.raises(QuestionError):
        kept.keep(" ")
    assert kept.listed() == []


def cite(quote: str, number: int = 1, **known: object) -> Citation:
    plain = Citation(number, quote, 0, len(quote), "a", "v1", "Title", "Gazette", "https://g.example/a")
    return replace(plain, **known)  # type: ignore[arg-type]  # each test passes what fits


SAME = [
    (cite(NINE), cite(f"{NINE} ")),
    (
        cite("Six people were hurt.", emphasis=((0, 10),)),
        cite("It was six people in the end.", emphasis=((7, 17),)),
    ),
    (
        cite("The bridge was opened on Saturday by the mayor."),
        cite("The mayor opened the bridge on Saturday."),
    ),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_other_words_for_the_same_are_no_change(before: Citation, after: Citation) -> None:
    """The same sentence elsewhere, the same decisive words, one sentence that carries the other."""
    assert change_of(before, after) is None


def test_the_first_supported_sentence_decides() -> None:
    """What sources differ about comes second where another statement is supported."""
    answer = Answer(
        question="?",
        answered=True,
        confidence=0.9,
        statements=(
            Statement(NINE, (1,), Support.CONFLICTING),
            Statement(SIX, (2,), Support.SUPPORTED),
        ),
        citations=(cite(NINE), cite(SIX, 2)),
    )
    assert decisive(answer) == answer.citations[1]
    assert decisive(Answer("?", answered=False, confidence=0.0)) is None


def test_saved_answers_tell_what_became_of_their_articles() -> None:
    """Removed, corrected with the sentence that stands there now, changed elsewhere only, and unchanged."""
    old = Article(f"{NINE} It rained.", "Fire", "a.txt")
    cited = [cite(NINE, number, article_id=f"{number}", version=old.version) for number in range(1, 5)]
    statements = tuple(Statement(NINE, (each.number,), Support.SUPPORTED) for each in cited)
    answer = Answer("?", answered=True, confidence=1.0, statements=statements, citations=tuple(cited))
    live = {
        "2": replace(old, text=f"It rained. {SIX} Nobody died."),
        "3": replace(old, text=f"{NINE} It snowed."),
        "4": old,
    }
    found = outdated(answer, lambda key, _: live.get(key))
    assert [(each.number, each.what, each.now) for each in found] == [
        (1, Outdating.REMOVED, None),
        (2, Outdating.CORRECTED, SIX),
    ]


CHANGE = AnswerChange(
    "c1",
    "Who <b>?\x07",
    datetime(2026, 5, 4, 12, tzinfo=UTC),
    Change.CHANGED,
    cite(NINE),
    cite(SIX, published=date(2026, 5, 4)),
)


def test_changes_are_a_feed_that_readers_can_parse() -> None:
    """An Atom entry for each change with both sentences as plain text, and a feed without any is one too."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(changes_feed([CHANGE]))  # noqa: S314  # our own feed
    (entry,) = feed.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == "Who <b>?"
    assert entry.findtext(f"{atom}updated") == "2026-05-04T12:00:00+00:00"
    said = entry.findtext(f"{atom}content") or ""
    assert SIX in said
    assert NINE in said
    assert feed.findtext(f"{atom}updated") == "2026-05-04T12:00:00+00:00"
    empty = ET.fromstring(changes_feed([]))  # noqa: S314
    assert empty.findall(f"{atom}entry") == []


def test_a_terminal_shows_both_sentences() -> None:
    """Before and now, or that the articles didn't say."""
    text = change_text(CHANGE)
    assert text.index("Nine people") < text.index("Six people")
    assert "Your articles didn't say." in change_text(replace(CHANGE, before=None))
    assert "don't say any more" in change_text(replace(CHANGE, after=None))


def test_the_command_keeps_asks_and_tells(
    footnote: Footnote, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added, listed, told by the next ingestion, written as a feed, forgotten."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "library"))
    assert "No question is kept" in footnote("watch-questions").out
    key = footnote("watch-questions", "--add", HURT).out.split()[0]
    assert footnote("watch-questions").out == "No answer has changed.\n"
    write(news, ferry=SIX)
    ran = footnote("ingest", news)
    assert "Answers to your kept questions changed:" in ran.out
    assert "Nine people" in ran.out
    assert "Six people" in ran.out
    feed = tmp_path / "changes.atom"
    assert footnote("watch-questions", "--feed", feed).code == 0
    assert SIX in feed.read_text("utf-8")
    nowhere = footnote(
        "watch-questions", "--add", "Who was on board?", "--feed", tmp_path / "no" / "such.atom"
    )
    assert (nowhere.code, nowhere.out) == (1, "")  # refused before anything is asked or kept
    assert json.loads(footnote("watch-questions", "--list", "--json").out)[0]["id"] == key
    assert footnote("watch-questions", "--remove", key).code == 0
    assert footnote("watch-questions", "--remove", key).code == 1


def test_workers_of_a_queue_ask_again_as_an_ingestion_does(
    database: DatabaseAddress, news: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits for a run is told what a worker has found; a run without changes has nothing asked."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    ingest_articles(news, database)
    KeptQuestions(database).keep(HURT)
    queued = footnote("ingest", "--queue", news)
    assert queued.code == 0, queued.err
    assert footnote("work", "--until-empty").out == ""
    write(news, ferry=SIX)
    queued = footnote("ingest", "--queue", news)
    assert queued.code == 0, queued.err
    worked = footnote("work", "--until-empty")
    assert "Answers to your kept questions changed:" in worked.out
    assert (NINE[:11] in worked.out, SIX[:10] in worked.out) == (True, True)
    write(news, ferry=NINE)
    with ThreadPoolExecutor(1) as workers:
        worker = workers.submit(work_on_queue, until_empty=False, stop=(stop := Event()), ended=ask_again)
        waited = footnote("ingest", "--queue", "--wait", news)
        stop.set()
        worker.result()
    assert "Answers to your kept questions changed:" in waited.out


def ask_again(_: IngestReport) -> None:
    """Ask the kept questions again, as a worker does."""
    KeptQuestions().ask_again()

"""Written answers over sources that differ, and what their footnotes carry; kept and read again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from faultserver import FaultServer, Says
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writing import QUESTION, written_by

from assistant import Support, answer
from assistant.answers import Conflict, Mode, Statement
from assistant.retrieval.found import Ranked
from assistant.store.answers_json import answer_of
from assistant.store.conversations import Conversations
from assistant.writing.disputes import cite_disputes
from ingest import Article, ingest_articles, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant import Answer
    from assistant.writing.disputes import Settled

SIX = "Six people were hurt in the fire on the ferry Marta Lind, the harbour authority said."
NINE = "Nine people were hurt in the fire on the ferry Marta Lind, the lifeboat station said."
POST = Article(
    text=f"{SIX} The pier stays closed. Captain Ana Ruíz praised the crew. She has sailed for 30 years.",
    title="Ferry fire: six hurt",
    origin="post.txt",
    source="Post",
    published=date(2026, 5, 4),
)
GAZETTE = Article(
    text=f"{NINE} Smoke was seen from the shore.",
    title="Ferry Marta Lind burns off Gull Point",
    origin="gazette.txt",
    source="Gazette",
    published=date(2026, 5, 3),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disputes") / "library"
    ingest_articles([POST, GAZETTE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        yield server


def says(server: FaultServer, *texts: str) -> None:
    server.script = [Says([text]) for text in (*texts, "NOT IN THE ARTICLES")]


def asked(server: FaultServer, library: Path, text: str) -> Answer:
    """Ask with a model that writes this text; the check finds the sentences, so that it needs no keys."""
    says(server, text)
    return answer(QUESTION, library=library)


def test_what_another_source_says_differently_gets_a_footnote(server: FaultServer, library: Path) -> None:
    """The answer that tells one side is marked, and the other side is shown with its value and source."""
    given = asked(server, library, SIX)
    assert [item.quote for item in given.citations] == [SIX, NINE]
    assert given.conflicts == (Conflict((1, 2), "the number of people hurt", ("Six people", "Nine people")),)
    assert [(item.text, item.citations, item.support) for item in given.statements] == [
        (SIX, (1,), Support.CONFLICTING)
    ]
    assert given.statements[0].reason == "sources differ about the number of people hurt"
    assert "Nine people (Gazette, 3 May 2026) [2]" in given.to_markdown().replace("\\", "")
    assert NINE not in [item.quote for item in given.consulted]


def test_both_sides_are_one_conflict(server: FaultServer, library: Path) -> None:
    """Where the model gives both, each statement is in dispute and nothing is brought in twice."""
    given = asked(server, library, f"{SIX} {NINE}")
    assert [item.quote for item in given.citations] == [SIX, NINE]
    assert [item.citations for item in given.conflicts] == [(1, 2)]
    assert {item.support for item in given.statements} == {Support.CONFLICTING}


def test_a_statement_about_something_else_is_not_in_dispute(server: FaultServer, library: Path) -> None:
    """A sentence that others contradict may be cited for what nobody denies."""
    text = "There was a fire on the ferry Marta Lind, the harbour authority said."
    given = asked(server, library, text)
    assert [(item.text, item.support) for item in given.statements] == [(text, Support.SUPPORTED)]


def test_both_sides_may_be_cited_for_what_they_share(server: FaultServer, library: Path) -> None:
    """A statement on two sentences that differ is in dispute only if it says what they differ about."""
    shared = "There was a fire on the ferry Marta Lind."
    both = "The harbour authority said six people were hurt, while the lifeboat station said nine."
    given = asked(server, library, f"{shared[:-1]} [a1, b1]. {both[:-1]} [a1, b1].")
    assert [item.support for item in given.statements] == [Support.SUPPORTED, Support.CONFLICTING]


def test_nothing_is_brought_in_for_what_is_unsupported(server: FaultServer, library: Path) -> None:
    """Only what supported statements rest on can be in conflict."""
    given = asked(server, library, "Captain Ana Ruíz praised the crew. Forty people were hurt [a1, b1].")
    assert given.conflicts == ()
    assert [item.support for item in given.statements] == [Support.SUPPORTED, Support.UNSUPPORTED]


def test_a_cited_sentence_that_denies_the_statement_keeps_its_footnote(
    server: FaultServer, library: Path
) -> None:
    """Where a statement cites a sentence that says the reverse, the reader is led to it too."""
    given = asked(server, library, f"{SIX[:-1]} [a1, b1].")
    assert given.statements[0].support is Support.CONFLICTING
    assert {item.quote for item in given.citations} == {SIX, NINE}
    assert [set(item.citations) for item in given.conflicts] == [{1, 2}]


def test_footnotes_say_as_much_as_those_of_quotations(server: FaultServer, library: Path) -> None:
    """Decisive words and who "she" is come with written answers too."""
    given = asked(server, library, f"{SIX} Ana Ruíz has sailed for 30 years.")
    marked = [given.citations[0].quote[start:end] for start, end in given.citations[0].emphasis]
    assert "Six" in " ".join(marked)
    she = next(item for item in given.citations if item.quote.startswith("She"))
    assert she.referent == "Ana Ruíz"
    assert given.statements[1].support is Support.SUPPORTED


def test_a_written_answer_is_kept_and_resumed(server: FaultServer, library: Path, tmp_path: Path) -> None:
    """How it was written, its conflicts and its footnotes come back from disk as they were."""
    given = asked(server, library, f"{SIX[:-1]} [a1, z9]. Dragons ate the moon.")
    assert given.mode is Mode.WRITTEN
    assert given.writing is not None
    assert given.writing.unknown_keys == ("z9",)
    assert answer_of(json.loads(json.dumps(given.to_dict()))) == given
    conversation, _ = Conversations(tmp_path).keep(None, given, seconds=1.0)
    resumed = Conversations(tmp_path).get(conversation)
    assert resumed is not None
    assert resumed.turns[0].answer == given


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from([SIX, NINE, "The pier stays closed.", "It rained."]), max_size=5))
def test_numbers_of_conflicts_are_footnotes(server: FaultServer, library: Path, parts: list[str]) -> None:
    """Whatever the model writes, a conflict leads to footnotes of the answer, each to a slice."""
    given = asked(server, library, " ".join(parts))
    numbers = {item.number for item in given.citations}
    assert all(set(item.citations) <= numbers for item in given.conflicts)
    texts = {item.title: item.text for item in (POST, GAZETTE)}
    for item in given.citations:
        assert texts[item.title][item.start : item.end] == item.quote


def _settled(*told: Article) -> Settled:
    """Settle one statement for each article, whose only sentence it repeats."""
    cited = [Ranked(article, split_sentences(article.text)[0], 5.0 - at) for at, article in enumerate(told)]
    statements = [
        Statement(item.sentence.text, (number,), Support.SUPPORTED, 0.9, "")
        for number, item in enumerate(cited, start=1)
    ]
    return cite_disputes(statements, cited, cited)


def test_a_report_that_corrects_its_own_paper_is_not_in_dispute() -> None:
    """What the earlier report says is; where two papers differ, what both of them say is."""
    six = replace(POST, text=SIX)
    nine = replace(GAZETTE, text=NINE, source="Post")
    corrected = _settled(six, nine)
    assert [item.superseded for item in corrected.conflicts] == [True]
    assert [item.support for item in corrected.statements] == [Support.SUPPORTED, Support.CONFLICTING]
    others = _settled(six, replace(nine, source="Gazette"))
    assert [item.support for item in others.statements] == [Support.CONFLICTING] * 2


def test_a_statement_that_a_cited_sentence_denies_is_told_as_a_conflict(
    server: FaultServer, tmp_path: Path
) -> None:
    """The comparison of sources sees no number or outcome that differs; the check has seen the denial."""
    opens = "The harbour museum of Fennholt will reopen on Friday, the council said."
    shut = "The harbour museum of Fennholt will not reopen on Friday, the council said."
    one = Article(text=opens, title="Museum reopens", origin="a", source="Post", published=date(2026, 5, 3))
    other = Article(text=shut, title="Museum shut", origin="b", source="Herald", published=date(2026, 5, 4))
    ingest_articles([one, other], tmp_path / "library")
    says(server, f"{opens[:-1]} [a1, b1].")
    given = answer("When will the harbour museum of Fennholt reopen?", library=tmp_path / "library")
    newest = next(item.number for item in given.citations if item.quote == shut)
    assert given.statements[0].support is Support.CONFLICTING
    assert [(item.about, item.values) for item in given.conflicts] == [(f"“{opens[:-1]}”", ())]
    assert given.conflicts[0].citations[0] == newest

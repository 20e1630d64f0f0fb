"""A question of the page on its way to an answer."""

from __future__ import annotations

import asyncio
import json
import logging
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import ANSWERED, BROKEN, REFUSED, SLOW, UNKNOWN, WRITTEN, WRITTEN_QUESTION, FakeChat, file_of

from assistant.settings import AnswerSettings
from assistant.store.conversations import Conversations
from assistant.web.access.people import Person
from assistant.web.chat.answer_stream import NOT_KEPT, NOT_UNDER_WAY, REMOVED, STOPPED_ANSWER, Asking
from assistant.web.chat.handlers import Handlers
from assistant.web.chat.library_service import LibraryService
from assistant.web.html.failure_words import WENT_WRONG
from assistant.web.html.library_view import NOTHING_TO_ASK
from ingest import Filters

if TYPE_CHECKING:
    from pathlib import Path

Message = dict[str, Any]


@pytest.fixture
def service(tmp_path: Path) -> FakeChat:
    return FakeChat(tmp_path / "library" / "uploads")


@pytest.fixture
def kept(service: FakeChat) -> Conversations:
    return Conversations(service.library)


@pytest.fixture
def asking(service: FakeChat, kept: Conversations) -> Asking:
    return Asking(service, kept, question_limit=100, patience=0)


def ask(asking: Asking, question: str, **data: Any) -> list[Message]:
    """Ask, and collect the messages as the page reads them."""

    async def collect() -> list[Message]:
        sent = asking.ask({"token": "t1", "question": question, **data})
        return [json.loads(message) async for message in sent]

    return asyncio.run(collect())


def test_answer_is_kept_and_remembered(asking: Asking, service: FakeChat, kept: Conversations) -> None:
    """An answer comes back for the turn that asked, is kept, and later questions know the exchange."""
    first = ask(asking, " Who was hurt? ")[-1]
    assert (first["token"], first["done"]) == ("t1", True)
    assert " ".join(first["said"]) == f"{ANSWERED.text} 3 footnotes."
    ask(asking, "And then?", conversation=first["conversation"])
    assert [(item.text, item.history) for item in service.asked] == [
        ("Who was hurt?", ()),
        ("And then?", (("Who was hurt?", ANSWERED.text),)),
    ]
    conversation = kept.get(first["conversation"])
    assert conversation is not None
    assert [turn.question for turn in conversation.turns] == ["Who was hurt?", "And then?"]


def test_written_answer_grows(asking: Asking) -> None:
    """Each message has all that came before it: text never shrinks, said sentences are only added."""
    messages = ask(asking, WRITTEN_QUESTION)
    assert [message["done"] for message in messages[-2:]] == [False, True]
    said = [message["said"] for message in messages]
    assert all(later[: len(before)] == before for before, later in pairwise(said))
    assert said[-1][0] == "Six people were hurt. [1]"
    assert said[-1][-1] == "3 footnotes."
    assert 'class="sources"' in messages[-2]["html"]


def test_quotations_come_before_anything_that_a_model_writes(asking: Asking) -> None:
    """The first message has every quotation; a statement is in none before it was checked."""
    first, *more = (message["html"] for message in ask(asking, WRITTEN_QUESTION))
    assert all(item.quote in first for item in ANSWERED.citations)
    assert "test-model is writing" in first
    assert not any(item.text in first for item in WRITTEN.statements)
    assert "writing" not in more[-1]


def test_a_long_conversation_is_read_from_its_beginning(asking: Asking, service: FakeChat) -> None:
    """A question is understood in the chat as with the same history elsewhere: what began it counts."""
    key = None
    for number in range(12):
        key = ask(asking, f"Question {number}", conversation=key)[-1]["conversation"]
    assert [question for question, _ in service.asked[-1].history] == [
        f"Question {number}" for number in range(11)
    ]


def test_edited_question_does_not_know_what_it_replaces(
    asking: Asking, service: FakeChat, kept: Conversations
) -> None:
    """Asked again, a question knows what came before it, and takes the place of what came after."""
    first = ask(asking, "One")[-1]
    second = ask(asking, "Two", conversation=first["conversation"])[-1]
    ask(asking, "Three", conversation=first["conversation"])
    ask(asking, "Two again", conversation=first["conversation"], replaced=second["turn"])
    assert [question for question, _ in service.asked[-1].history] == ["One"]
    now = kept.get(first["conversation"])
    assert now is not None
    assert [turn.question for turn in now.turns] == ["One", "Two again"]


def test_limits_reach_the_search(asking: Asking, service: FakeChat) -> None:
    """Period, sources and the day of asking come with the question."""
    from datetime import date

    limits = {"from": "2026-05-01", "to": "nonsense", "sources": ["Inland Post"], "on": "2026-06-01"}
    ask(asking, "Who?", limits=limits)
    assert service.asked[0].limits.asked_on == date(2026, 6, 1)
    assert service.asked[0].limits.filters == Filters(
        published_from=date(2026, 5, 1), sources=frozenset({"Inland Post"})
    )


def test_stopped_answer_keeps_what_arrived(asking: Asking, service: FakeChat, kept: Conversations) -> None:
    """Stopping ends the request at once; what had arrived stays on the page and is not kept."""

    async def stop_midway() -> list[Message]:
        messages = []
        async for message in asking.ask({"token": "t9", "question": SLOW}):
            messages.append(json.loads(message))
            if "meanwhile" in message:
                asking.stop({"token": "t9"})
        return messages

    sent = asyncio.run(stop_midway())
    last = sent[-1]
    said = ["Six people were hurt. [1]", STOPPED_ANSWER]
    assert (last["done"], last["said"], "turn" in last) == (True, said, False)
    assert "Six people were hurt." in last["html"]
    assert not any("sank" in message["html"] for message in sent)
    assert (service.closed, kept.listed()) == ([SLOW], [])


def test_a_page_that_comes_back_goes_on_with_its_answer(asking: Asking, service: FakeChat) -> None:
    """Followed under its token the answer is not asked again, and the page that left ends nothing."""
    asking.patience = 0.05

    async def reload() -> tuple[str, bool]:
        first = asking.ask({"token": "a", "question": SLOW}, "s1")
        async for message in first:
            if "meanwhile" in message:
                break
        await first.aclose()
        asking.leave("s1")
        again = asking.ask({"token": "a", "question": SLOW, "follow": True}, "s2")
        came = json.loads(await anext(again))
        await asyncio.sleep(0.2)
        ended = bool(service.closed)
        asking.stop({"token": "a"})
        await again.aclose()
        return came["html"], ended

    html, ended = asyncio.run(reload())
    assert ("Six people were hurt." in html, ended) == (True, False)
    assert [item.text for item in service.asked] == [SLOW]


def test_what_is_not_under_way_is_not_asked_by_following(asking: Asking, service: FakeChat) -> None:
    """A page that comes back too late is told so."""
    (message,) = ask(asking, SLOW, follow=True)
    assert (message["done"], message["said"], service.asked) == (True, [NOT_UNDER_WAY], [])


def test_an_answer_that_was_kept_meanwhile_is_shown_to_a_page_that_comes_back(
    asking: Asking, service: FakeChat, kept: Conversations
) -> None:
    """After a restart the page is loaded anew: it gets the answer as it was kept, and nothing is asked."""
    question = "How many people were hurt in the ferry fire?"
    *_, first = ask(asking, question, conversation="0123456789abcdef")
    after = Asking(service, kept, question_limit=100)
    (message,) = ask(after, question, follow=True)
    assert (message["done"], message["turn"]) == (True, first["turn"])
    assert "Six people were hurt" in message["html"]
    assert len(service.asked) == 1
    *_, again = ask(after, question)  # a token that comes twice is another turn
    assert again["turn"] != first["turn"]


def test_leaving_stops_only_the_answers_of_that_page(asking: Asking, service: FakeChat) -> None:
    """When a page is closed its answers end, and those of other pages go on."""

    async def both() -> list[str]:
        mine, other = (
            asking.ask({"token": name, "question": SLOW}, session)
            for name, session in (("a", "s1"), ("b", "s2"))
        )
        await anext(mine)
        await anext(other)
        asking.leave(None)
        asking.leave("s1")
        last = [json.loads(message) async for message in mine][-1]
        before = list(service.closed)
        await other.aclose()
        assert last["said"][-1] == STOPPED_ANSWER
        return before

    assert asyncio.run(both()) == [SLOW]


def test_closed_page_closes_the_request(asking: Asking, service: FakeChat) -> None:
    """When nobody listens any more, the request to the model is closed too."""

    async def leave() -> None:
        sent = asking.ask({"token": "t1", "question": SLOW})
        await anext(sent)
        await sent.aclose()

    asyncio.run(leave())
    assert service.closed == [SLOW]
    asking.stop({"token": "t1"})  # too late, and no failure


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (REFUSED, "The library is damaged. Run `footnote doctor --repair`."),
        (BROKEN, WENT_WRONG),
        ("x" * 101, "The question has 101 characters; 100 is the limit. Shorten it and ask again."),
        ("  ", "There is no question. Type one and send it again."),
    ],
)
def test_failures_are_told_calmly(
    asking: Asking, caplog: pytest.LogCaptureFixture, question: str, told: str
) -> None:
    """Our own errors say what to do; of other ones the detail goes to the log and never to the page."""
    with caplog.at_level(logging.ERROR):
        (message,) = ask(asking, question)
    assert (message["said"], message["done"]) == ([told], True)
    assert "secret detail" not in message["html"]
    assert ("a secret detail" in caplog.text) == (question == BROKEN)


def test_a_limited_answer_says_so_for_good(asking: Asking, kept: Conversations) -> None:
    """What a question was limited to is part of its answer, so that it is known when that is read again."""
    limits = {"sources": ["Inland Post"], "on": "2026-06-01"}
    last = ask(asking, "Who was hurt?", limits=limits)[-1]
    limited = "Limited to: Inland Post · as of 1 Jun 2026."
    assert limited in last["html"]
    conversation = kept.get(last["conversation"])
    assert conversation is not None
    assert conversation.turns[0].answer.notices == (limited,)


def test_a_question_to_nothing_offers_to_add_articles(tmp_path: Path) -> None:
    """Without a library there is nothing wrong: the answer is how to begin."""
    nothing = LibraryService(tmp_path / "library")
    (message,) = ask(Asking(nothing, Conversations(nothing.library), question_limit=100), "Who was hurt?")
    assert message["said"] == [NOTHING_TO_ASK]
    assert [name in message["html"] for name in ('"choose"', '"chooseFolder"', '"examples"')] == [True] * 3
    assert "footnote ingest" not in message["html"]


def test_answer_that_cannot_be_kept_is_shown(asking: Asking, kept: Conversations) -> None:
    """A damaged file of conversations costs the keeping, never the answer."""
    file_of(kept).parent.mkdir(parents=True)
    file_of(kept).write_bytes(b"no database" * 1_000)
    last = ask(asking, UNKNOWN)[-1]
    assert NOT_KEPT in last["html"]
    assert "Your articles don&#x27;t say." in last["html"]
    assert "turn" not in last


def test_written_answer_shows_every_state(asking: Asking) -> None:
    """Supported is plain; corrected, unsupported and conflicting say so, with the reason at hand."""
    html = ask(asking, WRITTEN_QUESTION)[-1]["html"]
    for words in (
        ">not in the sources</button>",
        "No sentence says that it sank.",
        ">corrected</button>",
        "It first read: “It stays until May.”",
        ">≠ sources differ</button>",
        "Written · 3 of 4 statements supported",
    ):
        assert words in html


def test_an_answer_is_not_kept_for_somebody_who_was_removed_meanwhile(service: FakeChat) -> None:
    """Whoever was removed while it was made leaves nothing behind, and is told; others go on as before."""
    people = [Person("tom"), Person("eve")]
    handlers = Handlers.make(service, inbox=service.uploads, settings=AnswerSettings(), people=lambda: people)
    eve, tom = (handlers.of(Person(name)).asking for name in ("eve", "tom"))
    assert "conversation" in ask(eve, "Who was hurt?")[-1]
    people.remove(Person("eve"))
    last = ask(eve, "And then?", token="t2")[-1]  # noqa: S106  # of a turn
    assert (last["done"], "conversation" in last, REMOVED in last["html"]) == (True, False, True)
    assert Conversations.of_person(service.library, "eve").listed() == []
    assert "conversation" in ask(tom, "And then?")[-1]

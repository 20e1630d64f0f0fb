"""Kept questions as the page has them: kept, asked again, what changed, answers out of date, the feed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from browser.running import served
from fakechat import ANSWERED, FERRY, NOT_ANSWERED, POST, SIX, UNKNOWN, FakeChat
from visiting import client, peopled, signed_in

from assistant.store.conversations import Conversations
from assistant.watching.kept_questions import KeptQuestions
from assistant.watching.outdated_conversations import outdated_turns
from assistant.web.access.people import People, Person
from assistant.web.chat.gate import BusyError
from assistant.web.chat.kept_desk import GONE, asks_of
from assistant.web.chat.kept_watch import KeptWatch
from assistant.web.chat.replies import Desk
from assistant.web.chat.rooms import Rooms
from assistant.web.html.difference import marked_difference
from assistant.web.html.kept_page import NONE_KEPT

if TYPE_CHECKING:
    from pathlib import Path

WON = "Ada Lovelock won the chess tournament in Orrowmere."
EVENTS = 10.0  # seconds for what a thread does in a moment


@pytest.fixture(name="service")
def _service(tmp_path: Path) -> FakeChat:
    return FakeChat(tmp_path / "library" / "uploads")


@pytest.fixture(name="desk")
def _desk(service: FakeChat) -> Desk:
    return Desk(service, Conversations(service.library))


def ask(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return json.loads(json.dumps(desk.reply({"what": what, **data})))  # type: ignore[no-any-return]


def answered(desk: Desk, question: str, conversation: str | None = None) -> dict[str, str]:
    """Keep an answer in a conversation, as the chat does; return where it is."""
    answer = desk.service.quoted(question)
    key, turn = desk.kept.keep(conversation, answer, seconds=0.1)
    return {"conversation": key, "turn": turn}


def add(service: FakeChat, text: str, folder: Path) -> None:
    """Add an article."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chess.txt").write_text(text)
    service.add([folder / "chess.txt"], lambda _: None)


def test_a_question_is_kept_and_dropped(desk: Desk) -> None:
    """The star keeps the question of an answer; pressed again it is gone, as everywhere else."""
    assert NONE_KEPT in ask(desk, "kept")["html"]
    where = answered(desk, ANSWERED.question)
    news = ask(desk, "keep", **where)
    assert (list(news["kept"]), news["question"]) == ([ANSWERED.question.casefold()], ANSWERED.question)
    html = ask(desk, "kept")["html"]
    assert (ANSWERED.question in html, SIX.quote in html, "before" in html.casefold()) == (True, True, False)
    (key,) = news["kept"].values()
    assert ask(desk, "unkeep", key=key)["kept"] == {}
    assert ask(desk, "keep", conversation=where["conversation"], turn="0" * 16) == {"failed": GONE}


def test_a_follow_up_is_kept_with_what_it_leans_on(desk: Desk, service: FakeChat) -> None:
    """It is asked again with its conversation, and is called what one would ask alone."""
    first = answered(desk, ANSWERED.question)
    where = answered(desk, "Who said so?", first["conversation"])
    kept = ask(desk, "keep", **where)
    assert kept["question"] == f"{ANSWERED.question} Who said so?"
    service.asked.clear()
    ask(desk, "askKept")
    (asked,) = service.asked
    assert (asked.text, asked.history) == ("Who said so?", ((ANSWERED.question, ANSWERED.text),))
    shown = ask(desk, "resume", conversation=first["conversation"])["turns"]
    assert f'data-asks="{kept["question"].casefold()}"' in shown[1]["html"]
    assert asks_of(UNKNOWN, ()) == UNKNOWN.casefold()


def test_only_what_changed_is_new_until_it_is_seen(desk: Desk, service: FakeChat, tmp_path: Path) -> None:
    """An answer that came is counted once, shown with what was said before, and seen once it was shown."""
    ask(desk, "keep", **answered(desk, UNKNOWN))
    ask(desk, "keep", **answered(desk, ANSWERED.question))
    assert ask(desk, "askKept")["changed"] == 0
    add(service, WON, tmp_path / "new")
    assert ask(desk, "askKept")["changed"] == 1
    shown = ask(desk, "kept")
    assert shown["unseen"] == 0
    html = shown["html"]
    assert (WON in html, "Your articles didn&#x27;t say." in html) == (True, True)
    assert html.index(UNKNOWN) < html.index(ANSWERED.question)  # news first


def test_everybodys_questions_are_asked_once_articles_came(
    desk: Desk, service: FakeChat, tmp_path: Path
) -> None:
    """Whoever adds articles, the kept questions of all are asked again; a busy moment is waited for."""
    others = Conversations.of_person(service.library, "ada")
    watch = KeptWatch(service, pause=0.01, people=lambda: [Person("ada")])
    watch.of(others).keep(UNKNOWN)
    ask(desk, "keep", **answered(desk, UNKNOWN))
    add(service, WON, tmp_path / "new")
    tries = []
    truly = service.quoted

    def busy_at_first(question: str, history: Any = ()) -> Any:
        tries.append(question)
        if len(tries) == 1:
            raise BusyError("busy")
        return truly(question, history)

    service.quoted = busy_at_first  # type: ignore[method-assign]
    watch.articles_changed()
    end = time.monotonic() + EVENTS
    while watch.busy and time.monotonic() < end:
        time.sleep(0.01)
    assert (watch.of(others).unseen(), watch.of(desk.kept).unseen()) == (1, 1)
    watch.expect(lambda: True)
    assert watch.busy


def test_answers_out_of_date_are_marked_everywhere(desk: Desk, service: FakeChat) -> None:
    """A corrected article shows the sentence before and now, a removed one what it said."""
    where = answered(desk, ANSWERED.question)
    assert "out of date" not in ask(desk, "conversations")["html"]
    service.stored[0] = replace(FERRY, text=FERRY.text.replace("Six people", "Seven people"))
    service.stored.remove(POST)
    assert "out of date" in ask(desk, "conversations")["html"]
    (turn,) = ask(desk, "resume", conversation=where["conversation"])["turns"]
    assert "<del>Six</del>" in turn["html"]
    assert "<ins>Seven</ins>" in turn["html"]
    assert "no longer in your library" in turn["html"]
    html = ask(desk, "kept")["html"]
    assert (f"#c-{where['conversation']}/t-{where['turn']}" in html, "<ins>Seven</ins>" in html) == (
        True,
        True,
    )


def test_an_article_is_read_once_and_only_where_its_version_is_another(service: FakeChat) -> None:
    """A correction elsewhere in the article makes no answer old."""
    kept = Conversations(service.library)
    kept.keep(None, ANSWERED, seconds=0.1)
    read = []

    def article_of(key: str, _: str | None) -> Any:
        read.append(key)
        return replace(FERRY, text=f"{FERRY.text} It rained.")

    live = {SIX.article_id: "another", POST.id: POST.version}
    assert outdated_turns(kept.cited(), live, article_of) == {}
    assert read == [SIX.article_id]


SENTENCES = [
    ("Nine were hurt.", "Six were hurt.", ("<del>Nine</del> were hurt.", "<ins>Six</ins> were hurt.")),
    ("A <b>.", "A <i>.", ("A &lt;<del>b</del>&gt;.", "A &lt;<ins>i</ins>&gt;.")),
    (
        "Nine or ten were hurt.",
        "Six were hurt.",
        ("<del>Nine or ten</del> were hurt.", "<ins>Six</ins> were hurt."),
    ),
    ("  Six were hurt.", "Six were hurt.", ("  Six were hurt.", "Six were hurt.")),
    ("The ferry sank at noon.", "Rovers won, 3-1!", ("The ferry sank at noon.", "Rovers won, 3-1!")),
]


@pytest.mark.parametrize(("before", "now", "marked"), SENTENCES)
def test_the_words_that_differ_are_marked(before: str, now: str, marked: tuple[str, str]) -> None:
    """Escaped like all text; sentences that have little in common stay without marks."""
    assert marked_difference(before, now) == marked


def test_a_busy_page_has_one_run_at_a_time(service: FakeChat) -> None:
    """What comes in the middle of a run starts one more, and then it rests."""
    watch = KeptWatch(service)
    KeptWatch.of(watch, Conversations(service.library)).keep(ANSWERED.question)
    service.asked.clear()
    for _ in range(20):
        watch.articles_changed()
    end = time.monotonic() + EVENTS
    while watch.busy and time.monotonic() < end:
        time.sleep(0.01)
    assert 1 <= len(service.asked) <= 20
    assert Rooms.of(service, Conversations(service.library), watch=watch).keeping.news({})["busy"] is False


def test_the_feed_is_ones_own_behind_sign_in_and_token(tmp_path: Path) -> None:
    """Strangers get nothing; a token and a cookie bring the changes of their own person and nobody else's."""
    folder = peopled(tmp_path / "library")
    token = People(folder).add_token("tom", "a feed reader")
    answers = iter([NOT_ANSWERED, ANSWERED])
    kept = KeptQuestions(
        folder, conversations=Conversations.of_person(folder, "tom"), ask=lambda *_: next(answers)
    )
    kept.keep(UNKNOWN)
    kept.ask_again()
    with served("fake", folder) as address, client(address) as stranger:
        assert stranger.get("/api/changes.atom").status_code == 401
        feed = stranger.get("/api/changes.atom", headers={"authorization": f"Bearer {token}"})
        assert feed.headers["content-type"].startswith("application/atom+xml")
        assert SIX.quote in feed.text
        with signed_in(address, "ines") as ines:
            assert "<entry>" not in ines.get("/api/changes.atom").text
        with signed_in(address, "tom") as tom:
            assert tom.get("/api/changes.atom").text == feed.text

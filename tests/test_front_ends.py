"""Front ends of one library in PostgreSQL: whichever is asked, people, conversations, answers are there."""

from __future__ import annotations

import re
import signal
import time
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from faultserver import KEY, FaultServer, Says, serving
from frontends import front_ends
from frontproxy import NGINX, proxied
from visiting import QUICK, client, component, event, peopled, signed_in

from assistant.store.conversations import Conversations
from assistant.watching.kept_questions import KeptQuestions
from assistant.web.access.people import People
from assistant.web.chat.answer_stream import NOT_UNDER_WAY
from assistant.web.chat.coming_back import turn_of
from ingest import copy_library
from ingest.storage.postgresql.jobs import Jobs
from ingest.storage.postgresql.queue import QueuedRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from frontends import FrontEnd
    from postgres import PostgresServer

    from ingest import DatabaseAddress

pytestmark = pytest.mark.slow

HURT = "How many people were hurt in the ferry fire?"
CONVERSATION = "0123456789abcdef"
SOON = 240.0  # seconds; all of it takes one or two on a machine that isn't busy


@pytest.fixture(scope="module", name="library")
def _library(postgres_server: PostgresServer, examples_library: Path) -> DatabaseAddress:
    address = postgres_server.library()
    copy_library(examples_library, address)
    peopled(address)
    return address


@pytest.fixture(scope="module", name="pair")
def _pair(
    library: DatabaseAddress, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FrontEnd, FrontEnd]]:
    with front_ends(library, tmp_path_factory.mktemp("pair"), 2) as (one, other):
        yield one, other


def at(front_end: FrontEnd, browser: httpx.Client) -> httpx.Client:
    """Return the same browser where a proxy sends it to a front end."""
    moved = client(front_end.address)
    moved.cookies.update(browser.cookies)
    return moved


def test_who_signs_in_at_one_front_end_is_signed_in_at_all(
    pair: tuple[FrontEnd, FrontEnd], library: DatabaseAddress
) -> None:
    """A session, a token and their end hold everywhere; so do an admin's rights."""
    one, other = pair
    with signed_in(one.address, "ines") as here, at(other, here) as there:
        assert "Add articles" in component(there, {"what": "library"})["html"]
        assert there.post("/sign-out").status_code == 303
        assert here.get("/config").status_code == 401
    people = People(library, hasher=QUICK)
    token = people.add_token("tom", "script")
    for front_end in pair:
        with client(front_end.address) as program:
            program.headers["authorization"] = f"Bearer {token}"
            assert program.get("/api/articles").status_code == 200
    people.remove_token(people.known().tokens[0].id)
    with client(other.address) as program:
        program.headers["authorization"] = f"Bearer {token}"
        assert program.get("/api/articles").status_code == 401


def test_wrong_passwords_count_over_all_front_ends(pair: tuple[FrontEnd, FrontEnd]) -> None:
    """Guessing in turns at two gains nothing, and the lock of one is that of the other."""
    far = {"x-forwarded-for": "10.9.8.7"}  # the proxy says so: other tests come from here
    statuses = []
    for number in range(16):
        with client(pair[number % 2].address) as stranger:
            form = {"name": "nobody", "password": f"wrong {number}"}
            statuses.append(stranger.post("/sign-in", data=form, headers=far).status_code)
    assert statuses[:5] == [401] * 5
    assert statuses.count(401) < 14  # each for itself would have let all of them be tried


def test_a_conversation_goes_on_at_another_front_end(
    pair: tuple[FrontEnd, FrontEnd], library: DatabaseAddress
) -> None:
    """It is listed there, answers what leans on it, and what is kept of it is kept for both."""
    one, other = pair
    with signed_in(one.address, "tom") as here, at(other, here) as there:
        first = event(here, "ask", {"token": "a", "question": HURT, "conversation": CONVERSATION})
        assert (first["done"], first["conversation"], first["turn"]) == (True, CONVERSATION, turn_of("a"))
        data = {"token": "b", "question": "When did it happen?", "conversation": CONVERSATION}
        assert event(there, "ask", data)["turn"] == turn_of("b")
        assert HURT in component(there, {"what": "conversations"})["html"]
        assert component(here, {"what": "keep", "conversation": CONVERSATION, "turn": first["turn"]})["kept"]
        assert component(there, {"what": "keptNews"})["kept"]
        assert there.get("/api/changes.atom").status_code == 200
        again = event(there, "ask", {"token": "a", "follow": True, "conversation": CONVERSATION})
        assert (again["turn"], "gone" in again) == (first["turn"], False)
    kept = Conversations.of_person(library, "tom").get(CONVERSATION)
    assert kept is not None
    assert [turn.question for turn in kept.turns] == [HURT, "When did it happen?"]
    assert kept.turns[1].answer.answered
    assert KeptQuestions(library).names() == {}  # tom's, not whose machine it is


def test_a_file_that_is_dropped_at_both_is_one_article(pair: tuple[FrontEnd, FrontEnd]) -> None:
    """An article without an address is known by its name, not by where a machine has put it."""
    said = []
    for day, front_end in zip(("Monday", "Tuesday"), pair, strict=True):
        with signed_in(front_end.address, "ines") as ines:
            words = f"The harbour\n\nThe harbour of Quillmouth was closed on {day}."
            (place,) = ines.post("/gradio_api/upload", files={"files": ("a.txt", words.encode())}).json()
            sent = [{"place": place, "name": "harbour.txt"}]
            said += event(ines, "add", {"token": "u", "files": sent})["said"]
    assert said == ["1 added, 0 updated, 0 failed.", "0 added, 1 updated, 0 failed."]


def test_what_an_admin_chooses_holds_at_every_front_end(pair: tuple[FrontEnd, FrontEnd]) -> None:
    """Within seconds, and a key is refused: the database would keep it for whoever reads a backup."""
    one, other = pair
    with signed_in(one.address, "ines") as here, at(other, here) as there:
        before = component(there, {"what": "home"})["mode"]
        form = {"what": "saveSettings", "writer": "server", "address": "http://127.0.0.1:9/v1", "model": "m"}
        assert "No key is kept" in component(here, {**form, "check": "", "key": KEY})["failed"]
        assert component(here, {**form, "check": "", "key": ""})["told"]
        wait_for(lambda: component(there, {"what": "home"})["mode"] != before)
        component(there, {"what": "saveSettings", "writer": "environment", "check": ""})
        wait_for(lambda: component(here, {"what": "home"})["mode"] == before)


def test_health_says_which_parts_are_reachable(pair: tuple[FrontEnd, FrontEnd]) -> None:
    """Whoever watches sees the database; no address is named."""
    with client(pair[0].address) as monitor:
        ready = monitor.get("/readyz")
        assert (ready.status_code, ready.text.splitlines()[:2]) == (200, ["ok", "database: reachable"])


def test_monitors_see_the_queue(pair: tuple[FrontEnd, FrontEnd], library: DatabaseAddress) -> None:
    """Its gauges are for admins; whoever may ask for health sees no number. Without a queue there is none."""
    with client(pair[1].address) as monitor, signed_in(pair[1].address, "ines") as ines:
        assert "footnote_queue" not in ines.get("/metrics").text
        run = QueuedRun.begin(library, {"sync": False, "include": [], "exclude": []})
        jobs = Jobs(library)
        job = jobs.take(["finish", "store"])
        assert job is None  # the end of a run waits until all was put there
        gauges = re.findall(r"^(footnote_queue\S+) (\S+)$", ines.get("/metrics").text, re.MULTILINE)
        assert gauges == [
            ('footnote_queue_jobs{state="waiting"}', "1.0"),
            ('footnote_queue_jobs{state="running"}', "0.0"),
            ('footnote_queue_jobs{state="parked"}', "0.0"),
            ("footnote_queue_workers", "1.0"),
        ]
        ready = "ok\ndatabase: reachable\nqueue: "
        assert monitor.get("/readyz").text == f"{ready}at work"
        jobs.close()
        wait_for(lambda: monitor.get("/readyz").text == f"{ready}waits, and nobody works on it")
        run.end(whole=True)
        run.close()
        last = Jobs(library)
        job = last.take(["finish"])
        assert job
        last.end_run(job, "{}")
        last.close()
        assert monitor.get("/readyz").text == f"{ready}empty"


def test_no_answer_is_lost_when_front_ends_end(
    pair: tuple[FrontEnd, FrontEnd], library: DatabaseAddress, tmp_path: Path
) -> None:
    """One that is told to end finishes its answer, which is kept, and another shows it to the reloaded page.

    What one was killed over is said to be gone, soon, and can be asked again.
    """
    slow = FaultServer(script=[Says(["NOT ", "IN ", "THE ", "ARTICLES"], pause=1.5)])
    model = {"OPENAI_API_KEY": KEY, "FOOTNOTE_MODEL": "slow"}
    there = pair[1]
    with serving(slow), front_ends(library, tmp_path, 2, OPENAI_BASE_URL=slow.address, **model) as going:
        asked = [_asking(front_end, f"slow{number}") for number, front_end in enumerate(going)]
        wait_for(lambda: len(slow.asked) >= 2)
        time.sleep(1.5)  # both have noted what they are doing
        going[0].process.send_signal(signal.SIGTERM)
        going[1].process.kill()
        with signed_in(there.address, "tom") as tom:
            back = [_followed(tom, f"slow{number}") for number in range(2)]
        assert going[0].process.wait() == 128 + signal.SIGTERM
        for thread in asked:
            thread.join(SOON)
    assert (back[0].get("turn"), back[0]["done"]) == (turn_of("slow0"), True)
    assert (back[1]["said"], "turn" in back[1]) == ([NOT_UNDER_WAY], False)
    assert Conversations.of_person(library, "tom").turn(back[0]["turn"]) is not None


@pytest.mark.skipif(not NGINX, reason="needs nginx")
def test_behind_a_proxy_they_are_one_chat(
    pair: tuple[FrontEnd, FrontEnd], library: DatabaseAddress, tmp_path: Path
) -> None:
    """With the configuration that the page on scaling shows nobody notices when one after another dies."""
    with (
        front_ends(library, tmp_path, 2) as going,
        proxied([pair[0].address, *(each.address for each in going)], tmp_path) as address,
        signed_in(address, "tom") as tom,
    ):
        for number, gone in enumerate([None, *going]):
            if gone:
                gone.process.kill()
            token = f"proxied{number}"
            said = event(tom, "ask", {"token": token, "question": HURT}, session=token)
            assert said["turn"] == turn_of(token)
        assert HURT in component(tom, {"what": "conversations"})["html"]


def _asking(front_end: FrontEnd, token: str) -> Thread:
    """Ask in a thread, from a page that goes away with its front end."""

    def ask() -> None:
        with signed_in(front_end.address, "tom") as tom, suppress(httpx.HTTPError):  # it may be killed
            event(tom, "ask", {"token": token, "question": HURT}, session=token)

    thread = Thread(target=ask)
    thread.start()
    return thread


def _followed(tom: httpx.Client, token: str) -> dict[str, Any]:
    """Come back as a page does that is loaded anew."""
    return event(tom, "ask", {"token": token, "follow": True, "question": HURT}, session=f"again{token}")


def wait_for(holds: Any) -> None:  # whatever tells
    """Return once something holds."""
    until = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.3)

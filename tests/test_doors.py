"""Getting in by every way but the door, as a stranger, as somebody else, or as more than one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.running import served
from fakechat import ANSWERED
from visiting import PASSWORD, QUICK, client, component, event, peopled, raw, signed_in

from assistant.web.access.people import People
from assistant.web.server.allowed_paths import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return peopled(tmp_path_factory.mktemp("doors"))


@pytest.fixture(scope="module", name="address")
def _address(folder: Path) -> Iterator[str]:
    with served("fake", folder) as address:
        yield address


# Doors of the framework that the page has no use for: uploads, files, events by name, passing on, editing.
SHUT = [
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file/etc/passwd"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1:1/"),
    ("GET", "/gradio_api/dev/reload"),
    ("GET", "/gradio_api/deep_link?session_hash=x"),
    ("GET", "/gradio_api/stream/a/b/c/playlist.m3u8"),
    ("GET", "/gradio_api/custom_component/a/b/c/d"),
    ("GET", "/gradio_api/vibe-code"),
    ("GET", "/monitoring/summary"),
    ("GET", "/logout"),
    ("GET", "//config"),
    ("POST", "/login"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/run/add_examples"),
    ("POST", "/gradio_api/api/add_examples"),
    ("POST", "/gradio_api/call/add_examples"),
    ("POST", "/gradio_api/call/v2/add_examples"),
    ("POST", "//gradio_api/upload"),
]


@pytest.mark.parametrize(("method", "path"), SHUT)
def test_doors_of_the_framework_are_shut(address: str, method: str, path: str) -> None:
    """What the page doesn't use is not there, for an admin either (case 65)."""
    with signed_in(address, "ines") as ines:
        answer = ines.request(
            method, f"{address.rstrip('/')}{path}", json={"data": []} if method == "POST" else None
        )
    assert (answer.status_code, answer.text) == (404, "There is nothing here.")


def test_no_step_leads_out_of_an_open_door() -> None:
    """A path that goes up again is none of ours, however it begins."""
    assert is_open("/assets/index.js")
    assert [
        path for path in ("/assets/../config", "/api/../gradio_api/file=x", "/api") if is_open(path)
    ] == []


HOSTS = [
    "127.0.0.1:/healthz?",
    "127.0.0.1:80/sign-in#",
    "[::1]/healthz?",
    "127.0.0.1@evil.example",
    "evil.example",
    "",
]


@pytest.mark.parametrize("host", HOSTS)
def test_the_name_of_the_host_changes_no_path(address: str, host: str) -> None:
    """A host header that reads like another path opens nothing (case 66)."""
    request = f"GET /config HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    status = raw(address, request).split(b" ")[1]
    assert status in {b"400", b"401"}


WAYS = ["/healthz/../config", "/sign-in/../config", "/healthz/%2e%2e/config", "/%2e/config", "/CONFIG"]


@pytest.mark.parametrize("path", WAYS)
def test_no_open_path_leads_to_a_closed_one(address: str, path: str) -> None:
    """Health and sign-in are open to all, what can be reached from them is not."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    assert raw(address, request).split(b" ")[1] == b"401"


def test_the_page_s_own_events_add_nothing_for_others(address: str) -> None:
    """Somebody who may only ask, and sends the events of an admin's page, is refused by each."""
    refused = ["Only an administrator may add and remove articles."]
    with signed_in(address, "tom") as tom:
        before = tom.get("/api/articles").json()["total"]
        assert event(tom, "add", {"token": "a", "sources": ["http://example.com/"]})["said"] == refused
        assert event(tom, "add_examples", {"token": "b"})["said"] == refused
        for what in ("remove", "undo"):
            assert component(tom, {"what": what, "article": "0" * 16}) == {"failed": refused[0]}
        assert tom.get("/api/articles").json()["total"] == before


def test_nobody_gets_at_the_conversations_of_another(address: str) -> None:
    """An id from elsewhere opens, changes, continues and deletes nothing (case 38)."""
    with signed_in(address, "ines") as ines, signed_in(address, "tom") as tom:
        kept = event(ines, "ask", {"token": "a", "question": ANSWERED.question}, session="ines")
        hers = {"conversation": kept["conversation"], "turn": kept["turn"]}
        assert component(ines, {"what": "resume", **hers})["conversation"] == hers["conversation"]
        for what in ("resume", "export"):
            assert component(tom, {"what": what, "format": "markdown", **hers})["failed"]
        assert component(tom, {"what": "next", **hers}) == {"html": ""}
        component(tom, {"what": "rename", "title": "Mine now", **hers})
        component(tom, {"what": "rate", "good": "0", **hers})
        component(tom, {"what": "forget", **hers})
        his = event(tom, "ask", {"token": "a", "question": ANSWERED.question, **hers}, session="tom")
        own = component(tom, {"what": "resume", "conversation": his["conversation"], "turn": his["turn"]})
        assert len(own["turns"]) == 1  # a conversation of his own, whatever its id
        still = component(ines, {"what": "resume", **hers})
        assert (still["title"], len(still["turns"])) == (ANSWERED.question, 1)
        assert "aria-pressed='true'" not in still["turns"][0]["html"].replace('"', "'")


def test_whoever_goes_is_out_at_once(folder: Path, address: str) -> None:
    """A session and a token end with their person, in the middle of everything."""
    people = People(folder, hasher=QUICK)
    people.add("eve", PASSWORD, admin=True)
    token = people.add_token("eve", "script")
    with signed_in(address, "eve") as eve, client(address) as program:
        program.headers["authorization"] = f"Bearer {token}"
        assert (eve.get("/config").status_code, program.get("/v1/models").status_code) == (200, 200)
        people.add("eve", PASSWORD)  # an admin no more, and the password is set anew
        assert (eve.get("/config").status_code, program.get("/metrics").status_code) == (401, 403)
        people.remove("eve")
        assert program.get("/v1/models").status_code == 401


def test_a_session_is_not_taken_over_from_outside(address: str) -> None:
    """A cookie that somebody has put there is neither taken up nor worth anything afterwards."""
    chosen = {"footnote_session": "chosen-by-somebody-else"}
    with client(address) as browser:
        browser.cookies.update(chosen)
        form = {"name": "tom", "password": PASSWORD}
        given = browser.post("/sign-in", data=form).headers["set-cookie"]
    assert chosen["footnote_session"] not in given
    with client(address) as thief:
        thief.cookies.update(chosen)
        assert thief.get("/config").status_code == 401


@pytest.mark.parametrize("name", ["token", "access_token", "authorization", "footnote_session"])
def test_a_token_in_an_address_is_worth_nothing(folder: Path, address: str, name: str) -> None:
    """Addresses are kept in logs and histories, so they carry no right."""
    token = People(folder, hasher=QUICK).add_token("tom", name)
    with client(address) as program:
        assert program.get("/api/articles", params={name: token}).status_code == 401


FORMS = [
    b"&".join(b"a=1" for _ in range(100)),
    b"name=%00%ff&password=\xff",
    b"x" * 100_000,
    b"",
    b"name=tom",
]


def test_a_form_that_is_none_lets_nobody_in(folder: Path) -> None:
    """Whatever is posted at the door, it is one wrong try and no failure."""
    with served("fake", folder) as address, client(address) as browser:
        tried = [browser.post("/sign-in", content=form).status_code for form in FORMS]
    assert tried == [401] * len(FORMS)


def test_another_address_for_every_try_does_not_help(folder: Path) -> None:
    """Behind a proxy the address is what the proxy says; the name is locked all the same (case 67)."""
    with served("fake", folder) as address, client(address) as browser:
        tries = [
            browser.post(
                "/sign-in",
                data={"name": "tom", "password": f"wrong {number}"},
                headers={"x-forwarded-for": f"192.0.2.{number}"},
            ).status_code
            for number in range(100)
        ]
    assert (tries[:5], tries.count(401) < 20) == ([401] * 5, True)


def test_a_list_of_people_that_can_t_be_read_is_nobody_s_key(tmp_path: Path) -> None:
    """Nobody gets in, strangers learn no path of the machine, and the server lives (case 70)."""
    with served("fake", peopled(tmp_path)) as address, signed_in(address, "ines") as ines:
        (tmp_path / "access" / "people.json").write_text("{}")
        answers = [ines.get("/"), ines.get("/config"), ines.post("/sign-in", data={"name": "a"})]
        assert [answer.status_code for answer in answers] == [503] * 3
        assert [answer.text for answer in answers if str(tmp_path) in answer.text] == []
        assert answers[0].headers["x-content-type-options"] == "nosniff"
        assert ines.get("/healthz").text == "ok"
        (tmp_path / "access" / "people.json").unlink()  # and nobody's removal opens the door to all
        assert ines.get("/config").status_code == 401

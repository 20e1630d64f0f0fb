"""The whole site with people in it: who gets in, with which cookie, and what only an admin may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from browser.running import served
from visiting import PASSWORD, client, component, peopled, signed_in

from assistant.web.access.guard import COOKIE
from assistant.web.access.people import People

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return peopled(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(scope="module", name="address")
def _address(folder: Path) -> Iterator[str]:
    with served("fake", folder) as address:
        yield address


CLOSED = [
    "/config",
    "/gradio_api/info",
    "/gradio_api/file=/etc/passwd",
    "/api/articles",
    "/v1/models",
    "/metrics",
]


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_is_there_for_strangers(address: str, path: str) -> None:
    """Without a sign-in the page leads to one, everything else is refused; health alone is told."""
    with client(address) as stranger:
        assert stranger.get("/").headers["location"] == "/sign-in"
        assert stranger.get(path).status_code == 401
        assert stranger.post("/mcp", json={}).status_code == 401
        assert stranger.get("/healthz").text == stranger.get("/readyz").text == "ok"


def test_the_cookie_is_for_this_site_and_no_script(address: str) -> None:
    """HttpOnly, SameSite=Lax, and Secure where the connection is (case 67)."""
    form = {"name": "ines", "password": PASSWORD}
    with client(address) as browser:
        plain = browser.post("/sign-in", data=form).headers["set-cookie"].lower()
        secure = browser.post("/sign-in", data=form, headers={"x-forwarded-proto": "https"})
    assert plain.startswith(COOKIE)
    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "secure" not in plain
    assert "; secure" in secure.headers["set-cookie"].lower()


def test_signing_in_and_out(address: str) -> None:
    """The page is there after signing in and gone after signing out, for the old cookie too."""
    with signed_in(address, "ines") as browser:
        assert browser.get("/").status_code == 200
        old = dict(browser.cookies)
        assert browser.get("/sign-out").status_code == 200  # a link alone signs nobody out
        assert browser.get("/").status_code == 200
        assert browser.post("/sign-out").headers["location"] == "/sign-in"
    with client(address) as again:
        again.cookies.update(old)
        assert again.get("/config").status_code == 401


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_the_door_is_opened_and_written_to_and_nothing_else(address: str, path: str) -> None:
    """PUT, DELETE and PATCH are told that they are not for the door, and which are."""
    with client(address) as stranger:
        for method in ("PUT", "DELETE", "PATCH"):
            refused = stranger.request(method, path)
            assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, POST")
        assert stranger.head(path).status_code == 200


def test_other_sites_can_t_sign_anybody_in_or_out(address: str) -> None:
    """A form elsewhere is refused, and no permission is given to a foreign origin (case 66)."""
    foreign = {"origin": "https://evil.example"}
    with signed_in(address, "ines") as browser:
        for path in ("/sign-in", "/sign-out", "/gradio_api/upload"):
            assert browser.post(path, headers=foreign).status_code == 403
        page = browser.get("/config", headers=foreign)
        assert page.status_code == 200
        assert [name for name in page.headers if name.startswith("access-control")] == []
        assert (page.headers["x-frame-options"], page.headers["x-content-type-options"]) == (
            "DENY",
            "nosniff",
        )


def test_only_an_admin_adds_and_removes(address: str) -> None:
    """Others may ask and read; uploads are refused before they are taken."""
    files = {"files": ("a.txt", b"words")}
    with signed_in(address, "tom") as tom, signed_in(address, "ines") as ines:
        assert tom.post("/gradio_api/upload", files=files).status_code == 403
        assert tom.get("/metrics").status_code == 403
        told = component(tom, {"what": "remove", "article": "0" * 16})
        assert told == {"failed": "Only an administrator may add and remove articles."}
        assert "Add articles" not in component(tom, {"what": "library"})["html"]
        assert ines.post("/gradio_api/upload", files=files).status_code == 200
        assert "Add articles" in component(ines, {"what": "library"})["html"]
        assert "footnote_requests_total" in ines.get("/metrics").text


def test_metrics_have_no_words_in_them(address: str) -> None:
    """Neither questions nor names nor paths are in the labels (case 71)."""
    with signed_in(address, "ines") as ines:
        ines.get("/some-secret-path")
        ines.post("/api/ask", json={"question": "a very private matter"})
        page = ines.get("/metrics").text
    assert 'footnote_answers_total{outcome="answered"}' in page
    assert [word for word in ("secret", "private", "ines") if word in page] == []


def test_a_token_is_for_programs_only(address: str, folder: Path) -> None:
    """A token opens the endpoints and not the chat; a wrong one opens nothing."""
    token = People(folder, hasher=PasswordHasher(1, 8, 1)).add_token("tom", "test")
    with client(address) as program:
        program.headers["authorization"] = f"Bearer {token}"
        assert program.get("/api/articles").json()["total"] == 3
        assert program.get("/v1/models").status_code == 200
        assert program.get("/config").status_code == 401
        program.headers["authorization"] = f"Bearer {token}x"
        assert program.get("/api/articles").status_code == 401


def test_bodies_have_a_bound(address: str) -> None:
    """A megabyte is enough for any question, whatever length is announced."""

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    with signed_in(address, "ines") as ines:
        assert ines.post("/api/ask", content=b" " * 2_000_000).status_code == 413
        assert ines.post("/api/ask", content=endless()).status_code == 413


def test_the_door_speaks_the_browser_s_language_and_no_page_of_it_is_kept(folder: Path) -> None:
    """Also what it says of a wrong password and of too many; both lines of a header count."""
    wrong = {"name": "tom", "password": "wrong"}
    german = [("accept-language", "en;q=0.3"), ("accept-language", "de")]
    with served("fake", folder) as address, client(address) as browser:
        shown = [browser.get(path, headers=german) for path in ("/sign-in", "/sign-out")]
        tried = [browser.post("/sign-in", data=wrong, headers=german) for _ in range(8)]
    assert [page.status_code for page in shown] == [200, 200]
    assert {page.status_code for page in tried} == {401, 429}
    for page in (*shown, *tried):
        assert '<html lang="de">' in page.text
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["vary"] == "accept-language"
        assert ("retry-after" in page.headers) == (page.status_code == 429)


def test_two_hundred_wrong_passwords(folder: Path) -> None:
    """After a few the door is locked, for the right one too, until the wait is over (case 67)."""
    with served("fake", folder) as address, client(address) as browser:
        tries = [
            browser.post("/sign-in", data={"name": "tom", "password": f"wrong {number}"}).status_code
            for number in range(200)
        ]
        assert (tries[:5], tries.count(401) < 20) == ([401] * 5, True)
        locked = browser.post("/sign-in", data={"name": "tom", "password": PASSWORD})
        assert locked.status_code == 429
        assert int(locked.headers["retry-after"]) >= 1

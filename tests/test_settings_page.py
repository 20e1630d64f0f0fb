"""The page of settings: what may be chosen, where a key goes and where it never is, and for whom."""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from browser.running import served
from fakechat import FakeChat
from faultserver import KEY, FaultServer, Says, error, serving
from pydantic import SecretStr
from visiting import component, peopled, signed_in
from writing import FIRE, QUESTION

from assistant import answer
from assistant.providers.model_choice import model_name, openai_settings
from assistant.settings import ChosenSettings, answer_settings, choose, trying
from assistant.store.conversations import Conversations
from assistant.web.access.saved_settings import (
    SavedSettings,
    load_settings,
    read_settings,
    save_settings,
    typed_key,
)
from assistant.web.chat.replies import SETTINGS_REFUSED, Desk
from assistant.web.chat.settings_desk import NO_MODEL_TO_TEST, SAVED, TOOK_TOO_LONG
from ingest import SettingsError, backup_library, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER_KEY = "sk-other-9876543210zyxwvutsrq-9876"


@pytest.fixture(autouse=True)
def _nothing_chosen() -> Iterator[None]:
    yield
    choose(ChosenSettings())


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    service = FakeChat(tmp_path / "library" / "uploads")
    return Desk(service, Conversations(service.library))


def ask(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return json.loads(json.dumps(desk.reply({"what": what, **data})))  # type: ignore[no-any-return]


def test_a_chosen_model_holds_at_once_and_after_a_restart(desk: Desk) -> None:
    """It goes before the environment, is what the next question uses, and is read again from its file."""
    assert model_name(answer_settings()) is None
    with serving(FaultServer(script=[Says(["yes"])])) as server:
        form = {"writer": "server", "address": server.address, "model": "scripted", "check": "local"}
        tried = ask(desk, "testSettings", **form, key=KEY)
        assert tried["told"].startswith("It works: scripted answered in ")
        assert model_name(answer_settings()) is None  # a test chooses nothing
        saved = ask(desk, "saveSettings", **form, key=KEY)
    assert saved["told"] == SAVED
    assert server.keys == [f"Bearer {KEY}"]
    assert (model_name(answer_settings()), answer_settings().check) == ("scripted", "local")
    assert ask(desk, "home")["mode"] == "Each statement is checked against its sentences."
    choose(load_settings(desk.service.library).chosen())
    assert openai_settings().base_url == server.address
    ask(desk, "saveSettings", writer="nobody", check="")
    assert model_name(answer_settings()) is None
    assert load_settings(desk.service.library).key is None


def test_an_answer_is_written_by_the_chosen_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the environment never goes to an address that was chosen, nor is its model asked."""
    monkeypatch.setenv("FOOTNOTE_MIN_CONFIDENCE", "0")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    ingest_articles([FIRE], tmp_path / "library")
    with serving(FaultServer(script=[Says(["NOT IN THE ARTICLES"])])) as server:
        choose(SavedSettings("server", address=server.address, model="mine", check="local").chosen())
        answer(QUESTION, library=tmp_path / "library")
    assert [asked["model"] for asked in server.asked] == ["mine"]
    assert KEY not in "".join(server.keys)


def test_a_key_is_nowhere_but_in_its_file(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not on the page, in replies, representations, logs or backups; its file is for the owner alone."""
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "library"
    ingest_articles([FIRE], folder)
    with serving(FaultServer(script=[error(401, f"Incorrect API key provided: {KEY}")])) as server:
        form = {"writer": "server", "address": server.address, "model": "x", "check": ""}
        came = [ask(desk, what, **form, key=KEY) for what in ("testSettings", "saveSettings", "testSettings")]
    came.append(ask(desk, "settings"))
    assert came[0]["told"] == "It does not work: it refused the key."
    saved = load_settings(folder)
    said = [json.dumps(came), caplog.text, repr(saved), repr(saved.chosen()), repr(openai_settings())]
    assert KEY not in "".join(said)
    file = folder / "access" / "settings.json"
    assert (file.stat().st_mode & 0o777, KEY in file.read_text()) == (0o600, True)
    backup_library(folder, tmp_path / "backup.zip")
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert holding == [file]
    assert "A key is kept." in came[-1]["html"]


def test_a_kept_key_stays_with_its_provider(desk: Desk) -> None:
    """Without another one typed it is kept; it is forgotten where it would go somewhere else."""
    folder = desk.service.library
    form = {"writer": "server", "address": "http://127.0.0.1:9/v1", "model": "a", "check": ""}
    ask(desk, "saveSettings", **form, key=KEY)
    ask(desk, "saveSettings", **{**form, "model": "b"}, key="")
    kept = load_settings(folder)
    assert (kept.model, kept.key and kept.key.get_secret_value()) == ("b", KEY)
    ask(desk, "saveSettings", **{**form, "address": "http://127.0.0.1:10/v1"}, key=" ")
    assert load_settings(folder).key is None


def test_a_chosen_key_goes_to_its_provider_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of another provider, set as the one that judges, doesn't get it."""
    from assistant.providers import chat_model

    given: list[dict[str, Any]] = []

    def init(_: str, *, model_provider: str, **limits: Any) -> None:
        given.append({"provider": model_provider, **limits})
        raise ValueError

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)
    chosen = SavedSettings("other", provider="anthropic", model="m", key=SecretStr(OTHER_KEY)).chosen()
    with trying(chosen):
        for name in ("anthropic:m", "mistralai:m"):
            with pytest.raises(SettingsError):
                chat_model._load(chat_model._Named(name, "Model"), answer_settings(), None)
        assert model_name(answer_settings()) == "anthropic:m"
    keys = {row["provider"]: row.get("api_key") for row in given if "max_tokens" in row}
    assert keys == {"anthropic": SecretStr(OTHER_KEY), "mistralai": None}


REFUSED = [
    {"writer": "somebody", "check": ""},
    {"writer": "openai", "check": "nobody"},
    {"writer": "server", "address": "", "check": ""},
    {"writer": "server", "address": "file:///etc/passwd", "check": ""},
    {"writer": "server", "address": "https://me:secret@host/v1", "check": ""},
    {"writer": "server", "address": "https://host/v1?key=secret", "check": ""},
    {"writer": "other", "provider": "anthropic", "model": "", "check": ""},
    {"writer": ["openai"], "check": ""},
]


@pytest.mark.parametrize("sent", REFUSED)
def test_what_is_no_setting_is_refused(desk: Desk, sent: dict[str, Any], tmp_path: Path) -> None:
    """A sentence says what to write; nothing is kept and nothing changes."""
    assert ask(desk, "saveSettings", **sent)["failed"]
    assert not (tmp_path / "library" / "access" / "settings.json").exists()
    with pytest.raises(SettingsError):
        read_settings(sent)


def test_odd_keys_are_refused_without_being_repeated() -> None:
    """Spaces, control characters and whole files are no keys."""
    for key in (f"{KEY} {KEY}", f"{KEY}\n{KEY}", "x" * 3_000):
        with pytest.raises(SettingsError) as refused:
            typed_key({"key": key})
        assert KEY not in str(refused.value)
    assert (typed_key({"key": f" {KEY} "}), typed_key({"key": 1}), typed_key({})) == (KEY, "", "")


def test_what_goes_wrong_with_a_model_is_told_without_variables(desk: Desk) -> None:
    """Nobody at that address, nothing to test, and no advice for who sets variables."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    told = ask(desk, "testSettings", writer="server", address=address, model="x", check="")["told"]
    assert (told, "FOOTNOTE_" in TOOK_TOO_LONG) == ("It does not work: it could not be reached.", False)
    assert ask(desk, "testSettings", writer="nobody", check="")["told"] == NO_MODEL_TO_TEST


def test_a_damaged_file_lets_nothing_start(tmp_path: Path) -> None:
    """Who chose that nothing leaves the machine must not find the environment in its place."""
    save_settings(tmp_path, SavedSettings("nobody"))
    assert load_settings(tmp_path) == SavedSettings("nobody")
    (tmp_path / "access" / "settings.json").write_text('{"writer": "nob')
    with pytest.raises(SettingsError, match="Remove it, and choose the settings anew"):
        load_settings(tmp_path)
    assert load_settings(tmp_path / "elsewhere") == SavedSettings()
    assert replace(SavedSettings(), check="local").chosen() == ChosenSettings(check="local")


def test_only_an_administrator_sees_and_changes_settings(tmp_path: Path) -> None:
    """Everybody else is refused by the server, whatever page they send it from."""
    with served("fake", peopled(tmp_path / "library")) as address:
        with signed_in(address, "tom") as tom:
            for what in ("settings", "saveSettings", "testSettings"):
                told = component(tom, {"what": what, "writer": "nobody", "check": ""})
                assert told == {"failed": SETTINGS_REFUSED}
            assert component(tom, {"what": "home"})["admin"] is False
        with signed_in(address, "ines") as ines:
            assert "Who writes answers" in component(ines, {"what": "settings"})["html"]
            foreign = {"origin": "https://evil.example"}
            assert ines.post("/gradio_api/component_server", json={}, headers=foreign).status_code == 403
    assert not (tmp_path / "library" / "access" / "settings.json").exists()

"""A server is named and no model: its only one is asked and named, and none is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faultserver import KEY, FaultServer, Raw, Says
from writing import FIRE, QUESTION, written_by

from assistant import Mode, answer
from assistant.providers.model_choice import DEFAULT_MODEL, SERVERS_OWN, model_name
from assistant.providers.provider_errors import FaultKind
from assistant.settings import AnswerSettings
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "library"
    ingest_articles([FIRE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        monkeypatch.delenv("FOOTNOTE_MODEL")
        yield server


@pytest.mark.parametrize("models", [["llama-3.2-3b"], ["nomic-embed-text", "llama-3.2-3b"]])
def test_the_only_model_of_a_server_is_asked_and_named(
    server: FaultServer, library: Path, models: list[str]
) -> None:
    """The request, the answer and every message have the name that the server gave."""
    server.models, server.script = models, [Says([f"{SIX} [a1]."])]
    given = answer(QUESTION, library=library)
    assert (given.mode, server.asked[0]["model"]) == (Mode.WRITTEN, "llama-3.2-3b")
    assert given.writing is not None
    assert given.writing.model == "llama-3.2-3b"
    server.script = [Says([])]
    assert answer(QUESTION, library=library).notices[0].startswith("No written answer from llama-3.2-3b: ")


@pytest.mark.parametrize(
    ("models", "kind"), [([], FaultKind.UNNAMED), (["a", "b"], FaultKind.SEVERAL)], ids=["none", "several"]
)
def test_no_model_is_chosen_for_the_reader(
    server: FaultServer, library: Path, models: list[str], kind: FaultKind
) -> None:
    """Where it isn't clear which one is meant, nothing is asked, and the notice says what to do."""
    server.models = models
    given = answer(QUESTION, library=library)
    assert (given.mode, given.answered, server.asked) == (Mode.QUOTES, True, [])
    assert given.notices == (
        f"No written answer from {SERVERS_OWN}: {kind.value}. These are quotations instead.",
    )


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Raw(401, {"error": {"message": KEY}}), FaultKind.KEY),
        (Raw(404, b"no"), FaultKind.UNNAMED),
        (Raw(500, b"no"), FaultKind.SERVER),
        (Raw(200, b"<html>"), FaultKind.UNNAMED),
        (Raw(200, {"data": None}), FaultKind.UNNAMED),
        (Raw(302, b"", {"location": "http://127.0.0.1:9/"}), FaultKind.UNNAMED),
    ],
    ids=["key", "not found", "failed", "page", "no list", "redirect"],
)
def test_a_server_that_does_not_say_is_told_of(
    server: FaultServer, library: Path, reply: Raw, kind: FaultKind
) -> None:
    """Whatever comes instead of a list ends in quotations, without the key."""
    server.models = reply
    (notice,) = answer(QUESTION, library=library).notices
    assert (kind.value in notice, KEY in notice) == (True, False)


def test_a_server_that_is_not_there_is_not_called_by_a_model_s_name(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens: the notice names the address's setting, and no model that nobody chose."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    (notice,) = answer(QUESTION, library=library).notices
    assert FaultKind.CONNECTION.value in notice
    assert DEFAULT_MODEL not in notice


def test_openai_s_own_address_keeps_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list has a hundred models; a key alone, or with its address, means the default."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert model_name(AnswerSettings()) == DEFAULT_MODEL
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
    assert model_name(AnswerSettings()) == DEFAULT_MODEL
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert model_name(AnswerSettings()) == SERVERS_OWN

"""Settings of both packages: where values come from and what happens to wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import answer
from assistant.settings import AnswerSettings, answer_settings, misspelt_settings
from ingest import SettingsError, ingest_articles, library_settings
from ingest.settings import LibrarySettings


def test_without_any_variable_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is in the home folder, embeddings are bundled, the chat is for this machine."""
    monkeypatch.delenv("FOOTNOTE_LIBRARY")
    library, answering = library_settings(), answer_settings()
    assert (library.library, library.embeddings) == (Path.home() / ".footnote" / "library", "bundled")
    assert answering.model_dump() == {
        "host": "127.0.0.1",
        "port": 7860,
        "hosts": "",
        "upload_mb": 1000,
        "log": "",
        "chat_folders": "",
        "min_confidence": None,
        "reranker": "",
        "max_question_characters": 4000,
        "max_draft_characters": 100_000,
        "model": "",
        "unsupported": "mark",
        "check": "",
        "checker": "",
        "check_model": "",
        "model_context": 8192,
        "model_tokens": 2000,
        "model_seconds": 120,
    }


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable in the environment is used before the same one in .env."""
    (tmp_path / ".env").write_text("FOOTNOTE_PORT=1111\nFOOTNOTE_HOST=localhost\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(AnswerSettings.model_config, "env_file", ".env")
    monkeypatch.setenv("FOOTNOTE_PORT", "2222")
    assert (answer_settings().port, answer_settings().host) == (2222, "localhost")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """`FOOTNOTE_PORT=` means the default."""
    monkeypatch.setenv("FOOTNOTE_PORT", "")
    assert answer_settings().port == 7860


@pytest.mark.parametrize("folder", ["~nobody-here/news", "~\x01", "a\0b"])
def test_a_folder_that_can_not_be_is_told(folder: str) -> None:
    """A home folder of nobody, or a name that no file can have, is one sentence, wherever it is named."""
    with pytest.raises(SettingsError, match="can't be a folder"):
        LibrarySettings(library=Path(folder))
    with pytest.raises(SettingsError, match="can't be a folder"):
        ingest_articles((), folder)
    with pytest.raises(SettingsError, match="can't be a folder"):
        answer("Who?", library=folder)


def test_a_tilde_means_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line in .env isn't seen by a shell, so ~ is read here."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", "~/news")
    assert library_settings().library == Path.home() / "news"


@pytest.mark.parametrize(
    ("name", "value"),
    [("FOOTNOTE_PORT", "ninety"), ("FOOTNOTE_PORT", "99999"), ("FOOTNOTE_MIN_CONFIDENCE", "2")],
)
def test_a_wrong_value_names_the_variable_and_not_the_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says which variable is wrong; the value may be secret and is left out."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        answer_settings()
    assert (name in str(caught.value), value in str(caught.value)) == (True, False)


def test_a_file_that_is_not_text_is_a_settings_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .env in another encoding stops with a sentence."""
    (tmp_path / ".env").write_bytes(b"\xff\xfeF\x00")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(LibrarySettings.model_config, "env_file", ".env")
    with pytest.raises(SettingsError) as caught:
        library_settings()
    assert str(caught.value) == "Settings can't be read: .env is not a UTF-8 text file. Save it as one."


@pytest.mark.parametrize("settings", [LibrarySettings, AnswerSettings])
def test_a_settings_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: type[LibrarySettings | AnswerSettings]
) -> None:
    """One of another user, or on a disk that fails, stops with a sentence, too."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", ".env")

    (tmp_path / ".env").write_text("FOOTNOTE_PORT=1111\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(settings.model_config, "env_file", ".env")
    monkeypatch.setattr("dotenv.main.open", refused, raising=False)
    with pytest.raises(SettingsError) as caught:
        library_settings() if settings is LibrarySettings else answer_settings()
    assert (
        str(caught.value)
        == "Settings can't be read: .env: Permission denied. Make it readable, or remove it."
    )


def test_a_misspelt_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in the environment or .env that is nearly a setting is named with the one that may be meant."""
    (tmp_path / ".env").write_text("FOOTNOTE_PROT=7000\nFOOTNOTE_MODEL=none\nOTHER=1\n")
    monkeypatch.setitem(AnswerSettings.model_config, "env_file", tmp_path / ".env")
    monkeypatch.setenv("FOOTNOTE_LIBARY", "x")
    monkeypatch.setenv("FOOTNOTE_SOMETHING_ELSE", "x")
    assert misspelt_settings() == [
        "FOOTNOTE_LIBARY is no setting and has no effect. Is FOOTNOTE_LIBRARY meant?",
        "FOOTNOTE_PROT is no setting and has no effect. Is FOOTNOTE_PORT meant?",
    ]
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    assert misspelt_settings() == [
        "FOOTNOTE_LIBARY is no setting and has no effect. Is FOOTNOTE_LIBRARY meant?"
    ]

"""The pages for signing in and out speak the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from visiting import peopled

from assistant.web.access.saved_settings import LOOK_SECONDS, SavedSettings, save_settings
from assistant.web.access.sign_in_pages import TOO_MANY, WRONG, SignInPages, accepted_languages
from assistant.web.html.page_words import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
ENGLISH_WORDS = ("Sign in", "Name or", "is wrong", "Too many", "Wait", "ask your articles")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_on_the_page_stays_english(tmp_path: Path, language: str) -> None:
    """Whatever goes wrong, the page is in the browser's language and says so for what reads it aloud."""
    pages = SignInPages(tmp_path / "library")
    for trouble in ("", WRONG, TOO_MANY):
        page = pages.sign_in(language, trouble, 7)
        assert f'<html lang="{language}">' in page
        assert [word for word in ENGLISH_WORDS if word in page] == []
        assert ("7 " in page) == (trouble == TOO_MANY)
        assert ('role="alert"' in page) == bool(trouble)
    assert "Sign out" not in pages.sign_out(language)


def test_what_was_chosen_for_everybody_goes_before_the_browser(tmp_path: Path) -> None:
    """As on the page behind it; settings that can't be read leave the browser's language."""
    library = peopled(tmp_path / "library")
    assert "Passwort" in SignInPages(library).sign_in("de-AT,en;q=0.5")
    assert "Password" in SignInPages(library).sign_in("")
    save_settings(library, SavedSettings(language="fr"))
    assert "Mot de passe" in SignInPages(library).sign_in("de-AT,en;q=0.5")
    for broken in ("{", "[]", '{"language": ["fr"]}', '{"language": "../fr"}', "[" * 100_000):
        next(tmp_path.rglob("*settings*.json")).write_text(broken, "utf-8")
        assert "Passwort" in SignInPages(library).sign_in("de-AT,en;q=0.5")


def test_however_many_strangers_look_what_was_saved_is_read_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every few seconds; where it can't be read then, the last known language holds on."""
    library, now = peopled(tmp_path / "library"), [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pages = SignInPages(library)
    assert "Password" in pages.sign_in("en")
    save_settings(library, SavedSettings(language="fr"))
    assert "Password" in pages.sign_in("en")
    now[0] += LOOK_SECONDS
    assert "Mot de passe" in pages.sign_in("en")
    next(tmp_path.rglob("*settings*.json")).write_text("{", "utf-8")
    now[0] += LOOK_SECONDS
    assert "Mot de passe" in pages.sign_in("en")


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("de", ["de"]),
        ("en;q=0.5, pl ; q=0.8,ru", ["ru", "pl", "en"]),
        ("fr;q=0, it;q=x, nl;level=1, de;q=inf, es;q=9", []),
        ("*", ["*"]),
        (",;q=1,,", []),
    ],
)
def test_the_most_wanted_language_comes_first(header: str, tags: list[str]) -> None:
    """By the weights that a browser gives; what is refused or not understood is left out."""
    assert accepted_languages(header) == tags

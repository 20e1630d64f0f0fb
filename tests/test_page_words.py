"""The words of the page in other languages than English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import FakeChat

from assistant.store.conversations import Conversations
from assistant.web.access.saved_settings import SavedSettings, load_settings, save_settings
from assistant.web.chat.replies import Desk
from assistant.web.html.library_view import QUOTES_MODE
from assistant.web.html.page_words import ENGLISH, LANGUAGES, page_words, words_key

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PLACE = re.compile(r"\{.+?\}")


@pytest.mark.parametrize("language", OTHERS)
def test_each_phrase_keeps_what_is_put_into_it(language: str) -> None:
    """As many values as in English, by their place; nothing translated is taken for English again."""
    texts: dict[str, str] = page_words(language)["texts"]
    for english, other in texts.items():
        kinds, used = PLACE.findall(english), PLACE.findall(other)
        assert sorted(set(used)) == (
            kinds if used == kinds else [f"{{{place}}}" for place in range(len(kinds))]
        )
        assert texts.get(other, other) == other


@pytest.mark.parametrize("language", OTHERS)
def test_all_twelve_months_are_there(language: str) -> None:
    """Written out, and as three letters."""
    assert len(page_words(language)["months"]) == 12 + 11  # May is both


def test_the_page_is_told_which_words_it_needs(tmp_path: Path) -> None:
    """English needs none; another language has a name that changes with its file, and its words."""
    service = FakeChat(tmp_path / "uploads")
    desk = Desk(service, Conversations(service.library))
    assert reply(desk, "home")["words"] == ""
    save_settings(service.library, SavedSettings(language="de"))
    assert load_settings(service.library).language == "de"
    assert reply(desk, "home")["words"] == words_key("de")
    assert reply(desk, "words")["words"]["texts"][QUOTES_MODE] == "Antworten sind Zitate, Wort für Wort."
    refused = reply(desk, "saveSettings", writer="nobody", language="../de")
    assert refused["failed"] == "Choose one of the languages that the page has."


def reply(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return dict(desk.reply({"what": what, "check": "", **data}))

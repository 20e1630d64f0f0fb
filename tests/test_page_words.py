"""The words of the page in other languages than English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from fakechat import FakeChat

from assistant.messages import CATALOGUE, Message
from assistant.providers.provider_errors import FaultKind
from assistant.providers.retry_after import in_words
from assistant.store.conversations import Conversations
from assistant.web.access.saved_settings import SavedSettings, load_settings, save_settings
from assistant.web.chat.replies import Desk
from assistant.web.html.library_view import QUOTES_MODE
from assistant.web.html.page_words import (
    AS_BROWSER,
    ENGLISH,
    LANGUAGES,
    page_language,
    page_words,
    words_key,
)
from ingest import LANGUAGES as NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PLACE = re.compile(r"\{.+?\}")
DAY = 86_400
# Written alike: terms of computers, units, and words that two languages share.
ALIKE = {
    *(
        "{#} s",
        "{#} min",
        "{#} tokens",
        "Link",
        "Model",
        "Begin",
        "Later",
        "Name",
        "Password",
        "Source",
        "Sources",
        "Articles",
    ),
    *(
        "Conversation",
        "Conversations",
        "{#} article",
        "{#} articles",
        "{#} versions",
        "Page {#}",
        "{*}, {day}",
    ),
}
# What may stand behind a number in a language whose nouns change with it: units, and small words.
UNCHANGED = {"s", "min", "z", "na", "w", "с", "мин", "из", "в", "больше", "nie"}
SOME = range(201)


def phrases(language: str) -> dict[str, Any]:
    """Return the phrases of a language, without the names of languages, which are Unicode's."""
    names = set(NAMES.values())
    return {english: said for english, said in page_words(language)["texts"].items() if english not in names}


def said(language: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each phrase in English, each of its forms in the language, and whether there are several."""
    for english, other in phrases(language).items():
        forms = [other] if isinstance(other, str) else other.values()
        yield from ((english, form, not isinstance(other, str)) for form in forms)


@pytest.mark.parametrize("language", OTHERS)
def test_each_phrase_keeps_what_is_put_into_it(language: str) -> None:
    """As many values as in English, by their place; nothing translated is taken for English again."""
    texts = page_words(language)["texts"]
    for english, other, _ in said(language):
        kinds, used = PLACE.findall(english), PLACE.findall(other)
        assert sorted(set(used)) == (
            kinds if used == kinds else [f"{{{place}}}" for place in range(len(kinds))]
        )
        assert kinds or texts.get(other, other) == other


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase(language: str) -> None:
    """The same phrases as in German; none is empty, or English where it need not be."""
    assert phrases(language).keys() == phrases("de").keys()
    assert {english for english, other, _ in said(language) if not other.strip()} == set()
    assert {english for english, other, _ in said(language) if other == english} <= ALIKE


@pytest.mark.parametrize("language", OTHERS)
def test_what_counts_has_a_form_for_each_number(language: str) -> None:
    """Those of CLDR for 0 to 200; where a noun changes with its number, no plain number stands before one."""
    kinds = Locale(language).plural_form
    needed = {kinds(number) for number in SOME}
    for english, other in phrases(language).items():
        if not isinstance(other, str):
            assert needed <= other.keys(), english
        elif {"few", "many"} & needed and "{#}" in english and not _counts_one(english):
            behind = re.findall(r"\{(?:#|\d)\} (\w+)", other)
            assert set(behind) <= UNCHANGED, english


def _counts_one(english: str) -> bool:
    return re.sub(r"(\{#\} (?:of|from) \{#\} \w+|\{#\} \w+)", r"\1s", english, count=1) in phrases("de")


def test_each_language_keeps_its_own_signs() -> None:
    """No-break spaces and guillemets in French, opening marks in Spanish, low quotation marks in Polish."""
    for _, other, _ in said("fr"):
        assert not re.search(r"[ \w][:;?!»]$|[^\u202f][?;»]|« ", other), other
    for _, other, _ in said("es"):
        assert other.count("?") == other.count("¿") or other.startswith("? ")
    for language, signs in {"de": "„“", "fr": "«»", "pl": "„”", "ru": "«»", "es": "«»"}.items():
        opening, closing = signs[0], signs[1]
        for _, other, _ in said(language):
            assert other.count(opening) == other.count(closing), other
            assert '"' not in other


def test_every_fault_of_a_provider_is_said() -> None:
    """And how long to wait, in each unit; how they are put together is tried in the browser."""
    told = [kind.value for kind in FaultKind]
    waits = map(in_words, (1, 40, 60, 300, 3_600, 7_200, DAY, 3 * DAY))
    told += [f"it can be asked again in {re.sub('[0-9]+', '{#}', wait)}" for wait in waits]
    assert [each for each in told if each not in phrases("de")] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_answer_is_said_alike_everywhere(language: str) -> None:
    """In the list of kept questions as in the answer itself."""
    told = CATALOGUE[language][Message.CANNOT_ANSWER]
    assert page_words(language)["texts"]["Your articles don’t say."] == told.replace("'", "’")


@pytest.mark.parametrize(
    ("own", "saved", "wanted", "shown"),
    [
        ("", "", [], "en"),
        ("", "", ["fr-CA", "en"], "fr"),
        ("", "", ["ja", "pt-BR", "en"], "pt"),
        ("", "", ["ja", "zh-Hans-CN"], "en"),
        ("", "de", ["fr"], "de"),
        ("", "en", ["fr"], "en"),
        ("pl", "de", ["fr"], "pl"),
        ("../de", "", ["it"], "it"),
    ],
)
def test_the_reader_decides_then_everybody_s_setting_then_the_browser(
    own: str, saved: str, wanted: list[str], shown: str
) -> None:
    """What nobody chose is as the browser asks for, as far as the page has it."""
    assert page_language(own, saved, wanted) == shown


def test_names_of_languages_are_said_too() -> None:
    """As Unicode has them: a filter by language is readable in each."""
    assert page_words("fr")["texts"]["German"] == "allemand"
    assert page_words("ru")["texts"]["Polish"] == "польский"


def test_the_page_is_told_which_words_it_needs(tmp_path: Path) -> None:
    """English needs none; another language has a name that changes with its file, and its words."""
    service = FakeChat(tmp_path / "uploads")
    desk = Desk(service, Conversations(service.library))
    assert reply(desk, "home")["words"] == ""
    assert reply(desk, "words")["words"] is None
    assert reply(desk, "home", languages=["fr-FR", "de"])["words"] == words_key("fr")
    save_settings(service.library, SavedSettings(language="de"))
    assert load_settings(service.library).language == "de"
    assert reply(desk, "home", languages=["fr-FR"])["words"] == words_key("de")
    assert reply(desk, "words")["words"]["texts"][QUOTES_MODE] == "Antworten sind Zitate, Wort für Wort."
    assert reply(desk, "home", language="it")["words"] == words_key("it")
    kept = reply(desk, "saveSettings", writer="environment", language=AS_BROWSER)
    assert "failed" not in kept
    refused = reply(desk, "saveSettings", writer="environment", language="../de")
    assert refused["failed"] == "Choose one of the languages that the page has."


def reply(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return dict(desk.reply({"what": what, "check": "", **data}))

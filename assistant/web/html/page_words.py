"""The words of the page in other languages than English: a file each, put in by the browser (words.js)."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.language.locales import language_names

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGLISH = "en"
AS_BROWSER = ""
"""Chosen instead of a language: what the browser of whoever reads asks for."""
LANGUAGES = {
    ENGLISH: "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
}
"""By code, as each calls itself; all but English have a file static/words-CODE.json."""


def page_language(own: str, saved: str, wanted: Iterable[str]) -> str:
    """Return the code of the language that the page is shown in.

    What the reader chose goes before what was chosen for everybody, and that before what the browser asks
    for, by tags such as "pt-BR", the best first; English where none of these is a language of the page.
    """
    asked = (tag.partition("-")[0].lower() for tag in wanted)
    return next((code for code in (own, saved, *asked) if code in LANGUAGES), ENGLISH)


@cache
def page_words(language: str) -> dict[str, Any]:
    """Return the words of a language: phrases in English, where `{#}` is a number and `{*}` anything.

    A phrase that counts has a form for each of the language's kinds of number, by their names in CLDR.
    """
    words: dict[str, Any] = json.loads(
        files("assistant.web").joinpath("static", f"words-{language}.json").read_text("utf-8")
    )
    words["texts"] |= language_names(language)
    return words


@cache
def words_key(language: str) -> str:
    """Name a language's words as they are now, so that browsers can keep them; English has none."""
    if language == ENGLISH:
        return ""
    said = json.dumps(page_words(language), sort_keys=True)
    return f"{language}-{sha256(said.encode()).hexdigest()[:12]}"

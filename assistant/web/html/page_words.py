"""The words of the page in other languages than English: a file each, put in by the browser (words.js)."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

ENGLISH = ""
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""By code, as each calls itself; all but English have a file static/words-CODE.json."""


@cache
def page_words(language: str) -> dict[str, Any]:
    """Return the words of a language: phrases in English, where `{#}` is a number and `{*}` anything."""
    words: dict[str, Any] = json.loads(_file(language))
    return words


@cache
def words_key(language: str) -> str:
    """Name a language's words as they are now, so that browsers can keep them; English has none."""
    return f"{language}-{sha256(_file(language).encode()).hexdigest()[:12]}" if language else ""


def _file(language: str) -> str:
    return files("assistant.web").joinpath("static", f"words-{language}.json").read_text("utf-8")

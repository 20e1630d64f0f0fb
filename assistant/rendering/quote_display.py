"""What is shown of a quotation besides its words: the decisive ones marked, who "he" is, its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.language.locales import READ, language_names
from assistant.language.pronouns import pronoun_of
from assistant.messages import ENGLISH
from ingest import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answers import Citation

STRONG, PLAIN = "\ue000", "\ue001"
"""Private signs around decisive words until the last moment, so that what shows text can still escape it."""


def pieces(citation: Citation) -> Iterator[tuple[str, bool]]:
    """Cut a quote at its decisive words: each piece with whether it is decisive."""
    place = 0
    for start, end in sorted(citation.emphasis):
        first, last = max(start, place), min(end, len(citation.quote))
        if first < last:
            yield citation.quote[place:first], False
            yield citation.quote[first:last], True
            place = last
    yield citation.quote[place:], False


def marked(citation: Citation) -> str:
    """Return the quote with private signs around its decisive words; such signs of its own are dropped."""
    return "".join(
        f"{STRONG}{clean(text)}{PLAIN}" if strong else clean(text)
        for text, strong in pieces(citation)
        if text
    )


def clean(text: str) -> str:
    """Take the private signs out of a text."""
    return text.replace(STRONG, "").replace(PLAIN, "")


def spoken_of(citation: Citation) -> str:
    """Return who the pronoun in a quote is: "[She: Ebba Stroyle]"; empty where that is not known."""
    if not citation.referent:
        return ""
    pronoun = pronoun_of(citation.quote)
    return f"[{pronoun.capitalize()}: {citation.referent}]" if pronoun else f"[{citation.referent}]"


def language_of_quote(citation: Citation, language: str = ENGLISH) -> str | None:
    """Say in which language a quotation is, "in German"; None where that is English or isn't known.

    Where an answer is in another language, `language`, its name alone is said, and nothing of its own.
    """
    if citation.language in (None, ENGLISH, language):
        return None
    if language in READ:
        name = LANGUAGES.get(citation.language, citation.language)
        return language_names(language).get(name, name)
    return f"in {LANGUAGES.get(citation.language, citation.language)}"

"""The pages for signing in and out: plain HTML, no script, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.web.access.saved_settings import SavedLanguage
from assistant.web.html.elements import document, element
from assistant.web.html.page_words import AS_BROWSER, ENGLISH, page_language, page_words

if TYPE_CHECKING:
    from assistant.web.html.elements import Html
    from ingest import LibraryLocation

WRONG = "Name or password is wrong."
TOO_MANY = "Too many tries. Wait {#} s and try again."
_ACCEPTED = re.compile(r"(?P<tag>[*A-Za-z0-9-]+)(?:\s*;\s*[qQ]\s*=\s*(?P<weight>[01](?:\.[0-9]{0,3})?))?")
MOST_TAGS = 20
"""Languages of a browser that are looked at; nobody reads more."""


class SignInPages:
    """Builds the pages, in the language that was chosen for everybody, else in that of the browser.

    `accepted` is what a browser sends as Accept-Language.
    """

    def __init__(self, library: LibraryLocation) -> None:
        self._saved = SavedLanguage(library)

    def sign_in(self, accepted: str, trouble: str = "", wait: int = 0) -> Html:
        """Build the page that asks for name and password; `trouble` may say how many seconds to wait."""
        said = _Said(self._language(accepted))
        told = said(trouble or "Sign in to ask your articles.").replace("{#}", str(wait))
        name = element("input", id="name", name="name", autocomplete="username", required=True)
        password = element(
            "input",
            id="password",
            name="password",
            type="password",
            autocomplete="current-password",
            required=True,
        )
        return document(
            said("Sign in to Footnote"),
            element("h1", "Footnote"),
            element("p", told, role="alert" if trouble else None),
            element(
                "form",
                element("p", element("label", said("Name"), for_="name"), " ", name),
                element("p", element("label", said("Password"), for_="password"), " ", password),
                element("button", said("Sign in"), type="submit"),
                method="post",
            ),
            language=said.language,
        )

    def sign_out(self, accepted: str) -> Html:
        """Build the page that asks whether to sign out: a link alone may not do it."""
        said = _Said(self._language(accepted))
        form = element("form", element("button", said("Sign out"), type="submit"), method="post")
        return document(said("Sign out of Footnote"), element("h1", "Footnote"), form, language=said.language)

    def _language(self, accepted: str) -> str:
        return page_language(AS_BROWSER, self._saved(), accepted_languages(accepted))


class _Said:
    """Says a phrase in a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = {} if language == ENGLISH else page_words(language)["texts"]

    def __call__(self, english: str) -> str:
        return str(self._texts.get(english, english))


def accepted_languages(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, the most wanted first (RFC 9110, section 12.5.4)."""
    weighed = []
    for item in header.split(",")[:MOST_TAGS]:
        found = _ACCEPTED.fullmatch(item.strip())
        if found and (weight := float(found["weight"] or 1)) > 0:
            weighed.append((weight, found["tag"]))
    return [tag for _, tag in sorted(weighed, key=lambda each: -each[0])]

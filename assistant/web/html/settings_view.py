"""The page of settings as HTML: who writes answers, with which model and key, who checks, the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.html.elements import element, fragment
from assistant.web.html.page_words import AS_BROWSER, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.web.html.elements import Html

TITLE = "Settings"
WRITERS = (
    ("environment", "As Footnote was started", "What was set up on this machine holds; now: {now}."),
    ("nobody", "Nobody", "Answers are quotations. Nothing leaves this machine."),
    ("openai", "OpenAI", "Questions and the sentences that may answer them are sent to OpenAI."),
    (
        "server",
        "A server of your own",
        "One that speaks OpenAI’s protocol. Questions and sentences are sent there.",
    ),
    ("other", "Another provider", "Its LangChain package has to be installed where Footnote runs."),
)
CHECKS = (
    ("", "As Footnote was started"),
    ("both", "This machine and the model; where they differ, it is in doubt"),
    ("local", "This machine alone"),
    ("model", "The model alone, where its reply is valid"),
)
ABOUT_LANGUAGE = "Readers may choose another one for themselves, below the conversations."
AS_EACH_BROWSER = "As each reader’s browser"
KEY_KEPT = "A key is kept. Type another one to replace it."
NO_KEY = "No key is kept."
ABOUT_KEY = "Only whoever runs Footnote can read it. It is forgotten when the place it is for changes."
ABOUT_CHECK = "What this machine can’t read, other languages than English, is shown as not checked."
FOR_ALL = "These settings are those of everybody who uses this chat. The command line keeps its own."


@dataclass(frozen=True, slots=True)
class ShownSettings:
    """What the page shows. Of the key it has only whether there is one."""

    writer: str
    provider: str
    address: str
    model: str
    check: str
    language: str
    has_key: bool


def settings_html(saved: ShownSettings, *, now: str) -> Html:
    """Show the settings; `now` names what the environment has."""
    return fragment(
        element("p", element("button", "‹ Back to the chat", type="button", class_="back", data_do="chat")),
        element("h2", TITLE, tabindex=-1),
        element("p", FOR_ALL, class_="notice"),
        element(
            "form",
            _writers(saved, now),
            element("div", *_fields(saved), class_="settings-fields"),
            _checks(saved),
            _languages(saved),
            element(
                "p",
                element("button", "Save", type="submit", class_="primary"),
                element("button", "Test", type="button", class_="secondary", data_do="testSettings"),
                element("span", class_="settings-told", role="status"),
                class_="settings-actions",
            ),
            class_="settings-form",
            autocomplete="off",
        ),
    )


def _writers(saved: ShownSettings, now: str) -> Html:
    rows = [
        element(
            "label",
            element("input", type="radio", name="writer", value=value, checked=saved.writer == value),
            element("span", name, class_="choice"),
            element("span", about.format(now=now), class_="notice"),
        )
        for value, name, about in WRITERS
    ]
    return element("fieldset", element("legend", "Who writes answers"), *rows, class_="writers")


def _fields(saved: ShownSettings) -> tuple[Html, ...]:
    key_told = KEY_KEPT if saved.has_key else NO_KEY
    return (
        _field("address", "Address of the server", saved.address, "http://127.0.0.1:11434/v1", kind="server"),
        _field("provider", "Provider", saved.provider, "anthropic", kind="other"),
        _field("model", "Model", saved.model, "empty: the usual one", kind="openai server other"),
        element(
            "div",
            element("label", "Key", for_="fn-set-key"),
            element(
                "input",
                id="fn-set-key",
                name="key",
                type="password",
                autocomplete="new-password",
                spellcheck="false",
                placeholder="••••••••" if saved.has_key else "",
                aria_describedby="fn-set-key-about",
            ),
            element("p", f"{key_told} {ABOUT_KEY}", id="fn-set-key-about", class_="notice"),
            class_="field",
            data_for="openai server other",
        ),
    )


def _field(name: str, label: str, value: str, example: str, *, kind: str) -> Html:
    key = f"fn-set-{name}"
    return element(
        "div",
        element("label", label, for_=key),
        element(
            "input",
            id=key,
            name=name,
            type="text",
            value=value,
            placeholder=example,
            autocomplete="off",
            spellcheck="false",
            maxlength=500,
        ),
        class_="field",
        data_for=kind,
    )


def _checks(saved: ShownSettings) -> Html:
    choices = [
        element("option", shown, value=value, selected=saved.check == value) for value, shown in CHECKS
    ]
    return _choice("check", "Who checks written statements", choices, ABOUT_CHECK)


def _languages(saved: ShownSettings) -> Html:
    choices = language_options(AS_EACH_BROWSER, saved.language)
    return _choice("language", "Language of this page", choices, ABOUT_LANGUAGE)


def language_options(as_browser: str, chosen: str = AS_BROWSER) -> tuple[Html, ...]:
    """Offer the languages of the page, each under its own name, and before them what the browser asks for."""
    return (
        element("option", as_browser, value=AS_BROWSER, selected=chosen == AS_BROWSER),
        *(
            element("option", name, value=code, lang=code, dir="auto", selected=chosen == code)
            for code, name in LANGUAGES.items()
        ),
    )


def _choice(name: str, label: str, options: Iterable[Html], about: str) -> Html:
    key = f"fn-set-{name}"
    return element(
        "div",
        element("label", label, for_=key, class_="choice"),
        element("select", *options, id=key, name=name, aria_describedby=f"{key}-about"),
        element("p", about, id=f"{key}-about", class_="notice"),
        class_="field",
    )

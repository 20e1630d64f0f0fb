"""The pages for signing in and out: plain HTML, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.html.elements import document, element

if TYPE_CHECKING:
    from assistant.web.html.elements import Html


def sign_in_page(trouble: str = "") -> Html:
    """Build the page that asks for name and password."""
    return document(
        "Sign in to Footnote",
        element("h1", "Footnote"),
        element("p", trouble, role="alert") if trouble else element("p", "Sign in to ask your articles."),
        element(
            "form",
            element(
                "p",
                element("label", "Name", for_="name"),
                " ",
                element("input", id="name", name="name", autocomplete="username", required=True),
            ),
            element(
                "p",
                element("label", "Password", for_="password"),
                " ",
                element(
                    "input",
                    id="password",
                    name="password",
                    type="password",
                    autocomplete="current-password",
                    required=True,
                ),
            ),
            element("button", "Sign in", type="submit"),
            method="post",
        ),
    )


def sign_out_page() -> Html:
    """Build the page that asks whether to sign out: a link alone may not do it."""
    form = element("form", element("button", "Sign out", type="submit"), method="post")
    return document("Sign out of Footnote", element("h1", "Footnote"), form)

"""A draft to be checked as HTML: the box for it, and the draft with every statement marked by its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.draft_text import LABELS, QUIET, SIGNS, count_text, share_text
from assistant.vocabulary.drafts import DraftState
from assistant.web.html.display_text import duration
from assistant.web.html.elements import element, fragment
from assistant.web.html.excerpts import excerpts, marks_of
from assistant.web.html.footnotes import footnote_button
from assistant.web.html.source_cards import noted_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.answers import Citation
    from assistant.vocabulary.drafts import DraftCheck, DraftStatement
    from assistant.web.html.elements import Html
    from ingest import Article

TITLE = "Check a draft"
ABOUT = "Each statement of a text is held against your articles. The text is not kept."
EXPORTS = (("word", "Word with comments"), ("markdown", "Markdown"))
NEEDS_A_LOOK = "What needs a look"
CLASSES = {state: f"drafted {state.value.replace('_', '-')}" for state in DraftState}


def draft_page_html(limit: int) -> Html:
    """Build the page before anything is checked."""
    return fragment(
        element("p", element("button", "‹ Back to the chat", type="button", class_="back", data_do="chat")),
        element("h2", TITLE, tabindex=-1),
        element("p", ABOUT, class_="notice"),
        element(
            "form",
            element("label", "Your draft", for_="fn-draft", class_="sr-only"),
            element(
                "textarea",
                id="fn-draft",
                rows=10,
                placeholder="Paste or type your draft …",
                autocomplete="off",
                aria_describedby="fn-draft-count",
            ),
            element(
                "p",
                element("button", "Check", type="submit", class_="primary"),
                element(
                    "button", "Stop", type="button", class_="secondary", data_do="stopDraft", hidden=True
                ),
                element("span", id="fn-draft-count", class_="count", data_limit=limit, aria_live="polite"),
                class_="draft-actions",
            ),
            class_="draft-form",
            autocomplete="off",
        ),
        element("div", element("div", class_="reply"), class_="draft-result"),
    )


def working_html(done: int, total: int) -> Html:
    """Say how far the check is."""
    told = f"Checking {done:,} of {total:,} statements …" if total else "Reading your draft …"
    return element("p", told, class_="working")


def check_html(
    check: DraftCheck,
    article_of: Callable[[str, str | None], Article | None],
    *,
    key: str,
    seconds: float,
    limited: str = "",
) -> Html:
    """Show a checked draft: the sum, the draft itself with its marks, what needs a look, the sentences."""
    citations = {item.number: item for item in check.citations}
    shown = excerpts(check.citations, article_of)
    return element(
        "section",
        element("p", share_text(check), class_="draft-sum", role="status"),
        element("p", f"Limited to: {limited}", class_="notice") if limited else None,
        _legend(check),
        element("div", *_marked(check, citations), class_="draft-text", dir="auto"),
        _needing_a_look(check, citations),
        fragment(element("h3", "Sentences of your articles"), noted_cards(shown, {})) if shown else None,
        *(element("p", notice, class_="notice") for notice in check.notices),
        element("p", f"Checked in {duration(seconds)}. ", *_exports(key), class_="draft-exports"),
        class_="checked-draft",
        aria_label="The checked draft",
        data_marks=marks_of(check.citations, numbered=True),
    )


def _legend(check: DraftCheck) -> Html:
    rows = [
        element(
            "li",
            element("span", SIGNS[state], class_=f"sign {state.value.replace('_', '-')}", aria_hidden="true"),
            f" {count_text(check, state)}",
        )
        for state in DraftState
        if check.counts[state.value]
    ]
    return element("ul", *rows, class_="draft-legend", aria_label="How many of each")


def _marked(check: DraftCheck, citations: dict[int, Citation]) -> Iterator[str]:
    """Yield the draft from its beginning to its end, its statements as elements."""
    place = 0
    for item in check.statements:
        yield check.text[place : item.start]
        yield element("span", item.text, class_=CLASSES[item.state])
        yield _state(item, citations)
        place = item.end
    yield check.text[place:]


def _state(item: DraftStatement, citations: dict[int, Citation]) -> Html:
    """Say the state behind a statement in a sign and in words, with the numbers of its sentences."""
    label = LABELS[item.state]
    numbers = [footnote_button(citations[number]) for number in item.citations]
    if item.state in QUIET:
        return element("span", f" ({label})", class_="sr-only")
    if item.state is DraftState.AGREES and not item.against:
        sign = element("span", SIGNS[item.state], class_="sign agrees", aria_hidden="true")
        return fragment(sign, element("span", f" ({label})", class_="sr-only"), *numbers)
    told = "≠ sources differ" if item.against else f"{SIGNS[item.state]} {label}"
    return fragment(
        *numbers,
        element("button", told, type="button", class_="badge", data_do="why", aria_expanded="false"),
        element("span", item.reason, class_="why", hidden=True, dir="auto"),
    )


def _needing_a_look(check: DraftCheck, citations: dict[int, Citation]) -> Html | None:
    """List the statements that differ or were not found, each with its reason and its sentences."""
    wanted = [item for item in check.statements if item.state in {DraftState.DIFFERS, DraftState.NOT_FOUND}]
    wanted += [item for item in check.statements if item.against]
    if not wanted:
        return None
    rows = [_row(item, citations) for item in sorted(wanted, key=lambda item: item.start)]
    return fragment(element("h3", NEEDS_A_LOOK), element("ul", *rows, class_="draft-list"))


def _row(item: DraftStatement, citations: dict[int, Citation]) -> Html:
    numbers = [footnote_button(citations[number]) for number in item.citations or item.closest]
    near = (
        element("p", "Closest: ", *numbers, class_="notice") if item.closest and not item.citations else None
    )
    return element(
        "li",
        element(
            "p",
            element("span", f"{SIGNS[item.state]} {LABELS[item.state]}", class_="draft-label"),
            " ",
            element("q", item.text, dir="auto"),
        ),
        element("p", item.reason, *(() if near else numbers), class_="notice", dir="auto"),
        near,
    )


def _exports(key: str) -> list[Html]:
    return [
        element(
            "button",
            f"Save as {label}",
            type="button",
            class_="quiet",
            data_do="exportDraft",
            data_key=key,
            data_format=form,
        )
        for form, label in EXPORTS
    ]

"""A turn of the conversation as HTML: an answer with its footnotes, no answer, or a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answers import CANNOT_ANSWER, Mode, Support
from assistant.app.copytext import copy_text
from assistant.app.elements import element, fragment
from assistant.app.excerpts import marks_of
from assistant.app.words import count, duration, long_date, source_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer, Citation, Conflict, Statement
    from assistant.app.elements import Html
    from assistant.app.excerpts import Excerpt

CLOSEST = 3  # sentences offered when the articles don't say
UNSUPPORTED = "Not in the sources"
MADE_BY = {Mode.QUOTES: "Quotations", Mode.WRITTEN: "Written"}
MIGHT_HELP = (
    "Naming a person, a place or a date as the articles do",
    "Asking for one thing at a time",
    "Adding articles that cover it",
)


def answer_html(
    answer: Answer, cited: Sequence[Excerpt], consulted: Sequence[Excerpt], *, seconds: float
) -> Html:
    """Show an answer: statements, sources with quotes, what else was looked at, and how it was checked."""
    if not answer.answered:
        return no_answer_html(answer, consulted[:CLOSEST])
    return element(
        "div",
        _statements(answer),
        _conflicts(answer, cited),
        _notices(answer.notices),
        _sources(cited),
        _consulted(consulted),
        _status(answer, cited, seconds),
        class_="answer",
        data_marks=marks_of(answer.citations, numbered=True),
        data_copy=copy_text(answer),
    )


def no_answer_html(answer: Answer, closest: Sequence[Excerpt]) -> Html:
    """Say that the articles don't say, with the nearest sentences and what might help."""
    nearest = fragment(element("h3", "Closest in your articles"), _excerpt_list(closest)) if closest else None
    return element(
        "div",
        element("p", CANNOT_ANSWER, class_="none"),
        _notices(answer.notices),
        nearest,
        element("h3", "What might help"),
        element("ul", *(element("li", hint) for hint in MIGHT_HELP), class_="hints"),
        class_="answer unanswered",
        data_marks=marks_of([item.citation for item in closest], numbered=False),
    )


def failure_html(message: str) -> Html:
    """Show what went wrong, in the sentence that the error brings."""
    return element("div", element("p", message), class_="failure")


def citation_label(citation: Citation) -> str:
    """Name a citation by its source and date: Harbour Gazette, 4 May 2026."""
    name = source_name(source=citation.source, url=citation.url, title=citation.title)
    return f"{name}, {long_date(citation.published)}"


def footnote_button(citation: Citation) -> Html:
    """Build the number behind a statement: a real button, so that the keyboard reaches it."""
    return element(
        "button",
        str(citation.number),
        type="button",
        class_="fn-number",
        data_mark=citation.number - 1,
        aria_label=f"Footnote {citation.number}: {citation_label(citation)}",
    )


def _statements(answer: Answer) -> Html:
    kind = "quoted" if answer.mode is Mode.QUOTES else "written"
    conflicting = {number for conflict in answer.conflicts for number in conflict.citations}
    parts = [_statement(item, answer.citations, conflicting) for item in answer.statements]
    return element("div", *parts, class_=f"statements {kind}", dir="auto")


def _statement(statement: Statement, citations: Sequence[Citation], conflicting: set[int]) -> Html:
    numbers = [footnote_button(citations[number - 1]) for number in statement.citations]
    differs = statement.support is Support.CONFLICTING or bool(conflicting.intersection(statement.citations))
    unsupported = statement.support is Support.UNSUPPORTED
    return element(
        "p",
        element("span", statement.text, class_="unsupported" if unsupported else None, dir="auto"),
        *numbers,
        element("span", "≠ sources differ", class_="badge") if differs else None,
        element("span", f" ({UNSUPPORTED.lower()})", class_="badge") if unsupported else None,
        class_="statement",
    )


def _conflicts(answer: Answer, cited: Sequence[Excerpt]) -> Html | None:
    if not answer.conflicts:
        return None
    return element("div", *(_conflict(item, cited) for item in answer.conflicts), class_="conflicts")


def _conflict(conflict: Conflict, cited: Sequence[Excerpt]) -> Html:
    sides = [_excerpt_item(cited[number - 1], mark=number - 1) for number in conflict.citations]
    return element(
        "section",
        element("h3", f"≠ Sources differ on {conflict.about}"),
        element("ul", *sides, class_="sides"),
        class_="conflict",
    )


def _notices(notices: Sequence[str]) -> Html | None:
    return fragment(*(element("p", notice, class_="notice") for notice in notices)) if notices else None


def _sources(cited: Sequence[Excerpt]) -> Html:
    return fragment(
        element("h3", "Sources", class_="sr-only"),
        element("ol", *(_excerpt_item(item, mark=mark) for mark, item in enumerate(cited)), class_="sources"),
    )


def _consulted(consulted: Sequence[Excerpt]) -> Html | None:
    if not consulted:
        return None
    return element(
        "details",
        element("summary", f"{len(consulted)} consulted, not cited"),
        _excerpt_list(consulted),
        class_="consulted",
        data_marks=marks_of([item.citation for item in consulted], numbered=False),
    )


def _excerpt_list(items: Sequence[Excerpt]) -> Html:
    rows = [_excerpt_item(item, mark=mark, numbered=False) for mark, item in enumerate(items)]
    return element("ul", *rows, class_="sources unnumbered")


def _excerpt_item(item: Excerpt, *, mark: int, numbered: bool = True) -> Html:
    """Build a source with its quote. The page shows a copy of it as the card of its footnote."""
    citation = item.citation
    name = source_name(source=citation.source, url=citation.url, title=citation.title)
    heading = element(
        "button",
        element("span", str(citation.number), class_="number") if numbered else None,
        element("span", name, class_="source-name"),
        element("span", long_date(citation.published), class_="date"),
        element("span", citation.title, class_="title", dir="auto") if citation.title != name else None,
        type="button",
        class_="open-source",
        data_mark=mark,
        aria_label=f"Open {citation.title} ({citation_label(citation)})",
    )
    return element("li", heading, _quote(item), _doubt(item), data_item=mark)


def _quote(item: Excerpt) -> Html:
    return element(
        "blockquote",
        element("span", item.before, class_="around") if item.before else None,
        element("span", item.citation.quote, class_="quote"),
        element("span", item.after, class_="around") if item.after else None,
        dir="auto",
    )


def _doubt(item: Excerpt) -> Html | None:
    if item.checked:
        return None
    return element(
        "p", "This article is no longer in the library, so the quote can't be checked.", class_="notice"
    )


def _status(answer: Answer, cited: Sequence[Excerpt], seconds: float) -> Html:
    checked = sum(item.checked for item in cited)
    line = f"{MADE_BY[answer.mode]} · {checked} of {len(cited)} checked · {duration(seconds)}"
    copy = element("button", "Copy answer", type="button", class_="quiet", data_do="copy")
    return element("p", element("span", line, title=_explain(checked, len(cited))), copy, class_="status")


def _explain(checked: int, total: int) -> str:
    return f"{checked} of {count(total, 'quotation')} found word for word in the stored articles"

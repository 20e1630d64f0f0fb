"""What the page says of the library: its line in the header, the welcome, progress and report of adding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.html.display_text import day_span, duration, number_with_noun
from assistant.web.html.elements import element, fragment
from ingest import TYPES_READ, named_counts, page_notes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.web.html.elements import Html
    from ingest import Failure, IngestReport, Progress

READABLE = TYPES_READ
SHOWN_FILES = 500
SHOWN_FAILURES = 20  # more would bury the rest of the report; the number of the others is named
WRITTEN_MODE = "Each statement is checked against its sentences."
QUOTES_MODE = "Answers are quotations, word for word."
NOTHING_TO_ASK = "There are no articles to ask yet."
ABOUT_YOUR_ARTICLES = (
    "Every answer carries footnotes to the exact sentences. Open one to read it in its article."
)


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at a glance. `examples` says whether the example articles can be added."""

    articles: int
    first: date | None = None
    last: date | None = None
    examples: bool = True


def library_line(overview: Overview) -> str:
    """Write the line of the header: 2,006 articles · 3 Jan 2015 – 21 Mar 2023."""
    if not overview.articles:
        return "No articles yet"
    parts = [number_with_noun(overview.articles, "article"), day_span(overview.first, overview.last)]
    return " · ".join(part for part in parts if part)


def welcome_html(overview: Overview, suggestions: Sequence[str] = ()) -> Html:
    """Show what to begin with: adding articles to an empty library, else questions to ask."""
    return _empty(overview) if not overview.articles else _questions(suggestions)


def next_html(questions: Sequence[str]) -> Html | str:
    """Offer questions that an answer leads to; nothing where there are none."""
    if not questions:
        return ""
    return element("div", element("h3", "You could ask next"), _suggested(questions), class_="next")


def reading_html(progress: Progress | None) -> Html:
    """Say how far adding articles is."""
    if progress is None:
        return _working("Waiting to be read …")
    failed = f", {progress.failed:,} could not be read" if progress.failed else ""
    stop = element("button", "Cancel", type="button", class_="quiet", data_do="cancelAdd")
    done = f"{progress.done:,}"
    if progress.total is None:
        return fragment(_working(f"Reading articles, {done} so far{_pace(progress)}{failed} …"), stop)
    bar = element("progress", value=progress.done, max=max(progress.total, 1), aria_label="Articles read")
    told = f"Reading {done} of {number_with_noun(progress.total, 'article')}{_pace(progress)}{failed} …"
    return fragment(_working(told), bar, stop)


def _pace(progress: Progress) -> str:
    """Say how quick it is and how long it still takes, where both are known."""
    rate = f", {progress.rate:.1f} a second" if progress.rate else ""
    left = f", about {duration(progress.seconds_left)} left" if progress.seconds_left else ""
    return f"{rate}{left}"


def report_html(report: IngestReport, *, names: dict[str, str]) -> Html:
    """Report what was added. `names` gives the name a user knows for a source that failed."""
    outcome = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.unchanged, "already there, unchanged"),
        (report.removed, "removed"),
    ]
    done = [f"{number_with_noun(number, 'article')} {what}" for number, what in outcome if number]
    summary = f"{'; '.join(done)}. It took {duration(report.seconds)}." if done else "No articles were added."
    return element(
        "div",
        element("p", summary, class_="outcome"),
        element("p", f"Not read: {named_counts(report.unread.items())}.", class_="notice")
        if report.unread
        else None,
        *_notes(report, names),
        _failures(report.failed, names),
        _each_file(report.failed, names),
        class_="report",
    )


def _notes(report: IngestReport, names: dict[str, str]) -> list[Html]:
    notes = page_notes(report)
    more = len(notes) - SHOWN_FAILURES
    rows = [f"{_shown(note.source, names)}: {said}" for note, said in notes[:SHOWN_FAILURES]]
    rows += [f"and {more:,} more documents with pages that are pictures"] if more > 0 else []
    return [element("p", row, class_="notice") for row in rows]


def _shown(source: str, names: dict[str, str]) -> str:
    return next((name for path, name in names.items() if source.startswith(path)), source)


def _each_file(failed: Sequence[Failure], names: dict[str, str]) -> Html | None:
    """Say of each file that was sent whether it was read, folded away."""
    if len(names) <= 1:
        return None
    bad = {path for path in names for item in failed if item.source.startswith(path)}
    rows = [
        element("li", f"{'not read' if path in bad else 'read'}: ", element("span", name, dir="auto"))
        for path, name in list(names.items())[:SHOWN_FILES]
    ]
    more = len(names) - len(rows)
    return element(
        "details",
        element("summary", f"Each of the {number_with_noun(len(names), 'file')}"),
        element("ul", *rows),
        element("p", f"and {more:,} more", class_="notice") if more else None,
        class_="each-file",
    )


def _failures(failed: Sequence[Failure], names: dict[str, str]) -> Html | None:
    if not failed:
        return None
    rows = [_failure(item, names) for item in failed[:SHOWN_FAILURES]]
    more = len(failed) - len(rows)
    return fragment(
        element("h3", f"{number_with_noun(len(failed), 'source')} could not be read"),
        element("ul", *rows, class_="failed"),
        element("p", f"and {more:,} more", class_="notice") if more else None,
    )


def _failure(item: Failure, names: dict[str, str]) -> Html:
    return element("li", element("strong", _shown(item.source, names), dir="auto"), f" — {item.reason}")


def nothing_html(overview: Overview) -> Html:
    """Answer a question to an empty library: by what can be added to it."""
    examples = element("p", _examples(), class_="choices") if overview.examples else None
    return element(
        "div",
        element("p", NOTHING_TO_ASK, class_="none"),
        choices_html(),
        examples,
        class_="answer unanswered",
    )


def _examples() -> Html:
    return element(
        "button", "Start with the example articles", type="button", class_="secondary", data_do="examples"
    )


def _empty(overview: Overview) -> Html:
    return element(
        "div",
        element("h2", "Ask your articles"),
        element("p", ABOUT_YOUR_ARTICLES, class_="lead"),
        adding_html("Drop articles here", "or the address of a page or feed", field="fn-begin"),
        element("p", "or ", _examples(), class_="or") if overview.examples else None,
        class_="welcome empty",
    )


def adding_html(title: str, label: str, *, field: str) -> Html:
    """Return where files are dropped, and the form for an address."""
    return fragment(
        element(
            "div",
            element("p", title, class_="drop-title"),
            element("p", READABLE, class_="notice"),
            choices_html(),
            class_="dropzone",
        ),
        element(
            "form",
            element("label", label, for_=field),
            element(
                "input",
                id=field,
                type="text",
                name="source",
                autocomplete="off",
                maxlength=2000,
                placeholder="https://…",
            ),
            element("button", "Add", type="submit", class_="secondary"),
            class_="add-source",
        ),
    )


def choices_html() -> Html:
    """Build the buttons that choose what to add."""
    return element(
        "p",
        element("button", "Choose files", type="button", class_="primary", data_do="choose"),
        element("button", "Choose a folder", type="button", class_="secondary", data_do="chooseFolder"),
        class_="choices",
    )


def _questions(suggestions: Sequence[str]) -> Html:
    return element(
        "div",
        element("h2", "Ask your articles"),
        element("p", ABOUT_YOUR_ARTICLES, class_="lead"),
        _suggested(suggestions) if suggestions else None,
        class_="welcome",
    )


def _suggested(questions: Sequence[str]) -> Html:
    rows = [
        element(
            "li",
            element("button", question, type="button", class_="suggestion", data_do="suggestion", dir="auto"),
        )
        for question in questions
    ]
    return element("ul", *rows, class_="suggestions")


def _working(message: str) -> Html:
    return element("p", message, class_="working")

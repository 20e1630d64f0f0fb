"""The page of kept questions as HTML: what stands now, what stood before, and answers out of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.rendering.change_feed import UNSAID, UNSAID_NOW
from assistant.web.html.difference import marked_difference
from assistant.web.html.display_text import number_with_noun, short_date
from assistant.web.html.elements import element, fragment
from assistant.web.html.excerpts import marks_of
from assistant.web.html.outdated_note import difference_html
from assistant.web.html.source_cards import source_heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.answers import Citation
    from assistant.vocabulary.changed_answers import AnswerChange, KeptQuestion, Outdated
    from assistant.web.html.elements import Html

TITLE = "Kept questions"
FEED = "/api/changes.atom"
ABOUT = "Asked again whenever articles come or go. You are told when your articles say something else."
NONE_KEPT = "Nothing is kept yet. Ask a question, then press “☆ Keep” under its answer."
OUT_OF_DATE = "Saved answers that are out of date"


@dataclass(frozen=True, slots=True)
class WatchedQuestion:
    """A kept question as the page shows it: its sentence now, and its changes, the latest first."""

    kept: KeptQuestion
    now: Citation | None
    changes: tuple[AnswerChange, ...]
    fresh: bool
    """Whether one of the changes has not been seen yet."""


@dataclass(frozen=True, slots=True)
class OutdatedAnswer:
    """A saved answer that is out of date, and where it is."""

    conversation: str
    turn: str
    question: str
    asked: datetime
    found: tuple[Outdated, ...]


def kept_page_html(watched: Sequence[WatchedQuestion], outdated: Sequence[OutdatedAnswer]) -> Html:
    """Show the kept questions, those with news first, then the saved answers that are out of date."""
    return fragment(
        element("p", element("button", "‹ Back to the chat", type="button", class_="back", data_do="chat")),
        element("h2", TITLE, tabindex=-1),
        element("p", ABOUT, class_="notice"),
        _tools() if watched else element("p", NONE_KEPT, class_="nothing-kept"),
        element("ol", *(_question(item) for item in watched), class_="watched") if watched else None,
        _outdated(outdated) if outdated else None,
    )


def _tools() -> Html:
    return element(
        "p",
        element("button", "Ask all again", type="button", class_="secondary", data_do="askKept"),
        element("a", "Atom feed", href=FEED, target="_blank", class_="feed"),
        element("span", class_="asking-again", role="status"),
        class_="kept-tools",
    )


def _question(item: WatchedQuestion) -> Html:
    before = [change.before for change in item.changes]
    cited = [each for each in (item.now, *before) if each]
    rows = [_before(change, item, cited) for change in item.changes]
    return element(
        "li",
        element(
            "h3",
            item.kept.question,
            element("span", "New", class_="fresh") if item.fresh else None,
            dir="auto",
        ),
        _now(item, cited),
        element("ol", *rows, class_="befores", aria_label="What your articles said before") if rows else None,
        element(
            "p",
            element(
                "span",
                f"Kept {_day(item.kept.kept)} · last asked {_moment(item.kept.asked)}",
                class_="notice",
            ),
            _button("Ask in the chat", "askAgain", item.kept.question),
            _button("Remove", "unkeep", item.kept.question),
            class_="kept-actions",
        ),
        class_="watched-question fresh-change" if item.fresh else "watched-question",
        data_key=item.kept.id,
        data_question=item.kept.question,
        data_marks=marks_of(cited, numbered=False),
    )


def _button(label: str, action: str, question: str) -> Html:
    return element(
        "button", label, type="button", class_="quiet", data_do=action, aria_label=f"{label}: {question}"
    )


def _now(item: WatchedQuestion, cited: Sequence[Citation]) -> Html:
    if item.now is None:
        return element("p", UNSAID_NOW if item.changes else "Your articles don’t say.", class_="unsaid")
    before = item.changes[0].before if item.changes else None
    shown = marked_difference(before.quote, item.now.quote)[1] if before else item.now.quote
    return _sentence(item.now, shown, cited)


def _before(change: AnswerChange, item: WatchedQuestion, cited: Sequence[Citation]) -> Html:
    after = change.after or item.now
    told = element("p", f"Before {_moment(change.found)}:", class_="notice")
    if change.before is None:
        return element("li", told, element("p", UNSAID, class_="unsaid"))
    shown = marked_difference(change.before.quote, after.quote)[0] if after else change.before.quote
    return element("li", told, _sentence(change.before, shown, cited))


def _sentence(citation: Citation, shown: str, cited: Sequence[Citation]) -> Html:
    return fragment(
        element("blockquote", shown, dir="auto"),
        source_heading(citation, mark=cited.index(citation)),
    )


def _outdated(answers: Sequence[OutdatedAnswer]) -> Html:
    return element(
        "section",
        element("h3", OUT_OF_DATE),
        element(
            "p",
            f"{number_with_noun(len(answers), 'answer')} in your chats rest on sentences that your articles "
            "don’t have any more."
            if len(answers) != 1
            else "1 answer in your chats rests on a sentence that your articles don’t have any more.",
            class_="notice",
        ),
        element("ol", *(_answer(item) for item in answers), class_="watched"),
        class_="out-of-date",
    )


def _answer(item: OutdatedAnswer) -> Html:
    return element(
        "li",
        element(
            "h4",
            element(
                "a",
                item.question,
                href=f"#c-{item.conversation}/t-{item.turn}",
                dir="auto",
            ),
        ),
        element("p", f"Answered {_day(item.asked)}", class_="notice"),
        *(difference_html(each) for each in item.found),
        class_="watched-question",
    )


def _day(moment: datetime) -> str:
    return short_date(moment.astimezone().date())


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{short_date(local.date())}, {local:%H:%M}"

"""A turn of the conversation as HTML: an answer with its footnotes, no answer, or a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answers import OTHERWISE, Mode, Support
from assistant.messages import Message, told
from assistant.question.remarks import only_remarked
from assistant.web.html.conflict_table import conflicts_html
from assistant.web.html.copy_text import copy_text
from assistant.web.html.display_text import duration, number_with_noun
from assistant.web.html.elements import element, fragment, inert_json
from assistant.web.html.excerpts import excerpts, marks_of
from assistant.web.html.quoted_answer import is_quoted, quotations_html
from assistant.web.html.source_cards import noted_cards, plain_cards
from assistant.web.html.statements import Shown, statements_html, verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer, QuestionFilter
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt
    from ingest import Article

CLOSEST = 3  # sentences offered when the articles don't say
WORD_FOR_WORD = "Word for word from your articles"
NOT_THERE_NOW = "no longer in your articles"
HINTS = (Message.NAME_THINGS, Message.ASK_FOR_ONE, Message.ADD_ARTICLES)
ASK_ALL = "Ask all articles"
KEEP_LIMIT = "Keep this filter"
LIMITED_TO = "Limited to:"  # an answer read later must say what was asked
STOPPED_NOTE = "Stopped. This answer is not complete and was not kept."


def whole_html(
    answer: Answer,
    article_of: Callable[[str, str | None], Article | None],
    *,
    seconds: float,
    actions: Html | None = None,
) -> Html:
    """Show an answer, its quotes held against the stored articles first."""
    cited = excerpts(answer.citations, article_of)
    consulted = excerpts(answer.consulted, article_of)
    return answer_html(answer, cited, consulted, seconds=seconds, actions=actions)


def answer_html(
    answer: Answer,
    cited: Sequence[Excerpt],
    consulted: Sequence[Excerpt],
    *,
    seconds: float,
    actions: Html | None = None,
) -> Html:
    """Show an answer as one card: what it says, then its sources once each, then how it was made."""
    if not answer.answered:
        return no_answer_html(answer, consulted[:CLOSEST], actions)
    return element(
        "div",
        body_html(answer, cited),
        _consulted(_unsaid(consulted, cited)),
        _status(answer, cited, seconds),
        actions,
        class_="answer",
        data_marks=marks_of(answer.citations, numbered=True),
        data_copy=copy_text(answer),
    )


def body_html(answer: Answer, cited: Sequence[Excerpt]) -> Html:
    """Show what an answer says with its sources, each quotation once."""
    return quotations_html(answer, cited, _after(answer)) if is_quoted(answer) else _prose(answer, cited)


def no_answer_html(answer: Answer, closest: Sequence[Excerpt], actions: Html | None = None) -> Html:
    """Say that the articles don't say, with the nearest sentences and what might help.

    Where nothing was asked ("thanks"), only that is said.
    """
    if only_remarked(answer.notices):
        return element("div", _notices(answer), class_="answer unanswered")
    denied = answer.premise is not None and answer.premise.denied_by is not None and bool(closest)
    heading = None if denied else element("h3", told(Message.CLOSEST, answer.language))
    return element(
        "div",
        element("p", OTHERWISE if denied else answer.text, class_="none", dir="auto"),
        _notices(answer),
        fragment(heading, plain_cards(closest)) if closest else None,
        element("h3", told(Message.MIGHT_HELP, answer.language)),
        element("ul", *(element("li", told(hint, answer.language)) for hint in HINTS), class_="hints"),
        actions,
        class_="answer unanswered",
        data_marks=marks_of([item.citation for item in closest], numbered=False),
        data_copy=copy_text(answer),
    )


def failure_html(message: str) -> Html:
    """Show what went wrong, in the sentence that the error brings."""
    return element("div", element("p", message), class_="failure")


def stopped_html(arrived: Html | None) -> Html:
    """Show what had arrived when the reader stopped the answer."""
    return element("div", arrived, element("p", STOPPED_NOTE, class_="notice"), class_="stopped")


def _prose(answer: Answer, cited: Sequence[Excerpt]) -> Html:
    """Show statements that are no quotations, and the sources that they cite."""
    verdicts = {item.number: verdict_of(answer, item.number) for item in answer.citations}
    return fragment(
        statements_html(
            [Shown.of(statement) for statement in answer.statements],
            {citation.number: citation for citation in answer.citations},
        ),
        _after(answer),
        element("h3", "Sources", class_="sr-only"),
        noted_cards(cited, verdicts),
    )


def _after(answer: Answer) -> Html:
    return fragment(conflicts_html(answer), _notices(answer))


def _unsaid(consulted: Sequence[Excerpt], cited: Sequence[Excerpt]) -> list[Excerpt]:
    """Leave out what stands in the answer already, in another printing, and articles that it cites.

    These are one press away as they are; no source is named twice.
    """
    said = {item.citation.quote for item in cited}
    named = {item.citation.article_id for item in cited}
    return [
        item
        for item in consulted
        if item.citation.quote not in said and item.citation.article_id not in named
    ]


def _notices(answer: Answer) -> Html | None:
    """Show what a reader should know, and with a filter that the question's words set the way out of it."""
    if not answer.notices:
        return None
    undo = element("button", ASK_ALL, type="button", class_="quiet", data_do="askAll")
    return fragment(
        *(element("p", notice, class_="notice") for notice in answer.notices),
        element("p", _keep(answer.question_filter), undo, class_="choices") if _is_limited(answer) else None,
    )


def _is_limited(answer: Answer) -> bool:
    """Say whether a reader may want to ask again without a limit: one of the question, or a vain one."""
    chosen = any(notice.startswith(LIMITED_TO) for notice in answer.notices)
    return bool(answer.question_filter or answer.corrections or (chosen and not answer.answered))


def _keep(said: QuestionFilter | None) -> Html | None:
    """Offer to make the filter that a question's words set the one of the chat."""
    if said is None or not (said.sources or said.published_from or said.published_to):
        return None
    limits = {
        "sources": list(said.sources),
        "from": said.published_from.isoformat() if said.published_from else "",
        "to": said.published_to.isoformat() if said.published_to else "",
    }
    return element(
        "button",
        KEEP_LIMIT,
        type="button",
        class_="quiet",
        data_do="keepLimit",
        data_limits=inert_json(limits),
    )


def _consulted(consulted: Sequence[Excerpt]) -> Html | None:
    if not consulted:
        return None
    return element(
        "details",
        element("summary", f"{len(consulted)} consulted, not cited"),
        plain_cards(consulted),
        class_="consulted",
        data_marks=marks_of([item.citation for item in consulted], numbered=False),
    )


def _status(answer: Answer, cited: Sequence[Excerpt], seconds: float) -> Html:
    missing = sum(not item.checked for item in cited)
    gone = f"{number_with_noun(missing, 'quotation')} {NOT_THERE_NOW}" if missing else None
    parts = [_made(answer, whole=not missing), _stood(answer), gone, _spent(answer), duration(seconds)]
    return element("p", " · ".join(part for part in parts if part), class_="status")


def _made(answer: Answer, *, whole: bool) -> str:
    """Say how the answer was made. That a quote is word for word says nothing of its being true."""
    if answer.mode is Mode.COUNT:
        return "Counted in your articles"
    if answer.mode is Mode.QUOTES:
        return WORD_FOR_WORD if whole else "Quotations"
    return f"Written by {answer.writing.model}" if answer.writing else "Written"


def _spent(answer: Answer) -> str | None:
    """Say what a model took, where its provider counts."""
    writing = answer.writing
    known = [writing.prompt_tokens, writing.answer_tokens] if writing else []
    total = sum(tokens for tokens in known if tokens is not None)
    return f"{total:,} tokens" if total else None


def _stood(answer: Answer) -> str | None:
    """Say how many statements of a written answer their footnotes bear out."""
    if answer.mode is not Mode.WRITTEN:
        return None
    claims = [item for item in answer.statements if item.support is not Support.NO_CLAIM]
    borne_out = sum(item.support in (Support.SUPPORTED, Support.CONFLICTING) for item in claims)
    doubted = sum(item.support is Support.DOUBTED for item in claims)
    unread = sum(item.support is Support.UNCHECKED_LANGUAGE for item in claims)
    stood = f"{borne_out} of {number_with_noun(len(claims), 'statement')} supported"
    stood += f", {doubted} in doubt" if doubted else ""
    return (stood + (f", {unread} not checked" if unread else "")) if claims else None

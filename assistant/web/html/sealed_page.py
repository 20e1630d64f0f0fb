"""Answers as one HTML file that needs nothing else, sealed with the hashes that `footnote verify` checks."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from assistant.language.locales import day_in_words
from assistant.messages import ENGLISH, Message, told
from assistant.rendering.quote_display import clean, spoken_of
from assistant.rendering.render import CLOSEST, closest_title, conflict_parts, state_of
from assistant.rendering.seal import NO_SEAL, digest, sealed
from assistant.web.html.display_text import shown_source
from assistant.web.html.elements import document, element, fragment, text, web_link
from assistant.web.html.footnotes import emphasised
from assistant.web.html.statements import verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer, Citation
    from assistant.web.html.elements import Html

COMMAND = "footnote verify FILE"


def sealed_page(title: str, answers: Sequence[Answer]) -> str:
    """Return a page of one answer, or of a conversation under its title."""
    parts: list[Html] = [element("h1", title, dir="auto")] if len(answers) > 1 else []
    for place, answer in enumerate(answers):
        heading = "h1" if len(answers) == 1 else "h2"
        parts += [element(heading, answer.question, dir="auto"), _answer(answer, f"{place + 1}-")]
    how_to_check = told(Message.WORD_FOR_WORD, answers[0].language if answers else ENGLISH)
    seal = element("p", element("small", f"{how_to_check} ", element("code", COMMAND)), data_seal=NO_SEAL)
    return sealed(document(title, *parts, element("footer", element("hr"), seal)))


def _answer(answer: Answer, prefix: str) -> Html:
    notices = [element("p", element("em", notice)) for notice in answer.notices]
    if not answer.answered:
        closest = [element("li", _note(item, "", answer.language)) for item in answer.consulted[:CLOSEST]]
        near = fragment(element("p", closest_title(answer)), element("ul", *closest)) if closest else None
        return fragment(element("p", answer.text, dir="auto"), near, *notices)
    said = [
        element(
            "span",
            item.text,
            *(_mark(number, prefix) for number in item.citations),
            state_of(item, answer.language),
            " ",
        )
        for item in answer.statements
    ]
    conflicts = [
        element(
            "p",
            *(
                part if isinstance(part, str) else _mark(part, prefix)
                for part in conflict_parts(item, answer.citations, answer.language)
            ),
        )
        for item in answer.conflicts
    ]
    notes = [
        element(
            "li",
            _note(item, f"{prefix}{item.number}", answer.language),
            element("p", verdict_of(answer, item.number, answer.language)),
            id=f"note-{prefix}{item.number}",
        )
        for item in answer.citations
    ]
    return fragment(element("p", *said, dir="auto"), *conflicts, element("ol", *notes), *notices)


def _mark(number: int, prefix: str) -> Html:
    return element("sup", element("a", str(number), href=f"#note-{prefix}{number}"))


def _note(citation: Citation, number: str, language: str) -> Html:
    """Build a footnote: the quotation with its hash and its place, then the source."""
    words = list(emphasised(citation))
    page = [citation.where] if citation.where else []
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    day = citation.published
    published = day_in_words(day, language) if day else told(Message.DATE_UNKNOWN, language)
    named = list(dict.fromkeys([name, citation.title, *citation.authors, published, *page]))
    address = citation.link or citation.url
    return fragment(
        element(
            "blockquote",
            *words,
            dir="auto",
            data_note=number,
            data_article=citation.article_id,
            data_version=citation.version,
            data_span=f"{citation.start}-{citation.end}",
            data_sha256=digest(unescape(text(citation.quote))),
        ),
        element("p", clean(spoken_of(citation))) if citation.referent else None,
        element("p", " · ".join(named), dir="auto"),
        web_link(address, citation.url or address or ""),
    )

"""Answers to take along: Markdown, HTML and JSON with quote, source, address, date, verdict each."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from assistant.rendering.links import safe_url
from assistant.rendering.render import escape_markdown
from assistant.web.html.display_text import long_date, shown_source
from assistant.web.html.elements import document, element, fragment, web_link
from assistant.web.html.footnotes import emphasised
from assistant.web.html.statements import BADGES, verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer, Citation
    from assistant.store.conversations import Turn
    from assistant.web.html.elements import Html

MAX_EXPORT_NAME = 60  # characters of a file's name
TYPES = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "json": ("json", "application/json"),
}

_UNSAFE = re.compile(r"[^\w .-]+")


def export_turns(title: str, turns: Sequence[Turn], form: str) -> dict[str, str]:
    """Write turns in a format; return the file's name, its type and its text."""
    ending, kind = TYPES.get(form, TYPES["markdown"])
    write: dict[str, Callable[[str, Sequence[Turn]], str]] = {
        "md": _markdown,
        "html": _html,
        "json": _json,
    }
    name = _UNSAFE.sub("", title).strip(" .")[:MAX_EXPORT_NAME].strip() or "conversation"
    return {"name": f"{name}.{ending}", "type": kind, "text": write[ending](title, turns)}


def _markdown(title: str, turns: Sequence[Turn]) -> str:
    blocks = [f"# {escape_markdown(title)}"] if len(turns) > 1 else []
    for turn in turns:
        blocks += [f"## {escape_markdown(turn.question)}", _markdown_answer(turn.answer)]
    return "\n\n".join(blocks) + "\n"


def _markdown_answer(answer: Answer) -> str:
    notices = [f"*{escape_markdown(notice)}*" for notice in answer.notices]
    if not answer.answered:
        closest = "\n".join(f"- {_markdown_note(item, None)}" for item in answer.consulted[:3])
        return "\n\n".join(
            [escape_markdown(answer.text), *([f"Closest:\n\n{closest}"] if closest else []), *notices]
        )
    prose = " ".join(
        escape_markdown(item.text)
        + "".join(f" [{number}]" for number in item.citations)
        + (f" ({BADGES[item.support]})" if item.support in BADGES else "")
        for item in answer.statements
    )
    notes = "\n".join(
        f"{item.number}. {_markdown_note(item, verdict_of(answer, item.number))}" for item in answer.citations
    )
    return "\n\n".join([prose, notes, *notices])


def _markdown_note(citation: Citation, verdict: str | None) -> str:
    address = safe_url(citation.link or citation.url)
    parts = [
        f"“{escape_markdown(citation.quote)}”",
        *(escape_markdown(part) for part in _named(citation)),
        f"<{address}>" if address and not re.search(r"[<>\s]", address) else None,
        escape_markdown(verdict) if verdict else None,
    ]
    return " — ".join(part for part in parts if part)


def _html(title: str, turns: Sequence[Turn]) -> str:
    parts: list[Html] = [element("h1", title, dir="auto")] if len(turns) > 1 else []
    for turn in turns:
        parts += [element("h2", turn.question, dir="auto"), _html_answer(turn.answer)]
    return document(title, *parts)


def _html_answer(answer: Answer) -> Html:
    notices = [element("p", element("em", notice)) for notice in answer.notices]
    if not answer.answered:
        closest = [element("li", _html_note(item, None)) for item in answer.consulted[:3]]
        return fragment(
            element("p", answer.text, dir="auto"), element("ul", *closest) if closest else None, *notices
        )
    said = [
        element(
            "span",
            item.text,
            *(element("sup", str(number)) for number in item.citations),
            f" ({BADGES[item.support]})" if item.support in BADGES else None,
            " ",
        )
        for item in answer.statements
    ]
    notes = [element("li", _html_note(item, verdict_of(answer, item.number))) for item in answer.citations]
    return fragment(element("p", *said, dir="auto"), element("ol", *notes), *notices)


def _html_note(citation: Citation, verdict: str | None) -> Html:
    address = citation.link or citation.url
    return fragment(
        element("blockquote", *emphasised(citation), dir="auto"),
        element("p", " · ".join(_named(citation)), dir="auto"),
        web_link(address, citation.url or address or ""),
        element("p", verdict) if verdict else None,
    )


def _named(citation: Citation) -> list[str]:
    """Name a source: publisher, title, date, page."""
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    page = [f"page {citation.page:,}"] if citation.page else []
    return list(dict.fromkeys([name, citation.title, long_date(citation.published), *page]))


def _json(title: str, turns: Sequence[Turn]) -> str:
    plain = {"title": title, "turns": [_plain(turn) for turn in turns]}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _plain(turn: Turn) -> dict[str, Any]:
    answer = turn.answer.to_dict()
    for note in answer["citations"]:
        note["verdict"] = verdict_of(turn.answer, note["number"])
    return {"question": turn.question, "asked": turn.asked.isoformat(), "answer": answer}

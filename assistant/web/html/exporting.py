"""Answers to take along: Markdown, HTML, JSON, Word, and what reference managers read."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from assistant.rendering.answer_word import answers_word
from assistant.rendering.links import safe_url
from assistant.rendering.references import csl_text, ris_text
from assistant.rendering.render import escape_markdown
from assistant.web.html.display_text import long_date, shown_source
from assistant.web.html.sealed_page import sealed_page
from assistant.web.html.statements import BADGES, verdict_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer, Citation
    from assistant.store.conversations import Turn

MAX_EXPORT_NAME = 60  # characters of a file's name
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "json": ("json", "application/json"),
    "word": ("docx", WORD_TYPE),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl": ("csl.json", "application/vnd.citationstyles.csl+json"),
}
"""The formats: the ending of a file's name, and what browsers call it."""

_UNSAFE = re.compile(r"[^\w .-]+")


def export_turns(title: str, turns: Sequence[Turn], form: str) -> dict[str, str]:
    """Write turns in a format; return the file's name, its type and its text, or `base64` of its bytes."""
    ending, kind = TYPES.get(form, TYPES["markdown"])
    name = _UNSAFE.sub("", title).strip(" .")[:MAX_EXPORT_NAME].strip() or "conversation"
    about = {"name": f"{name}.{ending}", "type": kind}
    if ending == "json":
        return {**about, "text": _json(title, turns)}
    written = answer_file(title, [turn.answer for turn in turns], ending)
    if ending == "docx":
        return {**about, "base64": b64encode(written).decode()}
    return {**about, "text": written.decode()}


def answer_file(title: str, answers: Sequence[Answer], ending: str) -> bytes:
    """Write answers as the file that an ending stands for (see `TYPES`); text is UTF-8."""
    if ending == "docx":
        return answers_word(title, answers)
    write: dict[str, Callable[[], str]] = {
        "md": lambda: _markdown(title, answers),
        "html": lambda: sealed_page(title, answers),
        "ris": lambda: ris_text(_cited(answers)),
        "csl.json": lambda: csl_text(_cited(answers)),
        "json": lambda: json.dumps(_plain_answers(answers), ensure_ascii=False, indent=2) + "\n",
    }
    return write[ending]().encode("utf-8", "replace")


def _cited(answers: Sequence[Answer]) -> list[Citation]:
    return [citation for answer in answers for citation in answer.citations]


def _plain_answers(answers: Sequence[Answer]) -> Any:  # noqa: ANN401  # any JSON value
    plain = [answer.to_dict() for answer in answers]
    return plain[0] if len(plain) == 1 else plain


def _markdown(title: str, answers: Sequence[Answer]) -> str:
    blocks = [f"# {escape_markdown(title)}"] if len(answers) > 1 else []
    for answer in answers:
        blocks += [f"## {escape_markdown(answer.question)}", _markdown_answer(answer)]
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

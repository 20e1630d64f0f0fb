"""Answers to take along: Markdown, HTML, JSON, Word, and what reference managers read."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from assistant.rendering.answer_word import answers_word
from assistant.rendering.references import csl_text, ris_text
from assistant.rendering.render import escape_markdown
from assistant.web.html.sealed_page import sealed_page
from assistant.web.html.statements import verdict_of

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
    about = {"name": file_name(title, ending), "type": kind}
    if ending == "json":
        return {**about, "text": _json(title, turns)}
    written = answer_file(title, [turn.answer for turn in turns], ending)
    if ending == "docx":
        return {**about, "base64": b64encode(written).decode()}
    return {**about, "text": written.decode()}


def file_name(title: str, ending: str) -> str:
    """Return a name for a file that every system takes."""
    return f"{_UNSAFE.sub('', title).strip(' .')[:MAX_EXPORT_NAME].strip() or 'conversation'}.{ending}"


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
        blocks += [f"## {escape_markdown(answer.question)}", answer.to_markdown().rstrip("\n")]
    return "\n\n".join(blocks) + "\n"


def _json(title: str, turns: Sequence[Turn]) -> str:
    plain = {"title": title, "turns": [_plain(turn) for turn in turns]}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _plain(turn: Turn) -> dict[str, Any]:
    answer = turn.answer.to_dict()
    for note in answer["citations"]:
        note["verdict"] = verdict_of(turn.answer, note["number"])
    return {"question": turn.question, "asked": turn.asked.isoformat(), "answer": answer}

"""An answer as a chat completion: Markdown with its sources, and its footnotes as annotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from assistant.answers import CANNOT_ANSWER, OTHERWISE, UNSAID, Support
from assistant.events import Finished, StatementChecked
from assistant.messages import Message, in_every_language
from assistant.rendering.links import safe_url
from assistant.rendering.render import answer_markdown, prose_markdown
from assistant.web.api.operations import answer_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answers import Answer, Citation, Statement
    from assistant.events import Event

# Only these are sent before the whole answer is there: others may yet be corrected or left out.
SETTLED = frozenset({Support.SUPPORTED, Support.NO_CLAIM})
CHECKED_AGAIN_NOTE = (
    "\n\n---\n\n*A check after the text changed what is said of a statement above; this takes its place:*\n\n"
)
WITHDRAWN_NOTE = "\n\n---\n\n*The answer above was withdrawn; this takes its place:*\n\n"
SOURCE_LIST_START = "\n\n1. “"  # how the list of sources begins
_ESCAPED = re.compile(r"\\([^\w\s])")


def completion_text(answer: Answer) -> str:
    """Return an answer as a chat client shows it."""
    return answer_markdown(answer).rstrip("\n")


def prose_of(content: str) -> str:
    """Return the prose of an answer that a client sends back; its list of sources was not said."""
    if content.startswith((*in_every_language(Message.CANNOT_ANSWER), UNSAID, OTHERWISE)):
        return CANNOT_ANSWER  # the nearest sentences below it were no answer
    text, listed, _ = content.partition(SOURCE_LIST_START)
    return _ESCAPED.sub(r"\1", text) if listed else content


def annotations_of(answer: Answer) -> list[dict[str, Any]]:
    """Return the footnotes that have an address, each where its number stands in the content."""
    if not answer.answered:
        return []
    footnotes = {item.number: item for item in answer.citations}
    return [
        {"type": "url_citation", "url_citation": _url_citation(footnotes[number], url, start, end)}
        for start, end, number in prose_markdown(answer.statements, answer.language)[1]
        if (url := _address(footnotes[number]))
    ]


def message_of(answer: Answer) -> dict[str, Any]:
    """Return the message of a completion; `footnote` has the whole answer, sources without address too."""
    return {
        "role": "assistant",
        "content": completion_text(answer),
        "refusal": None,
        "annotations": annotations_of(answer),
        "footnote": answer_out(answer).model_dump(mode="json"),
    }


def usage_of(answer: Answer) -> dict[str, int]:
    """Return the tokens that a model took; none for quotations."""
    writing = answer.writing
    read = (writing.prompt_tokens if writing else None) or 0
    written = (writing.answer_tokens if writing else None) or 0
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


class SendableText:
    """The text of an answer while it arrives: what can be sent already and will not have to be taken back."""

    def __init__(self) -> None:
        self.sent = ""
        self._statements: list[Statement] = []

    def take(self, event: Event) -> Iterator[str]:
        """Yield what an event adds to the text."""
        if isinstance(event, StatementChecked) and event.index == len(self._statements):
            if event.statement.support in SETTLED:
                self._statements.append(event.statement)
                yield from self._rest(prose_markdown(self._statements)[0])
        elif isinstance(event, Finished):
            whole = completion_text(event.answer)
            note = CHECKED_AGAIN_NOTE if self._stands_in(event.answer) else WITHDRAWN_NOTE
            yield from self._rest(whole if whole.startswith(self.sent) else f"{self.sent}{note}{whole}")

    def _stands_in(self, answer: Answer) -> bool:
        """Say whether all that was sent is in the answer still, whatever is said of it now."""
        texts = [item.text for item in answer.statements]
        return bool(self._statements) and texts[: len(self._statements)] == [
            item.text for item in self._statements
        ]

    def _rest(self, text: str) -> Iterator[str]:
        more, self.sent = text[len(self.sent) :], text
        if more:
            yield more


def _address(citation: Citation) -> str | None:
    return safe_url(citation.link) or safe_url(citation.url)


def _url_citation(citation: Citation, url: str, start: int, end: int) -> dict[str, Any]:
    return {"start_index": start, "end_index": end, "url": url, "title": citation.title}

"""The endpoints that clients of OpenAI's chat completions know: /v1/models and /v1/chat/completions."""

import json
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import pairwise
from typing import Any, Literal, cast

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.answers import Answer
from assistant.events import Event, Finished
from assistant.web.access.guard import person_of
from assistant.web.api.completions import SendableText, annotations_of, message_of, prose_of, usage_of
from assistant.web.api.disconnects import Streamed, answer_or_nobody
from assistant.web.api.http_api import FAULTS, error_response
from assistant.web.api.operations import answer_out, answered
from assistant.web.chat.service import ChatService, Question
from assistant.web.html.failure_words import calm
from assistant.web.html.filters import AskedLimits
from ingest import Filters, QuestionError

# No postponed annotations in this file: FastAPI reads them.

MODEL = "footnote"
EXACTLY = AskedLimits(Filters(exact=True))
MOST_MESSAGES = 200
EXPLAINED = (
    "Answer the last user message from the articles, in the form of OpenAI's chat completions. Earlier user "
    "and assistant messages are the conversation; system messages and settings of sampling are not used. The "
    "content is Markdown with [1] markers and the quoted sources; `annotations` has the footnotes that have "
    "an address, and `footnote` the whole answer with every footnote and what the check found."
)


class Part(BaseModel):
    """A part of a message; parts that are not text are not used."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(BaseModel):
    """What a stream has besides the answer."""

    include_usage: bool = False


class Completion(BaseModel):
    """What a client asks for; what Footnote has no use for is passed over, as the protocol wants it."""

    model: str = Field(description="Always `footnote`.")
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    exact: bool = Field(
        default=False, description="Whether a paper or a day that the question names limits nothing."
    )


def openai_routes(service: ChatService) -> APIRouter:
    """Return the endpoints."""
    api = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=FAULTS)

    @api.get("/models", operation_id="models", description="List the one model that there is.")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_model()]}

    @api.get("/models/{name}", operation_id="model", description="Describe the model.", response_model=None)
    def model(name: str) -> dict[str, Any] | Response:
        return _model() if name == MODEL else _unknown(name)

    @api.post(
        "/chat/completions", operation_id="completions", description=EXPLAINED, response_class=JSONResponse
    )
    async def completions(request: Request, given: Completion) -> Response:
        if given.model != MODEL:
            return _unknown(given.model)
        seen = service.seen_by(person_of(request).sees)
        question = question_of(given.messages, exact=given.exact)
        if given.stream:
            return await _streamed(seen, question, given)
        answer = await answer_or_nobody(request, answered(seen, question))
        if isinstance(answer, Response):
            return answer
        choice = {
            "index": 0,
            "message": message_of(answer),
            "finish_reason": _finish(answer),
            "logprobs": None,
        }
        return JSONResponse({**_head("chat.completion"), "choices": [choice], "usage": usage_of(answer)})

    return api


def question_of(messages: list[Message], *, exact: bool = False) -> Question:
    """Read the last user message as the question and what came before as the conversation."""
    said = [(item.role, _text(item)) for item in messages if item.role in {"user", "assistant"}]
    if not said or said[-1][0] != "user":
        raise QuestionError("The last message must be the user's: it is the question.")
    history = [
        (before[1], prose_of(after[1]))
        for before, after in pairwise(said)
        if (before[0], after[0]) == ("user", "assistant")
    ]
    return Question(said[-1][1], tuple(history), EXACTLY if exact else AskedLimits())


def _text(message: Message) -> str:
    content = message.content
    if isinstance(content, list):
        return "\n".join(part.text for part in content if part.type == "text")
    return content or ""


async def _streamed(service: ChatService, question: Question, given: Completion) -> Response:
    """Begin the stream once the question is accepted, so that a refused one is an HTTP error."""
    events = cast("AsyncGenerator[Event]", service.stream(question))
    first = await anext(events)
    usage = given.stream_options is not None and given.stream_options.include_usage
    lines = _lines(_chunks(first, events, usage=usage))
    return Streamed(lines, media_type="text/event-stream", headers={"cache-control": "no-store"})


async def _chunks(
    first: Event, events: AsyncGenerator[Event], *, usage: bool
) -> AsyncGenerator[dict[str, Any]]:
    head, growing = _head("chat.completion.chunk"), SendableText()

    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]}

    yield chunk({"role": "assistant", "content": ""})
    event = first
    async with aclosing(events):
        async for event in events:
            for text in growing.take(event):
                yield chunk({"content": text})
    answer = cast("Finished", event).answer
    notes = {"annotations": annotations_of(answer), "footnote": answer_out(answer).model_dump(mode="json")}
    yield chunk(notes, _finish(answer))
    if usage:
        yield {**head, "choices": [], "usage": usage_of(answer)}


async def _lines(chunks: AsyncGenerator[dict[str, Any]]) -> AsyncGenerator[str]:
    async with aclosing(chunks):
        try:
            async for chunk in chunks:
                yield f"data: {json.dumps(chunk)}\n\n"
        except Exception as error:  # noqa: BLE001  # the stream has begun: its end says what happened
            told = {"message": calm(error), "type": "server_error", "param": None, "code": None}
            yield f"data: {json.dumps({'error': told})}\n\n"
            return
    yield "data: [DONE]\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _finish(answer: Answer) -> str:
    return "length" if answer.incomplete else "stop"


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": "footnote"}


def _unknown(name: str) -> Response:
    return error_response(404, f"There is no model {name[:100]!r}; the only one is {MODEL!r}.")

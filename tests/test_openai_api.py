"""The endpoints of OpenAI's chat completions, asked by OpenAI's own client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openai
import pytest
from fakechat import ANSWERED, BROKEN, NOT_ANSWERED, SLOW, UNKNOWN, WRITTEN, WRITTEN_QUESTION, written_events
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import CANNOT_ANSWER, Statement, Support
from assistant.events import Finished, StatementChecked
from assistant.rendering.render import prose_markdown
from assistant.web.api.completions import (
    WITHDRAWN_NOTE,
    SendableText,
    annotations_of,
    completion_text,
    prose_of,
)
from assistant.web.api.openai_api import Message, question_of
from ingest import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openai.types.chat import ChatCompletionMessageParam


@pytest.fixture(scope="module", name="client")
def _client(served_chat: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{served_chat}v1", api_key="none", max_retries=0) as client:
        yield client


def said(question: str) -> list[ChatCompletionMessageParam]:
    """Return the messages of a conversation with one question."""
    return [{"role": "system", "content": "Be rude."}, {"role": "user", "content": question}]


def test_the_one_model_is_listed(client: openai.OpenAI) -> None:
    """Clients that list models find `footnote`; another name is not found."""
    assert [model.id for model in client.models.list()] == ["footnote"]
    assert client.models.retrieve("footnote").owned_by == "footnote"
    with pytest.raises(openai.NotFoundError, match="the only one is 'footnote'"):
        client.chat.completions.create(model="gpt-4o", messages=said("x"))


def test_footnotes_are_annotations_at_their_markers(client: openai.OpenAI) -> None:
    """Each annotation gives the place of its marker; footnotes without an address are in `footnote`."""
    done = client.chat.completions.create(model="footnote", messages=said(WRITTEN_QUESTION))
    message = done.choices[0].message
    assert message.content == completion_text(WRITTEN)
    assert (done.choices[0].finish_reason, message.role) == ("stop", "assistant")
    found = [item.url_citation for item in message.annotations or ()]
    marks = [(message.content[item.start_index : item.end_index], item.url) for item in found]
    assert marks == [("\\[1\\]", WRITTEN.citations[0].link), ("\\[2\\]", WRITTEN.citations[1].link)]
    whole = message.model_extra or {}
    assert [item["quote"] for item in whole["footnote"]["citations"]] == [
        item.quote for item in WRITTEN.citations
    ]


def test_a_stream_is_the_same_answer(client: openai.OpenAI) -> None:
    """The pieces make up the content, the end has the footnotes, and usage comes when asked for."""
    stream = client.chat.completions.create(
        model="footnote",
        messages=said(WRITTEN_QUESTION),
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == completion_text(WRITTEN)
    assert deltas[1].content == "Six people were hurt. \\[1\\]"  # as soon as it has passed the check
    assert (deltas[-1].model_extra or {})["annotations"] == annotations_of(WRITTEN)
    assert chunks[-1].usage is not None


def test_no_answer_is_said_and_not_annotated(client: openai.OpenAI) -> None:
    """Where the articles don't say, the content says so and there is no citation."""
    message = client.chat.completions.create(model="footnote", messages=said(UNKNOWN)).choices[0].message
    assert message.annotations == []
    assert str(message.content).startswith(CANNOT_ANSWER)
    assert str(message.content) == completion_text(NOT_ANSWERED)


@pytest.mark.parametrize("stream", [False, True])
def test_failures_reach_the_client_as_errors(client: openai.OpenAI, stream: bool) -> None:
    """A failure is an error of the client's own kind, with a sentence and nothing of the inside."""
    with pytest.raises(openai.APIError, match="Something went wrong inside Footnote") as failed:
        list(client.chat.completions.create(model="footnote", messages=said(BROKEN), stream=stream))
    assert "secret" not in str(failed.value)


def test_hanging_up_in_the_middle_leaves_the_server_free(client: openai.OpenAI) -> None:
    """A client that leaves a stream is forgotten, and the next question is answered (case 64)."""
    for _ in range(12):  # more than are answered at once
        with client.chat.completions.create(model="footnote", messages=said(SLOW), stream=True) as stream:
            assert next(iter(stream)).choices[0].delta.role == "assistant"
    done = client.chat.completions.create(model="footnote", messages=said(ANSWERED.question), timeout=120)
    assert done.choices[0].message.content


def test_the_conversation_is_read_from_the_messages() -> None:
    """Pairs of question and answer are the history; sources below an answer are no part of it."""
    messages = [
        Message(role="system", content="Be rude."),
        Message(role="user", content="What burnt?"),
        Message(role="assistant", content=completion_text(ANSWERED)),
        Message.model_validate({"role": "user", "content": [{"type": "text", "text": "When?"}]}),
    ]
    question = question_of(messages)
    assert (question.text, question.history) == ("When?", (("What burnt?", ANSWERED.text),))
    for wrong in (messages[:1], messages[:3]):
        with pytest.raises(QuestionError, match="The last message must be the user's"):
            question_of(wrong)


WORDS = st.text(min_size=1, max_size=60)
STATEMENTS = st.lists(
    st.builds(Statement, WORDS, st.just((1, 2)), st.sampled_from(list(Support))), min_size=1, max_size=4
)


@given(STATEMENTS)
def test_the_prose_is_what_the_content_begins_with(statements: list[Statement]) -> None:
    """Whatever the statements say, offsets are those of the content, and each marks its number."""
    answer = replace(ANSWERED, statements=tuple(statements))
    text, spans = prose_markdown(statements)
    content = completion_text(answer)
    assert content.startswith(text)
    assert [content[start:end] for start, end, _ in spans] == [f"\\[{number}\\]" for _, _, number in spans]


def test_nothing_unchecked_is_streamed() -> None:
    """From the first statement that failed its check on, the stream waits for the whole answer."""
    growing = SendableText()
    pieces = [list(growing.take(event)) for event in written_events(WRITTEN)]
    sent = [piece for some in pieces for piece in some]
    assert sent[0] == "Six people were hurt. \\[1\\]"
    assert len(sent) == 2
    assert "".join(sent) == completion_text(WRITTEN)


def test_an_answer_that_was_replaced_says_so() -> None:
    """Where a model broke off and quotations take its place, what was sent before is withdrawn in words."""
    growing = SendableText()
    list(growing.take(StatementChecked(0, WRITTEN.statements[0])))
    assert "".join(growing.take(Finished(ANSWERED))) == WITHDRAWN_NOTE + completion_text(ANSWERED)


def test_prose_of_a_foreign_answer_is_left_alone() -> None:
    """Only answers of ours have a list of sources to take off."""
    assert prose_of("A \\[1\\]\n\nB") == "A \\[1\\]\n\nB"


def test_the_nearest_sentences_are_no_part_of_the_conversation() -> None:
    """Where the articles don't say, the next question is understood as after the same answer in the chat."""
    assert prose_of(completion_text(NOT_ANSWERED)) == NOT_ANSWERED.text

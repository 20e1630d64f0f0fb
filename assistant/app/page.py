"""The chat as a Gradio app: one page of our own HTML, and mailboxes that bring it messages.

Why not `gr.Chatbot`: its sanitiser removes the buttons, `aria` and `data` attributes that a footnote is
made of, and its Markdown would reinterpret article text. Gradio still does the serving, the sessions,
the queue and the uploads; the page sends it events, and each answer comes back as the new value of a
mailbox, a hidden `gr.HTML` whose script hands the value on to the page.
"""

# No postponed annotations here: Gradio reads them when it decides what to pass to a handler.
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.conversation import Conversation
from assistant.app.service import Exchange
from assistant.app.shell import shell_html

ASKING = 8  # questions answered at once: each takes a fraction of a second, mostly outside of Python
OPENING = 16  # opening an article only reads a record
WAITING = 200  # events that may wait before further ones are told that it is busy
CACHE_SECONDS = (3_600, 86_400)  # every hour, uploads that nobody took within a day are removed

MAILBOX = """
const deliver = () => {
  if (props.value) document.dispatchEvent(new CustomEvent("footnote:%s", { detail: props.value }));
};
watch("value", deliver);
deliver();
"""
FAILED = '() => document.dispatchEvent(new CustomEvent("footnote:failed", { detail: "%s" }))'


def asset(name: str) -> str:
    """Read a style or script of the page."""
    return files("assistant.app").joinpath(name).read_text(encoding="utf-8")


def build_page(conversation: Conversation, *, max_file_mb: int) -> gr.Blocks:
    """Build the app; `launch` of the result serves it."""
    with gr.Blocks(
        title="Footnote", analytics_enabled=False, fill_width=True, delete_cache=CACHE_SECONDS
    ) as app:
        shell = shell_html(question_limit=conversation.question_limit, max_file_mb=max_file_mb)
        page = gr.HTML(
            html_template=shell,
            js_on_load=asset("footnotes.js") + asset("sources.js"),
            apply_default_css=False,
            elem_id="footnote",
        )
        boxes = {name: _mailbox(name) for name in ("turn", "source", "library")}
        _listen(app, page, boxes, conversation)
    app.queue(max_size=WAITING, api_open=False, default_concurrency_limit=OPENING)
    blocks: gr.Blocks = app
    return blocks


def _mailbox(name: str) -> gr.HTML:
    return gr.HTML(html_template="", js_on_load=MAILBOX % name, visible="hidden", apply_default_css=False)


def _listen(app: gr.Blocks, page: gr.HTML, boxes: dict[str, gr.HTML], conversation: Conversation) -> None:
    history = gr.State(())
    turn, library = boxes["turn"], boxes["library"]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
    }

    def ask(before: tuple[Exchange, ...], event: gr.EventData) -> tuple[str, tuple[Exchange, ...]]:
        return conversation.ask(event._data, before)  # noqa: SLF001  # the documented way is by attribute, which fails on odd keys

    def show(event: gr.EventData) -> str:
        return conversation.open(event._data)  # noqa: SLF001

    def add(event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        for message in conversation.add(event._data):  # noqa: SLF001
            yield message, gr.skip()
        for message in conversation.home():
            yield gr.skip(), message

    def examples(event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        for message in conversation.add_examples(event._data):  # noqa: SLF001
            yield message, gr.skip()
        for message in conversation.home():
            yield gr.skip(), message

    asked = page.ask(ask, history, [turn, history], concurrency_limit=ASKING, **quiet)
    shown = page.show_source(show, None, boxes["source"], concurrency_limit=OPENING, **quiet)
    writing: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "add", **quiet}
    added = page.add_files(add, None, [turn, library], **writing)
    begun = page.add_examples(examples, None, [turn, library], **writing)
    page.restart(lambda: (), None, history, **quiet)
    app.load(conversation.home, None, library, concurrency_limit=OPENING, **quiet)
    for event, name in ((asked, "ask"), (shown, "open"), (added, "add"), (begun, "add")):
        event.failure(None, js=FAILED % name)


def theme() -> gr.Theme:
    """Return a theme with system fonts only: Gradio's default one loads fonts from another site."""
    fonts = ["system-ui", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"])

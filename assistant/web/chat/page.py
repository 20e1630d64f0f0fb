"""The chat as a Gradio app: one page of our own HTML, and mailboxes that bring it what arrives bit by bit.

Why not `gr.Chatbot`: its sanitiser removes the buttons, `aria` and `data` attributes that a footnote is
made of, and its Markdown would reinterpret article text. Gradio still does the serving, the sessions,
the queue and the uploads. The page asks for most things by calling a function of the server; answers and
additions, which take time, are events, and each of their messages comes back as the new value of a
mailbox, a hidden `gr.HTML` whose script hands the value on to the page. A mailbox may skip a message when
two come at once, so each message has all that came before it.
"""

# No postponed annotations here: Gradio reads them when it decides what to pass to a handler.
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.resources import files
from typing import Any

import gradio as gr
from anyio import from_thread

from assistant.providers.model_choice import model_name
from assistant.settings import answer_settings
from assistant.web.access.people import Person
from assistant.web.chat.handlers import Handlers
from assistant.web.html.shell import shell_html

ASKING = 8  # questions answered at once: each takes a fraction of a second, mostly outside of Python
CHECKING = 4  # drafts of the page; the gate lets fewer through at once, the others wait and say so
MOST_QUEUED_EVENTS = 200  # events that may wait before further ones are told that it is busy
CACHE_SECONDS = (3_600, 86_400)  # every hour, uploads that nobody took within a day are removed

# The page's script, in this order: parts that use each other, then the events that set them going.
SCRIPTS = (
    "page.js",
    "words.js",
    "sources.js",
    "asking.js",
    "adding.js",
    "conversations.js",
    "addresses.js",
    "library.js",
    "drafts.js",
    "kept.js",
    "stories.js",
    "settings.js",
    "events.js",
)
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
    return files("assistant.web").joinpath("static", name).read_text(encoding="utf-8")


def build_page(handlers: Handlers, *, max_file_mb: int, sign_out: bool = False) -> gr.Blocks:
    """Build the app; it is served within ours."""
    shell = shell_html(
        question_limit=handlers.question_limit,
        draft_limit=handlers.drafts.limit,
        max_file_mb=max_file_mb,
        sign_out=sign_out,
        writes=model_name(answer_settings()) is not None,
    )

    def reply(data: Any, request: gr.Request) -> Any:  # noqa: ANN401  # the browser may send anything
        own = handlers.of(person_of(request))
        if isinstance(data, dict) and data.get("what") == "stop":
            from_thread.run_sync(own.asking.stop, data)
            from_thread.run_sync(own.drafts.stop, data)
            own.adding.stop(data)
            return {}
        return own.desk.reply(data)

    with gr.Blocks(
        title="Footnote", analytics_enabled=False, fill_width=True, delete_cache=CACHE_SECONDS
    ) as app:
        page = gr.HTML(
            html_template=shell,
            js_on_load="".join(asset(name) for name in SCRIPTS),
            apply_default_css=False,
            elem_id="footnote",
            server_functions=[reply],
        )
        app.unload(_listen(page, {name: _mailbox(name) for name in ("turn", "added", "checked")}, handlers))
    app.queue(max_size=MOST_QUEUED_EVENTS, api_open=False, default_concurrency_limit=ASKING)
    blocks: gr.Blocks = app
    return blocks


def _mailbox(name: str) -> gr.HTML:
    return gr.HTML(html_template="", js_on_load=MAILBOX % name, visible="hidden", apply_default_css=False)


def _listen(page: gr.HTML, boxes: dict[str, gr.HTML], handlers: Handlers) -> Callable[[gr.Request], None]:
    """Connect the events of the page; return what is to be done when a page is closed."""
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
    }

    async def ask(event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        data = event._data  # noqa: SLF001  # the documented way is by attribute, which fails on odd keys
        asking = handlers.of(person_of(request)).asking
        async for message in asking.ask(data, request.session_hash):
            yield message

    async def check(event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        drafts = handlers.of(person_of(request)).drafts
        async for message in drafts.check(event._data, request.session_hash):  # noqa: SLF001
            yield message

    def leave(request: gr.Request) -> None:
        from_thread.run_sync(handlers.leave, request.session_hash)

    def add(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        yield from handlers.of(person_of(request)).adding.add(event._data)  # noqa: SLF001

    def add_examples(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        yield from handlers.of(person_of(request)).adding.add_examples(event._data)  # noqa: SLF001

    writing: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "add", **quiet}
    page.ask(ask, None, boxes["turn"], concurrency_limit=ASKING, **quiet).failure(None, js=FAILED % "ask")
    page.add_sources(add, None, boxes["added"], **writing).failure(None, js=FAILED % "add")
    page.add_examples(add_examples, None, boxes["added"], **writing).failure(None, js=FAILED % "add")
    checking: dict[str, Any] = {"concurrency_limit": CHECKING, **quiet}
    page.check_draft(check, None, boxes["checked"], **checking).failure(None, js=FAILED % "check")
    return leave


def person_of(request: Any) -> Person:  # noqa: ANN401  # Gradio's request, or the one within it
    """Return who asks, as the layer that checks it noted; without a note nothing is done for anybody."""
    person = getattr(request, "request", request).scope["state"]["person"]
    if not isinstance(person, Person):
        raise TypeError("nobody has signed in")
    return person


def theme() -> gr.Theme:
    """Return a theme with system fonts only: Gradio's default one loads fonts from another site."""
    fonts = ["system-ui", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"])

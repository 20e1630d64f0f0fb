"""Hostile texts wherever text is shown: nothing runs, nothing is loaded, all of it can be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_library
from browser.chatserver import PAGE_OF_PAYLOADS
from browser.running import served, text_file
from browser.streams import reload
from fakechat import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COLLECTED = Path(__file__).parents[3] / "shared" / "data" / "attacks" / "xss.jsonl.gz"
PAGES = 4  # of the collected payloads, spread over all of them
OWN = [
    "<script>alert(1)</script>",
    "<img src=https://evil.example/x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)>",
    "</textarea></style></title><script>alert(1)</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>read on</a>",
    "<base href='https://evil.example/'><link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><button autofocus onfocus=alert(1)>",
    "<style>@import 'https://evil.example/x.css'; body{background:url(https://evil.example/y)}</style>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "`-alert(1)-`",
    "{{7*7}} {{constructor.constructor('alert(1)')()}}",
    "${alert(1)} #{7*7} <%= 7*7 %>",
    "![x](https://evil.example/?q=1) [click](javascript:alert(1))",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://evil.example/" onclick="alert(1)',
    "\u202etxt.exe\u202c &lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e \\x3cimg src=x onerror=alert(1)\\x3e",
    "<fn-number data-do=close data-mark=0 class=fn-number>",
    "<button data-do='new' data-marks='[]'>New chat</button>",
]
FOREIGN = (
    ":is(script, img, svg, iframe, object, embed, form, style, link, meta, base, math, textarea, input)"
    ":not(.reason, .reason input, .story-form, #fn-story)"  # our own: what a reader says and asks
)
INTRUDERS = (
    f".turns {FOREIGN}, .source-body {FOREIGN}, .kept {FOREIGN}, .articles {FOREIGN}, .by-source {FOREIGN}, "
    f".kept-view {FOREIGN}, .story-view {FOREIGN}, "
    ".turns a, .source-body a:not(.original), .kept a, .library-view a, "
    ".fn-page a[href^='javascript'], .fn-page a[href^='data']"
)
ALIEN = "script, img, iframe, object, embed, style, link, meta, base, math"
# Counts intruders at every change of the page, those too that are gone again at once.
WATCH = """(intruders) => {
  window.intruded = 0;
  const count = () => (window.intruded += document.querySelectorAll(intruders).length);
  new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
}"""
HANDLERS = """() => [...document.querySelectorAll(".fn-page *")].flatMap((one) =>
  [...one.attributes].map((it) => it.name).filter((name) => name.startsWith("on"))).length"""


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    """Our own page of payloads, then pages of collected ones where they are present."""
    return OWN + (collected() if COLLECTED.exists() else [])


@pytest.fixture(scope="module")
def hostile(payloads: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "payloads.json").write_text(json.dumps(payloads), encoding="utf-8")
    with served("hostile", folder) as address:
        yield address


def collected() -> list[str]:
    """Take a sample, spread over the whole collection."""
    with gzip.open(COLLECTED, "rt", encoding="utf-8") as lines:
        every = [str(json.loads(line)["payload"]) for line in lines]
    usable = [words for words in every if words.strip()]
    step = len(usable) // (PAGES * PAGE_OF_PAYLOADS)
    return usable[::step][: PAGES * PAGE_OF_PAYLOADS]


def test_own_payloads_are_inert(hostile: str, open_page: Callable[..., Page]) -> None:
    """Our own list is shown as text in answers, sources, cards, reports, suggestions and questions."""
    page = open_page(hostile)
    page.locator(".suggestion").first.wait_for()
    show(page, 0, OWN)
    hostile_file = text_file("<img src=x onerror=alert(1)>.txt", b"<script>alert(1)</script>")
    page.set_input_files("[data-files]", [hostile_file])
    page.locator(".report").wait_for()
    assert (page.locator(INTRUDERS).count(), page.evaluate(HANDLERS)) == (0, 0)


def test_payloads_stay_inert_in_what_is_kept(
    hostile: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """After a reload, in the list of conversations, in the library and in an export they are still texts."""
    page = open_page(hostile)
    ask(page, f"0 {OWN[1]}")
    page.locator(".kept-title").first.wait_for()
    reload(page)
    page.locator(".turn .actions").wait_for()
    assert page.locator(".quotation .quote").count() == len(OWN)
    page.click(".actions summary")
    with page.expect_download() as saved:
        page.click("[aria-label='Save as HTML']")
    open_library(page)
    page.locator(".articles li").nth(OWN.index(OWN[-1])).wait_for()
    page.click(".article-title >> nth=0")
    page.locator(".source h2").wait_for()
    assert (page.locator(INTRUDERS).count(), page.evaluate(HANDLERS)) == (0, 0)
    export = tmp_path / "export.html"
    export.write_bytes(Path(saved.value.path()).read_bytes())
    exported = page.context.new_page()
    asked: list[str] = []
    exported.on("request", lambda request: asked.append(request.url))
    exported.on("dialog", lambda dialog: asked.append(dialog.message))
    exported.goto(export.as_uri())
    assert asked == [export.as_uri()]
    assert exported.locator("main :is(script, img, svg, iframe, form, style, link, base)").count() == 0


def test_payloads_are_inert_in_kept_questions_and_stories(
    hostile: str, open_page: Callable[..., Page]
) -> None:
    """As question that is kept, as speaker, role, title and topic they are texts."""
    page = open_page(hostile)
    page.evaluate(WATCH, INTRUDERS)
    ask(page, f"0 {OWN[0]}")
    page.click("[data-do=keep]")
    page.locator("[data-do=keep][aria-pressed=true]").wait_for()
    page.locator(".toast").get_by_role("button", name="Show").click()
    page.locator(".watched-question").wait_for()
    assert page.inner_text(".watched-question h3") == f"0 {OWN[0]}"
    page.click(".go[data-do=storyPage]")
    page.fill("#fn-story", OWN[0])
    page.click(".story-kinds [data-kind=who-said-what]")
    page.locator(".story-rows > li").nth(len(OWN) - 1).wait_for()
    assert (page.evaluate("window.intruded"), page.evaluate(HANDLERS)) == (0, 0)
    assert page.locator(INTRUDERS).count() == 0


def test_what_a_model_writes_is_inert(hostile: str, open_page: Callable[..., Page]) -> None:
    """While it arrives, once it is checked, and with its reasons open, it is text and no more."""
    page = open_page(hostile)
    page.evaluate(WATCH, INTRUDERS)
    ask(page, f"0 written {OWN[0]}")
    assert page.locator(".written .said").count() == len(OWN)
    for badge in page.locator(".written .badge").all():
        badge.click()
    assert page.locator(".why >> visible=true").count() == len(OWN)
    assert (page.evaluate("window.intruded"), page.evaluate(HANDLERS)) == (0, 0)


def test_payloads_are_inert_behind_every_door(hostile: str, open_page: Callable[..., Page]) -> None:
    """Filters, a search by selected words, the message of a removal, a name given to a conversation."""
    page = open_page(hostile)
    page.click(".limits summary")
    page.check(".limits-form fieldset input >> nth=2")
    page.locator(".chip").wait_for()
    page.click("[data-do=unlimit]")
    page.keyboard.press("Escape")
    ask(page, f"0 {OWN[2]}")
    page.locator(".quotation .quote").nth(1).scroll_into_view_if_needed()
    page.locator(".quotation .quote").nth(1).select_text()
    page.click(".chooser")
    page.locator(".similar q").wait_for()
    assert page.inner_text(".similar q") == OWN[1]
    page.keyboard.press("Escape")
    page.click(".kept summary >> nth=0")
    page.click("[data-do=rename] >> nth=0")
    page.fill(".rename", OWN[3])
    page.keyboard.press("Enter")
    page.locator(".kept-title", has_text=OWN[3]).wait_for()
    open_library(page)
    page.locator(".articles li").nth(1).wait_for()
    title = page.locator(".article-title").first.inner_text()
    page.click("[data-do=remove] >> nth=0")
    page.locator(".toast", has_text=title).wait_for()
    page.click(".toast [data-do=toast]")
    assert (page.locator(INTRUDERS).count(), page.evaluate(HANDLERS)) == (0, 0)
    assert page.locator(f".limits-form :is({ALIEN}), .toast :is({ALIEN})").count() == 0


def test_planted_script_does_not_run(chat: str, open_page: Callable[..., Page]) -> None:
    """Even if markup got into the page, the policy keeps its scripts and handlers from running."""
    page = open_page(chat, may_break=True)
    page.evaluate(
        """() => { const script = document.createElement("script");
        script.textContent = "window.ran = 2";
        const holder = document.createElement("div");
        holder.innerHTML = "<details open ontoggle='window.ran = 1'></details>";
        document.body.append(script, holder); }"""
    )
    ask(page, ANSWERED.question)  # long enough for either to have run
    assert page.evaluate("window.ran") is None


def test_collected_payloads_are_inert(
    hostile: str, payloads: list[str], open_page: Callable[..., Page]
) -> None:
    """So is a sample of a public collection of several thousand, where it is present."""
    if len(payloads) == len(OWN):
        pytest.skip("the collected payloads are not here")
    page = open_page(hostile)
    for number in range(1, PAGES + 1):
        first = number * PAGE_OF_PAYLOADS
        show(page, number, payloads[first : first + PAGE_OF_PAYLOADS])


def show(page: Page, number: int, payloads: list[str]) -> None:
    """Ask for a page of payloads, point at a footnote, open an article; no element came of any."""
    page.fill("#fn-question", f"{number} {payloads[0]}")
    page.keyboard.press("Enter")
    turn = page.locator(".turn").last
    turn.locator(".answer:not(.growing)").wait_for()
    shown = turn.locator(".quotation .quote").evaluate_all("all => all.map((one) => one.textContent)")
    assert [plain(words) for words in shown] == [plain(words) for words in payloads]
    turn.locator(".fn-number").first.hover()
    page.locator("#fn-card").wait_for()
    turn.locator(".fn-number").nth(number % len(payloads)).click()
    page.locator("mark.current").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="hidden")
    assert (page.locator(INTRUDERS).count(), page.evaluate(HANDLERS)) == (0, 0)


def plain(words: str) -> str:
    """The words without what can't be shown, which is replaced."""
    return "".join(sign for sign in words.replace("\ufffd", "") if sign.isprintable() or sign in "\t\n")

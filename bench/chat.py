"""How quick the chat is in a real browser: to the first text, to a sentence, and a stranger's first minute.

The browser itself takes the times: from the key or the click to the frame in which the text, or the marked
sentence inside the panel, is there to be seen.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from bench.firsttext import LONGEST, QUESTIONS, SilentPageError, driven, first_text, open_page
from ingest import Article, LibrarySettings, ingest_articles
from tools.browser import ADVICE, find_browser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import FilePayload, Page

EXAMPLES = Path(__file__).parents[1] / "examples"
LIMITS = {"Enter to first text": 300.0, "click to sentence": 150.0}
"""Milliseconds, median, on two cores: an answer from the examples, an article of 5,000 words."""
PATH_LIMIT = 60.0  # seconds from starting the chat to a saved answer about a file of one's own
CAT = b"Library gets a cat\n\nThe library of Orrowmere has adopted a cat called Comma. She sleeps a lot."
LARGE_LIMIT = 600.0  # Enter to first text over about 35,000 chunks
ROUNDS = 30
WARM_UP = 3
LONG = 5_000  # words
PLACE = 0.6  # of the long article, where the cited sentence stands
ABOUT_LONG = "How many crates of oranges did the Verbena carry?"
SENTENCE = """(longest) => new Promise((resolve) => {
  const panel = document.querySelector(".source"), began = performance.now();
  const look = () => {
    const mark = !panel.hidden && panel.querySelector("mark.current");
    const box = mark && mark.getBoundingClientRect(), frame = panel.getBoundingClientRect();
    const passed = performance.now() - began;
    if (mark && box.top >= frame.top && box.bottom <= frame.bottom) resolve(passed);
    else if (passed > longest) resolve(null);
    else requestAnimationFrame(look);
  };
  document.querySelector(".turn:last-child .fn-number").click();
  look();
})"""


def long_article() -> Article:
    """Make an article of 5,000 words that says one thing worth asking, past its middle."""
    words = "The harbour log of that day goes on with wind, tide and the names of ships. "
    count = LONG // len(words.split())
    lines = [words.strip() if line % 6 else f"{words}\n\n" for line in range(count)]
    lines[int(count * PLACE)] = "The Verbena carried 4,112 crates of oranges.\n\n"
    return Article(text=" ".join(lines), title="The log of the Verbena", origin="log.txt")


def first_texts(page: Page, questions: Sequence[str]) -> list[float]:
    """Return milliseconds from Enter to the first text of each answer, the first few not counted."""
    times = []
    for number in range(WARM_UP + ROUNDS):
        times.append(first_text(page, questions[number % len(questions)]))
        page.locator(".send >> visible=true").wait_for()
        if number % len(questions) == len(questions) - 1:
            page.click("[data-do=new]")
    return times[WARM_UP:]


def to_sentence(page: Page) -> list[float]:
    """Return milliseconds from a click on a footnote to its sentence in view.

    Raises:
        SilentPageError: the sentence didn't come into view.
    """
    page.click("[data-do=new]")
    first_text(page, ABOUT_LONG)
    page.locator(".send >> visible=true").wait_for()
    times: list[float] = []
    for _ in range(WARM_UP + ROUNDS):
        taken: float | None = page.evaluate(SENTENCE, LONGEST)
        if taken is None:
            raise SilentPageError(f"No sentence came into view within {LONGEST / 1000:.0f} s.")
        times.append(taken)
        page.keyboard.press("Escape")
        page.locator(".source").wait_for(state="hidden")
    return times[WARM_UP:]


def measure(folder: Path, questions: Sequence[str], *, with_long: bool) -> dict[str, list[float]]:
    """Serve a library and measure it in a browser."""
    from assistant.web.chat.library_service import LibraryService
    from assistant.web.server.server import serve

    chat = serve(LibraryService(folder), port=0)
    try:
        with driven() as browser:
            page = open_page(browser, str(chat.local_url))
            times = {"Enter to first text": first_texts(page, questions)}
            if with_long:
                times["click to sentence"] = to_sentence(page)
    finally:
        chat.close()
    return {**times, "answer() alone": alone(folder, questions)}


def first_time(folder: Path) -> float:
    """Return seconds of a stranger's path: start, examples, ask, open a source, add a file, ask, save."""
    from assistant.web.chat.library_service import LibraryService
    from assistant.web.server.server import serve

    with driven() as browser:
        began = perf_counter()
        chat = serve(LibraryService(folder), port=0)
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(LONGEST)
            walk(page, str(chat.local_url))
            return perf_counter() - began
        finally:
            browser.close()  # first: a server waits for the pages that are open
            chat.close()


def walk(page: Page, address: str) -> None:
    """Go the stranger's path; whatever leads nowhere ends in an error."""
    page.goto(address)
    page.click("[data-do=examples]")
    page.locator(".report").wait_for()
    page.fill("#fn-question", QUESTIONS[0])
    page.keyboard.press("Enter")
    page.locator(".answer .actions").wait_for()
    page.click(".fn-number >> nth=0")
    page.locator("mark.current").wait_for()
    page.keyboard.press("Escape")
    cat: FilePayload = {"name": "cat.txt", "mimeType": "text/plain", "buffer": CAT}
    page.set_input_files("[data-files]", [cat])
    page.locator(".report").nth(1).wait_for()
    page.fill("#fn-question", "What is the library's cat called?")
    page.keyboard.press("Enter")
    newest = page.locator(".turn").last
    newest.get_by_text("called Comma").first.wait_for()
    newest.locator(".actions summary").click()
    with page.expect_download():
        newest.get_by_role("button", name="Save as Markdown").click()


def beside(library: Path, scratch: Path) -> Path:
    """Return a folder that leads to the library, so that the bench's conversations are not kept in it."""
    folder = scratch / "large"
    folder.mkdir()
    for part in library.resolve().iterdir():
        (folder / part.name).symlink_to(part)
    return folder


def alone(folder: Path, questions: Sequence[str]) -> list[float]:
    """Return milliseconds of the same answers without page and browser: what lies between is the chat's."""
    times = []
    for number in range(WARM_UP + ROUNDS):
        began = perf_counter()
        answer(questions[number % len(questions)], library=folder)
        times.append(1000 * (perf_counter() - began))
    return times[WARM_UP:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where a limit is crossed."""
    parser = ArgumentParser(description="Speed of the chat in a real browser.")
    parser.add_argument("--library", type=Path, help="a large library, made by bench.news, measured as well")
    options = parser.parse_args(arguments)
    if find_browser() is None:
        print(ADVICE)
        return 2
    from playwright.sync_api import Error

    try:
        return measured(options.library)
    except (SilentPageError, Error) as error:
        print(f"The page failed: {str(error).splitlines()[0]}")
        return 2


def measured(library: Path | None) -> int:
    """Measure everything and print it; return 1 where a limit is crossed."""
    with TemporaryDirectory() as scratch:
        path = first_time(Path(scratch) / "first")  # before anything has loaded the models
        folder = Path(scratch) / "library"
        settings = LibrarySettings(library=folder)
        for source in (EXAMPLES, [long_article()]):
            ingest_articles(source, settings=settings)
        times = measure(folder, QUESTIONS, with_long=True)
        limits = dict(LIMITS)
        if library:
            large = measure(beside(library, Path(scratch)), QUESTIONS, with_long=False)
            times |= {f"{name}, large": measured for name, measured in large.items()}
            limits["Enter to first text, large"] = LARGE_LIMIT
    print(f"a stranger's first time: {path:.1f} s, limit {PATH_LIMIT:.0f} s")
    return max(report(times, limits), int(path > PATH_LIMIT))


def report(times: dict[str, list[float]], limits: dict[str, float]) -> int:
    """Print what was measured beside its limit."""
    table = Table("", "fastest ms", "median ms", "p95 ms", "limit, median")
    for name, measured in times.items():
        slow = quantiles(measured, n=20)[-1]
        limit = f"{limits[name]:.0f}" if name in limits else ""
        table.add_row(name, f"{min(measured):.0f}", f"{median(measured):.0f}", f"{slow:.0f}", limit)
    Console().print(table)
    return int(any(median(times[name]) > limit for name, limit in limits.items()))


if __name__ == "__main__":
    sys.exit(main())

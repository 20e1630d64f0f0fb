"""How long after Enter a reader sees the first words of an answer, of two chats in turns: a ratio.

`--against FOLDER`: this build and an older one, a checkout of which lies in the folder; with `--page-only`
both over the tests' chat without a library, so that what differs is the page's. `--model-takes 30`: the chat
with a model that says nothing for so many seconds, against the chat in quotations. Each chat is a process of
its own, asked by the same browser with its real keys; the page's own clock takes the times.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.browser import ADVICE, find_browser

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE / "tests"))  # the model's server is shared with the tests

from faultserver import FaultServer, Raw, Says, serving  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

QUESTIONS = (
    "How many people were hurt in the ferry fire?",
    "What caused the fire on the Marta Lind?",
    "How much does the restoration of the lighthouse cost?",
    "Who returned the library book after 61 years?",
)
ROUNDS, WARM_UP = 30, 3
LONGEST = 20_000  # milliseconds that anything may take; a page that takes longer has failed
OLDER_LIMIT, MODEL_LIMIT = 1.0, 1.1
"""Ratios of the medians: no slower than the older build, and a slow model hardly delays the quotations."""
ADDRESS = re.compile(r"http://\S+")

FROM_ENTER = """(longest) => {
  const texts = () => document.querySelectorAll(
    ".turns :is(.statement, .decisive .quotation, .none)").length;
  const before = texts();
  window.firstText = new Promise((resolve) => addEventListener("keydown", () => {
    const began = performance.now();
    const look = () => {
      const passed = performance.now() - began;
      if (texts() > before) resolve(passed);
      else if (passed > longest) resolve(null);
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true, capture: true }));
}"""
"""Everything is looked for anew in each frame: the page may replace the elements that it had."""


STOP_WRITING = """() => {
  const stop = document.querySelector(".stop");
  if (document.querySelector(".growing .writing") && stop && !stop.hidden) stop.click();
}"""


class SilentPageError(RuntimeError):
    """No text came after Enter for as long as anybody may wait."""


def first_text(page: Page, question: str) -> float:
    """Ask as a person does; return milliseconds from Enter to the first text of the answer on the screen.

    Raises:
        SilentPageError: no text came.
    """
    page.fill("#fn-question", question)
    page.evaluate(FROM_ENTER, LONGEST)
    page.press("#fn-question", "Enter")
    taken: float | None = page.evaluate("window.firstText")
    if taken is None:
        raise SilentPageError(f"No text came within {LONGEST / 1000:.0f} s after Enter on “{question}”.")
    return taken


def settle(page: Page) -> None:
    """Let the answer end, or stop it where a model still writes, and begin a new chat."""
    page.evaluate(STOP_WRITING)
    page.locator(".send >> visible=true").wait_for()
    page.click("[data-do=new]")


def open_page(browser: Browser, address: str) -> Page:
    """Open a chat in a window of its own, every wait in it limited."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    page.goto(address)
    page.wait_for_selector('.fn-page[data-state="ready"]')
    return page


@contextmanager
def driven() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    sandbox = [] if getattr(os, "geteuid", lambda: 1)() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=sandbox)
        try:
            yield browser
        finally:
            browser.close()


def footnote(build: Path, *arguments: str) -> list[str]:
    """Return the command line of a build's own `footnote`, wherever that build keeps it."""
    told = tomllib.loads((build / "pyproject.toml").read_text("utf-8"))
    module, _, function = told["project"]["scripts"]["footnote"].partition(":")
    return [sys.executable, "-c", f"from {module} import {function} as run; run()", *arguments]


@contextmanager
def chat_of(build: Path, library: Path, more: Mapping[str, str], *, page_only: bool = False) -> Iterator[str]:
    """Serve a build's chat over the examples, or over no library at all; yield the address."""
    ours = ("FOOTNOTE_", "OPENAI")
    known = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = {**known, **more, "PYTHONPATH": f"{build}:{build}/tests", "FOOTNOTE_LIBRARY": str(library)}
    if page_only:
        command = [sys.executable, str(build / "tests" / "browser" / "chatserver.py"), "fake", str(library)]
    else:
        ingest = footnote(build, "ingest", "examples")
        subprocess.run(ingest, cwd=build, env=environment, check=True, capture_output=True)  # noqa: S603
        command = footnote(build, "chat", "--no-browser", "--port", "0")
    with subprocess.Popen(  # noqa: S603  # commands are written above
        command, cwd=build, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LONGEST / 1000)
            process.kill()


def in_turns(addresses: Sequence[str], rounds: int) -> list[list[float]]:
    """Return milliseconds to the first text for each chat, asked in turns, each the first as often."""
    times: list[list[float]] = [[] for _ in addresses]
    with driven() as browser:
        pages = [open_page(browser, address) for address in addresses]
        for number in range(WARM_UP + rounds):
            places = [*range(len(pages))]
            for place in places[:: 1 if number % 2 else -1]:
                pages[place].bring_to_front()
                times[place].append(first_text(pages[place], QUESTIONS[number % len(QUESTIONS)]))
                settle(pages[place])
    return [measured[WARM_UP:] for measured in times]


def compare(
    older: Path | None, *, model_seconds: float = 0.0, page_only: bool = False, rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Measure this build against an older one, or with a slow model against the one without."""
    with TemporaryDirectory() as scratch, ExitStack() as running:
        mine: dict[str, str] = {}
        if older is None:
            silent: list[Says | Raw] = [Says(["", "Six people were hurt [a1]."], pause=model_seconds)]
            server = running.enter_context(serving(FaultServer(silent)))
            mine = {"OPENAI_BASE_URL": server.address, "FOOTNOTE_MODEL": "slow", "FOOTNOTE_CHECK": "local"}
        chats = [
            chat_of(HERE, Path(scratch) / "first", mine, page_only=page_only),
            chat_of(older or HERE, Path(scratch) / "second", {}, page_only=page_only),
        ]
        first, second = in_turns([running.enter_context(chat) for chat in chats], rounds)
    return first, second


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both medians and their ratio; exit 1 above the limit, 2 where nothing could be measured."""
    parser = ArgumentParser(description="Enter to the first text, in turns.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--against", type=Path, help="a checkout of an older build")
    which.add_argument("--model-takes", type=float, default=0.0, metavar="SECONDS", help="a silent model")
    parser.add_argument("--page-only", action="store_true", help="without a library")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    if find_browser() is None:
        print(ADVICE)
        return 2
    from playwright.sync_api import Error

    try:
        first, second = compare(
            options.against,
            model_seconds=options.model_takes,
            page_only=options.page_only,
            rounds=options.rounds,
        )
    except (SilentPageError, Error) as error:
        print(str(error).splitlines()[0])
        return 2
    ratio, limit = median(first) / median(second), OLDER_LIMIT if options.against else MODEL_LIMIT
    medians = f"{median(first):.0f} ms / {median(second):.0f} ms"
    print(f"{medians} = {ratio:.2f}, limit {limit}; {options.rounds} each")
    return int(ratio > limit)


if __name__ == "__main__":
    sys.exit(main())

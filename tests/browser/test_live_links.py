"""Links to sentences, followed by the browser on pages built around the example articles."""

from __future__ import annotations

import os
import random
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fragmentcases import CASES

from bench.fragmentpages import PageMaker
from bench.fragments import following, marked_by, measure, squeezed
from ingest import Article
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from tools.browser import ADVICE, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from assistant.rendering.fragment_resolution import Directive

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parents[2] / "examples"
EACH = 3  # sentences of an article, half of them hard to tell apart from others
ON_SENTENCE = 0.96  # of some 60: bench.fragments measures more of them and asks for .99


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(ADVICE)
    with following() as started:
        yield started


def test_links_lead_to_their_sentences(page: Page) -> None:
    """On pages as news sites build them almost all links mark their sentence, and none marks another."""
    articles = [one for one in iter_source(EXAMPLES, ReadOptions(1_000_000)) if isinstance(one, Article)]
    chance = random.Random(5)  # noqa: S311  # a choice of pages, no secret
    maker = PageMaker(chance, [one.title for one in articles])
    landings = measure(page, articles, maker, chance, each=EACH)
    assert landings.counts.total() > 40
    assert landings.counts["elsewhere"] == 0, landings.missed
    assert landings.on_sentence >= ON_SENTENCE, landings.missed


@pytest.mark.parametrize(("text", "directive", "marked"), CASES)
def test_the_browser_goes_where_it_is_said_to(
    page: Page, text: str, directive: Directive, marked: str | None
) -> None:
    """Chromium marks what the cases say, so that they may stand for it."""
    blocks = "".join(f"<p>{escape(block)}</p>" for block in text.split("\n\n")).replace("\n", "<br>")
    found = marked_by(page, f"<!DOCTYPE html><article><h1></h1>{blocks}</article>", directive.encoded())
    assert (found and squeezed(found["text"])) == (marked and squeezed(marked))

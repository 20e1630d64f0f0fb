"""Where a real browser goes for links to sentences: pages built around articles, read by our own reader.

Each page is read into an article, sentences of it are linked, and Chromium follows the links. A link is right
where the browser marks the sentence and nothing else and shows it; pages and choice are seeded.
"""

from __future__ import annotations

import os
import random
import re
import sys
from argparse import ArgumentParser
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant.rendering.links import text_fragment_link
from bench.fragmentpages import PageMaker
from ingest import Article
from ingest.errors import SourceError
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions
from ingest.readers.formats.html_page import html_article
from ingest.text.sentences import split_sentences
from tools.browser import ADVICE, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page, Route

    from ingest.article import Sentence

SITE = "http://pages.example"
ON_SENTENCE_FLOOR = 0.99
ARTICLES = 100
EACH = 6  # sentences of an article
SECONDS = 3  # in which a page must have gone to what it marks
LONGEST = 20_000  # characters of an article

_FOUND = """async () => {
  const items = document.fragmentDirective.items;
  if (!items.length) return null;
  const range = await items[0].getMatchingRange().catch(() => null);
  if (!range) return null;
  const until = Date.now() + %d, inSight = () => {
    const box = range.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  while (!inSight() && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
  const before = document.createRange();
  before.setStart(document.querySelector("article"), 0);
  const inArticle = before.comparePoint(range.startContainer, range.startOffset) >= 0;
  if (inArticle) before.setEnd(range.startContainer, range.startOffset);
  const textBefore = before.toString().replace(document.querySelector("h1").textContent, "");
  return {text: range.toString(), before: textBefore, inArticle, inSight: inSight()};
}"""


@dataclass(slots=True)
class Landings:
    """Where links led: counts by outcome, and the links that led elsewhere or nowhere."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def on_sentence(self) -> float:
        """Return the share of links that led to their sentence."""
        return self.counts["on the sentence"] / max(1, self.counts.total())


@contextmanager
def following() -> Iterator[Page]:
    """Start a browser that tells which words it marks for a text fragment."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    if path is None:
        raise FileNotFoundError(ADVICE)
    is_root = getattr(os, "geteuid", lambda: -1)() == 0
    switches = ["--disable-gpu", "--enable-blink-features=TextFragmentAPI", *["--no-sandbox"] * is_root]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=switches)
        yield browser.new_page()
        browser.close()


def marked_by(page: Page, html: str, directive: str, url: str = f"{SITE}/") -> dict[str, Any] | None:
    """Open a page at an encoded directive and return what the browser marks, None if nothing."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("about:blank")  # from one fragment of a page to another would be no loading
    page.goto(f"{url}#:~:text={directive}")
    found: dict[str, Any] | None = page.evaluate(_FOUND % (SECONDS * 1_000))
    page.unroute("**/*", answer)
    return found


def landing(page: Page, html: str, link: str, article: Article, sentence: Sentence) -> str:
    """Follow a link to a page and return where it led."""
    url, has_fragment, directive = link.partition("#:~:text=")
    if not has_fragment:
        return "no fragment"
    found = marked_by(page, html, directive, url)
    if found is None:
        return "top of the page"
    wanted, marked = squeezed(sentence.text), squeezed(found["text"])
    earlier = squeezed(article.text[: sentence.start]).count(wanted)
    same = _alike(wanted, marked) and squeezed(found["before"]).count(wanted) == earlier
    if not (same and found["inArticle"]):
        return "elsewhere"
    return "on the sentence" if found["inSight"] else "not shown"


def squeezed(text: str) -> str:
    """Return the text without white space and characters that nobody sees."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def _alike(wanted: str, marked: str) -> bool:
    """Say whether the marked text is the sentence, but for a word in it that our reader leaves out."""
    if wanted == marked:
        return True
    extra = len(marked) - len(wanted)
    most = 25  # characters of a word
    return 0 < extra <= most and any(
        wanted == marked[:at] + marked[at + extra :] for at in range(len(marked) - extra)
    )


def measure(
    page: Page, articles: Sequence[Article], maker: PageMaker, chance: random.Random, *, each: int = EACH
) -> Landings:
    """Build a page of each article, link some sentences, and follow the links."""
    landings = Landings()
    for number, source in enumerate(articles):
        html = maker.page(source.title, paragraphs_of(source))
        url = f"{SITE}/{number}"
        try:
            article = html_article(html, url, url=url)
        except SourceError:
            continue
        for sentence in chosen(split_sentences(article.text), chance, each):
            link = text_fragment_link(url, article.text, sentence.start, sentence.end, title=article.title)
            where = landing(page, html, link or "", article, sentence)
            landings.counts[where] += 1
            if where != "on the sentence":
                landings.missed.append(f"{where}: {link}\n    {sentence.text!r}")
    return landings


def paragraphs_of(article: Article) -> list[list[str]]:
    """Return an article's sentences by paragraph."""
    return [
        [sentence.text for sentence in split_sentences(part)]
        for part in re.split(r"\n+", article.text)
        if part.strip()
    ]


def chosen(sentences: Sequence[Sentence], chance: random.Random, each: int) -> list[Sentence]:
    """Choose sentences: half of those that are hard to tell apart, as many as there are, the rest any."""
    starts = Counter(" ".join(one.text.casefold().split()[:3]) for one in sentences)
    hard = [one for one in sentences if starts[" ".join(one.text.casefold().split()[:3])] > 1]
    first = chance.sample(hard, min(len(hard), each // 2))
    rest = [one for one in sentences if one not in first]
    return first + chance.sample(rest, min(len(rest), each - len(first)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print where links led; exit 1 where too few led to their sentence, or one to another."""
    parser = ArgumentParser(description="Links to sentences, followed by a real browser.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument(
        "--anywhere", action="store_true", help="set words apart also at the ends of sentences"
    )
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args(arguments)
    if find_browser() is None:
        print(ADVICE)
        return 2
    found = iter_source(options.data / "news" / "articles.jsonl.gz", ReadOptions(64_000_000))
    some = [one for one in islice(found, 3_000) if isinstance(one, Article) and len(one.text) <= LONGEST]
    chance = random.Random(options.seed)  # noqa: S311  # a choice of articles, no secret
    articles = chance.sample(some, options.articles)
    maker = PageMaker(chance, [one.title for one in some[:500]], anywhere=options.anywhere)
    with following() as page:
        landings = measure(page, articles, maker, chance)
    table = Table("links led", "number", "share", title="Text fragments")
    total = landings.counts.total()
    for where, count in landings.counts.most_common():
        table.add_row(where, str(count), f"{count / total:.3f}")
    print(*landings.missed, sep="\n")
    Console().print(table)
    return int(landings.on_sentence < ON_SENTENCE_FLOOR or landings.counts["elsewhere"] > 0)


if __name__ == "__main__":
    sys.exit(main())

"""A site of 500 articles through five rounds of changes: exactly what should be in the library is in it.

Run it with `python -m bench.site [--articles 500]`. The site runs on this machine: a feed, nested and
packed sitemaps, redirects, pages that are unchanged (304), gone (410), missing, slow or broken, and
in each round new, changed, moved and removed articles. Two libraries follow it: one the sitemap, which
must hold exactly the site's articles at their addresses, and one the feed, which must hold everything
that the feed ever named and that is not gone. After each round every text in both is compared, and questions
that were kept about the first one's articles are asked again.
"""

from __future__ import annotations

import random
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench.watched import Watched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from http.server import BaseHTTPRequestHandler

    from newssite import Reply, Site

    from ingest.report import IngestReport

TESTS = Path(__file__).parent.parent / "tests"
ROUNDS = 5
PER_SITEMAP = 60  # articles of one nested sitemap
IN_FEED = 30
MOST_FALSE = 1  # changes of kept answers that are told and aren't any
SLOW = 0.05  # seconds that a slow page takes


@dataclass
class Newsroom:
    """What the site holds: editions of articles by number, and what happened to the others."""

    chance: random.Random
    editions: dict[int, int] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    kept: dict[int, int] = field(default_factory=dict)
    fed: dict[str, str] = field(default_factory=dict)
    next: int = 0

    def publish(self, count: int) -> None:
        """Add new articles."""
        for number in range(self.next, self.next + count):
            self.editions[number], self.paths[number] = 0, f"/news/{number}.html"
        self.next += count

    def pick(self, count: int) -> list[int]:
        """Choose articles that are there and whole."""
        return self.chance.sample(sorted(set(self.editions) - self.broken), count)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds, print one line for each, and return 1 if a library was not what it should be."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--kept", type=int, default=60, help="questions that are kept")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from newssite import Site

    newsroom = Newsroom(random.Random(7))  # noqa: S311  # a choice of articles, no secret
    newsroom.publish(options.articles)
    columns = (
        "round",
        "library",
        "articles",
        "added",
        "updated",
        "unchanged",
        "removed",
        "failed",
        "304",
        "wrong",
    )
    table = Table(*columns, title="A site through five rounds")
    wrong_in_all = 0
    with Site() as site, tempfile.TemporaryDirectory() as scratch:
        watched = Watched(Path(scratch) / "sitemap")
        for number in range(ROUNDS + 1):
            gone = change(newsroom, number) if number else {}
            listed = serve(site, newsroom, gone)
            for name, expect in (("sitemap", by_sitemap), ("feed", by_feed)):
                site.answers.clear()
                report = ingest(site, Path(scratch) / name, f"/{name}.xml")
                expected = expect(newsroom, listed, gone)
                found = library_of(Path(scratch) / name)
                wrong = differences(
                    expected, {url.removeprefix(site.url): text for url, text in found.items()}
                )
                wrong_in_all += len(wrong)
                counts = (report.added, report.updated, report.unchanged, report.removed, len(report.failed))
                row = (number, name, len(found), *counts, site.answers[304], len(wrong))
                table.add_row(*map(str, row))
                print("\n".join(wrong[:5]), end="\n" if wrong else "")
            if number:
                watched.round(newsroom.kept)
            else:
                watched.begin(watchable(newsroom, options.kept), newsroom.kept)
    Console().print(table)
    print(
        f"Kept questions: {watched.changed} answers changed, {watched.told} told, "
        f"{len(watched.missed)} missed, {len(watched.false)} told that didn't change."
    )
    for kind, questions in (("missed", watched.missed), ("false", watched.false)):
        print(*(f"{kind}: {each}\n" for each in questions), sep="", end="")
    return int(wrong_in_all > 0 or bool(watched.missed) or len(watched.false) > MOST_FALSE)


def watchable(newsroom: Newsroom, count: int) -> list[int]:
    """Choose articles that the site has, and some that it will have, one of each round."""
    chosen = random.Random(11).sample(range(newsroom.next), count)  # noqa: S311  # a choice of articles, no secret
    return [*chosen, *range(newsroom.next, newsroom.next + ROUNDS * 30, 30)]


def change(newsroom: Newsroom, number: int) -> dict[int, str]:
    """Let a round of news happen; return the pages that answer 410 in it, with their paths.

    What was broken is repaired first. New, edited, gone, dropped and moved articles differ from each
    other; a page that breaks shows nothing of what became of it until the next round.
    """
    newsroom.broken.clear()
    chosen = newsroom.pick(50)
    edited, gone, dropped, moved, broken = (chosen[start : start + 10] for start in range(0, 50, 10))
    for article in edited + broken[:5]:
        newsroom.editions[article] += 1
    paths = {article: newsroom.paths[article] for article in gone}
    for article in gone + dropped:
        del newsroom.editions[article], newsroom.paths[article]
    for article in moved:
        newsroom.paths[article] = f"/moved-{number}/{article}.html"
    newsroom.publish(30)
    newsroom.broken.update(broken, range(newsroom.next - 3, newsroom.next))  # three that were never whole
    return paths


def address_of(article: int, path: str) -> str:
    """Return where lists say that an article is: every fifth behind a redirect."""
    return f"/go/{article}" if article % 5 == 0 else path


def serve(site: Site, newsroom: Newsroom, gone: dict[int, str]) -> list[int]:
    """Put the newsroom on the site, every twentieth article slow; return the articles in the feed."""
    from newssite import Reply, feed, packed, sitemap, sitemap_index, story_page

    pages: dict[str, Reply] = {}
    for article, path in (newsroom.paths | gone).items():
        page = story_page(article, newsroom.editions.get(article, 0))
        pages[path] = slow(page, site) if article % 20 == 1 else page
        if article in newsroom.broken or article in gone:
            pages[path] = Reply(status=410 if article in gone else 500)
        pages[f"/go/{article}"] = Reply(status=301, headers={"Location": path})
    listed = [address_of(*each) for each in (gone | newsroom.paths).items()]
    parts = [listed[start : start + PER_SITEMAP] for start in range(0, len(listed), PER_SITEMAP)]
    for part, links in enumerate(parts):
        pages[f"/maps/{part}.xml.gz"] = packed(sitemap(*links))
    half = len(parts) // 2
    for name, numbers in (("old", range(half)), ("new", range(half, len(parts)))):
        pages[f"/maps/{name}.xml"] = sitemap_index(*[f"/maps/{part}.xml.gz" for part in numbers])
    pages["/sitemap.xml"] = sitemap_index("/maps/old.xml", "/maps/new.xml", "/sitemap.xml")
    newest = list(newsroom.paths)[-IN_FEED:]
    pages["/feed.xml"] = feed(
        *listed[: len(gone)], *[address_of(each, newsroom.paths[each]) for each in newest]
    )
    site.pages = pages
    return newest


def slow(page: Reply, site: Site) -> Reply:
    """Return the same page, a moment later and without anything that recognises it."""
    from newssite import Reply

    def act(handler: BaseHTTPRequestHandler) -> None:
        site.ended.wait(SLOW)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page.body)}\r\n\r\n"
        handler.wfile.write(head.encode() + page.body)

    return Reply(act=act)


def ingest(site: Site, library: Path, path: str) -> IngestReport:
    """Bring a library in step with a list of the site."""
    from ingest import LibrarySettings, ingest_articles

    settings = LibrarySettings(library=library, allow_hosts=site.allowed, fetch_pause=0.0)
    return ingest_articles(site.url + path, settings=settings, sync=True)


def by_sitemap(newsroom: Newsroom, _listed: list[int], _gone: dict[int, str]) -> dict[str, str]:
    """Return what the library that follows the sitemap must hold: a broken page keeps what it had."""
    from newssite import story

    whole = newsroom.editions.keys() - newsroom.broken
    held = newsroom.kept.keys() & newsroom.broken
    newsroom.kept = {each: newsroom.editions[each] for each in whole} | {
        each: newsroom.kept[each] for each in held
    }
    return {newsroom.paths[each]: story(each, edition) for each, edition in newsroom.kept.items()}


def by_feed(newsroom: Newsroom, listed: list[int], gone: dict[int, str]) -> dict[str, str]:
    """Return what the library that follows the feed must hold; of an article that has moved, one of the two.

    What is no longer listed stays, as feeds name only their newest; of two addresses with the same text
    the library keeps the first.
    """
    from newssite import story

    for article, path in gone.items():
        behind = f"/{article}.html" if article % 5 == 0 else path  # what a redirect led to before is gone too
        newsroom.fed = {each: text for each, text in newsroom.fed.items() if not each.endswith(behind)}
    for each in listed:
        path, text = newsroom.paths[each], story(each, newsroom.editions[each])
        if each not in newsroom.broken and text not in newsroom.fed.values():
            newsroom.fed[path] = text
    return newsroom.fed


def library_of(path: Path) -> dict[str, str]:
    """Return every article of a library: its text by its address."""
    from ingest import Library, LibrarySettings, load_embedder

    embedder = load_embedder(LibrarySettings(library=path))
    with Library.open(path, embedder=embedder.name, dimension=embedder.dimension) as library:
        stored = [library.article(summary.id) for summary in library.articles()]
    return {article.url or article.origin: article.text for article in stored if article}


def differences(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """Name what is missing, what should not be there, and what has another text."""
    missing = [f"{url} is missing" for url in expected if url not in found]
    surplus = [f"{url} should not be there" for url in found if url not in expected]
    return (
        missing
        + surplus
        + [f"{url} is old" for url in expected if found.get(url, expected[url]) != expected[url]]
    )


if __name__ == "__main__":
    sys.exit(main())

"""A site of 500 articles through five rounds of changes: exactly what should be in the library is in it.

Run it with `python -m bench.site [--articles 500]`. The site runs on this machine: a feed, nested and
packed sitemaps, redirects, pages that are unchanged (304), gone (410), missing, slow or broken, and
in each round new, changed, moved and removed articles. After each round the whole library is compared
with what the site holds.
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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from http.server import BaseHTTPRequestHandler

    from newssite import Reply, Site

    from ingest.report import IngestReport

TESTS = Path(__file__).parent.parent / "tests"
ROUNDS = 5
PER_SITEMAP = 60  # articles of one nested sitemap
IN_FEED = 30
SLOW = 0.05  # seconds that a slow page takes


@dataclass
class Newsroom:
    """What the site holds: editions of articles by number, and what happened to the others."""

    chance: random.Random
    editions: dict[int, int] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    kept: dict[int, int] = field(default_factory=dict)
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
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from newssite import Site

    newsroom = Newsroom(random.Random(7))  # noqa: S311  # a choice of articles, no secret
    newsroom.publish(options.articles)
    table = Table(
        "round", "articles", "added", "updated", "unchanged", "removed", "304", "wrong", title="Site"
    )
    wrong_in_all = 0
    with Site() as site, tempfile.TemporaryDirectory() as scratch:
        for number in range(ROUNDS + 1):
            gone = change(newsroom, number) if number else {}
            serve(site, newsroom, gone)
            report, wrong = ingest(site, Path(scratch), newsroom)
            wrong_in_all += len(wrong)
            counts = (report.added, report.updated, report.unchanged, report.removed, site.answers[304])
            table.add_row(
                str(number), str(len(newsroom.editions)), *map(str, counts), "; ".join(wrong[:3]) or "0"
            )
    Console().print(table)
    return int(wrong_in_all > 0)


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


def serve(site: Site, newsroom: Newsroom, gone: dict[int, str]) -> None:
    """Put the newsroom on the site: every fifth article behind a redirect, every twentieth slow."""
    from newssite import Reply, feed, packed, sitemap, sitemap_index, story_page

    pages: dict[str, Reply] = {path: Reply(status=410) for path in gone.values()}
    listed = list(gone.values())
    for article, path in newsroom.paths.items():
        page = story_page(article, newsroom.editions[article])
        pages[path] = Reply(status=500) if article in newsroom.broken else page
        listed.append(path)
        if article % 5 == 0:
            listed[-1] = f"/go/{article}"
            pages[listed[-1]] = Reply(status=301, headers={"Location": path})
        if article % 20 == 1 and article not in newsroom.broken:
            pages[path] = slow(page, site)
    parts = [listed[start : start + PER_SITEMAP] for start in range(0, len(listed), PER_SITEMAP)]
    for part, links in enumerate(parts):
        pages[f"/maps/{part}.xml.gz"] = packed(sitemap(*links))
    half = len(parts) // 2
    for name, numbers in (("old", range(half)), ("new", range(half, len(parts)))):
        pages[f"/maps/{name}.xml"] = sitemap_index(*[f"/maps/{part}.xml.gz" for part in numbers])
    pages["/sitemap.xml"] = sitemap_index("/maps/old.xml", "/maps/new.xml", "/sitemap.xml")
    pages["/feed.xml"] = feed(*listed[-IN_FEED:])
    pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/\n")
    site.pages = pages


def slow(page: Reply, site: Site) -> Reply:
    """Return the same page, a moment later and without anything that recognises it."""
    from newssite import Reply

    def act(handler: BaseHTTPRequestHandler) -> None:
        site.ended.wait(SLOW)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page.body)}\r\n\r\n"
        handler.wfile.write(head.encode() + page.body)

    return Reply(act=act)


def ingest(site: Site, scratch: Path, newsroom: Newsroom) -> tuple[IngestReport, list[str]]:
    """Bring the library in step with the site; return the report and what is wrong in the library."""
    from newssite import story

    from ingest import LibrarySettings, ingest_articles

    site.answers.clear()
    settings = LibrarySettings(library=scratch / "library", allow_hosts=site.allowed, fetch_pause=0.0)
    sources = [f"{site.url}/feed.xml", f"{site.url}/sitemap.xml"]
    report = ingest_articles(sources, settings=settings, sync=True)
    whole = {
        number: edition for number, edition in newsroom.editions.items() if number not in newsroom.broken
    }
    newsroom.kept = whole | {
        number: edition for number, edition in newsroom.kept.items() if number in newsroom.broken
    }
    expected = {
        f"{site.url}{newsroom.paths[number]}": story(number, edition)
        for number, edition in newsroom.kept.items()
    }
    return report, differences(expected, library_of(scratch / "library"))


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

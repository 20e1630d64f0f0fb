"""Staying in step with sources: what vanished is removed, what can't be believed is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from fakes import Recording

from ingest import Article, Failure, IngestReport, Library, examine_library, ingest_articles
from ingest.fetch.outcome import Validators
from ingest.readers.common.items import Gone, Listed, Unchanged
from ingest.report import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.database_address import LibraryLocation
    from ingest.readers.common.items import Item, ReadOptions
    from ingest.runs.sync import Sync

SITE = "https://paper.example/sitemap.xml"


@pytest.fixture(name="embedder")
def _embedder(monkeypatch: pytest.MonkeyPatch) -> Recording:
    embedder = Recording()
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: embedder)
    return embedder


class Site:
    """Stands in for the readers of the web: a run is given the items that a test has laid out."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.answers: dict[str, Validators] = {}
        self.recalled: dict[str, Validators | None] = {}

    def read(self, _source: object, options: ReadOptions) -> Iterator[Item]:
        """Yield the items, asking and telling the memory about articles as a fetcher does."""
        assert options.memory is not None
        for item in self.items:
            if isinstance(item, Article):
                self.recalled[item.origin] = options.memory.recall(item.origin)
                if item.origin in self.answers:
                    options.memory.remember(item.origin, self.answers[item.origin])
            yield item


@pytest.fixture(name="site")
def _site(monkeypatch: pytest.MonkeyPatch, embedder: Recording) -> Site:
    assert embedder.texts == []
    site = Site()
    monkeypatch.setattr("ingest.runs.pipeline.iter_source", site.read)
    return site


def page(number: int, text: str = "") -> Article:
    url = f"https://paper.example/{number}"
    return Article(text or f"The bridge number{number} is open.", f"Bridge {number}", url, url=url)


def whole(*items: Item) -> list[Item]:
    return [*items, Listed(SITE, complete=True)]


def run(site: Site, library: LibraryLocation, items: list[Item], sync: Sync = True) -> IngestReport:
    site.items = items
    return ingest_articles(SITE, library, sync=sync)


def titles(path: LibraryLocation) -> list[str]:
    with Library.open(path) as library:
        return sorted(summary.title for summary in library.articles())


def texts(path: LibraryLocation) -> list[str]:
    with Library.open(path) as library:
        return sorted(found.text for item in library.articles() if (found := library.article(item.id)))


@pytest.mark.usefixtures("embedder")
def test_traps_16_same_article_twice_updated_and_under_two_addresses(place: LibraryLocation) -> None:
    """No duplicates, the old version's chunks gone, and its text still there for answers that cite it."""
    first = page(1, "The bridge is open. The mayor cut a ribbon.")
    elsewhere = replace(first, url="https://mirror.example/1", origin="https://mirror.example/1")
    report = ingest_articles([first, first, elsewhere], place)
    assert (report.added, report.unchanged, titles(place)) == (1, 2, ["Bridge 1"])
    updated = replace(first, text="The bridge is shut. Nobody knows why.")
    assert ingest_articles(updated, place).updated == 1
    with Library.open(place, embedder="words-32", dimension=32) as opened:
        hits = opened.search("ribbon", Recording().embed(["ribbon"])[0])
        assert [hit.article.text for hit in hits] == [updated.text]
        assert opened.article(first.id, version=first.version) == first
        assert [(item.versions, item.group) for item in opened.articles()] == [(2, None)]
    assert examine_library(place) == []


def test_what_vanished_from_a_source_is_removed_only_when_asked(
    tmp_path: Path, place: LibraryLocation, site: Site
) -> None:
    """A source read to its end without an article has it no more; `sync` removes it from every file."""
    run(site, place, whole(page(1), page(2, "Secretword two."), page(3)))
    kept = run(site, place, whole(page(1), page(3)), sync=False)
    assert (kept.removed, len(titles(place))) == (0, 3)
    removed = run(site, place, whole(page(1), page(3)))
    assert (removed.removed, removed.unchanged, removed.kept) == (1, 2, ())
    assert titles(place) == ["Bridge 1", "Bridge 3"]
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"ecretword" not in files
    assert examine_library(place) == []


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([page(1)], "it could not be read to its end"),
        ([page(1), Listed(SITE, complete=False)], "it could not be read to its end"),
        ([Failure(SITE, "It can't be reached.")], "it could not be read to its end"),
        (whole(), "nothing at all was found in it this time"),
        (
            whole(page(1), Failure(page(2).origin, "500"), Failure(page(3).origin, "500")),
            "they could not be read this time",
        ),
    ],
)
def test_a_source_that_is_not_believed_removes_nothing(
    place: LibraryLocation, site: Site, items: list[Item], reason: str
) -> None:
    """Cut short, a feed, unreachable, suddenly empty, or failing for the articles themselves."""
    run(site, place, whole(page(1), page(2), page(3)))
    report = run(site, place, items)
    gone = 3 - sum(isinstance(item, Article) for item in items)
    assert (report.removed, report.kept) == (0, (Kept(SITE, gone, reason),))
    assert len(titles(place)) == 3


def test_a_source_that_lost_most_of_its_articles_is_believed_only_when_told(
    place: LibraryLocation, site: Site
) -> None:
    """More than half of more than 20 gone at once is kept and said; "all" removes them."""
    pages = [page(number) for number in range(21)]
    run(site, place, whole(*pages))
    doubted = run(site, place, whole(*pages[:10]))
    reason = "they are more than half of its 21 articles; --sync-all removes them"
    assert (doubted.removed, doubted.kept) == (0, (Kept(SITE, 11, reason),))
    assert run(site, place, whole(*pages[:10]), sync="all").removed == 11
    assert len(titles(place)) == 10


def test_other_patterns_remove_nothing_until_told(place: LibraryLocation, site: Site) -> None:
    """An article that the new patterns leave out may well be there still."""
    run(site, place, whole(page(1), page(2)))
    site.items = whole(page(1))
    for _ in range(2):
        report = ingest_articles(SITE, place, sync=True, include=["*1"])
        assert [each.reason.split(";")[0] for each in report.kept] == [
            "it was read with other patterns than before"
        ]
    assert ingest_articles(SITE, place, sync="all", include=["*1"]).removed == 1


def test_gone_for_good_is_removed_without_being_asked(place: LibraryLocation, site: Site) -> None:
    """HTTP 410 is a server's word that the article is not to be had any more."""
    run(site, place, whole(page(1), page(2)))
    report = run(site, place, [Gone(page(2).origin), page(1)], sync=False)
    assert (report.removed, titles(place)) == (1, ["Bridge 1"])


def test_what_a_server_calls_unchanged_stays(place: LibraryLocation, site: Site) -> None:
    """HTTP 304 counts as unchanged, and keeps the article from vanishing."""
    run(site, place, whole(page(1), page(2)))
    report = run(site, place, whole(Unchanged(page(1).origin), Unchanged(page(2).origin)))
    assert (report.unchanged, report.removed, len(titles(place))) == (2, 0, 2)


def test_validators_are_remembered_with_their_article_only(
    place: LibraryLocation, site: Site, embedder: Recording
) -> None:
    """An article that could not be stored is fetched again; one that was removed is fetched again."""
    said = Validators(etag='"7"')
    embedder.poison = "cursed"
    site.answers = {page(1).origin: said, page(2).origin: said}
    run(site, place, whole(page(1), page(2, "A cursed text.")))
    run(site, place, whole(page(1), page(2, "A cursed text.")))
    assert site.recalled == {page(1).origin: said, page(2).origin: None}
    with Library.open(place, write=True) as opened:
        opened.remove([page(1).id])
    run(site, place, whole(page(1)))
    assert site.recalled[page(1).origin] is None


def test_an_article_that_another_source_holds_stays(place: LibraryLocation, site: Site) -> None:
    """Two sources listed the same article: it goes when both have lost it."""
    run(site, place, whole(page(1), page(2)))
    other = "https://paper.example/other.xml"
    site.items = [page(1), page(2), Listed(other, complete=True)]
    ingest_articles(other, place)
    assert run(site, place, whole(page(1))).removed == 0
    site.items = [page(1), Listed(other, complete=True)]
    assert ingest_articles(other, place, sync=True).removed == 1
    assert titles(place) == ["Bridge 1"]


def stories(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(f"About {name}\n\nThe bridge is {name}.")
    return [folder / f"{name}.txt" for name in names]


@pytest.mark.usefixtures("embedder")
def test_a_file_that_is_gone_is_gone_for_every_source_that_found_it_there(
    tmp_path: Path, place: LibraryLocation
) -> None:
    """Files that were named one by one or by a glob, and later with their folder, can be synced with it."""
    folder = tmp_path / "folder"
    files = stories(folder, "red", "blue", "green")
    ingest_articles([*files, folder / "*.txt", folder], place)
    files[0].unlink()
    report = ingest_articles(folder, place, sync=True)
    assert (report.removed, report.unchanged, report.kept) == (1, 2, ())
    assert titles(place) == ["About blue", "About green"]
    (tmp_path / "other").mkdir()
    moved = files[1].rename(tmp_path / "other" / "blue.txt")
    assert ingest_articles([moved, folder], place, sync=True).kept == ()
    assert titles(place) == ["About blue", "About green"]


@pytest.mark.usefixtures("embedder")
def test_patterns_hide_nothing_from_other_sources(tmp_path: Path, place: LibraryLocation) -> None:
    """What a folder leaves out by its patterns stays where the file itself was ingested."""
    folder = tmp_path / "folder"
    files = stories(folder, "red", "blue")
    ingest_articles([*files, folder], place)
    report = ingest_articles(folder, place, sync="all", exclude=("red.txt",))
    assert (report.removed, titles(place)) == (0, ["About blue", "About red"])


@pytest.mark.usefixtures("embedder")
def test_an_emptied_folder_removes_nothing_and_says_why(tmp_path: Path, place: LibraryLocation) -> None:
    """A folder that has lost all its files may be a disk that is not there."""
    folder = tmp_path / "folder"
    for file in stories(folder, "red", "blue"):
        ingest_articles(folder, place)
        file.unlink()
    report = ingest_articles(folder, place, sync=True)
    assert report.kept == (Kept(str(folder), 2, "nothing at all was found in it this time"),)
    assert report.failed[0].reason.startswith("The folder has no files to read.")
    assert len(titles(place)) == 2


def test_only_what_is_shown_of_an_article_changes_without_embedding(
    place: LibraryLocation, site: Site, embedder: Recording
) -> None:
    """A section or correction date is rewritten in place; a date makes a version, from stored vectors."""
    first = page(1)
    run(site, place, whole(first))
    embedder.texts.clear()
    corrected = replace(first, modified=date(2026, 5, 6), section="World", language="en")
    assert run(site, place, whole(corrected)).unchanged == 1
    dated = replace(corrected, published=date(2026, 5, 4))
    assert run(site, place, whole(dated)).updated == 1
    with Library.open(place) as opened:
        assert opened.article(first.id) == dated
    assert embedder.texts == []

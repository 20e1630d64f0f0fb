"""`ingest_articles`: what is stored, skipped, listed as failed, and what an interruption leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

import pytest
from fakes import Recording

from ingest import (
    Article,
    Failure,
    IngestReport,
    Library,
    LibrarySettings,
    Progress,
    SettingsError,
    ingest_articles,
    make_chunks,
)
from ingest.storage.packing import HALF_CHARACTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ingest.database_address import LibraryLocation


@pytest.fixture(name="embedder")
def _embedder(monkeypatch: pytest.MonkeyPatch) -> Recording:
    return use(Recording(), monkeypatch)


def use(embedder: Recording, monkeypatch: pytest.MonkeyPatch) -> Recording:
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: embedder)
    return embedder


def article(name: str, text: str = "The bridge is open. The mayor cut a ribbon.") -> Article:
    return Article(text=text, title=f"About {name}", origin=name, published=date(2026, 5, 4))


def long_article(name: str) -> Article:
    """An article that fills the first batch."""
    return article(name, " ".join(f"Sentence {place} of {name} says a little." for place in range(1200)))


def counts(report: IngestReport) -> tuple[int, int, int, tuple[Failure, ...]]:
    return report.added, report.updated, report.unchanged, report.failed


def stored(path: LibraryLocation) -> set[str]:
    with Library.open(path, embedder="words-32", dimension=32) as library:
        return {summary.title for summary in library.articles()}


@pytest.mark.usefixtures("embedder")
def test_a_file_a_folder_and_an_article_can_be_given_together(tmp_path: Path) -> None:
    """Sources of different kinds go into one library and one report."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("First title\n\nThe bridge is open.")
    (folder / "two.md").write_text("# Second title\n\nThe bridge is shut.")
    lone = tmp_path / "three.txt"
    lone.write_text("Third title\n\nThere is no bridge.")
    report = ingest_articles([folder, str(lone), article("four")], tmp_path / "library")
    assert replace(report, seconds=0) == IngestReport(added=4, chunks=4)
    assert stored(tmp_path / "library") == {"First title", "Second title", "Third title", "About four"}


@pytest.mark.usefixtures("embedder")
def test_without_a_folder_the_library_of_the_settings_is_used(tmp_path: Path) -> None:
    """The library is the argument's, else the one of the settings given, else of the environment."""
    ingest_articles(article("one"))
    ingest_articles(article("two"), settings=LibrarySettings(library=tmp_path / "other"))
    assert (stored(tmp_path / "library"), stored(tmp_path / "other")) == ({"About one"}, {"About two"})


def test_what_is_stored_already_is_not_embedded_again(place: LibraryLocation, embedder: Recording) -> None:
    """A second run finds everything unchanged and asks the embedder for nothing."""
    articles = [article("one"), article("two", "Another text.")]
    ingest_articles(articles, place)
    embedder.texts.clear()
    report = ingest_articles(articles, place)
    assert (counts(report), report.chunks, embedder.texts) == ((0, 0, 2, ()), 0, [])


@pytest.mark.usefixtures("embedder")
def test_a_changed_article_replaces_its_older_version(place: LibraryLocation) -> None:
    """The same origin with another text is an update, and only the new text is there."""
    old, new = article("one"), article("one", "The bridge is shut again.")
    ingest_articles(old, place)
    assert counts(ingest_articles(new, place)) == (0, 1, 0, ())
    with Library.open(place, embedder="words-32", dimension=32) as library:
        assert [library.article(item.id) for item in library.articles()] == [new]


@pytest.mark.usefixtures("embedder")
def test_an_exact_copy_from_another_place_is_stored_once(place: LibraryLocation) -> None:
    """A copy counts as unchanged, in the run that meets it first and in later ones."""
    first = article("one")
    copy, late = replace(first, origin="two"), replace(first, origin="three")
    assert counts(ingest_articles([first, copy], place)) == (1, 0, 1, ())
    assert counts(ingest_articles(late, place)) == (0, 0, 1, ())


@pytest.mark.usefixtures("embedder")
def test_an_article_that_becomes_a_copy_of_another_still_loses_its_old_text(place: LibraryLocation) -> None:
    """What an article said before must go, even where its new text is stored already."""
    one, two = article("one"), replace(article("two", "Old words."), title="About one")
    ingest_articles([one, two], place)
    assert counts(ingest_articles(replace(two, text=one.text), place)) == (0, 1, 0, ())
    with Library.open(place, embedder="words-32", dimension=32) as library:
        texts = [found.text for item in library.articles() if (found := library.article(item.id))]
    assert texts == [one.text, one.text]


def texts(path: LibraryLocation) -> list[str]:
    with Library.open(path, embedder="words-32", dimension=32) as library:
        return sorted(found.text for item in library.articles() if (found := library.article(item.id)))


@pytest.mark.usefixtures("embedder")
def test_a_record_inserted_at_the_top_of_a_file_loses_no_article(tmp_path: Path) -> None:
    """Records without URLs are known by their number: the last one, moved down by one, is kept."""
    file = tmp_path / "a.jsonl"
    alpha, beta, new = (f'{{"title": "{name}", "text": "{name} is open."}}\n' for name in ("Al", "Be", "Xi"))
    file.write_text(alpha + beta)
    ingest_articles(file, tmp_path / "library")
    file.write_text(new + alpha + beta)
    assert counts(ingest_articles(file, tmp_path / "library")) == (1, 2, 0, ())
    assert texts(tmp_path / "library") == ["Al is open.", "Be is open.", "Xi is open."]
    assert counts(ingest_articles(file, tmp_path / "library")) == (0, 0, 3, ())


@pytest.mark.usefixtures("embedder")
def test_rotated_files_lose_no_article(place: LibraryLocation) -> None:
    """Each file takes the text of the one before it; the last place is new, whatever comes first."""
    pages = [article(f"page {number}", f"Text number {number} of this paper.") for number in range(3)]
    shifted = [replace(page, origin=f"page {number + 1}") for number, page in enumerate(pages)]
    new = article("page 0", "Today's text.")
    copies = [shifted[2], replace(shifted[2], origin="page 4"), shifted[0], shifted[1], new]
    ingest_articles(pages, place)
    assert counts(ingest_articles(copies, place)) == (1, 3, 1, ())
    assert texts(place) == sorted([new.text, *(page.text for page in pages)])


@pytest.mark.usefixtures("embedder")
def test_a_text_that_cannot_be_stored_is_listed_and_the_others_are_stored(place: LibraryLocation) -> None:
    """Half a character in a text, a title, a URL or an origin fails that article alone."""
    good = article("good")
    bad = [
        article("text", "Half \ud800 a character."),
        replace(article("title", "Other text."), title="half \udc00"),
        replace(article("URL", "More text."), url="https://x.example/\ud800a"),
        article("origin \udcff", "Much text."),
    ]
    report = ingest_articles([*bad, good], place)
    failed = tuple(Failure(name, HALF_CHARACTER) for name in ("text", "title", "URL", "origin \\udcff"))
    assert counts(report) == (1, 0, 0, failed)
    assert stored(place) == {"About good"}


@pytest.mark.usefixtures("embedder")
def test_two_versions_in_one_run_leave_the_last(tmp_path: Path) -> None:
    """An article that comes twice with different texts is added and then updated."""
    new = article("one", "The bridge is shut again.")
    assert counts(ingest_articles([article("one"), new], tmp_path / "library")) == (1, 1, 0, ())
    with Library.open(tmp_path / "library", embedder="words-32", dimension=32) as library:
        assert [library.article(item.id) for item in library.articles()] == [new]


@pytest.mark.usefixtures("embedder")
def test_one_bad_source_never_stops_the_others(tmp_path: Path) -> None:
    """What can't be read is listed by name; what can be read is stored."""
    (tmp_path / "good.txt").write_text("A title\n\nThe bridge is open.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "bare").mkdir()
    sources = [tmp_path / "empty.txt", tmp_path / "missing.txt", tmp_path / "bare", tmp_path / "good.txt"]
    report = ingest_articles(sources, tmp_path / "library")
    assert [failure.source for failure in report.failed] == [str(source) for source in sources[:3]]
    assert stored(tmp_path / "library") == {"A title"}


def test_files_of_types_that_are_not_read_are_counted(tmp_path: Path) -> None:
    """Whoever has a folder of old .doc files learns that none of them was read; hidden ones don't count."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.txt", "b.doc", "c.DOC", "README", ".hidden.doc", "d.doc~", "e.skip"):
        (folder / name).write_text("A title\n\nThe bridge is open.")
    report = ingest_articles(folder, tmp_path / "library", exclude=("*.skip",))
    assert (report.added, report.failed) == (1, ())
    assert report.passed_over == {".doc": 2, "": 1, ".doc~": 1}


def test_an_article_that_breaks_the_embedder_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its batch is stored without it and the report names it."""
    use(Recording(poison="cursed"), monkeypatch)
    articles = [article("one"), article("two", "A cursed text."), article("three", "A third text.")]
    report = ingest_articles(articles, tmp_path / "library")
    reason = "something went wrong inside Footnote (RecursionError); the other articles went on"
    assert counts(report) == (2, 0, 0, (Failure("two", reason),))
    assert stored(tmp_path / "library") == {"About one", "About three"}


@pytest.mark.usefixtures("embedder")
def test_an_article_that_cannot_be_split_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while splitting one article, the others are stored."""

    def split(item: Article) -> object:
        if item.origin == "two":
            raise ValueError
        return make_chunks(item) if item.origin == "one" else ()

    monkeypatch.setattr("ingest.runs.intake.make_chunks", split)
    report = ingest_articles([article("two"), article("three", "x"), article("one")], tmp_path / "library")
    assert ([failure.source for failure in report.failed], report.added) == (["two", "three"], 1)


def test_an_outage_stops_the_run_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored before a provider failed stays, and only the rest is embedded later."""
    articles = [long_article("one"), article("two", "An outage."), article("three", "A third text.")]
    use(Recording(outage="outage"), monkeypatch)
    with pytest.raises(SettingsError):
        ingest_articles(articles, tmp_path / "library")
    assert stored(tmp_path / "library") == {"About one"}
    use(Recording(), monkeypatch)
    assert counts(ingest_articles(articles, tmp_path / "library")) == (2, 0, 1, ())


@pytest.mark.usefixtures("embedder")
def test_after_an_interruption_the_next_run_goes_on(place: LibraryLocation) -> None:
    """Ctrl-C leaves what is stored, and the library can be written again at once."""
    articles = [long_article("one"), long_article("two"), long_article("three")]

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest_articles(articles, place, progress=interrupt)
    assert stored(place) == {"About one"}
    assert counts(ingest_articles(articles, place)) == (2, 0, 1, ())


def test_one_batch_is_stored_while_the_next_is_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedder, at work on the second batch, sees the first one stored before it is done."""
    first_is_stored = Event()
    seen: list[bool] = []

    class Waiting(Recording):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if not seen and any("of two" in text for text in texts):
                seen.append(first_is_stored.wait(120))
            return super().embed(texts)

    use(Waiting(), monkeypatch)
    ingest_articles(
        [long_article("one"), long_article("two")],
        tmp_path / "library",
        progress=lambda progress: first_is_stored.set() if progress.done else None,
    )
    assert seen == [True]


@pytest.mark.usefixtures("embedder")
def test_progress_ends_with_everything_accounted_for(tmp_path: Path) -> None:
    """The last word of progress: all done or failed, and the total is their sum."""
    told: list[Progress] = []
    sources: list[Path | Article] = [
        article("one"),
        tmp_path / "missing.txt",
        article("two", "Another text."),
    ]
    ingest_articles(sources, tmp_path / "library", progress=told.append)
    assert told[-1] == Progress(done=2, total=3, failed=1, current="")


@pytest.mark.usefixtures("embedder")
def test_articles_may_come_one_by_one(tmp_path: Path) -> None:
    """A generator is read as it goes; nobody counts it ahead."""

    def arriving() -> Iterator[Article]:
        yield article("one")
        yield article("two", "Another text.")

    told: list[Progress] = []
    assert counts(ingest_articles(arriving(), tmp_path / "library", progress=told.append)) == (2, 0, 0, ())
    assert [progress.total for progress in told[:-1]] == [None] * (len(told) - 1)

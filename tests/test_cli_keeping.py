"""The commands that fill, list, export, check and empty the library."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import Ran
from stored import article, prepare

from assistant.web.chat.library_service import LibraryService
from ingest import (
    Article,
    Library,
    LibraryError,
    SettingsError,
    ingest_articles,
    library_settings,
    load_embedder,
)
from ingest.embedding.provider_embeddings import OpenAISettings

if TYPE_CHECKING:
    from running import Footnote, Launched

ROOT = Path(__file__).parent.parent
HOSTILE = "A title\n\nThe bridge is \x1b[31mopen\x1b[0m \u202eagain."


def test_ingesting_reports_counts_and_exits_with_0(footnote: Footnote, tmp_path: Path) -> None:
    """A run in which nothing failed is a success, and says what it did."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open.")
    ran = footnote("ingest", tmp_path / "a.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 added, 0 updated, 0 unchanged, 0 failed; 1 chunk stored in ")


def test_ingesting_goes_on_after_a_failure_and_exits_with_1(footnote: Footnote, tmp_path: Path) -> None:
    """What failed is listed with its reason; the rest is stored; the exit code tells."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open.")
    ran = footnote("ingest", "--json", tmp_path / "gone.txt", tmp_path / "a.txt")
    report = json.loads(ran.out)
    assert (ran.code, report["added"], len(report["failed"])) == (1, 1, 1)
    assert report["failed"][0]["source"] == str(tmp_path / "gone.txt")


def test_an_empty_source_is_an_error_and_an_address_is_shown_as_given(footnote: Footnote) -> None:
    """An empty name doesn't read the current folder; a web address keeps both of its slashes."""
    report = json.loads(footnote("ingest", "--json", "", "http://x.example/a").out)
    assert (report["added"], [item["source"] for item in report["failed"]]) == (
        0,
        ["''", "http://x.example/a"],
    )


def test_articles_are_listed_removed_and_gone(footnote: Footnote, tmp_path: Path) -> None:
    """The list gives the ids that `remove` takes."""
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    footnote("ingest", tmp_path / "a.txt")
    listed = json.loads(footnote("articles", "--json").out)
    assert [(item["title"], item["published"], item["chunks"]) for item in listed] == [("A title", None, 1)]
    assert footnote("articles") == Ran(0, f"{listed[0]['id']}  A title (date unknown)\n", "")
    assert footnote("remove", listed[0]["id"]) == Ran(0, "1 removed.\n", "")
    assert footnote("articles") == Ran(0, "The library has no articles.\n", "")


def test_removing_an_unknown_article_exits_with_1(footnote: Footnote, tmp_path: Path) -> None:
    """An id that no article has is named, and nothing is removed."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open.")
    footnote("ingest", tmp_path / "a.txt")
    sentence = "No article has the id 'nope'; `footnote articles` shows the ids.\n"
    assert footnote("remove", "nope") == Ran(1, "0 removed.\n", sentence)


def test_an_export_can_be_ingested_again(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is exported gives the same articles in another library."""
    (tmp_path / "a.md").write_text(
        "---\ntitle: Élan\ndate: 2026-05-04\nsource: Post\nauthor: X Y\n---\nOpen again."
    )
    footnote("ingest", tmp_path / "a.md")
    assert footnote("export", tmp_path / "out.jsonl") == Ran(0, "", "")
    first = footnote("export").out
    assert first == (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "second"))
    footnote("ingest", tmp_path / "out.jsonl")
    assert footnote("export").out == first


def test_an_export_brings_back_text_dates_and_ids(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text that looks like markup, a source without a name and an odd byline are the same afterwards."""
    articles = [
        Article("Write <b>bold</b> &amp; <p> so.", "Tags", "a", date(1850, 1, 2), None, "http://x.example/A"),
        Article(
            "The bridge is open.", "Bridge &lt;", "notes/b.txt#3", None, "Post", None, ("Ann and Bob", "Li")
        ),
    ]
    ingest_articles(articles)
    footnote("export", tmp_path / "out.jsonl")
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "second"))
    footnote("ingest", tmp_path / "out.jsonl")
    with Library.open(tmp_path / "second") as library:
        back = [library.article(item.id) for item in articles]
    assert back == articles


def test_a_pipe_that_takes_no_unicode_gets_every_letter_as_an_escape() -> None:
    """JSON never has a question mark where an article has a letter, whatever the encoding of the output."""
    ingest_articles(Article("Die Brücke – “offen” 橋.", "Brücke", "a"))
    command = [sys.executable, "-c", "from assistant.cli.main import main; main()", "export"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
    assert json.loads(ran.stdout.decode("ascii"))["text"] == "Die Brücke – “offen” 橋."


def test_an_export_that_cannot_be_written_is_one_sentence(footnote: Footnote, tmp_path: Path) -> None:
    """A file in a folder that doesn't exist ends with a sentence and exit code 1."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open.")
    footnote("ingest", tmp_path / "a.txt")
    target = tmp_path / "none" / "out.jsonl"
    sentence = f"{target} can't be written: No such file or directory. Name another file.\n"
    assert footnote("export", target) == Ran(1, "", sentence)


def test_a_missing_library_is_one_sentence(footnote: Footnote) -> None:
    """Asking before there is a library ends with a sentence that says how to make one."""
    ran = footnote("articles")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "footnote ingest" in ran.err


def test_a_healthy_library_has_no_findings(footnote: Footnote, tmp_path: Path) -> None:
    """`doctor` says so and succeeds."""
    (tmp_path / "a.txt").write_text("A title\n\nThe bridge is open.")
    footnote("ingest", tmp_path / "a.txt")
    assert footnote("doctor") == Ran(0, "Nothing is wrong with the library.\n", "")


@pytest.fixture(name="unasked")
def _unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Article:
    """Store an article under a provider's embedder that can't be asked anything, not even its dimension."""
    monkeypatch.setitem(OpenAISettings.model_config, "env_file", None)
    monkeypatch.setenv("FOOTNOTE_EMBEDDINGS", "openai:words")
    with pytest.raises(SettingsError, match="need a key"):
        _ = load_embedder(library_settings()).dimension
    stored = article(1)
    with Library.open(
        tmp_path / "library", embedder="openai:words", dimension=32, write=True, create=True
    ) as library:
        library.put([prepare(stored)])
    return stored


def test_listing_exporting_and_removing_ask_no_provider(footnote: Footnote, unasked: Article) -> None:
    """What needs no vectors works without the provider: no key, no network, no cost."""
    line = f"{unasked.id}  The bakery (date unknown)\n"
    assert footnote("articles") == Ran(0, line, "")
    assert json.loads(footnote("export").out)["text"] == unasked.text
    assert footnote("remove", unasked.id) == Ran(0, "1 removed.\n", "")
    assert footnote("articles") == Ran(0, "The library has no articles.\n", "")


def test_the_chat_starts_without_asking_a_provider(
    footnote: Footnote, launched: Launched, unasked: Article, tmp_path: Path
) -> None:
    """Whether the library is empty, and what it holds, is seen without the provider."""
    assert footnote("chat", "--examples", "--no-browser") == Ran(0, "", "")
    service = LibraryService(tmp_path / "library")
    assert (len(launched.calls), service.overview().articles) == (1, 1)
    assert service.article(unasked.id, None) == unasked


def _articles_in(folder: Path) -> int:
    try:
        with Library.open(folder) as library:
            return library.count()[0]
    except LibraryError:  # not there yet
        return 0


@pytest.mark.slow
def test_a_real_interruption_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """Ctrl-C in the middle of an ingestion: exit code 130, no traceback, nothing stored is lost."""
    lines = [
        json.dumps({"title": f"Title {number}", "text": f"Bridge {number} is open to everyone again. " * 40})
        for number in range(2000)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    environment = {**os.environ, "FOOTNOTE_LIBRARY": str(tmp_path / "library")}
    started = subprocess.Popen(
        [*command, "ingest", tmp_path / "many.jsonl"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    stored = 0
    while not stored and started.poll() is None:
        time.sleep(0.1)
        stored = _articles_in(tmp_path / "library")
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=300)
    told = "Interrupted. What was stored is stored; run it again to go on.\n"
    assert (started.returncode, out, err) == (130, "", told)
    assert 0 < stored <= _articles_in(tmp_path / "library") < len(lines)

"""When papers were last read, and where that limits an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from stored import article, fill, open_library, sync_folder

from assistant.question.query import understand
from assistant.watching.freshness import stale_notices, wanted_day
from assistant.web.html.freshness import freshness_html
from ingest.storage.last_read import LAST_READ_FILE, last_read, note_read

if TYPE_CHECKING:
    from pathlib import Path

MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def write(folder: Path, name: str, paper: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    known = {"title": name, "source": paper, "text": text, "published": "2026-05-03"}
    (folder / f"{name}.json").write_text(json.dumps(known))


def test_reading_is_noted_also_where_nothing_is_new(tmp_path: Path) -> None:
    """A run notes the papers that it has read, unchanged ones too; others keep their time."""
    news, library = tmp_path / "news", tmp_path / "library"
    write(news, "ferry", "Gazette", "The ferry sails again. Nobody was hurt.")
    write(news, "tram", "Post", "The tram stops here. It is late.")
    sync_folder(news, library)
    first = last_read(library)
    assert set(first) == {"Gazette", "Post"}
    (news / "tram.json").unlink()
    sync_folder(news, library)
    second = last_read(library)
    assert (second["Gazette"] > first["Gazette"], second["Post"] == first["Post"]) == (True, True)


def test_without_the_file_the_latest_addition_counts(tmp_path: Path) -> None:
    """A library from before has the time at which an article of the paper was added; damage is no error."""
    fill(tmp_path, article(1, source="Gazette"), article(2))
    with open_library(tmp_path) as library:
        assert set(library.last_read()) == {"Gazette"}
        (tmp_path / LAST_READ_FILE).write_text("[broken")
        assert datetime.now(UTC) - library.last_read()["Gazette"] < timedelta(hours=1)
    note_read(tmp_path, ["Post"], MAY)
    assert last_read(tmp_path) == {"Post": MAY}


ASKED = [
    ("What happened in the last week?", date(2026, 5, 31)),
    ("What is the latest on the ferry?", date(2026, 5, 31)),
    ("What happened in April 2026?", date(2026, 4, 30)),
    ("Who owns the ferry?", None),
]


@pytest.mark.parametrize(("question", "day"), ASKED)
def test_only_questions_about_days_can_be_limited(question: str, day: date | None) -> None:
    """The last day that is asked about, up to that of asking; no day for what is no matter of days."""
    found = wanted_day(understand(question, asked_on=TODAY))
    assert found is not None if day else found is None
    if day and found:
        assert day <= found <= TODAY or found == day


def test_a_notice_says_since_when_nothing_was_read() -> None:
    """Of the library, or of the papers that a question names; none where they were read later."""
    read = {"Gazette": MAY, "Post": MAY - timedelta(days=9)}
    rest = "what was printed after that is not among your articles."
    assert stale_notices(TODAY, read) == (f"Papers were last read on 10 May 2026; {rest}",)
    assert stale_notices(TODAY, read, ("Post", "Daily")) == (f"Post was last read on 1 May 2026; {rest}",)
    assert (stale_notices(MAY.date(), read), stale_notices(TODAY, {})) == ((), ())


def test_the_page_of_the_library_shows_each_paper(tmp_path: Path) -> None:
    """Names are text, however they are written; without papers there is no table."""
    fill(tmp_path, article(1, source="A <b>", published=date(2026, 5, 3)), article(2, source="Post"))
    with open_library(tmp_path) as library:
        listed = library.articles()
    html = freshness_html(listed, {"A <b>": MAY})
    assert html is not None
    assert "A &lt;b&gt;</th><td>1</td><td>3 May 2026</td><td>10 May 2026</td>" in html
    assert "<td>date unknown</td><td>date unknown</td>" in html
    assert freshness_html([replace(each, source=None) for each in listed], {}) is None

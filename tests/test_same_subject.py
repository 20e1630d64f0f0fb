"""Follow-ups are answered by articles about what the conversation is about."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from assistant import answer
from assistant.retrieval.same_subject import BESIDE, subject_costs
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.retrieval.chunk_ranking import Found

FERRY = """The ferry Marigold ran aground off Lowick on Monday. Its captain had taken the northern channel.
Divers found a hole in the hull. The owner, Tern Lines, has cancelled all sailings until June."""
VOLCANO = """Lava from Mount Orra reached the coast road on Tuesday. Two farms were cleared in the night.
Three people were hurt when a roof fell in. The road stays shut until the end of the week."""
INQUIRY = """An inquiry into how the ferry Marigold came to run aground has opened in Lowick. The pilot, Jonas
Feld, spoke for an hour."""


def ingest(texts: dict[str, str], folder: Path) -> Path:
    ingest_articles(
        [Article(text, title, f"{title}.txt", published=date(2026, 5, 4)) for title, text in texts.items()],
        folder,
    )
    return folder


def test_what_another_article_says_is_no_answer_to_a_question_that_goes_on(tmp_path: Path) -> None:
    """Nobody says whether the ferry's passengers were hurt, and the volcano's farmers are not meant."""
    where = ingest({"Ferry Marigold runs aground": FERRY, "Mount Orra erupts": VOLCANO}, tmp_path / "library")
    asked = "Where did the ferry Marigold run aground?"
    begun = (asked, answer(asked, library=where).text)
    given = answer("were they hurt", library=where, history=(begun,))
    assert not given.answered
    alone = answer("how many people were hurt", library=where)
    assert alone.citations[0].quote.startswith("Three")


def test_a_later_report_on_the_same_event_answers(tmp_path: Path) -> None:
    """It has fewer of the first question's words, but tells who the pilot was."""
    texts = {
        "Ferry Marigold runs aground in fog": FERRY.replace("on Monday", "in the fog on Monday"),
        "Inquiry opens": INQUIRY,
        "Mount Orra erupts": VOLCANO,
    }
    ingest(texts, tmp_path / "library")
    asked = "Why did the ferry Marigold run aground off Lowick in the fog on Monday?"
    begun = (asked, answer(asked, library=tmp_path / "library").text)
    given = answer("who was the pilot", library=tmp_path / "library", history=(begun,))
    assert "Jonas" in given.citations[0].quote


def test_other_articles_cost_each_of_their_sentences() -> None:
    """The fewer of the conversation's words it has beside the best, the more; where nothing has one, none."""
    found = [looked("a", "The ferry ran. It sank.", 2), looked("b", "Lava ran.", 1)]
    assert subject_costs(found, ["ferri"], {}).tolist() == [0, 0, BESIDE]
    assert subject_costs(found, ["ferri", "ran"], {}).tolist() == [0, 0, BESIDE / 2]
    assert subject_costs(found, ["ran"], {}).tolist() == [0, 0, 0]
    assert subject_costs(found, ["bridg"], {}).tolist() == [0, 0, 0]
    assert not subject_costs([], ["ferri"], {}).size


def looked(group: str, text: str, sentences: int) -> Found:
    """Return a chunk as a search finds it, of an article without a title."""
    hit = SimpleNamespace(
        group=group,
        article=SimpleNamespace(title="", text=text),
        chunk=SimpleNamespace(text=text, sentences=range(sentences)),
    )
    return cast("Found", SimpleNamespace(hit=hit))

"""Stories as the page has them: the tables, what is saved, and the topic of an answer."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
import pytest
from fakechat import ANSWERED, BROKEN, FERRY, NINE, NOT_ANSWERED, SIX, TWICE, UNDATED, FakeChat

from assistant.rendering.report_list import reports_csv
from assistant.rendering.story_tables import NOTHING
from assistant.store.conversations import Conversations
from assistant.stories.topic import topic_of
from assistant.vocabulary.story_reports import HadThis, Printing, Report
from assistant.web.chat.replies import Desk
from assistant.web.chat.story_desk import GONE, MOST_HELD, NO_ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.answers import Answer


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    service = FakeChat(tmp_path / "library" / "uploads")
    return Desk(service, Conversations(service.library))


def ask(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return json.loads(json.dumps(desk.reply({"what": what, **data})))  # type: ignore[no-any-return]


def key_of(html: str) -> str:
    """The key that a table is saved by."""
    return html.partition('data-key="')[2][:16]


def test_each_table_shows_its_sentences(desk: Desk) -> None:
    """Days, speakers with their role, reports with their copies; the words that say so are strong."""
    timeline = ask(desk, "story", kind="timeline", words="the ferry fire")["html"]
    assert ("3 May 2026" in timeline, "June 2026" in timeline, "Also told by:" in timeline) == (True,) * 3
    assert "<strong>Sunday evening</strong>" in timeline
    said = ask(desk, "story", kind="who-said-what", words="the ferry fire")["html"]
    assert ("Inés Kováč, harbour master" in said, TWICE.quote[20:40] in said) == (True, True)
    had = ask(desk, "story", kind="had-this", words=SIX.quote)["html"]
    assert had.index("First report") < had.index("Later, in these words")
    assert (UNDATED.title in had, f'data-article="{UNDATED.id}"' in had) == (True, True)


def test_nothing_found_is_told_and_a_failure_too(desk: Desk) -> None:
    """No row, no save; what goes wrong inside tells nothing of it; a text that is too long is refused."""
    nothing = ask(desk, "story", kind="timeline", words="nowhere")["html"]
    assert (NOTHING in nothing.replace("&#x27;", "'"), "exportStory" in nothing) == (True, False)
    assert "have not reported this" in ask(desk, "story", kind="had-this", words="nowhere")["html"]
    assert "secret" not in ask(desk, "story", kind="timeline", words=BROKEN)["failed"]
    assert "10,001 characters" in ask(desk, "story", kind="had-this", words="x" * 10_001)["failed"]


def test_tables_are_saved_in_each_format(desk: Desk) -> None:
    """Word has a row for each, CSV a row for each sentence, Markdown the quotes; names say what it is."""
    key = key_of(ask(desk, "story", kind="timeline", words="the ferry fire")["html"])
    saved = {form: ask(desk, "exportStory", key=key, format=form) for form in ("docx", "csv", "md")}
    assert [each["name"] for each in saved.values()] == [
        f"Timeline the ferry fire.{form}" for form in ("docx", "csv", "md")
    ]
    word = docx.Document(io.BytesIO(b64decode(saved["docx"]["base64"])))
    assert len(word.tables[0].rows) == 3
    rows = list(csv.reader(io.StringIO(b64decode(saved["csv"]["base64"]).decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:3]] == [SIX.quote, NINE.quote]
    assert SIX.quote[:40] in b64decode(saved["md"]["base64"]).decode()
    assert ask(desk, "exportStory", key=key, format="exe") == {"failed": GONE}
    for _ in range(MOST_HELD):
        ask(desk, "story", kind="timeline", words="another")
    assert ask(desk, "exportStory", key=key, format="md") == {"failed": GONE}


def test_reports_are_saved_with_their_copies() -> None:
    """A row for each report, one for each copy; what a spreadsheet would take for a formula is text."""
    copy = Printing("c", "=1+1", "Coast Daily", None, None)
    found = HadThis("x", (Report(1, printed=True, copies=(copy,)),), (replace(SIX, number=1),))
    head, first, second = list(csv.reader(io.StringIO(reports_csv(found))))
    assert len(head) == len(first) == len(second)
    assert (first[1:4], second[1], second[6]) == (["First report", "yes", SIX.quote], "Copy", "'=1+1")


def test_an_answer_leads_to_its_story(desk: Desk) -> None:
    """The topic is what its titles share; for had-this its first sentence is taken."""
    conversation, turn = desk.kept.keep(None, ANSWERED, seconds=0.1)
    about = ask(desk, "storyOf", conversation=conversation, turn=turn)
    assert about == {"topic": "Ferry fire hurt", "sentence": SIX.quote}
    assert ask(desk, "storyOf", conversation=conversation, turn="0" * 16) == {"failed": NO_ANSWER}


def titled(question: str, *titles: str) -> Answer:
    """Return an answer whose sources have some titles."""
    citations = tuple(replace(SIX, number=place, title=each) for place, each in enumerate(titles, 1))
    return replace(ANSWERED, question=question, citations=citations, conflicts=(), statements=())


TOPICS = [
    (titled("How many were hurt?", "Ferry fire: six hurt", "Fire on ferry: nine hurt"), "Ferry fire hurt"),
    (titled("What caused it?", "Cracked fuel pipe caused ferry fire"), "Cracked fuel pipe caused ferry fire"),
    (titled("When was the school vote?", "School vote on Monday"), "School vote"),
    (titled("Why?", "One", "Two", "Three"), "One"),
    (NOT_ANSWERED, NOT_ANSWERED.question),
]


@pytest.mark.parametrize(("answer", "topic"), TOPICS)
def test_the_topic_is_what_the_titles_share(answer: Answer, topic: str) -> None:
    """Words of the question, or of several titles; where there are none the first title as it is."""
    assert topic_of(answer) == topic


def test_limits_of_the_chat_hold_for_stories(desk: Desk) -> None:
    """What the chat is limited to is told with the table."""
    html = ask(
        desk, "story", kind="timeline", words="fire", limits={"sources": [FERRY.source], "undated": True}
    )["html"]
    assert "Limited to: Harbour Gazette" in html

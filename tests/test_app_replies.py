"""What the page asks for besides answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import (
    ANSWERED,
    BOARD,
    CARRIED,
    FERRY,
    NOT_ANSWERED,
    POST,
    SIX,
    UNDATED,
    WRITTEN,
    FakeChat,
    file_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.store.conversations import Conversations
from assistant.web.chat.replies import NO_CONVERSATION, NOTHING_SIMILAR, TOO_LATE, Desk
from assistant.web.html.excerpts import marks_of
from assistant.web.html.failure_words import WENT_WRONG
from assistant.web.html.source_panel import GONE

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "0" * 16


@pytest.fixture
def service(tmp_path: Path) -> FakeChat:
    return FakeChat(tmp_path / "library" / "uploads")


@pytest.fixture
def desk(service: FakeChat) -> Desk:
    return Desk(service, Conversations(service.library))


def ask(desk: Desk, what: str, **data: Any) -> dict[str, Any]:
    """Ask the desk as the page does."""
    return json.loads(json.dumps(desk.reply({"what": what, **data})))  # type: ignore[no-any-return]


def marks(*citations: Any) -> list[dict[str, Any]]:
    """The marks that the page sends for citations."""
    return json.loads(marks_of(citations, numbered=True))  # type: ignore[no-any-return]


def test_home_and_suggestions(desk: Desk, service: FakeChat) -> None:
    """The library's line does not wait for questions to begin with; an empty library says so."""
    home = ask(desk, "home")
    assert (home["line"], home["ready"]) == ("3 articles · 3 May 2026 – 4 May 2026", True)
    assert ("suggestion" in home["welcome"], "suggestion" in ask(desk, "suggestions")["welcome"]) == (
        False,
        True,
    )
    service.stored.clear()
    assert ask(desk, "home")["ready"] is False


def test_footnote_opens_its_article(desk: Desk) -> None:
    """A click brings the article with the sentence marked and its other printings named."""
    html = ask(desk, "open", marks=marks(SIX), current=0)["html"]
    assert FERRY.title in html
    assert 'class="current"' in html
    assert "Also printed by" in html
    assert "Inland Post" in html


def test_gone_article_shows_what_was_quoted(desk: Desk, service: FakeChat) -> None:
    """When the article was removed, the panel says so and shows the quote from the answer."""
    service.stored.clear()
    html = ask(desk, "open", marks=marks(SIX), current=0)["html"]
    assert GONE in html
    assert SIX.quote in html


def test_article_is_read_from_the_list(desk: Desk) -> None:
    """An article of the list opens with nothing marked."""
    html = ask(desk, "read", article=POST.id)["html"]
    assert (POST.title in html, "<mark" in html) == (True, False)
    assert "no longer in the library" in ask(desk, "read", article=NOWHERE)["html"]


def test_selected_text_finds_sentences(desk: Desk) -> None:
    """A selection leads to the nearest sentences, which open like footnotes; or it says there are none."""
    html = ask(desk, "similar", words=" the fire ")["html"]
    assert (html.count("open-source"), html.count("data-item")) == (1, 2)
    assert '<q dir="auto">the fire</q>' in html
    assert NOTHING_SIMILAR in ask(desk, "similar", words="nowhere")["html"]


def test_conversation_is_listed_resumed_renamed_and_deleted(desk: Desk) -> None:
    """A kept conversation comes back with its answers and is gone when deleted."""
    key, turn = desk.kept.keep(None, ANSWERED, seconds=0.5)
    assert 'aria-current="true"' in ask(desk, "conversations", conversation=key)["html"]
    resumed = ask(desk, "resume", conversation=key)
    (shown,) = resumed["turns"]
    assert (shown["turn"], shown["question"], SIX.quote in shown["html"]) == (turn, ANSWERED.question, True)
    ask(desk, "rename", conversation=key, title="The fire")
    assert ">The fire</button>" in ask(desk, "conversations", words="fire")["html"]
    assert "No conversation" in ask(desk, "conversations", words="zebra")["html"]
    ask(desk, "forget", conversation=key)
    assert ask(desk, "resume", conversation=key)["failed"] == NO_CONVERSATION


def test_resumed_footnotes_outlive_their_article(desk: Desk, service: FakeChat) -> None:
    """An answer whose article has gone still shows quote, source and date, and that it can't be checked."""
    key, _ = desk.kept.keep(None, ANSWERED, seconds=0)
    service.stored = [UNDATED]
    html = ask(desk, "resume", conversation=key)["turns"][0]["html"]
    assert SIX.quote in html
    assert "Harbour Gazette" in html
    assert "3 quotations no longer in your articles" in html


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_export_has_everything_of_a_footnote(desk: Desk, form: str) -> None:
    """Every format carries quote, source, address, date and verdict of each footnote."""
    key, turn = desk.kept.keep(None, WRITTEN, seconds=0)
    desk.kept.keep(key, NOT_ANSWERED, seconds=0)
    whole = ask(desk, "export", conversation=key, format=form)
    for words in (
        "Six people were hurt",
        "Harbour Gazette",
        "gazette.example/ferry-fire",
        "says that it sank",
    ):
        assert words in whole["text"]
    assert ("4 May 2026" if form != "json" else "2026-05-04") in whole["text"]
    assert NOT_ANSWERED.question in whole["text"]
    one = ask(desk, "export", conversation=key, turn=turn, format=form)
    assert NOT_ANSWERED.question not in one["text"]
    assert one["name"].startswith("Write about the fire.")


def test_thumb_is_kept(desk: Desk) -> None:
    """A thumb with its reason is kept and shown when the conversation is opened again."""
    key, turn = desk.kept.keep(None, ANSWERED, seconds=0)
    ask(desk, "rate", turn=turn, good="0", reason="wrong ferry")
    assert [(item.good, item.reason) for item in desk.kept.rated()] == [(False, "wrong ferry")]
    html = ask(desk, "resume", conversation=key)["turns"][0]["html"]
    assert html.count('aria-pressed="true"') == 1


def test_next_questions_follow_a_kept_answer(desk: Desk) -> None:
    """Questions that go on from an answer are offered; none for an answer that is not kept."""
    key, turn = desk.kept.keep(None, ANSWERED, seconds=0)
    assert WRITTEN.question in ask(desk, "next", conversation=key, turn=turn)["html"]
    assert ask(desk, "next", conversation=key, turn=NOWHERE)["html"] == ""
    desk.kept.keep(key, WRITTEN, seconds=0.1)
    assert ask(desk, "next", conversation=key, turn=turn)["html"] == ""  # it has been asked


def test_limits_show_what_matches(desk: Desk) -> None:
    """The form says how many articles match and marks them in the plot over time."""
    shown = ask(desk, "limits", limits={"sources": ["Inland Post"], "to": "2026-05-03", "on": "2026-06-01"})
    names = re.findall(r'class="chip-name"[^>]*>(.*?)<', shown["chips"])
    assert names == ["to 3 May 2026", "Inland Post", "as of 1 Jun 2026"]
    assert "1 of 3 articles match" in shown["chips"]
    assert "1 of 3 articles match" in shown["html"]
    assert shown["html"].count('class="match"') == 1
    assert ask(desk, "limits", limits={})["chips"] == ""
    assert "1 of 3 articles match" in ask(desk, "limits", limits={"authors": ["Staff writer"]})["html"]
    undated = ask(desk, "limits", limits={"from": "2026-05-04", "undated": False})["html"]
    assert "1 of 3 articles match" in undated


def test_library_page_lists_and_sorts(desk: Desk) -> None:
    """The list is searched, sorted and narrowed down; versions and near-duplicates are told."""

    def titles(**wanted: Any) -> list[str]:
        html = ask(desk, "articles", **wanted)["html"]
        return [part.split(">", 1)[1].split("<")[0] for part in html.split('class="article-title"')[1:]]

    newest = [FERRY.title, POST.title, UNDATED.title]
    assert titles() == newest
    assert titles(sort="oldest") == [POST.title, FERRY.title, UNDATED.title]
    assert titles(sort="added") == [UNDATED.title, POST.title, FERRY.title]
    assert titles(sort="title") == [POST.title, FERRY.title, UNDATED.title]
    assert titles(sort="source") == newest
    assert titles(words="AURORA post") == [POST.title]
    assert titles(source="Harbour Gazette") == [FERRY.title]
    assert titles(copies=True) == [FERRY.title, POST.title]
    assert titles(words="zebra") == []
    html = ask(desk, "articles")["html"]
    assert "2 versions" in html
    assert html.count("≈ nearly the same as") == 2
    assert "folder of this machine" not in ask(desk, "library")["html"]


def test_removal_can_be_undone_until_it_happens(desk: Desk, service: FakeChat) -> None:
    """A removed article leaves the list at once, comes back on undo, and goes for good at the end."""
    ask(desk, "remove", article=FERRY.id)
    assert FERRY.title not in ask(desk, "articles")["html"]
    assert ask(desk, "undo", article=FERRY.id) == {}
    assert FERRY.title in ask(desk, "articles")["html"]
    ask(desk, "remove", article=POST.id)
    desk.removals.flush()
    assert (service.removed, ask(desk, "undo", article=POST.id)) == ([POST.id], {"failed": TOO_LATE})
    assert POST.title not in ask(desk, "articles")["html"]


def test_failed_removal_leaves_the_article(desk: Desk, service: FakeChat) -> None:
    """When removing fails, the article is in the list again and the log says why."""

    def fail(_: object) -> int:
        raise OSError("disk")

    desk.removals._remove = fail
    ask(desk, "remove", article=FERRY.id)
    desk.removals.flush()
    assert FERRY.title in ask(desk, "articles")["html"]
    assert service.removed == []


def test_damaged_conversations_are_told_calmly(desk: Desk) -> None:
    """A file that can't be read is told in a sentence; what is unknown is no exception either."""
    file_of(desk.kept).parent.mkdir(parents=True)
    file_of(desk.kept).write_bytes(b"no database" * 1_000)
    assert "library is unharmed" in ask(desk, "conversations")["failed"]
    assert ask(desk, "nonsense")["failed"] == WENT_WRONG


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
LOOKS = ["home", "open", "read", "similar", "limits", "library", "articles", "export", "next"]
CHANGES = ["conversations", "resume", "rename", "forget", "rate", "undo"]
FIELDS = st.sampled_from(
    ["marks", "current", "words", "limits", "conversation", "turn", "title", "format", "page", "article"]
)


@given(
    what=st.sampled_from(LOOKS + CHANGES),
    data=st.dictionaries(FIELDS, ANYTHING, max_size=4),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_comes_the_reply_is_a_message(desk: Desk, what: str, data: dict[str, Any]) -> None:
    """No message of a browser, however odd, makes an exception or a reply that is no JSON."""
    assert isinstance(ask(desk, what, **data), dict)
    assert BOARD.number > CARRIED.number

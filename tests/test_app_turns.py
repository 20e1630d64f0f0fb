"""Turns of the conversation as HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

from fakechat import (
    ANSWERED,
    BOARD,
    CARRIED,
    DOCK,
    FERRY,
    NINE,
    NOT_ANSWERED,
    POST,
    SIX,
    WRITTEN,
    FakeChat,
)

from assistant.answers import (
    Answer,
    Conflict,
    Mode,
    QuestionFilter,
    Statement,
    Support,
    UnmetPremise,
    Writing,
)
from assistant.question.remarks import NOTICES, Remark
from assistant.store.conversations import Turn
from assistant.web.html.copy_text import copy_text
from assistant.web.html.excerpts import Excerpt, excerpt, excerpts, marks_of
from assistant.web.html.exporting import export_turns
from assistant.web.html.footnotes import footnote_button
from assistant.web.html.turns import answer_html, failure_html, no_answer_html, whole_html
from ingest import Article

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}${alert(1)}"


def shown(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def whole(answer: Answer) -> str:
    """An answer as the page gets it."""
    service = FakeChat(Path("unused"))
    cited, consulted = (
        excerpts(answer.citations, service.article),
        excerpts(answer.consulted, service.article),
    )
    return answer_html(answer, cited, consulted, seconds=0.1)


def test_footnote_is_a_button_that_names_its_source() -> None:
    """A footnote number can be reached by keyboard and says where it leads."""
    assert footnote_button(SIX) == (
        '<button type="button" class="fn-number" data-mark="0" '
        'aria-label="Footnote 1: Harbour Gazette, 4 May 2026">1</button>'
    )


def test_answer_shows_statements_sources_and_how_it_was_checked() -> None:
    """An answer has statements with numbers, sources with quotes, what was consulted, and how it was made."""
    words = shown(
        whole(replace(ANSWERED, conflicts=(), statements=ANSWERED.statements[:1], citations=(SIX,)))
    )
    assert words == (
        f"{SIX.quote} 1 An earlier report had spoken of nine. “We counted twice,” said harbour master "
        "Inés Kováč, “and six is the … Sources Ferry fire: six hurt, not nine Harbour Gazette 4 May 2026 "
        "1 consulted, not cited "  # what else the cited article says is one press away
        "School board date unknown The school board meets on Thursdays. Visitors are welcome. "
        "Word for word from your articles · 0.1 s"
    )


def test_each_source_and_each_quotation_stands_once() -> None:
    """Two quotations of one article are under one heading, and a disagreement repeats neither."""
    html = whole(replace(ANSWERED, consulted=()))
    words = shown(html)
    assert [words.count(item.quote) for item in ANSWERED.citations] == [1, 1, 1]
    assert (words.count(FERRY.title), words.count(POST.title)) == (1, 1)
    assert re.findall(r'data-item="(\d)"', html) == ["0", "2", "1"]


def test_a_consulted_sentence_that_is_quoted_already_is_left_out() -> None:
    """Another article has the same sentence: it is not said again among what was consulted."""
    same = replace(CARRIED, quote=SIX.quote, start=SIX.start, end=SIX.end, number=4, title="A copy")
    assert "consulted" not in whole(replace(ANSWERED, consulted=(same,)))


def test_a_denial_is_said_once() -> None:
    """Where a sentence says otherwise it stands under its source, not in the words before it too."""
    premise = UnmetPremise("Ada won", SIX)
    html = no_answer_html(
        replace(NOT_ANSWERED, premise=premise, consulted=(SIX, BOARD)), [excerpt(SIX, FERRY)]
    )
    assert shown(html).startswith("Your articles say otherwise: Ferry fire: six hurt, not nine")
    assert shown(html).count(SIX.quote) == 1


def test_a_written_answer_names_the_model_and_what_it_took() -> None:
    """The model is the one that was asked; tokens are told where the provider counts them."""
    writing = Writing("made-up-1", "v1", "", prompt_tokens=1_200, answer_tokens=34)
    words = shown(whole(replace(WRITTEN, writing=writing)))
    assert "Written by made-up-1 · 3 of 4 statements supported · 1,234 tokens · 0.1 s" in words


def test_statements_that_cite_one_sentence_have_verdicts_of_their_own() -> None:
    """The card of a footnote tells what was found for the statement that it stands behind."""
    said, sank = WRITTEN.statements[:2]
    html = whole(replace(WRITTEN, statements=(said, replace(sank, citations=(1,)))))
    assert re.findall(r'data-verdict="([^"]*)"', html) == [
        "The sentence says six.",
        "No sentence says that it sank.",
    ]


def test_a_written_answer_marks_only_statements_in_dispute() -> None:
    """A footnote that only a conflict has says that sources differ; other statements stay as they are."""
    told = Statement("There was a fire.", (1,), Support.SUPPORTED)
    rival = replace(
        ANSWERED,
        mode=Mode.WRITTEN,
        statements=(told,),
        citations=(SIX, replace(NINE, number=2)),
        conflicts=(Conflict((1, 2), "the number", ("six", "nine")),),
        consulted=(),
    )
    html = whole(rival)
    assert shown(html).startswith("There was a fire. 1 ≠ Sources differ on the number")
    assert 'data-do="why"' not in html.split('class="conflicts"', maxsplit=1)[0]


def test_states_are_readable_without_colour() -> None:
    """A conflicting statement and an unsupported one say so in words."""
    answer = replace(
        ANSWERED,
        mode=Mode.WRITTEN,
        statements=(
            Statement("Six were hurt.", (1,), Support.CONFLICTING),
            Statement("It was the worst fire ever.", (), Support.UNSUPPORTED),
            Statement("That is all.", (), Support.NO_CLAIM),
        ),
    )
    words = shown(whole(answer))
    assert words.startswith(
        "Six were hurt. 1 ≠ sources differ The sources say different things about this. "
        "It was the worst fire ever. not in the sources No cited sentence says this. That is all. "
        "≠ Sources differ on how many were hurt 1 4 May 2026 2 3 May 2026"
    )
    assert "Written · 1 of 2 statements supported" in words


def test_what_was_not_checked_says_so_and_is_not_counted_as_supported() -> None:
    """A statement in another language has its state in words, the reason, and a count of its own."""
    answer = replace(
        ANSWERED,
        mode=Mode.WRITTEN,
        statements=(
            Statement("Six were hurt.", (1,), Support.SUPPORTED),
            Statement("Neun wurden verletzt.", (1,), Support.UNCHECKED_LANGUAGE),
        ),
    )
    words = shown(whole(answer))
    assert (
        "Neun wurden verletzt. 1 not checked in this language The check reads English and little else: "
        "nobody has checked this."
    ) in words
    assert "1 of 2 statements supported, 1 not checked" in words


def test_thanks_are_not_said_to_be_missing_in_the_articles() -> None:
    """Where nothing was asked, only that is said: no closest sentences, no hints."""
    notice = NOTICES[Remark.COURTESY]
    html = no_answer_html(replace(NOT_ANSWERED, consulted=(), notices=(notice,)), [])
    assert shown(html) == notice


def test_no_answer_offers_what_is_closest() -> None:
    """Without an answer the nearest sentences can be opened, and it says what might help."""
    closest = excerpts(NOT_ANSWERED.consulted, FakeChat(Path("unused")).article)
    html = no_answer_html(NOT_ANSWERED, closest)
    words = shown(html)
    assert words.startswith(
        "Your articles don't say. Closest in your articles Ferry fire: six hurt, not nine Harbour Gazette"
    )
    assert words.endswith(
        "What might help Naming a person, a place or a date as the articles do Asking for one thing "
        "at a time Adding articles that cover it"
    )
    assert html.count("open-source") == 2
    assert shown(no_answer_html(replace(NOT_ANSWERED, consulted=()), [])).startswith(
        "Your articles don't say. What might help"
    )


def test_a_quote_that_the_article_does_not_have_is_not_called_checked() -> None:
    """When the article is gone or says something else, the answer admits that the quote can't be checked."""
    other = Article(text="Something else entirely, long enough.", title="T", origin="x")
    assert excerpt(SIX, None) == excerpt(SIX, other) == Excerpt(SIX, "", "", checked=False)
    html = answer_html(ANSWERED, [excerpt(item, None) for item in ANSWERED.citations], [], seconds=0.1)
    assert "Quotations · 3 quotations no longer in your articles" in shown(html)
    assert "Word for word" not in shown(html)
    assert "can't be checked" in shown(html)


def test_excerpt_is_cut_between_words() -> None:
    """The surroundings begin and end between words, with a sign where text was left out."""
    cut = excerpt(DOCK, FERRY)
    assert (cut.before[:8], cut.after, cut.checked) == ("… more o", "", True)
    assert excerpt(BOARD, None).before == ""


def test_marks_say_where_each_sentence_stands() -> None:
    """The page gets article, version, span and number of each footnote; consulted sentences have number 0."""
    row = {"article": FERRY.id, "version": FERRY.version, "start": SIX.start, "end": SIX.end, "number": 1}
    row["quote"] = SIX.quote
    assert json.loads(marks_of([SIX], numbered=True)) == [row]
    assert json.loads(marks_of([SIX], numbered=False)) == [row | {"number": 0}]


def test_copied_answer_carries_quotes_sources_and_dates() -> None:
    """What is copied can be checked without Footnote."""
    answer = replace(
        ANSWERED,
        statements=ANSWERED.statements[:2],
        citations=(SIX, NINE),
        consulted=(CARRIED,),
        conflicts=(),
    )
    assert copy_text(answer) == (
        "How many people were hurt in the ferry fire?\n\n"
        f"{SIX.quote} [1] {NINE.quote} [2]\n\n"
        "[1] Harbour Gazette, 4 May 2026: Ferry fire: six hurt, not nine\n"
        f"    “{SIX.quote}”\n    {SIX.link}\n\n"
        "[2] Inland Post, 3 May 2026: Blaze on the Aurora\n"
        f"    “{NINE.quote}”"
    )


def test_a_filter_that_the_question_set_is_shown_and_can_be_undone() -> None:
    """Answer, no answer and every export say what was searched; only then there is the way out of it."""
    said = QuestionFilter(("according to the Gazette",), ("Harbour Gazette",))
    told = "Only articles of Harbour Gazette were searched."
    for plain in (ANSWERED, NOT_ANSWERED):
        limited = replace(plain, question_filter=said, notices=(told,))
        html = whole_html(limited, lambda *_: FERRY, seconds=0.1)
        assert told in html
        assert 'data-do="askAll"' in html
        other = whole_html(replace(plain, notices=(told,)), lambda *_: FERRY, seconds=0.1)
        assert "askAll" not in other
        assert told in copy_text(limited)
        turn = Turn("0" * 16, limited.question, limited, datetime(2026, 5, 4, tzinfo=UTC), 0.1)
        for kind in ("md", "html", "json"):
            assert told in export_turns(limited.question, [turn], kind)["text"]


def test_hostile_texts_stay_texts() -> None:
    """Tags in titles, sources, quotes, notices and errors are shown as they are written."""
    citation = replace(
        SIX,
        quote=HOSTILE,
        end=SIX.start + len(HOSTILE),
        title=HOSTILE,
        source=HOSTILE,
        published=date(2026, 1, 1),
    )
    answer = Answer(
        question=HOSTILE,
        answered=True,
        confidence=1.0,
        statements=(Statement(HOSTILE, (1,), Support.SUPPORTED),),
        citations=(citation,),
        consulted=(replace(citation, number=2),),
        notices=(HOSTILE,),
    )
    item = Excerpt(citation, HOSTILE, HOSTILE, checked=True)
    for html in (answer_html(answer, [item], [item], seconds=0.1), failure_html(HOSTILE)):
        tags = set(re.findall(r"<([a-z0-9]+)", html))
        assert tags.isdisjoint({"script", "img"})
        assert HOSTILE in unescape(html)

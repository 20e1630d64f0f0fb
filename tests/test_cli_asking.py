"""`footnote ask`: the answer as text and as JSON, and which articles it may use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from running import Ran

from assistant import CANNOT_ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote


@pytest.fixture(name="examples")
def _examples(examples_library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(examples_library))
    return examples_library


@pytest.mark.usefixtures("examples")
def test_an_answer_has_markers_footnotes_dates_and_quotes(footnote: Footnote) -> None:
    """The answer comes first, then each footnote with source, date and the sentence."""
    ran = footnote("ask", "Why was the beach at Pebble Bay closed?")
    assert (ran.code, ran.err) == (0, "")
    assert "[1] Coast Daily, 22 May 2026: Pebble Bay closed to swimmers after water test" in ran.out


@pytest.mark.usefixtures("examples")
def test_json_has_the_whole_answer(footnote: Footnote) -> None:
    """`--json` prints what `to_dict` gives, spans and all."""
    answer = json.loads(footnote("ask", "--json", "How many otters were counted?").out)
    first = answer["citations"][0]
    assert (answer["answered"], first["source"], first["published"]) == (True, "Coast Daily", "2026-04-28")
    assert first["end"] - first["start"] == len(first["quote"])


@pytest.mark.usefixtures("examples")
def test_that_the_articles_do_not_say_is_a_success(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer is an answer: exit code 0, with the closest sentences."""
    monkeypatch.setenv("FOOTNOTE_MIN_CONFIDENCE", "1")
    ran = footnote("ask", "Which film won the prize for best picture?")
    assert (ran.code, ran.out.splitlines()[0]) == (0, CANNOT_ANSWER)


def test_days_in_the_wrong_order_are_wrong_usage(footnote: Footnote) -> None:
    """A first day after the last one names both, and is no answer that the articles don't say."""
    ran = footnote("ask", "Who?", "--from", "2026-05-04", "--to", "2026-05-03")
    assert (ran.code, ran.out) == (2, "")
    assert "--from 2026-05-04 is later than --to 2026-05-03" in " ".join(ran.err.split())


@pytest.mark.usefixtures("examples")
def test_options_filter_by_date_and_paper(footnote: Footnote) -> None:
    """Only articles of the days and the paper asked for are used."""
    asked = (
        "ask",
        "--json",
        "How many people were injured?",
        "--to",
        "2026-05-03",
        "--source",
        "inland post",
    )
    answer = json.loads(footnote(*asked).out)
    used = {(item["source"], item["published"]) for item in answer["citations"] + answer["consulted"]}
    assert {source for source, _ in used} == {"Inland Post"}
    assert max(published for _, published in used) <= "2026-05-03"


@pytest.mark.usefixtures("examples")
def test_a_language_that_no_article_has_is_answered_with_those_there_are(footnote: Footnote) -> None:
    """Asking German articles only where there are none says which languages there are."""
    ran = footnote("ask", "What happened?", "--language", "de")
    assert ran == Ran(1, "", "No article is known to be in 'de'; there are some in en.\n")
    assert footnote("ask", "What happened to the ferry?", "--language", "en").code == 0


@pytest.mark.usefixtures("examples")
def test_an_unknown_paper_is_answered_with_the_known_ones(footnote: Footnote) -> None:
    """A name that no article has is an error that lists the names there are."""
    ran = footnote("ask", "What happened?", "--source", "Evening Star")
    assert ran == Ran(
        1,
        "",
        "No article comes from 'Evening Star'. The library has: Coast Daily, Harbour Gazette, Inland Post.\n",
    )


@pytest.mark.usefixtures("examples")
def test_one_article_alone(footnote: Footnote) -> None:
    """With `--article` only that article is used; an unknown id says where ids are shown."""
    first = json.loads(footnote("ask", "--json", "How many otters were counted?").out)["citations"][0]
    asked = ("ask", "--json", "How many people were hurt?", "--article", first["article_id"])
    answer = json.loads(footnote(*asked).out)
    assert {item["article_id"] for item in answer["citations"] + answer["consulted"]} == {first["article_id"]}
    ran = footnote("ask", "Who?", "--article", "none")
    assert ran == Ran(1, "", "No article has the id 'none'; `footnote articles` shows the ids.\n")


@pytest.mark.usefixtures("examples")
def test_a_filter_of_the_question_is_told_and_undone(footnote: Footnote) -> None:
    """The terminal says which paper the question limited the answer to, and `--exact` asks all."""
    asked = "According to the Inland Post, how many people were injured?"
    ran = footnote("ask", asked)
    told = " ".join(ran.out.split())
    assert "Only articles of Inland Post were searched, because the question says" in told
    assert told.endswith("`--exact` asks without this limit.")
    whole = json.loads(footnote("ask", "--json", "--exact", asked).out)
    assert (whole["question_filter"], whole["notices"]) == (None, [])
    assert {item["source"] for item in whole["citations"] + whole["consulted"]} - {"Inland Post"}

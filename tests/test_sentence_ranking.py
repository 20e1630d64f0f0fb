"""Sentences ranked for a question: what counts, and what the features say."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import rank_sentences
from assistant.question.query import understand
from assistant.retrieval.confidence import CALIBRATED, confidence_of
from assistant.retrieval.found import Ranked
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.relevance import certainty
from assistant.retrieval.retrieve import look
from assistant.retrieval.sentence_features import NAMES, Candidate, features
from assistant.retrieval.sentence_ranking import (
    BY_HAND,
    alone,
    complementing,
    rarities,
    weights,
    with_names,
)
from assistant.retrieval.token_matching import Matches
from ingest import Article, QuestionError, ingest_articles, split_sentences

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = (
    "The town celebrated until midnight.",
    "Six people were hurt in the fire, the harbour authority said.",
    "How many people were hurt in the fire is not the question today?",
    "The ferry was built in 1994.",
)


def feature(question: str, sentence: str, name: str, *, before: str = "") -> float:
    query = understand(question)
    words = dict.fromkeys(query.words, 1.0)
    candidate = Candidate(text=sentence, before=before)
    return float(features(query, [candidate], rarity=words)[0][NAMES.index(name)])


def test_best_sentence() -> None:
    """The sentence that answers scores highest, above one that only repeats the question."""
    scores = rank_sentences("How many people were hurt in the fire?", SENTENCES)
    assert max(range(4), key=scores.__getitem__) == 1


def test_sentences_complement_each_other() -> None:
    """A sentence on a claim's other half comes before a better one that repeats the first."""
    best = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9]], np.float32)
    matches = Matches(best, np.zeros(3, np.float32), np.ones(2, np.float32))
    scores = complementing(np.array([5.0, 4.0, 1.0], np.float32), matches)
    assert np.argsort(-scores).tolist() == [0, 2, 1]


def test_nothing_complements_nothing() -> None:
    """No sentences have no order, one keeps its place."""
    nothing = Matches(np.zeros((0, 2), np.float32), np.zeros(0, np.float32), np.ones(2, np.float32))
    assert complementing(np.zeros(0, np.float32), nothing).tolist() == []
    assert len(rank_sentences("The ferry was built in 1994.", ["It was built in 1994."])) == 1


def test_weights_by_hand() -> None:
    """What is set by hand counts whatever was learned; a feature that nobody weighed counts nothing."""
    place = NAMES.index("speaker")
    assert weights("library").weight[place] == BY_HAND["library"]["speaker"]
    assert weights("claim").weight[place] == 0.0


def test_the_speaker_asked_for() -> None:
    """What the mayor said is told by a sentence in which the mayor speaks, not by another about the mayor."""
    texts = [
        "The mayor saw the ferry burn, the captain said.",
        "The ferry will be replaced by next summer, the mayor said.",
    ]
    scores = rank_sentences("What did the mayor say about the ferry?", texts)
    assert scores[1] > scores[0]


def test_a_day_is_no_count() -> None:
    """How many there were is told by a number, and neither by a year nor by a day of the month."""
    counted = "Volunteers have counted 23 otters along the river."
    texts = [
        "Otters along the river were counted in 2019.",
        counted,
        "On 3 May 2020 otters were counted there.",
    ]
    fits = alone(understand("How many otters were counted along the river?"), texts)[:, NAMES.index("fits")]
    assert fits.tolist() == [0.0, 1.0, 0.0]


def test_names_of_a_question_in_lower_case() -> None:
    """Where a question has no capitals, the words that the sentences write with one are its names."""
    texts = ["The ferry Marta Lind burned.", "In May the mayor saw Marta Lind."]
    assert with_names(understand("when was marta lind built"), texts).names == {"marta", "lind"}
    assert with_names(understand("When was marta lind built?"), texts).names == frozenset()


def test_a_reason_asked_for() -> None:
    """Why something happened is told by the sentence that names a cause."""
    texts = [
        "A fire broke out on the ferry on Sunday morning.",
        "A cracked pipe caused the fire on the ferry.",
        "The cause of the fire on the ferry is not known.",
    ]
    scores = rank_sentences("Why did the ferry burn?", texts)
    assert max(scores) == scores[1]


def test_nothing_to_rank() -> None:
    """No sentences give no scores."""
    assert rank_sentences("Who?", []) == []


def test_empty_question_is_refused() -> None:
    """A question without words raises."""
    with pytest.raises(QuestionError):
        rank_sentences(" ", SENTENCES)


def test_cover_is_the_share_of_words() -> None:
    """With equal weights, two of the question's three content words give two thirds."""
    value = feature("Who painted the harbour bridge?", "The harbour has a bridge.", "cover")
    assert round(value, 3) == 0.667


def test_context_counts_apart() -> None:
    """Words found only before the sentence count for its surroundings, not for itself."""
    before = "The harbour bridge was painted."
    assert feature("Who painted the harbour bridge?", "Ana Ruíz did.", "cover", before=before) == 0.0
    assert feature("Who painted the harbour bridge?", "Ana Ruíz did.", "cover_near", before=before) == 1.0


def test_the_kind_asked_for() -> None:
    """A number fits a question for a number unless the question has it itself."""
    assert feature("How many were hurt?", "Six were hurt.", "fits") == 1.0
    assert feature("How many of the six were hurt?", "Six were there.", "fits") == 0.0
    assert feature("When was it built?", "It was built in 1994.", "fits") == 1.0
    assert feature("Why was it closed?", "It closed because of rust.", "fits") == 1.0


def test_rare_words_weigh_more() -> None:
    """A word that few texts have weighs more than one that all have."""
    found = rarities({"rare": 1, "common": 100}, 100)
    assert {word: round(weight, 2) for word, weight in found.items()} == {"rare": 4.21, "common": 0.0}


def found(score: float) -> list[Ranked]:
    article = Article(text="Six people were hurt.", title="Ferry", origin="ferry.txt")
    (sentence,) = split_sentences(article.text)
    return [Ranked(article, sentence, score, relevance=score, certainty=score)]


def test_confidence_grows_with_the_certainty() -> None:
    """A sentence that answers gives more confidence than one about something else."""
    given = [confidence_of(found(score), total=1000) for score in (-9.0, -1.0, 3.0, 9.0)]
    assert given == sorted(given)
    assert given[0] < CALIBRATED < given[-1]


def test_the_order_gives_no_confidence() -> None:
    """The score, to which dates add, makes the order; where nothing was read, it makes the probability."""
    recent = [replace(item, score=9.0) for item in found(-3.0)]
    assert confidence_of(recent, total=1000) == confidence_of(found(-3.0), total=1000)
    unread = [replace(item, certainty=None) for item in found(-4.0)]
    assert 0.0 < confidence_of(unread, total=1000) < confidence_of(found(-3.0), total=1000)


def test_a_date_makes_an_answer_no_surer(tmp_path: Path) -> None:
    """The same report of today and without a date: it scores higher with one, and is as certain."""
    text = "Six people were hurt when the Marigold caught fire near the old pier."
    day = date(2026, 5, 4)
    query = understand("How many people were hurt in the fire on the Marigold?", asked_on=day)
    seen = []
    for published in (None, day):
        folder = tmp_path / str(published)
        ingest_articles([Article(text, "Ferry burns", "a.txt", published=published)], folder)
        seen.append(read_library(folder, partial(look, query)).ranked[0])
    assert seen[0].score < seen[1].score
    assert seen[0].certainty == seen[1].certainty


def test_words_alone_make_no_answer_sure() -> None:
    """Words of the question hardly count beyond a limit: those of a false premise are all there."""
    logits = np.full(4, -2.0, np.float32)
    low, middle, high, highest = certainty(logits, np.array([-3.0, 1.0, 4.0, 12.0], np.float32)).tolist()
    assert (low, middle) == (-5.0, -1.0)
    assert 1.0 < high < highest < 2.0
    assert np.isnan(certainty(np.full(1, np.nan, np.float32), np.ones(1, np.float32))).all()


def test_a_match_among_few_says_more() -> None:
    """The same match gives more confidence in a small library, and the same in all larger ones."""
    given = [confidence_of(found(0.0), total=total) for total in (5, 50, 160, 34_000)]
    assert given[0] > given[1] > given[2] == given[3] > 0.0


def test_no_sentences_no_confidence() -> None:
    """With nothing found, the probability is 0."""
    assert confidence_of([], total=1000) == 0.0


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=60), max_size=5), st.text(max_size=40))
def test_any_text_gets_a_number(sentences: list[str], title: str) -> None:
    """Whatever the sentences and the title hold, every score is a finite number."""
    scores = rank_sentences("Who was hurt?", sentences, title=title)
    assert len(scores) == len(sentences)
    assert all(math.isfinite(score) for score in scores)

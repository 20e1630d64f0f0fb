"""Sentences matched with a question by the bundled model, each read in its place."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.passage_cache import MOST_KEPT, read
from assistant.retrieval.token_matching import match
from ingest import bundled_encoder

ASKED = "Who opened the harbour bridge?"
RARITY = {"open": 1.0, "harbour": 2.0, "bridg": 1.0}


def test_the_sentence_that_answers_matches_best() -> None:
    """The question's words are matched best by the sentence on the same thing."""
    texts = ["The mayor opened the bridge in the harbour.", "It rained all day."]
    found = match(ASKED, texts, [0, 0], RARITY)
    assert found.tokens[0] > found.tokens[1]
    assert found.weighted[0] > found.weighted[1]
    assert found.cosine[0] > found.cosine[1]


def test_what_several_match_is_no_gain() -> None:
    """A sentence gains by what it alone matches, not by what all do."""
    texts = ["The bridge is old."] * 4 + ["The harbour bridge was opened by Ana Ruiz."]
    gain = match(ASKED, texts, [0] * 5, RARITY).gain
    assert gain[4] > 0.02
    assert gain[:4].max() < 0.01


def test_neighbours_are_read_together() -> None:
    """A pronoun means what the sentence before it says, where both are read together."""
    texts = ["The harbour bridge cost nine million.", "It was opened by the mayor."]
    together = match(ASKED, texts, [0, 0], RARITY).tokens[1]
    apart = match(ASKED, texts, [0, 1], RARITY).tokens[1]
    assert together != apart


def test_beyond_what_the_model_reads() -> None:
    """A sentence after more words than the model reads is read on its own, not left out."""
    found = match(ASKED, ["word " * 400, "The harbour bridge was opened."], [0, 0], RARITY)
    assert found.tokens[1] > 0.3


def test_words_without_content_weigh_nothing() -> None:
    """Of the question's tokens only those of weighed words count in the weighted mean."""
    weight = match(ASKED, ["The bridge."], [0], RARITY).weight
    assert sorted(set(weight.tolist())) == [0.0, 1.0, 2.0]


def test_kept_readings_are_the_same() -> None:
    """A text read again is the very same reading, and what was read long ago is let go."""
    first = read(["A text that is read twice."])[0]
    assert read(["A text that is read twice."])[0][0] is first[0]
    read([f"{number}" for number in range(MOST_KEPT)])
    assert read(["A text that is read twice."])[0][0] is not first[0]


def test_tokens_belong_to_their_sentence() -> None:
    """Tokens of sentences read together, put side by side, are those of the text as a whole."""
    texts = ["Ana won.", "Bo lost 3-1, she said."]
    whole = bundled_encoder().encode([" ".join(texts)])[0]
    both = [match(text, texts, [0, 0], {}) for text in texts]
    assert [len(item.weight) for item in both] == [
        len(bundled_encoder().encode([text])[0].tokens) for text in texts
    ]
    assert sum(len(item.weight) for item in both) == len(whole.tokens)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 2)), max_size=5))
def test_any_text_is_matched(items: list[tuple[str, int]]) -> None:
    """Whatever the sentences hold, there is one finite value for each of them."""
    found = match(ASKED, [text for text, _ in items], [run for _, run in items], RARITY)
    for values in (found.tokens, found.weighted, found.gain, found.cosine):
        assert values.shape == (len(items),)
        assert np.isfinite(values).all()

"""The bench of storing makes articles that are no copies of one another, and tells too little from enough."""

from __future__ import annotations

import random

from test_duplicates import story

from bench.storing import show, variants
from ingest import split_sentences


def test_a_variant_has_about_half_of_the_sentences_of_its_original() -> None:
    """The rest are sentences of other articles, so that it is looked at beside it and is no copy."""
    originals = [story(seed, words=600) for seed in range(3)]
    made = list(variants(originals, 6, random.Random(1)))  # noqa: S311  # a choice, not a secret
    assert len({each.id for each in made}) == 6
    for number, each in enumerate(made):
        own = [sentence.text for sentence in split_sentences(originals[number % 3].text)]
        texts = [sentence.text for sentence in split_sentences(each.text)]
        kept = sum(ours == theirs for ours, theirs in zip(own, texts, strict=True))
        assert 0.3 * len(own) < kept < 0.9 * len(own)


def test_less_than_twice_as_many_by_four_writers_is_a_failure() -> None:
    """The exit code is that of a floor that is crossed."""
    assert show(100, {"one": [10.0, 12.0], "four": [5.0], "four, a library each": [4.0]}) == 0
    assert show(100, {"one": [10.0], "four": [5.5], "four, a library each": [4.0]}) == 1

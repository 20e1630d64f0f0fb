"""The composed pairs of tools/composed_pairs.py, of which it is known what a source says of a statement."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from tools.composed_frames import Frame, frames
from tools.composed_pairs import composed_pairs, kinds
from tools.composed_words import World, in_words


def _draw(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (examples, not secrets)


def test_the_same_seed_gives_the_same_pairs() -> None:
    """Two runs with one seed are equal, and another seed gives other pairs."""
    first = list(composed_pairs(3, 200, kept=False))
    assert first == list(composed_pairs(3, 200, kept=False))
    assert first != list(composed_pairs(4, 200, kept=False))


@pytest.mark.parametrize("kept", [False, True])
def test_every_kind_has_carried_and_other_statements(kept: bool) -> None:
    """In training and kept pairs alike, each kind of wording has true statements and others."""
    labels = defaultdict(set)
    for pair in composed_pairs(5, 3_000, kept=kept):
        labels[pair.kind].add(pair.label)
    assert set(labels) == set(kinds())
    assert all("carried" in found and len(found) > 1 for found in labels.values())


def test_kept_frames_and_names_are_not_seen_in_training() -> None:
    """No wording of a kept frame is one of the others, and no surname is drawn for both."""
    wordings: dict[bool, set[str]] = {True: set(), False: set()}
    for frame in frames():
        wordings[frame.kept].update(
            each for group in frame.wordings.values() for each in group if len(each) > 40
        )
    assert not wordings[True] & wordings[False]
    names: dict[bool, set[str]] = {
        kept: {World(_draw(seed), kept=kept, rows={}).words["A"].last for seed in range(300)}
        for kept in (True, False)
    }
    assert not names[True] & names[False]


def test_labels_come_in_their_shares_and_pairs_seldom_twice() -> None:
    """Nearly half of the statements are carried, and more than nine pairs in ten are distinct."""
    pairs = list(composed_pairs(6, 4_000, kept=False))
    counts = Counter(pair.label for pair in pairs)
    assert 0.4 < counts["carried"] / len(pairs) < 0.5
    assert counts["denied"] > counts["not_said"] > 0.2 * len(pairs)
    assert len(set(pairs)) > 0.95 * len(pairs)


def test_a_carried_statement_is_never_the_source_itself() -> None:
    """Statements are reworded, and no slot or choice is left open in them."""
    for pair in composed_pairs(7, 2_000, kept=False):
        assert pair.statement != pair.source
        assert not set("{}[]|") & set(pair.source + pair.statement)


def test_a_choice_is_made_alike_in_source_and_statement() -> None:
    """A wording that is chosen once is the same wherever it stands, so that both speak of one thing."""
    world = World(_draw(1), kept=False, rows={})
    assert len({world.filled("A [ship|train|bus|lorry] left {L}") for _ in range(20)}) == 1


def test_meanings_that_deny_each_other_do_so_both_ways() -> None:
    """`c-d` holds for d and c as well, `c~d` for c alone."""
    frame = Frame("any", kept=False, wordings={"a": ["One."], "b": ["Other."], "c": ["Third."]})
    frame.relate("a", "-", "b")
    frame.relate("a", "~", "c")
    assert frame.relations["denied"] == [("a", "b"), ("b", "a"), ("a", "c")]


def test_small_numbers_are_written_in_words() -> None:
    """Numbers below 100 have words, larger ones digits."""
    assert [in_words(each) for each in (7, 40, 42, 1_200)] == ["seven", "forty", "forty-two", "1,200"]


def test_articles_fit_the_word_after_them() -> None:
    """A name that starts with a vowel gets "an"."""
    world = World(_draw(1), kept=False, rows={"v": [["airfield"]], "w": [["university"]]})
    assert world.filled("a {v} and a {w}") == "An airfield and a university."

"""What a judging model's reply comes to: which judgements count, and what two checks make of a statement."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Support
from assistant.writing.judgements import Judgement, Label, decided, read_judgements, slice_of
from assistant.writing.verify import Checked

SENTENCE = "Six people were hurt when the ferry carried 1,141 guests [at most], the mayor’s office said."


def reply(*items: dict[str, object]) -> str:
    return json.dumps({"judgements": list(items)})


def judged(**item: object) -> dict[int, Judgement]:
    return read_judgements(reply({"statement": 1, **item}), {1: (SENTENCE,)})


def test_a_judgement_with_words_of_a_cited_sentence_counts() -> None:
    """Label and slice are taken over, the slice as the article has it."""
    found = judged(verdict="carried", words="  Six people\nwere hurt ")
    assert found == {1: Judgement(Label.CARRIED, "Six people were hurt")}
    assert judged(verdict="not said", words="") == {1: Judgement(Label.NOT_SAID, "")}


@pytest.mark.parametrize(
    "item",
    [
        {"verdict": "carried", "words": "Nine people were hurt"},
        {"verdict": "denied", "words": "Nobody was hurt"},
        {"verdict": "not_said", "words": "Nobody was hurt"},
        {"verdict": "carried", "words": ""},
        {"verdict": "denied"},
        {"verdict": "carried", "words": "the"},
        {"verdict": "carried", "words": "141 guests"},
        {"verdict": "carried", "words": "people were hurt when the fer"},
        {"verdict": "probably", "words": "Six people were hurt"},
        {"verdict": 1, "words": "Six people were hurt"},
        {"verdict": "carried", "words": ["Six people were hurt"]},
    ],
)
def test_an_invented_slice_or_an_unknown_label_is_no_judgement(item: dict[str, object]) -> None:
    """Words that no cited sentence has, words that decide nothing, and other labels are void."""
    assert judged(**item) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello.",
        "{",
        "[1]",
        "null",
        '{"judgements": {}}',
        '{"judgements": [7]}',
        "{" * 5000 + "}",
        '{"a":' * 5000 + "}" * 5000,
    ],
)
def test_a_reply_of_another_form_has_no_judgements(text: str) -> None:
    """Plain text, broken JSON and other values leave everything to the check on this machine."""
    assert read_judgements(text, {1: (SENTENCE,)}) == {}


def test_one_void_judgement_leaves_the_others() -> None:
    """A statement that is missing, judged twice or not there concerns no other statement."""
    good = {"verdict": "carried", "words": "Six people were hurt"}
    sentences = dict.fromkeys((1, 2, 3), (SENTENCE,))
    text = reply(
        {"statement": 1, **good},
        {"statement": 2, **good},
        {"statement": 2, "verdict": "denied", "words": "Six people were hurt"},
        {"statement": 9, **good},
        {"statement": True, **good},
        {"statement": "3", **good},
    )
    assert set(read_judgements(text, sentences)) == {1}
    text = reply({"statement": 1, **good}, {"statement": 3, **good, "verdict": "sure"})
    assert set(read_judgements(f"<think>{{}}</think>```json\n{text}\n```", sentences)) == {1}


def test_signs_that_look_alike_are_the_same() -> None:
    """Brackets that were changed for the request and quotation marks that models change still match."""
    assert slice_of(SENTENCE, "guests (at most), the mayor's office") == (
        "guests [at most], the mayor’s office"
    )


@given(st.text(max_size=60), st.text(max_size=20))
def test_words_that_count_are_always_a_slice(sentence: str, words: str) -> None:
    """Whatever is claimed, what is taken stands in the sentence."""
    assert slice_of(sentence, words) in sentence


CARRIED, DENIED, NOT_SAID = (
    Judgement(Label.CARRIED, "Six people"),
    Judgement(Label.DENIED, "Six people"),
    Judgement(Label.NOT_SAID, ""),
)
YES, NO, SPLIT, UNREAD = (
    Support.SUPPORTED,
    Support.UNSUPPORTED,
    Support.CONFLICTING,
    Support.UNCHECKED_LANGUAGE,
)
DOUBT = Support.DOUBTED


@pytest.mark.parametrize(
    ("own", "judgement", "wrong", "both", "model"),
    [
        (YES, CARRIED, None, YES, YES),
        (YES, DENIED, None, DOUBT, NO),
        (YES, NOT_SAID, None, DOUBT, NO),
        (NO, CARRIED, None, DOUBT, YES),
        (NO, CARRIED, "the source says six", DOUBT, DOUBT),
        (NO, DENIED, None, NO, NO),
        (NO, NOT_SAID, "the source says six", NO, NO),
        (SPLIT, CARRIED, None, SPLIT, SPLIT),
        (SPLIT, DENIED, None, SPLIT, NO),
        (SPLIT, NOT_SAID, None, DOUBT, NO),
        (UNREAD, CARRIED, None, UNREAD, YES),
        (UNREAD, CARRIED, "7 is not in the source", DOUBT, DOUBT),
        (UNREAD, NOT_SAID, None, DOUBT, NO),
    ],
)
def test_both_checks_come_to_one_verdict(
    own: Support, judgement: Judgement, wrong: str | None, both: Support, model: Support
) -> None:
    """Supported is what both find, or the model alone where it decides and no exact comparison objects."""
    checked = Checked("Nine were hurt.", ("a1",), own, 0.5, "an own reason")
    assert decided(checked, judgement, way="both", wrong=wrong).support is both
    assert decided(checked, judgement, way="model", wrong=wrong).support is model


def test_a_doubt_tells_both_sides() -> None:
    """The reason has what each check found, and the words that decide."""
    own = Checked("Nine were hurt.", ("a1",), NO, 0.5, "the source says six, the answer nine")
    reason = decided(own, CARRIED, way="both", wrong=None).reason
    assert "the source says six, the answer nine, says the one on this machine" in reason
    assert "the source says so (“Six people”), says the model" in reason

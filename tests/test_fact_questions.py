"""Questions made from statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.fact_questions import LONGEST, SHORTEST, fact_question


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Six people were hurt when a fire broke out on the ferry Aurora on Sunday evening, they said.",
            "How many people were hurt when a fire broke out on the ferry Aurora?",
        ),
        (
            "The Aurora carried 84 passengers to Gull Point.",
            "How many passengers did the Aurora carry to Gull Point?",
        ),
        ("At least 40 % of voters in Orrowmere stayed at home.", None),
        (
            "About 40% of voters stayed at home in Orrowmere.",
            "What percentage of voters stayed at home in Orrowmere?",
        ),
        (
            "The council of Orrowmere paid $2.4 million for the lighthouse.",
            "How much did the council of Orrowmere pay for the lighthouse?",
        ),
        (
            "In 1971, Harbour Day was declared a holiday by the town.",
            "When was Harbour Day declared a holiday by the town?",
        ),
        ("The Gull Point lighthouse opened in 1903.", "When did the Gull Point lighthouse open?"),
        ("The winter fair was held for the first time in Orrowmere.", None),
        (
            "The Orrow fair was held for the first time in Coast Haven.",
            "Where was the Orrow fair held for the first time?",
        ),
        (
            "Mary Ellis, 43, returned the book to Orrowmere library on Friday.",
            "Who returned the book to Orrowmere library?",
        ),
        (
            "Mayor Ines Kovač opened the new school at Alder Street.",
            "Who opened the new school at Alder Street?",
        ),
        ("The lighthouse of Orrowmere was built by Mary Ellis.", "Who built the lighthouse of Orrowmere?"),
    ],
)
def test_what_a_sentence_tells_is_asked_for(sentence: str, question: str | None) -> None:
    """The number, the sum, the day, the place or the person is taken out; the rest of the words stay."""
    assert fact_question(sentence) == question


@pytest.mark.parametrize(
    "sentence",
    [
        "The deputy harbour master said Ellis fired four flares in Coast Haven.",
        "Paul Kovač will make the Orrowmere team, or he won't.",
        "Mayor Ines Kovač will deliver the first speech of Orrowmere on March.",
        "Mayor Ines Kovač may have closed the new school at Alder Street.",
        "He returned the book to the Orrowmere library.",
        "Mary Ellis said the book was late in Orrowmere.",
        "“Six people were hurt on the Aurora,” the officer said.",
        "Researchers tested 288 foods in Orrowmere.",
        "The Orrow fair was proposed by the harbour office in September, 2020, but nobody came.",
        "18 people rescued from Orrow River amid warning",
        "Six people were hurt.",
        "Two of them came to Orrowmere last week.",
        "Mary Ellis is a lawyer from Orrowmere.",
        "The fair has always been held in May, June or July in Orrowmere.",
        "In the early hours of June 28, 1969, police raided the Stonewall Inn in Orrowmere.",
        "One question harbour visitors have asked is whether the Aurora can sail.",
        "2. Harbour Day was slow.",
        "The group was founded in 1945 by scientists of Orrowmere.",
        "Mary Ellis scored 22 seconds in and later added another.",
        "Mary Ellis was arrested in May 2021 following talks with police and, they say, faces prison.",
        "Mary Ellis played for 13 years under Inés Kovač%2C of Orrowmere.",
    ],
)
def test_nothing_is_guessed(sentence: str) -> None:
    """What points elsewhere, is a quotation, a headline or in no plain shape is not asked about."""
    assert fact_question(sentence) is None


@given(st.text(max_size=400))
def test_any_text_gives_a_question_of_some_length_or_none(text: str) -> None:
    """Whatever stands in an article, a question is neither about anything nor too long to read."""
    asked = fact_question(text)
    assert asked is None or (asked.endswith("?") and SHORTEST <= len(asked.split()) <= LONGEST)

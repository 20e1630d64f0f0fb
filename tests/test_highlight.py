"""The decisive words of a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.query import understand
from assistant.quoting.highlight import MOST_SHARE, emphasis
from ingest import QuestionError

DECISIVE = (
    ("How many people were hurt?", "On Sunday at 9 six people were hurt, the police said.", ["six people"]),
    (
        "How much does the restoration cost?",
        "The lighthouse is to be restored for 2.4 million crowns.",
        ["2.4 million crowns"],
    ),
    ("When was the ship built?", "The ship was built in 1994 and last inspected then.", ["in 1994"]),
    ("Who is the captain?", "The captain, Henrike Vaal, turned to Gull Point.", ["Henrike Vaal"]),
    (
        "What did she say?",
        "She told the crowd at the town hall: “We will not give up.”",
        ["“We will not give up.”"],
    ),
    (
        "What did she say?",
        'She said "no one" — she looked at the harbour — "may swim here today, and tomorrow neither."',
        ['"may swim here today, and tomorrow neither."'],
    ),
    (
        "Why was the beach closed?",
        "The old beach was closed for some days because of bacteria.",
        ["because of bacteria"],
    ),
    ("How strong was the wind?", "Gusts of 118 kilometres an hour were measured there.", ["118 kilometres"]),
    ("What was the final score?", "They beat Fennholt Town 3–2 on Saturday, it says.", ["3–2"]),
    ("Is the harbour open?", "The old harbour of the town has been closed since then.", ["harbour"]),
    ("Is the old harbour open?", "The old harbour of the town has been closed since then.", ["old harbour"]),
)


@pytest.mark.parametrize(("question", "quote", "words"), DECISIVE)
def test_decisive_words(question: str, quote: str, words: list[str]) -> None:
    """What answers is emphasised; where no kind of answer is asked for, the words that match."""
    spans = emphasis(quote, understand(question))
    got = [quote[start:end] for start, end in spans]
    assert words[0] in got
    assert got == words or words[0] == got[0]


def test_a_whole_sentence_is_never_bold() -> None:
    """More than half of a quote is not emphasised."""
    assert emphasis("Ana Ruiz.", understand("Who is the captain?")) == ()


@given(st.text(max_size=200), st.text(max_size=80))
def test_spans_lie_in_the_quote(quote: str, question: str) -> None:
    """Spans are in order, do not overlap, hold something, and are no more than half of the quote."""
    try:
        query = understand(question)
    except QuestionError:
        return
    spans = emphasis(quote, query)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(quote[start:end].strip() for start, end in spans)
    assert all(0 <= start < end <= len(quote) for start, end in spans)
    assert sum(end - start for start, end in spans) <= MOST_SHARE * len(quote) + len(spans)

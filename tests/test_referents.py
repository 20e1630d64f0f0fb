"""Who "he" or "she" is, and when nobody can say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.pronouns import pronoun_of, referent, referent_at

CLEAR = (
    (["Councillor Ebba Stroyle had voted for it."], "“The sum was wrong,” she said.", "Stroyle"),
    (["The mayor, Ottilie Rask, thanked the fishermen."], "She has led the town since 2019.", "Ottilie Rask"),
    (["“It burned,” said Aldo Brisk, who was on board."], "He lost his bag.", "Aldo Brisk"),
    (["Tom Reed, 41, leads the group.", "It meets on Mondays."], "He founded it in 2019.", "Tom Reed"),
    (["Captain Henrike Vaal ran her aground.", "“Good,” said Vaal."], "She was tired.", "Henrike Vaal"),
)
UNCLEAR: tuple[tuple[list[str], str], ...] = (
    (["Ottilie Rask, 54, met Ebba Stroyle, who was late."], "She left early."),
    (["The mayor, Ottilie Rask, thanked a woman on the pier."], "She smiled."),
    (["The council of Orrowmere met."], "He spoke first."),
    (["Mr Reed spoke for Tom Reed, 41, and Ana Reed, 39."], "She agreed."),
    (["Mrs Rask opened the market."], "He was late."),
    ([], "He was late."),
    (["Tom Reed, 41, leads the group."], "They meet on Mondays."),
    (["Tom Reed, 41, leads the group."], "Captain Ana Ruiz said that he was late."),
    (["Tom Reed, 41, leads the group."], "“He was late,” the police said."),
)


@pytest.mark.parametrize(("before", "quote", "name"), CLEAR)
def test_clear(before: list[str], quote: str, name: str) -> None:
    """Where one person was named last, the pronoun is that person, by the full name."""
    found = referent(quote, before)
    assert found is not None
    assert name in found


@pytest.mark.parametrize(("before", "quote"), UNCLEAR)
def test_unclear(before: list[str], quote: str) -> None:
    """Two people, an unnamed one, a title that does not fit, or nobody: then nobody is named."""
    assert referent(quote, before) is None


def test_in_an_article() -> None:
    """The sentences before a quote are read from its article."""
    text = "The mayor, Ottilie Rask, thanked the fishermen. She has led the town since 2019."
    start = text.index("She")
    assert referent_at(text, start, len(text)) == "Ottilie Rask"
    assert referent_at(text, 0, start) is None


def test_the_pronoun() -> None:
    """What is said inside quotation marks is not the quote's own pronoun."""
    assert pronoun_of("“He is late,” she said.") == "she"
    assert pronoun_of("Nobody came.") is None


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=80))
def test_never_part_of_the_quote(before: list[str], quote: str) -> None:
    """Whatever the text, a referent is named before the quote and not in it."""
    found = referent(quote, before)
    assert found is None or found not in quote

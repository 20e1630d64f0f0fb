"""What can be seen in a sentence by plain patterns."""

from __future__ import annotations

import pytest

from assistant.language import patterns
from assistant.question.answer_kind import Kind
from assistant.retrieval.sentence_features import holds

HOLDS = (
    (Kind.DURATION, "The journey takes 47 minutes.", 1.0),
    (Kind.DURATION, "Eleven trains a day will run.", 0.0),
    (Kind.MEASURE, "Gusts of 118 kilometres an hour were measured.", 1.0),
    (Kind.MEASURE, "It was the strongest wind since 1990.", 0.0),
    (Kind.MONEY, "The repair costs 85,000 crowns.", 1.0),
    (Kind.MONEY, "It raised $1.35 billion.", 1.0),
    (Kind.MONEY, "It was expensive.", 0.0),
    (Kind.TIME, "It opens on Friday.", 1.0),
    (Kind.TIME, "It may be closed.", 0.0),  # a verb, not the month
    (Kind.TIME, "Temüjin was elected khan in 1186.", 1.0),
    (Kind.TIME, "The castle (1277) was theirs.", 1.0),
    (Kind.TIME, "It was torn down in the 1960s.", 1.0),
    (Kind.TIME, "Movable type was invented in the 12th century.", 1.0),
    (Kind.TIME, "He fled in the autumn.", 1.0),
    (Kind.TIME, "The city fell in 44 BC.", 1.0),
    (Kind.TIME, "They counted 1200 otters and saw 30 ad campaigns.", 0.0),  # no years
    (Kind.DURATION, "It has been on the air since 1951.", 1.0),
    (Kind.MEASURE, "Chloroplasts are 5–8 μm across.", 1.0),
    (Kind.REASON, "The cause is probably a broken sewer.", 1.0),
    (Kind.QUOTATION, "“It must be the first time,” said the director.", 1.0),
    (Kind.OTHER, "Anything at all in 2026.", 0.0),
)
NAMES = (
    ("Captain Ana Ruíz steered the ship.", ("Captain", "Ana", "Ruíz")),
    ("The harbour is closed.", ()),  # a first word alone is no name
    ("On Monday Élodie O’Brien spoke.", ("On", "Monday", "Élodie", "O’Brien")),
    ("“We won’t,” said Tom Reed.", ("Tom", "Reed")),
)


CAUSES = (
    ("A cracked pipe caused the fire.", True),
    ("The match was called off because of the rain.", True),
    ("The board blamed a broken valve.", True),
    ("After the match it rained.", False),
    ("The cause of the fire is not yet known.", False),
)
UNSAID = (
    ("The company did not yet know how the fire had started.", True),
    ("It is unclear why he left.", True),
    ("The board has not said who had fitted the pipe.", True),
    ("She declined to say when the bridge opens.", True),
    ("The cause of the crash is under investigation.", True),
    ("The cause was determined to be a crack.", False),
    ("He did not know the mayor.", False),
)


@pytest.mark.parametrize(("sentence", "names_one"), CAUSES)
def test_a_cause_is_named(sentence: str, *, names_one: bool) -> None:
    """A sentence with "because", "caused" and the like names a cause, one that says it is unknown doesn't."""
    assert patterns.names_cause(sentence) is names_one


@pytest.mark.parametrize(("sentence", "unsaid"), UNSAID)
def test_what_is_not_known(sentence: str, *, unsaid: bool) -> None:
    """A sentence may have every word of a question and say that nobody knows."""
    assert bool(patterns.UNSAID.search(sentence)) is unsaid


@pytest.mark.parametrize(("kind", "sentence", "value"), HOLDS)
def test_what_fits_a_kind(kind: Kind, sentence: str, value: float) -> None:
    """A sentence fits a question for a kind of answer if something of that kind stands in it."""
    assert holds(kind, sentence, new_names=0, new_numbers=0) == value


@pytest.mark.parametrize(("sentence", "found"), NAMES)
def test_names(sentence: str, found: tuple[str, ...]) -> None:
    """Capitalised words are names, the first word only when a second one follows it."""
    assert patterns.names(sentence) == found


def test_a_number_counts_what_follows_it() -> None:
    """A number counts the thing named within four words after it, and nothing before it."""
    otter = frozenset({"otter"})
    assert patterns.counts("They saw 14 adult river otters.", otter)
    assert not patterns.counts("Otters were seen in 14 places.", otter)


@pytest.mark.parametrize(
    ("sentence", "speaks"),
    [
        ("The mayor said the ferry was safe.", True),
        ("“It is safe,” said the mayor.", True),
        ("According to the mayor, it is safe.", True),
        ("The captain said the mayor had seen it.", False),
        ("The captain told the mayor that it was safe.", False),
        ("It is a ferry that the mayor has used for “ten years,” the captain said.", False),
        ("The captain said “the mayor is wrong”.", False),
    ],
)
def test_who_speaks(sentence: str, *, speaks: bool) -> None:
    """The speaker is named before the verb in the same clause or right behind it, outside the quotation."""
    assert patterns.speaks(sentence, "mayor") is speaks

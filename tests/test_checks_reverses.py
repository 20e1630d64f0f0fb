"""The rules of denials and reverses: which verbs and clauses they reach."""

from __future__ import annotations

from assistant.checking.rules.denials import denial_differs, stance
from assistant.checking.rules.directions import direction_differs


def test_a_denial_reaches_its_verb_and_what_it_counts() -> None:
    """The rest of the sentence is neither said nor denied; a denial that is denied reaches nothing."""

    def denied(text: str) -> list[str]:
        found = stance(text)
        return [found.words[place].text for place in sorted(found.denied)]

    assert denied("The ferry no longer calls at the port.") == ["calls"]
    assert denied("No doses were wasted.") == ["doses"]
    assert denied("It is not impossible to finish the bridge.") == ["impossible"]
    assert denied("They stopped short of calling for a vote.") == ["calling"]
    assert denied("No fewer than nine came.") == []


def test_the_reverse_counts_only_where_the_word_itself_is_not_said() -> None:
    """Who left a club and stayed at another did both."""
    assert direction_differs("The judge upheld the fine.", ("The judge quashed the fine.",)) == (
        "upheld",
        "quashed",
    )
    assert denial_differs("He stayed in Lyon.", ("He left Paris and stayed in Lyon.",)) is None


def test_words_that_say_the_reverse_are_found() -> None:
    """Not where the source has the statement's own word too."""
    assert direction_differs("Prices fell.", ("Prices rose.",)) == ("fell", "rose")
    assert direction_differs("Prices rose.", ("Prices rose after they fell.",)) is None


def test_a_denial_on_one_side_only_is_found() -> None:
    """Both directions count, and a word that denies by its meaning counts as a denial."""
    assert denial_differs("He did not resign.", ("He resigned on Monday.",))
    assert denial_differs("He resigned.", ("He did not resign.",))
    assert denial_differs("He said so.", ("He said so, and nobody was hurt.",)) is None
    assert denial_differs("They could not go.", ("They were unable to go.",)) is None
    assert denial_differs("He did not accept it.", ("He rejected it.",)) is None

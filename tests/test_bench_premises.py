"""The questions of bench/premises.py: what is made of a true one takes something else for granted."""

from __future__ import annotations

from assistant.question.premise import premise_of
from bench.premise_questions import TRUE, Asked, cases
from bench.premises import Outcome

GOLD = "The council of Brackmoor sold the old mill to Ada Lindgren in May. Mayor Tom Harkness thanked her."
OTHER = "The painter Vera Solberg opened a school in Dunhaven. It was built by the Norrby Company."
ASKED = (
    Asked("When did Brackmoor sell the old mill to Ada Lindgren?", GOLD, "own"),
    Asked("Who opened a school in Dunhaven?", OTHER, "own", "Vera Solberg", ("Vera Solberg", "Ada Lindgren")),
)


def test_true_questions_stay_as_they_are_and_a_statement_is_asked_about() -> None:
    """A question for who did something, with its answer, makes one that takes the answer for granted."""
    true = [case.text for case in cases(ASKED) if not case.false]
    assert ASKED[0].text in true
    assert any("did Vera Solberg open a school in Dunhaven" in text for text in true)


def test_false_questions_take_something_else_for_granted() -> None:
    """Each false question has a premise, and it is that of no true one."""
    made = cases(ASKED)
    told = {premise.told for case in made if case.kind == TRUE and (premise := premise_of(case.text))}
    false = [premise_of(case.text) for case in made if case.false]
    assert {case.kind for case in made} >= {"opposite", "other verb", "other name", "other answer"}
    assert None not in false
    assert not {premise.told for premise in false if premise} & told


def test_halves_share_no_question() -> None:
    """What was chosen on and what is reported are made of different questions."""
    one, other = ({case.text for case in cases(ASKED, half=half)} for half in (0, 1))
    assert one
    assert other
    assert not one & other


def test_an_outcome_is_told_by_premise_or_by_name_or_not_at_all() -> None:
    """Whoever is told by the premise is told once; a plain "don't say" tells nothing of it."""
    assert Outcome(premise=True, name=False, silent=False).told
    assert Outcome(premise=False, name=True, silent=False).told
    assert not Outcome(premise=False, name=False, silent=True).told

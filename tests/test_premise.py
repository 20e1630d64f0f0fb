"""What questions take for granted: that which is told in them, where it is clear who did what."""

from __future__ import annotations

import pytest

from assistant.question.premise import premise_of


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Haley win Delaware?", "Haley won Delaware"),
        ("Why did Germany send elephants to Botswana?", "Germany sent elephants to Botswana"),
        ("Why was the school in Alder Street closed?", "the school in Alder Street was closed"),
        ("Where does the ferry sail in winter?", "the ferry sails in winter"),
        ("How have prices risen since May?", "prices have risen since May"),
        ("When will Bahl leave the Rovers?", "Bahl will leave the Rovers"),
        ("How many seats did the party win in the north?", "the party won seats in the north"),
        ("What did the mayor want to buy?", "the mayor wanted to buy something"),
        ("What did the mayor promise to the port?", "the mayor promised something to the port"),
        ("Why did the crew need two boats to tow the ferry?", "the crew needed two boats to tow the ferry"),
        ("Who did the mayor thank?", "the mayor thanked somebody"),
        ("What did the council vote for?", "the council voted for something"),
        ("Which prize did Aske win at the festival?", "Aske won some prize at the festival"),
        ("In which year did the line close?", "the line closed"),
        ("In May, when did the company pay the captain?", "in May, the company paid the captain"),
        ("When did the mayor resign and who followed her?", "the mayor resigned"),
        ("Alder Street, when did the school close?", "Alder Street, the school closed"),
        ("And why did the shipyard burn down?", "the shipyard burned down"),
        ("why did carter boycott the olympics in moscow", "carter boycotted the olympics in moscow"),
        ("When was the tower built and why?", "the tower was built"),
        ("When did the shop open and close?", "the shop opened and closed"),
        ("How much did the lens cost the trust?", "the lens cost the trust"),
    ],
)
def test_premise(question: str, told: str) -> None:
    """What a question asks more about is told as a statement, its verb in the right form."""
    found = premise_of(question)
    assert found is not None
    assert found.told == told


@pytest.mark.parametrize(
    "question",
    [
        "Who won Delaware?",
        "Did Haley win Delaware?",
        "What is the capital of Botswana?",
        "Who was hurt in the fire?",
        "Which state is changing its law?",
        "Why did he resign?",
        "When did they find it?",
        "Why didn't the ferry sail?",
        "Why did the council not close the school?",
        "How do you pay for parking?",
        "What caused the fire?",
        "Tell me about the ferry.",
        "ferry fire causes",
        "What does the word mean?",
        "Where does the river start and end?",
        "Where does the name come from?",
        "",
    ],
)
def test_no_premise(question: str) -> None:
    """Nothing is taken for granted, or nothing sure: who did it, somebody unnamed, what is denied."""
    assert premise_of(question) is None


def test_of_several_sentences_the_one_that_asks_is_read() -> None:
    """What stands before the question is told, not asked."""
    found = premise_of("The lighthouse is dark. When did the trust buy the tower?")
    assert found is not None
    assert found.statement == "The trust bought the tower."

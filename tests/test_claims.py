"""What claims nothing needs no source; whatever says more is checked, however it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faultserver import FaultServer, Says
from writing import FIRE, QUESTION, key_of, told, written_by

from assistant import Mode, Support, answer, check_statement
from assistant.checking.claims import claims_nothing
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = "Two people were hurt when a lorry overturned near Orrowmere."
SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday"

CLAIMS = (
    "Following a fire at 10:30 on Sunday, 45 passengers died.",
    "Following a crash at 10:30 on Monday, 45 people died.",
    "Certainly the captain was drunk.",
    "Hi-tech firm Intel fired 15,000 staff.",
    "Sure, the captain was drunk!",
    "Of course the mayor lied.",
    "Of course: the mayor lied.",
    "Thanks to the strike, 900 flights fell.",
    "Thank you letters poured in from 40 countries.",
    "Hello Kitty sued Disney.",
    "Hi, the mayor resigned!",
    "You're welcome to mourn the 45 dead.",
    "Certainly not.",
    "Sure enough, the dam broke.",
    "Here the police shot six people:",
    "Here: the police shot six people.",
    "Here is the man who killed the mayor:",
    "Here is why the drunk captain fled: fear.",
    "Below the bridge the police found nine bodies:",
    "Below zero at 10:30: three froze.",
    "Following his arrest, the mayor confessed:",
    "Following the 10:15 to Leeds: two died.",
    "Here is what the articles say about the 45 dead passengers:",
    "Here is what the articles say about the captain, who was drunk:",
    "Here's what happened: the captain was drunk.",
    "I hope this helps the families of the 45 dead.",
    "I hope this helps, as the mayor was jailed.",
    "I hope that helps explain why he shot her.",
    "Let me know if the drunk captain calls again.",
    "Please let me know if you need more on how the mayor stole the money.",
    "Let me know if you want more, 45 passengers died.",
    "According to the articles: the captain was drunk",
    "Based on the articles, the captain was drunk.",
    "Your articles don't say so, but the company went bankrupt.",
    "Your articles don't mention that the captain was drunk.",
    "The articles do not say why the captain fled after killing the mate.",
    "The articles do not say how many of the 45 passengers survived.",
    "The sources don't say who paid the mayor; he took the bribe.",
    "The articles do not say whether the captain was drunk when the ship sank.",
    "The articles don't give the name of the man who shot the mayor.",
    "The article does not say that, the company went bankrupt.",
    "The sentences don't say it. The mayor lied",
    "The articles don't say much because the mayor jailed the editor.",
    "The captain was drunk, wasn't he?",
    "Isn't it true that the captain was drunk?",
    "Did you know that the captain was drunk?",
    "The captain was drunk. Right?",
    "Who but the mayor stole the money?",
    "Why was the captain drunk?",
    "Who won, after the judge had been bribed?",
    "How many of the 45 dead were children?",
    "Captain drunk:",
    "Intel bankrupt:",
    "Answer: no",
    "Answer: 45 dead.",
    "Summary: the captain was drunk",
    "In summary, the captain was drunk.",
    "Overall, 45 people died.",
    "Yes.",
    "No.",
    "No, they did not.",
    "Sources: the mayor lied",
    "The answer is 45.",
    "The answer is yes.",
    "Hi Tech sold everything.",
    "Certainly, they did.",
    "The article says that of course the mayor lied.",
    "**Certainly the captain was drunk.**",
    "According to the source, sure, the captain was drunk",
    "Good question: the captain was drunk.",
    "45",
    "Murder.",
    "She did.",
    "Thanks, captain, for killing her.",
    "The articles do not explain the mayor's lies or the fire's 45 victims.",
    "The sentence was short.",
    "The state found the documents.",
    "In summary, the sentence was short.",
    "The library will be free.",
    "Thanks to the captain.",
    "The report was wrong.",
    "The answer is here: the captain.",
    "They answered the question.",
    "We need more help.",
    "The articles do not only say that the captain was drunk.",
)
"""Statements that begin, or end, as what claims nothing does."""

NO_CLAIMS = (
    "Here is what the articles say:",
    "Here is what your articles say about the ferry fire:",
    "Here's what I found:",
    "Here's what I found in the articles:",
    "Here is a short summary:",
    "Here is a summary of the articles:",
    "Below is a brief overview of the articles:",
    "The following is based on the articles provided:",
    "In summary:",
    "To summarize:",
    "To sum up:",
    "In conclusion",
    "Overall:",
    "Sources:",
    "References",
    "Answer:",
    "Summary",
    "**Summary**",
    "Sure.",
    "Sure!",
    "Sure, here is the answer:",
    "Sure, here is what the articles say about the strike:",
    "Certainly!",
    "Certainly, I can help you with that.",
    "Of course!",
    "Of course, here is the information you asked for:",
    "Hello!",
    "Hi there!",
    "Hello, and thank you for your question.",
    "Thanks for asking!",
    "Thank you.",
    "You're welcome!",
    "Great question!",
    "I hope this helps!",
    "I hope that helps.",
    "I hope this answers your question.",
    "Let me know if you have any further questions.",
    "Please let me know if you need more information.",
    "Let me know if you want more details about this!",
    "Feel free to ask if you have more questions.",
    "According to the articles:",
    "Based on your articles,",
    "Based on the provided excerpts:",
    "According to the sources,",
    "Your articles don't say who won.",
    "The articles do not say.",
    "The articles do not mention this.",
    "The articles don't say whether the mayor resigned.",
    "The sources do not contain any information about the ferry fire.",
    "The articles do not provide details about the verdict.",
    "Unfortunately, the articles do not answer this question.",
    "The article does not say when the bridge will open.",
    "The sentences do not state how many people were hurt.",
    "The articles do not say who won the 2022 election.",
    "Your articles don't say that the company went bankrupt.",
    "Would you like more details?",
    "Do you want me to look for more?",
    "Can I help you with anything else?",
    "Is there anything else you want to know?",
    "Who won?",
    "How many people died in the fire?",
    "What did the company announce?",
    "The question is:",
    "Background:",
    "Casualties:",
    "…",
    "***",
    "-",
    "The articles say the following:",
    "The answer is below.",
    "The answer to your question is as follows:",
    "This is what the sources say about the election:",
    "The article says that thanks.",
    "Sorry, I could find nothing on this.",
    "I'm happy to help!",
)


@pytest.mark.parametrize("statement", CLAIMS)
def test_a_claim_that_looks_like_a_lead_in_is_checked(statement: str) -> None:
    """A greeting, a lead-in or an admission with something behind it never stands unchecked."""
    assert check_statement(statement, [SOURCE]).support is Support.UNSUPPORTED


@pytest.mark.parametrize("statement", NO_CLAIMS)
def test_greetings_leads_questions_and_admissions_claim_nothing(statement: str) -> None:
    """All of such a statement is talk: there is nothing to check."""
    assert claims_nothing(statement)
    assert check_statement(statement, [SOURCE]).support is Support.NO_CLAIM


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims") / "library"
    ingest_articles([FIRE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        yield server


def test_no_claim_of_a_model_stands_as_plain_prose(server: FaultServer, library: Path) -> None:
    """What a model puts behind "following" or "certainly" is marked like any other statement."""
    six = key_of(server, library, "Six people")
    hidden = (
        "Following a fire at 10:30 on Sunday, 45 passengers died.",
        "Certainly the captain was drunk.",
        "Hi-tech firm Intel fired 15,000 staff.",
        "I hope this helps the widows of the 45 dead.",
        "Your articles don't mention that the captain was drunk.",
    )
    server.script = [Says([" ".join([f"{SIX} [{six}].", *hidden])])]

    given = answer(QUESTION, library=library)

    assert given.mode is Mode.WRITTEN
    assert told(given) == [
        (f"{SIX}.", (1,), Support.SUPPORTED),
        *((text, (), Support.UNSUPPORTED) for text in hidden),
    ]


def test_talk_of_a_model_about_its_answer_needs_no_source(server: FaultServer, library: Path) -> None:
    """Greetings and offers are no claims, and an admission may name what was asked about."""
    six = key_of(server, library, "Six people")
    talk = ("Here is what the articles say about the fire.", "Your articles don't say who was hurt.")
    server.script = [Says([f"Certainly! {talk[0]} {SIX} [{six}]. {talk[1]} I hope this helps!"])]

    given = answer(QUESTION, library=library)

    assert [(text, support) for text, _, support in told(given)] == [
        ("Certainly!", Support.NO_CLAIM),
        (talk[0], Support.NO_CLAIM),
        (f"{SIX}.", Support.SUPPORTED),
        (talk[1], Support.NO_CLAIM),
        ("I hope this helps!", Support.NO_CLAIM),
    ]


def test_an_admission_takes_nothing_for_granted(server: FaultServer, library: Path) -> None:
    """What neither the question nor an article says can't hide in what the articles are said not to say."""
    six = key_of(server, library, "Six people")
    admission = "Your articles don't say how the drunk captain fled."
    server.script = [Says([f"{SIX} [{six}]. {admission}"])]

    given = answer(QUESTION, library=library)

    assert told(given)[1] == (admission, (), Support.UNSUPPORTED)

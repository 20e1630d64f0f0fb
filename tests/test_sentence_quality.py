"""Sentences that can stand alone, headlines and captions that can't, and two that say the same."""

from __future__ import annotations

import pytest

from assistant.quoting.sentence_quality import (
    is_label,
    is_page_furniture,
    leans_back,
    only_asks,
    promises,
    retells_a_post,
    same,
    tells_a_question,
)

LABELS = (
    "By Piet Anselmo",
    "Photo: the ferry at dawn.",
    "Six hurt in ferry fire",
    "The pier. AP Photo",
    "READ MORE",
    "What it cost:Mayor explains the bill for the new bridge, ferry operators say",
)
SENTENCES = ("Six people were hurt.", "“We will not give up,” said Tom Reed.", "By noon Ana Ruiz had left.")


@pytest.mark.parametrize("text", LABELS)
def test_labels(text: str) -> None:
    """Headlines, bylines, captions and credits say nothing by themselves."""
    assert is_label(text, "Ferry fire")


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(text: str) -> None:
    """Whole sentences are no labels, unless they are the title."""
    assert not is_label(text, "Ferry fire")
    assert is_label(text, text)


def test_what_belongs_to_the_page() -> None:
    """A link within the text, a credit or a byline is none of its sentences; a short headline still tells."""
    assert is_page_furniture("GRAPHICS:Ripple effect: How the bank's collapse affects other banks")
    assert is_page_furniture("Ferry fire:'Nobody knew': Mayor speaks of the night, six weeks later")
    assert is_page_furniture("March:FBI looks into the fire on the ferry, which burned all night long")
    assert is_page_furniture("The claim: Divers set the ferry on fire on the orders of the mayor.")
    assert is_page_furniture("By Piet Anselmo")
    assert is_page_furniture("Correction: The ferry burned for two hours, not three.")
    assert is_page_furniture("A previous version of this article misspelled the captain's name.")
    assert is_page_furniture("Smart news in your inbox: Sign up for the Harbour newsletter")
    assert not is_page_furniture("The council's correction of the plan cost nine million crowns.")
    assert not is_page_furniture("Residents can sign up for the free swimming course.")
    assert not is_page_furniture("The talks: six hours, no result.")
    assert not is_page_furniture("At 9:30 the ferry left.")
    assert not is_page_furniture("Seen from the pier:A burning ferry drifted past Gull Point.")
    assert not is_page_furniture("Six hurt in ferry fire")


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Here's what we know about the ferry fire.", True),
        ("In preparation for the big night, here are the films with the most prizes.", True),
        ("Full list of the winners:", True),
        ("Check out the list of winners (in bold).", True),
        ("The mayor said: “Here is the bridge.”", False),
        ("Tom Reed was here.", False),
    ],
)
def test_promises(text: str, *, only: bool) -> None:
    """A sentence that announces what the article will tell doesn't tell it."""
    assert promises(text) is only


def test_asking_is_not_answering() -> None:
    """A sentence that ends with a question mark asks, also within quotation marks."""
    assert only_asks("How did the ferry burn?")
    assert only_asks("“Who will pay?”")
    assert not only_asks("“Who will pay?” asked Tom Reed.")


@pytest.mark.parametrize(
    "text",
    [
        "“The mayor has sold the bridge,” reads the post.",
        "A May 4 Facebook post (direct link, archive link) shows a burning ferry.",
        "The bridge is made of cheese, claims one viral video.",
    ],
)
def test_retold_posts(text: str) -> None:
    """Fact checks quote what they refute: such a sentence tells what was posted, not what is so."""
    assert retells_a_post(text)


@pytest.mark.parametrize(
    "text",
    ["She said in a Facebook post that she would resign.", "The mayor posted a video.", "The ferry burned."],
)
def test_what_people_say_themselves(text: str) -> None:
    """What somebody says by a post of their own is news."""
    assert not retells_a_post(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("The captain was asked if he saw the night as a failure.", True),
        ("Many wondered whether the ferry would ever sail again.", True),
        ("Asked whether he would sail again, the captain said he would.", False),
        ("The captain was asked if he had slept: “No,” came the answer.", False),
        ("The council asked for nine million crowns.", False),
    ],
)
def test_a_question_told(text: str, *, only: bool) -> None:
    """A sentence that tells what was asked, and no reply, answers nothing."""
    assert tells_a_question(text) is only


def test_leaning_back() -> None:
    """A sentence that begins by pointing back needs the one before."""
    assert leans_back("“It was cold,” she said.")
    assert leans_back("But they stayed.")
    assert not leans_back("The ferry burned.")


def test_the_same() -> None:
    """Two sentences with nearly the same words say the same, unless their numbers differ."""
    first = "Nine people were injured in the ferry fire on Sunday."
    assert same(first, "In the ferry fire on Sunday nine people were injured, police said.")
    assert not same(first, "In the ferry fire on Sunday six people were injured, police said.")
    assert not same("It was.", "So it is.")

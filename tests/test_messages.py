"""What a reader is told in the language of the question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.answers import CANNOT_ANSWER, Answer, Citation
from assistant.language.english import language_asked_in
from assistant.messages import CATALOGUE, Message, told
from assistant.rendering.render import answer_text
from assistant.web.api.completions import completion_text, prose_of
from assistant.web.html.excerpts import Excerpt
from assistant.web.html.turns import no_answer_html
from ingest import Article, Sentence, ingest_articles, split_sentences

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = {
    "en": "Who paid for the new bridge?",
    "de": "Wer hat die neue Brücke bezahlt?",
    "fr": "Qui a payé le nouveau pont ?",
    "es": "¿Quién ha pagado el puente nuevo?",
    "it": "Chi ha pagato il nuovo ponte?",
    "pt": "Quem pagou a ponte nova?",
    "nl": "Wie heeft de nieuwe brug betaald?",
    "ru": "Кто заплатил за новый мост?",
    "pl": "Kto zapłacił za nowy most?",
    "ja": "新しい橋の費用は誰が払ったのですか。",
}
FAR_OFF = {
    "en": "Who trains the handball team?",
    "de": "Wer trainiert die Handballerinnen?",
    "fr": "Qui entraîne l'équipe de handball ?",
}
GERMAN = Article(
    text="Der Leuchtturm auf Möwenstein wird restauriert. Die Arbeiten kosten 2,4 Millionen Kronen.",
    title="Leuchtturm wird restauriert",
    origin="de.txt",
    language="de",
)


@pytest.mark.parametrize("language", CATALOGUE)
def test_the_catalogue_is_whole(language: str) -> None:
    """Each language has each message, with the same values to be put into it."""
    messages = CATALOGUE[language]
    assert list(messages) == list(Message)
    for message, text in messages.items():
        assert re.findall(r"{\w*}", text) == re.findall(r"{\w*}", CATALOGUE["en"][message])


@pytest.mark.parametrize(("language", "question"), QUESTIONS.items())
def test_a_question_tells_its_language(language: str, question: str) -> None:
    """Six words are enough."""
    assert language_asked_in(question) == language


def test_a_language_without_messages_is_told_in_english() -> None:
    """What the catalogue hasn't is English."""
    assert told(Message.CANNOT_ANSWER, "ja") == CANNOT_ANSWER


def test_no_answer_is_told_in_the_language_of_the_question(tmp_path: Path) -> None:
    """A German question that nothing answers is told so in German, an English one in English."""
    ingest_articles([GERMAN], tmp_path / "library")
    asked = {code: answer(question, library=tmp_path / "library").text for code, question in FAR_OFF.items()}
    assert asked == {code: CATALOGUE[code][Message.CANNOT_ANSWER] for code in FAR_OFF}


@pytest.mark.parametrize("language", CATALOGUE)
def test_the_nearest_sentences_are_offered_in_it_too(language: str) -> None:
    """Text, page and completions say it; what a client sends back of it is no answer."""
    sentence = Citation.of(GERMAN, _sentence(), number=1)
    found = Answer("?", answered=False, confidence=0.1, consulted=(sentence,), language=language)
    messages = CATALOGUE[language]
    assert answer_text(found, width=None).startswith(
        f"{messages[Message.CANNOT_ANSWER]}\n\n{messages[Message.CLOSEST]}:\n\n"
    )
    page = no_answer_html(found, [Excerpt(sentence, "", "", checked=True)])
    for message in set(Message) - {Message.BEING_READIED}:
        assert messages[message].replace("'", "&#x27;") in page
    assert prose_of(completion_text(found)) == CANNOT_ANSWER


def test_a_quotation_is_marked_with_its_language() -> None:
    """A German one says so to readers and to what reads aloud; an English one says nothing."""
    sentence = Citation.of(GERMAN, _sentence(), number=1)
    found = Answer("?", answered=False, confidence=0.1, consulted=(sentence,))
    assert "date unknown: Leuchtturm wird restauriert, in German" in answer_text(found, width=None)
    page = no_answer_html(found, [Excerpt(sentence, "", "", checked=True)])
    assert '<span class="quote" dir="auto" lang="de">' in page
    assert '<span class="date">in German</span>' in page


def _sentence() -> Sentence:
    return split_sentences(GERMAN.text)[0]

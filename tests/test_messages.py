"""What a reader is told in the language of the question."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from assistant import answer
from assistant.answers import CANNOT_ANSWER, Answer, Citation, Conflict, Mode, Statement, Support
from assistant.language.english import language_asked_in
from assistant.messages import CATALOGUE, Message, told
from assistant.rendering.render import answer_text
from assistant.web.api.completions import completion_text, prose_of
from assistant.web.html.excerpts import Excerpt
from assistant.web.html.exporting import answer_file
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
OFFERED = (
    Message.CANNOT_ANSWER,
    Message.CLOSEST,
    Message.MIGHT_HELP,
    Message.NAME_THINGS,
    Message.ASK_FOR_ONE,
    Message.ADD_ARTICLES,
)
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
    for message in OFFERED:
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


def written_in(language: str) -> Answer:
    """Return a written answer in a language, with one statement that is in no source."""
    cited = replace(Citation.of(GERMAN, _sentence(), number=1), published=date(2024, 5, 4), source="Zeitung")
    statements = (
        Statement("Der Leuchtturm wird restauriert.", (1,), Support.SUPPORTED),
        Statement("Er wird gesprengt.", (1,), Support.UNSUPPORTED),
    )
    return Answer(
        QUESTIONS[language],
        answered=True,
        confidence=0.9,
        statements=statements,
        citations=(cited,),
        mode=Mode.WRITTEN,
        conflicts=(Conflict((1,), "die Kosten"),),
        language=language,
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("(nicht in den Quellen)", "4. Mai 2024", "Die Quellen weichen ab: die Kosten.")),
        ("es", ("(no está en las fuentes)", "4 de mayo de 2024", "Las fuentes difieren: die Kosten.")),
    ],
)
def test_what_is_saved_is_in_the_language_of_the_question(language: str, said: tuple[str, ...]) -> None:
    """On the command line, as Markdown, as HTML and in Word: labels, days, what sources differ about."""
    given = written_in(language)
    as_text = [answer_text(given, width=None), given.to_markdown().replace("\\", "")]
    as_text += [unescape(answer_file("Titel", [given], "html").decode())]
    with ZipFile(BytesIO(answer_file("Titel", [given], "docx"))) as word:
        as_text += ["".join(word.read(name).decode() for name in word.namelist() if name.endswith(".xml"))]
    for text in as_text:
        assert [each for each in said if each not in text] == []
        assert "not in the sources" not in text
    assert told(Message.NOT_SAID, language) in as_text[2]

"""The check reads English; of other languages only what keeps to the words of its source is certified."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from faultserver import FaultServer, Says
from translations import TRANSLATIONS
from writing import key_of, told, written_by

from assistant import Mode, Support, answer, check_statement
from assistant.rendering.render import answer_text
from assistant.web.html.statements import BADGES, WORDS
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READ_WORD_BY_WORD = {"Dutch", "French", "German", "Italian", "Polish", "Portuguese", "Russian", "Spanish"}
ENGLISH = (
    # headlines, captions, names alone, names and quotations of other languages, numbers, dates
    "Mayor of Łódź quits",
    "Man City thump Real Sociedad",
    "Djokovic outlasts Alcaraz",
    "DR Congo: M23 takes Goma",
    "Jürgen Klopp, Luis Díaz, Darwin Núñez",
    "Nguyễn Phú Trọng",
    "São Paulo, Brazil",
    "MAYOR QUITS",
    "€2.4 million",
    "12/05/2026",
    "11 a.m.",
    "“Roma” wins.",
    "Zelenskyy meets Erdoğan in Ankara.",
    "Lionel Messi joined Inter Miami.",
    "The band Die Toten Hosen played in Berlin.",
    "Xi Jinping (习近平) visited Paris on Monday.",
    "The chef serves bouillabaisse and tarte Tatin.",
    "Ouagadougou declares curfew.",
    "Bayern Munich beat Borussia Dortmund 3-1.",
    "Ms. Al-Zawahiri told Die Zeit that she had left Der Spiegel.",
    "Email: desk@gazette.example",
    "“We’re gutted,” said Siobhán Ní Dhálaigh.",
    "Kraków's mayor, Jacek Majchrowski, steps down.",
    "The Eyjafjallajökull volcano erupted in 2010.",
    "Is oil up?",
)


@pytest.mark.parametrize(("language", "sentence", "true", "false"), TRANSLATIONS)
def test_other_languages_are_hardly_checked(language: str, sentence: str, true: str, false: str) -> None:
    """No false statement is certified and no true one rejected; a sentence word for word is certified."""
    assert check_statement(false, [sentence]).support is not Support.SUPPORTED
    assert check_statement(true, [sentence]).support is not Support.UNSUPPORTED
    if language not in READ_WORD_BY_WORD:
        for statement in (true, false):
            verdict = check_statement(statement, [sentence])
            assert verdict.support is Support.UNCHECKED_LANGUAGE, (language, statement)
            assert verdict.sentences == ()
    assert check_statement(sentence, [false, sentence]).support is Support.SUPPORTED
    assert check_statement(sentence, [false, sentence]).sentences == (1,)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_checked_whatever_names_it_has(text: str) -> None:
    """Headlines, names, dates and words of other languages don't make a text a foreign one."""
    sentence = "The Orrow rose above the road at Gull Point."
    assert check_statement(text, [sentence]).support is not Support.UNCHECKED_LANGUAGE
    assert check_statement(sentence, [text]).support is Support.UNSUPPORTED


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Der Minister tritt nicht zurück.", "The minister resigns, his office said."),
        ("The minister resigns.", "Der Minister tritt am Dienstag zurück."),
        ("The minister resigned. Der Kanzler bleibt nicht im Amt.", "The minister resigned."),
        ("The minister resigned, aber der Kanzler bleibt nicht im Amt.", "The minister resigned."),
        ("The minister resigned. 市长没有辞职。", "The minister resigned."),
        ("The article says that der Minister nicht zurücktritt.", "Der Minister tritt zurück."),
        ("DER MINISTER REIST NACH PARIS AB", "Der Minister tritt zurück."),
        ("Macron will resign, he said.", "Macron said: “Je ne démissionnerai pas avant mai.”"),
    ],
)
def test_neither_is_a_mixture(statement: str, sentence: str) -> None:
    """One of the two in another language, or a part of the statement, leaves it unchecked."""
    assert check_statement(statement, [sentence]).support is Support.UNCHECKED_LANGUAGE


def test_a_foreign_quotation_in_an_english_text_has_to_be_verbatim() -> None:
    """The English around it is checked; the quotation stands in the source, or nothing is certified."""
    sentence = "Macron told reporters on Tuesday: “Je ne démissionnerai pas avant mai.”"
    right = check_statement("Macron told reporters: “Je ne démissionnerai pas avant mai.”", [sentence])
    wrong = check_statement("Macron told reporters: “Je démissionnerai avant mai.”", [sentence])
    assert right.support is Support.SUPPORTED
    assert wrong.support is not Support.SUPPORTED


def test_part_of_a_sentence_is_not_the_sentence() -> None:
    """What stands before a denial is not what the sentence says."""
    for statement, sentence in (
        ("Der Minister kommt", "Der Minister kommt nicht."),
        ("市长辞职", "市长辞职是谣言。"),
        ("Le maire a démissionné", "Le maire a démissionné, ont menti ses adversaires."),
    ):
        assert check_statement(statement, [sentence]).support is Support.UNCHECKED_LANGUAGE


def test_an_english_source_among_others_is_still_read() -> None:
    """What it says is supported by it; what it doesn't say may be in the other one."""
    sources = ["The minister resigned on Tuesday.", "Der Kanzler bleibt im Amt."]
    assert check_statement("The minister resigned.", sources).sentences == (0,)
    assert check_statement("The chancellor stays.", sources).support is Support.UNCHECKED_LANGUAGE


def test_marks_and_spaces_are_no_words() -> None:
    """A sentence with other quotation marks, spaces and full stop is the same sentence."""
    sentence = "„Der Minister tritt  zurück“, sagte sein Sprecher."
    statement = '"Der Minister tritt zurück", sagte sein Sprecher'
    assert check_statement(statement, [sentence]).support is Support.SUPPORTED


def test_english_that_is_plain_loads_no_language_model() -> None:
    """Only what may be in another language costs the memory and the time of telling which."""
    code = (
        "import sys; from assistant.language.english import is_foreign; "
        "assert not is_foreign('Six people were hurt when the ferry caught fire on Sunday.'); "
        "print('py3langid' in sys.modules); "
        "assert is_foreign('Sechs Menschen wurden verletzt.'); print('py3langid' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


QUESTION = "Was sagt die Hafenbehörde zum Brand auf der Fähre Marigold?"
BRAND = Article(
    text=(
        "Sechs Menschen wurden verletzt, als die Fähre Marigold am Sonntag in Brand geriet. "
        "Die Hafenbehörde sperrte nach dem Brand auf der Fähre den Pier bis Freitag."
    ),
    title="Brand auf der Fähre Marigold",
    origin="brand.txt",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages") / "library"
    ingest_articles([BRAND], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        yield server


PIER = "Die Hafenbehörde sperrte nach dem Brand auf der Fähre den Pier bis Freitag."
FALSE = "Die Hafenbehörde kennt die Ursache des Feuers."
DENIED = "Die Hafenbehörde sperrte den Pier nicht."


def test_a_written_answer_in_another_language_is_shown_as_not_checked(
    server: FaultServer, library: Path
) -> None:
    """Its footnotes stay, what is word for word is supported, and the reader is told of the rest."""
    key = key_of(server, library, "Hafenbehörde", QUESTION)
    server.script = [Says([f"{PIER.removesuffix('.')} [{key}]. {FALSE.removesuffix('.')} [{key}]."])]

    given = answer(QUESTION, library=library)

    assert given.mode is Mode.WRITTEN
    assert told(given) == [(PIER, (1,), Support.SUPPORTED), (FALSE, (1,), Support.UNCHECKED_LANGUAGE)]
    assert any("only what keeps to their words" in notice for notice in given.notices)
    assert f"{FALSE} [1] (in dieser Sprache nicht geprüft)" in answer_text(given, width=500)
    assert r"\(in dieser" not in given.to_markdown()
    assert "(in dieser Sprache nicht geprüft)" in given.to_markdown()
    assert json.loads(json.dumps(given.to_dict()))["statements"][1]["support"] == "unchecked_language"


def test_a_written_denial_of_what_the_source_says_is_refused(server: FaultServer, library: Path) -> None:
    """In German too: the source has the same words without the denial."""
    key = key_of(server, library, "Hafenbehörde", QUESTION)
    server.script = [Says([f"{PIER.removesuffix('.')} [{key}]. {DENIED.removesuffix('.')} [{key}]."])]
    given = answer(QUESTION, library=library)
    assert [statement.support for statement in given.statements] == [Support.SUPPORTED, Support.UNSUPPORTED]


def test_with_drop_only_what_is_supported_is_left(
    server: FaultServer, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who wants nothing unsupported gets nothing unchecked either, and is told why there are quotations."""
    key = key_of(server, library, "Hafenbehörde", QUESTION)
    monkeypatch.setenv("FOOTNOTE_UNSUPPORTED", "drop")
    server.script = [Says([f"{FALSE.removesuffix('.')} [{key}]."])]

    given = answer(QUESTION, library=library)

    assert given.mode is Mode.QUOTES
    assert any("is in another language" in notice for notice in given.notices)


def test_every_verdict_has_words() -> None:
    """No state is shown by colour alone."""
    assert set(WORDS) == set(Support)
    assert BADGES[Support.UNCHECKED_LANGUAGE] == "not checked in this language"


@pytest.mark.parametrize(
    "label", ["(meta data) TITLE: Toby Fox", "(file photo) John Kerr", "[video] Ann Lee (via app)"]
)
def test_a_label_in_brackets_makes_no_source_foreign(label: str) -> None:
    """Names with a term in brackets are of no language: what the other sentences lack is not supported."""
    verdict = check_statement("The mayor resigned.", ["The harbour was closed on Monday.", label])
    assert verdict.support is Support.UNSUPPORTED

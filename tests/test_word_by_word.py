"""The check in eight other languages, on statements written for it."""

from __future__ import annotations

import pytest

from assistant import Support, check_statement
from assistant.checking.word_by_word import read_word_by_word
from bench.other_statements import (
    ATTACKS,
    LATER,
    LATER_STATEMENTS,
    LEAST_LATER,
    LEAST_TRUE,
    attacks,
    statements,
)

EVERY = list(statements())
CARRIED = (
    ("Die Bahn streicht im Mai 20 Züge.", "Die Bahn streicht Züge."),
    ("Die Bahn streicht zwanzig Züge, weil Personal nicht da ist.", "Die Bahn streicht zwanzig Züge."),
    ("Der Trainer lobte Anna am Montag.", "Am Montag lobte der Trainer Anna."),
    ("Auf der A7 brannte am 3. Mai 2024 ein Bus.", "Ein Bus brannte."),
    ("In der Nähe von Passau entgleiste ein Zug.", "Ein Zug entgleiste."),
    ("Die Sitzung beginnt um 18.30 Uhr in Bad Orb.", "Die Sitzung beginnt."),
    ("Le maire a inauguré le 3 mai 2024 le musée.", "Le maire a inauguré un musée."),
    ("El alcalde inauguró el 3 de mayo de 2024 el museo.", "El alcalde inauguró un museo."),
    ("Ayer llegaron tres barcos a Cádiz.", "Llegaron 3 barcos."),
    ("Вчера мэр открыл школу в Озёрске.", "Мэр открыл школу."),
)
WRONG = (
    (
        "Die neue Brücke kostet die Stadt 3,5 Millionen Euro.",
        "Die neue Brücke kostet die Stadt 5,3 Millionen Euro.",
        "“3.5” where this has “5.3”",
    ),
    ("El museo abre en mayo.", "El museo abre en junio.", "“mayo” where this has “junio”"),
    ("Il treno parte lunedì.", "Il treno parte martedì.", "“lunedì” where this has “martedì”"),
    ("De burgemeester treedt af.", "De burgemeester treedt niet af.", "without denying it"),
    ("Le maire démissionne.", "Le maire ne démissionne pas.", "without denying it"),
)
UNREAD = (
    ("Der Minister kommt nicht am Montag.", "Der Minister kommt nicht."),
    ("Wenn es regnet, fällt das Spiel am Montag aus.", "Das Spiel fällt aus."),
    ("Der Minister sagte, die Steuern steigen im Mai.", "Die Steuern steigen."),
    ("„Die Steuern steigen im Mai.“", "Die Steuern steigen."),
    ("Gestern retteten im Hafen von Kiel Polizisten Kinder.", "Gestern retteten Kinder."),
    ("Die Partei ist im Osten von Polen stärkste Kraft.", "Die Partei ist stärkste Kraft."),
    ("Steigen die Steuern im Mai?", "Steigen die Steuern?"),
    ("Den Hund biss der Mann.", "Der Hund biss den Mann."),
    ("Borgmästaren avgick i tisdags.", "Borgmästaren avgick."),
    ("", "Die Steuern steigen."),
)


@pytest.mark.parametrize("language", sorted({each.language for each in EVERY}))
def test_no_false_statement_is_supported_and_half_of_the_true_are(language: str) -> None:
    """The battery of each language: 28 false, 28 true, and no true one is refused."""
    own = [each for each in EVERY if each.language == language]
    assert [each.text for each in own if not each.true and each.support is Support.SUPPORTED] == []
    assert [each.text for each in own if each.true and each.support is Support.UNSUPPORTED] == []
    supported = [each.support is Support.SUPPORTED for each in own if each.true]
    assert sum(supported) >= LEAST_TRUE * len(supported)


@pytest.mark.parametrize("half", LATER)
def test_what_was_written_later_is_read_no_worse(half: str) -> None:
    """Ten German sentences more: no false statement on them is supported, and no true one refused."""
    own = list(statements(LATER_STATEMENTS / half))
    assert [each.text for each in own if not each.true and each.support is Support.SUPPORTED] == []
    supports = [each.support for each in own if each.true]
    assert Support.UNSUPPORTED not in supports
    assert supports.count(Support.SUPPORTED) >= LEAST_LATER * len(supports)


def test_no_attack_is_supported() -> None:
    """Views, conditions, plans and stories of others are not left out; nor is half a number."""
    tried = [each for path in ATTACKS for each in attacks(path)]
    assert [each.text for each in tried if each.support is Support.SUPPORTED] == []


@pytest.mark.parametrize(("sentence", "statement"), CARRIED)
def test_what_only_leaves_out_a_time_a_place_or_a_reason_is_carried(sentence: str, statement: str) -> None:
    """It may move to the front too, an article become indefinite, a number be written in digits."""
    assert read_word_by_word(statement, sentence).carried
    assert check_statement(statement, [sentence]).support is Support.SUPPORTED


@pytest.mark.parametrize(("sentence", "statement", "reason"), WRONG)
def test_one_value_or_denial_that_differs_is_told(sentence: str, statement: str, reason: str) -> None:
    """A number, a month, a weekday, a denial: the verdict says which."""
    verdict = check_statement(statement, [sentence])
    assert (verdict.support, verdict.denied) == (Support.UNSUPPORTED, True)
    assert reason in verdict.reason


@pytest.mark.parametrize(("sentence", "statement"), UNREAD)
def test_of_all_else_nothing_is_said(sentence: str, statement: str) -> None:
    """Beside denials, conditions, quotations, questions nothing is left out; other languages are unread."""
    reading = read_word_by_word(statement, sentence)
    assert (reading.carried, reading.otherwise) == (False, None)


def test_sources_that_differ_are_a_conflict() -> None:
    """One has the number of the statement, the other another one."""
    verdict = check_statement(
        "Bei dem Brand starben drei Menschen.",
        ["Bei dem Brand starben am Montag drei Menschen.", "Bei dem Brand starben am Montag vier Menschen."],
    )
    assert (verdict.support, verdict.sentences, verdict.against) == (Support.CONFLICTING, (0,), (1,))

"""Dates in questions of eight languages."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.language.foreign_periods import foreign_period
from assistant.language.locales import READ, month_numbers, number_signs, weekday_numbers
from assistant.question.query import understand

ASKED_ON = date(2024, 5, 15)
MARCH = (date(2024, 3, 1), date(2024, 3, 31))
THIRD = (date(2024, 3, 3), date(2024, 3, 3))
LAST_YEAR = (date(2023, 1, 1), date(2023, 12, 31))
SINCE = (date(2024, 3, 1), ASKED_ON)
UNTIL = (None, date(2024, 3, 31))
APRIL = (date(2024, 4, 1), date(2024, 4, 30))
YESTERDAY = (date(2024, 5, 14), date(2024, 5, 14))
CASES = (
    ("de", "Was geschah im März 2024 in Köln?", MARCH),
    ("de", "Was geschah im März?", MARCH),
    ("de", "Wer kam am 3. März 2024 an?", THIRD),
    ("de", "Wer kam am 3.3.2024 an?", THIRD),
    ("de", "Wie viele Brände gab es im Jahr 2023?", LAST_YEAR),
    ("de", "Was ist seit März 2024 teurer?", SINCE),
    ("de", "Was wurde bis März 2024 gebaut?", UNTIL),
    ("de", "Was geschah letzten Monat?", APRIL),
    ("de", "Wer sprach gestern im Rathaus?", YESTERDAY),
    ("fr", "Que s'est-il passé en mars 2024 ?", MARCH),
    ("fr", "Que s'est-il passé au mois de mars ?", MARCH),
    ("fr", "Qui est arrivé le 3 mars 2024 ?", THIRD),
    ("fr", "Combien d'incendies en 2023 ?", LAST_YEAR),
    ("fr", "Qu'est-ce qui a augmenté depuis mars 2024 ?", SINCE),
    ("fr", "Que s'est-il passé le mois dernier ?", APRIL),
    ("es", "¿Qué pasó en marzo de 2024?", MARCH),
    ("es", "¿Quién llegó el 3 de marzo de 2024?", THIRD),
    ("es", "¿Cuántos incendios hubo el año pasado?", LAST_YEAR),
    ("es", "¿Qué ha subido desde marzo?", SINCE),
    ("es", "¿Qué pasó el mes pasado?", APRIL),
    ("it", "Che cosa è successo a marzo 2024?", MARCH),
    ("it", "Chi è arrivato il 3 marzo 2024?", THIRD),
    ("it", "Quanti incendi nel 2023?", LAST_YEAR),
    ("it", "Che cosa costa di più da marzo?", SINCE),
    ("it", "Che cosa è successo lo scorso mese?", APRIL),
    ("pt", "O que aconteceu em março de 2024?", MARCH),
    ("pt", "Quem chegou a 3 de março de 2024?", THIRD),
    ("pt", "Quantos incêndios houve no ano passado?", LAST_YEAR),
    ("pt", "O que subiu desde março de 2024?", SINCE),
    ("pt", "Quem falou ontem?", YESTERDAY),
    ("nl", "Wat gebeurde er in maart 2024?", MARCH),
    ("nl", "Wie kwam er op 3 maart 2024 aan?", THIRD),
    ("nl", "Hoeveel branden waren er in 2023?", LAST_YEAR),
    ("nl", "Wat is er sinds maart duurder?", SINCE),
    ("nl", "Wat gebeurde er vorige maand?", APRIL),
    ("ru", "Что произошло в марте 2024 года?", MARCH),
    ("ru", "Кто приехал 3 марта 2024 года?", THIRD),
    ("ru", "Сколько пожаров было в 2023 году?", LAST_YEAR),
    ("ru", "Что подорожало с марта 2024 года?", SINCE),
    ("ru", "Кто выступал вчера?", YESTERDAY),
    ("pl", "Co się stało w marcu 2024 roku?", MARCH),
    ("pl", "Kto przyjechał 3 marca 2024?", THIRD),
    ("pl", "Ile było pożarów w 2023 roku?", LAST_YEAR),
    ("pl", "Co podrożało od marca 2024?", SINCE),
    ("pl", "Co się stało w zeszłym miesiącu?", APRIL),
)
MONDAY = (date(2024, 5, 13), date(2024, 5, 13))
SINCE_MONDAY = (date(2024, 5, 13), ASKED_ON)
UNTIL_MONDAY = (None, date(2024, 5, 13))
WEDNESDAY, WEEK_BEFORE = (ASKED_ON, ASKED_ON), (date(2024, 5, 8), date(2024, 5, 8))
WEEKDAYS = (
    ("de", "Was geschah am Montag?", MONDAY),
    ("de", "Was geschah am vergangenen Montag?", MONDAY),
    ("de", "Was sagte der Minister am Mittwoch?", WEDNESDAY),
    ("de", "Was sagte der Minister letzten Mittwoch?", WEEK_BEFORE),
    ("de", "Was ist seit Montag bekannt?", SINCE_MONDAY),
    ("de", "Wer bewarb sich bis zum Montag?", UNTIL_MONDAY),
    ("fr", "Que s'est-il passé lundi ?", MONDAY),
    ("fr", "Que s'est-il passé lundi dernier ?", MONDAY),
    ("fr", "Qu'a dit le ministre mercredi dernier ?", WEEK_BEFORE),
    ("fr", "Que sait-on depuis lundi ?", SINCE_MONDAY),
    ("es", "¿Qué pasó el lunes?", MONDAY),
    ("es", "¿Qué pasó el pasado lunes?", MONDAY),
    ("es", "¿Qué dijo el ministro el miércoles pasado?", WEEK_BEFORE),
    ("es", "¿Qué se sabe desde el lunes?", SINCE_MONDAY),
    ("it", "Che cosa è successo lunedì?", MONDAY),
    ("it", "Che cosa è successo lo scorso lunedì?", MONDAY),
    ("it", "Che cosa ha detto il ministro mercoledì scorso?", WEEK_BEFORE),
    ("it", "Che cosa si sa da lunedì?", SINCE_MONDAY),
    ("pt", "O que aconteceu na segunda-feira?", MONDAY),
    ("pt", "O que aconteceu na última segunda-feira?", MONDAY),
    ("pt", "O que disse o ministro na quarta-feira passada?", WEEK_BEFORE),
    ("pt", "O que se sabe desde segunda-feira?", SINCE_MONDAY),
    ("nl", "Wat gebeurde er op maandag?", MONDAY),
    ("nl", "Wat gebeurde er afgelopen maandag?", MONDAY),
    ("nl", "Wat zei de minister vorige woensdag?", WEEK_BEFORE),
    ("nl", "Wat is er sinds maandag bekend?", SINCE_MONDAY),
    ("ru", "Что произошло в понедельник?", MONDAY),
    ("ru", "Что произошло в прошлый понедельник?", MONDAY),
    ("ru", "Что сказал министр в прошлую среду?", WEEK_BEFORE),
    ("ru", "Что известно с понедельника?", SINCE_MONDAY),
    ("ru", "Кто подал заявку до понедельника?", UNTIL_MONDAY),
    ("pl", "Co się stało w poniedziałek?", MONDAY),
    ("pl", "Co się stało w zeszły poniedziałek?", MONDAY),
    ("pl", "Co powiedział minister w zeszłą środę?", WEEK_BEFORE),
    ("pl", "Co wiadomo od poniedziałku?", SINCE_MONDAY),
    ("pl", "Kto zgłosił się do poniedziałku?", UNTIL_MONDAY),
    ("de", "Was geschah am Montag, dem 3. März 2024?", THIRD),
    ("fr", "Qui est arrivé le lundi 3 mars 2024 ?", THIRD),
    ("es", "¿Qué pasó los lunes de marzo de 2024?", MARCH),
)
WITHOUT = (
    ("de", "Was geschieht am nächsten Montag?"),
    ("de", "Was geschieht jeden Montag?"),
    ("de", "Wer ist Guy Montag?"),
    ("de", "Hat das Museum montags zu?"),
    ("fr", "Qui ouvre le lundi ?"),
    ("fr", "Que se passera-t-il lundi prochain ?"),
    ("es", "¿Quién abre los lunes?"),
    ("es", "¿Qué pasará el lunes que viene?"),
    ("it", "Chi apre il lunedì?"),
    ("it", "Chi è Domenica Rossi?"),
    ("pt", "Quem abre às segundas-feiras?"),
    ("pt", "O que acontece na próxima segunda-feira?"),
    ("nl", "Wie opent elke maandag?"),
    ("nl", "Wat gebeurt er aanstaande maandag?"),
    ("ru", "Кто работает по понедельникам?"),
    ("ru", "Что будет в следующий понедельник?"),
    ("pl", "Kto otwiera w każdy poniedziałek?"),
    ("pl", "Co będzie w przyszły poniedziałek?"),
    ("de", "Was sagt Herr Mai?"),
    ("de", "Was kosten 2024 Kisten?"),
    ("de", "Gilt der Fahrplan auch am 31. Februar 2024?"),
    ("fr", "Qui habite au 12 rue de la Paix ?"),
    ("es", "¿Cuántas personas hay?"),
    ("ru", "Сколько стоит билет?"),
    ("de", "Was ist ab März 2031 geplant?"),
    ("fi", "Mitä tapahtui maaliskuussa 2024?"),
)


@pytest.mark.parametrize(("language", "question", "days"), CASES + WEEKDAYS)
def test_a_question_speaks_of_days(
    language: str, question: str, days: tuple[date | None, date | None]
) -> None:
    """Month, day, year, a bound, weekdays, and days counted from the day of asking."""
    period = foreign_period(question, language, ASKED_ON)
    assert period is not None
    assert (period.first, period.last) == days
    assert period.text in question


@pytest.mark.parametrize(("language", "question"), WITHOUT)
def test_what_is_no_date_or_to_come_is_left_alone(language: str, question: str) -> None:
    """Names, amounts, days that no calendar has, that recur or are to come are no period."""
    assert foreign_period(question, language, ASKED_ON) is None


@pytest.mark.parametrize("language", READ)
def test_the_calendar_is_known(language: str) -> None:
    """Every language has all months and weekdays, a sign before decimals and one between thousands."""
    assert set(weekday_numbers(language).values()) == set(range(7))
    assert set(month_numbers(language).values()) == set(range(1, 13))
    decimal, group = number_signs(language)
    assert decimal == ","
    assert group in {".", " "}


def test_months_stand_in_the_case_of_their_preposition() -> None:
    """Russian and Polish months after "in"."""
    assert month_numbers("ru")["мае"] == 5
    assert month_numbers("pl")["lutym"] == 2


def test_a_question_is_understood_in_its_own_calendar() -> None:
    """The query has the period whichever language it is asked in."""
    query = understand("Was geschah im März 2024 in Köln?", asked_on=ASKED_ON)
    assert query.period is not None
    assert (query.period.first, query.period.last) == MARCH


@pytest.mark.parametrize(
    ("question", "undated"),
    [
        ("Wie viele Unfälle gab es im Januar 2024 in Dornau?", "Wie viele Unfälle gab es in Dornau?"),
        ("How many visitors came to the museum last month?", "How many visitors came to the museum ?"),
        ("Wer leitet das Museum in Dornau?", "Wer leitet das Museum in Dornau?"),
        ("Quels fichiers ont été volés hier ?", "Quels fichiers ont été volés ?"),
        ("Che cosa hanno trovato i carabinieri ieri?", "Che cosa hanno trovato i carabinieri ?"),
        ("Was geschah im Januar 2024?", "Was geschah im Januar 2024?"),  # hardly a word would be left
    ],
)
def test_a_question_is_read_without_the_days_it_names_too(question: str, undated: str) -> None:
    """Sentences seldom say the day that their article's date tells."""
    assert understand(question, asked_on="2024-04-15").undated == undated

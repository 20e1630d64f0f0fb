"""Names of months and weekdays in other languages, as dates have them."""

from __future__ import annotations

_NAMES = (
    "januar jänner janvier enero gennaio gennaro janeiro januari stycznia styczeń января janv ene gen jan",
    "februar feber février febrero febbraio fevereiro februari lutego luty февраля févr feb febr fev",
    "märz mars marzo março maart marts marca marzec марта mar mrz",
    "april avril abril aprile kwietnia kwiecień апреля avr abr apr",
    "mai mayo maggio maio mei maj maja мая mag",
    "juni juin junio giugno junho czerwca czerwiec июня jun giu",
    "juli juillet julio luglio julho lipca lipiec июля jul lug juil",
    "august août agosto augustus augusti sierpnia sierpień августа aug ago",
    "september septembre septiembre setiembre settembre setembro września wrzesień сентября sept sep set",
    "oktober octobre octubre ottobre outubro października październik октября okt oct ott out",
    "november novembre noviembre novembro listopada listopad ноября nov",
    "dezember décembre diciembre dicembre dezembro december grudnia grudzień декабря dez déc dic dec",
)
FOREIGN_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish, Russian."""

_WEEKDAYS = (
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes",
    "sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "понедельник вторник среда четверг пятница суббота воскресенье",
)
FOREIGN_WEEKDAYS = frozenset(name for names in _WEEKDAYS for name in names.split())

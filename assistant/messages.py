"""What a reader is told in the language of the question: one catalogue, every message whole in each language.

A question in a language that the catalogue hasn't is answered in English.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"


class Message(Enum):
    """The messages of the catalogue."""

    CANNOT_ANSWER = auto()
    CLOSEST = auto()
    MIGHT_HELP = auto()
    NAME_THINGS = auto()
    ASK_FOR_ONE = auto()
    ADD_ARTICLES = auto()
    BEING_READIED = auto()
    """`percent` is how much is done, a whole number."""
    DATE_UNKNOWN = auto()
    NOT_IN_SOURCES = auto()
    IN_DOUBT = auto()
    SOURCES_DIFFER = auto()
    NOT_CHECKED = auto()
    DIFFER = auto()
    """`about` is what sources differ about; in English what they say follows on the colon."""
    DIFFER_LATER_FIRST = auto()
    CORRECTED = auto()
    BEFORE_THAT = auto()
    CHECKED = auto()
    NOT_SAID = auto()
    CHECKS_DISAGREE = auto()
    SAID_DIFFERENTLY = auto()
    NO_CLAIM = auto()
    NOBODY_CHECKED = auto()
    WORD_FOR_WORD = auto()


CATALOGUE: Mapping[str, Mapping[Message, str]] = {
    "en": {
        Message.CANNOT_ANSWER: "Your articles don't say.",
        Message.CLOSEST: "Closest in your articles",
        Message.MIGHT_HELP: "What might help",
        Message.NAME_THINGS: "Naming a person, a place or a date as the articles do",
        Message.ASK_FOR_ONE: "Asking for one thing at a time",
        Message.ADD_ARTICLES: "Adding articles that cover it",
        Message.BEING_READIED: "Your articles are being made ready for questions in other languages: "
        "{percent}% so far. Ask again later, or run `footnote languages`.",
        Message.DATE_UNKNOWN: "date unknown",
        Message.NOT_IN_SOURCES: "not in the sources",
        Message.IN_DOUBT: "in doubt",
        Message.SOURCES_DIFFER: "sources differ",
        Message.NOT_CHECKED: "not checked in this language",
        Message.DIFFER: "Sources differ about {about}:",
        Message.DIFFER_LATER_FIRST: "Sources differ about {about}, the later report first:",
        Message.CORRECTED: "Corrected later, {about}: now ",
        Message.BEFORE_THAT: ", before that ",
        Message.CHECKED: "Checked: the cited sentence says this.",
        Message.NOT_SAID: "No cited sentence says this.",
        Message.CHECKS_DISAGREE: "Two checks disagree on whether the cited sentence says this.",
        Message.SAID_DIFFERENTLY: "The sources say different things about this.",
        Message.NO_CLAIM: "This claims nothing.",
        Message.NOBODY_CHECKED: "The check reads English and little else: nobody has checked this.",
        Message.WORD_FOR_WORD: "The quotations are word for word from the articles. "
        "Whether this file is as it was saved:",
    },
    "de": {
        Message.CANNOT_ANSWER: "Ihre Artikel sagen das nicht.",
        Message.CLOSEST: "Am nächsten kommt in Ihren Artikeln",
        Message.MIGHT_HELP: "Was helfen könnte",
        Message.NAME_THINGS: "Eine Person, einen Ort oder ein Datum so nennen wie die Artikel",
        Message.ASK_FOR_ONE: "Nach einer Sache auf einmal fragen",
        Message.ADD_ARTICLES: "Artikel hinzufügen, die davon handeln",
        Message.BEING_READIED: "Ihre Artikel werden für Fragen in anderen Sprachen vorbereitet: bisher "
        "{percent} %. Fragen Sie später noch einmal, oder führen Sie `footnote languages` aus.",
        Message.DATE_UNKNOWN: "Datum unbekannt",
        Message.NOT_IN_SOURCES: "nicht in den Quellen",
        Message.IN_DOUBT: "im Zweifel",
        Message.SOURCES_DIFFER: "Quellen weichen ab",
        Message.NOT_CHECKED: "in dieser Sprache nicht geprüft",
        Message.DIFFER: "Die Quellen weichen ab: {about}.",
        Message.DIFFER_LATER_FIRST: "Die Quellen weichen ab, der spätere Bericht zuerst: {about}.",
        Message.CORRECTED: "Später berichtigt, {about}: jetzt ",
        Message.BEFORE_THAT: ", davor ",
        Message.CHECKED: "Geprüft: Der zitierte Satz sagt das.",
        Message.NOT_SAID: "Kein zitierter Satz sagt das.",
        Message.CHECKS_DISAGREE: "Zwei Prüfungen sind uneins, ob der zitierte Satz das sagt.",
        Message.SAID_DIFFERENTLY: "Die Quellen sagen dazu Verschiedenes.",
        Message.NO_CLAIM: "Das behauptet nichts.",
        Message.NOBODY_CHECKED: "Die Prüfung liest Englisch und wenig sonst: Das hat niemand geprüft.",
        Message.WORD_FOR_WORD: "Die Zitate stehen Wort für Wort so in den Artikeln. "
        "Ob diese Datei noch so ist, wie sie gespeichert wurde:",
    },
    "fr": {
        Message.CANNOT_ANSWER: "Vos articles ne le disent pas.",
        Message.CLOSEST: "Ce qui s'en approche le plus dans vos articles",
        Message.MIGHT_HELP: "Ce qui pourrait aider",
        Message.NAME_THINGS: "Nommer une personne, un lieu ou une date comme le font les articles",
        Message.ASK_FOR_ONE: "Demander une seule chose à la fois",
        Message.ADD_ARTICLES: "Ajouter des articles qui en parlent",
        Message.BEING_READIED: "Vos articles sont en cours de préparation pour les questions dans d'autres "
        "langues : {percent} % pour l'instant. Reposez la question plus tard, ou lancez "
        "`footnote languages`.",
        Message.DATE_UNKNOWN: "date inconnue",
        Message.NOT_IN_SOURCES: "pas dans les sources",
        Message.IN_DOUBT: "en doute",
        Message.SOURCES_DIFFER: "les sources divergent",
        Message.NOT_CHECKED: "non vérifié dans cette langue",
        Message.DIFFER: "Les sources divergent : {about}.",
        Message.DIFFER_LATER_FIRST: "Les sources divergent, l'article le plus récent d'abord : {about}.",
        Message.CORRECTED: "Corrigé ensuite, {about} : maintenant ",
        Message.BEFORE_THAT: ", avant cela ",
        Message.CHECKED: "Vérifié : la phrase citée le dit.",
        Message.NOT_SAID: "Aucune phrase citée ne le dit.",
        Message.CHECKS_DISAGREE: "Deux vérifications divergent : la phrase citée le dit-elle ?",
        Message.SAID_DIFFERENTLY: "Les sources disent des choses différentes à ce sujet.",
        Message.NO_CLAIM: "Ceci n'affirme rien.",
        Message.NOBODY_CHECKED: "La vérification lit l'anglais et guère plus : personne n'a vérifié ceci.",
        Message.WORD_FOR_WORD: "Les citations sont mot pour mot celles des articles. "
        "Pour savoir si ce fichier est tel qu'il a été enregistré :",
    },
    "es": {
        Message.CANNOT_ANSWER: "Sus artículos no lo dicen.",
        Message.CLOSEST: "Lo más cercano en sus artículos",
        Message.MIGHT_HELP: "Lo que podría ayudar",
        Message.NAME_THINGS: "Nombrar una persona, un lugar o una fecha como lo hacen los artículos",
        Message.ASK_FOR_ONE: "Preguntar por una sola cosa cada vez",
        Message.ADD_ARTICLES: "Añadir artículos que traten de ello",
        Message.BEING_READIED: "Sus artículos se están preparando para preguntas en otros idiomas: "
        "{percent} % por ahora. Vuelva a preguntar más tarde o ejecute `footnote languages`.",
        Message.DATE_UNKNOWN: "fecha desconocida",
        Message.NOT_IN_SOURCES: "no está en las fuentes",
        Message.IN_DOUBT: "en duda",
        Message.SOURCES_DIFFER: "las fuentes difieren",
        Message.NOT_CHECKED: "no comprobado en este idioma",
        Message.DIFFER: "Las fuentes difieren: {about}.",
        Message.DIFFER_LATER_FIRST: "Las fuentes difieren, primero la noticia posterior: {about}.",
        Message.CORRECTED: "Corregido después, {about}: ahora ",
        Message.BEFORE_THAT: ", antes ",
        Message.CHECKED: "Comprobado: la frase citada lo dice.",
        Message.NOT_SAID: "Ninguna frase citada lo dice.",
        Message.CHECKS_DISAGREE: "Dos comprobaciones discrepan sobre si la frase citada lo dice.",
        Message.SAID_DIFFERENTLY: "Las fuentes dicen cosas distintas al respecto.",
        Message.NO_CLAIM: "Esto no afirma nada.",
        Message.NOBODY_CHECKED: "La comprobación lee inglés y poco más: nadie ha comprobado esto.",
        Message.WORD_FOR_WORD: "Las citas están palabra por palabra en los artículos. "
        "Para saber si este archivo está como se guardó:",
    },
    "it": {
        Message.CANNOT_ANSWER: "I suoi articoli non lo dicono.",
        Message.CLOSEST: "Ciò che più si avvicina nei suoi articoli",
        Message.MIGHT_HELP: "Che cosa potrebbe aiutare",
        Message.NAME_THINGS: "Nominare una persona, un luogo o una data come fanno gli articoli",
        Message.ASK_FOR_ONE: "Chiedere una cosa alla volta",
        Message.ADD_ARTICLES: "Aggiungere articoli che ne parlano",
        Message.BEING_READIED: "I suoi articoli vengono preparati per domande in altre lingue: finora "
        "{percent}%. Chieda di nuovo più tardi, oppure esegua `footnote languages`.",
        Message.DATE_UNKNOWN: "data sconosciuta",
        Message.NOT_IN_SOURCES: "non nelle fonti",
        Message.IN_DOUBT: "in dubbio",
        Message.SOURCES_DIFFER: "le fonti divergono",
        Message.NOT_CHECKED: "non verificato in questa lingua",
        Message.DIFFER: "Le fonti divergono: {about}.",
        Message.DIFFER_LATER_FIRST: "Le fonti divergono, prima la notizia successiva: {about}.",
        Message.CORRECTED: "Corretto in seguito, {about}: ora ",
        Message.BEFORE_THAT: ", prima ",
        Message.CHECKED: "Verificato: la frase citata lo dice.",
        Message.NOT_SAID: "Nessuna frase citata lo dice.",
        Message.CHECKS_DISAGREE: "Due verifiche discordano: la frase citata lo dice?",
        Message.SAID_DIFFERENTLY: "Le fonti dicono cose diverse su questo.",
        Message.NO_CLAIM: "Questo non afferma nulla.",
        Message.NOBODY_CHECKED: "La verifica legge l'inglese e poco altro: nessuno lo ha verificato.",
        Message.WORD_FOR_WORD: "Le citazioni sono parola per parola quelle degli articoli. "
        "Per sapere se questo file è come fu salvato:",
    },
    "pt": {
        Message.CANNOT_ANSWER: "Os seus artigos não o dizem.",
        Message.CLOSEST: "O mais próximo nos seus artigos",
        Message.MIGHT_HELP: "O que pode ajudar",
        Message.NAME_THINGS: "Nomear uma pessoa, um lugar ou uma data como fazem os artigos",
        Message.ASK_FOR_ONE: "Perguntar uma coisa de cada vez",
        Message.ADD_ARTICLES: "Adicionar artigos que tratem disso",
        Message.BEING_READIED: "Os seus artigos estão em preparação para perguntas em outros idiomas: "
        "{percent}% até agora. Pergunte de novo mais tarde ou execute `footnote languages`.",
        Message.DATE_UNKNOWN: "data desconhecida",
        Message.NOT_IN_SOURCES: "não está nas fontes",
        Message.IN_DOUBT: "em dúvida",
        Message.SOURCES_DIFFER: "as fontes divergem",
        Message.NOT_CHECKED: "não verificado neste idioma",
        Message.DIFFER: "As fontes divergem: {about}.",
        Message.DIFFER_LATER_FIRST: "As fontes divergem, primeiro a notícia posterior: {about}.",
        Message.CORRECTED: "Corrigido depois, {about}: agora ",
        Message.BEFORE_THAT: ", antes ",
        Message.CHECKED: "Verificado: a frase citada diz isto.",
        Message.NOT_SAID: "Nenhuma frase citada diz isto.",
        Message.CHECKS_DISAGREE: "Duas verificações divergem: a frase citada diz isto?",
        Message.SAID_DIFFERENTLY: "As fontes dizem coisas diferentes sobre isto.",
        Message.NO_CLAIM: "Isto não afirma nada.",
        Message.NOBODY_CHECKED: "A verificação lê inglês e pouco mais: ninguém verificou isto.",
        Message.WORD_FOR_WORD: "As citações estão palavra por palavra nos artigos. "
        "Para saber se este arquivo está como foi salvo:",
    },
    "nl": {
        Message.CANNOT_ANSWER: "Uw artikelen zeggen dat niet.",
        Message.CLOSEST: "Het dichtst in de buurt in uw artikelen",
        Message.MIGHT_HELP: "Wat zou kunnen helpen",
        Message.NAME_THINGS: "Een persoon, een plaats of een datum noemen zoals de artikelen dat doen",
        Message.ASK_FOR_ONE: "Naar één ding tegelijk vragen",
        Message.ADD_ARTICLES: "Artikelen toevoegen die erover gaan",
        Message.BEING_READIED: "Uw artikelen worden klaargemaakt voor vragen in andere talen: tot nu toe "
        "{percent}%. Vraag het later opnieuw, of voer `footnote languages` uit.",
        Message.DATE_UNKNOWN: "datum onbekend",
        Message.NOT_IN_SOURCES: "niet in de bronnen",
        Message.IN_DOUBT: "twijfelachtig",
        Message.SOURCES_DIFFER: "bronnen verschillen",
        Message.NOT_CHECKED: "niet gecontroleerd in deze taal",
        Message.DIFFER: "De bronnen verschillen: {about}.",
        Message.DIFFER_LATER_FIRST: "De bronnen verschillen, het latere bericht eerst: {about}.",
        Message.CORRECTED: "Later gecorrigeerd, {about}: nu ",
        Message.BEFORE_THAT: ", daarvoor ",
        Message.CHECKED: "Gecontroleerd: de geciteerde zin zegt dit.",
        Message.NOT_SAID: "Geen geciteerde zin zegt dit.",
        Message.CHECKS_DISAGREE: "Twee controles zijn het oneens of de geciteerde zin dit zegt.",
        Message.SAID_DIFFERENTLY: "De bronnen zeggen hierover verschillende dingen.",
        Message.NO_CLAIM: "Dit beweert niets.",
        Message.NOBODY_CHECKED: "De controle leest Engels en weinig anders: niemand heeft dit gecontroleerd.",
        Message.WORD_FOR_WORD: "De citaten staan woord voor woord in de artikelen. "
        "Of dit bestand nog is zoals het is opgeslagen:",
    },
    "ru": {
        Message.CANNOT_ANSWER: "В ваших статьях об этом не говорится.",
        Message.CLOSEST: "Самое близкое в ваших статьях",
        Message.MIGHT_HELP: "Что может помочь",
        Message.NAME_THINGS: "Назвать человека, место или дату так, как в статьях",
        Message.ASK_FOR_ONE: "Спрашивать о чём-то одном",
        Message.ADD_ARTICLES: "Добавить статьи на эту тему",
        Message.BEING_READIED: "Ваши статьи готовятся к вопросам на других языках: пока {percent} %. "
        "Спросите ещё раз позже или выполните `footnote languages`.",
        Message.DATE_UNKNOWN: "дата неизвестна",
        Message.NOT_IN_SOURCES: "нет в источниках",
        Message.IN_DOUBT: "под сомнением",
        Message.SOURCES_DIFFER: "источники расходятся",
        Message.NOT_CHECKED: "на этом языке не проверено",
        Message.DIFFER: "Источники расходятся: {about}.",
        Message.DIFFER_LATER_FIRST: "Источники расходятся, сначала более позднее сообщение: {about}.",
        Message.CORRECTED: "Позже исправлено, {about}: теперь ",
        Message.BEFORE_THAT: ", до этого ",
        Message.CHECKED: "Проверено: процитированное предложение это говорит.",
        Message.NOT_SAID: "Ни одно процитированное предложение этого не говорит.",
        Message.CHECKS_DISAGREE: "Две проверки расходятся в том, говорит ли это процитированное предложение.",
        Message.SAID_DIFFERENTLY: "Источники говорят об этом разное.",
        Message.NO_CLAIM: "Здесь ничего не утверждается.",
        Message.NOBODY_CHECKED: "Проверка читает по-английски и мало что ещё: этого никто не проверял.",
        Message.WORD_FOR_WORD: "Цитаты взяты из статей слово в слово. "
        "Остался ли этот файл таким, каким его сохранили:",
    },
    "pl": {
        Message.CANNOT_ANSWER: "Artykuły tego nie podają.",
        Message.CLOSEST: "Najbliższe temu w artykułach",
        Message.MIGHT_HELP: "Co może pomóc",
        Message.NAME_THINGS: "Nazwanie osoby, miejsca lub daty tak jak w artykułach",
        Message.ASK_FOR_ONE: "Pytanie o jedną rzecz naraz",
        Message.ADD_ARTICLES: "Dodanie artykułów na ten temat",
        Message.BEING_READIED: "Artykuły są przygotowywane do pytań w innych językach: na razie "
        "{percent}%. Pytanie można powtórzyć później; szybciej działa `footnote languages`.",
        Message.DATE_UNKNOWN: "data nieznana",
        Message.NOT_IN_SOURCES: "nie ma w źródłach",
        Message.IN_DOUBT: "wątpliwe",
        Message.SOURCES_DIFFER: "źródła się różnią",
        Message.NOT_CHECKED: "nie sprawdzono w tym języku",
        Message.DIFFER: "Źródła się różnią: {about}.",
        Message.DIFFER_LATER_FIRST: "Źródła się różnią, najpierw późniejsze doniesienie: {about}.",
        Message.CORRECTED: "Później poprawiono, {about}: teraz ",
        Message.BEFORE_THAT: ", przedtem ",
        Message.CHECKED: "Sprawdzono: cytowane zdanie to mówi.",
        Message.NOT_SAID: "Żadne cytowane zdanie tego nie mówi.",
        Message.CHECKS_DISAGREE: "Dwa sprawdzenia różnią się co do tego, czy cytowane zdanie to mówi.",
        Message.SAID_DIFFERENTLY: "Źródła mówią o tym różne rzeczy.",
        Message.NO_CLAIM: "To niczego nie stwierdza.",
        Message.NOBODY_CHECKED: "Sprawdzanie czyta angielski i niewiele poza tym: nikt tego nie sprawdził.",
        Message.WORD_FOR_WORD: "Cytaty są słowo w słowo z artykułów. "
        "Czy ten plik jest taki, jak go zapisano:",
    },
}
"""Messages by ISO 639-1 code of the language."""


def told(message: Message, language: str = ENGLISH, **values: object) -> str:
    """Return a message in a language, or in English where the catalogue hasn't that language."""
    return CATALOGUE.get(language, CATALOGUE[ENGLISH])[message].format(**values)


def in_every_language(message: Message) -> tuple[str, ...]:
    """Return a message as each language has it, to know it again."""
    return tuple(messages[message] for messages in CATALOGUE.values())

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
    },
}
"""Messages by ISO 639-1 code of the language."""


def told(message: Message, language: str = ENGLISH, **values: object) -> str:
    """Return a message in a language, or in English where the catalogue hasn't that language."""
    return CATALOGUE.get(language, CATALOGUE[ENGLISH])[message].format(**values)


def in_every_language(message: Message) -> tuple[str, ...]:
    """Return a message as each language has it, to know it again."""
    return tuple(messages[message] for messages in CATALOGUE.values())

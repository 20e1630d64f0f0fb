"""Closed classes of eight languages: the small words that decide what may be left out of a sentence.

What a class lacks costs support, never gives it: only what stands here may be left out, and what stands under
`shut` or `bounded` keeps everything around it in place. Months and weekdays are Unicode's (CLDR).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.language.locales import month_numbers, weekday_names


@dataclass(frozen=True, slots=True)
class ClosedClasses:
    """The classes of one language, in lower case.

    What may be left out: phrases that begin with one of `places` and have a name in them, or that begin with
    one of `events`, which only ever speak of time; `days`, counted from today or within one; clauses at the
    end that one of `tails` begins. No phrase ends with one of `joints`. What keeps all in its place: `shut`
    are denials (`denials` are the plain ones), conditions, "only", "between", and words of somebody's view,
    of plans and of fiction. Beside `bounded`, which are "all", superlatives and "according to", only times
    may be left out; `superlatives` are their beginning and endings.

    `indefinite` are articles that may stand for a definite one or a possessive, by that one; the endings of
    adjectives behind them, `adjective_endings`, then change. `numbers` are words for numbers. `verb_second`
    says that a phrase in front turns subject and verb, `nouns_have_capitals` that a capital makes no name:
    there only `before_names` are followed by a name without an article, of which one of `parts_of_names` may
    be the first word; behind `articles` and one of `place_nouns` a name says where.
    """

    places: frozenset[str]
    joints: frozenset[str]
    denials: frozenset[str]
    shut: frozenset[str]
    bounded: frozenset[str]
    superlatives: tuple[str, str]
    tails: frozenset[str]
    indefinite: dict[str, str]
    numbers: dict[str, int]
    days: frozenset[str]
    events: frozenset[str]
    verb_second: bool = False
    nouns_have_capitals: bool = False
    before_names: frozenset[str] = frozenset()
    parts_of_names: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    adjective_endings: tuple[str, ...] = ()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _pairs(words: str) -> dict[str, str]:
    return dict(pair.split(">") for pair in words.split())


def _numbers(words: str) -> dict[str, int]:
    """Number words from two on; a word with a stroke has several forms."""
    return {
        form: number
        for number, forms in enumerate(words.split(), 2)
        for form in forms.split("/")
        if form != "-"
    }


_CLASSES = {
    "de": ClosedClasses(
        places=_set(
            "in im ins an am auf nach vor aus von vom zu zum zur um über seit wegen nahe durch gegen für"
        ),
        joints=_set(
            "in im ins an am auf bei beim nach vor aus von vom zu zum zur um über seit wegen nahe durch "
            "gegen für mit ohne bis unter der die das den dem des ein eine einen einem einer eines sein "
            "seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres und oder sowie als wie"
        ),
        denials=_set("nicht kein keine keinen keinem keiner keines"),
        shut=_set(
            "ausnahme nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden "
            "niemandem nichts weder noch kaum ohne statt anstatt nur lediglich erst wenn falls sofern "
            "sollte sollten würde würden fall falle angeblich zwischen außer bevor entweder oder ob dass "
            "zweifel verdacht beinahe auffassung einschätzung augen urteil überzeugung theorie papier "
            "roman romanen film traum märchen voraussetzung bedingung berichten gerüchten medienberichten "
            "plänen planung entwurf prognose prognosen gesetz vertrag satzung regel regeln studie umfrage "
            "schätzung schätzungen bericht informationen"
        ),
        bounded=_set(
            "alle allen aller alles jede jeder jedes jeden jedem sämtliche beide beiden laut zufolge "
            "gemäß angaben sicht meinung ansicht einzige einziger einziges einzigen meisten halb "
            "höchstens mindestens"
        ),
        superlatives=("", "ste ster stes sten stem ßte ßter ßtes ßten ßtem"),
        tails=_set("weil nachdem obwohl während und damit denn"),
        indefinite=_pairs(
            "der>ein die>eine das>ein den>einen dem>einem des>eines sein>ein seine>eine seinen>einen "
            "seinem>einem seiner>einer seines>eines ihr>ein ihre>eine ihren>einen ihrem>einem ihrer>einer "
            "ihres>eines"
        ),
        days=_set("heute gestern nacht morgen vormittag mittag nachmittag abend wochenende"),
        events=_set("während nach"),
        numbers=_numbers("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
        verb_second=True,
        nouns_have_capitals=True,
        adjective_endings=("es", "er", "en", "em", "e"),
        before_names=_set("in aus"),
        parts_of_names=_set("bad new san santa sankt saint los rio hong"),
        articles=_set("der dem den"),
        place_nouns=_set(
            "stadt altstadt innenstadt gemeinde dorf ort insel halbinsel provinz region bezirk stadtteil "
            "ortsteil viertel kreis landkreis norden süden osten westen nordosten nordwesten südosten "
            "südwesten nähe umgebung mitte zentrum rand hafen flughafen bahnhof hauptbahnhof rathaus park "
            "stadtpark krankenhaus klinik platz marktplatz strand küste ufer bucht finale halbfinale "
            "viertelfinale endspiel"
        ),
    ),
    "nl": ClosedClasses(
        places=_set("in op na uit van naar aan om sinds wegens door nabij tijdens tegen voor met tot"),
        joints=_set(
            "in op bij na uit van naar aan om sinds wegens door nabij tijdens tegen voor met zonder tot "
            "onder over de het een zijn haar hun en of als dan"
        ),
        denials=_set("niet geen"),
        shut=_set(
            "uitzondering niet geen nooit niemand niets noch nauwelijks zonder slechts alleen pas als "
            "indien mits tenzij zou zouden geval tussen behalve voordat of dat vermoedelijk verluidt "
            "mening ogen opinie oordeel visie opvatting theorie papier roman film droom voorwaarde "
            "berichten geruchten plannen plan ontwerp prognose"
        ),
        bounded=_set(
            "alle allemaal elk elke ieder iedere beide volgens enige meeste hoogstens minstens hele"
        ),
        superlatives=("", "ste"),
        tails=_set("omdat nadat hoewel terwijl en want"),
        indefinite=_pairs("de>een het>een zijn>een haar>een hun>een"),
        days=_set("vandaag gisteren nacht ochtend middag avond weekend"),
        events=_set("na tijdens"),
        numbers=_numbers("twee drie vier vijf zes zeven acht negen tien elf twaalf"),
        verb_second=True,
        adjective_endings=("e",),
    ),
    "fr": ClosedClasses(
        places=_set("à au aux en dans sur près vers depuis durant pendant après de du des d' contre pour"),
        joints=_set(
            "à au aux en dans sur près chez vers depuis durant pendant après de du des d' pour contre "
            "avec sans par sous entre le la les l' un une son sa ses leur leurs ce cet cette ces et ou "
            "comme que qu' qui"
        ),
        denials=_set("ne n' pas"),
        shut=_set(
            "exception ne n' pas jamais aucun aucune personne rien sans ni guère seulement seul seule si "
            "s' cas sauf avant entre hormis ou que qu' serait seraient aurait auraient presque "
            "prétendument soit doute avis opinion yeux jugement théorie papier roman film rêve condition "
            "rumeurs d'après projet prévisions estimation"
        ),
        bounded=_set(
            "tous toutes tout toute chaque selon d'après plus moins meilleur meilleure pire unique "
            "plupart moitié"
        ),
        superlatives=("", ""),
        tails=_set("parce car alors après et afin faute"),
        indefinite=_pairs("le>un la>une l'>un son>un sa>une leur>un"),
        days=_set("aujourd'hui hier nuit matin matinée midi soir soirée"),
        events=_set("après durant pendant"),
        numbers=_numbers("deux trois quatre cinq six sept huit neuf dix onze douze"),
    ),
    "es": ClosedClasses(
        places=_set("a al en de del desde durante tras cerca hacia por sobre después contra para"),
        joints=_set(
            "a al en de del desde durante tras cerca hacia por sobre para contra con sin bajo entre el la "
            "los las un una unos unas su sus este esta y e o u como que quien"
        ),
        denials=_set("no"),
        shut=_set(
            "excepción no nunca jamás nadie nada ningún ninguna ninguno sin ni tampoco apenas solo sólo "
            "solamente si salvo excepto antes entre caso o u que sería serían habría presuntamente "
            "supuestamente duda juicio opinión ojos parecer teoría papel novela película sueño condición "
            "rumores proyecto previsiones estimaciones"
        ),
        bounded=_set(
            "todos todas todo toda cada ambos según más menos mejor peor único única mayoría mitad mayor "
            "menor"
        ),
        superlatives=("", "ísimo ísima"),
        tails=_set("porque aunque mientras tras y e por"),
        indefinite=_pairs("el>un la>una su>un"),
        days=_set("hoy ayer noche mañana madrugada mediodía tarde"),
        events=_set("después tras durante"),
        numbers=_numbers("dos tres cuatro cinco seis siete ocho nueve diez once doce"),
    ),
    "it": ClosedClasses(
        places=_set(
            "a ad al allo alla all' ai agli alle in nel nello nella nell' nei negli nelle su sul sullo "
            "sulla sull' sui sugli sulle di d' del dello della dell' dei degli delle da dal dallo dalla "
            "dall' durante dopo vicino contro per"
        ),
        joints=_set(
            "a ad al allo alla all' ai agli alle in nel nello nella nell' nei negli nelle su sul sullo "
            "sulla sull' sui sugli sulle di d' del dello della dell' dei degli delle da dal dallo dalla "
            "dall' durante dopo vicino per contro con senza tra fra sotto il lo la l' i gli le un uno una "
            "un' suo sua suoi sue loro e ed o come che"
        ),
        denials=_set("non"),
        shut=_set(
            "eccezione non mai nessuno nessuna nessun niente nulla senza né neppure nemmeno appena solo "
            "soltanto se caso tranne salvo prima tra fra o oppure che sarebbe sarebbero avrebbe avrebbero "
            "presunto presunta dubbio giudizio opinione occhi parere avviso teoria carta romanzo film "
            "sogno condizione voci progetto previsioni stime"
        ),
        bounded=_set(
            "tutti tutte tutto tutta ogni ciascuno entrambi secondo più meno migliore peggiore unico "
            "unica metà maggioranza parte"
        ),
        superlatives=("", "issimo issima"),
        tails=_set("perché poiché mentre dopo e ed per"),
        indefinite=_pairs("il>un lo>uno la>una l'>un suo>un sua>una"),
        days=_set("oggi ieri notte mattina mattino pomeriggio sera"),
        events=_set("dopo durante"),
        numbers=_numbers("due tre quattro cinque sei sette otto nove dieci undici dodici"),
    ),
    "pt": ClosedClasses(
        places=_set(
            "a ao à aos às em no na nos nas num numa de do da dos das desde durante após perto por pelo "
            "pela sobre depois contra para"
        ),
        joints=_set(
            "a ao à aos às em no na nos nas num numa de do da dos das desde durante após perto por pelo "
            "pela sobre depois para contra com sem sob entre o os as um uma uns umas seu sua seus suas "
            "este esta e ou como que quem"
        ),
        denials=_set("não"),
        shut=_set(
            "exceção não nunca jamais ninguém nada nenhum nenhuma sem nem tampouco apenas só somente se "
            "caso salvo exceto antes entre ou que seria seriam teria teriam alegadamente supostamente "
            "dúvida opinião olhos juízo parecer ver teoria papel romance filme sonho condição rumores "
            "projeto previsões estimativas"
        ),
        bounded=_set(
            "todos todas todo toda cada ambos segundo mais menos melhor pior único única maioria metade "
            "maior menor"
        ),
        superlatives=("", "íssimo íssima"),
        tails=_set("porque embora enquanto após e por"),
        indefinite=_pairs("o>um a>uma seu>um sua>uma"),
        days=_set("hoje ontem noite manhã madrugada tarde"),
        events=_set("depois após durante"),
        numbers=_numbers("dois/duas três quatro cinco seis sete oito nove dez onze doze"),
    ),
    "ru": ClosedClasses(
        places=_set("в во на у под за из с со от до около после по к ко над против для"),
        joints=_set(
            "в во на у под за из с со от до около после по к ко над против для при без через о об и или а как"
        ),
        denials=_set("не"),
        shut=_set(
            "исключением не нет ни никто никого никому ничего никогда нигде без едва лишь только если бы "
            "ли случае кроме между прежде или либо что якобы будто возможно вероятно сомнения взгляд "
            "глазах мнение оценке оценкам версии теории бумаге романе фильме сне условии слухам прогнозу "
            "плану проекте"
        ),
        bounded=_set(
            "все всех всем всеми каждый каждая каждое каждого оба обе данным словам мнению согласно самый "
            "самая самое самого самой более менее большинство половина лучший худший единственный"
        ),
        superlatives=("наи", "ейший ейшая ейшее айший айшая айшее"),
        tails=_set("потому поскольку хотя чтобы и"),
        indefinite={},
        days=_set("сегодня вчера ночь ночью утром вечером ночи"),
        events=_set("после"),
        numbers=_numbers(
            "два/две/двух три/трёх/трех/трём четыре/четырёх/четырех/четырём пять/пяти шесть/шести "
            "семь/семи восемь/восьми девять/девяти десять/десяти одиннадцать двенадцать"
        ),
    ),
    "pl": ClosedClasses(
        places=_set("w we na u pod za z ze od do koło po ku nad obok podczas przeciw przeciwko dla"),
        joints=_set(
            "w we na u pod za z ze od do koło po ku przy nad obok podczas przeciw przeciwko dla bez przez "
            "o i oraz lub albo a jak"
        ),
        denials=_set("nie"),
        shut=_set(
            "wyjątkiem nie ani nikt nikogo nikomu nic niczego nigdy nigdzie bez ledwie tylko jedynie "
            "jeśli jeżeli gdyby by czy przypadku razie oprócz między pomiędzy zanim lub albo że rzekomo "
            "podobno możliwe wątpliwości opinii oczach ocenie teorii papierze powieści filmie śnie "
            "warunkiem plotek prognoz planach projekcie zdanie"
        ),
        bounded=_set(
            "wszystkie wszyscy wszystkich wszystkim każdy każda każde każdego oba obie obaj według "
            "zdaniem bardziej mniej większość połowa jedyny jedyna"
        ),
        superlatives=("naj", ""),
        tails=_set("bo ponieważ choć aby żeby i"),
        indefinite={},
        days=_set("dzisiaj dziś wczoraj nocy noc rano wieczorem popołudniu"),
        events=_set("podczas po"),
        numbers=_numbers(
            "dwa/dwie/dwóch/dwaj trzy/trzech/trzej cztery/czterech/czterej pięć/pięciu sześć/sześciu "
            "siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu jedenaście dwanaście"
        ),
    ),
}


def closed_classes(language: str) -> ClosedClasses | None:
    """Return the closed classes of a language by its ISO 639-1 code; None where they aren't known."""
    return _CLASSES.get(language)


@cache
def times(language: str) -> frozenset[str]:
    """Return the names of months, weekdays, and days counted from today, as they stand in a sentence."""
    return frozenset(month_numbers(language)) | weekday_names(language) | _CLASSES[language].days

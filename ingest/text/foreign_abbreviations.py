"""Abbreviations of languages other than English, in the kinds of `abbreviations`.

One table for all of them: articles mix languages, and a shortened word of one language is hardly ever
a whole word of another. Where it is ("art.", "pop."), it counts only before a number.
"""

from __future__ import annotations


def _words(*languages: str) -> frozenset[str]:
    return frozenset(word for words in languages for word in words.split())


TITLES = _words(
    # German
    "Hr Hrn Frau Frl Dipl Ing jur phil theol rer habil Prof hl Hl sel kath evang ehem sog",
    # French
    "Mme Mlle Mlles Mgr Vve prof",
    # Spanish, Portuguese
    "Sra Srs Srta Dña Sres Dra Dres Dª Lic Licda Ing Arq Abog Mons Fr Gral Cnel Cap Tte Sto Sta Exmo"
    " Exma Ilmo Ilma Eng Des Pe",
    # Italian
    "Sig Sigg Dott Dottssa Avv Geom Egr Gent Dir Amm psicol",
    # Dutch, Danish, Norwegian, Swedish
    "Dhr Mevr Mw dhr mevr mw drs ing Skt skt frk tidl",
    # Polish, Czech
    "św ks Ks abp bp kard gen płk ppłk mjr kpt por inż mgr ul nám MUDr JUDr PhDr RNDr Mgr tzv",
    # Turkish
    "Sn Doç Yrd Öğr Gör Uzm Alb Yzb Orgen Korg",
    # Russian, Ukrainian
    "проф Проф доц Доц акад Акад ген полк подп кап инж им тов гр пгт пос дер ул пл просп пер св"
    " вул пров бульв просп смт ім доц",
    # Hindi, Marathi: titles, and the English letters before a name
    "डॉ प्रो श्री पं मो एल एम एन एस बी सी डी एफ जी एच जे पी आर टी वी डब्ल्यू",
)
"""A name, or more of a name, follows."""

INTRODUCING = _words(
    "z.B d.h bzw bspw ggf evtl inkl exkl zzgl bzgl insb insbes vgl Vgl s.o s.u u.a",
    "env c.-à-d càd p.ex",
    "p.ej v.gr aprox",
    "ad.es p.es cfr",
    "bijv bv m.n o.a d.w.z resp evt",
    "f.eks t.ex bl.a dvs jf jfr kl ca evt inkl",
    "np tzn tj tzw m.in",
    "bkz örn",
    "napr např resp",
    "напр див т.е т.к т.н ср",
)
"""More of the same sentence follows."""

NUMBERED = _words(
    "bd kap abb abschn anm aufl rn rz ziff tab abs hs",
    "n° nº n.º chap réf tél",
    "párr párrf pág págs cap caps vol núm núms apdo tel lun mié jue vie ago ene abr dic cód",
    "pag pagg fig figg cap capp mar gio ven tel num",
    "blz hfst afb dl",
    "nr sid str afsnit kap",
    "nr str poz ust art pkt tab rys rozdz godz tel",
    "sok cad mah apt md",
    "кв корп стр рис табл гл ст п пп ч вып т тт № тел ул д буд оф стор розд мал арт",
)
"""In lower case. A number follows; before anything else they are words, or end the sentence."""

GENERAL = _words(
    "Abs Abt Str Jh Mio Mrd Std Sek Tsd Tel med hab Hrsg hrsg geb gest verh Jhd Jhdt Jhs Jhts Bhf Pl"
    " Allg allg Abk abgek dt engl frz"
    " Ges GmbH südl nördl östl westl",
    "av boul bd fém fam",
    "EE UU EE.UU Ud Uds Apdo Cía cía pza Avda avda Pza tfno aC dC admón dpto Dpto Depto depto",
    "e.d e.a a.u.b jl vnl nl",
    "mfl m.m m.fl",
    "r w n.e p.n.e gr tys mln mld",
    "vb vs yy M.Ö M.S Ltd Şti",
    "г гг в вв рр обл р-н н.э см им",
)
"""May stand inside a sentence or end it: only what follows can tell."""

ARTICLES = _words(
    "Le La Les Un Une El Los Las Una Unos Il Lo Gli Uno O Os As Um Uma De Het Een En Ett Det Den"
)
"""They begin a sentence before a word in lower case; "El Paso" and "Le Mans" are names."""

STARTERS = _words(
    "Der Das Ein Eine Sie Wir Ich Und Aber Auch Dies Diese Dieser Dieses Danach Dann Dort Damit Dabei"
    " Dafür Doch Denn Ihr Ihre Sein Seine Nach Seit Nun Jetzt"
    " Heute Gestern Wenn Weil Obwohl Als Bei Mit Zum Zur Beim Vom Für Nur Ob Warum Wo Welche Weitere"
    " Alle Viele",
    "Elle Ils Elles Nous Vous Je Ce Cette Ces Cela Mais Dans Pour Après Avant Selon Depuis Aux Leur"
    " Leurs Ainsi Alors",
    "Pero Ellos Ellas Nosotros Este Esta Estos Estas Ese Esa Además También Según Después Ahora Cuando"
    " Cómo Qué Quién",
    "Ele Ela Eles Elas Isso Esse Essa Quando Depois Também Segundo Não",
    "Loro Questo Questa Questi Queste Però Anche Dopo Secondo Quando Come Perché Nel Nella",
    "Dat Dit Deze Die Zij Wij Hij Maar Ook Volgens Toen Daarna Waarom Hoe",
    "Dem Jeg Jag Efter Etter Därefter Derefter Hvad Vad Hva Hvor Og Och",
    "Jest Był Była Było Są Tak Jak Kto Gdzie Kiedy Potem Według Jednak Oraz",
    "Şu Ancak Sonra Daha Nasıl",
    "Он Она Они Оно Это Эта Этот Эти Мы Вы Я Но И А На По Как Что Кто Где Когда Если Также Однако Потом"
    " После По",
)
"""Words that are capitalised because a sentence begins, hardly ever as part of a name."""

ORDINAL_NOUNS = _words(
    "Jahrhundert Jahrhunderts Jahrtausend Jahrestag Geburtstag Todestag Auflage Weltkrieg Lebensjahr"
    " Klasse Stock"
    " Etage Bundesliga Liga Platz Bezirk Kapitel Spieltag Runde Mal Armee Division Legislaturperiode"
    " Kreuzzug"
)
"""German nouns that are counted: "im 18. und frühen 19. Jahrhundert"."""

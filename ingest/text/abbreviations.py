"""Words that decide whether a full stop ends a sentence: newspaper usage, in kinds that behave alike."""

from __future__ import annotations

from ingest.text import foreign_abbreviations as foreign


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLE_ABBREVIATIONS = foreign.TITLES | _words("""
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Gen Col Lt Sgt Cpl Pvt Pfc Spc Capt Cmdr Cdr Maj Adm Brig Ens
    Gov Govs Sen Sens Rep Reps Sec Pres Rev Hon Supt Det Insp Msgr Fr Br Ald Atty Asst Dist Mgr
    gov sen rep gen dr mr mrs ms prof capt
""")
"""A name follows: the full stop never ends the sentence."""

INTRODUCING = foreign.INTRODUCING | _words("v vs cf e.g i.e eg ie viz approx ca incl esp resp")
"""More of the same sentence follows."""

NUMBERED = foreign.NUMBERED | _words("""
    no nos nr núm vol vols fig figs pp ch chap art eq op ext rs rp pop sec para paras ver vers
""")
"""In lower case. A number follows; before anything else these are words like any other."""

CALENDAR_ABBREVIATIONS = _words("""
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat
""")
"""Months and days as dates shorten them; not Sun, which is a word and a newspaper."""

STATE_ABBREVIATIONS = _words("""
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla
    Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que
    D.C N.Y N.J N.H N.C S.C N.D S.D N.M R.I W.Va P.R B.C
""")
"""Places as newspapers shorten them: after a comma ("in Macon, Ga.") such a place is complete."""

GENERAL = foreign.GENERAL | _words("""
    Inc Corp Co Cos co Ltd LL Bros Jr Sr Esq St Ste Ave Av Blvd Rd Hwy Pkwy Mt Mts Ft Pt Dept Univ Assn Assoc
    Natl Intl Gov't al Ph.D Ed ed eds est Est Bd Tel tel min max sq oz lb lbs mi km kg cm ft hr hrs mph
""")
"""May stand inside a sentence or end it: only what follows can tell."""

STARTERS = foreign.STARTERS | _words("""
    The This That These Those There Here He She It They We You His Her Its Their Our My Your In On At By For
    From With Without After Before When While If As But And So Yet Or Nor However Although Though Because
    Since Until Unless Once Meanwhile Moreover Furthermore Additionally Also Then Thus Still Instead Indeed
    Perhaps Maybe What Who Why How Where Which Whether According Both Some Many Most Each Every No Not Now
    Last During Under Among Amid Despite Is Are Was Were Would Could Should Do Does Did Has Have
    Had To Today Yesterday Earlier Later Even Just Only One Two Three Several Few Another Other Others All
    Any
""")
"""Words that are capitalised because a sentence begins, hardly ever as part of a name."""

ZONES = _words("ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET Eastern Central Pacific Mountain")
"""What follows "9 p.m." within the sentence, beside days and months."""

DAYS = _words("""
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December
""")
"""Days and months in full."""

GERMAN_MONTHS = _words("""
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
""")
"""Months that follow the day as a German ordinal: "12. Juni"."""

OFFICES = _words("""
    Gov Sen Rep Mayor Governor Senator Representative Attorney Republican Republicans Democrat Democrats
    Democratic Police Supreme Department State House Senate Council Metropolitan National Circuit
""")
"""Words that go on after a place: "Fla. Gov. Ron DeSantis"."""

LETTERED = _words("""
    plan vitamin hepatitis type class group grade gen generation malcolm appendix option phase part title war
    step team schedule section figure table category influenza
""")
"""What is named by a letter or numeral: "Plan B." is a whole name, its B no initial."""

MARKED_NAMES = _words("Yahoo Jeopardy")
"""Names that carry an exclamation mark."""

DOMAINS = _words("net gov io co uk tv ai app dev eu de fr us")
"""What ends an address; before a space they may be words: "…, he said.US officials…"."""

ENDINGS = _words(
    "com org edu js ts py md txt pdf exe html htm jpg png gif doc docx xls xlsx csv json xml zip mp3 mp4"
)
"""What ends an address or a file name and is no word."""

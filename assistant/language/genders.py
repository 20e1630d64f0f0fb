"""Words that say whether a person is a he or a she: titles, kinship, trades with a gender, first names."""

from __future__ import annotations

import re

from assistant.language.lexicon import listed

_MALE_NOUNS = (
    r"(?!wo)\w*(?<!wo)(?<!hu)(?<!ger)(?<!ro)(?<!otto)(?<!tali)man|boy|boyfriend|fiancé|father|grandfather|stepfather|dad|son|grandson|"
    r"stepson|brother|half-brother|uncle|nephew|husband|widower|bridegroom|groom|king|prince|duke|earl|baron|"
    r"emperor|lord|sir|pope|cardinal|monk|friar|actor|waiter|steward|heir|host|landlord|gentleman|guy|lad|"
    r"bachelor|mr|mister|fr|patriarch|father-in-law|son-in-law|brother-in-law"
)
_FEMALE_NOUNS = (
    r"\w*woman|girl|girlfriend|fiancée|mother|grandmother|stepmother|mum|mom|daughter|granddaughter|"
    r"stepdaughter|sister|half-sister|aunt|niece|wife|housewife|widow|bride|queen|princess|duchess|countess|"
    r"baroness|empress|lady|dame|nun|actress|waitress|stewardess|heiress|hostess|landlady|midwife|lass|"
    r"ballerina|mrs|ms|miss|madam|madame|matriarch|mother-in-law|daughter-in-law|sister-in-law"
)
_UNCERTAIN = frozenset(listed("actor host heir cardinal earl lord groom king prince guy"))
"""Of these only those that stand alone before a name tell: women are actors and hosts, King is a surname."""

_PEOPLE = (
    r"man|woman|boy|girl|mother|father|son|daughter|brother|sister|husband|wife|friend|suspect|victim|driver|"
    r"officer|doctor|nurse|teacher|lawyer|judge|colleague|neighbou?r|passenger|patient|player|rival|opponent|"
    r"predecessor|successor|partner|spouse|child|baby|toddler|teenager|student|pupil|customer|client|witness|"
    r"spokes\w+|aunt|uncle|niece|nephew|grandmother|grandfather|widow|widower|girlfriend|boyfriend|bride|groom|"
    r"fiancée?|actress|actor|singer|writer|farmer|captain|minister|mayor|president|director|manager|coach|boss|"
    r"candidate|reporter|journalist|soldier|priest|bishop|pilot|engineer|worker|employee|assistant|goalkeeper|keeper|"
    r"striker|defender|referee|thief|robber|attacker|burglar|detective|surgeon|guard|guest|owner|tenant|"
    r"\w+(?<!hu)man|\w+woman"
)
OTHER_PEOPLE = re.compile(
    r"\b(?:an?|the|one|another|his|her|their|its|[\w-]+['’]s) (?:(?!of\b|for\b|to\b|in\b)[\w-]+ ){0,2}"
    rf"(?:{_PEOPLE})\b",
    re.IGNORECASE,
)
"""A person who is not named, such as "his daughter" or "the doctor"."""

_MALE_NAMES = frozenset(
    listed(
        """adam ahmed alan albert alexander alfred ali anders andrew anthony antonio arthur barry ben
    benjamin bernard bill björn bob boris brian bruce carl carlos charles chris christian christopher
    colin craig daniel david dennis derek diego dmitry donald douglas eduardo edward emmanuel eric
    erik ernest felix fernando francisco frank fred frederick gary geoffrey george gerald giovanni
    giuseppe gordon graham greg gregory gustav hans harold harry hassan henry howard hugo ian ibrahim
    igor ivan jack jacob james jason javier jeff jeffrey jeremy jim joe johan john jonathan jorge josé
    joseph joshua juan karl keith ken kenneth kevin klaus larry lars liam louis lucas luis luke magnus
    manuel marco marcus mark martin matthew michael miguel mike mohammed mohamed muhammad nathan neil
    nicholas nigel oliver olaf olav omar oscar otto owen pablo patrick paul pavel pedro peter phil
    philip pierre rafael ralph raymond ricardo richard robert roberto roger ronald ruben rupert ryan
    samuel scott sean sebastian sergei simon stefan stephen steve steven stuart sven ted thomas tim
    timothy tobias tom tony vincent vladimir walter werner will william wolfgang yusuf"""
    )
)
_FEMALE_NAMES = frozenset(
    listed(
        """abigail agnes aisha alice alison amanda amelia amy angela angelina anita ann anna anne annie
    astrid audrey barbara beatrice betty birgit brenda bridget camilla carla carmen carol caroline
    catherine cecilia charlotte chloe christina christine claire clara claudia cynthia daniela deborah
    diana diane donna doris dorothy edith eleanor elena elisabeth elizabeth ella ellen emily emma
    erika esther eva fatima fiona florence frances gabriela georgia gertrude gloria grace greta hannah
    harriet heather heidi helen helena henrietta hilary hilda ida ingrid irene isabel isabella jane
    janet jennifer jessica joan joanna josephine judith julia julie karen karin kate katherine
    kathleen katie laura lena lily linda lisa louise lucia lucy lydia madeleine margaret maria marie
    marta martha mary megan melissa michelle miriam molly monica nadia nancy natalia natalie nicola
    nina nora olga olivia pamela patricia paula petra priya rachel rebecca rita rosa rose ruth sally
    samantha sandra sara sarah sharon shirley silvia sofia sonia sophia sophie stella susan susanna
    sylvia tanya teresa theresa tina ursula valerie vanessa vera veronica victoria virginia yvonne zoe"""
    )
)

_BEFORE = (
    r"(?:^|[^\w-])(?P<noun>{nouns})\.?(?: (?:of|for|at|from|with|in|to) [^,.;:]{{1,60}},)?,? "
    r"(?:[A-Z][\w.'’-]* ){{0,2}}$"
)
_AFTER = (
    r"^(?:,? (?:who )?(?:is|was|became)|,(?: (?:aged )?\d{{1,3}},)?) "
    r"(?:(?:an?|the|his|her|their|its|[\w-]+['’]s) )?"
    r"(?:(?!of\b|to\b|for\b|and\b|with\b|by\b|from\b|whose\b|who\b)[\w-]+ ){{0,3}}?(?P<noun>{nouns})\b"
)


def _compiled(form: str, nouns: str) -> re.Pattern[str]:
    return re.compile(form.format(nouns=f"(?i:{nouns})"))


_SIGNS = tuple(
    (pronoun, _compiled(_BEFORE, nouns), _compiled(_AFTER, nouns))
    for pronoun, nouns in (("he", _MALE_NOUNS), ("she", _FEMALE_NOUNS))
)


def pronouns_told(before: str, after: str) -> frozenset[str]:
    """Return "he", "she", both or neither: what the words right before and after a person's name tell."""
    return frozenset(
        pronoun
        for pronoun, ahead, behind in _SIGNS
        if ahead.search(before)
        or ((found := behind.search(after)) and found["noun"].lower() not in _UNCERTAIN)
    )


def pronoun_of_first_name(name: str) -> str | None:
    """Return "he" or "she" for a first name that is nearly always a man's or a woman's, else None."""
    lower = name.lower().removesuffix("'s").removesuffix("’s")
    return "he" if lower in _MALE_NAMES else "she" if lower in _FEMALE_NAMES else None

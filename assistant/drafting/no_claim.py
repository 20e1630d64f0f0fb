"""Whether a sentence of a draft claims anything that an article could carry, and if not, what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checking.claims import QUOTED_TEXT, claims_nothing, has_no_verb
from assistant.language.dates import dates
from assistant.language.lexicon import listed
from assistant.language.patterns import SPEECH
from assistant.language.quantities import quantities
from assistant.language.words import read_words

if TYPE_CHECKING:
    from assistant.drafting.draft_statements import Drafted

QUESTION = "it asks something"
HEADING = "it is a heading, and claims nothing"
ORDER = "it tells somebody to do something"
TALK = "it claims nothing that an article could carry"
OPINION = "it says what somebody thinks or wants"

_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ORDERS = frozenset(
    listed(
        """add ask avoid bring buy call change check choose click close come compare consider contact cut
        delete discover do don't don’t download enjoy expand explore fill find follow forget get
        give go have help hold imagine insert join keep learn leave let let's let’s listen look make
        meet mention mind move never note notice open pick please put quote read remember remove
        replace rewrite save say see send share show sign skip speak start stay stop subscribe take
        talk tell think try turn update use verify visit vote wait watch welcome write"""
    )
)
"""Verbs that drafts begin orders with."""
_ORDERED = frozenset(
    listed(
        """a an the this that these those my your our his her its their it them him me us yourself yourselves
        what who how why where when whether if all every each no not any one to for in on at up out
        by with from here there more less now us about another into"""
    )
)
"""What comes behind such a verb, and hardly behind a noun that begins a sentence."""
_ASKING = frozenset(listed("who whom whose what when where which why how"))
_NOTES = re.compile(r"^\W*(?:TODO|TK|TKTK|FIXME|XXX|NB|CHECK)\b")
_THINKS = re.compile(
    r"\b(?:I|we)(?: \w+){0,2}? (?:think|thought|believe|feel|felt|hope|wish|suspect|guess|doubt|love|hate|"
    r"like|prefer|want|wonder|admire|fear|regret|recommend|suggest)\b|"
    r"\bin (?:my|our) (?:view|opinion|eyes|experience)\b|\bto my mind\b|\bit seems to me\b|\bpersonally\b",
    re.IGNORECASE,
)
_OUGHT = re.compile(r"\b(?:should|ought to|must|need to|needs to|deserves?|had better)\b", re.IGNORECASE)
_VALUES = frozenset(
    listed(
        """absurd amazing appalling awesome awful bad beautiful best better boring brave brilliant charming
        cowardly crazy cruel delicious delightful disappointing disgraceful disgusting dreadful dull
        elegant embarrassing excellent exciting extraordinary fair fantastic fascinating fine
        foolish funny glorious good gorgeous great greedy heroic honest horrible impressive
        inspiring interesting joke lovely magnificent marvellous marvelous mediocre nasty naive nice
        outrageous outstanding overdue overrated pathetic perfect pity pleasant regrettable
        remarkable ridiculous right sad scandal scandalous senseless shame shameful shocking silly
        splendid stunning stupid stylish superb surprising terrible terrific tragedy tragic triumph
        ugly unacceptable unfair unfortunate unjust useless wise wonderful worse worst worthy wrong
        welcome disgrace mistake disaster delight"""
    )
)
"""Words that say what somebody thinks of a thing, behind a form of “be”."""
_IS = frozenset(
    listed("is are was were be been being isn't isn’t aren't aren’t wasn't wasn’t seems looks feels sounds")
)
_WITHIN = 5
"""Words after the verb in which the judgement stands: "is by far the most beautiful"."""


def claims_none(drafted: Drafted) -> str | None:
    """Return in words why a sentence surely claims nothing; None where it may claim something."""
    plain = drafted.says.strip()
    words = [word for word in read_words(plain) if word.is_word]
    if _NOTES.match(plain) or _is_order(plain):
        return ORDER
    if re.search(r"\?[\"'”’)\]]*$", plain) and not QUOTED_TEXT.search(plain):
        return QUESTION
    ended = _ENDED.search(plain)
    if (drafted.heading or not ended or plain.endswith(":")) and _has_no_verb(plain):
        return HEADING
    if not ended and (len(words) == 1 or (drafted.heading and words[0].lower in _ASKING)):
        return HEADING
    return TALK if claims_nothing(plain) else None


def _has_no_verb(line: str) -> bool:
    """Say whether a line has no verb; the last word of "Harbour news" is none, whatever its ending."""
    rest, _, last = line.rstrip(":").rpartition(" ")
    return has_no_verb(line) or (last.endswith("s") and has_no_verb(rest))


def is_opinion(text: str) -> bool:
    """Say whether a sentence says what its writer thinks or wants.

    One with numbers, dates or speakers states a fact. It is asked only where no article says so.
    """
    if quantities(text) or dates(text) or SPEECH.search(text) or QUOTED_TEXT.search(text):
        return False
    return bool(_THINKS.search(text) or _OUGHT.search(text)) or _judges(text)


def _judges(text: str) -> bool:
    words = [word.lower for word in read_words(text) if word.is_word]
    after = (words[place + 1 : place + 1 + _WITHIN] for place, word in enumerate(words) if word in _IS)
    return any(_VALUES.intersection(near) for near in after)


def _is_order(text: str) -> bool:
    words = [word for word in read_words(text) if word.is_word]
    if not words or words[0].lower not in _ORDERS:
        return False
    first = words[0].lower
    return first == "please" or (len(words) > 1 and words[1].lower in _ORDERED) or len(words) == 1

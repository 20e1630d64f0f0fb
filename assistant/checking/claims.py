"""Claim detection: greetings, headings, questions and lead-ins of an answer claim nothing."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.language.lexicon import IRREGULAR, listed
from assistant.language.words import read_words

if TYPE_CHECKING:
    from assistant.language.words import Word

_VERB_ENDINGS = ("ed", "s", "n't", "n’t")
_OTHER_VERBS = frozenset(listed("will would can could may might must shall should"))

_ONE_FORM = frozenset(listed("bet bid burst cast cost cut hit hurt let put quit set shed shut split spread"))
"""Verbs that have one form for all: they stand with “she” too."""
_NOUN_FOLLOWS = frozenset(listed("the a an my your his her its our their no of"))
_PLURAL = frozenset(
    listed("i you we they these those who which that people police men women children to not also")
)
_APOSTROPHES = str.maketrans("’", "'")
QUOTED_TEXT = re.compile(r"“[^”]*”|\"[^\"]*\"")

_OF_ITSELF = re.compile(
    r"(?:(?:so|therefore|thus),? )?(?:the|this|my|your) (?:(?:correct|right|short|final) )?"
    r"(question|answer|article|passage|excerpt|sentence|statement|text)\b(?! of\b)",
    re.IGNORECASE,
)

_FRAME = re.compile(
    r"^(?:(?:the|this|these|your) )?(?:article|passage|excerpt|sentence|source)s? "
    r"(?:(?:also|further|then|clearly|specifically) )?"
    r"(?:say|state|mention|report|note|explain|add|indicate|tell us)s? that (?=\w)"
    r"|^(?:according to|based on) (?:the|this|these|your) "
    r"(?:article|passage|excerpt|sentence|source)s?, (?=\w)",
    re.IGNORECASE,
)
"""In the present tense: “a source said that” tells who said it in the article."""

_TALK = frozenset(
    listed(
        """here's there's that's i'll i'd i've i'm you'd you'll let's
    i me my you your it this that these those the a an of to for in on at by from with about and or as so
    if is are be do does did can could will would may might shall should have any some
    all more most further other else also there here below above then now just what which how anything nothing
    answer answers question questions query article articles source sources sentence sentences passage
    passages
    excerpt excerpts text texts document documents footnote footnotes citation citations reference references
    quote quotes summary overview conclusion note notes list points details information info
    follow follows following provide provides provided give gives given say says mention mentions mentioned
    tell tells contain contains find ask asks asked look know need want like hope help helps assist let
    based according summarize summarise summarized summarised sum summing up briefly overall
    sure certainly absolutely okay ok course hello hi hey greetings thanks thank please
    asking clarify clarification able introduction background sorry apologies"""
    )
)
"""Words that talk of an answer, politeness and what stands between: they claim nothing of the world.

Left out on purpose: "yes", "no", "not", "true", "right" and "wrong"; "he", "she", "we" and "they"; all
numbers; what was, and what is good, short or first; and whatever else happens in articles.
"""
_PHRASES = re.compile(
    r"\b(?:(?:very |really )?(?:good|great|excellent|interesting) question|feel free|(?:key|main) points|"
    r"(?:short|brief|quick|concise) (?=summary|overview|answer|list)|in (?:short|brief)|"
    r"(?:happy|glad) (?=to (?:help|assist|answer))|you're (?:very |most )?welcome|"
    r"i(?:'ve| have)? found)\b"
)
"""What is polite or about the answer only as it stands here."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TOPIC = re.compile(r"\b(?:about|on|regarding|concerning) (?P<topic>[^.:]+)[.:]$")
_ADMISSION = re.compile(
    r"^(?:(?:unfortunately|sorry|however),? )?(?:your|the|these|those|my)(?: provided| given)? (?:news )?"
    r"(?:articles?|sources?|sentences?|passages?|excerpts?|texts?|documents?) "
    r"(?:do not|don't|does not|doesn't) "
    r"(?P<verb>say|state|mention|contain|give|provide|include|specify|discuss|tell|"
    r"explain|answer|address|report|name|cover)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:(?:any|enough|further|more|the|other) )?(?:anything|information|details?|answer|reference)?"
    r"(?: ?(?:about|on|of|to|regarding|concerning))?\b"
)
_ASKED = frozenset(listed("who whom whose what when where which whether if why how"))
_MEASURES = frozenset(listed("many much long often people person exact exactly specific specifically"))
_TOLD_OF = frozenset({"say", "state"})
"""Verbs that leave open whether it is so: "don't say that he resigned", but not "don't mention that"."""
_GOES_ON = frozenset(
    listed(
        """but however though although while whereas because since before after until despite unless as and or
        nor than that which who whom whose when where so yet except instead also only even"""
    )
)
"""Words behind which a second thing is said."""
LONGEST_TOPIC, LONGEST_ADMISSION = 6, 14
"""Words of what is left open; more of them say something."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BREAKS = re.compile(r"[,;:()\[\]—–…\"“”?!]|\.(?!$)| - ")
_QUESTION = re.compile(
    r"^(?:(?:and|but|so|then) )?(?:(?:for|in|of|on|at|to|with|by|from) )?"
    r"(?:who|whom|whose|what|which|when|where|how|is|are|was|were|do|does|did|has|have|had|"
    r"can|could|will|would|should|may|might|shall)\b(?P<asked>[^?]*)\?$",
    re.IGNORECASE,
)
"""Not "why", which takes for granted what it asks about, nor "isn't it" and "wasn't he"."""


def claims_nothing(statement: str) -> bool:
    """Say whether all of a statement is a greeting, a lead-in, a question, or talk about the answer.

    Whatever says more than that is a claim, and is checked.
    """
    plain = without_frame(statement).translate(_APOSTROPHES).strip("*#_->• ").strip()
    words = _words(plain)
    if not words:
        return True
    if plain.endswith("?"):
        return _is_talk(plain) or _only_asks(plain)
    if len(words) == 1 and plain.endswith(":") and not words[0].isdigit():
        return True  # a heading
    return _is_talk(plain) or _leads_to_topic(plain) or _admits(plain)


def beyond_talk(statement: str) -> str:
    """Return what a statement has besides words that talk of the answer: what it takes for granted."""
    plain = without_frame(statement).lower().translate(_APOSTROPHES)
    if found := _ADMISSION.match(plain):
        plain = found["rest"]
    plain = _PHRASES.sub("", plain)
    return " ".join(word for word in _words(plain) if word not in _TALK | _ASKED | _MEASURES)


def _is_talk(text: str) -> bool:
    """Say whether a text has no words but those that talk of the answer."""
    return all(word in _TALK for word in _words(_PHRASES.sub("", text.lower())))


def _only_asks(plain: str) -> bool:
    """Say whether a question has nothing in it but what it asks."""
    found = _QUESTION.match(plain)
    if found is None:
        return False
    words = _words(found["asked"])
    return words[:2] != ["you", "know"] and _is_bare(found["asked"], words, _GOES_ON - {"and", "or"})


def _leads_to_topic(plain: str) -> bool:
    """Say whether a statement only announces something: "Here is what the articles say about the fire:"."""
    found = _TOPIC.search(plain)
    if found is None or not _is_talk(plain[: found.start()]):
        return False
    topic = found["topic"]
    words = _words(topic)
    named = len(leading_words(topic)) == sum(word.is_word for word in read_words(topic))
    return named and len(words) <= LONGEST_TOPIC and _is_bare(topic, words, _GOES_ON)


def _admits(plain: str) -> bool:
    """Say whether a statement only says of the articles that they leave something open."""
    found = _ADMISSION.match(plain.removesuffix("."))
    if found is None:
        return False
    rest = found["rest"].strip()
    words = _words(rest)
    opened = _words(_OPEN.sub("", rest, count=1))
    asks = opened[:1] and opened[0] in _ASKED
    if asks or (words[:1] == ["that"] and found["verb"].lower() in _TOLD_OF):
        opened = opened[1:]
    return len(words) <= LONGEST_ADMISSION and _is_bare(rest, opened, _GOES_ON)


def _is_bare(text: str, words: list[str], going_on: frozenset[str]) -> bool:
    """Say whether a text has no second clause and no number but years."""
    numbers = [word for word in _words(text) if any(map(str.isdigit, word)) and not _YEAR.fullmatch(word)]
    return not numbers and not _BREAKS.search(text) and not going_on.intersection(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def without_frame(statement: str) -> str:
    """Return what the articles are said to say: “The article says that two were hurt” without its frame."""
    return _FRAME.sub("", statement.strip())


def tells_of_itself(statement: str, sentence: str) -> bool:
    """Say whether a statement is about the question, the answer or the article: no article tells of those.

    A sentence that was handed down is another matter: the `sentence` of the article has the word too.
    """
    found = _OF_ITSELF.match(statement.strip())
    return found is not None and found[1].lower() not in {word.lower for word in read_words(sentence)}


def has_no_verb(statement: str) -> bool:
    """Say whether a statement has no verb, like “The Apollo Theater.”: what it says is in the question."""
    quoted = QUOTED_TEXT.findall(statement)
    if len(quoted) > 1 and not any(word.is_word for word in read_words(QUOTED_TEXT.sub("", statement))):
        return True  # a list of titles
    words = [word for word in read_words(statement) if word.is_word]
    return len(leading_words(statement)) == len(words)


def leading_words(statement: str) -> list[Word]:
    """Return the words before the first that can be its verb: whom or what it is about."""
    words = [word for word in read_words(statement) if word.is_word]
    return [
        word
        for word, _ in takewhile(
            lambda pair: not _may_be_verb(*pair), zip(words, [None, *words], strict=False)
        )
    ]


def _may_be_verb(word: Word, before: Word | None) -> bool:
    """Say whether a word can be a finite verb where it stands: “the deal” and “a Brexit deal” are none."""
    if word.capital or (before is not None and before.lower in _NOUN_FOLLOWS):
        return False
    if word.lower in _OTHER_VERBS:
        return True
    counted = before is not None and before.text[0].isdigit()  # "2 minutes", and not "12 died"
    if word.lower in _ONE_FORM:
        return not counted
    base = IRREGULAR.get(word.lower)
    if base == word.lower and base != "be":
        return before is not None and (before.lower in _PLURAL or before.lower.endswith("s"))
    ending = next((each for each in _VERB_ENDINGS if word.lower.endswith(each)), "")
    return base is not None or bool(ending and not (counted and ending == "s"))

"""Whether a question stands by itself, told from its own words and nothing else.

"Who won the election in France?" stands by itself; "Why?" and "How old is she?" need what was said before.
Between them are questions of which only the articles can tell: "Why was the bridge closed?" has no name,
"When do they blow the shofar?" has a pronoun that means nobody.
"""

from __future__ import annotations

import re
from enum import Enum

from assistant.language.thesaurus import dictionary_word
from assistant.language.verbs import infinitive_of, verb
from assistant.language.words import base_of, frequencies
from assistant.question.remarks import COURTESIES
from ingest import content_stems

FEW_WORDS = 3
"""A question with fewer content words than this may lean on the conversation, names or not."""


class Need(Enum):
    """Whether a question needs what was said before it."""

    NOTHING = "nothing"
    PERHAPS = "perhaps"
    CONTEXT = "context"


_OPENING = re.compile(rf"^(?:(?:{COURTESIES}|well|oh|yes|no|then)\b[,.! ]*)+", re.IGNORECASE)
"""What may be said before a question and is no part of it."""

_JOINING = re.compile(r"^(?:and|but|so|also|or|(?:(?:and|but|so) )?(?:what|how) about)\b[, ]*", re.IGNORECASE)
_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how)"
_AUXILIARY = (
    r"(?:is|are|was|were|am|be|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must)"
    r"(?:n['’]t)?"
)
_SENTENCE = re.compile(rf"\b(?:{_ASKING}|{_AUXILIARY}|tell|name|list|explain|describe)\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^\W*(?:in|at|on|for|from|of|to|by|with|during|before|after|since|until|about) ", re.IGNORECASE
)
# What stands before the subject: "how many people did", "in which country is". It can't be meant by "they".
_BEFORE_SUBJECT = re.compile(
    rf"^\W*(?:(?:in|at|on|for|from|of|to|by|with|during|until|since) )?{_ASKING}\b.*?\b{_AUXILIARY}\b|"
    rf"^\W*{_AUXILIARY}\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs)\b(?!['’]s)", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b(?!['’]s)", re.IGNORECASE)
_THESE = r"(?:this|these|those)"
_POINTING = re.compile(
    rf"\b{_THESE}\b(?! (?:of|who|that|which)\b)|\b{_AUXILIARY} that\b|^\W*that\b|"
    r"\b(?:after|before|about|of|from|for|with|by|to|than|like|besides|since|during|in|on|at|mean) that\b|"
    r"\b(?:there|then|afterwards|else|next|too|instead|ones?|others?)\W*$|"
    r"\bthe (?:same|former|latter|rest|two|both)\W*$|"
    rf"\b(?:{_ASKING}|anyone|anything|someone|something) else\b|"
    r"\b(?:which|that|this|the|another|other) ones?\b(?! (?:of|who|that|with))|"
    r"\bthe (?:same|other) (?!(?:time|day|side|way|hand)\b)\w+",
    re.IGNORECASE,
)
_NOT_POINTING = re.compile(
    r"\b(?:this|that|these|those) "
    r"(?:week|weekend|month|year|morning|evening|season|summer|winter|spring|time)\b|"
    r"\b(?:is|are|was|were) there\b|\bnext (?:to|week|month|year)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"^what(?:['’]?s| is) (?P<one>an? )?(?P<what>[^?.!]+?)\W*$", re.IGNORECASE)
"""What asks what something is: "a blue moon" and "calentado" name it, "the cause" and "an example" do not."""
KIND_WORDS = 2
LONG_ENOUGH = 4
"""Letters of a word from which the dictionary knows it."""
_WORD = re.compile(r"[^\W_][\w'’-]*")
_SMALL_WORDS = r"(?:about|after|at|before|for|from|in|into|off|on|out|to|when|with|while|and|that|the|a|an)"
_OBJECT = re.compile(rf"(?:it|them|him)\b|her(?=\W*$| {_SMALL_WORDS}\b)", re.IGNORECASE)
"""Pronouns that are no subject's own: "who lost his life" and "which team won its title" name whose it is."""
_GOVERNED = re.compile(
    rf"\b(?P<verb>[^\W\d_]+) (?:{_SMALL_WORDS} )?(?P<pronoun>it|them)(?=\W*$)", re.IGNORECASE
)
"""A pronoun that ends a question, behind its verb: "abolish it", "say about them"."""
_IDLE = frozenset({"worth", "make", "made", "get"})
"""Behind these "it" means nothing: "is it worth it", "did they make it"."""
_PLURAL = re.compile(r"\b(?:people|[^\W\d_]{2,}[^\W\d_su]s|those|they|we|you)\b", re.IGNORECASE)
"""What "it" can't mean. A word that ends in "us" or "ss" is one thing."""
_TO_DO = re.compile(r"\b[^\W\d_]+ to\b", re.IGNORECASE)
"""What comes before the verb of "want to abolish", and can't be meant either."""
_SUBJECT_WORDS = 4
"""Words that such a question begins with, "which shipping company paid", among which its verb is."""


def need_of(text: str) -> Need:
    """Return whether a question needs what was said before it."""
    said = _OPENING.sub("", text)
    bare = _JOINING.sub("", said)
    if _asks_what_is(bare):
        return Need.NOTHING
    content = len(content_stems(bare))
    elliptic = not _SENTENCE.search(bare)
    if not content or (elliptic and content < FEW_WORDS and _PREPOSITION.match(bare)):
        return Need.CONTEXT
    if _meant_before(_PERSON, bare) or _object_meant_before(bare):
        return Need.CONTEXT
    if bare != said or points_back(bare):
        return Need.CONTEXT if content < FEW_WORDS else Need.PERHAPS
    return Need.NOTHING if content >= FEW_WORDS and _named(bare) and not elliptic else Need.PERHAPS


def _asks_what_is(text: str) -> bool:
    """Say whether a question asks what one of a kind is, named by two words, or what no common word names."""
    found = _DEFINED.match(text)
    if not found or points_back(text) or not content_stems(found["what"]):
        return False
    words = [word.lower() for word in _WORD.findall(found["what"])]
    return (bool(found["one"]) and len(words) == KIND_WORDS) or not any(map(_common, words))


def _common(word: str) -> bool:
    """Say whether a word, or what it is a form of, may mean any number of things: "stolen", "example"."""
    if len(word) < LONG_ENOUGH:
        return base_of(word) in frequencies() or not content_stems(word)
    forms = (word, base_of(word), word.removesuffix("s"), infinitive_of(word))
    return any(form and dictionary_word(form) for form in forms)


def points_back(text: str) -> bool:
    """Say whether a text has a pronoun, or the like of it, for which it names nothing itself.

    "When did they leave?" has; in "Why did the captain leave her ship?" the captain is meant.
    """
    text = _NOT_POINTING.sub(" ", text)
    return _meant_before(_PRONOUN, text) or bool(_POINTING.search(text))


def _meant_before(pronoun: re.Pattern[str], text: str) -> bool:
    """Say whether the first such pronoun of a text has nothing before it that it could stand for."""
    found = pronoun.search(text)
    if not found:
        return False
    before = text[: found.start()]
    opening = _BEFORE_SUBJECT.match(before)
    if opening:
        before = before[opening.end() :]
    elif _OBJECT.match(text, found.start()):
        before = _behind_verb(before)
    return not content_stems(before)


def _object_meant_before(text: str) -> bool:
    """Say whether a question ends with an object that it doesn't name: "Why do people want to ban it?".

    "It" is one thing, so neither "people" nor another plural before it can be meant.
    """
    found = _GOVERNED.search(text)
    if not found or found["verb"].lower() in _IDLE or not _is_verb(found["verb"].lower(), last=True):
        return False
    before = text[: found.start()]
    opening = _BEFORE_SUBJECT.match(before)
    if not opening:
        return False
    before = before[opening.end() :]
    if found["pronoun"].lower() == "it":
        before = _PLURAL.sub(" ", before)
    return not content_stems(_TO_DO.sub(" ", before))


def _behind_verb(before: str) -> str:
    """Return what comes after the verb of "Who chose" or "What company made", whose subject is asked for.

    Neither the verb nor the company can be meant by the "it" that follows; in another clause, "which teams
    lost because they", it can.
    """
    words = list(_WORD.finditer(before))[:_SUBJECT_WORDS]
    if not words or words[0].group().lower() not in {"who", "what", "which"}:
        return before
    verbs = [
        word for word in words[1:] if _is_verb(word.group().lower(), last=not before[word.end() :].strip())
    ]
    rest = before[verbs[-1].end() :] if verbs else before
    return rest if not rest.strip() or _PREPOSITION.fullmatch(f"{rest.strip()} ") else before


def _is_verb(word: str, *, last: bool) -> bool:
    """Say whether a word may be a verb's past or its present: "chose", "owns"; as the last one also "use"."""
    present = (word.removesuffix(ending) for ending in ("s", "es") if word.endswith(ending))
    return bool(infinitive_of(word)) or any(verb(each) for each in present) or (last and bool(verb(word)))


def _named(text: str) -> bool:
    return any(character.isdigit() for character in text) or any(
        word[0].isupper() and word != "I" for word in _WORD.findall(text)[1:]
    )

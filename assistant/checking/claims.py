"""Whether a piece of an answer claims anything: greetings, headings, questions and leads claim nothing."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.language.lexicon import IRREGULAR, listed
from assistant.language.words import read

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
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")

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

LEAD = 2
"""Most words with content that a lead has: "The question is:"."""
_NOTHING = re.compile(
    r"^(?:(?:here|below|following)\b.{0,60}:|(?:in summary|to summari[sz]e|overall|in conclusion|sources?|"
    r"references?|answer|summary)\s*:?$|"
    r"(?:sure|certainly|of course|hello|hi|thanks|thank you|you're welcome)\b[^.]{0,40}[.!]?$|"
    r"i hope (?:this|that) helps.{0,40}$|(?:please )?let me know if .{0,80}$|"
    r"(?:according to|based on) (?:the|your) (?:articles?|sources?|sentences?)[,:]?$|"
    r"(?:your|the|these) (?:articles?|sources?|sentences?) (?:do not|don['’]t|does not|doesn['’]t) "
    r"(?:say|mention|contain|give|state)\b(?:(?!\b(?:but|however|though|although|while)\b|[,;]).){0,120}$)",
    re.IGNORECASE,
)


def claims_nothing(statement: str) -> bool:
    """Say whether a statement claims nothing that a source could carry."""
    plain = without_frame(statement).strip("*#_- ").strip()
    if not any(word.is_word for word in read(plain)):
        return True
    if plain.endswith(":") and sum(word.content for word in read(plain)) <= LEAD:
        return True
    return plain.endswith("?") or bool(_NOTHING.match(plain))


def without_frame(statement: str) -> str:
    """Return what the articles are said to say: “The article says that two were hurt” without its frame."""
    return _FRAME.sub("", statement.strip())


def tells_of_itself(statement: str, sentence: str) -> bool:
    """Say whether a statement is about the question, the answer or the article: no article tells of those.

    A sentence that was handed down is another matter: the `sentence` of the article has the word too.
    """
    found = _OF_ITSELF.match(statement.strip())
    return found is not None and found[1].lower() not in {word.lower for word in read(sentence)}


def fragment(statement: str) -> bool:
    """Say whether a statement has no verb, like “The Apollo Theater.”: what it says is in the question."""
    quoted = QUOTED.findall(statement)
    if len(quoted) > 1 and not any(word.is_word for word in read(QUOTED.sub("", statement))):
        return True  # a list of titles
    words = [word for word in read(statement) if word.is_word]
    return len(leading_words(statement)) == len(words)


def leading_words(statement: str) -> list[Word]:
    """Return the words before the first that can be its verb: whom or what it is about."""
    words = [word for word in read(statement) if word.is_word]
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

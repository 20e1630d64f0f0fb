"""How closely a sentence says what a statement says: in its words, as a fact, of the same days and things."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checking.claims import leading_words
from assistant.checking.rules.word_order import shared_links
from assistant.language.lexicon import listed
from assistant.language.words import rarity, read_words

if TYPE_CHECKING:
    from datetime import date

SAME_ORDER = 0.3
"""Share of a statement's links (neighbouring words) that a sentence has that says the same in its own words.

Of what a model of 135 million parameters wrote without naming a sentence, and what the score alone took for
certain, nearly all that was wrong lay below: words of the question put around those of a sentence.
"""
WORD_BY_WORD = 0.8
"""The same share from which a statement is the sentence itself, whatever was asked."""
_SAME_MATTER = 0.6
"""Share of the question's words, the rare ones weighing more, that an article has to have for "the mission"
of an answer to be the mission that it tells of; measured: .67 and more where it was, .59 where not."""
STILL_SO = 31
"""Days for which what an article calls new or current may be so called."""

_NOW = re.compile(
    r"\b(?:[cC]urrent(?:ly)?|[nN]ow|[tT]oday|[tT]onight|[pP]resently|at present|"
    r"[rR]ecent(?:ly)?|[lL]ately|[lL]atest|"
    r"new|New(?! [A-Z])|[nN]ew(?:est|ly)|[uU]pcoming|[sS]oon|[yY]esterday|[tT]omorrow|"
    r"[tT]h(?:is|ese) (?:morning|evening|week|weekend|month|spring|summer|autumn|fall|winter|year|days)|"
    r"(?:[nN]ext|[lL]ast) (?:week|month|year))\b"
)
_HEDGES = re.compile(r"\b(?:would|could|may|might|should|if|unless|whether|hypothetical(?:ly)?)\b")
_POINTING = frozenset(listed("the this that these those it its he his she her they their"))


def close(statement: str, sentence: str) -> bool:
    """Say whether a sentence has the words of a statement in their order, or nearly, and as surely."""
    if _HEDGES.search(sentence) and not _HEDGES.search(statement):
        return False
    return shared_links(statement, [sentence]) >= SAME_ORDER


def word_by_word(statement: str, sentence: str) -> bool:
    """Say whether a sentence says nearly all of a statement in the same words."""
    return shared_links(statement, [sentence]) >= WORD_BY_WORD


def starts_off_topic(statement: str, question: str, article: str) -> bool:
    """Say whether "she" or "the mission" that a statement begins with is hardly what the article tells of.

    It is what the question asks about: an article that lacks the question's words tells of another.
    """
    leading = leading_words(statement)
    named = any(word.capital or word.text[0].isdigit() for word in leading[1:])
    if not leading or leading[0].lower not in _POINTING or named:
        return False
    asked = {word.base for word in read_words(question) if word.content}
    told = asked & _bases(article)
    return sum(map(rarity, told)) < _SAME_MATTER * sum(map(rarity, asked))


@lru_cache(maxsize=32)
def _bases(text: str) -> frozenset[str]:
    return frozenset(word.base for word in read_words(text))


def outdated(statement: str, published: date | None, asked_on: date | None) -> bool:
    """Say whether a statement tells what is so now, for which an article is too old."""
    if published is None or asked_on is None or not _NOW.search(statement):
        return False
    return (asked_on - published).days > STILL_SO

"""Whether a piece of an answer claims anything: greetings, headings, questions and leads claim nothing."""

from __future__ import annotations

import re

from assistant.checks.lexicon import IRREGULAR, listed
from assistant.checks.wording import read

_VERB_ENDINGS = ("ed", "s", "n't", "n’t")
_OTHER_VERBS = frozenset(listed("will would can could may might must shall should"))

_OF_THE_QUESTION = re.compile(
    r"(?:the|this|your) question (?:asks|is asking|refers to|wants to know)\b", re.IGNORECASE
)

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
    plain = statement.strip().strip("*#_- ").strip()
    if not any(word.is_word for word in read(plain)):
        return True
    if plain.endswith(":") and sum(word.content for word in read(plain)) <= LEAD:
        return True
    return plain.endswith("?") or bool(_NOTHING.match(plain))


def tells_of_the_question(statement: str) -> bool:
    """Say whether a statement may be about the question that was asked, which no article is about."""
    return bool(_OF_THE_QUESTION.match(statement.strip()))


def fragment(statement: str) -> bool:
    """Say whether a statement has no verb, like “The Apollo Theater.”: what it says is in the question."""
    return not any(
        word.lower in IRREGULAR or word.lower in _OTHER_VERBS or word.lower.endswith(_VERB_ENDINGS)
        for word in read(statement)
        if word.is_word and not word.capital
    )

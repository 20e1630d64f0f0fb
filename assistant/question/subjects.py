"""What a conversation is about: where its subject began, and when an earlier one is named again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.english import is_foreign
from assistant.language.lexicon import FUNCTION_WORDS
from assistant.language.patterns import names
from assistant.language.thesaurus import common_noun, dictionary_word
from assistant.language.words import rarity, read_words
from assistant.messages import CATALOGUE, Message
from assistant.question.context_need import LONG_ENOUGH, Need, need_of, points_back
from assistant.question.leaning import leaning
from ingest import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.language.words import Word

ANSWER_READ = 600
"""Characters of an answer that are looked at: its first sentences."""

FAR, FURTHER = 2.0, 4.0
"""Log odds from which a question with telling words of its own goes on all the same, and where its answer
tells something that has nothing of what was spoken of."""

TELLS = 3
"""Content words of an answer that tells something: "No." and "Your articles don't say" don't."""

SELDOM = 4.5
"""Rarity in English (the natural log of one in so many paragraphs) from which a noun tells what is meant."""

FOREIGN_WORDS = 2
"""Content words below which a question in another language goes on, of whose wording nothing was learned."""

_ARTICLES = frozenset(("the", "a", "an"))
_TURNING = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|now)\W+)*(?:(?:what|how) about|as for|regarding)\b|^\W*and\b",
    re.IGNORECASE,
)
"""How one turns to another thing of the same kind, or to something else: "and the bridge?"."""

_GOING_BACK = re.compile(
    r"\b(?:back|return(?:ing)?) to\b|^\W*(?:and )?(?:in|on|at|with|about|as for|regarding)\b", re.IGNORECASE
)
"""How one goes back to what has a common noun for a name; a name needs no such words."""


@dataclass(slots=True)
class Subject:
    """What some questions of a conversation are about: `place` is that of the one that began it.

    `words` are the telling words of what was asked and answered, `asked` those of the questions alone,
    `names` the names among all of them; `answered` says whether any of the questions was.
    """

    place: int
    words: set[str]
    asked: set[str]
    names: set[str]
    answered: bool

    def add(self, question: str, reply: str) -> None:
        """Count a question and its answer in."""
        told = "" if refuses(reply) else reply[:ANSWER_READ]
        self.words |= telling_words(f"{question}\n{told}")
        self.asked |= telling_words(question)
        self.names |= _names_in(f"{question}\n{told}")
        self.answered |= not refuses(reply)


def subject_of(text: str, asked: Sequence[tuple[str, str]]) -> tuple[Subject, bool]:
    """Return the subject that a question has if it goes on, and whether it goes back to an earlier one.

    `asked` has the questions before with their answers, oldest first; there is one at least.
    """
    subjects = subjects_in(asked)
    earlier = _gone_back_to(text, subjects)
    return (subjects[-1], False) if earlier is None else (earlier, True)


def subjects_in(asked: Sequence[tuple[str, str]]) -> list[Subject]:
    """Return the subjects of a conversation, the present one last.

    A question begins one that doesn't lean on what was asked before, as far as its words tell, and that
    shares no telling word with the subject before, nor does its answer. One that names an earlier subject
    instead goes back to that. What has no telling word and no answer, as "very helpful", begins nothing.
    """
    subjects: list[Subject] = []
    for place, (question, reply) in enumerate(asked):
        new = Subject(place, set(), set(), set(), answered=False)
        new.add(question, reply)
        if subjects:
            present, before = subjects[-1], asked[place - 1][0]
            earlier = _gone_back_to(question, subjects)
            elsewhere = bool(new.asked) and not new.asked & present.words
            if earlier is not None:
                subjects.remove(earlier)
                new = earlier
            elif (
                present.words & new.words
                or _leans(question, before, far=_far(reply) if elsewhere else 0.0)
                or not (new.asked or new.answered)
            ):
                new = subjects.pop()
            if new.place != place:
                new.add(question, reply)
        subjects.append(new)
    return subjects


def refuses(reply: str) -> bool:
    """Say whether an answer is that the articles don't say."""
    opening = reply.strip().replace("’", "'")
    return any(opening.startswith(told[Message.CANNOT_ANSWER]) for told in CATALOGUE.values())


def turns_elsewhere(text: str, subject: Subject) -> bool:
    """Say whether a question turns to something of its own: "and the swing bridge?"."""
    own = telling_words(text)
    return bool(own) and not own & subject.words and bool(_TURNING.match(text))


def telling_words(text: str) -> set[str]:
    """Return the stems of the words that tell what is spoken of."""
    words = read_words(text)
    told_of = zip(words, ["", *(word.lower for word in words)], strict=False)
    telling = {
        stem for word, before in told_of if _telling(word, before) for stem in content_stems(word.text)
    }
    return telling | _names_in(text)


def _gone_back_to(text: str, subjects: Sequence[Subject]) -> Subject | None:
    """Return the latest earlier subject that a question names: "back to the ferry: who paid?"."""
    own, own_names = telling_words(text), _names_in(text)
    if own & subjects[-1].words:
        return None
    by_noun = bool(_GOING_BACK.search(text))
    found = (
        each for each in reversed(subjects[:-1]) if own_names & each.names or (by_noun and own & each.asked)
    )
    return next(found, None)


def _names_in(text: str) -> set[str]:
    """Return the stems of names: written as such, or in no list of words."""
    told = {stem for name in names(text) for stem in content_stems(name)}
    unknown = (word for word in read_words(text) if word.is_word and not _known(word))
    return told | {stem for word in unknown for stem in content_stems(word.text)}


def _telling(word: Word, before: str) -> bool:
    """Say whether a word is a noun that is not in every other report.

    `before` is the word before it: "the ferry" is a noun, which "to ferry" isn't.
    """
    if not content_stems(word.text) or word.lower in FUNCTION_WORDS:
        return False
    noun = common_noun(word.base) or before in _ARTICLES
    return _known(word) and noun and rarity(word.base) >= SELDOM


def _known(word: Word) -> bool:
    """Say whether a word is in the dictionary, or too short to tell."""
    return (
        len(word.base) < LONG_ENOUGH
        or word.lower in FUNCTION_WORDS
        or dictionary_word(word.lower)
        or dictionary_word(word.base)
    )


def _far(reply: str) -> float:
    tells = not refuses(reply) and len(content_stems(reply[:ANSWER_READ])) >= TELLS
    return FURTHER if tells else FAR


def _leans(question: str, before: str, *, far: float) -> bool:
    """Say whether a question goes on with the one before it, as far as its words tell.

    `far` are the log odds that it has to show if it has telling words none of which was spoken of, else 0.
    """
    if is_foreign(question):
        return len(content_stems(question)) < FOREIGN_WORDS or not far
    if points_back(question):
        return True
    if far:
        return not _TURNING.match(question) and leaning(question, before) > far
    return need_of(question) is Need.CONTEXT or leaning(question, before) > 0

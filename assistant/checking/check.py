"""`check_statement`: whether the cited sentences support a statement, alone and together, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.answers import Support
from assistant.checking.alignment import align
from assistant.checking.claims import claims_nothing, without_frame
from assistant.checking.entailment import entailments
from assistant.checking.mistakes import Mistake, Sources, find_mistakes
from assistant.checking.rules.questions import without_questions
from assistant.checking.score import probability
from assistant.checking.values import in_their_words
from assistant.checking.word_by_word import read_word_by_word
from assistant.language.english import english_part, is_foreign, verbatim
from assistant.language.words import read_words
from ingest import QuestionError, as_day, as_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.checking.alignment import Alignment
    from assistant.checking.entailment import Entailment

THRESHOLD = 0.5
"""Probability from which a statement counts as supported."""
FOUND_WRONG, LITTLE = 0.45, 0.04
"""With a mistake found, the score is capped at .45 + .04 x score: below the threshold, and still in order."""
SECOND_OPINION = "denial_differs"
"""A mistake that counts only where the score is not certain: there it is right two times in three."""
_DENIED = 0.5
"""Probability of the reverse being said from which a sentence denies a statement."""

SENTENCES = "The sentences can't be used. Write strings, citations or sentences of articles."
CONTEXT = 'Write ["The title of the article", "The sentence before."].'

SAME_SUBJECT = 0.6
"""Share of the statement's words that a sentence has to have before it can contradict it."""


CERTAIN = 0.8
"""Score from which a statement rests on the English words of a sentence, whatever that quotes in others."""
REVERSE_REASON = "the source says the reverse"
NO_WORDS_REASON = "it has no words of its own that a source could say"


class HasText(Protocol):
    """A sentence of an article."""

    @property
    def text(self) -> str:
        """The words of the sentence."""


class HasQuote(Protocol):
    """A footnote."""

    @property
    def quote(self) -> str:
        """The words of the cited sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of a statement.

    `score` is the probability, 0 to 1, that the sentences support it. `reason` says why, in words.
    `sentences` has the places of the sentences that carry it, alone or, where none does, together;
    `against` of those that say the reverse. `denied` says that the sentences say the reverse, and carry it
    not.
    """

    support: Support
    score: float
    reason: str
    sentences: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    denied: bool = False


IN_ITS_WORDS = 0.95
"""Score of a statement in another language that keeps to the words of its source: not all of it is there."""
NOT_ENGLISH = {
    True: Verdict(
        Support.UNCHECKED_LANGUAGE, 0.0, "it is in another language, and not in the words of its source"
    ),
    False: Verdict(Support.UNCHECKED_LANGUAGE, 0.0, "its source is in another language than it is"),
}
"""What is said where the statement is in another language, and where only its sources are."""


def check_statement(
    statement: str,
    sentences: str | Iterable[str | HasText | HasQuote],
    *,
    published: date | str | None = None,
    context: str | Sequence[str] = (),
) -> Verdict:
    """Check whether the cited sentences support a statement, without a language model.

    `published` is the day of publication, a date or text like "2024-03-01", for dates like "on Tuesday".
    `context` is text around the sentences, such as the title or the sentence before: names and dates may
    come from there, nothing else. Only English is read: in another language a statement that is a whole
    sentence, word for word, is supported; in eight also one that keeps to a sentence's words
    (checking/word_by_word.py), and it is not where the sentence has another number, month, weekday or no
    denial. Any other is not checked.

    Raises:
        QuestionError: an argument is not of these kinds.
    """
    if not isinstance(statement, str):
        raise QuestionError(f"The statement must be text, not {type(statement).__name__}.")
    day = as_day(published, "published")
    around = tuple(text for text in as_texts(context, "context", CONTEXT) if text.strip())
    texts = {place: text for place, text in enumerate(_texts(sentences)) if text.strip()}
    if claims_nothing(statement):
        return Verdict(Support.NO_CLAIM, 0.0, "it claims nothing that a source could carry")
    statement = without_frame(statement)
    says = any(word.content for word in read_words(statement)) or statement.strip() in texts.values()
    if not texts or not says:
        return Verdict(Support.UNSUPPORTED, 0.0, "it cites no sentence" if not texts else NO_WORDS_REASON)
    foreign = is_foreign(statement, texts.values())
    told = {} if foreign else {place: english_part(text, statement) for place, text in texts.items()}
    if told == texts:
        return _held_against(statement, texts, day, around)
    if same := tuple(place for place, text in texts.items() if verbatim(statement, text)):
        return Verdict(Support.SUPPORTED, 1.0, "the source says so, word for word", same)
    left = {place: text for place, text in told.items() if text.strip()}
    held = _held_against(statement, left, day, around) if left else None
    if held and _stands(held, partial=any(left[at] != texts[at] for at in left)):
        return held
    # Three words may not look foreign; and an English statement has not the words of a foreign sentence.
    return _read_word_by_word(statement, texts) or NOT_ENGLISH[foreign]


def _read_word_by_word(statement: str, texts: Mapping[int, str]) -> Verdict | None:
    """Return what sentences in its own language say to a statement; None where that isn't known."""
    readings = {place: read_word_by_word(statement, text) for place, text in texts.items()}
    carrying = tuple(place for place, reading in readings.items() if reading.carried)
    against = tuple(place for place, reading in readings.items() if reading.otherwise)
    told = readings[against[0]].otherwise if against else None
    if carrying and told:
        reason = f"one source says so, another does not: {told}"
        return Verdict(Support.CONFLICTING, IN_ITS_WORDS, reason, carrying, against)
    if carrying:
        return Verdict(Support.SUPPORTED, IN_ITS_WORDS, "the source says so, in the same words", carrying)
    return Verdict(Support.UNSUPPORTED, 1 - IN_ITS_WORDS, told, denied=True) if told else None


def _stands(verdict: Verdict, *, partial: bool) -> bool:
    """Say whether a verdict on the English sentences stands where there are others, or quotations in others.

    What the English ones don't say, the others may.
    """
    return verdict.support is not Support.UNSUPPORTED and not (partial and verdict.score < CERTAIN)


def _held_against(
    statement: str, texts: Mapping[int, str], day: date | None, around: tuple[str, ...]
) -> Verdict:
    """Hold a statement against sentences by their places, all of them in English."""
    sources = Sources(tuple(texts.values()), day, around)
    each = [Sources((text,), day, around) for text in texts.values()]
    told = [in_their_words(statement, some.sentences, day) for some in (sources, *each)]
    said = without_questions(around[0]).rstrip(".") if around else ""
    title = f"{said}." if said else ""
    whole, each_read = entailments(told, sources.sentences, title)
    together = _judge(statement, sources, whole)
    if len(texts) == 1:
        return _verdict(together, [together], list(texts))
    alone = [_judge(statement, some, reading) for some, reading in zip(each, each_read, strict=True)]
    return _verdict(together, alone, list(texts))


@dataclass(frozen=True, slots=True)
class _Judged:
    score: float
    found: tuple[Mistake, ...]
    alignment: Alignment
    reverse: bool

    @property
    def carries(self) -> bool:
        """Whether the sentences carry the statement."""
        return self.score >= THRESHOLD and not self.found

    @property
    def denial(self) -> str:
        """Why the sentences, being about the same, contradict the statement; empty where they don't."""
        if self.alignment.cover < SAME_SUBJECT:
            return ""
        said = [mistake.reason for mistake in self.found if mistake.contradicts]
        return said[0] if said else REVERSE_REASON if self.reverse else ""


def _judge(statement: str, sources: Sources, reading: Entailment) -> _Judged:
    score = probability(reading.carried)
    found = [
        mistake
        for mistake in find_mistakes(statement, sources)
        if score < CERTAIN or mistake.kind != SECOND_OPINION
    ]
    return _Judged(
        score=min(score, FOUND_WRONG + LITTLE * score) if found else score,
        found=tuple(found),
        alignment=align(statement, sources.sentences),
        reverse=reading.denied >= _DENIED,
    )


def _verdict(together: _Judged, alone: list[_Judged], places: list[int]) -> Verdict:
    """Put the judgements of all sentences together and of each alone into one; `places` are theirs."""
    carrying = tuple(place for place, judged in zip(places, alone, strict=True) if judged.carries)
    if carrying:
        best = max(judged.score for judged in alone if judged.carries)
        denying = {place: judged.denial for place, judged in zip(places, alone, strict=True)}
        against = tuple(place for place, reason in denying.items() if reason)
        if against:
            reason = f"one source says so, another does not: {denying[against[0]]}"
            return Verdict(Support.CONFLICTING, best, reason, carrying, against)
        return Verdict(Support.SUPPORTED, best, "the source says so", carrying)
    if together.carries:
        needed = tuple(places[at] for at in together.alignment.closest) or tuple(places)
        return Verdict(Support.SUPPORTED, together.score, "the sources say so together", needed)
    reason = _lacking(together)
    return Verdict(Support.UNSUPPORTED, together.score, reason, denied=bool(together.denial))


def _lacking(judged: _Judged) -> str:
    """Return why sentences don't carry a statement."""
    if judged.found:
        return judged.found[0].reason
    if judged.denial:
        return judged.denial
    if lost := judged.alignment.lost:
        return f"the source does not say “{lost}”"
    return "it is not certain that the source says so"


def _texts(sentences: object) -> list[str]:
    if isinstance(sentences, str):
        return [sentences]
    if not isinstance(sentences, Iterable) or isinstance(sentences, Mapping | bytes):
        raise QuestionError(SENTENCES)
    return [_text(sentence) for sentence in sentences]


def _text(sentence: object) -> str:
    if isinstance(sentence, str):
        return sentence
    text = getattr(sentence, "quote", getattr(sentence, "text", None))
    if not isinstance(text, str):
        raise QuestionError(SENTENCES)
    return text

"""What becomes of each statement that a model wrote: held against its sentences, moved, or put right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.checking.claims import QUOTED_TEXT, beyond_talk, has_no_verb, tells_of_itself, without_frame
from assistant.checking.mistakes import Sources, find_mistakes
from assistant.checking.reader import reader
from assistant.language.english import is_foreign
from assistant.language.lexicon import listed
from assistant.language.names import SourceWords, find_names, missing
from assistant.language.pronouns import named
from assistant.language.words import bases, read_words
from assistant.quoting.select import referent_of
from assistant.writing.closeness import close, outdated, starts_off_topic, word_by_word
from ingest import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.checking.check import Verdict
    from assistant.language.names import Name
    from assistant.question.query import Query
    from assistant.writing.material import Material
    from assistant.writing.statement_stream import WholeStatement

CERTAIN_ELSEWHERE = 0.8
"""Score from which a sentence that the writer did not name is taken for what a statement rests on. Of WiCE's
claims kept back .60 of those that score .5 or more are supported, .72 of those from this on. A writer who
names the right sentence has read it; one who doesn't may have made up what happens to be like one."""

MOST_OTHER_SENTENCES = 4
"""Sentences that are tried where the cited ones don't say it, those that share most words with it."""

BROKEN_OFF = "the model broke off in the middle of it"
ECHOES = "it repeats the question, and says nothing that a source could carry"
SUPPOSES = "it takes for granted what neither the question nor the articles say"
ASKS = "it asks something, and says nothing that a source could carry"
_ASKING = frozenset({"what", "which", "who", "whom", "whose", "when", "where", "why", "how"})
_PREPOSITIONS = frozenset(listed("about after at before by for from in into of on over to under with"))
_YES_OR_NO = frozenset(
    listed("did do does is are was were am has have had can could will would shall should may might must")
)
EXACT_KINDS = frozenset({"number_differs", "date_differs", "name_missing", "quotation_differs"})
"""Mistakes that are found by comparing, not by weighing."""
_DIGITS = re.compile(r"\d+")
_FORM = frozenset({BROKEN_OFF, ECHOES, SUPPOSES, ASKS})
FOUND_ELSEWHERE = "the sentence that says so was found by the check"
CORRECTED_REASON = "corrected: what the model wrote first was not in the sources"


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with the keys of the sentences that it rests on, as it will be shown.

    `against` are those of the keys whose sentences say the reverse. `original` is what the model wrote
    first, where the text was corrected.
    """

    text: str
    keys: tuple[str, ...]
    support: Support
    score: float
    reason: str
    against: tuple[str, ...] = ()
    original: str | None = None

    @property
    def failed(self) -> bool:
        """Whether no sentence supports it although it claims something."""
        return self.support is Support.UNSUPPORTED

    @property
    def doubted(self) -> bool:
        """Whether two checks see it differently."""
        return self.support is Support.DOUBTED

    @property
    def weighed(self) -> bool:
        """Whether it was held against sentences: a claim that has some, and the form of a claim."""
        return bool(self.keys) and self.support is not Support.NO_CLAIM and self.reason not in _FORM

    @property
    def unread(self) -> bool:
        """Whether it, or all that it rests on, is in a language that the check doesn't read."""
        return self.support is Support.UNCHECKED_LANGUAGE


class Checker:
    """Holds statements against the sentences that the model was given."""

    def __init__(self, material: Material, query: Query | None = None) -> None:
        self._question = query.full_text if query else ""
        self._asking = _asking(query.text) if query else ()
        self._asked_on = query.asked_on if query else None
        self._sentences = material.sentences
        self._named: dict[str, str] = {}
        self._stems = {key: set(content_stems(item.sentence.text)) for key, item in self._sentences.items()}
        self._titles = {key: source.article.title for source in material.sources for key in source.sentences}
        self._before = material.before

    def prepare(self, key: str) -> None:
        """Read a sentence ahead, so that no check has to wait for it."""
        is_foreign(self._told(key))
        reader().load()

    def check(self, drafted: WholeStatement) -> Checked:
        """Check a statement; where its own sentences don't say it, look for ones that do."""
        if drafted.broken_off:
            return Checked(drafted.text, drafted.keys, Support.UNSUPPORTED, 0.0, BROKEN_OFF)
        if "?" in QUOTED_TEXT.sub("", drafted.text):
            return Checked(drafted.text, drafted.keys, Support.UNSUPPORTED, 0.0, ASKS)
        told = f" {_words(drafted.text)} "
        if any(asked in told for asked in self._asking):
            return Checked(drafted.text, drafted.keys, Support.UNSUPPORTED, 0.0, ECHOES)
        first = self._verdict(drafted.text, drafted.keys)
        if first.support is Support.NO_CLAIM:
            return self._talk(drafted, first)
        if first.support in (Support.SUPPORTED, Support.CONFLICTING):
            shown = {*first.sentences, *first.against} or range(len(drafted.keys))
            keys = self._with_named(drafted.text, [drafted.keys[place] for place in sorted(shown)])
            against = tuple(drafted.keys[place] for place in first.against)
            return Checked(drafted.text, keys, first.support, first.score, first.reason, against)
        return self._elsewhere(drafted) or Checked(
            drafted.text, drafted.keys, first.support, first.score, _why(drafted, first)
        )

    def _talk(self, drafted: WholeStatement, verdict: Verdict) -> Checked:
        if self._supposes(drafted.text):
            return Checked(drafted.text, drafted.keys, Support.UNSUPPORTED, 0.0, SUPPOSES)
        return Checked(drafted.text, (), Support.NO_CLAIM, verdict.score, verdict.reason)

    def _supposes(self, text: str) -> bool:
        """Say whether talk about the answer has words that are neither the question's nor the sentences'."""
        given = bases(self._question).union(*(bases(item.sentence.text) for item in self._sentences.values()))
        return not all(word.base in given for word in read_words(beyond_talk(text)) if word.content)

    def nearest(self, checked: Checked) -> tuple[str, ...]:
        """Return the keys of the sentences that a failed statement should be rewritten from."""
        return checked.keys or self._likely(checked.text)[:2]

    def _elsewhere(self, drafted: WholeStatement) -> Checked | None:
        """Find single sentences that surely carry the statement, of those that share most words with it."""
        text = without_frame(drafted.text)
        if has_no_verb(text):
            return None  # what it says depends on the question
        carrying: list[tuple[str, Verdict]] = []
        for key in self._likely(text):
            if (key not in drafted.keys or len(drafted.keys) > 1) and self._may_be_given(text, key):
                verdict = self._verdict(text, (key,))
                if verdict.support is Support.SUPPORTED and verdict.score >= CERTAIN_ELSEWHERE:
                    carrying.append((key, verdict))
        if not carrying:
            return None
        best = max(verdict.score for _, verdict in carrying)
        keys = self._with_named(drafted.text, [key for key, _ in carrying[:2]])
        return Checked(drafted.text, keys, Support.SUPPORTED, best, FOUND_ELSEWHERE)

    def _may_be_given(self, text: str, key: str) -> bool:
        """Say whether a statement may rest on a sentence that its writer did not name."""
        article, told = self._sentences[key].article, self._told(key)
        return (
            close(text, told)
            and not tells_of_itself(text, told)
            and not outdated(text, article.published, self._asked_on)
            and (
                word_by_word(text, told)
                or not starts_off_topic(text, self._question, f"{article.title} {article.text}")
            )
        )

    def _with_named(self, text: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Add to each sentence the one before it where only that has a name that the statement has."""
        known = SourceWords.of(*(self._told(key) for key in keys), *(self._titles[key] for key in keys))
        lacking = [name for name in find_names(text) if missing(name, known)]
        needed = [
            before
            for key in keys
            if (before := self._before.get(key)) and before not in keys and self._has_any(before, lacking)
        ]
        return tuple(dict.fromkeys([*needed, *keys]))

    def _has_any(self, key: str, wanted: Sequence[Name]) -> bool:
        has = SourceWords.of(self._told(key))
        return any(not missing(name, has) for name in wanted)

    def _likely(self, text: str) -> tuple[str, ...]:
        stems = set(content_stems(text))
        shared = {key: len(stems & own) for key, own in self._stems.items()}
        best = sorted((key for key in shared if shared[key]), key=lambda key: -shared[key])
        return tuple(best[:MOST_OTHER_SENTENCES])

    def _told(self, key: str) -> str:
        """Return what a sentence says, the person named where it is clear who "she" is."""
        if key not in self._named:
            item = self._sentences[key]
            who = referent_of(item)
            self._named[key] = named(item.sentence.text, who) if who else item.sentence.text
        return self._named[key]

    def _around(self, key: str) -> tuple[str, ...]:
        """Return the title and the sentence right before, in which may be named whom it calls "he"."""
        before = self._before.get(key)
        return (self._titles[key], self._sentences[before].sentence.text) if before else (self._titles[key],)

    def texts(self, keys: Sequence[str]) -> list[str]:
        """Return the sentences as their articles have them."""
        return [self._sentences[key].sentence.text for key in keys]

    def _sources(self, keys: Sequence[str]) -> Sources:
        days = {self._sentences[key].article.published for key in keys}
        return Sources(
            tuple(self._told(key) for key in keys),
            published=days.pop() if len(days) == 1 else None,
            context=tuple(dict.fromkeys(near for key in keys for near in self._around(key))),
        )

    def _verdict(self, text: str, keys: Sequence[str]) -> Verdict:
        held = self._sources(keys)
        return check_statement(text, held.sentences, published=held.published, context=held.context)

    def exactly_wrong(self, checked: Checked) -> str | None:
        """Return, in words, a number, a date, a name or a quotation that its sentences don't have.

        None where they have them all. Of a language that the check doesn't read, only digits are compared.
        """
        if checked.support is Support.SUPPORTED:
            return None
        sources = self._sources(checked.keys)
        if checked.unread:
            has = set(
                _DIGITS.findall(f"{' '.join((*sources.sentences, *sources.context))} {sources.published}")
            )
            return next(
                (f"{n} is not in the source" for n in _DIGITS.findall(checked.text) if n not in has), None
            )
        found = find_mistakes(without_frame(checked.text), sources)
        return next((mistake.reason for mistake in found if mistake.kind in EXACT_KINDS), None)


def corrected(first: Checked, second: Checked) -> Checked:
    """Return the corrected statement if the check accepts it, else the first one as it was."""
    if second.support is not Support.SUPPORTED:
        return first
    return replace(second, reason=CORRECTED_REASON, original=first.text)


def _why(drafted: WholeStatement, verdict: Verdict) -> str:
    if drafted.keys:
        return verdict.reason
    return "it cites a sentence that there is not" if drafted.unknown else "it cites no sentence"


def _asking(question: str) -> tuple[str, ...]:
    """Return the question's asking words with their neighbours ("by doing what did"): no answer has them.

    Nothing where the question begins with one, or can be answered by yes or no: a later "who" or "when" is
    then part of what is asked about. After a preposition "which" and "what" ask wherever they stand.
    """
    words = _words(question).split()
    if not words or words[0] in _YES_OR_NO or words[0] in _ASKING:
        return ()
    first = next((place for place, word in enumerate(words) if word in _ASKING), 0)
    places = {first} | {
        place
        for place in range(1, len(words))
        if words[place] in {"what", "which", "whose"} and words[place - 1] in _PREPOSITIONS
    }
    inside = sorted(place for place in places if 0 < place < len(words) - 1)
    return tuple(f" {' '.join(words[place - 1 : place + 2])} " for place in inside)


def _words(text: str) -> str:
    return " ".join(word.lower for word in read_words(text) if word.is_word)

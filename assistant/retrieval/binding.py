"""What a question binds, held against the sentences found: Kestrel 5 is not Kestrel 3.

A sentence has to meet every name and number of the question together with its article's title, day and text;
where it speaks of another of the same kind ("the ferry Aurora" for "the ferry Borealis") its article does not
help it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, ORDINALS, SMALL
from assistant.language.speech import speakers
from assistant.language.spellings import Spelled, plain_word
from assistant.language.words import base_of, frequencies, read_words
from assistant.question.answer_kind import Kind, speaker
from assistant.question.demands import demands
from assistant.question.question_form import Shape
from assistant.retrieval.asked_event import has_role, role_asked
from assistant.retrieval.bound_times import in_month, in_year, looks_ahead, years_named
from assistant.retrieval.speaking_title import speaking_title
from ingest import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.question.demands import Demand
    from assistant.question.query import Query
    from assistant.retrieval.found import Ranked

OPENING = 3_000
AROUND = 8_000
"""Characters of an article that are read for what it is about: its beginning, and those around a sentence."""

MANY = 3
"""An article may lack one of so many names, if others have it: a quiz tells more than a report does."""

_OWNS = re.compile(r"['’]")
_WORDS_OF = {value: word for word, value in (SMALL | ORDINALS).items()}
_AT_HOME = frozenset(("us", "usa", "american", "americans"))
"""What papers of the United States do not say of themselves."""
_SHORT = 5
_ROMAN = {2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI", 7: "VII", 8: "VIII", 9: "IX", 10: "X"}


@dataclass(frozen=True, slots=True)
class Bound:
    """The sentences that meet what a question binds, in their order; `unmet` says why there are none."""

    ranked: tuple[Ranked, ...]
    unmet: str = ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What is said where nothing is left."""
        return (self.unmet,) if self.unmet else ()


def bound(
    query: Query,
    ranked: Sequence[Ranked],
    counts: Callable[[Sequence[str]], tuple[Mapping[str, int], int]],
) -> Bound:
    """Keep the sentences that meet what the question binds.

    `counts` tells in how many chunks of the library each stem occurs, and how many chunks there are.
    """
    sources = Spelled("\n".join({item.article.source or "" for item in ranked}))
    asked = [each for each in demands(query.text) if not _of_source(each, sources)]
    if query.text != query.text.lower():  # names that no article has were given no capitals
        rare = [each for each in demands(query.text.lower()) if each.words and not each.sure]
        named = {word for each in asked for word in each.words}
        lacking = _unknown(rare, counts) if query.asked[1:] == query.asked[1:].lower() else frozenset()
        asked += [each for each in rare if lacking & {*each.words} and not named & {*each.words}]
    unknown = _unknown(asked, counts)
    if query.shape is Shape.COMPARE:  # a sentence on either side answers, where there are two
        asked = [each for each in asked if unknown & {*each.words}]
    said_by = _speaker(query)
    timely = tuple(item for item in ranked if in_month(query.period, item))
    if ranked and not timely and query.period:
        return Bound((), f"No article on this is of the time that “{query.period.text}” names.")
    role = role_asked(query.text)
    if role and timely:
        having = tuple(item for item in timely if has_role(role, item))
        if not having:
            return Bound((), f"No article on this speaks of the “{role}” who is asked for.")
        timely = having
    if not (asked or said_by) or not ranked:
        return Bound(timely)
    held = _Held(asked, said_by, unknown, timely)
    kept = tuple(item for item in timely if held.meets(item))
    return Bound(kept, "" if kept else held.why(timely))


def _of_source(asked: Demand, sources: Spelled) -> bool:
    """Say whether a name is a paper's, which question/named_papers.py has read or was told to leave alone."""
    return bool(asked.words) and all(sources.has(word) for word in asked.words)


def _speaker(query: Query) -> frozenset[str]:
    """Return the names of who is asked about in "what did … say", as plain words."""
    if query.kind is not Kind.QUOTATION:
        return frozenset()
    told = speaker(query.text)
    return frozenset(word for item in demands(query.text) if item.text in told for word in item.words)


def _unknown(
    asked: Sequence[Demand], counts: Callable[[Sequence[str]], tuple[Mapping[str, int], int]]
) -> frozenset[str]:
    """Return the words of names that no chunk has."""
    stem_of = {word: found[0] for item in asked for word in item.words if (found := stems(word))}
    having, _ = counts(sorted(set(stem_of.values())))
    return frozenset(word for word, stem in stem_of.items() if not having.get(stem, 0))


def _ordinary(asked: Sequence[Demand], ranked: Sequence[Ranked]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a question without capitals that the sentences found show to be no names.

    Returns:
        Those that a sentence has in lower case, if only as the beginning of a word ("crypto" where they
        tell of cryptocurrency), and these with those that no sentence has at all.
    """
    words = {each.words[0] for each in asked if each.words and not each.sure}
    if not words:
        return frozenset(), frozenset()
    text = "\n".join(item.sentence.text for item in ranked)
    seen = frozenset(word for word in words if re.search(rf"\b{re.escape(word)}", text))
    absent = {word for word in words if not re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE)}
    return seen, seen | absent


class _Held:
    """What one question binds, against the articles found for it, each of which is read once."""

    def __init__(
        self,
        asked: Sequence[Demand],
        said_by: frozenset[str],
        unknown: frozenset[str],
        ranked: Sequence[Ranked],
    ) -> None:
        self._asked = asked
        self._said_by = said_by
        self._unknown = unknown
        self._begun, self._ordinary = _ordinary(asked, ranked)
        self._articles: dict[tuple[str, int], Spelled] = {}
        self._lacks: dict[tuple[str, int], list[Demand]] = {}

    def meets(self, item: Ranked) -> bool:
        """Say whether a sentence with its article meets everything."""
        lacking = self._lacking(item)
        if len(lacking) > len(self._asked) // MANY or any(self._decides(each) for each in lacking):
            return False
        if any(each.year and not looks_ahead(each, item) for each in self._asked):
            return False
        return not any(_rival(each, item.sentence.text) for each in self._asked) and not self._other_speaker(
            item
        )

    def _lacking(self, item: Ranked) -> list[Demand]:
        """Return what the article of a sentence does not meet."""
        place = item.article.id, item.sentence.start // AROUND
        if place not in self._lacks:
            article = self._article(item)
            self._lacks[place] = [each for each in self._asked if not self._met(each, article, item)]
        return self._lacks[place]

    def _decides(self, asked: Demand) -> bool:
        """Say whether nothing makes up for what is lacking: what no article has, a model, a number."""
        return bool(asked.number or asked.year or self._unknown & {*asked.words})

    def why(self, ranked: Sequence[Ranked]) -> str:
        """Say what is not met by any of the sentences, or by the best of them."""
        lacking = [
            each
            for each in self._asked
            if not any(self._met(each, self._article(one), one) for one in ranked)
        ]
        best = ranked[0]
        for each in lacking or self._asked:
            for one in ranked[:5]:
                other = _rival(each, one.sentence.text) or self._other_model(each, one)
                if other and not _ordinary_word(other):
                    return f"Your articles tell of “{other}”, not of “{each.text}”."
        if lacking:
            told = max(lacking, key=lambda each: (bool(set(each.words) & self._unknown), each.sure))
            whole = bool(set(told.words) & self._unknown)
            verb = "names" if told.words else "speaks of"
            if whole and _in_a_title(told, ranked):
                return f"“{told.text}” is only in the title of an article, not in its text."
            return (
                f"No article {verb} “{told.text}”." if whole else f"No article on this {verb} “{told.text}”."
            )
        if self._other_speaker(best):
            return "Your articles have only what others said of this."
        return "No article has all that is asked about together."

    def _article(self, item: Ranked) -> Spelled:
        place = item.sentence.start // AROUND
        key = item.article.id, place
        if key not in self._articles:
            article, text = item.article, item.article.text
            first = max(OPENING, place * AROUND - AROUND // 2)
            parts = (
                speaking_title(article),
                article.source or "",
                text[:OPENING],
                text[first : (place + 1) * AROUND + AROUND // 2],
            )
            self._articles[key] = Spelled("\n".join(parts))
        return self._articles[key]

    def _met(self, asked: Demand, article: Spelled, item: Ranked) -> bool:
        if asked.year:
            return in_year(asked, article, item)
        if asked.words and self._weak(asked):
            return True
        if not asked.words:
            return _has_number(asked.number, article)
        if not self._has_name(asked, article):
            return False
        return not asked.number or not _other_numbers(asked, article)

    def _weak(self, asked: Demand) -> bool:
        """Say whether an article may leave a name out: its own country, a league, what is no name."""
        if asked.number:
            return False
        if self._unknown & {*asked.words}:
            return not asked.sure and asked.words[0] in self._begun
        if asked.sure:
            return _acronym(asked) or {*asked.words} <= _AT_HOME
        return asked.words[0] in self._ordinary

    def _has_name(self, asked: Demand, article: Spelled) -> bool:
        missing = [word for word in asked.words if not article.has(word, typed=word in self._unknown)]
        if not missing or article.has_acronym(asked.words):
            return True
        last = asked.words[-1]
        if len(missing) == len(asked.words):
            return False
        if all(base_of(word) in frequencies() for word in missing):
            return any(word not in missing and base_of(word) not in frequencies() for word in asked.words)
        if last in missing or base_of(last) in frequencies():
            return False
        return not any(word in self._unknown for word in missing) and not (
            set(article.before(last)) - {*asked.words}
        )

    def _other_model(self, asked: Demand, item: Ranked) -> str:
        """Return the model that the article tells of in place of the one asked about."""
        if not asked.number or not asked.words:
            return ""
        other = _other_numbers(asked, self._article(item))
        return f"{asked.text.removesuffix(asked.number)}{other}" if other else ""

    def _other_speaker(self, item: Ranked) -> bool:
        """Say whether a sentence names somebody else as the one who speaks."""
        if not self._said_by:
            return False
        named = [plain_word(name) for found in speakers(item.sentence.text) for name in found.named]
        return bool(named) and not any(Spelled(" ".join(named)).has(word) for word in self._said_by)


def _in_a_title(asked: Demand, ranked: Sequence[Ranked]) -> bool:
    """Say whether a title has a name: its text may be another one than that which the title is about."""
    titles = Spelled("\n".join({item.article.title for item in ranked}))
    return all(titles.has(word, typed=True) for word in asked.words)


def _other_numbers(asked: Demand, article: Spelled) -> str:
    """Return the number that an article has behind a name in place of the one asked for."""
    name = re.escape(asked.words[-1])
    found: list[str] = re.findall(rf"(?<![^\W_]){name}[\s-]*(\d{{1,4}})(?!\w|[.,]\d)", article.lower)
    if asked.number in found:
        return ""
    return next(iter(found), "") or ("" if _has_number(asked.number, article) else " ")


def _has_number(number: str, article: Spelled) -> bool:
    plain = number.replace(",", "")
    forms = {number, plain}
    if plain.isdigit():
        value = int(plain)
        forms |= {f"{value:,}", *(form for form in (_WORDS_OF.get(value),) if form)}
        forms |= {word for word, other in (SMALL | ORDINALS).items() if other == value}
        if value in _ROMAN and re.search(rf"\b{_ROMAN[value]}\b", article.text):
            return True
        if value == 1:
            forms.add("first")
    pattern = "|".join(re.escape(form) for form in forms)
    return bool(re.search(rf"(?<![\w.,])(?:{pattern})(?!\d|[.,]\d)", article.lower)) or bool(
        re.search(rf"(?<!\d)(?<!\d[.,])(?:{re.escape(plain)})(?!\d|[.,]\d)", article.lower)
    )


def _in_capitals(asked: Demand) -> bool:
    """Say whether a name is written in capitals, as "NFL", or is several of these: "MPs"."""
    return asked.text.removesuffix("s").isupper()


def _acronym(asked: Demand) -> bool:
    return _in_capitals(asked) and len(asked.text) <= _SHORT


def _rival(asked: Demand, sentence: str) -> str:
    """Return what a sentence has in place of what is asked about: another name beside the same word."""
    if not (asked.before or asked.after) or (asked.words and _in_capitals(asked) and not asked.number):
        return ""  # "the NFL player" is one of the Bills, too
    lower = sentence.lower()
    if not any(side and side[:4] in lower for side in (asked.before, asked.after)):
        return ""
    spelled = Spelled(sentence)
    if asked.words and any(spelled.has(word, typed=True) for word in asked.words):
        return ""
    if asked.year and any(first <= asked.year <= last for first, last in years_named(sentence)):
        return ""
    words = [word for word in read_words(sentence) if word.lower not in {"'", "’", "s"}]
    for place, word in enumerate(words):
        if not _of_a_kind(asked, word.text, place):
            continue
        beside = (
            words[place - 1].base if place else "",
            words[place + 1].base if place + 1 < len(words) else "",
        )
        if asked.owns and not _OWNS.match(sentence, word.end):
            continue  # the Raptor engines may be Starship's
        if (asked.before and asked.before == beside[0]) or (asked.after and asked.after == beside[1]):
            return _whole_name(sentence, word.start, word.end)
    return ""


def _whole_name(sentence: str, start: int, end: int) -> str:
    """Return a name of several words of which one was met: "Marta Lind", "Winter Games"."""
    if not sentence[start].isupper():
        return sentence[start:end]
    more = re.match(r"(?: [^\W\d_a-z][\w’'-]*)*", sentence[end:])
    less = re.search(r"(?<=[\w,;] )(?:[^\W\d_a-z][\w’'-]* )+$", sentence[:start])
    first = less.start() if less else start
    return re.sub(r"['’]s?$", "", sentence[first : end + (more.end() if more else 0)])


def _ordinary_word(name: str) -> bool:
    """Say whether a name is one word that is mostly none, "Open": a reader would not know what is meant."""
    return len(name.split()) == 1 and name.isalpha() and base_of(name) in frequencies()


def _of_a_kind(asked: Demand, word: str, place: int) -> bool:
    if asked.year:
        return bool(re.fullmatch(r"1[0-9]\d\d|20\d\d", word))
    ordinary = word.lower() in FUNCTION_WORDS or (place == 0 and base_of(word) in frequencies())
    return bool(asked.words) and word[0].isupper() and not ordinary

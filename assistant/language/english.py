"""Language identification: is a text English, the only language of the checks? py3langid decides the rest.

Two signs decide: the share of words that the checks' own English tables know, and how much likelier the
letters are in English than in the likeliest other language. Names are left out: they look like any
language. The weights are from half of 30,000 English texts (headlines, news sentences, claims, captions)
and of 9,000 short ones in 16 other languages. Of the other half .1 of 100 English ones are taken for
another language, and 1 of 100 others for English. At .3 false alarms py3langid alone let 2.4 of 100
through, the share alone 14, the function words of both sides 37, both signs together .3; what was added for
names costs the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, IRREGULAR, listed
from assistant.language.thesaurus import common_noun, related
from assistant.language.words import base_of, frequencies
from ingest import likeliest_language, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
LANGUAGES = frozenset(
    listed(
        """en af az ca cs cy da de es et eu fi fr ga gl hr ht hu id is it lt lv ms mt nl no pl pt ro sk sl so
        sq sv sw tl tr uz vi"""
    )
)
"""Languages in Latin letters that a text may be in; those in other letters are known by them."""
LEAST_ENGLISH_WORDS = 2
"""Words in lower case below which a text is names, and of no language."""
PLAINLY_ENGLISH, ENOUGH_WORDS = 0.85, 4
"""Share of known words from which so many words are English without a closer look: of texts in other
languages .07 of 100 have it, of English sentences .76, which then need no model."""
BIAS, SHARE_WEIGHT, LIKENESS_WEIGHT = 1.9, -6.25, -1.1
PART_WORDS, PART_BIAS = 3, 2.0
"""Words that a sentence or clause of a text needs to be judged for itself, and what it has
to show beyond what a whole text has to."""
DOUBT = -2.0
"""Signs from which a text may be in another language; together with another one that may, it is told."""
FLOOR = 1e-4
"""Least probability of a language: the letters of a text this short never say more."""
SHOUTED = 5
"""Words in capitals from which a text is a shouted sentence and no row of names."""

QUOTED_WORDS = 4
"""Words of a quotation from which it tells something; fewer are a title or a term."""
FIRST_SYLLABLE, SYLLABLE = "\u2e80", 3
"""From here on a letter (Chinese, Japanese, Korean) is a syllable or a word: as long as three Latin ones."""

_NO_WORD = re.compile(r"[@#\d\u0250-\u02ff]|://|^www\.|\.[a-z]{2,4}\b")
"""In what is no word: addresses, hashtags, numbers, and how a name is pronounced."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PREFIX = re.compile(r"^(?:un|re|out|over|under|mis|dis|non|anti)(?=\w{3})")
_PART = re.compile(r"['’-]")
_CLAUSES = re.compile(r"[,;:—–()\[\]]")
_QUOTED = re.compile(
    r"[“«„][^”»“]{1,1000}[”»“]|\"[^\"]{1,1000}\""
)  # these have to stand in the source as they are
_BRACKETED = re.compile(r"\([^()]*\)")
_OTHER_LETTER = re.compile(r"(?![\u0000-\u02ff\u1d00-\u1eff\uff21-\uff5a])[^\W\d_]")
_OTHER_LETTERS = re.compile(rf"{_OTHER_LETTER.pattern}(?:[\W_]{{0,2}}{_OTHER_LETTER.pattern}){{3,}}")
"""A piece in other letters than Latin and phonetic ones, longer than most names."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_QUOTES = ' “”«»„"'
_ENDS = " .。．!！"


def is_foreign(statement: str, sentences: Iterable[str] = ()) -> bool:
    """Say whether a statement is in another language than English, or a sentence or clause of it.

    What it quotes is left out, unless that is all there is; so are names, numbers and addresses. A text of
    these alone is of no language, and so not foreign. Where a statement is too short to tell, the `sentences`
    that it was made from help.
    """
    told = _unquoted(statement)
    words, sources = _words(told), list(sentences)
    runs = _OTHER_LETTERS.findall(_BRACKETED.sub(" ", told))
    return (
        _is_foreign(statement)
        or _has_foreign_clause(told)
        or any(run not in sentence for run in runs for sentence in sources)
        or (_signs(words) > DOUBT and any(_signs(words + _words(sentence)) > 0 for sentence in sources))
    )


@lru_cache(maxsize=2_000)
def _is_foreign(text: str) -> bool:
    """Say whether a text as a whole or one of its sentences is in another language.

    What stands in brackets is left out, unless that is all there is: it is often a term or a label.
    """
    told = _unquoted(text)
    bare = _BRACKETED.sub(" ", told)
    told = bare if any(map(str.isalpha, bare)) else told
    if _in_other_letters(told) or _signs(_words(told)) > 0:
        return True
    parts = [sentence.text for sentence in split_sentences(told)]
    return len(parts) > 1 and any(_is_foreign_part(part) for part in parts)


def _has_foreign_clause(text: str) -> bool:
    opening, *others = _CLAUSES.split(text)
    return bool(others) and any(map(_is_foreign_part, [opening, *(f"…{part}" for part in others)]))


def _is_foreign_part(part: str) -> bool:
    words = _words(part)
    return len(words) >= PART_WORDS and _signs(words) > PART_BIAS


def _unquoted(text: str) -> str:
    """Return a text with a mark for each quotation; without its marks where it is nothing but quoted."""
    told = _QUOTED.sub("…", text)
    return told if any(map(str.isalpha, told)) else text.strip(_QUOTES)


def english_part(sentence: str, statement: str) -> str:
    """Return a sentence without what it quotes in another language, unless the statement quotes that too.

    Empty where the sentence itself is in another language.
    """
    if _is_foreign(sentence):
        return ""
    mine = _plain(statement)

    def kept(found: re.Match[str]) -> str:
        quoted = found[0]
        told = len(quoted.split()) >= QUOTED_WORDS and _is_foreign(quoted) and _plain(quoted) not in mine
        return "…" if told else quoted

    return _QUOTED.sub(kept, sentence)


def verbatim(statement: str, text: str) -> bool:
    """Say whether a statement is word for word one or more whole sentences of a text, in any language.

    Part of a sentence is not enough: it may deny or doubt behind it what it says before.
    """
    told = {_plain(sentence.text) for sentence in split_sentences(text)} | {_plain(text)}
    mine = [_plain(sentence.text) for sentence in split_sentences(statement)]
    return bool(mine) and (_plain(statement) in told or all(sentence in told for sentence in mine))


def _plain(text: str) -> str:
    """Return a sentence with plain marks and spaces and without its full stop."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split()).strip(_ENDS)


def _in_other_letters(text: str) -> bool:
    """Say whether most of a text, brackets left out, is in other letters than Latin."""
    told = _BRACKETED.sub(" ", text)
    letters = [letter for letter in (told if any(map(str.isalpha, told)) else text) if letter.isalpha()]
    others = [letter for letter in letters if _OTHER_LETTER.match(letter)]
    weight = sum(SYLLABLE if letter >= FIRST_SYLLABLE else 1 for letter in others)
    return weight > len(letters) - len(others)


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text that are no names, in lower case.

    Of the first, which has a capital anyway, this can't be told: it counts if it is English, or if fewer than
    half of the others are.
    """
    tokens = unicodedata.normalize("NFC", text).split()
    words = _WORD.findall(" ".join(token for token in tokens if not _NO_WORD.search(token)))
    if len(words) >= SHOUTED and text.isupper():
        return tuple(word.lower() for word in words)
    lower = tuple(word for word in words if word.islower())
    opens = len(words) > 1 and words[1].islower() and text.lstrip().startswith(words[0])
    if (
        opens
        and not words[0].islower()
        and (_is_known(words[0].lower()) or sum(map(_is_known, lower)) * 2 < len(lower))
    ):
        return (words[0].lower(), *lower)
    return lower


@lru_cache(maxsize=2_000)
def _signs(words: tuple[str, ...]) -> float:
    """Return how much speaks for another language than English, as the logit of its probability."""
    if len(words) < LEAST_ENGLISH_WORDS:
        return 2 * DOUBT
    share = sum(map(_is_known, words)) / len(words)
    if share >= PLAINLY_ENGLISH and len(words) >= ENOUGH_WORDS:
        return BIAS + SHARE_WEIGHT * share
    return BIAS + SHARE_WEIGHT * share + LIKENESS_WEIGHT * _likeness(" ".join(words))


@lru_cache(maxsize=20_000)
def _is_known(word: str) -> bool:
    """Say whether a word, or each part of a compound, is in the tables of English words."""
    parts = _PART.split(word)
    return _is_english(word) or (len(parts) > 1 and all(map(_is_english, parts)))


def _is_english(word: str) -> bool:
    return any(
        part in FUNCTION_WORDS
        or part in IRREGULAR
        or (base := base_of(part)) in frequencies()
        or common_noun(base)
        or related(base)
        for part in (word, _PREFIX.sub("", word))
    )


def _likeness(text: str) -> float:
    """Return the logarithm of how much likelier the letters are in English than in the likeliest other."""
    found = dict(_identifier().rank(text))
    english = found.pop("en")
    return log(max(english, FLOOR)) - log(max(*found.values(), FLOOR))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


@lru_cache(maxsize=2_000)
def language_asked_in(question: str) -> str:
    """Return the ISO 639-1 code of a question's language; English unless its words say otherwise.

    Of the 220 questions in nine languages that bench/languages.py has had, 219 were told rightly, and none
    of as many in English was taken for another language.
    """
    return likeliest_language(question) if is_foreign(question) else ENGLISH

"""Typing errors of a question: a word that no article has, put right by a word that they have.

A wrong correction answers what nobody asked, so most words are left alone: every word that an article has,
every word of WordNet or of the bundled model's own vocabulary, whatever stands in quotation marks or has a
digit, and a name unless the articles have one that is a slip away and stands with the question's other words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.answers import Correction
from assistant.language.thesaurus import dictionary_word
from assistant.question.query import reworded
from ingest import bundled_encoder, content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question.query import Query
    from ingest import Filters, Library, Spelling

LEAST_LETTERS = 4
"""Letters of a word that is looked at; of four letters it has to be a common slip."""

LONG = 8
"""Letters from which on two edits are thought of instead of one."""

MOST_CORRECTED = 3
"""Words of one question that are put right; more of them are no typing errors but another language."""

ENDING = 3
"""Letters at a word's end; where two edits are among these alone, they make another word."""

CLEARLY = 3
"""Times that the likeliest word is likelier than any other at the same distance."""

_WORD = re.compile(r"(?<![\w'’@/.-])[^\W\d_]+(?![\w@/]|[.'’-]\w)")
_QUOTED = re.compile(r"[\"“„«»][^\"”“»«]*[\"”“»«]|(?<!\w)['‘][^'’]+['’](?!\w)")
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "est", "ly", "less", "ness")


def put_right(query: Query, filters: Filters | None, library: Library) -> Query:
    """Return the query with its typing errors put right, itself where there are none.

    `exact` filters leave the question as it is.
    """
    if filters is not None and filters.exact:
        return query
    strange = _strange(query, library)
    if not strange or len(strange) > MOST_CORRECTED:
        return query
    absent = {stem for word in strange for stem in stems(word)}
    others = [stem for stem in query.words if stem not in absent]
    found = [Correction(word, meant) for word in strange if (meant := _meant(word, others, library))]
    if not found:
        return query
    return replace(reworded(query, {item.typed: item.meant for item in found}), corrections=tuple(found))


def told(query: Query) -> tuple[str, ...]:
    """Say what was put right, in one sentence for each word."""
    return tuple(f"No article has “{item.typed}”: asked for “{item.meant}”." for item in query.corrections)


def _strange(query: Query, library: Library) -> list[str]:
    """Return the words of a question that neither its articles nor the model's vocabulary have."""
    text = _QUOTED.sub(lambda found: " " * len(found[0]), query.text)
    words = [word for word in dict.fromkeys(_WORD.findall(text)) if _may_be_wrong(word)]
    words = [word for word in words if content_stems(word)]
    if not words:
        return []
    absent = library.absent([stem for word in words for stem in stems(word)])
    words = [word for word in words if absent.issuperset(stems(word))]
    if not words:
        return []
    model = bundled_encoder()
    papers = set(stems(" ".join(library.sources())))
    words = [word for word in words if papers.isdisjoint(stems(word)) and not model.knows(word)]
    return [word for word in words if not dictionary_word(word.lower())]


def _may_be_wrong(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and not (word.isupper() or any(sign.isupper() for sign in word[1:]))


def _is_form(word: str) -> bool:
    """Say whether the word is, by its ending, a form of one that WordNet or the model's vocabulary has."""
    low, model = word.lower(), bundled_encoder()
    bare = [low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending)]
    forms = [form for stem in bare for form in (stem, f"{stem}e")]
    return any(model.knows(form) or dictionary_word(form) for form in forms)


def _meant(word: str, others: Sequence[str], library: Library) -> str:
    """Return the word that was meant, as the articles write it; nothing where that is not clear."""
    most = 2 if len(word) >= LONG and not word[0].isupper() else 1
    found = library.spellings(word, others, most=most)
    if not found:
        return ""
    best, *rest = found
    rivals = [item for item in rest if item.distance == best.distance]
    is_clear = all(item.weight * CLEARLY <= best.weight for item in rivals)
    return best.word if is_clear and _is_credible(word, best) else ""


def _is_credible(word: str, best: Spelling) -> bool:
    """Say whether a word is so like another that no third one was meant, which the articles lack."""
    typed, meant = word.lower(), best.word.lower()
    if word[0].isupper() and not best.word[0].isupper():
        return False
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, meant, strict=False)))
    if best.distance > 1 and alike >= max(len(typed), len(meant)) - ENDING:
        return False  # another ending makes another word: "borealis" is not "boreal"
    if best.slip:
        return best.together or not _is_form(word)
    return best.together and len(word) > LEAST_LETTERS and not _is_form(word)

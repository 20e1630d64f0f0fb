"""Tokenization and stemming for the keyword index and the ranking: lower case, no diacritics, English stems.

One analysis for both, so that what the index matched is what the ranking counts.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

LONGEST_WORD = 80
"""Characters; longer runs are addresses or noise and only swell the dictionary."""

_STOP_TEXT = """
a about after all also am an and any are as at be because been before being between both but by can
    could did do does doing during each for from further had has have having he her here hers him his how i
    if in into is it its itself just me more most my no nor not now of off on once only or other our out over
    own same she should so some such than that the their them then there these they this those through to too
    under until up us very was we were what when where which while who whom whose why will with would you your
    s t d ll m re ve
    aren couldn didn doesn hadn hasn isn mustn needn shouldn wasn weren wouldn
    aint arent couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt neednt shouldnt wasnt werent wouldnt
    hows shes thats theres theyre theyve weve whats wheres whos youre youve"""
STOP_WORDS = frozenset(_STOP_TEXT.split())
"""Words that carry no content of their own, before stemming ("isn" and "t" is "isn't"). What is a word of its
own besides is none: "haven", "won", "cant"."""


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Return the analysis that the keyword index is built with."""
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("English"))
        .build()
    )


def stems(text: str) -> list[str]:
    """Return the stem of every word of the text, in order, stop words included."""
    return list(analyzer().analyze(text.encode("utf-8", "replace").decode()))


@lru_cache(maxsize=1)
def _stop_stems() -> frozenset[str]:
    return frozenset(stems(" ".join(sorted(STOP_WORDS))))


def content_stems(text: str) -> list[str]:
    """Return the stems that carry content, in order; none where a text has nothing but stop words."""
    return [stem for stem in stems(text) if stem not in _stop_stems()]

"""Words of the articles that are spelt nearly like a word that none of them has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.text.edits import edits, is_slip, one_edit_away
from ingest.text.stemming import content_stems, stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ingest.storage.keywords import Keywords
    from ingest.storage.record import Record
    from ingest.storage.seen_words import SeenWords

MOST_STEMS = 12
"""Stems whose words are looked up, the most frequent; a short word has more that are like it."""

CHUNKS_READ = 20
"""Chunks in which the words of a stem are looked up."""

SLIP = 32
"""Times that a common slip is likelier than another error, which could have been with any of 25 letters."""

PART = 3
"""Letters that each of two words has at least which may have been typed as one."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as the articles write it, `distance` edits from what was typed.

    `slip` says whether a common slip makes one of the other (see `is_slip`), which is the likelier error.
    `chunks` counts the chunks that have its stem; `together` says whether one of them has another word of
    the question too.
    """

    word: str
    distance: int
    slip: bool
    chunks: int
    together: bool

    @property
    def weight(self) -> int:
        """How likely it was meant among words at the same distance."""
        return self.chunks * (SLIP if self.slip else 1)


def spellings(
    word: str,
    others: Sequence[str],
    most: int,
    *,
    keywords: Keywords,
    record: Record,
    seen: SeenWords | None = None,
) -> list[Spelling]:
    """Return words of live articles within `most` edits of a word, with its first letter, likeliest first.

    `others` are the stems of the question's other words. `seen` counts the words for whoever
    may see only a part of the articles: that which is in `record`.
    """
    typed = index_form(word)
    terms = keywords.terms(typed[:1])
    alike = {stem for stem in stems(" ".join(one_edit_away(typed))) if stem in terms}
    if most > 1:
        root = "".join(stems(typed))
        alike |= {term for term in terms if min(edits(root, term, most), edits(typed, term, most)) <= most}
    if seen:  # else what is hidden would take the places of what is not
        terms = seen.frequencies(alike, keywords)
        alike = {stem for stem in alike if terms[stem]}
    found = []
    hidden = seen.hidden() if seen else ()
    for stem in sorted(alike, key=lambda stem: (-terms[stem], stem))[:MOST_STEMS]:
        ids = keywords.having(stem, others, CHUNKS_READ, hidden)
        texts = [entry.chunk.text for entry in record.chunks(ids).values()]
        written = _written(stem, typed, texts, most)
        if written:
            together = any(not set(others).isdisjoint(stems(text)) for text in texts)
            meant = index_form(written)
            distance, slip = edits(typed, meant, most), is_slip(typed, meant)
            found.append(Spelling(written, distance, slip, terms[stem], together))
    found += _in_two(typed, others, keywords, record, hidden)
    return sorted(found, key=lambda item: (item.distance, -item.weight, item.word))


def _in_two(
    typed: str, others: Sequence[str], keywords: Keywords, record: Record, hidden: Collection[str]
) -> Iterator[Spelling]:
    """Yield what a word is with a space in it, where a text has that: "Super Bowl" for "superbowl".

    Neither may be a word like "the" or "for", which names begin with, and another word of the question must
    stand there.
    """
    known = keywords.terms(typed[:1])
    for at in range(PART, len(typed) - PART + 1):
        first, second = (content_stems(part) for part in (typed[:at], typed[at:]))
        if len(first) != 1 or len(second) != 1 or first[0] not in known:
            continue
        ids = keywords.having(first[0], [*second, *others], CHUNKS_READ, hidden)
        texts = [entry.chunk.text for entry in record.chunks(ids).values()]
        beside = [text for text in texts if not set(others).isdisjoint(stems(text))]
        written = Counter(pair for text in beside for pair in _pairs(text, typed[:at], typed[at:]))
        if written:
            (likeliest, _), *_ = written.most_common(1)
            yield Spelling(likeliest, 1, slip=True, chunks=len(beside), together=True)


def _pairs(text: str, first: str, second: str) -> Iterator[str]:
    """Yield where two words stand next to each other in a text, as it writes them."""
    words = [*_WORD.finditer(text)]
    for one, other in pairwise(words):
        near = text[one.end() : other.start()] in {" ", "-", "\u00a0"}
        if near and index_form(one.group()) == first and index_form(other.group()) == second:
            yield text[one.start() : other.end()]


def index_form(word: str) -> str:
    """Return a word in lower case and without diacritics, as far as the keyword index drops them."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _written(stem: str, typed: str, texts: Sequence[str], most: int) -> str:
    """Return the nearest word of a stem in texts, the most frequent of equals; nothing where none is near."""
    counts = Counter(match.group() for text in texts for match in _WORD.finditer(text))
    near = {
        word: distance
        for word in counts
        if index_form(word[:1]) == typed[:1]
        if (distance := edits(typed, index_form(word), most)) <= most and stems(word) == [stem]
    }
    return min(near, key=lambda word: (near[word], -counts[word], word), default="")

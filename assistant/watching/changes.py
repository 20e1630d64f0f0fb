"""Whether the supported answer to a question has changed: by its sentence, not by its wording."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.quoting.sentence_quality import same
from assistant.vocabulary.changed_answers import Change, Outdated, Outdating
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.answers import Answer, Citation
    from ingest import Article

ALIKE = 0.5
"""Least similarity of a sentence to the one that it was corrected from, 0 to 1 (Ratcliff and Obershelp)."""


def decisive(answer: Answer) -> Citation | None:
    """Return the sentence that an answer rests on first; None where the articles don't say."""
    if not answer.answered:
        return None
    supported = [item for item in answer.statements if item.support is Support.SUPPORTED and item.citations]
    cited = next(iter([*supported, *(item for item in answer.statements if item.citations)]), None)
    return answer.citations[cited.citations[0] - 1] if cited else answer.citations[0]


def change_of(before: Citation | None, after: Citation | None) -> Change | None:
    """Return what has changed between two decisive sentences; None where both say the same."""
    if before is None or after is None:
        return None if before is after else (Change.ANSWERED if after else Change.GONE)
    return None if _says_same(before, after) else Change.CHANGED


def _says_same(one: Citation, other: Citation) -> bool:
    if _plain(one.quote) == _plain(other.quote) or same(one.quote, other.quote):
        return True
    mine, theirs = _emphasised(one), _emphasised(other)
    if mine and mine == theirs:
        return True  # both answer with the same words: "six people"
    return _carries(one, other) or _carries(other, one)


def _carries(source: Citation, statement: Citation) -> bool:
    verdict = check_statement(
        statement.quote, [source.quote], published=source.published, context=[source.title]
    )
    return verdict.support is Support.SUPPORTED


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _emphasised(citation: Citation) -> tuple[str, ...]:
    return tuple(sorted({_plain(citation.quote[start:end]) for start, end in citation.emphasis}))


def outdated(answer: Answer, article_of: Callable[[str, str | None], Article | None]) -> tuple[Outdated, ...]:
    """Return the footnotes of a saved answer whose articles are gone, or don't have the sentence any more.

    `article_of` returns the live article for an id and None, None where there is none.
    """
    found = []
    for item in answer.citations:
        live = article_of(item.article_id, None)
        if live is None:
            found.append(Outdated(item.number, Outdating.REMOVED, item.quote))
        elif live.version != item.version and item.quote not in live.text:
            found.append(Outdated(item.number, Outdating.CORRECTED, item.quote, _nearest(item.quote, live)))
    return tuple(found)


def _nearest(quote: str, article: Article) -> str | None:
    """Return the sentence of an article that is most like a quote; None where none is like it."""
    matcher = SequenceMatcher(b=quote, autojunk=False)
    best, nearest = ALIKE, None
    for sentence in split_sentences(article.text):
        matcher.set_seq1(sentence.text)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
            best, nearest = matcher.ratio(), sentence.text
    return nearest

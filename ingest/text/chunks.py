"""Chunks of an article: runs of whole sentences, the unit that is embedded and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import Chunk, Sentence
from ingest.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.article import Article

TARGET_WORDS = 110
"""Words of a chunk: the size that retrieval was measured with (docs/architecture.md)."""

SMALLEST_WORDS = 25
"""A shorter chunk says too little alone: the last one joins the one before, others go on growing."""

SOFT_WORDS = 90
"""From this many words on a chunk ends where its paragraph ends: news then averages 95 words a chunk."""


LONG_WORD = 12
"""Characters of a long English word with its space: text has at least a word for so many."""


def make_chunks(article: Article) -> tuple[Chunk, ...]:
    """Group an article's sentences into chunks: each sentence in exactly one, in reading order."""
    runs = _join_short_last(_runs(article.text, split_sentences(article.text)))
    article_id, version = article.id, article.version
    return tuple(
        Chunk(article_id, version, position, tuple(sentences)) for position, sentences in enumerate(runs)
    )


def embedding_text(article: Article, chunk: Chunk) -> str:
    """Return what is embedded for a chunk: its text under the article's title."""
    title, text = article.title.strip(), chunk.text
    if text.startswith(title.rstrip(" .…")):
        return text  # a title taken from the first sentence would be said twice
    return f"{title}\n{text}"


def _words(sentence: Sentence) -> int:
    """Count words; text without spaces, as in Chinese, counts by its length."""
    return max(len(sentence.text.split()), len(sentence.text) // LONG_WORD)


def _runs(text: str, sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    runs: list[list[Sentence]] = []
    run: list[Sentence] = []
    words = 0
    for sentence in sentences:
        length = _words(sentence)
        limit = TARGET_WORDS if words >= SMALLEST_WORDS else TARGET_WORDS + SMALLEST_WORDS
        if run and (words + length > limit or (words >= SOFT_WORDS and _parted(text, run, sentence))):
            runs.append(run)
            run, words = [], 0
        run.append(sentence)
        words += length
    return [*runs, run] if run else runs


def _parted(text: str, run: list[Sentence], following: Sentence) -> bool:
    """Say whether a paragraph ends between a run of sentences and the next one."""
    return "\n" in text[run[-1].end : following.start]


def _join_short_last(runs: list[list[Sentence]]) -> list[list[Sentence]]:
    if len(runs) > 1 and sum(map(_words, runs[-1])) < SMALLEST_WORDS:
        return [*runs[:-2], runs[-2] + runs[-1]]
    return runs

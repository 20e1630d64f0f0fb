"""Which kept conversations have answers whose articles were corrected or removed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assistant.store.conversations import CitedSentence
    from ingest import Article


def outdated_turns(
    cited: Iterable[CitedSentence],
    live: Mapping[str, str],
    article_of: Callable[[str, str | None], Article | None],
) -> dict[str, tuple[str, ...]]:
    """Return the ids of answers that are out of date, by conversation.

    `live` has the version of each article that the library has now, by its id. An article is only read where
    its version is another one than was cited: then it counts whether the sentence still stands in it.
    """
    found: dict[str, dict[str, None]] = {}
    texts: dict[str, str] = {}
    for item in cited:
        if live.get(item.article_id) == item.version:
            continue
        if item.article_id not in texts:
            article = article_of(item.article_id, None)
            texts[item.article_id] = article.text if article else ""
        if item.quote not in texts[item.article_id]:
            found.setdefault(item.conversation, {})[item.turn] = None
    return {conversation: tuple(turns) for conversation, turns in found.items()}

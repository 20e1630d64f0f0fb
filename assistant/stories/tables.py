"""The doors to the tables of a story: `timeline` and `who_said_what`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from assistant.language.day_ranges import one
from assistant.quoting.quote_answer import present
from assistant.quoting.select import referent_of
from assistant.quoting.sentence_quality import leans_back, same
from assistant.stories.attribution import spoken_in
from assistant.stories.event_day import EventDay, day_of_saying, event_day, names_a_day
from assistant.stories.page_updates import Updates, updates_of
from assistant.stories.story import story_of
from assistant.vocabulary.story_reports import Happening, Saying, Timeline, WhoSaidWhat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Citation
    from assistant.language.day_ranges import DayRange
    from assistant.stories.attribution import Spoken
    from assistant.stories.story import Told
    from ingest import Filters, LibraryLocation

MOST_ROWS = 100
"""Rows of a table by default, those that have most of the topic's words."""
NEWS_OF_ITSELF = 0.5
"""Share of the topic's words that the first sentence of an article has, if it is dated by its publication."""


def timeline(
    topic: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    limit: int = MOST_ROWS,
) -> Timeline:
    """Return what happened in a story, by day: each row a sentence that says when, word for word.

    Args:
        topic: What the story is about, in a few words: "the ferry fire".
        library: The library's folder; by default the one that the settings name.
        filters: Which articles may be used.
        limit: The most rows.

    Raises:
        QuestionError: the topic is empty or too long, or another argument is not as described here.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    story = story_of(topic, library=library, filters=filters)
    dated = [(told, day) for told in story.told if (day := _day(told))]
    rows = _merged(sorted(dated, key=lambda each: (*each[1].days, each[0].item.article.id)))
    kept = sorted(rows, key=lambda row: -row.worth)[:limit]
    numbered = _Numbered()
    happenings = [row.happening(numbered) for row in rows if row in kept]
    return Timeline(story.topic, tuple(happenings), numbered.done, story.articles, story.notices)


def who_said_what(
    topic: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    limit: int = MOST_ROWS,
) -> WhoSaidWhat:
    """Return who said what about a story: each row a sentence that names its speaker, word for word.

    Arguments and errors are those of `timeline`.
    """
    story = story_of(topic, library=library, filters=filters)
    found: list[tuple[Told, Spoken]] = []
    for told in story.told:
        spoken = spoken_in(told.text, told.before)
        if spoken and not any(same(told.text, other.text) for other, _ in found):
            found.append((told, spoken))
    kept = sorted(found, key=lambda each: -each[0].item.score)[:limit]
    often = Counter(spoken.speaker for _, spoken in kept)
    ordered = sorted(
        kept, key=lambda each: (-often[each[1].speaker], each[1].speaker, _said_on(each[0]) or date.max)
    )
    numbered = _Numbered()
    sayings = [
        Saying(spoken.speaker, numbered.number(told), _said_on(told), spoken.role, spoken.words)
        for told, spoken in ordered
    ]
    return WhoSaidWhat(story.topic, tuple(sayings), numbered.done, story.articles, story.notices)


def _day(told: Told) -> EventDay | None:
    """Return the day that a sentence tells; the news that an article begins with is of its publication."""
    if leans_back(told.text) and not referent_of(told.item):
        return None  # "It was then …": what it is about stands elsewhere
    updates = updates_of(told.item.article)
    found = event_day(told.text, told.published, paragraph=told.paragraph, updates=updates)
    if updates is Updates.LATER or names_a_day(told.text):
        return found
    if found is None and told.lead and told.published and told.item.score >= NEWS_OF_ITSELF:
        return EventDay(one(told.published), 0, 0)
    return found


def _said_on(told: Told) -> date | None:
    updates = updates_of(told.item.article)
    said = day_of_saying(told.text, told.published, updates)
    return said or (None if updates is Updates.LATER else told.published)


@dataclass(slots=True, eq=False)
class _Row:
    """Sentences that tell the same of the same days."""

    days: DayRange
    told: list[tuple[Told, EventDay]] = field(default_factory=list)

    @property
    def worth(self) -> float:
        """How much of the topic the best of them has; what several tell is worth more."""
        return max(told.item.score for told, _ in self.told) + 0.1 * (len(self.told) - 1)

    def happening(self, numbered: _Numbered) -> Happening:
        """Return it with its sentences numbered, one that says when before one that doesn't."""
        ordered = sorted(self.told, key=lambda each: each[1].end == 0)
        day = ordered[0][1]
        cited = tuple(numbered.number(told) for told, _ in ordered)

        said = (day.start, day.end) if day.end else None
        return Happening(self.days.first, self.days.last, cited, said)


def _merged(dated: Sequence[tuple[Told, EventDay]]) -> list[_Row]:
    """Put sentences that say the same of the same days into one row."""
    rows: list[_Row] = []
    for told, day in dated:
        beside = (row for row in reversed(rows) if row.days == day.days)
        row = next((row for row in beside if any(same(told.text, other.text) for other, _ in row.told)), None)
        if row is None:
            row = _Row(day.days)
            rows.append(row)
        row.told.append((told, day))
    return rows


@dataclass(slots=True, eq=False)
class _Numbered:
    """Sentences as citations, numbered in the order in which they are first needed."""

    known: dict[tuple[str, int], Citation] = field(default_factory=dict)

    def number(self, told: Told) -> int:
        """Return the number of a sentence."""
        if told.item.place not in self.known:
            self.known[told.item.place] = present(told.item, len(self.known) + 1, ())
        return self.known[told.item.place].number

    @property
    def done(self) -> tuple[Citation, ...]:
        """All of them."""
        return tuple(self.known.values())

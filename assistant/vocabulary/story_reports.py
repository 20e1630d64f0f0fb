"""The vocabulary of work on a story: what happened when, who said what, what was reported already."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.answers import plain_values

if TYPE_CHECKING:
    from datetime import date

    from assistant.answers import Citation


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of a timeline: the days on which it was, and the sentences that tell it.

    `first` and `last` are the same where the day is known. `said` is where the words that give the day stand
    in the quote of the first of `citations`, ("on Sunday"), and None where no words give it: it is the day
    of publication then. The other citations tell it too.
    """

    first: date
    last: date
    citations: tuple[int, ...]
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A row of who said what: the speaker, as the article names them, and the sentence that has their words.

    `role` is what the article calls them beside their name, where the sentence has both. `day` is the day
    on which they said it, where the sentence tells it, else that of publication; None if that isn't known, or
    the page was written on later. `words` are where their own words stand in the quote, between quotation
    marks.
    """

    speaker: str
    citation: int
    day: date | None = None
    role: str | None = None
    words: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Findings(ABC):
    """What is found of a story, as values, Markdown and in a notebook."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes; dates are ISO 8601."""
        plain: dict[str, Any] = plain_values(asdict(self))
        return plain

    @abstractmethod
    def to_markdown(self) -> str:
        """Return it in Markdown, source text escaped."""

    def _repr_markdown_(self) -> str:
        """Return what a notebook shows of it."""
        return self.to_markdown()


@dataclass(frozen=True, slots=True)
class Timeline(_Findings):
    """What happened in a story, the earliest first. `articles` counts those that were read."""

    topic: str
    happenings: tuple[Happening, ...] = ()
    citations: tuple[Citation, ...] = ()
    articles: int = 0
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.citations, [number for each in self.happenings for number in each.citations])

    def to_markdown(self) -> str:
        """Return a table in Markdown, source text escaped."""
        from assistant.rendering.story_tables import grid_of, markdown_table

        return markdown_table(grid_of(self))


@dataclass(frozen=True, slots=True)
class WhoSaidWhat(_Findings):
    """Who said what about a story, by speaker: who speaks most comes first, what they said by its day."""

    topic: str
    sayings: tuple[Saying, ...] = ()
    citations: tuple[Citation, ...] = ()
    articles: int = 0
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.citations, [each.citation for each in self.sayings])

    def to_markdown(self) -> str:
        """Return a table in Markdown, source text escaped."""
        from assistant.rendering.story_tables import grid_of, markdown_table

        return markdown_table(grid_of(self))


@dataclass(frozen=True, slots=True)
class Printing:
    """An article that is a copy of another, or nearly one."""

    article_id: str
    title: str
    source: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """An article that reports what was asked for: its nearest sentence, and the later copies of it.

    `printed` says that it has the text itself, in these words.
    """

    citation: int
    printed: bool = False
    copies: tuple[Printing, ...] = ()


@dataclass(frozen=True, slots=True)
class HadThis(_Findings):
    """Whether something was reported already, the earliest report first and unknown days last."""

    text: str
    reports: tuple[Report, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.citations, [each.citation for each in self.reports])

    @property
    def first(self) -> Citation | None:
        """The first report; None where there is none."""
        return self.citations[self.reports[0].citation - 1] if self.reports else None

    def to_markdown(self) -> str:
        """Return the reports in Markdown, source text escaped."""
        from assistant.rendering.report_list import reports_markdown

        return reports_markdown(self)


def _check(citations: tuple[Citation, ...], cited: list[int]) -> None:
    numbers = [citation.number for citation in citations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"sentences must be numbered 1, 2, 3 …, not {numbers}")
    if not set(cited) <= set(numbers):
        raise ValueError("a row cites a sentence that the table does not have")

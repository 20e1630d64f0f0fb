"""What programs send and get about stories, as schemas: the same for HTTP and MCP."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # pydantic reads it

from pydantic import BaseModel, Field

from assistant.stories.had_this import MOST_CHARACTERS, MOST_REPORTS
from assistant.stories.tables import MOST_ROWS
from assistant.web.api.schemas import CitationOut, Filtered

MOST_ROWS_SENT = 1000
MOST_REPORTS_SENT = 100


class StoryIn(Filtered):
    """A story to make a table of."""

    topic: str = Field(min_length=1, description="What it is about, in a few words: the ferry fire.")
    limit: int = Field(default=MOST_ROWS, ge=1, le=MOST_ROWS_SENT, description="Most rows to return.")


class HadThisIn(Filtered):
    """A text that may have been reported already."""

    text: str = Field(min_length=1, max_length=MOST_CHARACTERS, description="A headline or a paragraph.")
    limit: int = Field(
        default=MOST_REPORTS, ge=1, le=MOST_REPORTS_SENT, description="Most reports; copies are not counted."
    )


class HappeningOut(BaseModel):
    """A row of a timeline."""

    first: date = Field(description="The day on which it was, or the first of them.")
    last: date = Field(description="The last of these days, the same where the day is known.")
    citations: list[int] = Field(description="Numbers of the sentences that tell it.")
    said: tuple[int, int] | None = Field(
        description="Where the words that give the day stand in the first sentence; None where none do: it "
        "is the day of publication then."
    )


class TimelineOut(BaseModel):
    """What happened in a story, the earliest first."""

    topic: str
    happenings: list[HappeningOut]
    citations: list[CitationOut]
    articles: int = Field(description="How many articles were read for it.")
    notices: list[str]


class SayingOut(BaseModel):
    """A row of who said what."""

    speaker: str = Field(description="As the article names them.")
    citation: int = Field(description="Number of the sentence that has their words.")
    day: date | None = Field(description="The day on which they said it, else that of publication.")
    role: str | None = Field(description="What the article calls them beside their name.")
    words: list[tuple[int, int]] = Field(description="Where their own words stand in the quote.")


class WhoSaidWhatOut(BaseModel):
    """Who said what about a story: who speaks most comes first, what they said by its day."""

    topic: str
    sayings: list[SayingOut]
    citations: list[CitationOut]
    articles: int = Field(description="How many articles were read for it.")
    notices: list[str]


class PrintingOut(BaseModel):
    """An article that is a copy of another, or nearly one."""

    article_id: str
    title: str
    source: str | None
    published: date | None
    url: str | None


class ReportOut(BaseModel):
    """An article that reports what was asked for."""

    citation: int = Field(description="Number of its nearest sentence.")
    printed: bool = Field(description="Whether it has the text itself, in these words.")
    copies: list[PrintingOut] = Field(description="The later copies of it.")


class HadThisOut(BaseModel):
    """Whether a text was reported already, the earliest report first and unknown days last."""

    text: str
    reports: list[ReportOut]
    citations: list[CitationOut]
    notices: list[str]

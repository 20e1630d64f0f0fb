"""What programs send and get, as schemas: the same for HTTP and MCP. Nothing of the machine is in them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MOST_FOUND = 50
MOST_ARTICLES_LISTED = 500
MOST_HISTORY = 50
MOST_NAMES = 500


def _written_out(value: object) -> object:
    """Let through what is a day as the schema promises it; pydantic alone would take 0 for one of 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a day is written YYYY-MM-DD")
    if isinstance(value, int | float):
        raise ValueError("a day is written YYYY-MM-DD, as text")  # noqa: TRY004  # pydantic wants this kind
    return value


def _one_or_more(value: object) -> object:
    """Take a single name for a list of one."""
    return [value] if isinstance(value, str) else value


Names = Annotated[list[str], BeforeValidator(_one_or_more)]
Day = Annotated[date, BeforeValidator(_written_out)]


class Given(BaseModel):
    """What a program sends: a name that isn't known is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Filtered(Given):
    """Which articles may be used; without any of these, all of them."""

    published_from: Day | None = Field(None, description="Only articles published on this day or later.")
    published_to: Day | None = Field(None, description="Only articles published on this day or earlier.")
    undated: bool = Field(default=True, description="Whether articles of unknown date pass a limit of dates.")
    sources: Names = Field(
        default=[], max_length=MOST_NAMES, description="Only these sources, named as `articles` names them."
    )
    articles: Names = Field(default=[], max_length=MOST_NAMES, description="Only articles of these ids.")
    languages: Names = Field(
        default=[],
        max_length=MOST_NAMES,
        description="Only articles in these languages, by their codes (ISO 639-1), as de.",
    )


class Limited(Filtered):
    """Which articles may answer a question, and as of when it is asked."""

    exact: bool = Field(
        default=False,
        description="Whether exactly these limits hold. If not, a question that names a paper or dates the "
        "articles narrows them, and `question_filter` says how; a word that no article has is put right, "
        "and `corrections` says how.",
    )
    asked_on: Day | None = Field(None, description="The day that the question is asked as of; today if not.")


class Exchange(Given):
    """An earlier question of the conversation with its answer."""

    question: str = Field(description="What was asked.")
    answer: str = Field(description="The text of the answer.")


class Ask(Limited):
    """A question to answer from the articles."""

    question: str = Field(min_length=1, description="The question, in words.")
    history: list[Exchange] = Field(
        default=[], max_length=MOST_HISTORY, description="Earlier exchanges, the oldest first."
    )


class Check(Filtered):
    """A draft to hold against the library."""

    text: str = Field(min_length=1, description="The draft, plain text or Markdown.")
    written_on: Day | None = Field(
        None,
        description="The day of the draft: “last year” is the one before. Without it such words mean what "
        "they mean in the article.",
    )


class Search(Limited):
    """Words to find the nearest sentences for."""

    words: str = Field(min_length=1, description="A question, or words to look for.")
    limit: int = Field(default=10, ge=1, le=MOST_FOUND, description="Most sentences to return.")


class Listing(Given):
    """Which part of the list of articles is wanted."""

    words: str = Field(
        default="", max_length=1000, description="Only articles with these in title, source or authors."
    )
    source: str = Field(default="", max_length=1000, description="Only articles of this source.")
    limit: int = Field(default=100, ge=1, le=MOST_ARTICLES_LISTED, description="Most articles to return.")
    offset: int = Field(default=0, ge=0, le=10**9, description="How many articles to pass over first.")


class Read(Given):
    """Which article is wanted."""

    id: str = Field(max_length=100, description="The article's id.")
    version: str | None = Field(
        None, max_length=100, description="A version that an answer cited; the present one if not given."
    )


class Fault(BaseModel):
    """What went wrong."""

    message: str = Field(description="What happened and what to do, in a sentence.")
    type: Literal["invalid_request_error", "server_error"]
    param: None = None
    code: None = None


class FaultOut(BaseModel):
    """An error, in the form that OpenAI's clients know."""

    error: Fault


class CitationOut(BaseModel):
    """A footnote: a sentence of an article, word for word. `quote` is `article.text[start:end]`."""

    number: int = Field(description="The footnote's number in the answer; a place in the list elsewhere.")
    quote: str = Field(description="The sentence as the article has it.")
    start: int = Field(description="Where the quote begins in the article's text, in characters.")
    end: int = Field(description="Where it ends.")
    article_id: str = Field(description="The article.")
    version: str = Field(description="The version of the article that was cited.")
    title: str
    source: str | None
    url: str | None
    published: date | None = Field(description="When the article was published, None if unknown.")
    link: str | None = Field(description="The live page, opened at the sentence.")
    page: int | None = Field(description="The page of a document, counted from 1.")
    emphasis: list[tuple[int, int]] = Field(description="Spans of the decisive words within the quote.")
    referent: str | None = Field(description="Who a pronoun of the quote stands for.")
    also_in: list[str] = Field(description="Other publishers of nearly the same article.")
    dated_by: str | None = Field(description="Where the day of publication stands: JSON-LD, the feed …")
    authors: list[str] = Field(description="The article's authors, as it names them.")
    ocr: bool = Field(description="The page is a picture whose text was recognised (OCR): it may be misread.")
    language: str | None = Field(description="The article's language (ISO 639-1), None if unknown.")


class StatementOut(BaseModel):
    """A part of an answer, with what the check found."""

    text: str
    citations: list[int] = Field(description="Numbers of the footnotes that it rests on.")
    support: Literal[
        "supported", "unsupported", "conflicting", "doubted", "no_claim", "unchecked_language"
    ] = Field(
        description="What the check found; of other languages than English most is unchecked_language. "
        "Doubted is what the check and a chat model that judged it see differently."
    )
    score: float | None = Field(description="The check's score from 0 to 1.")
    reason: str | None = Field(description="What the check found, in words.")
    original: str | None = Field(description="What a model wrote before the statement was corrected.")


class ConflictOut(BaseModel):
    """Footnotes that say different things about the same, the newest first."""

    citations: list[int]
    about: str
    values: list[str] = Field(description="What each of them says.")
    superseded: bool = Field(description="Whether a later report of the same source corrects an earlier one.")


class QuestionFilterOut(BaseModel):
    """What the words of a question limited its answer to; `exact` undoes it."""

    words: list[str] = Field(description="Those words.")
    sources: list[str] = Field(description="The sources that they name.")
    published_from: date | None
    published_to: date | None


class CorrectionOut(BaseModel):
    """A word of the question that no article has, and the word that was asked for instead."""

    typed: str
    meant: str


class MentionOut(BaseModel):
    """An article that was counted; `start` and `end` are of its first sentence with the subject."""

    article_id: str
    version: str
    title: str
    source: str | None
    published: date | None
    story: str = Field(description="The same for near-duplicates.")
    start: int
    end: int


class TallyOut(BaseModel):
    """All articles that mention a subject."""

    subject: str
    articles: int
    stories: int = Field(description="Articles, with near-duplicates counted once.")
    sources: list[str]
    first: date | None
    last: date | None
    undated: int
    months: list[tuple[str, int]] = Field(description="Months like 2026-05, with how many articles.")
    mentions: list[MentionOut]


class UnmetPremiseOut(BaseModel):
    """What a question takes for granted and the articles don't say."""

    told: str = Field(description="What is taken for granted, as it goes on “your articles say that …”.")
    denied_by: CitationOut | None = Field(
        description="The sentence that says otherwise, None where none does."
    )


class AnswerOut(BaseModel):
    """An answer with everything needed to check it."""

    question: str
    answered: bool = Field(description="False when the articles don't say; `consulted` has the nearest then.")
    confidence: float = Field(description="Probability that the articles answer the question.")
    text: str = Field(description="The answer as prose with [1] markers.")
    statements: list[StatementOut]
    citations: list[CitationOut]
    conflicts: list[ConflictOut]
    consulted: list[CitationOut] = Field(description="Sentences that were looked at and not cited.")
    mode: Literal["quotes", "written", "count"] = Field(
        description="Quoted sentences, prose written by a model, or articles that were counted."
    )
    notices: list[str] = Field(description="What a reader should know of how the answer came to be.")
    incomplete: bool = Field(description="Whether a model broke off.")
    question_filter: QuestionFilterOut | None = Field(
        description="What the question's own words limited the answer to, None where nothing."
    )
    corrections: list[CorrectionOut] = Field(
        description="Typing errors of the question that were put right; `exact` undoes it."
    )
    tally: TallyOut | None = Field(
        description="What was counted where the question asks about the articles themselves."
    )
    premise: UnmetPremiseOut | None = Field(
        description="What the question takes for granted and the articles don't say; `text` tells it."
    )
    language: str = Field(
        description="The language of the question (ISO 639-1); `text` says in it if there is no answer."
    )


class DifferenceOut(BaseModel):
    """What a statement of a draft and a sentence about the same say differently."""

    about: str = Field(
        description="One of number, date, name, denial, direction, speaker, quotation, relation."
    )
    draft: str | None = Field(description="The words of the draft, None where there are no single ones.")
    source: str | None = Field(description="The words of the source.")


class DraftStatementOut(BaseModel):
    """A statement of a draft, with what the articles say to it. `text` is `draft[start:end]`."""

    text: str
    start: int = Field(description="Where it begins in the draft, in characters.")
    end: int = Field(description="Where it ends.")
    state: Literal["agrees", "differs", "not_found", "opinion", "unchecked_language"] = Field(
        description="What the articles say to it; an opinion is whatever claims nothing."
    )
    reason: str = Field(description="What was found, in words.")
    score: float | None = Field(description="The check's score from 0 to 1, None where nothing was checked.")
    citations: list[int] = Field(description="Numbers of the sentences that decide.")
    against: list[int] = Field(description="Those of them that say otherwise while others agree.")
    closest: list[int] = Field(description="Numbers of the nearest sentences where nothing was found.")
    differences: list[DifferenceOut]


class CheckOut(BaseModel):
    """A draft held against the library."""

    text: str = Field(description="The draft as it was sent; the offsets count in it.")
    statements: list[DraftStatementOut]
    citations: list[CitationOut] = Field(
        description="The sentences, numbered from 1 as statements need them."
    )
    notices: list[str]
    counts: dict[str, int] = Field(description="How many statements are in each state.")
    checkable: int = Field(description="How many statements the articles could have carried.")
    share: float | None = Field(description="The share of these that agree, None without any.")


class FoundOut(BaseModel):
    """A sentence that a search found; scores compare within one search."""

    citation: CitationOut
    score: float


class SearchOut(BaseModel):
    """The sentences that a search found, best first."""

    found: list[FoundOut]
    notices: list[str] = Field(description="Why sentences may be lacking, such as a server that is away.")


class SummaryOut(BaseModel):
    """An article in a list."""

    id: str
    version: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    modified: date | None = Field(description="When the publisher last corrected it.")
    authors: list[str]
    added: datetime = Field(description="When it came into the library.")
    language: str | None
    section: str | None
    characters: int
    group: str | None = Field(description="The same for near-duplicates, None for an article of its own.")
    versions: int = Field(description="How many versions the library keeps.")
    dated_by: str | None = Field(description="Where the day of publication stands: JSON-LD, the feed …")
    unread: list[tuple[str, int]] = Field(description="What the document has and the text has not, by kind.")
    ocr_pages: list[int] = Field(description="Pages read by OCR, which may misread, counted from 1.")
    picture_pages: list[int] = Field(description="Pages that are pictures and were not read.")


class ListOut(BaseModel):
    """A part of the list of articles, the newest first."""

    total: int = Field(description="How many articles match.")
    articles: list[SummaryOut]


class ArticleOut(BaseModel):
    """An article with its text."""

    id: str
    version: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    modified: date | None
    authors: list[str]
    language: str | None
    section: str | None
    dated_by: str | None = Field(description="Where the day of publication stands: JSON-LD, the feed …")
    unread: list[tuple[str, int]] = Field(description="What the document has and the text has not, by kind.")
    ocr_pages: list[int] = Field(description="Pages read by OCR, which may misread, counted from 1.")
    picture_pages: list[int] = Field(description="Pages that are pictures and were not read.")
    text: str = Field(description="The text that `start` and `end` of citations count in.")

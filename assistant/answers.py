"""The vocabulary of answers: evidence, citations, statements, the answer. Standard library only.

A citation is a slice of the stored article: `quote == article.text[start:end]`. No model types a
quote, a title, a date or a link; they are copied from the library.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assistant.messages import ENGLISH, Message, told

if TYPE_CHECKING:
    from ingest import Article, Sentence

CANNOT_ANSWER = told(Message.CANNOT_ANSWER)
UNSAID = "Nothing in your articles says that"
OTHERWISE = "Your articles say otherwise:"
"""How it begins when a question takes for granted what no article says, and what one denies."""


class Support(StrEnum):
    """What the check says of a statement.

    Not checked, and so neither supported nor unsupported, is most of what is in another language than
    English, or rests on sentences that are. Doubted is what the check and a chat model that judged it see
    differently.
    """

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    CONFLICTING = "conflicting"
    DOUBTED = "doubted"
    NO_CLAIM = "no_claim"
    UNCHECKED_LANGUAGE = "unchecked_language"


class Mode(StrEnum):
    """How an answer was made: quoted sentences, prose written by a model, or articles that were counted."""

    QUOTES = "quotes"
    WRITTEN = "written"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: one sentence of one version of one article.

    `number` counts from 1 within an answer. `link` opens the live page at the sentence (a text
    fragment) and is None where the article has no http or https address. `page` counts from 1 and is
    None where the article has no pages. `emphasis` has the spans of the decisive words, as offsets
    into `quote`; `referent` says who a pronoun in the quote stands for and is never part of the quote.
    `also_in` names other publishers that printed nearly the same article; `dated_by` says where the date of
    publication stands ("JSON-LD", "the feed"); `authors` are the article's, as it names them. `ocr` says that
    the page is a picture whose text was recognised, so that the quote may be misread. `language` is the
    article's (ISO 639-1), None where it isn't known.
    """

    number: int
    quote: str
    start: int
    end: int
    article_id: str
    version: str
    title: str
    source: str | None = None
    url: str | None = None
    published: date | None = None
    link: str | None = None
    page: int | None = None
    emphasis: tuple[tuple[int, int], ...] = ()
    referent: str | None = None
    also_in: tuple[str, ...] = ()
    dated_by: str | None = None
    authors: tuple[str, ...] = ()
    ocr: bool = False
    language: str | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"span {self.start}..{self.end} does not hold {self.quote!r}")

    @property
    def where(self) -> str | None:
        """The page in words, and whether it was read by OCR: `page 3, read by OCR`; None without pages."""
        return f"page {self.page:,}{', read by OCR' if self.ocr else ''}" if self.page else None

    @classmethod
    def of(cls, article: Article, sentence: Sentence, *, number: int, link: str | None = None) -> Citation:
        """Cite a sentence; raise ValueError unless the article's text has it at its span."""
        if article.text[sentence.start : sentence.end] != sentence.text:
            raise ValueError(f"{article.id} does not say {sentence.text!r} at {sentence.start}")
        return cls(
            number=number,
            quote=sentence.text,
            start=sentence.start,
            end=sentence.end,
            article_id=article.id,
            version=article.version,
            title=article.title,
            source=article.source,
            url=article.url,
            published=article.published,
            link=link,
            page=article.page_at(sentence.start),
            dated_by=article.dated_by,
            authors=article.authors,
            ocr=article.is_ocr_at(sentence.start),
            language=article.language,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer. Higher `score` is better; scores compare within one question."""

    citation: Citation
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of an answer that stands or falls with the sentences that it cites.

    `score` is the check's, 0 to 1, and `reason` says in words what it found, for a person to read.
    `original` is what the model wrote, where the statement was corrected afterwards.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    score: float | None = None
    reason: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more citations that say different things about the same, the newest first.

    `about` says in a few words what they differ on; `values` has what each of them says, in the order
    of `citations`. `superseded` says that a later report of the same source corrects an earlier one.
    """

    citations: tuple[int, ...]
    about: str
    values: tuple[str, ...] = ()
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How a model wrote an answer: what it is called, what it was asked with, and its text as it came.

    `raw` has every marker as the model typed it; `unknown_keys` are those that named no sentence. Tokens
    are of all requests for the answer, corrections and judging included, and None where the provider doesn't
    count them. `finish` is why the model stopped, None if it didn't say. `judge` is the model that judged the
    statements, None where none did or its reply could not be used; `judge_prompt_tokens` and
    `judge_answer_tokens` are what asking it took, part of the others.
    """

    model: str
    prompt: str
    raw: str
    unknown_keys: tuple[str, ...] = ()
    finish: str | None = None
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    judge: str | None = None
    judge_prompt_tokens: int | None = None
    judge_answer_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What a question's own words limited its answer to, the caller's filters left out.

    `words` are those words ("according to the Harbour Gazette"). `Filters(exact=True)` undoes it.
    """

    words: tuple[str, ...]
    sources: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question that no article has, and the word that was asked for instead.

    `Filters(exact=True)`, or quotation marks around the word, ask for it as it is.
    """

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class UnmetPremise:
    """What a question takes for granted and the articles don't say: "When did Ada win?" that Ada won.

    `told` goes on "Nothing in your articles says that …". `denied_by` is the sentence that says otherwise,
    None where none does; it is the first of the closest sentences too.
    """

    told: str
    denied_by: Citation | None = None

    @property
    def notice(self) -> str:
        """What a reader is told in place of an answer."""
        if self.denied_by:
            return f"{OTHERWISE} “{self.denied_by.quote}”"
        return f"{UNSAID} {self.told}."


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that was counted, and the span of its first sentence that mentions the subject.

    `story` is the same for near-duplicates: copies, and lightly edited versions.
    """

    article_id: str
    version: str
    title: str
    source: str | None
    published: date | None
    story: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tally:
    """All articles that mention a subject, oldest first and unknown dates last.

    `stories` counts near-duplicates once, in `articles` and `months` each counts. `months` has "2026-05" and
    how many articles are of it; `first` and `last` are the first and the last known day.
    """

    subject: str
    articles: int
    stories: int
    sources: tuple[str, ...]
    first: date | None
    last: date | None
    undated: int
    months: tuple[tuple[str, int], ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What Footnote says to a question, with everything needed to check it.

    `citations` are the footnotes of the statements. `consulted` are sentences that were looked at
    and not cited; when `answered` is False they are the closest that the articles have.
    `confidence` is the probability that the articles answer the question. `incomplete` says that a model
    broke off; `writing` is how it wrote, also where its text was not used, and None without a model.
    `question_filter` says what the question's own words limited the answer to, None where nothing; a
    sentence in `notices` says it too. `corrections` are typing errors of the question that were put right.
    `tally` has every article that was counted where the question asks about the articles themselves.
    `premise` is what the question takes for granted and the articles don't say; there is no answer then.
    `language` is the question's (ISO 639-1): where there is no answer, it says so in that language.
    """

    question: str
    answered: bool
    confidence: float
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    consulted: tuple[Citation, ...] = ()
    mode: Mode = Mode.QUOTES
    notices: tuple[str, ...] = ()
    incomplete: bool = False
    writing: Writing | None = None
    question_filter: QuestionFilter | None = None
    corrections: tuple[Correction, ...] = ()
    tally: Tally | None = None
    premise: UnmetPremise | None = None
    language: str = ENGLISH

    def __post_init__(self) -> None:
        numbers = [citation.number for citation in self.citations]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"footnotes must be numbered 1, 2, 3 …, not {numbers}")
        if any(number not in numbers for statement in self.statements for number in statement.citations):
            raise ValueError("a statement cites a footnote that the answer does not have")
        if self.answered and not self.citations:
            raise ValueError("an answer without footnotes is not an answer")
        if self.answered and self.premise:
            raise ValueError("a question whose premise is not met is not answered")

    @property
    def text(self) -> str:
        """The answer as prose with [1] markers, or why there is none."""
        if not self.answered:
            return self.premise.notice if self.premise else told(Message.CANNOT_ANSWER, self.language)
        return " ".join(
            statement.text + "".join(f" [{number}]" for number in statement.citations)
            for statement in self.statements
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes; dates are ISO 8601."""
        plain: dict[str, Any] = plain_values({**asdict(self), "text": self.text})
        return plain

    def to_markdown(self) -> str:
        """Return the answer with its footnotes as Markdown, source text escaped."""
        from assistant.rendering.render import answer_markdown

        return answer_markdown(self)

    def _repr_markdown_(self) -> str:
        """Return what a notebook shows of it."""
        return self.to_markdown()


def plain_values(value: Any) -> Any:  # noqa: ANN401  # any JSON value in, any JSON value out
    """Return values that `json.dumps` takes: tuples as lists, dates and codes as text."""
    if isinstance(value, dict):
        return {key: plain_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value

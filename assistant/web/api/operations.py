"""What programs may ask for: answers, checked drafts, stories, sentences, articles, and nothing else."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from starlette.concurrency import run_in_threadpool

from assistant.events import Finished
from assistant.vocabulary.drafts import DraftChecked
from assistant.web.api import schemas, story_schemas
from assistant.web.chat.service import Draft, Question, Topic
from assistant.web.html.filters import AskedLimits
from assistant.web.html.library_page import Wanted, selected
from ingest import Filters, QuestionError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pydantic import BaseModel

    from assistant.answers import Answer, Citation
    from assistant.events import Event
    from assistant.vocabulary.drafts import DraftEvent
    from assistant.web.access.people import Person
    from assistant.web.chat.service import ChatService
    from ingest import Article, ArticleSummary


class UnknownArticleError(QuestionError):
    """There is no article of the id that was asked for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that programs may ask for: its name, what it does, what it takes and gives."""

    name: str
    about: str
    takes: type[BaseModel]
    gives: type[BaseModel]


OFFERS = (
    Offer(
        "ask",
        "Answer a question from the articles of the library. Every statement of the answer has footnotes to "
        "the exact sentences that it rests on. `answered` is false when the articles don't say.",
        schemas.Ask,
        schemas.AnswerOut,
    ),
    Offer(
        "check_draft",
        "Hold a draft against the library: every statement of it agrees with a sentence of the articles, "
        "differs from one in a number, date, name or negation, is not found, or is an opinion, which stands "
        "for all that claims nothing. The sentences that decide are cited. A statement takes a fraction of a "
        "second.",
        schemas.Check,
        schemas.CheckOut,
    ),
    Offer(
        "timeline",
        "Tell what happened in a story, by day: each row cites the sentence that says when, word for word.",
        story_schemas.StoryIn,
        story_schemas.TimelineOut,
    ),
    Offer(
        "who_said_what",
        "Tell who said what about a story: each row cites a sentence that names its speaker, word for word.",
        story_schemas.StoryIn,
        story_schemas.WhoSaidWhatOut,
    ),
    Offer(
        "had_this",
        "Say whether the articles have reported something already: a headline or a paragraph is held against "
        "them. The first report comes first, then later ones, each with its copies; `reports` is empty where "
        "there are none.",
        story_schemas.HadThisIn,
        story_schemas.HadThisOut,
    ),
    Offer(
        "search",
        "Find the sentences of the articles that are nearest to a question or some words, best first, "
        "whether or not they answer it.",
        schemas.Search,
        schemas.SearchOut,
    ),
    Offer(
        "articles",
        "List the articles of the library, the newest publication first.",
        schemas.Listing,
        schemas.ListOut,
    ),
    Offer(
        "article",
        "Read an article: its text, with title, source, address and dates.",
        schemas.Read,
        schemas.ArticleOut,
    ),
)


class Programs:
    """Does what programs ask for, over the service that the chat uses."""

    def __init__(self, service: ChatService) -> None:
        self.service = service

    def of(self, person: Person) -> Programs:
        """Return what does it for somebody: with nothing that is for other groups."""
        return self if person.sees is None else Programs(self.service.seen_by(person.sees))

    async def give(self, name: str, given: BaseModel) -> BaseModel:
        """Do what the offer of this name says."""
        if name == "ask":
            return await self.ask(cast("schemas.Ask", given))
        if name == "check_draft":
            return await self.check(cast("schemas.Check", given))
        does = {
            "timeline": self.timeline,
            "who_said_what": self.who_said_what,
            "had_this": self.had_this,
            "search": self.search,
            "articles": self.articles,
            "article": self.article,
        }[name]
        # Not `asyncio.to_thread`: searches that wait here would take the threads that answers go on in.
        return await run_in_threadpool(cast("Any", does), given)

    async def ask(self, given: schemas.Ask) -> schemas.AnswerOut:
        """Answer a question."""
        history = tuple((item.question, item.answer) for item in given.history)
        limits = AskedLimits(_filters(given), given.asked_on)
        return answer_out(await answered(self.service, Question(given.question, history, limits)))

    async def check(self, given: schemas.Check) -> schemas.CheckOut:
        """Hold a draft against the library; ending the wait ends the check."""
        draft = Draft(given.text, AskedLimits(_filters(given), given.written_on))
        async with aclosing(cast("AsyncGenerator[DraftEvent]", self.service.check(draft))) as events:
            found = [event.check async for event in events if isinstance(event, DraftChecked)]
        return schemas.CheckOut.model_validate(found[0].to_dict())

    def timeline(self, given: story_schemas.StoryIn) -> story_schemas.TimelineOut:
        """Tell what happened in a story."""
        found = self.service.timeline(_topic(given.topic, given, given.limit))
        return story_schemas.TimelineOut.model_validate(found.to_dict())

    def who_said_what(self, given: story_schemas.StoryIn) -> story_schemas.WhoSaidWhatOut:
        """Tell who said what about a story."""
        found = self.service.who_said_what(_topic(given.topic, given, given.limit))
        return story_schemas.WhoSaidWhatOut.model_validate(found.to_dict())

    def had_this(self, given: story_schemas.HadThisIn) -> story_schemas.HadThisOut:
        """Say whether something was reported already."""
        found = self.service.had_this(_topic(given.text, given, given.limit))
        return story_schemas.HadThisOut.model_validate(found.to_dict())

    def search(self, given: schemas.Search) -> schemas.SearchOut:
        """Find the nearest sentences."""
        question = Question(given.words, limits=AskedLimits(_filters(given), given.asked_on))
        found = self.service.find(question, limit=given.limit)
        rows = [{"citation": _citation(item.citation), "score": item.score} for item in found]
        return schemas.SearchOut.model_validate({"found": rows, "notices": self.service.notices()})

    def articles(self, given: schemas.Listing) -> schemas.ListOut:
        """List the articles."""
        found = selected(self.service.articles(), Wanted(words=given.words, source=given.source))
        part = found[given.offset : given.offset + given.limit]
        return schemas.ListOut(total=len(found), articles=[_summary(item) for item in part])

    def article(self, given: schemas.Read) -> schemas.ArticleOut:
        """Read an article."""
        article = self.service.article(given.id, given.version)
        if article is None:
            raise UnknownArticleError(f"No article has the id {given.id!r}. `articles` lists the ids.")
        return _article(article)


async def answered(service: ChatService, question: Question) -> Answer:
    """Return the whole answer; ending the wait ends the model's request."""
    async with aclosing(cast("AsyncGenerator[Event]", service.stream(question))) as events:
        found = [event.answer async for event in events if isinstance(event, Finished)]
    return found[0]


def answer_out(answer: Answer) -> schemas.AnswerOut:
    """Return an answer as programs get it: without the model's unchecked text."""
    plain = {key: value for key, value in answer.to_dict().items() if key != "writing"}
    return schemas.AnswerOut.model_validate(plain)


def _topic(words: str, given: schemas.Filtered, limit: int) -> Topic:
    return Topic(words, AskedLimits(_filters(given)), limit)


def _filters(given: schemas.Filtered) -> Filters | None:
    exact = isinstance(given, schemas.Limited) and given.exact
    found = Filters(
        published_from=given.published_from,
        published_to=given.published_to,
        sources=given.sources,
        article_ids=given.articles,
        undated=given.undated,
        exact=exact,
        languages=given.languages,
    )
    return None if found == Filters(undated=given.undated) else found


def _citation(citation: Citation) -> schemas.CitationOut:
    return schemas.CitationOut.model_validate(asdict(citation))


def _summary(item: ArticleSummary) -> schemas.SummaryOut:
    known = asdict(item)
    return schemas.SummaryOut(**{name: known[name] for name in schemas.SummaryOut.model_fields})


def _article(article: Article) -> schemas.ArticleOut:
    names = (name for name in schemas.ArticleOut.model_fields if name != "authors")
    return schemas.ArticleOut(
        authors=list(article.authors), **{name: getattr(article, name) for name in names}
    )

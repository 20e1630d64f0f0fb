"""What the page may ask for besides answers and adding: one table of names, a message out for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.providers.model_choice import model_name
from assistant.settings import answer_settings
from assistant.watching.changes import outdated
from assistant.web.chat.adding import ADMIN_ONLY
from assistant.web.chat.kept_desk import asks_of
from assistant.web.chat.removing import Removals
from assistant.web.chat.requests import (
    read_key,
    read_limits,
    read_number,
    read_opening,
    read_text,
    read_texts,
)
from assistant.web.chat.rooms import Rooms
from assistant.web.chat.service import Question
from assistant.web.html.actions import actions_html
from assistant.web.html.elements import element, fragment
from assistant.web.html.excerpts import excerpts, marks_of
from assistant.web.html.exporting import export_turns
from assistant.web.html.failure_words import WENT_WRONG, calm
from assistant.web.html.filters import AskedLimits, chips_html, limits_html
from assistant.web.html.library_page import Wanted, library_html, list_html, without
from assistant.web.html.library_view import QUOTES_MODE, WRITTEN_MODE, library_line, next_html, welcome_html
from assistant.web.html.outdated_note import outdated_html
from assistant.web.html.page_words import ENGLISH, page_language, page_words, words_key
from assistant.web.html.sidebar import conversations_html
from assistant.web.html.source_cards import plain_cards
from assistant.web.html.source_panel import Printing, article_html, source_html
from assistant.web.html.turns import failure_html, whole_html
from ingest import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Citation
    from assistant.store.conversations import Conversations, Turn
    from assistant.web.chat.service import ChatService
    from ingest import Article

PageMessage = dict[str, Any]

ANYWHERE = AskedLimits(Filters(exact=True))  # a selected text asks for no paper
SIMILAR = 5  # sentences shown for a selected text
NOTHING_SIMILAR = "Nothing in your articles is near to this."
NO_CONVERSATION = "This conversation is not here any more."
SETTINGS_REFUSED = "Only an administrator may see and change the settings."
TOO_LATE = "It was removed already. Add it again to have it back."


class Desk:
    """Answers what the page asks for; whatever comes, the reply is a message and never an exception."""

    def __init__(
        self,
        service: ChatService,
        kept: Conversations,
        *,
        paths: bool = False,
        removals: Removals | None = None,
        admin: bool = True,
        rooms: Rooms | None = None,
    ) -> None:
        rooms = rooms or Rooms.of(service, kept)
        self.service = service
        self._keeping = rooms.keeping
        self._settings = rooms.settings
        self.kept = kept
        self.paths = paths
        self.admin = admin
        self.removals = removals or Removals(service.remove)
        self._replies: dict[str, Callable[[Any], PageMessage]] = {
            "home": self.home,
            "words": self.words,
            "suggestions": self.suggestions,
            "next": self.next,
            "open": self.open,
            "read": self.read,
            "similar": self.similar,
            "limits": self.limits,
            "conversations": self.conversations,
            "resume": self.resume,
            "rename": self.rename,
            "forget": self.forget,
            "rate": self.rate,
            "export": self.export,
            "library": self.library,
            "articles": self.articles,
            "remove": self.remove,
            "undo": self.undo,
            **rooms.replies,
        }
        if not admin:
            self._replies |= {"remove": self._refuse, "undo": self._refuse}
            self._replies |= dict.fromkeys(rooms.settings.replies, lambda _: {"failed": SETTINGS_REFUSED})

    def reply(self, data: Any) -> PageMessage:  # noqa: ANN401  # the browser may send anything
        """Return what was asked for, or `{"failed": …}` with a sentence that says what happened."""
        answer_with = self._replies.get(read_text(data, "what"))
        if answer_with is None:
            return {"failed": WENT_WRONG, "html": failure_html(WENT_WRONG)}
        try:
            return answer_with(data)
        except Exception as error:  # noqa: BLE001  # every failure is shown calmly
            told = calm(error)
            return {"failed": told, "html": failure_html(told)}

    def home(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Describe the library for the header and the welcome."""
        overview = self.service.overview()
        ready = bool(overview.articles)
        writes = model_name(answer_settings()) is not None
        return {
            "line": library_line(overview),
            "welcome": welcome_html(overview),
            "ready": ready,
            "mode": WRITTEN_MODE if writes else QUOTES_MODE,
            "admin": self.admin,
            "words": words_key(self._language(data)),
        }

    def words(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Return the words of the page's language, none where that is English."""
        language = self._language(data)
        return {"words": page_words(language) if language != ENGLISH else None}

    def _language(self, data: Any) -> str:  # noqa: ANN401
        own, wanted = read_text(data, "language"), read_texts(data, "languages")
        return page_language(own, self._settings.language(), wanted)

    def suggestions(self, _: Any) -> PageMessage:  # noqa: ANN401
        """Offer questions to begin with."""
        return {"welcome": welcome_html(self.service.overview(), self.service.suggestions())}

    def next(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Offer questions that go on from an answer and were not asked in its conversation."""
        turn, asked = self._turn(data), {each.question for each in self._turns(data)}
        offered = self.service.next_questions(turn.answer) if turn else ()
        return {"html": next_html([each for each in offered if each not in asked])}

    def open(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Show the article of a footnote."""
        opening = read_opening(data)
        if opening is None:
            return {"html": failure_html(WENT_WRONG)}
        mark = opening.marks[opening.current]
        article = self.service.article(mark.article, mark.version)
        live = self.service.article(mark.article, None)
        newest = live.version if live else None
        return {"html": source_html(opening, article, newest=newest, printings=self._printings(article))}

    def read(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Show an article from its beginning."""
        article = self.service.article(read_key(data, "article") or "", None)
        return {"html": article_html(article, self._printings(article))}

    def similar(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Find the sentences nearest to a selected text."""
        words = read_text(data, "words")
        found = self.service.find(Question(words, limits=ANYWHERE), limit=SIMILAR) if words else []
        return {"html": _similar_html(words, [item.citation for item in found], self.service.article)}

    def limits(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Show what questions are limited to."""
        limits, articles = read_limits(data), self.service.articles()
        return {"html": limits_html(articles, limits), "chips": chips_html(articles, limits)}

    def conversations(self, data: Any) -> PageMessage:  # noqa: ANN401
        """List the conversations, those with some words if words are given."""
        words = read_text(data, "words")
        found = self.kept.listed(words)
        current = read_key(data, "conversation")
        outdated = self._keeping.outdated_conversations()
        return {
            "html": conversations_html(found, current=current, searched=bool(words), outdated=set(outdated))
        }

    def resume(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Bring a conversation back with all its turns."""
        key = read_key(data, "conversation")
        conversation = self.kept.get(key) if key else None
        if conversation is None:
            return {"failed": NO_CONVERSATION, "gone": True}
        turns = [
            self._shown(turn, conversation.turns[:place]) for place, turn in enumerate(conversation.turns)
        ]
        return {"conversation": conversation.id, "title": conversation.title, "turns": turns}

    def rename(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Give a conversation another title."""
        self.kept.rename(read_key(data, "conversation") or "", read_text(data, "title"))
        return {}

    def forget(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Delete a conversation for good."""
        self.kept.delete(read_key(data, "conversation") or "")
        return {}

    def rate(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Keep what the reader thinks of an answer."""
        good = {"1": True, "0": False}.get(read_text(data, "good"))
        self.kept.rate(read_key(data, "turn") or "", good=good, reason=read_text(data, "reason"))
        return {}

    def export(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Write an answer, or its whole conversation, to be copied or saved."""
        conversation = self.kept.get(read_key(data, "conversation") or "")
        if conversation is None:
            return {"failed": NO_CONVERSATION}
        turn = read_key(data, "turn")
        turns = [item for item in conversation.turns if turn in {None, item.id}]
        title = turns[0].question if turn and turns else conversation.title
        return {**export_turns(title, turns, read_text(data, "format"))}

    def library(self, _: Any) -> PageMessage:  # noqa: ANN401
        """Show the page of the library."""
        return {
            "html": library_html(
                self._listed(), paths=self.paths, adding=self.admin, read=self.service.last_read()
            )
        }

    def articles(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Show a part of the list of articles."""
        wanted = Wanted(
            words=read_text(data, "words"),
            source=read_text(data, "source"),
            sort=read_text(data, "sort"),
            page=read_number(data, "page"),
            only_copies=isinstance(data, dict) and data.get("copies") is True,
        )
        return {"html": list_html(self._listed(), wanted)}

    def remove(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Remove an article, with time to undo it."""
        if key := read_key(data, "article"):
            self.removals.plan(key)
        return {}

    def undo(self, data: Any) -> PageMessage:  # noqa: ANN401
        """Keep an article after all."""
        return {} if self.removals.undo(read_key(data, "article") or "") else {"failed": TOO_LATE}

    def _refuse(self, _: Any) -> PageMessage:  # noqa: ANN401
        return {"failed": ADMIN_ONLY}

    def _listed(self) -> Sequence[Any]:
        return without(self.service.articles(), self.removals.hidden())

    def _turn(self, data: Any) -> Turn | None:  # noqa: ANN401
        turn = read_key(data, "turn")
        return next((item for item in self._turns(data) if item.id == turn), None)

    def _turns(self, data: Any) -> Sequence[Turn]:  # noqa: ANN401
        conversation = self.kept.get(read_key(data, "conversation") or "")
        return conversation.turns if conversation else ()

    def _shown(self, turn: Turn, before: Sequence[Turn]) -> PageMessage:
        html = whole_html(
            turn.answer,
            self.service.article,
            seconds=turn.seconds,
            actions=actions_html(turn.id, good=turn.good, asks=asks_of(turn.question, before)),
        )
        note = outdated_html(outdated(turn.answer, self.service.article))
        return {"turn": turn.id, "question": turn.question, "html": fragment(note, html)}

    def _printings(self, article: Article | None) -> tuple[Printing, ...]:
        return tuple(
            Printing(item.id, item.title, item.source, item.published)
            for item in (self.service.printings(article.id) if article else ())
        )


def _similar_html(
    words: str, found: Sequence[Citation], article_of: Callable[[str, str | None], Article | None]
) -> str:
    near = plain_cards(excerpts(found, article_of)) if found else element("p", NOTHING_SIMILAR)
    return element(
        "div",
        element("h2", "Closest sentences", tabindex=-1),
        element("p", fragment("near to ", element("q", words, dir="auto")), class_="notice selected"),
        near,
        class_="similar",
        data_marks=marks_of(found, numbered=False),
    )

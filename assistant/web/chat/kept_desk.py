"""What the page asks for about kept questions: keeping one, their page, asking again, what is new."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from assistant.watching.changes import decisive, outdated
from assistant.watching.kept_questions import standing_alone
from assistant.watching.outdated_conversations import outdated_turns
from assistant.web.chat.requests import read_key
from assistant.web.html.kept_page import OutdatedAnswer, WatchedQuestion, kept_page_html
from ingest import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.store.conversations import Conversations, Turn
    from assistant.web.chat.kept_watch import KeptWatch
    from assistant.web.chat.service import ChatService

GONE = "This answer is not here any more."
MOST_OUTDATED = 50  # answers out of date that the page shows, the latest first


class KeptDesk:
    """The kept questions of one person, as the page has them."""

    def __init__(self, service: ChatService, conversations: Conversations, watch: KeptWatch) -> None:
        self._service = service
        self._conversations = conversations
        self._watch = watch
        self._kept = watch.of(conversations, service)
        self._outdated: tuple[object, dict[str, tuple[str, ...]]] = (None, {})

    @property
    def replies(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        """What the page may ask for, by name."""
        return {
            "keep": self.keep,
            "unkeep": self.unkeep,
            "kept": self.page,
            "askKept": self.ask_again,
            "keptNews": self.news,
        }

    def keep(self, data: Any) -> dict[str, Any]:  # noqa: ANN401  # the browser may send anything
        """Keep the question of an answer, with the conversation that it leans on."""
        conversation = self._conversations.get(read_key(data, "conversation") or "")
        turn = read_key(data, "turn")
        turns = conversation.turns if conversation else ()
        found = next((item for item in turns if item.id == turn), None)
        if found is None:
            return {"failed": GONE}
        before = takewhile(lambda item: item.id != turn, turns)
        kept = self._kept.keep(found.question, [(item.question, item.answer.text) for item in before])
        return {**self.news(data), "question": kept.question}

    def unkeep(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Forget a kept question with its changes."""
        self._kept.remove(read_key(data, "key") or "")
        return self.news(data)

    def news(self, _: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say which questions are kept, how many changes nobody has seen, and whether more may come."""
        names = {name.casefold(): key for name, key in self._kept.names().items()}
        return {"kept": names, "unseen": self._kept.unseen(), "busy": self._watch.busy}

    def ask_again(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask all questions again, then show the page."""
        changes = self._kept.ask_again()
        return {**self.page(data), "changed": len(changes)}

    def page(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Show the page; what is on it has been seen."""
        seen = self._kept.seen_until()
        changes = self._kept.changes()
        watched = []
        for kept in self._kept.listed():
            own = tuple(each for each in changes if each.question == kept.question)
            fresh = any(seen is None or each.found > seen for each in own)
            watched.append(WatchedQuestion(kept, decisive(kept.answer), own, fresh))
        watched.sort(key=lambda item: item.changes[0].found if item.changes else item.kept.kept, reverse=True)
        watched.sort(key=lambda item: not item.fresh)
        html = kept_page_html(watched, self._outdated_answers())
        self._kept.mark_seen()
        return {"html": html, **self.news(data)}

    def outdated_conversations(self) -> dict[str, tuple[str, ...]]:
        """Return the answers that are out of date, by conversation; worked out once for each state."""
        articles = self._service.articles()
        state = (self._conversations.state(), articles)
        if self._outdated[0] != state:
            live = {item.id: item.version for item in articles}
            found = outdated_turns(self._conversations.cited(), live, self._service.article)
            self._outdated = (state, found)
        return self._outdated[1]

    def _outdated_answers(self) -> list[OutdatedAnswer]:
        answers = []
        for key, turns in self.outdated_conversations().items():
            conversation = self._conversations.get(key)
            for turn in conversation.turns if conversation else ():
                if turn.id in turns:
                    found = outdated(turn.answer, self._service.article)
                    answers.append(OutdatedAnswer(key, turn.id, turn.question, turn.asked, found))
        answers.sort(key=lambda item: item.asked, reverse=True)
        return answers[:MOST_OUTDATED]


def asks_of(question: str, before: Sequence[Turn]) -> str:
    """Return what a question is kept as: in words that need no conversation, in small letters."""
    try:
        history = [(turn.question, turn.answer.text) for turn in before]
        return standing_alone(" ".join(question.split()), history).casefold()
    except QuestionError:
        return question.casefold()

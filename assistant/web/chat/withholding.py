"""Kept answers of somebody, without those that rest on articles which are for other groups by now.

Who leaves a group, or had an answer before its article was given to one, kept the sentences of it. They stay
in the file, so that they are back when the article is for that person again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answers import Answer
from assistant.store.conversations import Conversations
from assistant.watching.kept_questions import KeptQuestions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from assistant.store.conversations import CitedSentence, ConversationSummary, KeptConversation, Turn
    from assistant.vocabulary.changed_answers import AnswerChange, KeptQuestion
    from assistant.web.access.people import Person
    from assistant.web.chat.service import ChatService
    from ingest import LibraryLocation

    Hidden = Callable[[], Collection[str]]

WITHHELD = "This answer rests on an article that is for other people now."


class SeenConversations(Conversations):
    """The conversations of somebody who may not see every article."""

    hidden: Hidden

    @classmethod
    def of_reader(cls, library: LibraryLocation, name: str, hidden: Hidden) -> SeenConversations:
        """Return those of somebody, `hidden` being the ids of what that person may not see now."""
        own = cls.of_person(library, name)
        if not isinstance(own, cls):
            raise TypeError("these conversations have another class")
        own.hidden = hidden
        return own

    def get(self, conversation: str) -> KeptConversation | None:
        """Return a conversation, None if there is none with this id."""
        found = super().get(conversation)
        if found is None or not (hidden := self.hidden()):
            return found
        turns = (replace(turn, answer=withheld(turn.answer, hidden)) for turn in found.turns)
        return replace(found, turns=tuple(turns))

    def turn(self, turn: str) -> tuple[str, Turn] | None:
        """Return a turn with the id of its conversation, None if there is none with this id."""
        found = super().turn(turn)
        if found is None or not (hidden := self.hidden()):
            return found
        return found[0], replace(found[1], answer=withheld(found[1].answer, hidden))

    def cited(self) -> list[CitedSentence]:
        """Return every sentence that a kept answer cites and may be seen."""
        hidden = self.hidden()
        return [each for each in super().cited() if each.article_id not in hidden]

    def listed(self, search: str = "") -> list[ConversationSummary]:
        """List the conversations; a search finds none with an answer that is withheld, whose words it has."""
        found = super().listed(search)
        hidden = self.hidden() if search.strip() else ()
        return [each for each in found if not hidden or not self._has_withheld(each.id, hidden)]

    def _has_withheld(self, conversation: str, hidden: Collection[str]) -> bool:
        """Say whether an answer of a conversation tells of what is hidden, in a footnote or beside them."""
        found = super().get(conversation)
        return found is not None and any(tells_of(turn.answer.to_dict(), hidden) for turn in found.turns)


class SeenQuestions(KeptQuestions):
    """The kept questions of somebody who may not see every article."""

    def __init__(self, service: ChatService, conversations: Conversations) -> None:
        super().__init__(service.library, conversations=conversations, ask=service.quoted)
        self._hidden = service.hidden

    def listed(self) -> list[KeptQuestion]:
        """List the kept questions, the first one first."""
        found, hidden = super().listed(), self._hidden()
        return [replace(each, answer=withheld(each.answer, hidden)) for each in found]

    def changes(self) -> list[AnswerChange]:
        """List the changes that were found and may be seen, the latest first."""
        hidden = self._hidden()
        return [
            each
            for each in super().changes()
            if not any(side and side.article_id in hidden for side in (each.before, each.after))
        ]

    def unseen(self) -> int:
        """Return how many changes that may be seen were found since they were read last."""
        if not self._hidden():
            return super().unseen()
        seen = self.seen_until()
        return sum(seen is None or each.found > seen for each in self.changes())


def conversations_of(person: Person, service: ChatService) -> Conversations:
    """Return the conversations of somebody who signs in, as `service` lets that person see the articles."""
    if person.sees is None:
        return Conversations.of_person(service.library, person.name)
    return SeenConversations.of_reader(service.library, person.name, service.hidden)


def withheld(answer: Answer, hidden: Collection[str]) -> Answer:
    """Return an answer, or what stands for one that rests on an article that is hidden."""
    if not hidden or not tells_of(answer.to_dict(), hidden):
        return answer
    return Answer(answer.question, answered=False, confidence=0.0, notices=(WITHHELD,))


def tells_of(plain: Any, hidden: Collection[str]) -> bool:  # noqa: ANN401  # any JSON
    """Say whether data names an article that is hidden, by its id."""
    if isinstance(plain, str):
        return plain in hidden
    if isinstance(plain, Mapping):
        return any(tells_of(value, hidden) for value in plain.values())
    return isinstance(plain, Iterable) and any(tells_of(value, hidden) for value in plain)

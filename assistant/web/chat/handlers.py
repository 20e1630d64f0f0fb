"""Who handles what the page sends: questions, additions, drafts, and all else. Knows no web framework."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.store.conversations import Conversations
from assistant.web.access.guard import LOCAL
from assistant.web.chat.adding import Adding, Refusing
from assistant.web.chat.answer_stream import Asking
from assistant.web.chat.kept_watch import KeptWatch
from assistant.web.chat.removing import Removals
from assistant.web.chat.replies import Desk
from assistant.web.chat.rooms import Rooms
from assistant.web.chat.withholding import conversations_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.settings import AnswerSettings
    from assistant.web.access.people import Person
    from assistant.web.chat.draft_checks import DraftChecks
    from assistant.web.chat.service import ChatService


@dataclass(frozen=True, slots=True)
class Handlers:
    """The four parts that answer the page, over one service, for one person."""

    asking: Asking
    adding: Adding | Refusing
    desk: Desk
    drafts: DraftChecks
    question_limit: int
    watch: KeptWatch
    people: Callable[[], Iterable[Person]] = lambda: ()
    _others: dict[Person, Handlers] = field(default_factory=dict)

    @classmethod
    def make(
        cls,
        service: ChatService,
        *,
        inbox: Path,
        settings: AnswerSettings,
        people: Callable[[], Iterable[Person]] = lambda: (),
    ) -> Handlers:
        """Put the parts together for who sits at the machine; `people` are those who may sign in."""
        kept = Conversations(service.library)
        limit = settings.max_question_characters
        folders = [Path(name) for name in settings.chat_folders.split(os.pathsep) if name.strip()]
        watch = KeptWatch(service, people=people)
        rooms = Rooms.of(service, kept, draft_limit=settings.max_draft_characters, watch=watch)
        removals = Removals(service.remove, after=watch.articles_changed)
        watch.expect(lambda: bool(removals.hidden()))
        return cls(
            Asking(service, kept, question_limit=limit),
            Adding(service, inbox=inbox, folders=folders, after=watch.articles_changed),
            Desk(service, kept, paths=bool(folders), removals=removals, rooms=rooms),
            rooms.drafts,
            limit,
            watch,
            people,
        )

    def leave(self, page: str | None) -> None:
        """End the answers of a page that was closed, whoever's it was."""
        for handlers in (self, *self._others.values()):
            handlers.asking.leave(page)
            handlers.drafts.leave(page)

    async def finish(self, seconds: float) -> None:
        """Let every answer that is under way be kept, whoever's it is."""
        everybody = (self, *self._others.values())
        await asyncio.gather(*(handlers.asking.finish(seconds) for handlers in everybody))

    def of(self, person: Person) -> Handlers:
        """Return the parts for somebody who has signed in: own conversations, and only what is allowed."""
        if person == LOCAL:
            return self
        if person not in self._others:
            service = self.desk.service.seen_by(person.sees)
            kept = conversations_of(person, service)
            rooms = Rooms.of(service, kept, draft_limit=self.drafts.limit, watch=self.watch)
            desk = Desk(
                service,
                kept,
                paths=self.desk.paths,
                removals=self.desk.removals,
                admin=person.admin,
                rooms=rooms,
            )
            asking = Asking(
                service,
                kept,
                question_limit=self.question_limit,
                may_stay=lambda: any(each.name == person.name for each in self.people()),
            )
            adding = self.adding if person.admin else Refusing()
            self._others[person] = Handlers(
                asking, adding, desk, rooms.drafts, self.question_limit, self.watch
            )
        return self._others[person]

"""Who handles what the page sends: questions, additions, and everything else. Knows no web framework."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app.adding import Adding
from assistant.app.asking import Asking
from assistant.app.desk import Desk
from assistant.conversations import Conversations

if TYPE_CHECKING:
    from assistant.app.service import ChatService
    from assistant.settings import AnswerSettings


@dataclass(frozen=True, slots=True)
class Handlers:
    """The three parts that answer the page, over one service."""

    asking: Asking
    adding: Adding
    desk: Desk
    question_limit: int

    @classmethod
    def make(cls, service: ChatService, *, inbox: Path, settings: AnswerSettings) -> Handlers:
        """Put the parts together."""
        kept = Conversations(service.folder)
        limit = settings.max_question_characters
        folders = [Path(name) for name in settings.chat_folders.split(os.pathsep) if name.strip()]
        return cls(
            Asking(service, kept, question_limit=limit),
            Adding(service, inbox=inbox, folders=folders),
            Desk(service, kept, paths=bool(folders)),
            limit,
        )

"""What the page asks for about stories: timeline, who said what, had this; held a while to be saved."""

from __future__ import annotations

import base64
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from assistant.rendering.story_files import table_file
from assistant.stories.had_this import MOST_CHARACTERS
from assistant.stories.topic import topic_of
from assistant.watching.changes import decisive
from assistant.web.chat.requests import read_key, read_limits, read_long_text, read_text
from assistant.web.chat.service import Topic
from assistant.web.chat.withholding import tells_of
from assistant.web.html.exporting import WORD_TYPE, file_name
from assistant.web.html.filters import limits_line
from assistant.web.html.story_view import KINDS, story_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.store.conversations import Conversations
    from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
    from assistant.web.chat.service import ChatService

    Found = Timeline | WhoSaidWhat | HadThis

MOST_HELD = 20
"""Tables that can be saved; they are in memory alone, and the oldest goes first."""
GONE = "This table is not here any more. Ask for it again to save it."
NO_ANSWER = "This answer is not here any more."
FILES = {"docx": WORD_TYPE, "csv": "text/csv", "md": "text/markdown"}


class StoryDesk:
    """The tables of stories that one person asks for."""

    def __init__(self, service: ChatService, conversations: Conversations) -> None:
        self._service = service
        self._conversations = conversations
        self._held: OrderedDict[str, tuple[str, Found]] = OrderedDict()

    @property
    def replies(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        """What the page may ask for, by name."""
        return {"story": self.story, "storyOf": self.story_of, "exportStory": self.export}

    def story(self, data: Any) -> dict[str, Any]:  # noqa: ANN401  # the browser may send anything
        """Make a table and show it."""
        limits = read_limits(data)
        topic = Topic(read_long_text(data, "words", MOST_CHARACTERS), limits)
        kind = read_text(data, "kind")
        found = self._found(kind, topic)
        key = secrets.token_hex(8)
        self._held[key] = (f"{KINDS.get(kind, kind)} {topic.words}", found)
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        return {"html": story_html(found, key=key, limited=limits_line(limits))}

    def story_of(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say what an answer is about, in the words that its story is asked for by."""
        conversation = self._conversations.get(read_key(data, "conversation") or "")
        turn = read_key(data, "turn")
        found = (item for item in conversation.turns if item.id == turn) if conversation else iter(())
        answer = next((item.answer for item in found), None)
        if answer is None:
            return {"failed": NO_ANSWER}
        sentence = decisive(answer)
        return {"topic": topic_of(answer), "sentence": sentence.quote if sentence else answer.question}

    def export(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Write a table to be saved, in base64."""
        form = read_text(data, "format")
        title, found = self._held.get(read_key(data, "key") or "", ("", None))
        if found is None or form not in FILES or tells_of(found.to_dict(), self._service.hidden()):
            return {"failed": GONE}
        packed = base64.b64encode(table_file(found, f".{form}")).decode()
        return {"name": file_name(title, form), "type": FILES[form], "base64": packed}

    def _found(self, kind: str, topic: Topic) -> Found:
        if kind == "had-this":
            return self._service.had_this(topic)
        return (
            self._service.who_said_what(topic) if kind == "who-said-what" else self._service.timeline(topic)
        )

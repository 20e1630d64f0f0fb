"""The parts of the page that have a desk of their own, with one table of what they reply to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.web.chat.draft_checks import DraftChecks
from assistant.web.chat.kept_desk import KeptDesk
from assistant.web.chat.kept_watch import KeptWatch
from assistant.web.chat.settings_desk import SettingsDesk
from assistant.web.chat.story_desk import StoryDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.store.conversations import Conversations
    from assistant.web.chat.service import ChatService


@dataclass(frozen=True, slots=True)
class Rooms:
    """The further desks of one person."""

    drafts: DraftChecks
    keeping: KeptDesk
    stories: StoryDesk
    settings: SettingsDesk

    @classmethod
    def of(
        cls,
        service: ChatService,
        kept: Conversations,
        *,
        draft_limit: int = 0,
        watch: KeptWatch | None = None,
    ) -> Rooms:
        """Make those of a person, whose conversations are `kept`."""
        keeping = KeptDesk(service, kept, watch or KeptWatch(service))
        return cls(
            DraftChecks(service, limit=draft_limit),
            keeping,
            StoryDesk(service, kept),
            SettingsDesk(service.library),
        )

    @property
    def replies(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        """What the page may ask them for, by name."""
        return {
            "exportDraft": self.drafts.export,
            **self.keeping.replies,
            **self.stories.replies,
            **self.settings.replies,
        }

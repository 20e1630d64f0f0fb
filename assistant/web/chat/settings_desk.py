"""What the page asks for about settings: to show, to try and to save them. For administrators alone."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from assistant.providers.model_choice import model_name
from assistant.providers.provider_errors import FaultKind, ProviderFault
from assistant.settings import ChosenSettings, answer_settings, choose, trying
from assistant.web.access.saved_settings import load_settings, read_settings, save_settings, typed_key
from assistant.web.html.display_text import duration
from assistant.web.html.settings_view import ShownSettings, settings_html
from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.web.access.saved_settings import SavedSettings
    from ingest import LibraryLocation

TRY_SECONDS = 30.0
SAVED = "Saved. It holds from the next question on."
QUOTATIONS = "quotations"
NO_MODEL_TO_TEST = "No model writes, so there is nothing to test."
TOO_LONG = f"There was no answer within {TRY_SECONDS:.0f} s."
TOOK_TOO_LONG = "it took too long"
PROMPT = "Reply with the one word: yes"


class SettingsDesk:
    """The settings of a library's chat."""

    def __init__(self, library: LibraryLocation) -> None:
        self._library = library

    @property
    def replies(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        """What the page may ask for, by name."""
        return {"settings": self.show, "saveSettings": self.save, "testSettings": self.test}

    def language(self) -> str:
        """Return the language that was chosen for everybody's page, by its code."""
        return load_settings(self._library).language

    def show(self, _: Any) -> dict[str, Any]:  # noqa: ANN401  # the browser may send anything
        """Show the page."""
        with trying(ChosenSettings()):
            now = model_name(answer_settings()) or QUOTATIONS
        saved = load_settings(self._library)
        shown = ShownSettings(
            saved.writer,
            saved.provider,
            saved.address,
            saved.model,
            saved.check,
            saved.language,
            has_key=saved.key is not None,
        )
        return {"html": settings_html(shown, now=now)}

    def save(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Keep what was chosen; it holds at once and after a restart."""
        saved = self._read(data)
        save_settings(self._library, saved)
        choose(saved.chosen())
        return {**self.show(data), "told": SAVED}

    def test(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask the chosen model for a word, without keeping anything."""
        with trying(self._read(data).chosen()):
            name = model_name(answer_settings())
            if name is None:
                return {"told": NO_MODEL_TO_TEST}
            return {"told": asyncio.run(_tried(name))}

    def _read(self, data: Any) -> SavedSettings:  # noqa: ANN401
        given = data if isinstance(data, dict) else {}
        return read_settings(given).with_key(typed_key(given), load_settings(self._library))


async def _tried(name: str) -> str:
    """Ask a model; return in words what came of it, and never what the provider itself said."""
    from assistant.providers.chat_model import ChatMessage, open_chat

    try:
        async with open_chat(
            name, answer_settings(), setting="Model"
        ) as chat:  # the first one loads a library
            began = time.perf_counter()
            async with asyncio.timeout(TRY_SECONDS):
                await chat.complete([ChatMessage("user", PROMPT)])
            shown = chat.name
    except ProviderFault as fault:
        return f"It does not work: {_happened(fault)}."
    except TimeoutError:
        return TOO_LONG
    except FootnoteError as error:
        return str(error)
    return f"It works: {shown} answered in {duration(time.perf_counter() - began)}."


def _happened(fault: ProviderFault) -> str:
    """Return what went wrong without the advice, which is for whoever sets variables."""
    return TOOK_TOO_LONG if fault.kind is FaultKind.DEADLINE else fault.kind.value.partition(". ")[0]

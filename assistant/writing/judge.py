"""A chat model as judge of a written answer: asked once, after the text, and believed only as far as it goes.

Whatever goes wrong with it, a refusal, silence or a reply of another form, leaves the statements concerned
with the verdicts of the check on this machine.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from assistant.providers.chat_model import Delta, open_chat
from assistant.providers.model_choice import NO_MODEL
from assistant.providers.provider_errors import FaultKind, ProviderFault
from assistant.providers.retry import is_cancelled
from assistant.writing.judgements import decided, read_judgements
from assistant.writing.judging_request import SCHEMA, judging_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from assistant.providers.chat_model import Chat, ChatMessage
    from assistant.settings import AnswerSettings
    from assistant.writing.judgements import Judgement, Way
    from assistant.writing.judging_request import JudgingRequest
    from assistant.writing.material import Material
    from assistant.writing.verify import Checked, Checker

JUDGING_SECONDS = 30.0
"""Seconds that a reader waits for the judge behind the text, within the time that the whole answer has."""

_REFUSED = (FaultKind.PARAMETER, FaultKind.REQUEST)


class Judge:
    """A chat model that judges. `name` is its own; `took` is its reply without text, None where none came.

    `judged` says whether any of its judgements could be used.
    """

    def __init__(self, chat: Chat, way: Way, *, characters: int) -> None:
        self.name = chat.name
        self.took: Delta | None = None
        self.judged = False
        self._chat, self._way, self._characters = chat, way, characters

    def request(
        self, question: str, material: Material, statements: Sequence[Checked]
    ) -> JudgingRequest | None:
        """Return what to ask of the statements of an answer; None where none can be judged."""
        return judging_request(question, material, statements, characters=self._characters)

    async def judge(
        self, request: JudgingRequest, statements: Sequence[Checked], checker: Checker, *, seconds: float
    ) -> list[Checked]:
        """Return the statements with what both checks come to, in their order."""
        reply = await self._reply(request.messages, min(seconds, JUDGING_SECONDS))
        if reply is None:
            return list(statements)
        sentences = {
            number: checker.texts(statements[place].keys) for number, place in request.places.items()
        }
        found = read_judgements(reply, sentences)
        self.judged = bool(found)
        return await asyncio.to_thread(self._decide, request, found, statements, checker)

    def _decide(
        self,
        request: JudgingRequest,
        found: dict[int, Judgement],
        statements: Sequence[Checked],
        checker: Checker,
    ) -> list[Checked]:
        way: Way = self._way if request.plain else "both"  # who reads orders may have obeyed them
        both = list(statements)
        for number, judgement in found.items():
            place = request.places[number]
            wrong = checker.exactly_wrong(both[place])
            both[place] = decided(both[place], judgement, way=way, wrong=wrong)
        return both

    async def _reply(self, messages: Sequence[ChatMessage], seconds: float) -> str | None:
        try:
            async with asyncio.timeout(seconds):
                reply = await self._ask(messages)
        except (ProviderFault, TimeoutError):
            return None
        except asyncio.CancelledError:  # a provider's package may raise it of itself
            if is_cancelled():
                raise
            return None
        self.took = Delta("", reply.finish, reply.prompt_tokens, reply.answer_tokens)
        return reply.text

    async def _ask(self, messages: Sequence[ChatMessage]) -> Delta:
        """Ask once; a second time, in plain text, only where the server does not take the first request."""
        try:
            return await self._chat.structured(messages, SCHEMA)
        except ProviderFault as fault:
            if fault.kind not in _REFUSED:
                raise
            self._chat.simplify()
            return await self._chat.complete(messages)


@asynccontextmanager
async def open_judge(
    writer: Chat, name: str, settings: AnswerSettings, *, characters: int
) -> AsyncIterator[Judge | None]:
    """Open the model that judges: the one that writes, which is called `name`, or another; None for none.

    Raises:
        SettingsError: the package or the key of the other one is missing.
    """
    way, other = settings.check or "both", settings.check_model.strip()
    if way == "local" or other.lower() == NO_MODEL:
        yield None
    elif not other or other == name:
        yield Judge(writer, way, characters=characters)
    else:
        async with open_chat(other, settings, setting="FOOTNOTE_CHECK_MODEL") as chat:
            yield Judge(chat, way, characters=characters)

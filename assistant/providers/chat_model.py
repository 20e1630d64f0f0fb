"""LangChain: the chat model that the settings name, its text as it arrives, and nothing else of it.

One model is opened for one answer, on the event loop of that answer, and its connections close with it.
Nothing is retried here and nothing is traced.
"""

from __future__ import annotations

import json
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast
from urllib.parse import urlsplit

from assistant.providers.model_choice import OPENAI, SERVERS_OWN, openai_settings
from assistant.providers.provider_errors import fault_of
from assistant.providers.redaction import guard_logs
from assistant.settings import chosen_settings
from ingest import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

    from assistant.settings import AnswerSettings

FINE_TUNED = "ft"
"""How names of OpenAI's own models with a colon begin: "ft:gpt-4o-mini:our-paper"."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a model."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of a model's text; `finish` is why it stopped, in the provider's word, lower case."""

    text: str
    finish: str | None = None
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


class Chat(Protocol):
    """A model that writes. Its faults are `ProviderFault`s."""

    name: str
    may_begin_in_thought: bool
    """Whether its text may be a thought up to a `</think>` that nothing announces."""

    def stream(self, messages: Sequence[ChatMessage]) -> AsyncGenerator[Delta]:
        """Yield the text as it arrives; closing the generator closes the connection."""

    async def complete(self, messages: Sequence[ChatMessage]) -> Delta:
        """Return a short text at once."""

    async def structured(self, messages: Sequence[ChatMessage], schema: dict[str, Any]) -> Delta:
        """Return, in one request, JSON that should be of a JSON schema; whoever reads it has to see."""

    def simplify(self) -> bool:
        """Leave out parameters that a server may refuse; False when there is none left."""


@asynccontextmanager
async def open_chat(
    name: str, settings: AnswerSettings, *, setting: str = "FOOTNOTE_MODEL"
) -> AsyncIterator[Chat]:
    """Open the model. `setting` is the variable that names it, for errors.

    Raises:
        SettingsError: its package or its key is missing.
        Fault: the server at OPENAI_BASE_URL should say which model it has, and doesn't.
    """
    from assistant.providers.http_client import bounded_client
    from assistant.providers.served_model import served_model

    async with bounded_client(settings.model_seconds) as client:
        if name == SERVERS_OWN:
            address, key = _address_and_key()
            guard_logs([key])
            name = await served_model(client, address, key)
            model = _openai_chat(_Named(name, setting), settings, client)
            yield LangChainChat(name, model, may_begin_in_thought=True)
            return
        model = _load(_Named(name.strip(), setting), settings, client)
        yield LangChainChat(name, model, may_begin_in_thought=_is_own_server(model))


class LangChainChat:
    """A `Chat` over a LangChain model."""

    def __init__(self, name: str, model: BaseChatModel, *, may_begin_in_thought: bool = False) -> None:
        self.name = name
        self.may_begin_in_thought = may_begin_in_thought
        self._model = model

    async def stream(self, messages: Sequence[ChatMessage]) -> AsyncGenerator[Delta]:
        """Yield the text as it arrives."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                async with aclosing(_chunks(self._model, messages)) as chunks:
                    async for chunk in chunks:
                        yield _delta(chunk)
        except Exception as error:  # noqa: BLE001  # each provider raises its own
            raise fault_of(error) from None

    async def complete(self, messages: Sequence[ChatMessage]) -> Delta:
        """Return the whole text."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                return _delta(await self._model.ainvoke(_said(messages)))
        except Exception as error:  # noqa: BLE001
            raise fault_of(error) from None

    async def structured(self, messages: Sequence[ChatMessage], schema: dict[str, Any]) -> Delta:
        """Return JSON that should be of the schema."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                return await _structured(self._model, _said(messages), schema)
        except Exception as error:  # noqa: BLE001
            raise fault_of(error) from None

    def simplify(self) -> bool:
        """Send no temperature, no limit and no wish to have tokens counted from now on."""
        refusable = {"temperature": None, "extra_body": None, "stream_usage": False}
        if all(getattr(self._model, name, None) in (None, False) for name in refusable):
            return False
        self._model = self._model.model_copy(update=refusable)
        return True


def _is_own_server(model: BaseChatModel) -> bool:
    """Say whether a server other than OpenAI's answers; the interfaces of others tell thoughts from text."""
    address = getattr(model, "openai_api_base", None)
    return bool(address) and urlsplit(str(address)).hostname != OPENAI


async def _structured(model: BaseChatModel, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> Delta:
    """Ask in the way that OpenAI's protocol has, else in the one that LangChain has for the provider."""
    if hasattr(model, "openai_api_base"):
        wanted = {"name": schema["title"], "schema": schema, "strict": True}
        form = {"type": "json_schema", "json_schema": wanted}
        return _delta(await model.bind(response_format=form).ainvoke(list(messages)))
    try:
        asked = model.with_structured_output(schema, include_raw=True)
    except (NotImplementedError, ValueError):  # the prompt says what form is wanted, too
        return _delta(await model.ainvoke(list(messages)))
    reply = cast("dict[str, Any]", await asked.ainvoke(list(messages)))
    told = _delta(reply["raw"])
    return replace(told, text=json.dumps(reply["parsed"])) if reply["parsed"] else told


async def _chunks(
    model: Runnable[Any, BaseMessage], messages: Sequence[ChatMessage]
) -> AsyncGenerator[BaseMessage]:
    stream = model.astream(_said(messages))
    try:
        async for chunk in stream:
            yield chunk
    finally:
        if close := getattr(stream, "aclose", None):
            await close()


def _said(messages: Sequence[ChatMessage]) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage}
    return [kinds[message.role](content=message.text) for message in messages]


def _delta(message: BaseMessage) -> Delta:
    """Read a message of any provider: their words for the end differ, and so do their forms of text."""
    found = message.response_metadata
    finish = found.get("finish_reason") or found.get("stop_reason") or found.get("done_reason")
    usage = getattr(message, "usage_metadata", None) or {}
    return Delta(
        text=str(message.text),
        finish=str(finish).lower() if finish else None,
        prompt_tokens=usage.get("input_tokens"),
        answer_tokens=usage.get("output_tokens"),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """A model's name, and the setting that it was read from."""

    name: str
    setting: str


def _load(named: _Named, settings: AnswerSettings, client: Any) -> BaseChatModel:  # noqa: ANN401  # httpx's
    name = named.name
    provider, _, rest = name.partition(":")
    provider = provider.lower()
    if provider == "openai" and rest:
        return _openai_chat(replace(named, name=rest), settings, client)
    if not rest or provider == FINE_TUNED or not _is_provider(provider):
        if rest and provider != FINE_TUNED and not openai_settings().base_url:
            raise SettingsError(
                f"{named.setting} {name!r}: there is no provider {provider!r}. Write a model of OpenAI, "
                "provider:model with a provider that LangChain knows, such as anthropic, or a model of the "
                "server at OPENAI_BASE_URL, and set that too."
            )
        return _openai_chat(named, settings, client)  # "llama3:8b" is a model of a server of one's own
    from langchain.chat_models import init_chat_model

    limits: dict[str, Any] = {
        "max_tokens": settings.model_tokens,
        "timeout": settings.model_seconds,
        "max_retries": 0,
    }
    chosen = chosen_settings()
    if chosen.key and chosen.provider == provider:
        guard_logs([chosen.key.get_secret_value()])
        limits["api_key"] = chosen.key  # in the environment each provider has its own name for it
    try:
        return cast("BaseChatModel", init_chat_model(rest, model_provider=provider, **limits))
    except ImportError as error:
        advice = f"{error}."  # LangChain's sentence names the package to install
    except Exception:  # noqa: BLE001  # each provider raises its own, some with the key in the message
        advice = "Set its key and address in the environment."
    raise SettingsError(f"{named.setting} {name!r} can't be used. {advice}")


def _openai_chat(named: _Named, settings: AnswerSettings, client: Any) -> BaseChatModel:  # noqa: ANN401
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from assistant.providers.http_client import unused_client

    address, key = _address_and_key()
    if not key and not address:
        raise SettingsError(
            f"{named.setting} {named.name!r} needs a key: set OPENAI_API_KEY in the environment or in .env."
        )
    guard_logs([key])
    options: dict[str, Any] = {"max_completion_tokens": settings.model_tokens}
    if address:  # servers of one's own know the older name of the limit, and take a temperature
        limit = {"max_tokens": settings.model_tokens}
        options = {"base_url": address, "extra_body": limit, "temperature": 0.0}
    return ChatOpenAI(
        model=named.name,
        api_key=SecretStr(key or "none"),  # servers of one's own mostly want no key; the class does
        max_retries=0,
        http_async_client=client,
        http_client=unused_client(),
        stream_usage=True,
        stream_chunk_timeout=None,  # it relies on `asyncio.wait_for`: see AGAIN in retry.py
        use_responses_api=False,
        **options,
    )


def _address_and_key() -> tuple[str, str]:
    provider = openai_settings()
    return provider.base_url or "", provider.api_key.get_secret_value() if provider.api_key else ""


def _is_provider(name: str) -> bool:
    """Say whether LangChain knows a provider; the error for an unknown one is the only public way to ask."""
    from langchain.chat_models import init_chat_model

    try:
        init_chat_model("none", model_provider=name)
    except ValueError as error:
        return "nsupported" not in str(error) and "not supported" not in str(error)
    except Exception:  # noqa: BLE001  # the package or the key is missing: the provider is known
        return True
    return True

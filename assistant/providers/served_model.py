"""Which model a server has, where the reader has named the server and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.providers.provider_errors import FaultKind, ProviderFault, fault_of

if TYPE_CHECKING:
    import httpx

_NO_WRITERS = ("embed", "rerank")  # in the names of models that write nothing


async def served_model(client: httpx.AsyncClient, address: str, key: str) -> str:
    """Return the name of the only model that writes at an address of OpenAI's protocol.

    Raises:
        Fault: it can't be asked, names no model, or several: none is chosen for the reader.
    """
    import httpx

    url = httpx.URL(address)
    try:
        response = await client.get(
            url.copy_with(path=f"{url.path.rstrip('/')}/models"),
            headers={"Authorization": f"Bearer {key}"} if key else {},
        )
        if response.is_client_error or response.is_server_error:
            response.raise_for_status()
        listed: Any = response.json()
        names = [str(model["id"]) for model in listed["data"]]
    except Exception as error:  # noqa: BLE001  # whatever it sends instead of a list
        raise _fault(error) from None
    writers = [name for name in names if not any(word in name.lower() for word in _NO_WRITERS)]
    if len(writers) != 1:
        raise ProviderFault(FaultKind.SEVERAL if writers else FaultKind.UNNAMED)
    return writers[0]


def _fault(error: Exception) -> ProviderFault:
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status is None:
        fault = fault_of(error)
        return ProviderFault(FaultKind.UNNAMED) if fault.kind is FaultKind.GARBLED else fault
    if status in {401, 403}:
        return ProviderFault(FaultKind.KEY)
    return ProviderFault(FaultKind.UNNAMED if status < 500 else FaultKind.SERVER)  # noqa: PLR2004

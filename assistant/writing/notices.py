"""What a reader is told of how a written answer came to be, or why it is in quotations instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.providers.retry_after import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.providers.provider_errors import ProviderFault
    from assistant.writing.verify import Checked

UNSUPPORTED = "Nothing that {} wrote is in the articles. These are quotations instead."
_UNREAD = (
    "What {} wrote is in another language, and not in the words of the articles, so it could not be checked. "
    "These are quotations instead."
)
ALL_DOUBTED = "The checks disagree about what {} wrote. These are quotations instead."
_FAILED = "No written answer from {}: {}. These are quotations instead."
INCOMPLETE = "The answer is incomplete: {}."
DOUBTS_SHOWN = "A second check, by a model, came to another result for {}: see what is marked “in doubt”."
DOUBTS_DROPPED = "A second check, by a model, came to another result for {}, left out here."


def shown_notices(checked: Iterable[Checked], fault: ProviderFault | None, *, drop: bool) -> list[str]:
    """Say what a reader of a written answer should know: that it broke off, and what is in doubt."""
    count = sum(item.doubted for item in checked)
    those = "1 statement" if count == 1 else f"{count} statements"
    doubts = [(DOUBTS_DROPPED if drop else DOUBTS_SHOWN).format(those)] if count else []
    return [*([INCOMPLETE.format(_reason(fault))] if fault else []), *doubts]


def quoted_notice(name: str, checked: Iterable[Checked], fault: ProviderFault | None) -> str:
    """Say why what a model wrote can't be shown."""
    if fault:
        return _FAILED.format(name, _reason(fault))
    kinds = {(item.unread, item.doubted) for item in checked}
    if any(unread for unread, _ in kinds):
        return _UNREAD.format(name)
    return (ALL_DOUBTED if any(doubted for _, doubted in kinds) else UNSUPPORTED).format(name)


def _reason(fault: ProviderFault) -> str:
    when = f"; it can be asked again in {in_words(fault.wait)}" if fault.wait and fault.wait >= 1 else ""
    return f"{fault.kind.value}{when}"

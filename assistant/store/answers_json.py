"""An answer back from the plain values that `Answer.to_dict` gave, so that a kept one can be shown again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.answers import Answer

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def answer_of(plain: dict[str, Any]) -> Answer:
    """Make the answer again; fields that this version does not know are left out.

    Raises:
        ValueError: the values make no answer.
    """
    try:
        return _reader().validate_python(plain)
    except ValueError as error:
        # pydantic's message repeats the values, which are somebody's question and articles.
        raise ValueError(f"no answer can be made of what was kept ({type(error).__name__})") from None


@lru_cache(maxsize=1)
def _reader() -> TypeAdapter[Answer]:
    from pydantic import TypeAdapter  # takes longer to import than all of the vocabulary

    return TypeAdapter(Answer)

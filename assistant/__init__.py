"""Questions in, answers with footnotes to the exact source sentences out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.answers import (
    CANNOT_ANSWER,
    Answer,
    Citation,
    Conflict,
    Evidence,
    Mode,
    Statement,
    Support,
    Writing,
)
from assistant.events import (
    Event,
    Finished,
    FootnoteReady,
    Marker,
    Notice,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
)

if TYPE_CHECKING:
    from assistant.ask import aanswer, answer, astream_answer, find_evidence, stream_answer
    from assistant.checking.check import Verdict, check_statement
    from assistant.retrieval.sentence_ranking import rank_sentences
    from assistant.settings import AnswerSettings, answer_settings

__all__ = [
    "CANNOT_ANSWER",
    "Answer",
    "AnswerSettings",
    "Citation",
    "Conflict",
    "Event",
    "Evidence",
    "Finished",
    "FootnoteReady",
    "Marker",
    "Mode",
    "Notice",
    "Started",
    "Statement",
    "StatementChecked",
    "StatementEnded",
    "Support",
    "TextArrived",
    "Verdict",
    "Writing",
    "aanswer",
    "answer",
    "answer_settings",
    "astream_answer",
    "check_statement",
    "find_evidence",
    "rank_sentences",
    "stream_answer",
]

# Imported when first used: they bring engines with them, and `import assistant` must stay quick.
_HOMES = {
    "AnswerSettings": "assistant.settings",
    "Verdict": "assistant.checking.check",
    "aanswer": "assistant.ask",
    "answer": "assistant.ask",
    "answer_settings": "assistant.settings",
    "astream_answer": "assistant.ask",
    "check_statement": "assistant.checking.check",
    "find_evidence": "assistant.ask",
    "rank_sentences": "assistant.retrieval.sentence_ranking",
    "stream_answer": "assistant.ask",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

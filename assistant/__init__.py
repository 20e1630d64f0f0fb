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
    QuotationsReady,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
)

if TYPE_CHECKING:
    from assistant.ask import aanswer, answer, astream_answer, find_evidence, stream_answer
    from assistant.checking.check import Verdict, check_statement
    from assistant.drafting.check_draft import acheck_draft, astream_check, check_draft, stream_check
    from assistant.drafting.draft_statements import DraftTooLongError
    from assistant.retrieval.sentence_ranking import rank_sentences
    from assistant.saving import save_answer, save_table
    from assistant.settings import AnswerSettings, answer_settings
    from assistant.stories.had_this import had_this
    from assistant.stories.tables import timeline, who_said_what
    from assistant.vocabulary.changed_answers import AnswerChange, Change, KeptQuestion, Outdated, Outdating
    from assistant.vocabulary.drafts import (
        Difference,
        DraftCheck,
        DraftChecked,
        DraftSplit,
        DraftState,
        DraftStatement,
        StatementHeld,
    )
    from assistant.vocabulary.story_reports import (
        HadThis,
        Happening,
        Printing,
        Report,
        Saying,
        Timeline,
        WhoSaidWhat,
    )
    from assistant.watching.changes import outdated
    from assistant.watching.kept_questions import KeptQuestions

__all__ = [
    "CANNOT_ANSWER",
    "Answer",
    "AnswerChange",
    "AnswerSettings",
    "Change",
    "Citation",
    "Conflict",
    "Difference",
    "DraftCheck",
    "DraftChecked",
    "DraftSplit",
    "DraftState",
    "DraftStatement",
    "DraftTooLongError",
    "Event",
    "Evidence",
    "Finished",
    "FootnoteReady",
    "HadThis",
    "Happening",
    "KeptQuestion",
    "KeptQuestions",
    "Marker",
    "Mode",
    "Notice",
    "Outdated",
    "Outdating",
    "Printing",
    "QuotationsReady",
    "Report",
    "Saying",
    "Started",
    "Statement",
    "StatementChecked",
    "StatementEnded",
    "StatementHeld",
    "Support",
    "TextArrived",
    "Timeline",
    "Verdict",
    "WhoSaidWhat",
    "Writing",
    "aanswer",
    "acheck_draft",
    "answer",
    "answer_settings",
    "astream_answer",
    "astream_check",
    "check_draft",
    "check_statement",
    "find_evidence",
    "had_this",
    "outdated",
    "rank_sentences",
    "save_answer",
    "save_table",
    "stream_answer",
    "stream_check",
    "timeline",
    "who_said_what",
]

# Imported when first used: they bring engines with them, and `import assistant` must stay quick.
_HOMES = {
    "AnswerChange": "assistant.vocabulary.changed_answers",
    "Change": "assistant.vocabulary.changed_answers",
    "Difference": "assistant.vocabulary.drafts",
    "DraftCheck": "assistant.vocabulary.drafts",
    "DraftChecked": "assistant.vocabulary.drafts",
    "DraftSplit": "assistant.vocabulary.drafts",
    "DraftState": "assistant.vocabulary.drafts",
    "DraftStatement": "assistant.vocabulary.drafts",
    "HadThis": "assistant.vocabulary.story_reports",
    "Happening": "assistant.vocabulary.story_reports",
    "KeptQuestion": "assistant.vocabulary.changed_answers",
    "Outdated": "assistant.vocabulary.changed_answers",
    "Outdating": "assistant.vocabulary.changed_answers",
    "Printing": "assistant.vocabulary.story_reports",
    "Report": "assistant.vocabulary.story_reports",
    "Saying": "assistant.vocabulary.story_reports",
    "StatementHeld": "assistant.vocabulary.drafts",
    "Timeline": "assistant.vocabulary.story_reports",
    "WhoSaidWhat": "assistant.vocabulary.story_reports",
    "AnswerSettings": "assistant.settings",
    "KeptQuestions": "assistant.watching.kept_questions",
    "had_this": "assistant.stories.had_this",
    "outdated": "assistant.watching.changes",
    "DraftTooLongError": "assistant.drafting.draft_statements",
    "Verdict": "assistant.checking.check",
    "aanswer": "assistant.ask",
    "acheck_draft": "assistant.drafting.check_draft",
    "answer": "assistant.ask",
    "answer_settings": "assistant.settings",
    "astream_answer": "assistant.ask",
    "astream_check": "assistant.drafting.check_draft",
    "check_draft": "assistant.drafting.check_draft",
    "check_statement": "assistant.checking.check",
    "find_evidence": "assistant.ask",
    "rank_sentences": "assistant.retrieval.sentence_ranking",
    "save_answer": "assistant.saving",
    "save_table": "assistant.saving",
    "stream_answer": "assistant.ask",
    "stream_check": "assistant.drafting.check_draft",
    "timeline": "assistant.stories.tables",
    "who_said_what": "assistant.stories.tables",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

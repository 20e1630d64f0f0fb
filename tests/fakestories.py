"""Tables of a story without a library: the same few rows whatever the topic, with the citations given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.vocabulary.story_reports import (
    HadThis,
    Happening,
    Printing,
    Report,
    Saying,
    Timeline,
    WhoSaidWhat,
)

if TYPE_CHECKING:
    from assistant.answers import Citation
    from ingest import Article

EVENING = "Sunday evening"
NOTICE = "A notice."


def told(words: str, citations: tuple[Citation, Citation, Citation]) -> Timeline:
    """Tell of a fire on a Sunday evening, which the first citation names, and of a month in dock."""
    when = citations[0].quote.index(EVENING)
    fire = Happening(date(2026, 5, 3), date(2026, 5, 3), (1, 2), (when, when + len(EVENING)))
    dock = Happening(date(2026, 6, 1), date(2026, 6, 30), (3,))
    return Timeline(words, (fire, dock), citations, articles=2, notices=(NOTICE,))


def spoken(words: str, citation: Citation) -> WhoSaidWhat:
    """Let the harbour master speak."""
    said = Saying("Inés Kováč", 1, date(2026, 5, 4), "harbour master", ((0, 18),))
    return WhoSaidWhat(words, (said,), (citation,), articles=1)


def reported(words: str, citations: tuple[Citation, Citation], copied: Article) -> HadThis:
    """Name two reports, the second with a copy."""
    copy = Printing(copied.id, copied.title, None, None, None)
    return HadThis(words, (Report(1), Report(2, printed=True, copies=(copy,))), citations)

"""Tables of a story as files: Word, CSV, Markdown, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assistant.rendering.report_list import reports_csv
from assistant.rendering.story_tables import table_csv
from assistant.rendering.story_word import reports_word, table_word
from assistant.vocabulary.story_reports import HadThis

if TYPE_CHECKING:
    from assistant.vocabulary.story_reports import Timeline, WhoSaidWhat

TABLE_ENDINGS = (".docx", ".csv", ".md", ".json")
"""What the name of a saved table ends in: it says the format."""


def table_file(table: Timeline | WhoSaidWhat | HadThis, ending: str) -> bytes:
    """Write a table, or a list of reports, as the file that an ending stands for."""
    if ending == ".csv":
        made = reports_csv(table) if isinstance(table, HadThis) else table_csv(table)
        return made.encode("utf-8-sig", "replace")  # without its mark Excel takes it for another encoding
    if ending == ".docx":
        return reports_word(table) if isinstance(table, HadThis) else table_word(table)
    if ending == ".json":
        return (json.dumps(table.to_dict(), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    return table.to_markdown().encode("utf-8", "replace")

"""A checked draft as Markdown and as text for a terminal. Pure functions: values in, text out."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from assistant.rendering.render import (
    TERMINAL_WIDTH,
    cited_markdown,
    escape_markdown,
    footnote_text,
    one_line,
)
from assistant.vocabulary.drafts import DraftState

if TYPE_CHECKING:
    from assistant.vocabulary.drafts import DraftCheck, DraftStatement

LABELS = {
    DraftState.AGREES: "agrees",
    DraftState.DIFFERS: "differs",
    DraftState.NOT_FOUND: "not found",
    DraftState.OPINION: "no claim",
    DraftState.UNCHECKED_LANGUAGE: "not checked in this language",
}
"""How each state is called."""
COUNTED = {
    DraftState.AGREES: ("agrees", "agree"),
    DraftState.DIFFERS: ("differs", "differ"),
    DraftState.NOT_FOUND: ("not found", "not found"),
    DraftState.OPINION: ("claims nothing", "claim nothing"),
    DraftState.UNCHECKED_LANGUAGE: ("in another language", "in another language"),
}
"""The same behind a number: 1 agrees, 2 agree."""
SIGNS = {
    DraftState.AGREES: "✓",
    DraftState.DIFFERS: "≠",
    DraftState.NOT_FOUND: "?",
    DraftState.OPINION: "–",
    DraftState.UNCHECKED_LANGUAGE: "…",
}
"""A sign for each state, beside its name and never instead of it."""
QUIET = frozenset({DraftState.OPINION})
"""States that leave nothing to do: their statements are shown without a reason."""
CLOSEST = "Closest:"
NOTHING = "Nothing in the draft could be checked."


def check_summary(check: DraftCheck) -> str:
    """Say in one sentence how many statements are in which state."""
    told = ", ".join(count_text(check, state) for state in DraftState if check.counts[state.value])
    total = len(check.statements)
    noun = "statement" if total == 1 else "statements"
    said = f"{total:,} {noun}: {told}."
    return said if check.share is None else f"{said} {share_text(check)}"


def count_text(check: DraftCheck, state: DraftState) -> str:
    """Say how many statements are in a state: 1 agrees, 2 agree."""
    count = check.counts[state.value]
    return f"{count:,} {COUNTED[state][count != 1]}"


def share_text(check: DraftCheck) -> str:
    """Say which share of the checkable statements agrees."""
    if check.share is None:
        return NOTHING
    agreeing = check.counts[DraftState.AGREES.value]
    noun = "statement" if check.checkable == 1 else "statements"
    verb = "agrees" if agreeing == 1 else "agree"
    return f"Of {check.checkable:,} checkable {noun} {agreeing:,} {verb} ({check.share:.0%})."


def check_text(check: DraftCheck, *, width: int = TERMINAL_WIDTH) -> str:
    """Return a checked draft for a terminal: each statement with its state and sentences, then the sum."""
    blocks = [_statement_text(check, item, width) for item in check.statements]
    blocks += [textwrap.fill(one_line(notice), width) for notice in check.notices]
    return "\n\n".join([*blocks, check_summary(check)])


def _statement_text(check: DraftCheck, item: DraftStatement, width: int) -> str:
    indent = "  "
    head = f"{SIGNS[item.state]} {LABELS[item.state].upper()}: {one_line(item.text)}"
    lines = [textwrap.fill(head, width, subsequent_indent=indent, break_long_words=False)]
    if item.state not in QUIET:
        lines.append(
            textwrap.fill(one_line(item.reason), width, initial_indent=indent, subsequent_indent=indent)
        )
    lines += [_sentence(check, number, indent, width) for number in item.citations]
    if item.closest:
        lines += [f"{indent}{CLOSEST}", *(_sentence(check, number, indent, width) for number in item.closest)]
    return "\n".join(lines)


def _sentence(check: DraftCheck, number: int, indent: str, width: int) -> str:
    return textwrap.indent(
        footnote_text(check.citations[number - 1], f"[{number}]", width - len(indent)), indent
    )


def check_markdown(check: DraftCheck) -> str:
    """Return a checked draft as Markdown: the sum, every statement with its state, then the sentences."""
    blocks = [check_summary(check)]
    blocks += ["\n".join(_statement_markdown(item) for item in check.statements)] if check.statements else []
    blocks += ["\n".join(f"{item.number}. {cited_markdown(item)}" for item in check.citations)]
    blocks += [f"*{escape_markdown(notice)}*" for notice in check.notices]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _statement_markdown(item: DraftStatement) -> str:
    numbers = "".join(f" [{number}]" for number in item.citations)
    closest = f" {CLOSEST}" + "".join(f" [{number}]" for number in item.closest) if item.closest else ""
    why = "" if item.state in QUIET else f" — {escape_markdown(item.reason)}"
    return (
        f"- {SIGNS[item.state]} **{LABELS[item.state]}**: {escape_markdown(item.text)}{numbers}{why}{closest}"
    )

r"""An `Answer` as Markdown and as plain text. Pure functions: values in, text out.

Article text is data wherever it is shown. In Markdown every sign that could make a link, an image, HTML
or a heading is escaped; in a terminal everything that could move the cursor, change colours or turn the
reading direction is taken out.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.language.locales import day_in_words
from assistant.messages import ENGLISH, Message, told
from assistant.rendering.quote_display import (
    PLAIN,
    STRONG,
    clean,
    language_of_quote,
    marked,
    pieces,
    spoken_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer, Citation, Conflict, Statement

TERMINAL_WIDTH = 80
# The closest sentences that are shown when the articles don't say; more would look like an answer.
CLOSEST = 3
NO_DATE = told(Message.DATE_UNKNOWN)
BOLD, NOT_BOLD = "\x1b[1m", "\x1b[22m"
SUPPORT_LABELS = {
    Support.UNSUPPORTED: Message.NOT_IN_SOURCES,
    Support.DOUBTED: Message.IN_DOUBT,
    Support.CONFLICTING: Message.SOURCES_DIFFER,
    Support.UNCHECKED_LANGUAGE: Message.NOT_CHECKED,
}

# C0 and C1 controls, and the characters that override or isolate the direction of text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]"
)
# What begins with ESC or its C1 form: colours and movements (CSI), and what sets titles, links and clipboards
# (OSC, DCS, APC, PM, SOS), up to their end. An unended one goes no further than its line, and a C1 sign
# without an end is more likely a quotation mark in a wrong encoding: the sign alone is taken out.
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|\x1b[\\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"
    "|[\x9d\x90\x98\x9e\x9f][^\x07\x1b\x90-\x9f\n]*(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-~]?"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>~|&$])")
_LINE_START = re.compile(r"^(\s*)([#+=!-]|\d+(?=[.)]))")
_WEB_ADDRESS = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)")

NumberPlace = tuple[int, int, int]
"""Where a footnote's number stands in a text, and which one it is."""


def printable(text: str) -> str:
    """Take out what a terminal would obey instead of show; line ends and tabs stay."""
    return _CONTROL.sub("", _SEQUENCE.sub("", text.replace("\r\n", "\n")))


def answer_text(answer: Answer, *, width: int | None = TERMINAL_WIDTH, strong: bool = False) -> str:
    """Return an answer as plain text: its statements with [1] markers, then its footnotes.

    Lines are wrapped at `width`, for a terminal; None leaves that to whatever shows them. With `strong` the
    decisive words of quotes are bold, by the only escape sequences in the text.
    """
    text = _answer_text(answer, width)
    return text.replace(STRONG, BOLD if strong else "").replace(PLAIN, NOT_BOLD if strong else "")


def _answer_text(answer: Answer, width: int | None) -> str:
    language = answer.language
    if answer.answered:
        blocks = [_wrap(" ".join(stated_text(item, language) for item in answer.statements), width)]
        blocks += [
            footnote_text(citation, f"[{citation.number}]", width, language) for citation in answer.citations
        ]
        blocks += [_wrap(_difference(item, answer.citations, language), width) for item in answer.conflicts]
    else:
        closest = answer.consulted[:CLOSEST]
        blocks = [_wrap(one_line(answer.text), width), *([closest_title(answer)] if closest else [])]
        blocks += [footnote_text(citation, "-", width, language) for citation in closest]
    blocks += [_wrap(one_line(notice), width) for notice in answer.notices]
    return "\n\n".join(blocks)


def closest_title(answer: Answer) -> str:
    """Return what stands above the closest sentences where there is no answer."""
    return f"{told(Message.CLOSEST, answer.language)}:"


def answer_markdown(answer: Answer) -> str:
    """Return an answer with its footnotes as Markdown, all text from articles escaped."""
    language = answer.language
    if answer.answered:
        blocks = [prose_markdown(answer.statements, language)[0]]
        blocks += ["\n".join(f"{item.number}. {cited_markdown(item, language)}" for item in answer.citations)]
        blocks += [
            escape_markdown(_difference(item, answer.citations, language)) for item in answer.conflicts
        ]
    else:
        closest = [f"- {cited_markdown(item, language)}" for item in answer.consulted[:CLOSEST]]
        blocks = [escape_markdown(answer.text)]
        blocks += [f"{closest_title(answer)}\n\n" + "\n".join(closest)] if closest else []
    blocks += [f"*{escape_markdown(notice)}*" for notice in answer.notices]
    return "\n\n".join(blocks) + "\n"


def prose_markdown(statements: Sequence[Statement], language: str = ENGLISH) -> tuple[str, list[NumberPlace]]:
    """Write statements as Markdown; say where each footnote's number stands in it."""
    text, spans = "", list[NumberPlace]()
    for place, statement in enumerate(statements):
        text += " " if place else ""
        parts = [(escape_markdown(statement.text), 0)]
        parts += [(f"\\[{number}\\]", number) for number in statement.citations]
        parts += [(escape_markdown(state_of(statement, language)), 0)]
        begun = len(text)
        for part, number in parts:
            text += " " if part and len(text) > begun else ""
            spans += [(len(text), len(text) + len(part), number)] if number else []
            text += part
    return text, spans


def escape_markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it is: no markup, no link, no HTML."""
    escaped = _MARKUP.sub(r"\\\1", one_line(text))
    escaped = _WEB_ADDRESS.sub(lambda found: f"\\{found[0]}", escaped)
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped_start(found: re.Match[str]) -> str:
    # A number can't be escaped itself: "1." becomes "1\.".
    return f"{found[1]}{found[2]}\\" if found[2][0].isdigit() else f"{found[1]}\\{found[2]}"


def one_line(text: str) -> str:
    """Return text on one line without what a terminal would obey."""
    return " ".join(printable(text).split())


def state_of(statement: Statement, language: str = ENGLISH) -> str:
    """Return what is said behind a statement that its sources don't carry alone; nothing behind others.

    The reason, which the check or a model gives, is in English whatever the language.
    """
    if statement.support not in SUPPORT_LABELS:
        return ""
    state = told(SUPPORT_LABELS[statement.support], language)
    if statement.support in (Support.UNSUPPORTED, Support.DOUBTED) and statement.reason:
        state = f"{state}: {one_line(statement.reason)}"
    return f" ({state})"


def stated_text(statement: Statement, language: str = ENGLISH) -> str:
    """Return a statement as plain text, with its [1] markers and what is said of it."""
    markers = "".join(f" [{number}]" for number in statement.citations)
    return one_line(statement.text) + markers + state_of(statement, language)


def _difference(conflict: Conflict, citations: Sequence[Citation], language: str) -> str:
    """Say what sources differ about, with [1] markers."""
    parts = conflict_parts(conflict, citations, language)
    return "".join(part if isinstance(part, str) else f" [{part}]" for part in parts)


def conflict_parts(
    conflict: Conflict, citations: Sequence[Citation], language: str = ENGLISH
) -> list[str | int]:
    """Say what sources differ about: each value with its source and date, the newest first.

    Numbers are those of footnotes, which stand where their markers go.
    """
    about = one_line(conflict.about)
    if not conflict.values:
        return [told(Message.DIFFER, language, about=about), *conflict.citations]
    heads = {item.number: _head(item, language) for item in citations}
    said: list[tuple[str, int]] = [
        (f"{one_line(value)} ({heads.get(number, told(Message.DATE_UNKNOWN, language))})", number)
        for number, value in zip(conflict.citations, conflict.values, strict=False)
    ]
    joined: list[str | int] = list(said[0])
    between = told(Message.BEFORE_THAT, language) if conflict.superseded else "; "
    for each in said[1:]:
        joined += [between, *each]
        between = "; "
    if conflict.superseded:
        return [told(Message.CORRECTED, language, about=about), *joined]
    days = [item.published for item in citations if item.number in conflict.citations]
    differ = Message.DIFFER_LATER_FIRST if all(days) and len(set(days)) > 1 else Message.DIFFER
    return [f"{told(differ, language, about=about)} ", *joined]


def source_line(citation: Citation, language: str = ENGLISH) -> str:
    """Name where a sentence is from, on one line: the paper, the day, the title, the page."""
    return f"{_head(citation, language)}: {one_line(citation.title)}{_place(citation, language)}"


def _place(citation: Citation, language: str) -> str:
    """Say on which page a sentence stands, and in which language if it isn't English or the answer's."""
    return "".join(f", {said}" for said in (citation.where, language_of_quote(citation, language)) if said)


def _head(citation: Citation, language: str) -> str:
    """Name a source: the paper, when it was published, its title."""
    day = citation.published
    published = day_in_words(day, language) if day else told(Message.DATE_UNKNOWN, language)
    return ", ".join([one_line(citation.source), published] if citation.source else [published])


def footnote_text(citation: Citation, mark: str, width: int | None, language: str = ENGLISH) -> str:
    """Return a cited sentence as plain text, with its source, date, title and link."""
    indent = " " * (len(mark) + 1)
    quote, bar = one_line(marked(citation)), f"{indent}│ "
    lines = [
        _wrap(f"{mark} {source_line(citation, language)}", width, indent=indent),
        _wrap(quote, width, first=bar, indent=bar) if width else f"{indent}“{quote}”",
    ]
    if citation.referent:
        lines.append(_wrap(one_line(clean(spoken_of(citation))), width, first=indent, indent=indent))
    if citation.link:
        lines.append(indent + one_line(citation.link))
    return "\n".join(lines)


def cited_markdown(citation: Citation, language: str = ENGLISH) -> str:
    """Return a cited sentence as Markdown, with its source, date and title, all of it escaped."""
    title = escape_markdown(citation.title)
    named = f"[{title}](<{citation.link}>)" if citation.link and _is_safe(citation.link) else title
    who = f" {escape_markdown(spoken_of(citation))}" if citation.referent else ""
    head, place = escape_markdown(_head(citation, language)), _place(citation, language)
    return f"“{_emphasised(citation)}”{who} {head}: {named}{place}"


def _emphasised(citation: Citation) -> str:
    """Return the quote in Markdown, decisive words bold; nothing is bold where that would change a sign."""
    whole = escape_markdown(citation.quote)
    parts = [(one_line(text), text, strong) for text, strong in pieces(citation)]
    if not any(strong and line for line, _, strong in parts):
        return whole
    written = "".join(
        f"{_space(text[:1])}**{escape_markdown(line)}**{_space(text[-1:])}"
        if strong and line
        else _inner(text)
        for line, text, strong in parts
    )
    return written if written.replace("**", "") == whole else whole


def _inner(text: str) -> str:
    """Escape a piece of a line, keeping the spaces that part it from its neighbours."""
    line = escape_markdown(text)
    return f"{_space(text[:1])}{line}{_space(text[-1:])}" if line else _space(text[:1])


def _space(sign: str) -> str:
    return " " if sign.isspace() else ""


def _is_safe(link: str) -> bool:
    return link.startswith(("https://", "http://")) and not re.search(r"[<>\s\\]", link)


def _wrap(text: str, width: int | None, *, first: str = "", indent: str = "") -> str:
    if width is None:
        return first + text
    return textwrap.fill(
        text,
        width=width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )

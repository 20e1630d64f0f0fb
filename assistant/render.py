r"""An `Answer` as Markdown and as text for a terminal. Pure functions: values in, text out.

Article text is data wherever it is shown. In Markdown every sign that could make a link, an image, HTML
or a heading is escaped; in a terminal everything that could move the cursor, change colours or turn the
reading direction is taken out.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from assistant.answers import CANNOT_ANSWER, Support

if TYPE_CHECKING:
    from datetime import date

    from assistant.answers import Answer, Citation, Statement

TERMINAL_WIDTH = 80
# The closest sentences that are shown when the articles don't say; more would look like an answer.
CLOSEST = 3
CLOSEST_TITLE = "Closest in your articles"
NO_DATE = "date unknown"
STATES = {Support.UNSUPPORTED: " (not in the sources)", Support.CONFLICTING: " (sources differ)"}

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


def written_date(day: date) -> str:
    """Return a date as it is spoken: 4 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


def printable(text: str) -> str:
    """Take out what a terminal would obey instead of show; line ends and tabs stay."""
    return _CONTROL.sub("", _SEQUENCE.sub("", text.replace("\r\n", "\n")))


def answer_text(answer: Answer, *, width: int = TERMINAL_WIDTH) -> str:
    """Return an answer for a terminal: the text with [1] markers, then its footnotes."""
    blocks = [_wrap(" ".join(_stated(item) for item in answer.statements), width)] if answer.answered else []
    if answer.answered:
        blocks += [_footnote(citation, f"[{citation.number}]", width) for citation in answer.citations]
        blocks += [_wrap(_difference(item.citations, item.about), width) for item in answer.conflicts]
    else:
        closest = answer.consulted[:CLOSEST]
        blocks += [CANNOT_ANSWER, *([f"{CLOSEST_TITLE}:"] if closest else [])]
        blocks += [_footnote(citation, "-", width) for citation in closest]
    blocks += [_wrap(_one_line(notice), width) for notice in answer.notices]
    return "\n\n".join(blocks)


def answer_markdown(answer: Answer) -> str:
    """Return an answer with its footnotes as Markdown, all text from articles escaped."""
    if answer.answered:
        blocks = [" ".join(escape_markdown(_stated(item)) for item in answer.statements)]
        blocks += ["\n".join(f"{item.number}. {_cited(item)}" for item in answer.citations)]
        blocks += [escape_markdown(_difference(item.citations, item.about)) for item in answer.conflicts]
    else:
        closest = [f"- {_cited(item)}" for item in answer.consulted[:CLOSEST]]
        blocks = [CANNOT_ANSWER, *([f"{CLOSEST_TITLE}:\n\n" + "\n".join(closest)] if closest else [])]
    blocks += [f"*{escape_markdown(notice)}*" for notice in answer.notices]
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it is: no markup, no link, no HTML."""
    escaped = _MARKUP.sub(r"\\\1", _one_line(text))
    escaped = _WEB_ADDRESS.sub(lambda found: f"\\{found[0]}", escaped)
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped_start(found: re.Match[str]) -> str:
    # A number can't be escaped itself: "1." becomes "1\.".
    return f"{found[1]}{found[2]}\\" if found[2][0].isdigit() else f"{found[1]}\\{found[2]}"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _stated(statement: Statement) -> str:
    markers = "".join(f" [{number}]" for number in statement.citations)
    return _one_line(statement.text) + markers + STATES.get(statement.support, "")


def _difference(numbers: tuple[int, ...], about: str) -> str:
    return f"Sources differ about {_one_line(about)}: {' '.join(f'[{number}]' for number in numbers)}"


def _head(citation: Citation) -> str:
    """Name a source: the paper, when it was published, its title."""
    published = written_date(citation.published) if citation.published else NO_DATE
    return ", ".join([_one_line(citation.source), published] if citation.source else [published])


def _footnote(citation: Citation, mark: str, width: int) -> str:
    indent = " " * (len(mark) + 1)
    lines = [
        _wrap(f"{mark} {_head(citation)}: {_one_line(citation.title)}", width, indent=indent),
        _wrap(_one_line(citation.quote), width, first=f"{indent}│ ", indent=f"{indent}│ "),
    ]
    if citation.link:
        lines.append(indent + _one_line(citation.link))
    return "\n".join(lines)


def _cited(citation: Citation) -> str:
    title = escape_markdown(citation.title)
    named = f"[{title}](<{citation.link}>)" if citation.link and _is_safe(citation.link) else title
    return f"“{escape_markdown(citation.quote)}” {escape_markdown(_head(citation))}: {named}"


def _is_safe(link: str) -> bool:
    return link.startswith(("https://", "http://")) and not re.search(r"[<>\s\\]", link)


def _wrap(text: str, width: int, *, first: str = "", indent: str = "") -> str:
    return textwrap.fill(
        text,
        width=width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )

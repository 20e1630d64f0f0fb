"""The statements of a draft: its sentences with their places, and the words that each of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.pronouns import named, referent_at
from ingest import QuestionError, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CHARACTERS = 100_000
"""Characters of the longest draft by default: some 800 statements, minutes of work."""

_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)(?:\n|$)", re.DOTALL)
_MARK = re.compile(r"\A(?:#{1,6}\s+|>\s?|(?:[-*+•‣▪·–—►]|\(?\d{1,3}[.)])\s+)+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_NOTE = re.compile(r"\[\^?[\w-]{1,12}\](?!\()")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])(.+?)(?<=[^\s_])\1(?![\w_])")


class DraftTooLongError(QuestionError):
    """A draft has more characters than may be checked; both numbers are attributes."""

    def __init__(self, characters: int, limit: int) -> None:
        super().__init__(
            f"The draft has {characters:,} characters; the limit is {limit:,}. Check it in parts, or raise "
            "FOOTNOTE_MAX_DRAFT_CHARACTERS."
        )
        self.characters = characters
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence of a draft: `text == draft[start:end]`, and `says` is what it says without markup.

    In `says` the person that a sentence calls "he" or "she" is named where the sentences before make it
    clear. `heading` says that the draft marks it as a heading.
    """

    text: str
    start: int
    end: int
    says: str
    heading: bool = False


def draft_statements(draft: str, *, limit: int = _MOST_CHARACTERS) -> tuple[Drafted, ...]:
    """Split a draft into its statements, code and front matter left out.

    Raises:
        QuestionError: the draft is no text, or has no words.
        DraftTooLongError: it has more than `limit` characters.
    """
    if not isinstance(draft, str):
        raise QuestionError(f"The draft must be text, not {type(draft).__name__}. Give it as a string.")
    if len(draft) > limit:
        raise DraftTooLongError(len(draft), limit)
    found = tuple(_statements(draft))
    if not found:
        raise QuestionError("The draft has no words in it. Give a text to check.")
    return found


def _statements(draft: str) -> Iterator[Drafted]:
    left_out = [match.span() for pattern in (_FRONT_MATTER, _FENCE) for match in pattern.finditer(draft)]
    for sentence in split_sentences(draft):
        if any(start < sentence.end and sentence.start < end for start, end in left_out):
            continue
        says = without_markup(sentence.text)
        if not any(character.isalnum() for character in says):
            continue
        who = referent_at(draft, sentence.start, sentence.end)
        heading = sentence.text.startswith("#")
        said = named(says, who) if who else says
        yield Drafted(sentence.text, sentence.start, sentence.end, said, heading)


def without_markup(text: str) -> str:
    """Return a sentence of Markdown as it is read: without marks of lists and emphasis, links as words."""
    line = " ".join(_MARK.sub("", text).split())
    line = _NOTE.sub("", _LINK.sub(r"\1", line))
    for pattern in (_EMPHASIS, _UNDERLINED):
        line = pattern.sub(r"\2", line)
    return line.strip()

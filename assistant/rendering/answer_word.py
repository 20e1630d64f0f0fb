"""Answers as a Word document: what is said, with a real footnote for every sentence cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.messages import ENGLISH
from assistant.rendering.quote_display import clean, pieces, spoken_of
from assistant.rendering.render import (
    CLOSEST,
    closest_title,
    conflict_parts,
    one_line,
    source_line,
    state_of,
)
from assistant.rendering.word_document import Note, Part, Piece, WordDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer, Citation, Statement


def answers_word(title: str, answers: Sequence[Answer]) -> bytes:
    """Return a Word document of one answer, or of a conversation under its title."""
    document = WordDocument(title)
    if len(answers) > 1:
        document.heading(title)
    for place, answer in enumerate(answers):
        document.heading(answer.question, 1 if len(answers) == 1 else 2)
        _write(document, answer, key=f"{place}")
    return document.to_bytes()


def _write(document: WordDocument, answer: Answer, *, key: str) -> None:
    quoted = answer.mode is not Mode.WRITTEN
    notes = {
        item.number: Note(
            f"{key}.{item.number}",
            note_pieces(item, answer.language, quote=not (quoted and _is_said(answer, item))),
        )
        for item in answer.citations
    }
    if not answer.answered:
        document.paragraph([Piece(one_line(answer.text))])
        closest = answer.consulted[:CLOSEST]
        if closest:
            document.paragraph([Piece(closest_title(answer))])
        for item in closest:
            note = Note(f"{key}.closest.{item.number}", note_pieces(item, answer.language, quote=False))
            document.paragraph([Piece("“"), *quote_pieces(item), Piece("”"), note], style="List Bullet")
    elif quoted:
        for statement in answer.statements:
            document.paragraph(_stated(statement, answer, notes))
    else:
        parts = [_stated(statement, answer, notes) for statement in answer.statements]
        document.paragraph([part for each in parts for part in (*each, Piece(" "))])
    for conflict in answer.conflicts:
        said = conflict_parts(conflict, answer.citations, answer.language)
        document.paragraph([Piece(part) if isinstance(part, str) else notes[part] for part in said])
    for notice in answer.notices:
        document.paragraph([Piece(one_line(notice), italic=True)])


def _stated(statement: Statement, answer: Answer, notes: dict[int, Note]) -> list[Part]:
    """Write a statement with its footnotes; one that is a quotation stands in quotation marks."""
    cited = [answer.citations[number - 1] for number in statement.citations]
    said: list[Piece] = [Piece(one_line(statement.text))]
    if len(cited) == 1 and cited[0].quote == statement.text:
        said = [Piece("“"), *quote_pieces(cited[0]), Piece("”")]
    return [*said, *(notes[item.number] for item in cited), Piece(state_of(statement, answer.language))]


def _is_said(answer: Answer, citation: Citation) -> bool:
    """Whether a quotation is one of the statements, so that its footnote need not repeat it."""
    return any(
        statement.citations == (citation.number,) and statement.text == citation.quote
        for statement in answer.statements
    )


def quote_pieces(citation: Citation) -> list[Piece]:
    """Return a quote with its decisive words in bold."""
    return [Piece(clean(text), bold=strong) for text, strong in pieces(citation)]


def note_pieces(citation: Citation, language: str = ENGLISH, *, quote: bool = True) -> tuple[Piece, ...]:
    """Return what a footnote says: the quote, who speaks, paper, day, title, page, address."""
    said = [Piece("“"), *quote_pieces(citation), Piece("” ")] if quote else []
    who = [Piece(f"{clean(spoken_of(citation))} ")] if citation.referent else []
    address = citation.url or citation.link
    link = [Piece(". "), Piece(address, url=citation.link or address)] if address else []
    return (*said, *who, Piece(source_line(citation, language)), *link)

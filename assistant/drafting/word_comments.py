"""python-docx: a checked draft as a Word document, with a comment at every statement that needs a look."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from assistant.rendering.draft_text import LABELS
from assistant.rendering.render import one_line, source_line
from assistant.vocabulary.drafts import DraftState
from ingest import BETWEEN_PARAGRAPHS, shown_pieces

if TYPE_CHECKING:
    from docx.document import Document

    from assistant.vocabulary.drafts import DraftCheck, DraftStatement

COMMENTED = frozenset({DraftState.DIFFERS, DraftState.NOT_FOUND})
"""States whose statements get a comment; those that agree where others don't get one too."""
AUTHOR, INITIALS = "Footnote", "F"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUN, _TEXT, _STYLE = f"{_W}r", f"{_W}t", f"{_W}rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML can't hold; each becomes one sign, so that offsets stay.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Piece = tuple[int, Any, str]
"""Where a text of the document begins in the draft, the element that has it, and the text."""


def commented_word(check: DraftCheck, word: bytes | None = None) -> bytes:
    """Return a checked draft as a Word document with comments.

    `word` is the document that the draft was read from, which is copied with all that is in it; without one
    a new document has the text, a paragraph for each line.

    Raises:
        ValueError: the document is not the one that was checked.
    """
    import docx

    document = docx.Document(io.BytesIO(word)) if word is not None else docx.Document()
    if word is None:
        document.core_properties.author = ""
        pieces = _written(document, check.text)
    else:
        pieces = _read(document)
        if _joined(pieces, len(check.text)) != check.text.replace("\n", " "):
            raise ValueError("this is not the document that was checked")
    # From the end: what is split there leaves the places before it as they are.
    for statement in reversed(check.statements):
        if statement.state in COMMENTED or statement.against:
            _comment(document, pieces, statement, _words(check, statement))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _written(document: Document, text: str) -> list[Piece]:
    """Write the text into an empty document, and return where each line of it is."""
    pieces: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            shown = _NOT_XML.sub("\ufffd", line)
            run: Any = document.add_paragraph().add_run()
            pieces.append((start, run._r.add_t(shown), line))  # noqa: SLF001  # `add_run` would turn tabs into elements
        start += len(line) + 1
    return pieces


def _read(document: Document) -> list[Piece]:
    """Return every text of a document with its place in the text that was read from it."""
    pieces: list[Piece] = []
    start = 0
    for paragraph in shown_pieces(document.element.body):
        for element, text in paragraph:
            pieces.append((start, element, text))
            start += len(text)
        start += len(BETWEEN_PARAGRAPHS)
    return pieces


def _joined(pieces: list[Piece], length: int) -> str:
    """Return the text of the pieces with spaces for line ends and for what lies between paragraphs."""
    signs = [" "] * length
    for start, _, text in pieces:
        signs[start : start + len(text)] = text.replace("\n", " ")
    return "".join(signs)


def _comment(document: Document, pieces: list[Piece], statement: DraftStatement, words: str) -> None:
    """Put a comment at a statement, its runs split where it begins and ends."""
    from docx.text.run import Run

    inside = [
        piece for piece in pieces if piece[0] < statement.end and statement.start < piece[0] + len(piece[2])
    ]
    inside = [piece for piece in inside if _run_of(piece[1])[0] is not None]  # formulas stand in no run
    if not inside:
        return
    _cut_after(inside[-1], statement.end)
    first = _cut_before(inside[0], statement.start)
    last = first if len(inside) == 1 else _run_of(inside[-1][1])[0]
    if first is None or last is None:
        return
    anchors: Any = document
    document.add_comment(
        [Run(first, anchors), Run(last, anchors)], text=words, author=AUTHOR, initials=INITIALS
    )


def _cut_after(piece: Piece, end: int) -> None:
    """End the run of a piece at a place of the draft."""
    start, element, text = piece
    run, is_plain = _run_of(element)
    if is_plain and end - start < len(text):
        _split(run, element, end - start)
    elif is_plain and element.getnext() is not None:
        _move_behind(run, element.getnext())


def _cut_before(piece: Piece, start: int) -> Any:  # noqa: ANN401
    """Begin a run at a place of the draft; return it."""
    begins, element, _ = piece
    run, is_plain = _run_of(element)
    if is_plain and start > begins:
        return _split(run, element, start - begins)
    before = element.getprevious()
    if is_plain and before is not None and before.tag != _STYLE:
        return _move_behind(run, element)
    return run


def _run_of(element: Any) -> tuple[Any, bool]:  # noqa: ANN401
    """Return the run that an element stands in, and whether it can be split.

    In a text box, where Word takes no comments, it is the run that holds the box.
    """
    runs = [parent for parent in element.iterancestors() if parent.tag == _RUN]
    return (runs[-1], len(runs) == 1 and element.getparent() is runs[0]) if runs else (None, False)


def _split(run: Any, element: Any, at: int) -> Any:  # noqa: ANN401
    """Split a run within a text; return the new run with the second half."""
    if element.tag != _TEXT:
        return run
    text = element.text or ""
    rest = deepcopy(element)
    element.text, rest.text = text[:at], text[at:]
    for each in (element, rest):
        each.set(_SPACE, "preserve")
    element.addnext(rest)
    return _move_behind(run, rest)


def _move_behind(run: Any, first: Any) -> Any:  # noqa: ANN401
    """Move an element and all that follows in its run into a new run of the same style behind it."""
    fresh = run.makeelement(_RUN, dict(run.attrib), run.nsmap)
    style = run.find(_STYLE)
    if style is not None:
        fresh.append(deepcopy(style))
    for each in [first, *first.itersiblings()]:
        fresh.append(each)
    run.addnext(fresh)
    return fresh


def _words(check: DraftCheck, statement: DraftStatement) -> str:
    """Say what was found: state and reason, then each sentence with its source."""
    numbers = statement.citations or statement.closest
    lines = [f"{LABELS[statement.state].capitalize()}: {one_line(statement.reason)}"]
    lines += ["Closest:"] if not statement.citations and numbers else []
    for number in numbers:
        item = check.citations[number - 1]
        lines.append(f"“{one_line(item.quote)}” {source_line(item)}" + (f" {item.url}" if item.url else ""))
    return _NOT_XML.sub("\ufffd", "\n".join(lines))

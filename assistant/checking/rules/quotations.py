"""Words in quotation marks: they have to stand in the source as they are."""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"[“«„]([^”»“]+)[”»“]|\"([^\"]+)\"|(?<!\w)[‘']([^’'“”\"]{2,}(?:[’'](?=\w)[^’'“”\"]+)*)[’'](?!\w)"
)
_ELLIPSIS = re.compile(r"\s*(?:\.{3}|…|\[[^\]]*\])\s*")
_NOT_WORDS = re.compile(r"[\W_]+")


def quotation_differs(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return the first quotation of a statement that no source has, None where all are verbatim.

    Typographic differences, case, punctuation and marked omissions do not count.
    """
    told = [_bare(source) for source in sources]
    for match in _QUOTED.finditer(statement):
        quoted = next(part for part in match.groups() if part is not None)
        pieces = [bare for piece in _ELLIPSIS.split(quoted) if (bare := _bare(piece).strip())]
        if not all(any(f" {piece} " in source for source in told) for piece in pieces):
            return quoted
    return None


def _bare(text: str) -> str:
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", text.lower())
    return f" {_NOT_WORDS.sub(' ', plain).strip()} "

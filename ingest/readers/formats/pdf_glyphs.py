"""pypdf: letters that a font names only as parts of a sign (`/f_f_i`), where it has no map to characters."""

from __future__ import annotations

from typing import Any

_MOST_FONTS = 200  # of a page
_MOST_SIGNS = 256  # a font of one byte a letter has no more

Glyphs = dict[str, dict[int, str]]
"""The letters of codes, by the name of their font without the prefix of a subset."""


def composed_glyphs(page: Any) -> Glyphs:  # noqa: ANN401
    """Return what the fonts of a page name so; nothing where that can't be read."""
    found: Glyphs = {}
    try:
        fonts = page.get("/Resources", {}).get_object().get("/Font", {}).get_object()
        for name in list(fonts)[:_MOST_FONTS]:
            font = fonts[name].get_object()
            encoding = font.get("/Encoding")
            named = encoding.get_object() if encoding is not None else None
            differences = named.get("/Differences") if isinstance(named, dict) else None
            if differences and "/ToUnicode" not in font and (letters := _letters(differences)):
                found.setdefault(plain_name(str(font.get("/BaseFont", ""))[1:]), letters)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # a broken font costs its own signs
        return found
    return found


def plain_name(font: str) -> str:
    """Return the name of a font without the prefix of a subset: `Garamond` for `ABCDEF+Garamond`."""
    return font.rpartition("+")[2]


def _letters(differences: Any) -> dict[int, str]:  # noqa: ANN401
    """Read an array of codes and names (PDF 32000, 9.6.6): `[49 /f_i /f_f.liga]` is 49 `fi`, 50 `ff`."""
    letters: dict[int, str] = {}
    code = 0
    for each in differences:
        if isinstance(each, int):
            code = each
            continue
        parts = str(each)[1:].partition(".")[0].split("_")
        if code < _MOST_SIGNS and all(len(part) == 1 and part.isalpha() for part in parts):
            letters[code] = "".join(parts)
        code += 1
    return letters

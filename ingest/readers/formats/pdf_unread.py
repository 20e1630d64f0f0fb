"""pypdf: what a PDF has besides its text, counted without unpacking any of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

_SMALLEST = 50  # pixels: smaller pictures are lines, signs and bullets
_MOST_PAGES = 500  # that are looked at; a hostile file may name the same page a million times
_MOST_OBJECTS = 1_000  # of a page
_DEEPEST = 3  # forms within forms; scanners wrap their pictures in one
_NOTES = frozenset({"/Text", "/FreeText"})


def unread_in_pdf(reader: Any) -> Counter[str]:  # noqa: ANN401  # pypdf's own types are of no help here
    """Count pictures, each once however often it is drawn, notes that hang on pages, and embedded files."""
    counts: Counter[str] = Counter()
    seen: set[object] = set()
    try:
        counts["embedded file"] = len(reader.attachments)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # what can't be counted isn't, and the text stays
        counts["embedded file"] = 0
    for number in range(min(len(reader.pages), _MOST_PAGES)):
        try:
            _count(reader.pages[number], counts, seen)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112
            continue
    return counts


def shows_picture(page: Any) -> bool:  # noqa: ANN401
    """Say whether a page draws a picture that is more than a sign, itself or in a form that it draws."""
    try:
        return _draws_picture(page.get("/Resources", {}), _DEEPEST)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # a broken page is blank
        return False


def _draws_picture(resources: Any, depth: int) -> bool:  # noqa: ANN401
    drawn = resources.get_object().get("/XObject", {}).get_object()
    for name in list(drawn)[:_MOST_OBJECTS]:
        each = drawn[name].get_object()
        if (
            each.get("/Subtype") == "/Image"
            and min(each.get("/Width", 0), each.get("/Height", 0)) > _SMALLEST
        ):
            return True
        if (
            each.get("/Subtype") == "/Form"
            and depth
            and _draws_picture(each.get("/Resources", {}), depth - 1)
        ):
            return True
    return False


def _count(page: Any, counts: Counter[str], seen: set[object]) -> None:  # noqa: ANN401
    drawn = page.get("/Resources", {}).get("/XObject", {})
    for name in list(drawn)[:_MOST_OBJECTS]:
        reference = drawn.raw_get(name)
        key = getattr(reference, "idnum", id(reference))
        picture = reference.get_object()
        sizes = [picture.get(side, 0) for side in ("/Width", "/Height")]
        if key not in seen and picture.get("/Subtype") == "/Image" and min(sizes) > _SMALLEST:
            counts["picture"] += 1
        seen.add(key)
    for note in list(page.get("/Annots", []))[:_MOST_OBJECTS]:
        said = note.get_object()
        counts["note"] += said.get("/Subtype") in _NOTES and bool(said.get("/Contents"))

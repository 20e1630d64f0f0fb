"""Text that a reader of a page does not see: it must not be cited as if it were on it."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.common.style_sheets import declarations, hiding_rules, style_of

_MARKED = "//*[@hidden or @aria-hidden='true' or @style or @bgcolor] | //template | //noscript | //comment()"
_NAMED = "//body//*[@class or @id]"  # not the body itself, which scripts show
_LEAST_ARTICLE = 200  # characters of the paragraphs in noscript; an appeal to turn scripts on has fewer
_BESIDE = 0.25  # so much text beside them may be a notice
_LONGEST_STYLE = 4096  # characters; real ones stay below 500, and a hostile one costs time
_NO_SIZE = re.compile(r"0(?:\.0*)?(?:px|em|rem|pt|%)?")
_FAR_OUT = re.compile(r"-\d{4,}(?:\.\d+)?px|-\d{3,}(?:\.\d+)?r?em")
_WHITE = re.compile(r"white|#fff|#ffffff|#ffff|#ffffffff|rgba?\(255,255,255(?:,1(?:\.0)?)?\)")
_STRUCK = re.compile(r".*line-through.*")  # not valid any more, like what stands in <del>
_UNSEEN = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": _NO_SIZE,
    "font-size": _NO_SIZE,
    "color": re.compile(r"transparent|rgba\(.*,0(?:\.0*)?\)"),
    "text-decoration": _STRUCK,
    "text-decoration-line": _STRUCK,
    "text-indent": _FAR_OUT,
    "left": _FAR_OUT,
    "top": _FAR_OUT,
}


def open_noscript(tree: Any) -> None:  # noqa: ANN401
    """Show what a page holds for readers without scripts, where that is the whole of its paragraphs."""
    found = list(tree.iter("noscript"))
    if not found:
        return
    inside = {one for noscript in found for one in noscript.iter("p")}
    held = sum(len(one.text_content()) for one in inside)
    beside = sum(len(one.text_content()) for one in tree.iter("p") if one not in inside)
    if held >= _LEAST_ARTICLE and beside < held * _BESIDE:
        for noscript in found:
            noscript.drop_tag()


def clear_hidden(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Take what a reader doesn't see out of a tree; text after a hidden element stays.

    Known are attributes, inline styles and the page's own sheets (style_sheets.py); what a sheet hides that
    the page only names can't be told from the page alone.
    """
    for element in tree.xpath(_MARKED):
        if _is_hidden(element) and element.getparent() is not None:
            element.drop_tree()
    if rules := hiding_rules(tree):
        for element in tree.xpath(_NAMED):
            style = style_of(element, rules)
            if style and _is_unseen(style | _style(element)) and element.getparent() is not None:
                element.drop_tree()
    return tree


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    if not isinstance(element.tag, str) or element.tag in {"template", "noscript"}:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = _style(element)
    colour = style.get("color")
    return _is_unseen(style) or (bool(colour) and _blends(element, colour or ""))


def _is_unseen(style: dict[str, str]) -> bool:
    if any(form.fullmatch(style.get(name, "")) for name, form in _UNSEEN.items()):
        return True
    return bool(_NO_SIZE.fullmatch(style.get("height", ""))) and style.get("overflow") == "hidden"


def _blends(element: Any, colour: str) -> bool:  # noqa: ANN401
    """Say whether text has the colour of what it stands on; a page without a word about it is white."""
    while element is not None:
        style = _style(element)
        behind = style.get("background-color") or style.get("background") or element.get("bgcolor")
        if behind:
            behind = behind.strip().lower()
            return behind == colour or bool(_WHITE.fullmatch(behind) and _WHITE.fullmatch(colour))
        element = element.getparent()
    return bool(_WHITE.fullmatch(colour))


def _style(element: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the inline style; the last of two declarations wins."""
    return declarations((element.get("style") or "")[:_LONGEST_STYLE])

"""What stands inside a page's sentences: corrections, note marks, powers, formulas and small controls.

Each is put into plain text where readers see it, or taken out where it is no part of the sentence, before
the text is looked for: a number must not be changed by the mark of a note, nor a sentence lose a word.
"""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.common.formulas import LONGEST_FORMULA, UNREADABLE, in_line
from ingest.readers.common.raised import raised

_STRUCK = ("del", "s", "strike")
_INLINE = ("time", "button", "label", "output")
_SENTENCES = (
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "blockquote",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_LARGEST_PART = 0.5  # of the page's text: an element that holds more was left open by mistake
_LONGEST_CONTROL = 0.5  # of the text around: a paragraph that is all button is no sentence
_LONGEST_CODE = 0.9
_CAPTION = re.compile(
    r"(?!.*\b[Ss]ubscribe\b)(?=(?:\S+\s){5}).{30,600}[.!?][\"”’)]*"
)  # a sentence, no credit line
_ITEM_WORDS = 6
_NOTE = re.compile(r"[\s(\[]*(?:\d{1,3}|[*†‡§¶#]{1,3}|[a-z])(?:\s*[,;–-]\s*(?:\d{1,3}|[a-z]))*[\s)\]]*")
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:foot-?note|note|ref|reference|fn|citation|cite)", re.IGNORECASE)
_BARE_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}")
_POWER = re.compile(r"[+\-−–]?[0-9n]{1,4}")
_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{4,}|\b(?:1[5-9]|20)\d\d|[.,;:!?”’\"')\]%])\Z")
_COUNT_BEFORE = re.compile(r"(?:^|[\s(])(?!(?:10|2)\Z)[\d.,]*\d\Z")
_WORD_AFTER = re.compile(r"\s+[^\W\d_]{4,}")

_OLD_CAPTIONS = "//*[contains(concat(' ', @class, ' '), ' wp-caption-text ')][not(self::figcaption)]"
"""What WordPress wrote before there was a figure; archives are full of it."""

_RENDERED = "//*[starts-with(@class, 'MathJax')]"
"""What MathJax made of the sources that it leaves in scripts: pieces of formulas, placed by style."""

_DISPLAY_STYLE = re.compile(r"^\s*\{\\(?:displaystyle|textstyle)\s*(.*)\}\s*$", re.DOTALL)


def mend_inline(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Change a tree so that its text reads as the page does; return the tree."""
    _drop_struck(tree)
    _write_formulas(tree)
    for spoken in list(tree.iter("rt", "rp", "rtc")):  # says how the words beside it are spoken
        spoken.drop_tree()
    for link in list(tree.iter("a")):
        is_mark = link.get("epub:type") == "noteref" or link.get("role") == "doc-noteref"
        if is_mark and _NOTE.fullmatch(link.text_content().strip()):
            link.drop_tree()
    for mark in list(tree.iter("sup")):
        _mend_raised(mark)
    _unwrap(tree)
    for caption in [*tree.iter("figcaption"), *tree.xpath(_OLD_CAPTIONS)]:
        _keep_caption(caption)
    for cell_list in tree.xpath("//td//ul | //td//ol | //th//ul | //th//ol"):
        _flatten(cell_list)
    return tree


def _drop_struck(tree: Any) -> None:  # noqa: ANN401
    struck = list(tree.iter(*_STRUCK))
    total = len(tree.text_content()) if struck else 0
    for element in struck:
        if element.getparent() is not None and len(element.text_content()) < _LARGEST_PART * total:
            element.drop_tree()


def _write_formulas(tree: Any) -> None:  # noqa: ANN401
    """Write MathML as text; where there is only its source in TeX, that."""
    for formula in list(tree.iter("math", "{http://www.w3.org/1998/Math/MathML}math")):
        if formula.getparent() is None:
            continue
        text = in_line(formula)
        source = formula.get("alttext") or formula.findtext(".//annotation") or ""
        _become_text(formula, source[:LONGEST_FORMULA] if text == UNREADABLE and source.strip() else text)
    for script in tree.xpath("//script[starts-with(@type, 'math/tex')]"):
        for shown in tree.xpath(_RENDERED) if script.getparent() is not None else ():
            shown.drop_tree()
        _become_text(script, (script.text or "")[:LONGEST_FORMULA])
    for image in tree.xpath("//img[@alt][contains(@class, 'math') or contains(@class, 'latex')]"):
        shown = _DISPLAY_STYLE.sub(r"\1", image.get("alt")).strip()
        _become_text(image, shown[:LONGEST_FORMULA])


def _mend_raised(mark: Any) -> None:  # noqa: ANN401
    """Take the mark of a note out; write a power as the raised digits that readers see."""
    text = mark.text_content().strip()
    before = _text_before(mark)
    if mark.getparent() is None or not text or len(text) > 20:  # noqa: PLR2004
        return
    named = _NOTE_CLASS.search(mark.get("class") or "") or any(
        "#" in (link.get("href") or "") for link in mark.iter("a")
    )
    raised_by_link = mark.getparent().tag == "a" and "#" in (mark.getparent().get("href") or "")
    if (named or raised_by_link) and _NOTE.fullmatch(text):
        mark.drop_tree() if "[" not in text else mark.drop_tag()
    elif _BARE_MARK.fullmatch(text) and (
        _BEFORE_MARK.search(before) or (_COUNT_BEFORE.search(before) and _WORD_AFTER.match(mark.tail or ""))
    ):
        mark.drop_tree()
    elif _POWER.fullmatch(text):
        _become_text(mark, raised(text))


def _text_before(element: Any) -> str:  # noqa: ANN401
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "") or (previous.text_content() if isinstance(previous.tag, str) else "")
    parent = element.getparent()
    return "" if parent is None else (parent.text or "")


def _unwrap(tree: Any) -> None:  # noqa: ANN401
    """Leave the text of elements that trafilatura would drop, or take for blocks, in its sentence."""
    for control in list(tree.iter(*_INLINE)):
        if _in_sentence(control):
            control.drop_tag()
    for quotation in list(tree.iter("q")):
        _quote(quotation)
    for code in list(tree.iter("code", "kbd", "samp")):
        if next(code.iterancestors("pre"), None) is None and _in_sentence(code, most=_LONGEST_CODE):
            code.drop_tag()
    for link in tree.xpath("//li//li/a | //li//li/p/a"):
        if _is_item(link):
            link.drop_tag()


def _keep_caption(caption: Any) -> None:  # noqa: ANN401
    """Set a caption that is a sentence behind its figure; trafilatura leaves figures out."""
    figure = next((around for around in caption.iterancestors() if _is_figure(around)), None)
    text = " ".join(caption.text_content().split())
    if figure is None or figure.getparent() is None or not _CAPTION.fullmatch(text):
        return
    paragraph = caption.makeelement("p", {})
    paragraph.text = text
    paragraph.tail, figure.tail = figure.tail, None
    figure.addnext(paragraph)
    caption.drop_tree()


def _is_figure(element: Any) -> bool:  # noqa: ANN401
    return element.tag == "figure" or "wp-caption" in (element.get("class") or "").split()


def _is_item(link: Any) -> bool:  # noqa: ANN401
    """Say whether a link is a whole item of an inner list of an article, and says more than where it leads.

    trafilatura takes such lists for menus.
    """
    own, item = link.text_content().split(), next(link.iterancestors("li"))
    in_article = next(link.iterancestors("article", "main"), None) is not None
    in_menu = next(link.iterancestors("nav", "header", "footer", "aside"), None) is not None
    return in_article and not in_menu and len(own) >= _ITEM_WORDS and own == item.text_content().split()


def _quote(quotation: Any) -> None:  # noqa: ANN401
    """Write the marks that browsers show around a quotation, and leave it in its sentence."""
    quotation.text = f"“{quotation.text or ''}"
    if len(quotation):
        quotation[-1].tail = f"{quotation[-1].tail or ''}”"
    else:
        quotation.text += "”"
    quotation.drop_tag()


def _in_sentence(control: Any, *, most: float = _LONGEST_CONTROL) -> bool:  # noqa: ANN401
    """Say whether an element stands among the words of a paragraph, and is not all of it."""
    around = next(control.iterancestors(*_SENTENCES), None)
    if around is None or len(control):
        return False
    words, own = len(around.text_content().split()), len(control.text_content().split())
    return 0 < own <= most * words


def _flatten(cell_list: Any) -> None:  # noqa: ANN401
    """Turn a list in a cell into lines of the cell, which trafilatura keeps."""
    for number, item in enumerate(cell_list.findall("li")):
        if number:
            item.addprevious(item.makeelement("br", {}))
        item.drop_tag()
    cell_list.drop_tag()


def _become_text(element: Any, text: str) -> None:  # noqa: ANN401
    for child in list(element):
        element.remove(child)
    element.text = text
    element.drop_tag()

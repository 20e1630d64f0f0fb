"""Formulas in a line of text, from pages and from Word documents; none is cut out of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml

from ingest.readers import read_articles
from ingest.readers.formats.fragments import fragment_text

if TYPE_CHECKING:
    from pathlib import Path

MATHML = (
    ("<mfrac><mi>a</mi><mn>2</mn></mfrac><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup>", "a/2 + b^2"),
    ("<mfrac><mrow><mi>a</mi><mo>-</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a - b)/2"),
    ("<mroot><mn>27</mn><mn>3</mn></mroot><mo>=</mo><mn>3</mn>", "³√(27) = 3"),
    ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>&lt;</mo><mo>-</mo><mn>1</mn>", "x_i^2 < -1"),
    (
        "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
        "∑_(i = 1)^n i",
    ),
    ("<mi>sin</mi><mo>\u2061</mo><mi>x</mi>", "sin x"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
    ("<mover><mi>v</mi><mo>→</mo></mover>", "v\u20d7"),
    (
        "<semantics><msup><mi>x</mi><mn>2</mn></msup><annotation>x^{2}</annotation></semantics>",
        "x^2",
    ),
    ('<semantics><annotation encoding="application/x-tex">x^{2}</annotation></semantics>', "x^{2}"),
    ("<mspace/>", "[formula]"),
)
OMML = (
    ("<m:f><m:num>{a}</m:num><m:den>{2}</m:den></m:f>", "a/2"),
    ("<m:sSup><m:e>{x}</m:e><m:sup>{2}</m:sup></m:sSup>{=4}", "x^2 = 4"),
    ("<m:sSup><m:e>{10}</m:e><m:sup>{-3}</m:sup></m:sSup>", "10^(-3)"),
    ("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{x+1}</m:e></m:rad>", "√(x + 1)"),
    ("<m:rad><m:deg>{3}</m:deg><m:e>{8}</m:e></m:rad>", "³√(8)"),
    (
        "<m:nary><m:sub>{i=1}</m:sub><m:sup>{n}</m:sup><m:e>{i}</m:e></m:nary>",
        "∫_(i = 1)^n i",
    ),
    ("<m:func><m:fName>{sin}</m:fName><m:e>{x}</m:e></m:func>", "sin x"),
    ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{a}</m:e></m:d>", "[a]"),
    (
        "<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr><m:mr><m:e>{c}</m:e><m:e>{d}</m:e></m:mr></m:m>",
        "[a, b; c, d]",
    ),
    ("<w:del>{x}</w:del>{y}", "y"),
    ("", "[formula]"),
)
NAMESPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)


@pytest.mark.parametrize(("written", "read"), MATHML)
def test_mathml_is_read_in_its_sentence(written: str, read: str) -> None:
    """Fractions, powers, roots and sums as people type them; the source in TeX only where nothing else is."""
    text = fragment_text(f"<p>Here <math>{written}</math> holds.</p>").strip()
    assert " ".join(text.split()) == f"Here {read} holds."


@pytest.mark.parametrize(("written", "read"), OMML)
def test_a_formula_of_word_is_read_in_its_sentence(written: str, read: str, tmp_path: Path) -> None:
    """The same for Word's own; a formula that has no signs leaves a mark."""
    for sign in (
        "a",
        "b",
        "c",
        "d",
        "x",
        "y",
        "2",
        "3",
        "8",
        "10",
        "-3",
        "x+1",
        "i=1",
        "n",
        "i",
        "sin",
        "=4",
    ):
        written = written.replace(f"{{{sign}}}", f"<m:r><m:t>{sign}</m:t></m:r>")
    assert word_text(tmp_path, f"<m:oMath {NAMESPACES}>{written}</m:oMath>") == f"Here {read} holds."


def test_a_formula_of_an_old_editor_leaves_a_mark(tmp_path: Path) -> None:
    """It is an embedded file with a picture; its sentence isn't cited as if it were whole."""
    written = f'<w:r {NAMESPACES}><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>'
    assert word_text(tmp_path, written) == "Here [formula] holds."


def word_text(folder: Path, between: str) -> str:
    """Return the text of a Word document of one sentence with something between its words."""
    document = docx.Document()
    paragraph = document.add_paragraph("Here ")
    paragraph._p.append(parse_xml(between))  # python-docx can't write formulas
    paragraph.add_run(" holds.")
    document.save(str(folder / "a.docx"))
    return next(read_articles(folder / "a.docx")).text

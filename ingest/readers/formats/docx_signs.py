"""Signs that Word keeps as a place in a font (`w:sym`): Greek letters, arrows, ≥ and others.

The old fonts Symbol and Wingdings have their signs where other fonts have letters. Word writes an arrow that
way when somebody types "-->".
"""

from __future__ import annotations

import re

# Adobe's Symbol encoding, from 0x21 and from 0xA1 on; pieces of tall brackets are left out as a space.
_SYMBOL = dict(
    enumerate(
        "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        start=0x21,
    )
) | dict(
    enumerate(
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑           ⟩∫", start=0xA1
    )
)
# Of Wingdings what stands in sentences and tables; its pictures have no meaning of their own.
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0xA7: "▪",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "⇐",
    0xE8: "⇒",
    0xF3: "⇔",
    0xFB: "✗",
    0xFC: "✓",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PLACE = re.compile(r"(?:F0|00)?([0-9A-F]{2})", re.IGNORECASE)
"""Word adds F000 to the place, which moves it to where Unicode has nothing of its own."""


def sign_of(font: str, place: str) -> str:
    """Return the sign at a place of a font, given in hexadecimal; "" for one that isn't known here."""
    found = _PLACE.fullmatch(place)
    return _FONTS.get(font.strip().lower(), {}).get(int(found[1], 16), "").strip() if found else ""

"""Formulas in a line of text, as people type them: a/b, x^2, x_1, √(…), from MathML and from Word's OMML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.readers.common.raised import raised

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_FORMULA = 1000  # characters
UNREADABLE = "[formula]"
"""Stands for a formula that can't be written in a line, so that its sentence isn't cited as if whole."""

_OMML = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_SHOWN = {f"{_WORD}{name}" for name in ("del", "moveFrom", "rPr", "instrText")}
_UNWRITTEN = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))  # "function of", "times": meant, not written
_RELATION = re.compile(r"\s*([=≠<>≤≥≈≡≅∼∝∈→⇒⇔±×÷⋅∪∩])\s*")
_BINARY = re.compile(r"(?<=[\w)\]}′])\s*([+−–-])\s*(?=[\w(\[{√∑∫])")
_SMALL_ROOT = re.compile(r"[0-9n]{0,2}")
_ACCENTS = {
    "→": "\u20d7",
    "⃗": "\u20d7",
    "¯": "\u0305",
    "‾": "\u0305",
    "^": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
}


def in_line(formula: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return the formula of a `math` or `oMath` element in a line; a mark for one without any sign."""
    write = _omml if str(formula.tag).startswith(_OMML) else _mathml
    text = _BINARY.sub(r" \1 ", _RELATION.sub(r" \1 ", write(formula).translate(_UNWRITTEN)))
    return " ".join(text.split())[:LONGEST_FORMULA] or UNREADABLE


def _grouped(part: str) -> str:
    """Put a part in brackets, unless it is one sign, one word, or has them."""
    part = part.strip()
    is_whole = len(part) <= 1 or part.isalnum() or (part[0] == "(" and part.find(")") == len(part) - 1)
    return part if is_whole else f"({part})"


def _fraction(above: str, below: str) -> str:
    return f"{_grouped(above)}/{_grouped(below)}"


def _scripts(base: str, below: str, above: str) -> str:
    lowered = f"_{_grouped(below)}" if below.strip() else ""
    return f"{_grouped(base)}{lowered}" + (f"^{_grouped(above)}" if above.strip() else "")


def _root(of: str, degree: str = "") -> str:
    of, degree = of.strip(), degree.strip()
    if _SMALL_ROOT.fullmatch(degree):
        return f"{raised(degree) if degree not in {'', '2'} else ''}√({of})"
    return f"({of})^(1/{_grouped(degree)})"


def _accented(base: str, accent: str) -> str:
    """Return a letter with its accent; over a longer part it is left out."""
    above = _ACCENTS.get(accent.strip(), accent.strip() if accent.strip() in _ACCENTS.values() else "")
    return f"{base}{above}" if len(base) == 1 else base


def _mathml(part: Any) -> str:  # noqa: ANN401
    """Write an element of MathML; the parser's limit of nested elements bounds the recursion."""
    tag = part.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(part.tag, str) else ""
    if not tag or tag in {"mphantom", "mspace"} or tag.startswith("annotation"):
        return " " if tag == "mspace" else ""
    inner = [_mathml(child) for child in part if isinstance(child.tag, str)]
    least, write = _MATHML.get(tag, (0, "".join))
    if inner and len(inner) >= least:
        fenced = (part.get("open", "("), part.get("close", ")")) if tag == "mfenced" else ("", "")
        return f"{fenced[0]}{write(inner)}{fenced[1]}"
    text = " ".join((part.text or "").split())
    return f" {text} " if tag == "mtext" or (len(text) > 1 and tag in {"mi", "mo"}) else text


_MATHML: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda parts: _fraction(parts[0], parts[1])),
    "msup": (2, lambda parts: _scripts(parts[0], "", parts[1])),
    "msub": (2, lambda parts: _scripts(parts[0], parts[1], "")),
    "msubsup": (3, lambda parts: _scripts(*parts[:3])),
    "munderover": (3, lambda parts: f"{_scripts(*parts[:3])} "),
    "munder": (2, lambda parts: f"{_scripts(parts[0], parts[1], '')} "),
    "mover": (2, lambda parts: _accented(parts[0], parts[1])),
    "msqrt": (1, lambda parts: _root("".join(parts))),
    "mroot": (2, lambda parts: _root(parts[0], parts[1])),
    "mtable": (1, lambda parts: f"[{'; '.join(parts)}]"),
    "mtr": (1, ", ".join),
    "mfenced": (1, ", ".join),
}


def _omml(part: Any) -> str:  # noqa: ANN401
    """Write an element of Word's formulas; what was deleted, hidden or is a setting has no text."""
    if not isinstance(part.tag, str) or part.tag in _NOT_SHOWN:
        return ""
    if part.tag in {f"{_OMML}t", f"{_WORD}t"}:
        return part.text or ""
    tag = part.tag.removeprefix(_OMML)
    if tag.endswith("Pr") or (tag == "phant" and _setting(part, "show", "1") in {"0", "off", "false"}):
        return ""
    write = _OMML_PARTS.get(tag)
    return write(part) if write else "".join(map(_omml, part))


def _of(part: Any, name: str) -> str:  # noqa: ANN401
    return "".join(_omml(one) for one in part.iterchildren(f"{_OMML}{name}"))


def _setting(part: Any, name: str, default: str) -> str:  # noqa: ANN401
    found = part.find(f"./{part.tag}Pr/{_OMML}{name}")
    return default if found is None else str(found.get(f"{_OMML}val") or "")


def _omml_fraction(part: Any) -> str:  # noqa: ANN401
    above, below = _of(part, "num"), _of(part, "den")
    return f"{above} over {below}" if _setting(part, "type", "") == "noBar" else _fraction(above, below)


def _omml_root(part: Any) -> str:  # noqa: ANN401
    return _root(_of(part, "e"), _of(part, "deg"))


def _omml_brackets(part: Any) -> str:  # noqa: ANN401
    between = f"{_setting(part, 'sepChr', '|')} "
    inside = between.join(_omml(one) for one in part.iterchildren(f"{_OMML}e"))
    return f"{_setting(part, 'begChr', '(')}{inside}{_setting(part, 'endChr', ')')}"


def _omml_sum(part: Any) -> str:  # noqa: ANN401
    sign = _setting(part, "chr", "∫")
    return f"{_scripts(sign, _of(part, 'sub'), _of(part, 'sup'))} {_of(part, 'e')}"


def _omml_lines(part: Any, between: str) -> str:  # noqa: ANN401
    return between.join(_omml(one) for one in part if not str(one.tag).endswith("Pr"))


_OMML_PARTS: dict[str, Callable[[Any], str]] = {
    "f": _omml_fraction,
    "rad": _omml_root,
    "d": _omml_brackets,
    "nary": _omml_sum,
    "sSup": lambda part: _scripts(_of(part, "e"), "", _of(part, "sup")),
    "sSub": lambda part: _scripts(_of(part, "e"), _of(part, "sub"), ""),
    "sSubSup": lambda part: _scripts(_of(part, "e"), _of(part, "sub"), _of(part, "sup")),
    "sPre": lambda part: f"{_scripts('', _of(part, 'sub'), _of(part, 'sup'))} {_of(part, 'e')}",
    "limLow": lambda part: _scripts(_of(part, "e"), _of(part, "lim"), ""),
    "limUpp": lambda part: _scripts(_of(part, "e"), "", _of(part, "lim")),
    "func": lambda part: f"{_of(part, 'fName')} {_of(part, 'e')}",
    "acc": lambda part: _accented(_of(part, "e"), _setting(part, "chr", "\u0302")),
    "bar": lambda part: _accented(_of(part, "e"), "\u0305"),
    "m": lambda part: f"[{_omml_lines(part, '; ')}]",
    "mr": lambda part: _omml_lines(part, ", "),
    "eqArr": lambda part: _omml_lines(part, "; "),
}

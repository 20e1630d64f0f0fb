"""The frames of composed pairs, read from tools/composed_wordings/*.txt: wordings by meaning.

`# kind` starts a kind, `%` a frame and `%*` one that is kept out of training. `$ v a|b ; c|d` gives rows
of which one is drawn, its fields being {v.a}, {v.b}, …. `x: wording / wording` are wordings of one
meaning, {A} a slot and [this|that] a choice. `> a+b c-d e?f` says that a carries b, c and d deny each
other, and e doesn't say f; `c~d` that c denies d where d is no source (a headline). Meaning a, its
wordings all saying the same, carries itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

Label = Literal["carried", "denied", "not_said"]
SIGNS: dict[str, Label] = {"+": "carried", "-": "denied", "~": "denied", "?": "not_said"}
FOLDER = Path(__file__).parent / "composed_wordings"


@dataclass
class Frame:
    """Wordings by meaning, and the pairs of meanings (source, statement) under each label."""

    kind: str
    kept: bool
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    wordings: dict[str, list[str]] = field(default_factory=dict)
    relations: dict[Label, list[tuple[str, str]]] = field(default_factory=dict)

    def relate(self, said: str, sign: str, asked: str) -> None:
        """Note what a source that means `said` says of a statement that means `asked`."""
        pairs = self.relations.setdefault(SIGNS[sign], [])
        for pair in [(said, asked), (asked, said)][: 2 if sign == "-" else 1]:
            if pair not in pairs and any(not several(each) for each in self.wordings[pair[1]]):
                pairs.append(pair)

    def close(self) -> None:
        """Let the first meaning carry itself where it has two wordings."""
        if len(self.wordings["a"]) > 1:
            self.relate("a", "+", "a")
        self.relations = {label: pairs for label, pairs in self.relations.items() if pairs}


def several(template: str) -> bool:
    """Say whether a wording is more than one sentence, so that it can only be a source."""
    return ". " in re.sub(r"\b(?:Mr|Ms|Dr)\.", "", template)


@cache
def frames() -> list[Frame]:
    """Return all frames. Raises ValueError where a line of the tables can't be read."""
    found: list[Frame] = []
    for path in sorted(FOLDER.glob("*.txt")):
        kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                kind = line[2:].strip()
            elif line.startswith("%"):
                found.append(Frame(kind, kept=line.startswith("%*")))
            elif line.strip():
                _read(line, found[-1])
    for frame in found:
        frame.close()
    return found


def _read(line: str, frame: Frame) -> None:
    if line.startswith("$ "):
        name, rows = line[2:].split(" ", 1)
        frame.rows[name] = [[each.strip() for each in row.split("|")] for row in rows.split(" ; ")]
    elif line.startswith("> "):
        for said, sign, asked in re.findall(r"(\w)([-+~?])(\w)", line):
            frame.relate(said, sign, asked)
    elif re.match(r"\w: ", line):
        frame.wordings.setdefault(line[0], []).extend(each.strip() for each in line[3:].split(" / "))
    else:
        raise ValueError(f"not a line of a frame: {line}")

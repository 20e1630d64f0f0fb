"""Composed pairs of a source and a statement in news wording, with what the one says of the other.

They are examples for a cross-encoder that tells what a source carries from what it denies and what it doesn't
say. Sentences are grouped by meaning (tools/composed_frames.py) and the names, dates and amounts in them are
drawn (tools/composed_words.py), so most wordings occur as source and as statement, under more than one label.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tools.composed_frames import Frame, Label, frames, several
from tools.composed_words import FILLERS, LEADS, World

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARES: dict[Label, float] = {"carried": 0.45, "denied": 0.3, "not_said": 0.25}
FILLED = 0.5  # share of the sources that stand among sentences of no concern
LED = 0.35  # share of the sources that start with an adverbial phrase, where the sentence takes one
NOT_LED = re.compile(
    r"""^(?:["“]|(?:If|After|Before|Because|On|In|Since|Until|Despite|According|There|As|By|When|While|Once|Unless"""
    r"""|Although|Save|Late|Owing|Following|Regardless|For|From|With|Without|It|At|Asked|During|Not|Under|Between|Whether|Had|Thanks|Unlike|What|Never"""
    r"""|Neither|Nowhere|Hardly|Only|Every|Each|Of|Between|Among|Minutes|Hours|Days|Later|Earlier)\b)""",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"\b(?:is|are|has|have|will|can|may|could|might|plans|intends|hopes|wants|says|must|remains|live|lies|stands"
    r"|belongs|employs|makes|owns|would|works|runs|should|earns|costs|needs|uses)\b"
)
STARTS_LOW = re.compile(
    r"(?:The|A|An|All|Some|Most|Nearly|Half|No|None|Members|Police|Fire|Dozens|Over|More|Fewer|Both|Everyone)\b"
)
TIMED = re.compile(
    r"\b(?:[A-Z][a-z]+day|19\d\d|20\d\d|week|month|year|yesterday|last|after|before|since|until|ago|then)\b"
)


@dataclass(frozen=True)
class ComposedPair:
    """A source of one to three sentences, a statement, and what the source says of it."""

    kind: str
    source: str
    statement: str
    label: Label


@cache
def _by_kind(kept: bool) -> dict[str, dict[Label, list[Frame]]]:
    """Return the frames of each kind that can give each label."""
    found: dict[str, dict[Label, list[Frame]]] = {}
    for frame in frames():
        if frame.kept == kept:
            for label in frame.relations:
                found.setdefault(frame.kind, {}).setdefault(label, []).append(frame)
    return found


def kinds() -> list[str]:
    """Return the names of all kinds."""
    return list(dict.fromkeys(frame.kind for frame in frames()))


def composed_pairs(seed: int, count: int, *, kept: bool) -> Iterator[ComposedPair]:
    """Give `count` pairs; those that are kept share neither frames nor names with the others.

    Kinds come equally often, labels by SHARES as far as a kind has them.
    """
    draw = random.Random(f"{seed} {kept}")  # noqa: S311 (examples, not secrets)
    tables = _by_kind(kept)
    for _ in range(count):
        kind = draw.choice(list(tables))
        by_label = tables[kind]
        labels = list(by_label)
        label = draw.choices(labels, [SHARES[each] for each in labels])[0]
        pair = None
        while pair is None:
            pair = _pair(draw.choice(by_label[label]), label, draw, kept=kept)
        yield pair


def _pair(frame: Frame, label: Label, draw: random.Random, *, kept: bool) -> ComposedPair | None:
    """Return a pair of a frame under a label; None where the drawn wordings don't fit each other."""
    said, asked = draw.choice(frame.relations[label])
    world = World(draw, kept=kept, rows=frame.rows)
    template = draw.choice(frame.wordings[said])
    other = draw.choice(frame.wordings[asked])
    tells_more = label == "carried" and not world.told(other) <= world.told(template)
    if several(other) or tells_more or world.filled(other) == world.filled(template):
        return None
    return ComposedPair(frame.kind, _among_others(template, world, draw), world.filled(other), label)


def _among_others(template: str, world: World, draw: random.Random) -> str:
    """Return the source as it may stand in an article."""
    source = world.filled(template)
    if draw.random() < LED and not (NOT_LED.match(source) or PRESENT.search(source) or TIMED.search(source)):
        starts_low = STARTS_LOW.match(source) or world.filled(template, sentence=False)[0].islower()
        source = draw.choice(LEADS) + ", " + (source[0].lower() + source[1:] if starts_low else source)
    if draw.random() < FILLED and len(source.split()) < 34:
        filler = world.filled(draw.choice(FILLERS))
        follows = re.match(r"(?:Its|It|He|She|They|That|This)\b", filler)
        source = f"{source} {filler}" if follows or draw.random() < 0.5 else f"{filler} {source}"
    return source

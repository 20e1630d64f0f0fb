"""Statements in eight other languages: is no false one supported, and how many of the true ones are?

Each language has 14 sentences with two true and two false statements on each (bench/data/other_statements),
written before the check was; other_attacks.txt has false ones written against it. So has
other_attacks_kept_back.txt: 15 of its 40 were supported at first, and what may be left out was narrowed then.
later_statements has ten more German sentences, written before places and dates were read, and
other_attacks_later.txt what was written against that; half of the sentences were not looked at.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = Path(__file__).parent / "data"
STATEMENTS = _DATA / "other_statements"
LATER_STATEMENTS = _DATA / "later_statements"
LATER = ("seen", "kept_back")
ATTACKS = tuple(_DATA / f"other_attacks{name}.txt" for name in ("", "_kept_back", "_later"))
LEAST_TRUE = 0.5
"""Share of the true statements of each language that has to be supported; of the false ones none may be."""
LEAST_LATER = 0.4
"""The same for the German ones that came later, each half."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with its sentence, its language, and whether the sentence says it."""

    language: str
    sentence: str
    text: str
    true: bool

    @property
    def support(self) -> Support:
        """What the check says of it."""
        return check_statement(self.text, [self.sentence]).support


def statements(folder: Path = STATEMENTS) -> Iterator[Stated]:
    """Read the statements: a line with > is a sentence, with = a true statement on it, with ! a false one."""
    for path in sorted(folder.glob("*.txt")):
        sentence = ""
        for line in path.read_text("utf-8").splitlines():
            mark, _, text = line.partition(" ")
            if mark == ">":
                sentence = text
            else:
                yield Stated(path.stem, sentence, text, mark == "=")


def attacks(path: Path) -> Iterator[Stated]:
    """Read false statements: language, sentence, statement."""
    for line in path.read_text("utf-8").splitlines():
        language, sentence, text = line.split("\t")
        yield Stated(language, sentence, text, true=False)


def main() -> int:
    """Print the shares of each language; return 1 where a false one is supported, or too few true ones."""
    every = list(statements())
    parts = [
        (language, [each for each in every if each.language == language], LEAST_TRUE)
        for language in sorted({each.language for each in every})
    ]
    parts += [(f"later, {name}", list(statements(LATER_STATEMENTS / name)), LEAST_LATER) for name in LATER]
    failed = False
    for language, own, least in parts:
        verdicts = {true: [each.support for each in own if each.true is true] for true in (True, False)}
        right = verdicts[True].count(Support.SUPPORTED) / len(verdicts[True])
        wrong = verdicts[False].count(Support.SUPPORTED)
        refused = verdicts[False].count(Support.UNSUPPORTED)
        lost = verdicts[True].count(Support.UNSUPPORTED)
        print(
            f"{language}: supported {right:.2f} of the true, {wrong} of {len(verdicts[False])} false; "
            f"refused {refused} of the false, {lost} of the true"
        )
        failed = failed or right < least or bool(wrong) or bool(lost)
    for path in ATTACKS:
        tried = list(attacks(path))
        wrong = sum(each.support is Support.SUPPORTED for each in tried)
        print(f"{path.stem}: {wrong} of {len(tried)} false statements supported")
        failed = failed or bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""What each rule of the check is worth: without it, which false and true statements pass?

Nobody here wrote the statements of the first six sets: of those that the model has learned from, the third
that was kept back (tools/entailment_examples.py), and two sets that nothing was learned from. A rule stays
where it turns away more false statements than true ones on these, or compares what is exact. The seventh are
claims on invented articles, written to mislead (bench/invented.py); nothing was learned from them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.checking.check import CERTAIN, THRESHOLD
from assistant.checking.entailment import entailments
from assistant.checking.mistakes import RULES, Sources
from assistant.checking.score import probability
from assistant.checking.values import in_their_words
from bench.invented import claims as invented
from bench.metrics import auroc
from bench.support import claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEARNED_FROM = frozenset({"fm2", "oneword", "negation", "wice"})
MOST = 400
"""Statements of each set."""
FLOORS = {
    "fm2": 0.745,
    "oneword": 0.98,
    "negation": 0.76,
    "wice": 0.74,
    "healthver": 0.64,
    "covidfact": 0.61,
    "invented": 0.56,
}
"""AUROC of the model alone that may not be crossed: what was measured first, less about a standard error."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement as the model and the rules see it; `objecting` names the rules that find a mistake."""

    of: str
    true: bool
    carried: float
    objecting: frozenset[str]

    def accepted(self, without: str = "") -> bool:
        """Whether it passes where one rule is left out."""
        return probability(self.carried) >= THRESHOLD and not self.objecting - {without}


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 1 where a floor is crossed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    if not (options.data / "claims").is_dir():
        print(f"{options.data}/claims is not there: name the data folder with --data.", file=sys.stderr)
        return 2
    judged: dict[str, list[Judged]] = defaultdict(list)
    for of, true, statement, sources in by_lot(options.data):
        if len(judged[of]) < MOST:
            judged[of].append(_judge(of, true, statement, sources))
    low = [of for of, some in judged.items() if _told(of, some) < FLOORS[of]]
    _table(judged)
    return int(bool(low))


def _told(of: str, some: Sequence[Judged]) -> float:
    true, false = ([each for each in some if each.true is truth] for truth in (True, False))
    area = auroc([each.carried for each in true], [each.carried for each in false])
    passed = [sum(each.accepted() for each in part) / len(part) for part in (true, false)]
    print(
        f"{of}: AUROC of the model {area:.3f} of {len(some)}; accepted by the check {passed[0]:.2f} of the "
        f"true, {passed[1]:.2f} of the false"
    )
    return area


def _table(judged: dict[str, list[Judged]]) -> None:
    """Print for each rule and set the false and the true statements that it alone turns away."""
    print(f"\n{'false/true turned away by':26}" + "".join(f"{of:>12}" for of in judged))
    for rule in RULES:
        cells = []
        for some in judged.values():
            saved = [each for each in some if each.accepted(rule) and not each.accepted()]
            true = sum(each.true for each in saved)
            cells.append(f"{len(saved) - true}/{true}")
        print(f"{rule:26}" + "".join(f"{cell:>12}" for cell in cells))


def _judge(of: str, true: bool, statement: str, sources: Sources) -> Judged:  # one row
    told = in_their_words(statement, sources.sentences, None)
    title = f"{sources.context[0].rstrip('.')}." if sources.context else ""
    joined = " ".join(sources.sentences)
    carried = entailments((told, told), (joined,), title)[0].carried
    objecting = {name for name, rule in RULES.items() if rule(statement, sources)}
    if probability(carried) >= CERTAIN:
        objecting.discard("denial")  # a second opinion
    return Judged(of, true, carried, frozenset(objecting))


def by_lot(data: Path) -> list[tuple[str, bool, str, Sources]]:
    """Return each statement with its set, whether it is true and its sources, in the same order always."""
    return sorted(_statements(data), key=lambda row: _mark(row[2]))


def _statements(data: Path) -> Iterator[tuple[str, bool, str, Sources]]:
    for name in ("fm2", "pairs", "healthver", "covidfact"):
        with gzip.open(data / "claims" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for item in map(json.loads, lines):
                of = item["set"].split("-", 1)[0]
                if of not in LEARNED_FROM or is_kept(" ".join(item["evidence"])):
                    yield of, item["supported"], item["claim"], Sources(tuple(item["evidence"]))
    for claim in claims(data):
        if claim.sentences and is_kept(" ".join(claim.sentences)):
            yield "wice", claim.supported, claim.text, Sources(claim.sentences, context=claim.context)
    for item in invented():
        for label, claimed in item.claims:
            yield "invented", label == "carried", claimed, Sources(item.sentences, context=(item.title,))


def is_kept(text: str) -> bool:
    """Say whether what is held against this text is only measured on: a third, whatever the order."""
    return _mark(text)[0] % 3 == 0


def _mark(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=4).digest()


if __name__ == "__main__":
    sys.exit(main())

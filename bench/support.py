"""Claims of Wikipedia against their gold sentences (WiCE): are supported ones told from the rest?"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.checking.check import check_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FLOOR = 0.82
"""AUROC that may not be crossed: what twelve features and a logistic regression reached at first."""
META = "(meta data)"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the sentences that an annotator found for it; none where the page says nothing of it."""

    text: str
    sentences: tuple[str, ...]
    context: tuple[str, ...]
    supported: bool


def claims(data: Path) -> list[Claim]:
    """Return the claims of the data, each with all sentences that annotators found for it."""
    with gzip.open(data / "claims" / "wice.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_claim(json.loads(line)) for line in lines]


def _claim(item: dict[str, object]) -> Claim:
    evidence = [str(sentence) for sentence in item["evidence"]]  # type: ignore[attr-defined]
    gold = sorted({place for places in item["supporting_sentences"] for place in places})  # type: ignore[attr-defined]
    about = item["meta"]
    return Claim(
        text=str(item["claim"]),
        sentences=tuple(evidence[place] for place in gold),
        context=(evidence[0].removeprefix(META).strip(), str(about["claim_title"])),  # type: ignore[index]
        supported=item["label"] == "supported",
    )


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the probability that a supported claim scores higher than another, ties counted half."""
    one = np.array([score for score, label in zip(scores, labels, strict=True) if label])
    other = np.array([score for score, label in zip(scores, labels, strict=True) if not label])
    ahead: NDArray[np.float64] = (one[:, None] > other).astype(float) + 0.5 * (one[:, None] == other)
    return float(ahead.mean())


def main(arguments: list[str] | None = None) -> int:
    """Print the AUROC with and without the title as context; return 1 where the floor is crossed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    if not (options.data / "claims").is_dir():
        print(f"{options.data}/claims is not there: name the data folder with --data.", file=sys.stderr)
        return 2
    found = claims(options.data)
    some = [claim for claim in found if claim.sentences]
    lowest = 1.0
    for name, chosen in (("all claims", found), ("claims with gold sentences", some)):
        for title in (False, True):
            scores = [
                check_statement(claim.text, claim.sentences, context=claim.context if title else ()).score
                for claim in chosen
            ]
            area = auroc(scores, [claim.supported for claim in chosen])
            lowest = min(lowest, area) if chosen is found else lowest
            print(f"AUROC {area:.3f} on {len(chosen)} {name}{', title given' if title else ''}")
    return int(lowest < FLOOR)


if __name__ == "__main__":
    sys.exit(main())

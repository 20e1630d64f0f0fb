"""Is the number that the check gives a probability? Where it says .7, are seven in ten statements carried?

Asked of statements that the model has not learned from: two sets without a licence, claims on invented
articles that were written to mislead, the kept-back third of the others, news sentences with planted
mistakes and true rewordings, and the project's own that were put aside. True and false ones count alike in
each, as they did when the scale was fitted.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement
from bench import ablation, denials, planted, statements
from bench.metrics import reliability

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistant.checking.check import Verdict

MOST = 300
"""Statements of each set."""
EACH, SEED = 100, 29
"""Planted mistakes and rewordings of each kind, and their seed: not that of bench.planted."""
KEPT_BACK = (statements.KEPT_BACK, statements.ATTACKS_KEPT_BACK, denials.KEPT_BACK)
NEWS, THIRD, OWN = "news, planted and reworded", "kept-back third of four sets", "own statements kept back"
NAMES = {"healthver": "HealthVer", "covidfact": "COVID-Fact", "invented": "invented to mislead"}
LEAST_RIGHT = 0.95
"""Of news statements shown as supported, the share that has to be right where half are true."""
LEAST_IN_BIN = 8
"""Statements below which a bin says nothing and is not drawn."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the bins of each set, draw them where a file is named; return 1 below the floor."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--plot", type=Path, help="draw the bins into this SVG file")
    options = parser.parse_args(arguments)
    if not (options.data / "claims").is_dir():
        print(f"{options.data}/claims is not there: name the data folder with --data.", file=sys.stderr)
        return 2
    judged: dict[str, list[tuple[bool, Verdict]]] = defaultdict(list)
    for of, true, verdict in _verdicts(options.data):
        judged[of].append((true, verdict))
    bins = {
        of: balanced_bins([(true, verdict.score) for true, verdict in some]) for of, some in judged.items()
    }
    for of, some in bins.items():
        print(f"{of}: " + ", ".join(f"{said:.2f} {right:.2f} ({many})" for said, right, many in some))
    if options.plot:
        draw(options.plot, bins)
    shown = right_among_shown([(true, verdict.support) for true, verdict in judged[NEWS]])
    print(f"shown as supported is right, news, half of them true: {shown:.3f}")
    return int(shown < LEAST_RIGHT)


def balanced_bins(judged: Sequence[tuple[bool, float]]) -> list[tuple[float, float, int]]:
    """Return each bin's mean score, the share that was true and the count, true and false counted alike."""
    of_all = mean(true for true, _ in judged)
    found = []
    for said, share, many in reliability([score for _, score in judged], [true for true, _ in judged]):
        one, other = share / of_all, (1 - share) / (1 - of_all)
        found.append((said, one / (one + other), many))
    return found


def right_among_shown(judged: Sequence[tuple[bool, Support]]) -> float:
    """Return the share of true ones among those shown as supported, true and false counted alike."""
    passed = [
        mean(support is Support.SUPPORTED for is_true, support in judged if is_true is true)
        for true in (True, False)
    ]
    return passed[0] / sum(passed)


def draw(path: Path, bins: Mapping[str, Sequence[tuple[float, float, int]]]) -> None:
    """Draw the share that was true against the score given; on the diagonal they agree."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "footnote"  # the same figures give the same file
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(4.8, 4.2), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for (name, found), marker in zip(bins.items(), "os^vDP", strict=True):
        drawn = [(said, share) for said, share, many in found if many >= LEAST_IN_BIN]
        axes.plot([said for said, _ in drawn], [share for _, share in drawn], marker=marker, label=name)
    axes.set(
        xlabel="score of the check", ylabel="share of statements that are true", xlim=(0, 1), ylim=(0, 1)
    )
    axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _verdicts(data: Path) -> Iterator[tuple[str, bool, Verdict]]:
    for case in planted.cases(data, each=EACH, seed=SEED):
        title = (case.title,) if case.title else ()
        verdict = check_statement(case.statement, case.sources, published=case.published, context=title)
        yield NEWS, case.true, verdict
    counted: dict[str, int] = defaultdict(int)
    for of, true, statement, sources in ablation.by_lot(data):
        counted[of] += 1
        if counted[of] <= MOST:
            verdict = check_statement(statement, sources.sentences, context=sources.context)
            yield NAMES.get(of, THIRD), true, verdict
    for path in KEPT_BACK:
        for _, true, verdict in statements.verdicts(path):
            yield OWN, true, verdict


if __name__ == "__main__":
    sys.exit(main())

"""What the outputs of a classifier of pairs mean, by the labels in its own configuration.

Three outputs are entailment, contradiction and neutral, in any order and under the names that models give
them; two are carried and not. A model whose labels say nothing ("LABEL_0") is refused: guessing would turn
verdicts round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from assistant.language.lexicon import listed
from ingest import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PairReading: TypeAlias = tuple[float, float, float]
"""Probabilities, 0 to 1, that a text carries a statement, denies it, and does not say it; their sum is 1."""

CARRIED = frozenset(
    listed("carried consistent correct entailed entailment entails factual faithful supported supports")
)
_DENIED = frozenset(listed("contradicted contradiction contradictory contradicts denied refuted refutes"))
NOT_SAID = frozenset(
    listed(
        """nei neutral non_entailment not_enough_info not_entailed not_entailment not_said not_supported
        unsupported"""
    )
)
NOT_CARRIED = _DENIED | NOT_SAID | frozenset(listed("hallucinated inconsistent incorrect unfaithful"))
MINICHECK = "minicheck"
"""Its models have two outputs without names, of which the second is "supported" (Tang et al. 2024)."""
_UNNAMED = ("label_0", "label_1")
THREE = 3
LONGEST_LABELS = 200  # signs of a model's labels that an error repeats
UNREADABLE: PairReading = (0.0, 0.0, 1.0)
"""What is read where a model gives no numbers."""


@dataclass(frozen=True, slots=True)
class Head:
    """The places of a model's outputs. `denied` is None where a model knows only carried and not."""

    carried: int
    denied: int | None
    outputs: int

    def readings(self, logits: NDArray[np.float64]) -> list[PairReading]:
        """Return what logits of shape (pairs, outputs) say.

        Raises:
            SettingsError: the model has not as many outputs as labels.
        """
        if logits.ndim != 2 or logits.shape[1] != self.outputs:  # noqa: PLR2004  # pairs and outputs
            raise SettingsError(
                f"The model that FOOTNOTE_CHECKER names has {self.outputs} labels and another number of "
                "outputs. Choose a classifier of pairs, such as an NLI cross-encoder."
            )
        return [self._reading(row) for row in logits]

    def _reading(self, row: NDArray[np.float64]) -> PairReading:
        if not np.isfinite(row).all():
            return UNREADABLE
        weights = np.exp(row - row.max())
        shares = weights / weights.sum()
        carried = float(shares[self.carried])
        denied = 0.0 if self.denied is None else float(shares[self.denied])
        return carried, denied, max(0.0, 1 - carried - denied)


def head_of(model: str, labels: Sequence[str]) -> Head:
    """Tell from a model's labels, in the order of its outputs, which is which.

    Raises:
        SettingsError: they don't say it.
    """
    names = [label.strip().lower().replace("-", "_").replace(" ", "_") for label in labels]
    if MINICHECK in model.lower() and tuple(names) == _UNNAMED:
        return Head(1, None, 2)
    carried = [place for place, name in enumerate(names) if name in CARRIED]
    denied = [place for place, name in enumerate(names) if name in _DENIED]
    if len(carried) == 1 and len(names) == THREE and len(denied) == 1:
        if any(name in NOT_SAID for name in names):
            return Head(carried[0], denied[0], THREE)
    elif len(carried) == 1 and len(names) == THREE - 1 and any(name in NOT_CARRIED for name in names):
        return Head(carried[0], None, len(names))
    told = ", ".join(labels)[:LONGEST_LABELS] or "none"
    raise SettingsError(
        f"The model {model} that FOOTNOTE_CHECKER names does not say which of its outputs means that a text "
        f"carries a statement (its labels are {told}). Choose one whose config.json has them in id2label as "
        "entailment, contradiction and neutral, or as supported and not_supported; or write them there in a "
        "copy on this machine, and name its folder."
    )

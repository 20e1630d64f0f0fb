"""The bench of the check's probability: bins and shares in which true and false ones count alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answers import Support
from bench.calibration import balanced_bins, draw, right_among_shown

if TYPE_CHECKING:
    from pathlib import Path


def test_true_and_false_statements_count_alike_in_a_bin() -> None:
    """One true of four, and all in one bin: the share is a half, however few the true ones are."""
    ((said, share, many),) = balanced_bins([(True, 0.1), (False, 0.1), (False, 0.1), (False, 0.1)])
    assert [said, share] == pytest.approx([0.1, 0.5])
    assert many == 4


def test_right_among_shown_does_not_depend_on_how_many_are_true() -> None:
    shown, not_shown = Support.SUPPORTED, Support.UNSUPPORTED
    judged = [(True, shown), (False, shown), (False, not_shown), (False, not_shown), (False, not_shown)]
    assert right_among_shown(judged) == pytest.approx(0.8)


def test_bins_of_few_statements_are_not_drawn(tmp_path: Path) -> None:
    """The plot of a set with a large and a tiny bin is that of the large bin alone."""
    large, tiny = (0.9, 0.8, 50), (0.1, 0.0, 2)
    rest = {name: [large] for name in "bcdef"}
    draw(tmp_path / "both.svg", {"a": [tiny, large], **rest})
    draw(tmp_path / "large.svg", {"a": [large], **rest})
    assert (tmp_path / "both.svg").read_bytes() == (tmp_path / "large.svg").read_bytes()

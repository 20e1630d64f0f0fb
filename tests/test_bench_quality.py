"""The figures of bench/quality.py, and its floors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench.metrics import auroc, average_precision, f1, ndcg, recall, reciprocal_rank, reliability
from bench.quality import FLOORS_FILE, checksums, crossed

if TYPE_CHECKING:
    from pathlib import Path

RANKING = [False, True, False, True]


def test_ranking_figures() -> None:
    """Right at places 2 and 4: precision 1/2 at both, the first after one wrong."""
    assert average_precision(RANKING) == 0.5
    assert reciprocal_rank(RANKING) == 0.5
    assert ndcg([True, False], 2) == 1.0
    assert round(ndcg([False, True], 2), 3) == 0.631
    assert average_precision([False]) == reciprocal_rank([False]) == ndcg([False], 1) == 0.0


def test_one_of_several_sets_is_enough() -> None:
    """Of gold sets that each suffice, the one found best counts."""
    assert recall([3, 1, 2], [[1, 2], [3]], 1) == 1.0
    assert recall([1, 3, 2], [[1, 2], [4, 5]], 2) == 0.5
    assert recall([1], [[]], 1) == 0.0


def test_precision_and_recall() -> None:
    """Two chosen, one of them right, of three that are."""
    assert f1([0, 1], [1, 2, 3]) == pytest.approx((0.5, 1 / 3, 0.4))
    assert f1([0], [1]) == (0.0, 0.0, 0.0)


def test_auroc_counts_pairs() -> None:
    """Of four pairs two are in order and one is level."""
    assert auroc([0.9, 0.5], [0.5, 0.6]) == 0.625


def test_reliability_is_by_bin() -> None:
    """Probabilities of a bin are held against how often they were right."""
    assert reliability([0.1, 0.1, 1.0], [False, True, True], bins=2) == [(0.1, 0.5, 2), (1.0, 1.0, 1)]


def test_a_floor_is_crossed() -> None:
    """Only figures that were measured and lie below their floor are named."""
    floors = {name: {"least": 0.5, "why": ""} for name in ("low", "level", "absent")}
    assert crossed({"low": 0.49, "level": 0.5, "other": 0.0}, floors) == ["low"]


def test_missing_data_is_no_match(tmp_path: Path) -> None:
    """A file that is not there has no checksum, so no floor is judged on other data by mistake."""
    assert checksums(tmp_path, ["a.gz"]) == {"a.gz": ""}


def test_every_floor_has_a_reason_and_lies_close() -> None:
    """A floor names the figure it was set by and why, and is at most two standard errors (.07) below it."""
    stored = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    assert all(len(checksum) == 64 for checksum in stored["data"].values())
    for name, floor in stored["floors"].items():
        assert floor["why"], name
        assert floor["figure"] - 0.07 <= floor["least"] <= floor["figure"], name

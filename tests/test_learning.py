"""How the models of tools/fit_models.py are learned."""

from __future__ import annotations

import numpy as np
import pytest

from tools.learning import fit_chance, fit_choice


def drawn(seed: int, count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Questions of which half are answerable, and two signs that say much the same of it."""
    random = np.random.default_rng(seed)
    right = np.arange(count) % 2 == 0
    strength = right + random.normal(0, 0.8, count)
    return np.column_stack([strength + random.normal(0, 0.1, count), strength]), right


def test_signs_that_agree_share_the_weight() -> None:
    """Of two signs that say the same, the slightly better one doesn't take all the weight."""
    rows, right = drawn(seed=1)
    found = fit_chance(rows, right, ("one", "other"))
    assert found["one"] / found["other"] == pytest.approx(1.0, abs=0.15)


def test_the_outcome_is_a_probability() -> None:
    """However strong the penalty, the mean probability in each half is the share that was right there."""
    rows, right = drawn(seed=2, count=4_000)
    found = fit_chance(rows, right, ("one", "other"))
    chance = 1 / (1 + np.exp(-found["bias"] - rows @ [found["one"], found["other"]]))
    for there in (chance < 0.5, chance >= 0.5):
        assert chance[there].mean() == pytest.approx(right[there].mean(), abs=0.03)


def test_a_sign_never_speaks_against_an_answer() -> None:
    """A sign that is higher where there is no answer gets no weight instead of a negative one."""
    rows, right = drawn(seed=3)
    found = fit_chance(np.column_stack([rows[:, 0], -rows[:, 1]]), right, ("for", "against"))
    assert found["for"] > 0.0
    assert found["against"] == 0.0


def test_the_right_candidate_gets_the_weight() -> None:
    """What tells the right candidate from the others is weighed; what is left out or set by hand stays so."""
    rows = np.array([[1, 5, 0], [0, 5, 1], [0, 5, 1]], np.float32)
    right = np.array([True, False, False])
    found = fit_choice(
        [(rows, right)] * 4, ("tells", "same", "out"), by_hand={"same": 2.0}, leave_out=("out",)
    )
    assert found["tells"]["weight"] > 0.0
    assert found["same"] == {"mean": 0.0, "scale": 1.0, "weight": 2.0}
    assert found["out"]["weight"] == 0.0

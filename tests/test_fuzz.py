"""Any bytes at every door, for a moment; `python -m bench.fuzz` goes on for as long as it is told to."""

from __future__ import annotations

import pytest

from bench.fuzz import DOORS, Tried, checked


@pytest.mark.parametrize("door", DOORS)
def test_nothing_breaks_a_door(door: str) -> None:
    """Whatever comes in, nothing comes out but articles, values and errors of ours."""
    checked(door, examples=25, found=Tried())()

"""Built pages, shown by the browser: what is read from them is what stands there."""

from __future__ import annotations

import os

import pytest

from bench.built import F1_FLOOR, measure
from bench.fragments import following
from tools.browser import ADVICE, find_browser

pytestmark = pytest.mark.browser


def test_every_sentence_that_is_read_stands_on_its_page() -> None:
    """With captions, tables, notes, struck words, times and offers around it."""
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(ADVICE)
    with following() as page:
        found = measure(page, 12, 3)
    assert found.unfound == []
    assert found.sentences > 100
    assert found.f1 >= F1_FLOOR, found.worst[0]

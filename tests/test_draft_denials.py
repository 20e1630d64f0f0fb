"""A sentence is the reverse of a draft's statement only where it has the statement's words in order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.answers import Support
from assistant.checking.check import Verdict
from assistant.drafting.candidates import CheckedSentence
from assistant.drafting.differing import REVERSED, otherwise

DENIED = Verdict(Support.UNSUPPORTED, 0.2, "the source says the reverse", denied=True)


def _candidate(told: str) -> CheckedSentence:
    item = cast("Any", SimpleNamespace(article=SimpleNamespace(published=None)))
    return CheckedSentence(item, told, (), DENIED)


@pytest.mark.parametrize(
    ("told", "reversed_"),
    [
        ("The owners of the mill need not answer to the council for the leak.", True),
        ("For the leak, the council said, the mill must answer, and with it the owners.", False),
    ],
    ids=["the same words in order", "the same words otherwise"],
)
def test_the_model_alone_tells_a_reverse_only_of_the_same_words_in_order(told: str, reversed_: bool) -> None:
    found = otherwise("The owners of the mill must answer to the council for the leak.", [_candidate(told)])
    assert (found is not None and found.reason == REVERSED) is reversed_

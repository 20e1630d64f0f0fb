"""What a denial reaches: the check holds what one side denies against what the other says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import Support, check_statement
from bench.denials import FLOORS, shares

if TYPE_CHECKING:
    from pathlib import Path

MISREAD = pytest.mark.xfail(strict=True, reason="the model reads it otherwise")
CARRIED = [
    pytest.param("Emil Karas kept the light.", "Emil Karas no longer keeps the light.", marks=MISREAD),
    pytest.param("The town refused the offer.", "The town turned the offer down.", marks=MISREAD),
    pytest.param(
        "The strike went ahead despite the offer.",
        "The strike was not called off despite the offer.",
        marks=MISREAD,
    ),
    ("The lock was not broken.", "The lock was unbroken."),
    ("He finished on time.", "It was not impossible, and he finished on time."),
    pytest.param("Norway did not sign.", "All states except Norway signed.", marks=MISREAD),
    pytest.param(
        "The treaty entered into force in 1994.",
        "The treaty did not enter into force until 1994.",
        marks=MISREAD,
    ),
    pytest.param("Most voters did not know of the change.", "Few voters knew of the change.", marks=MISREAD),
    ("Police seized a van.", "Police did not find the gun, but they seized a van."),
]
DENIED = [
    ("Emil Karas keeps the light.", "Emil Karas no longer keeps the light."),
    ("Everyone in the hamlet was told.", "Not everyone in the hamlet was told."),
    ("The panel has published its report.", "The panel has yet to publish its report."),
    ("The strike was called off.", "The strike was not called off."),
    ("The court upheld the verdict.", "The court overturned the verdict."),
    ("The lock was broken.", "The lock was unbroken."),
    ("It is impossible to finish by June.", "It is not impossible to finish by June."),
    ("Norway signed the pact.", "All states except Norway signed the pact."),
    ("The museum sold the vase.", "It is false that the museum sold the vase, its director said."),
    ("Doses were wasted.", "No doses were wasted."),
    pytest.param("The plan was neither cheap nor quick.", "The plan was cheap but not quick.", marks=MISREAD),
    ("The council banned the fair.", "Unlike its rival, the council did not ban the fair."),
    ("Many people came.", "Hardly anyone came."),
    ("The crew had food until the end.", "The crew ran out of food before the end."),
]


@pytest.mark.parametrize(("statement", "source"), CARRIED)
def test_what_follows_from_a_denial_is_supported(statement: str, source: str) -> None:
    """The same said with another denial, with the reverse word, or beside the denial, is carried."""
    verdict = check_statement(statement, [source])
    assert verdict.support is Support.SUPPORTED, verdict.reason


@pytest.mark.parametrize(("statement", "source"), DENIED)
def test_what_the_source_denies_is_not_supported(statement: str, source: str) -> None:
    """Whichever words deny it, and on whichever side they stand."""
    assert check_statement(statement, [source]).support is Support.UNSUPPORTED


@pytest.mark.parametrize("path", FLOORS, ids=lambda path: path.stem)
def test_the_battery_of_denials_holds(path: Path) -> None:
    """Of 100 denied statements few pass, of 100 true ones few are rejected, in either half."""
    accepted, rejected = shares(path)
    most_accepted, most_rejected = FLOORS[path]
    assert accepted <= most_accepted + 1e-9
    assert rejected <= most_rejected + 1e-9

"""Reasons of the check and faults of a model, put together of parts, in the language of the page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.answers import Support
from assistant.checking.check import NO_WORDS_REASON, NOT_ENGLISH, REVERSE_REASON
from assistant.checking.mistakes import Sources, find_mistakes
from assistant.drafting.differing import of_draft
from assistant.providers.model_choice import SERVERS_OWN
from assistant.providers.provider_errors import FaultKind, ProviderFault
from assistant.web.html.page_words import ENGLISH, LANGUAGES
from assistant.writing.judgements import Judgement, Label, decided
from assistant.writing.notices import quoted_notice, shown_notices
from assistant.writing.verify import (
    ASKS,
    BROKEN_OFF,
    CORRECTED_REASON,
    ECHOES,
    FOUND_ELSEWHERE,
    SUPPOSES,
    Checked,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from assistant.writing.judgements import Way

pytestmark = pytest.mark.browser

BENCH = Path(__file__).parents[2] / "bench" / "data"
MANY_REASONS = 60
IN_GERMAN = {
    "The answer is incomplete: it had too many requests; it can be asked again in 1 minute.": (
        "Die Antwort ist unvollständig: zu viele Anfragen. In 1 Minute kann wieder gefragt werden."
    ),
    "one source says so, another does not: the source says the reverse": (
        "Eine Quelle sagt es, eine andere nicht: Die Quelle sagt das Gegenteil"
    ),
    "no sentence of the articles says so; of the nearest one: 1,200 is not in the cited sentences": (
        "Kein Satz der Artikel sagt das. Zum ähnlichsten Satz: 1,200 steht nicht in den zitierten Sätzen"
    ),
    "the source says all but 3, the draft says all": (
        "In der Quelle steht „alle bis auf 3“, im Entwurf „alle“"
    ),
    "the source says so; 9 is not in the source; the source says otherwise (“a; b”), says the model": (
        "Die Quelle sagt es. 9 steht nicht in der Quelle. Das Modell: Die Quelle sagt etwas anderes („a; b“)"
    ),
    "“a b” and “c” have changed places; “d” does not stand so in the source": (
        "„a b“ und „c“ haben die Plätze getauscht. „d“ steht so nicht in der Quelle"
    ),
    "it cites no sentence · It first read: “Nine · came.”": (
        "Die Aussage zitiert keinen Satz · Zuerst stand da: „Nine · came.“"
    ),
}
ENGLISH_LEFT = re.compile(
    r"\b(?:the (?:source|answer|draft|cited|model)|it (?:is|cites|can)|says|does not)\b"
)
QUOTED = re.compile(r"“.*?”")
SHOWN = """async (texts) => {
  const told = texts.map((text) => {
    const one = document.createElement("p");
    one.className = "notice";
    one.textContent = text;
    return one;
  });
  document.querySelector(".fn-page").append(...told);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return told.map((one) => one.textContent);
}"""
"""Add notices to the page; return what they say once they are painted."""


def test_what_is_put_together_is_said_part_by_part(chat: str, open_page: Callable[..., Page]) -> None:
    """Whole phrases, one within another; words of articles and numbers in them stay as they are written."""
    page = open_page(chat, locale="de")
    page.locator(".welcome-place [lang=de]").first.wait_for()
    assert page.evaluate(SHOWN, [*IN_GERMAN]) == [*IN_GERMAN.values()]


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != ENGLISH])
def test_no_reason_stays_english(chat: str, open_page: Callable[..., Page], language: str) -> None:
    """Neither of what rules find in sentences written to attack them, nor of checks that disagree."""
    reasons = [*dict.fromkeys((*found_by_rules(), *told_otherwise()))]
    assert len(reasons) > MANY_REASONS
    page = open_page(chat, locale=language)
    page.locator(f".welcome-place [lang={language}]").first.wait_for()
    for reason, said in zip(reasons, page.evaluate(SHOWN, reasons), strict=True):
        left = ENGLISH_LEFT.search(said)
        assert said != reason
        assert left is None or left[0] in " ".join(QUOTED.findall(reason)), (reason, said)


def found_by_rules() -> Iterator[str]:
    """Yield what is told of the statements that were written to attack the check, in answers and drafts."""
    sources = Sources(())
    for path in sorted(BENCH.glob("*attacks*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("> "):
                sources = Sources((line[13:],), date.fromisoformat(line[2:12]))
            elif line[:1] in {"=", "!"}:
                for mistake in find_mistakes(line[2:], sources):
                    yield from (mistake.reason, of_draft(mistake.reason))


def told_otherwise() -> Iterator[str]:
    """Yield the reasons that have no rule, those of two checks, and the notices of what a provider did."""
    foreign = [verdict.reason for verdict in NOT_ENGLISH.values()]
    yield from (REVERSE_REASON, NO_WORDS_REASON, BROKEN_OFF, ECHOES, SUPPOSES, ASKS, FOUND_ELSEWHERE)
    yield from (CORRECTED_REASON, *foreign, f"one source says so, another does not: {REVERSE_REASON}")
    ways: list[tuple[Support, Way, str | None]] = [
        (Support.SUPPORTED, "both", None),
        (Support.UNSUPPORTED, "model", None),
        (Support.UNCHECKED_LANGUAGE, "both", "1,200 is not in the source"),
    ]
    for support, way, wrong in ways:
        for label in Label:
            statement = Checked("Nine came.", ("1",), support, 0.9, foreign[0])
            judged = decided(statement, Judgement(label, "nine of them"), way=way, wrong=wrong)
            yield judged.reason
    for kind in FaultKind:
        fault = ProviderFault(kind, wait=90)
        yield quoted_notice(SERVERS_OWN, (), fault)
        yield from shown_notices((), fault, drop=False)

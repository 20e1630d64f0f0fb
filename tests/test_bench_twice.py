"""The bench for what is shown twice finds it, in a card as the page gets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakechat import ANSWERED, FERRY, POST, FakeChat

from assistant.web.html.turns import whole_html
from bench.twice import Shown, twice


def shown(html: str) -> Shown:
    """Read a card."""
    found = Shown()
    found.feed(html)
    return found


def test_quotations_and_sources_of_a_card_are_found() -> None:
    """Each once in an answer as it is, and twice where the card stands there twice."""
    article = FakeChat(Path("unused")).article
    html = whole_html(replace(ANSWERED, consulted=()), article, seconds=0.1)
    once = shown(html)
    assert [each.partition("harbour")[0].partition("inland")[0] for each in once.sources] == [
        FERRY.title.casefold(),
        POST.title.casefold(),
    ]
    assert set(once.quotations) == {item.quote.casefold() for item in ANSWERED.citations}
    assert twice(once.quotations) | twice(once.sources) == set()
    assert twice(shown(html + html).quotations) == set(once.quotations)
    assert len(twice(shown(html + html).sources)) == 2

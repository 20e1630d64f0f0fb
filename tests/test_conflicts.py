"""Which sentences of different articles contradict each other, and which only look as if they did."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conflicts.disagreements import brought_in, disagreements
from assistant.conflicts.same_event import Telling
from assistant.retrieval.found import Ranked
from ingest import Article, split_sentences

PLANTED = json.loads((Path(__file__).parent / "data" / "conflicts.json").read_text("utf-8"))
# Measured on pairs written for this purpose; a disagreement that is none is worse than one not seen.
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.80

NINE = Telling(
    text="Nine people were injured in the fire on the ferry Marta Lind, the lifeboat station said.",
    title="Ferry burns off Gull Point",
    article="a",
    group="a",
    source="Gazette",
    published=date(2026, 5, 3),
)
SIX = Telling(
    text="Six people were hurt in the fire on the ferry Marta Lind, the harbour authority said.",
    title="Ferry fire: six hurt",
    article="b",
    group="b",
    source="Post",
    published=date(2026, 5, 4),
)


def of(told: Telling, **changes: object) -> Telling:
    fields = ("text", "title", "article", "group", "source", "published", "article_text")
    return Telling(**{**{name: getattr(told, name) for name in fields}, **changes})


def test_planted_conflicts() -> None:
    """Of pairs that do and do not contradict each other, hardly any is called wrong and most are seen."""
    found = {True: 0, False: 0}
    for item in PLANTED:
        told = [
            Telling(**item[which], article=which, group=which, published=date(2026, 5, 4))
            for which in ("one", "other")
        ]
        found[item["conflict"]] += bool(disagreements(told))
    assert found[True] / (found[True] + found[False]) >= LEAST_PRECISION
    assert found[True] / sum(item["conflict"] for item in PLANTED) >= LEAST_RECALL


def test_both_are_told_the_newest_first() -> None:
    """A conflict has what each sentence says, as it is written there, and begins with the later report."""
    (found,) = disagreements([NINE, SIX])
    assert (found.places, found.values) == ((1, 0), ("Six people", "Nine people"))
    assert found.about == "the number of people hurt"
    assert found.superseded is False


def test_a_source_corrects_itself() -> None:
    """A later number of the same source supersedes its earlier one."""
    (found,) = disagreements([NINE, of(SIX, source="Gazette")])
    assert found.superseded is True
    (same_day,) = disagreements([NINE, of(SIX, source="Gazette", published=NINE.published)])
    assert same_day.superseded is False


def test_copies_are_one_voice() -> None:
    """Near-duplicates neither contradict each other nor make a value heavier."""
    assert disagreements([NINE, of(SIX, group="a")]) == []
    (found,) = disagreements([NINE, SIX, of(NINE, article="c", group="c", source="Daily")])
    assert len(found.values) == len(found.places) == 2


def test_one_article_does_not_contradict_itself() -> None:
    """Sentences of one article are not held against each other."""
    assert disagreements([NINE, of(SIX, article="a")]) == []


def test_another_year_is_another_event() -> None:
    """Reports that lie months apart are not of one event."""
    assert disagreements([NINE, of(SIX, published=date(2025, 5, 4))]) == []


def test_names_must_be_known() -> None:
    """A ferry that the other article has never heard of is another ferry."""
    other = of(SIX, text=SIX.text.replace("Marta Lind", "Blue Star"), title="Blue Star burns")
    assert disagreements([NINE, other]) == []


def test_numbered() -> None:
    """As part of an answer it names footnotes; what is not shown is left out."""
    (found,) = disagreements([NINE, SIX])
    conflict = found.numbered((1, 2))
    assert (conflict.citations, conflict.values) == ((1, 2), ("Six people", "Nine people"))
    moved = found.moved({0: 4, 1: 2})
    assert moved is not None
    assert moved.places == (2, 4)
    assert found.moved({0: 4}) is None


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_sentences(texts: list[str]) -> None:
    """Whatever the sentences say, the values of a conflict are slices of them."""
    told = [Telling(text, article=str(place), group=str(place)) for place, text in enumerate(texts)]
    for found in disagreements(told):
        assert all(value in texts[place] for place, value in zip(found.places, found.values, strict=True))


@pytest.mark.parametrize("number", ["eleven", "1,200", "2.4 million", "38"])
def test_values_are_slices(number: str) -> None:
    """What a conflict says a sentence says stands there word for word."""
    other = of(SIX, text=SIX.text.replace("Six", number))
    (found,) = disagreements([NINE, other])
    assert found.values[0] in other.text
    assert number in found.values[0]


def test_reports_six_weeks_apart_tell_of_other_things() -> None:
    """A later number is what has become of it, or another fire: 45 days are the most between two reports."""
    for days, conflicts in ((44, 1), (46, 0)):
        later = of(SIX, published=date(2026, 5, 3) + timedelta(days))
        assert len(disagreements([NINE, later])) == conflicts


def test_a_day_that_differs_is_found_where_all_else_is_alike() -> None:
    """Two reports in nearly the same words give two days; with other numbers they are two matters."""
    one = of(
        NINE, text="The Marta Lind ferry fire began on 2 May off Gull Point, the harbour authority said."
    )
    other = of(SIX, text=one.text.replace("2 May", "3 May"))
    (found,) = disagreements([one, other])
    assert (found.about, found.values) == ("the day", ("3 May", "2 May"))


def test_numbers_of_other_months_and_days_differ_by_right() -> None:
    """A count of April is not held against one of May, nor Monday's against Sunday's."""
    for when in (("in April", "in May"), ("on Sunday", "on Monday"), ("on 2 May", "on 3 May")):
        told = [
            of(known, text=known.text.replace(" in the fire", f" {day} in the fire"))
            for known, day in zip((NINE, SIX), when, strict=True)
        ]
        assert disagreements(told) == []


def test_what_only_the_first_twelve_say_is_held_against_each_other() -> None:
    """A sentence beyond the twelfth brings in nothing, one within it does; three at the most are added."""
    filler = [
        Article(
            text=f"Nothing else burned in place{number}.", title="x", origin=f"{number}", source=f"{number}"
        )
        for number in range(12)
    ]
    articles = [_article(NINE), *filler, _article(SIX)]
    pool = [Ranked(item, split_sentences(item.text)[0], 9.0 - at) for at, item in enumerate(articles)]
    assert brought_in(pool[:1], pool) == (pool[:1], [])
    near = [*pool[:11], pool[-1]]
    shown, found = brought_in(pool[:1], near)
    assert ([item.sentence.text for item in shown], len(found)) == ([NINE.text, SIX.text], 1)
    others = [
        _article(of(SIX, text=SIX.text.replace("Six", word), article=word, source=word))
        for word in ("Six", "Seven", "Eight", "Ten", "Eleven")
    ]
    many = [pool[0], *(Ranked(item, split_sentences(item.text)[0], 5.0) for item in others)]
    assert len(brought_in(many[:1], many)[0]) == 1 + 3


def _article(told: Telling) -> Article:
    return Article(
        text=told.text, title=told.title, origin=told.article, source=told.source, published=told.published
    )

"""Small plots of the library as inline SVG: articles over time, articles by source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assistant.web.html.display_text import MONTH_NAMES, number_with_noun
from assistant.web.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from assistant.web.html.elements import Html

BY_DAY, BY_MONTH = 120, 60 * 31  # spans in days up to which a bar is a day, a month; then it is a year
WIDTH, HEIGHT = 640, 72  # of the drawing; the page scales it
GAP = 0.15  # of a bar's place
LEAST = 2  # pixels: one article among a thousand is still seen
MOST_SOURCES_PLOTTED = 12  # more rows would not be read

Bucket = tuple[int, ...]


def timeline_html(days: Sequence[date], matching: Sequence[date] | None = None) -> Html | None:
    """Plot articles over time, those that match in the accent colour; None without a dated article."""
    if not days:
        return None
    size = _size(days)
    everything, chosen = _counted(days, size), _counted(days if matching is None else matching, size)
    buckets = _between(min(everything), max(everything))
    tallest, place = max(everything.values()), WIDTH / len(buckets)
    bars = [
        _bar(kind, index * place, place, number / tallest, _title(bucket, number, kind))
        for index, bucket in enumerate(buckets)
        for kind, number in (("all", everything[bucket]), ("match", chosen[bucket]))
        if number
    ]
    first, last = min(days), max(days)
    named = f"{number_with_noun(len(days if matching is None else matching), 'article')} over time"
    return element(
        "figure",
        element(
            "svg",
            *bars,
            viewbox=f"0 0 {WIDTH} {HEIGHT}",
            role="img",
            aria_label=named,
            preserveaspectratio="none",
        ),
        element(
            "figcaption",
            element("span", _spoken(_bucket(first, 3))),
            element("span", _spoken(_bucket(last, 3))),
        ),
        class_="timeline",
    )


def sources_html(names: Iterable[str]) -> Html | None:
    """Plot how many articles each source has, the largest first; None where there is no article."""
    counted = Counter(names).most_common()
    if not counted:
        return None
    most = counted[0][1]
    rows = [
        element(
            "li",
            element("span", name, class_="source-name", dir="auto"),
            element(
                "progress",
                value=number,
                max=most,
                aria_label=f"{name}: {number_with_noun(number, 'article')}",
            ),
            element("span", f"{number:,}", class_="number-of"),
        )
        for name, number in counted[:MOST_SOURCES_PLOTTED]
    ]
    more = len(counted) - len(rows)
    rest = element("li", f"and {number_with_noun(more, 'other source')}", class_="notice") if more else None
    return element("ul", *rows, rest, class_="by-source")


def _size(days: Sequence[date]) -> int:
    """Return how many numbers name a bar: year, year and month, or the day."""
    span = (max(days) - min(days)).days
    if span <= BY_DAY:
        return 3
    return 2 if span <= BY_MONTH else 1


def _bucket(day: date, size: int) -> Bucket:
    return (day.year, day.month, day.day)[:size]


def _counted(days: Iterable[date], size: int) -> Counter[Bucket]:
    return Counter(_bucket(day, size) for day in days)


def _between(first: Bucket, last: Bucket) -> list[Bucket]:
    """List every bucket from the first to the last, so that silence is seen too."""
    if len(first) == 1:
        return [(year,) for year in range(first[0], last[0] + 1)]
    if len(first) == 2:  # noqa: PLR2004  # year and month
        months = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
        return [(month // 12, month % 12 + 1) for month in months]
    from datetime import date, timedelta

    start, end = date(*first), date(*last)
    days = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return [_bucket(day, 3) for day in days]


def _bar(kind: str, left: float, place: float, share: float, title: str) -> Html:
    tall = max(share * HEIGHT, LEAST)
    return element(
        "rect",
        element("title", title),
        x=f"{left + place * GAP / 2:.2f}",
        y=f"{HEIGHT - tall:.2f}",
        width=f"{place * (1 - GAP):.2f}",
        height=f"{tall:.2f}",
        class_=kind,
    )


def _title(bucket: Bucket, number: int, kind: str) -> str:
    return (
        f"{_spoken(bucket)}: {number_with_noun(number, 'article')}{' that match' if kind == 'match' else ''}"
    )


def _spoken(bucket: Bucket) -> str:
    parts = [str(bucket[0]), *[MONTH_NAMES[month - 1][:3] for month in bucket[1:2]], *map(str, bucket[2:3])]
    return " ".join(reversed(parts))
